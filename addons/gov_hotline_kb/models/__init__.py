from . import case_graph, tier_review, tier_definition
from . import hotline_kb_bounded
from . import hotline_kb_situation, hotline_kb_owner, hotline_kb_synonym, hotline_kb_word
from . import hotline_kb_version, hotline_kb_version_approval, hotline_kb_draft
from . import document_page, document_page_publish, document_page_examples, document_page_adopt
from . import document_page_drafts, document_page_shelf, document_page_fields, hotline_kb_file
from . import document_page_unchecked, document_page_history
from . import document_page_index, document_page_search
from . import (
    document_page_suggest,
    helpdesk_ticket,
    hotline_answer,
    hotline_kb_mark,
    hotline_kb_gap,
)
from . import hotline_kb_question, hotline_kb_measure, hotline_kb_condition
from . import hotline_kb_measure_examples, hotline_kb_questionnaire
from . import document_page_public, document_page_pictures, hotline_kb_mark_visitor
from . import hotline_kb_use, hotline_kb_visit, hotline_kb_intake, hotline_call
from . import hotline_approvals
