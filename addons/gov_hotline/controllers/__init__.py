from . import (
    assignments,
    draft,
    helpdesk_mgmt_repairs,
    identification,
    language,
    portal,
    portal_additions,
    status,
)
