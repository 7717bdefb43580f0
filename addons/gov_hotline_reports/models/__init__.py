from . import helpdesk_ticket, hotline_report_case
