from . import report_card, report_draft, report_letter, report_reception
