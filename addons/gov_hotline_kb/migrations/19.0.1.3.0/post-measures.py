"""Shipped questions get their bounds; shipped measures lose a date on which nobody checked them."""

MOST = {"question_children": 30, "question_youngest": 23, "question_age": 130}
BOUND = """
UPDATE hotline_kb_question SET most = %s
WHERE id = (
    SELECT res_id FROM ir_model_data
    WHERE module = 'gov_hotline_kb' AND model = 'hotline.kb.question' AND name = %s
) AND NOT EXISTS (
    SELECT FROM hotline_kb_condition AS told
    WHERE told.question_id = hotline_kb_question.id AND told.number > %s
)
"""


def migrate(cr, version):
    for name, most in MOST.items():
        cr.execute(BOUND, [most, name, most])
    cr.execute("UPDATE hotline_kb_measure SET checked_on = NULL WHERE is_example")
