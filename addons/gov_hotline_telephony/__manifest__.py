{
    "name": "Gov Hotline: telephony",
    "summary": "Who calls appears on the operator's screen; figures of calls",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "category": "Services/Helpdesk",
    "author": "Gov Hotline",
    "website": "https://github.com/gov-hotline/gov-hotline",
    "depends": ["gov_hotline", "bus"],
    "data": ["views/hotline_call_views.xml", "views/hotline_call_report_views.xml"],
    "assets": {
        "web.assets_backend": ["gov_hotline_telephony/static/src/**/*"],
        "web.assets_unit_tests": ["gov_hotline_telephony/static/tests/*.test.js"],
        "web.assets_tests": ["gov_hotline_telephony/static/tests/tours/*.js"],
    },
}
