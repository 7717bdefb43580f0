from . import hotline_report_row  # what the analyses share: before them
from . import (
    helpdesk_ticket,
    hotline_report_assignment,
    hotline_report_call,
    hotline_report_case,
    hotline_report_question,
    hotline_report_shift,
    report_links,
    report_scope,
)
from . import (
    hotline_case_graph,
    hotline_covering_letter,
    hotline_journal_words,
    hotline_outcome,
    hotline_sstu_export,
    hotline_sstu_line,
    hotline_sstu_part,
    hotline_sstu_run,
    hotline_statistics,
    hotline_wallboard,
    res_company,
    res_config_settings,
    res_partner,
    sstu_facts,
)
