from . import (
    assignments,
    company_pages,
    draft,
    helpdesk_mgmt_repairs,
    identification,
    language,
    letters,
    portal,
    portal_additions,
    session_lock,
    status,
    uploads,
)
