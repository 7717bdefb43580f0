"""The words of what corrections, stopped correspondence and the reception find."""

from odoo.tools.translate import LazyTranslate

from .problem_texts import register_texts

_lt = LazyTranslate(__name__)

register_texts(
    {
        "correction_undecided": _lt("A correction asked for is not decided yet."),
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
        "reception_paper_kept": _lt("What was handed over is not registered."),
    },
    {
        "decide_correction": _lt("Accept it or refuse it with a reason."),
        "ask_document": _lt("Ask for the document, choose its kind and tick that you saw it."),
        "choose_result": _lt("Choose the result."),
        "make_appeal": _lt("Press «Make a written appeal»."),
        "write_answer": _lt("Write down what was answered."),
        "write_where": _lt("Write down where and how the citizen is to turn."),
        "link_earlier": _lt("Choose the appeal that was answered."),
    },
)
