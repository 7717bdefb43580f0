from . import helpdesk_mgmt_repairs, language, portal, status
