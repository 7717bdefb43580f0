"""The words of the checks of an answer before it is signed."""

from odoo.tools.translate import LazyTranslate

from .problem_texts import register_texts

_lt = LazyTranslate(__name__)

register_texts(
    {
        "foreign_data": _lt("Personal data of other people in the answer: %(found)s."),
        "approves_twice": _lt(
            "%(who)s has approved the step «%(step)s» of this answer: a substitute who approves "
            "another one leaves it without a second pair of eyes."
        ),
        "no_signature_kind": _lt("It is not said how the answer is signed."),
        "notice_not_signed": _lt("Notice %(number)s waits for its signature."),
        "notice_late": _lt("The notice had to leave by %(day)s."),
        "no_scan": _lt("The scan of the signed original is missing."),
        "no_sig": _lt("The electronic signature is missing."),
        "certificate_not_valid": _lt("The certificate was not valid on the day of signing."),
    },
    {
        "remove_data": _lt("Take them out, or write why they may stand there."),
        "ask_colleague": _lt("Let somebody else approve this step, or write why it cannot wait."),
        "replace_approver": _lt(
            "Put another approver into this step of the route, or name a substitute."
        ),
        "choose_signature": _lt("Choose the paper original with a scan or the electronic one."),
        "sign_notice": _lt("Sign it and send it, or take it back into preparation."),
        "load_scan": _lt("Load the scan of the signed sheet."),
        "load_sig": _lt("Export the file, sign it outside and load the .sig file."),
    },
)
