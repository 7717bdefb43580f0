{
    "name": "Gov Hotline: knowledge base",
    "summary": "Articles by topic, found in Russian and suggested beside the case and the call",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "category": "Services/Helpdesk",
    "author": "Gov Hotline",
    "website": "https://github.com/gov-hotline/gov-hotline",
    "depends": ["gov_hotline", "document_page"],
    "data": [
        "security/ir.model.access.csv",
        "security/document_page_security.xml",
        "views/document_page_views.xml",
        "views/helpdesk_ticket_views.xml",
        "data/document_page.xml",
    ],
    "assets": {
        "web.assets_backend": ["gov_hotline_kb/static/src/**/*"],
        "web.assets_unit_tests": ["gov_hotline_kb/static/tests/*.test.js"],
    },
}
