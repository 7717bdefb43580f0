from . import helpdesk_mgmt_repairs, portal, status
