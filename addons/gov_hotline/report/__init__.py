from . import (
    report_approval,
    report_assignment_card,
    report_destruction,
    report_card,
    report_dossier,
    report_draft,
    report_letter,
    report_outgoing,
    report_reception,
)
