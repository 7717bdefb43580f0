from . import document_page, document_page_history, document_page_search, helpdesk_ticket
