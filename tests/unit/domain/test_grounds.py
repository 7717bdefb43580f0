"""Grounds of articles 8 and 11: what each needs, where it leads, what it is closed with."""

import pytest
from gov_hotline.domain import grounds as gr
from gov_hotline.domain.grounds import Facts, Ground

COURT = Ground("court", "ч. 2 ст. 11", "COURT-7", "returned", "return")
OBSCENE = Ground("obscene", "ч. 3 ст. 11", "OBSC", "no_answer", "no_answer", needs_decision=True)
REPEAT = Ground("repeat", "ч. 5 ст. 11", "REPEAT", "stopped", "stopping", earlier=2)
PUBLISHED = Ground("published", "ч. 5.1 ст. 11", "PUB-7", "no_answer", "no_answer", needs_url=True)
WITHDRAWN = Ground("withdrawn", "п. 5 ст. 5", "STOP", "withdrawn", needs_statement=True)
FORWARD = Ground("out_of_competence", "ч. 3 ст. 8", "FWD-7", "forwarded", "forwarding")
SEVERAL = Ground("several_bodies", "ч. 4 ст. 8", "COPY-7", "", "forwarding", needs_answer=True)
MIGRATION = Ground("migration", "ч. 3.1 ст. 8", "FWD-MIG", "forwarded", "forwarding")
ANONYMOUS = Ground("anonymous", "ч. 1 ст. 11", "ANON", "no_answer")
SELF_RETURN = Ground("self_return", "ч. 7 ст. 8", "SELF-RET", "returned", "return")
MERITS = Ground("resubmitted", "ч. 7 ст. 11", "RESUB", needs_answer=True)


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("ground", "facts", "missing"),
    [
        (COURT, Facts(), []),
        (OBSCENE, Facts(), []),
        (REPEAT, Facts(earlier=1), ["ground_few_answers"]),
        (REPEAT, Facts(earlier=2), []),
        (PUBLISHED, Facts(), ["ground_no_url"]),
        (PUBLISHED, Facts(url="сайт администрации"), ["ground_no_url"]),
        (PUBLISHED, Facts(url="javascript:alert(1)"), ["ground_no_url"]),
        (PUBLISHED, Facts(url="https://[broken"), ["ground_no_url"]),
        (PUBLISHED, Facts(url="https://site.example/answer"), []),
        (WITHDRAWN, Facts(), ["ground_no_statement"]),
        (WITHDRAWN, Facts(has_statement=True), []),
        (ANONYMOUS, Facts(unlawful_act="no"), ["ground_not_anonymous"]),
        (ANONYMOUS, Facts(is_anonymous=True), ["unlawful_act_unanswered"]),
        (ANONYMOUS, Facts(is_anonymous=True, unlawful_act="no"), []),
        (SELF_RETURN, Facts(), ["ground_no_complaint"]),
        (SELF_RETURN, Facts(has_complaint=True), []),
    ],
)
def test_what_a_ground_needs_to_be_stated(ground, facts, missing):
    """X2, C5: URL, statement, earlier answers, the question on an unlawful act."""
    found = gr.stating_problems(ground, facts)
    assert codes(found) == missing
    assert all(one.article == ground.article and one.rule == ground.rule for one in found)
    assert all(one.way_out for one in found)


@pytest.mark.parametrize(
    ("ground", "facts", "missing"),
    [
        (COURT, Facts(), ["ground_no_notice"]),
        (COURT, Facts(is_notice_issued=True), []),
        (COURT, Facts(is_anonymous=True), []),  # nobody to send it to
        (FORWARD, Facts(), ["ground_no_notice", "ground_no_body"]),
        (FORWARD, Facts(bodies=1), ["ground_no_notice"]),
        (FORWARD, Facts(bodies=1, is_notice_issued=True), []),
        (SEVERAL, Facts(is_notice_issued=True), ["ground_no_body"]),
        (SEVERAL, Facts(is_notice_issued=True, bodies=1), []),
        (MIGRATION, Facts(is_notice_issued=True, bodies=1), ["migration_second_missing"]),
        (MIGRATION, Facts(is_notice_issued=True, bodies=2), []),
        (MIGRATION, Facts(is_notice_issued=True, bodies=1, serves_head=True), []),
        (MIGRATION, Facts(is_notice_issued=True, serves_head=True), ["ground_no_body"]),
        (ANONYMOUS, Facts(is_anonymous=True, unlawful_act="no"), []),
        (ANONYMOUS, Facts(is_anonymous=True, unlawful_act="yes"), ["ground_no_body"]),
        (ANONYMOUS, Facts(is_anonymous=True, unlawful_act="yes", bodies=1), []),
    ],
)
def test_what_a_case_on_a_ground_is_closed_with(ground, facts, missing):
    """B3: COURT-7, FWD-7, COPY-7, FWD-MIG, ANON."""
    assert codes(gr.closing_problems(ground, facts)) == missing


@pytest.mark.parametrize(
    ("ground", "facts", "expected"),
    [
        (COURT, Facts(), "returned"),
        (REPEAT, Facts(), "stopped"),
        (SEVERAL, Facts(), ""),
        (MERITS, Facts(), ""),
        (MIGRATION, Facts(), "forwarded"),
        (MIGRATION, Facts(serves_head=True), ""),
        (ANONYMOUS, Facts(is_anonymous=True, unlawful_act="no"), "no_answer"),
        (ANONYMOUS, Facts(is_anonymous=True, unlawful_act="yes"), "forwarded"),
    ],
)
def test_where_a_ground_leads(ground, facts, expected):
    """B3: the end of the question; none where our own part is answered."""
    assert gr.end(ground, facts) == expected
    assert gr.needs_answer(ground, facts) == (expected == "")


@pytest.mark.parametrize(
    ("ground", "setting", "wanted"),
    [
        (Ground("repeat", "ч. 5 ст. 11", "REPEAT", "stopped", earlier=0), 0, 2),
        (Ground("repeat", "ч. 5 ст. 11", "REPEAT", "stopped", earlier=1), 2, 2),
        (Ground("repeat", "ч. 5 ст. 11", "REPEAT", "stopped", earlier=2), 4, 4),
        (Ground("repeat", "ч. 5 ст. 11", "REPEAT", "stopped", earlier=5), 3, 5),
        (Ground("own_1", "приказ", "", "stopped"), 0, 2),
        (Ground("published", "ч. 5.1 ст. 11", "PUB-7", "no_answer"), 3, 0),
    ],
)
def test_the_greater_setting_holds(ground, setting, wanted):
    """B4, practice 16: never fewer than two earlier answers, whatever the settings say."""
    assert gr.wanted_answers(ground, setting) == wanted
