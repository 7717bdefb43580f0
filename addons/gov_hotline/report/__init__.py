from . import report_card, report_reception
