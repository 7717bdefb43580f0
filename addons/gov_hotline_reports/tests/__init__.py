from . import test_report_case, test_report_tour
