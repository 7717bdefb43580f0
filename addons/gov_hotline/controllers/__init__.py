from . import helpdesk_mgmt_repairs, language, portal, portal_additions, status
