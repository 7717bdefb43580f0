from . import helpdesk_ticket, hotline_report_case
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
    res_company,
    res_config_settings,
    res_partner,
    sstu_facts,
)
