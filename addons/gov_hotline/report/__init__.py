from . import report_card
