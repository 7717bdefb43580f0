from . import report_card, report_draft, report_reception
