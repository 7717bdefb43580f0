{
    "name": "Gov Hotline: reports",
    "summary": "Analysis of appeals: received, closed, overdue, answered in term",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "category": "Services/Helpdesk",
    "author": "Gov Hotline",
    "website": "https://github.com/gov-hotline/gov-hotline",
    "depends": ["gov_hotline"],
    "data": [
        "security/ir.model.access.csv",
        "security/hotline_report_case_security.xml",
        "views/hotline_report_case_views.xml",
    ],
    "assets": {
        "web.assets_backend_lazy": ["gov_hotline_reports/static/src/**/*"],
        "web.assets_tests": ["gov_hotline_reports/static/tests/tours/*.js"],
    },
}
