"""The words of the grounds' problems."""

from odoo.tools.translate import LazyTranslate

from .problem_texts import register_texts

_lt = LazyTranslate(__name__)

register_texts(
    {
        "ground_no_url": _lt("The address on the site is missing."),
        "ground_no_statement": _lt("The applicant's statement is not attached."),
        "ground_few_answers": _lt(
            "Earlier answers on this question linked: %(found)s, needed: %(wanted)s."
        ),
        "ground_not_anonymous": _lt("The applicant's name and address are known."),
        "ground_no_complaint": _lt("It is not said whom the complaint is against."),
        "ground_no_earlier_case": _lt("It is not linked with the appeal it is filed again after."),
        "ground_no_notice": _lt("The notice to the applicant was not sent."),
        "ground_no_body": _lt("It is not said which body it was sent to."),
        "outcome_without_ground": _lt("This outcome follows from a ground, but none is stated."),
        "migration_second_missing": _lt("The second addressee is missing."),
        "question_open": _lt("Not every question has an outcome or a ground."),
        "not_converted": _lt("The message was not confirmed in writing."),
    },
    {
        "give_url": _lt("Enter the address where the answer was published."),
        "attach_statement": _lt("Attach the statement as a file."),
        "link_answers": _lt("Link the earlier answered questions."),
        "other_ground": _lt("Choose another ground."),
        "say_unlawful_act": _lt("Say whether it tells of an unlawful act."),
        "name_complained_of": _lt("Fill in «Complaint against»."),
        "link_earlier_case": _lt(
            "Name the earlier appeal in the dialog, or press «Link with an earlier appeal»."
        ),
        "send_notice": _lt("Send the notice: it needs a number and a signer."),
        "name_body": _lt("Name the competent body and send it there."),
        "state_ground": _lt("State the ground of the question."),
        "decide_questions": _lt("Set an outcome or state a ground for each of them."),
        "confirm_in_writing": _lt(
            "Use «Signed paper accepted» or «Accepted at the reception», or tell the applicant a "
            "new code to confirm it on the site after an identified sign-in."
        ),
        "consider": _lt("Consider it on the merits."),
    },
)
