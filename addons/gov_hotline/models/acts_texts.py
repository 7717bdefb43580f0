"""The words of the checks of extensions, requests and covering letters."""

from odoo.tools.translate import LazyTranslate

from .problem_texts import register_texts

_lt = LazyTranslate(__name__)

register_texts(
    {
        "extension_unknown": _lt("There is nothing to extend: no running term may be extended."),
        "extended_before": _lt("The term was extended already; it is extended once."),
        "extension_too_late": _lt("The term ended on %(due)s: after that day it is not extended."),
        "postponement_too_late": _lt(
            "The applicant had to be told of the postponement by %(due)s: it is too late for it."
        ),
        "extension_signed_on": _lt(
            "The decision is dated before the registration or in the future."
        ),
        "extension_no_days": _lt("It is not said by how many days the term is extended."),
        "extension_too_long": _lt("The law allows %(longest)s days at most."),
        "extension_no_reason": _lt("The reason of the extension is missing."),
        "extension_no_request": _lt("No request to another body was sent in this case."),
        "extension_no_right": _lt("Whoever decides has no right to extend terms."),
        "extension_no_notice": _lt("The applicant is not notified of the extension."),
        "extension_undecided": _lt("The extension of the term is not decided yet."),
        "overdue_no_cause": _lt("The term has passed, the cause is not written down."),
        "request_no_addressee": _lt("It is not said who is asked."),
        "request_excluded": _lt(
            "Courts, bodies of inquiry and of preliminary investigation are not asked."
        ),
        "request_no_text": _lt("It is not said what is asked for."),
        "request_no_number": _lt("The request has no outgoing number or date."),
        "request_before_registration": _lt("The request is dated before the registration."),
        "request_in_future": _lt("The request is dated in the future."),
        "request_received_before_sent": _lt("The request is received before it was sent."),
        "request_received_in_future": _lt("The date of receipt lies in the future."),
        "request_no_answer": _lt("The reply has neither text nor files."),
        "request_no_answer_date": _lt("The date of the reply is missing."),
        "request_answer_date": _lt("The reply is dated before the request or in the future."),
        "request_in_draft": _lt("A request to another body is still in draft."),
        "request_unanswered": _lt("A request to another body has no reply yet."),
        "covering_no_sender": _lt("It is not said who sent the covering letter."),
        "covering_no_number": _lt("The number or the date of the covering letter is missing."),
        "covering_in_future": _lt("The covering letter is dated in the future."),
        "covering_report_before": _lt("The report is wanted before the letter was written."),
        "no_covering_letter": _lt("The appeal was forwarded, but its covering letter is missing."),
        "no_report": _lt("There is no report on the covering letter: %(senders)s."),
        "report_no_number": _lt("The report has no outgoing number or date."),
        "report_date": _lt("The report is dated before the letter or in the future."),
        "request_tells": _lt(
            "The request names the applicant; an organisation is told of the problem and the "
            "address only, unless the applicant agreed."
        ),
        "report_no_text": _lt("A report by e-mail is a letter: it has no text."),
        "report_empty": _lt("The report has neither text nor files."),
    },
    {
        "answer_in_term": _lt("Give the answer in term."),
        "write_cause_only": _lt("Write down the cause of the delay."),
        "write_cause": _lt("Write down the cause of the delay and give the answer at once."),
        "set_days": _lt("Set from 1 to %(longest)s days."),
        "write_extension_reason": _lt(
            "Write the reason in words, for the decision and for the notice."
        ),
        "send_request": _lt("Send the request first or choose the exceptional case."),
        "issue_notice": _lt("Number the notice or enter it from the journal of outgoing post."),
        "decide_or_delete": _lt("Let it be decided or delete it."),
        "choose_asked_body": _lt("Choose the addressee."),
        "ask_another": _lt("Ask another body or explain to the applicant where to turn."),
        "remove_applicant": _lt(
            "Take name, telephone and e-mail out, or write down why they are needed."
        ),
        "write_request": _lt("Write what explanations and materials are needed."),
        "fix_receipt": _lt("Correct the date of receipt there."),
        "write_reply": _lt("Write what was replied or attach the letter."),
        "fix_answer_date": _lt("Correct the date of the reply."),
        "send_or_delete": _lt("Send it or delete it."),
        "withdraw_request": _lt("Wait for the reply or withdraw the request."),
        "fill_covering": _lt("Fill in sender, number and date as in the letter."),
        "fix_covering_date": _lt("Correct the date of the letter."),
        "fix_report_by": _lt("Correct the date of the report."),
        "enter_covering": _lt("Enter sender, number and date of the letter."),
        "make_report": _lt("Make the report: number, date, text or file."),
        "fill_report": _lt("Fill in number, date and text or attach the file."),
        "fix_report_date": _lt("Correct the date of the report."),
    },
)
