from . import (
    test_book,
    test_report_case,
    test_report_dashboard,
    test_report_facts,
    test_report_models,
    test_report_rights,
    test_report_schedule,
    test_report_tour,
    test_sstu_case,
    test_sstu_export,
    test_statistics,
    test_wallboard,
)
