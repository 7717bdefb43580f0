"""The words of what corrections, stopped correspondence and the reception find."""

from odoo.tools.translate import LazyTranslate

from .problem_texts import register_texts

_lt = LazyTranslate(__name__)

register_texts(
    {
        "correction_undecided": _lt("A correction asked for is not decided yet."),
        "stop_few_answers": _lt(
            "Earlier written answers on the question: %(found)s, at least %(wanted)s are needed."
        ),
        "stop_no_notice": _lt("The citizen was not told that the correspondence is stopped."),
        "stop_notice_early": _lt("The notice is dated before the decision."),
        "stopped_topic": _lt("Correspondence with this citizen on this question was stopped."),
        "new_arguments_unanswered": _lt(
            "Correspondence on this question was stopped, and it is not said whether there are new"
            " arguments or circumstances."
        ),
        "stopped_undecided": _lt(
            "There are no new arguments, but nobody with authority decided to leave the appeal."
        ),
        "reception_no_document": _lt("No identity document was seen."),
        "reception_no_content": _lt("It is not written down what the citizen came with."),
        "reception_no_result": _lt("The result of the reception is missing."),
        "reception_not_agreed": _lt(
            "An oral answer is given only where the facts are obvious and the citizen agrees."
        ),
        "reception_no_answer": _lt("The oral answer is not written down."),
        "reception_no_appeal": _lt("No written appeal was made."),
        "reception_no_explanation": _lt("It is not written down what was explained."),
        "reception_no_earlier": _lt("The earlier answer is not named."),
        "reception_passed_over": _lt("%(who)s has the right of first turn and still waits."),
        "reception_paper_kept": _lt("What was handed over is not registered."),
    },
    {
        "decide_correction": _lt("Accept it or refuse it with a reason."),
        "link_more_answers": _lt("Name the earlier appeals that were answered."),
        "send_stop_notice": _lt("Send the notice, put in its number and date."),
        "fix_stop_date": _lt("Correct the dates."),
        "ask_new_arguments": _lt(
            "Register it; the officer answers whether there are new arguments or circumstances."
        ),
        "answer_new_arguments": _lt("Answer «New arguments or circumstances?» on the card."),
        "state_repeat": _lt("State the ground «repeat» for the question, or find new arguments."),
        "ask_document": _lt("Ask for the document, choose its kind and tick that you saw it."),
        "choose_result": _lt("Choose the result."),
        "receive_first": _lt("Receive %(who)s first, or note that the citizen did not come."),
        "make_appeal": _lt("Press «Make a written appeal»."),
        "write_oral_answer": _lt("Write down what was answered."),
        "write_where": _lt("Write down where and how the citizen is to turn."),
        "link_earlier": _lt("Choose the appeal that was answered."),
    },
)
