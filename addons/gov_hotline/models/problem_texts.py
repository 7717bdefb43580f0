"""The words of the domain's problems: its codes are keys here."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

PROBLEMS = {
    "registered_before_received": _lt("The registration would be earlier than the receipt."),
    "no_text": _lt("The text of the appeal is missing."),
    "not_an_electronic_appeal": _lt(
        "A call, an e-mail or a social network carries no appeal under 59-FZ since 30.03.2025."
    ),
    "identification_unknown": _lt("It is not known whether the author was identified."),
    "not_identified": _lt("The author was not identified at sign-in."),
    "no_given_name": _lt("The given name is missing."),
    "no_addressee": _lt("The addressee is missing."),
    "no_signed": _lt("The signature is missing."),
    "no_appeal_date": _lt("The date of the letter is missing."),
    "no_act_number": _lt("The line has no number of the local act."),
    "no_act_date": _lt("The line has no date of the local act."),
    "no_applicant_surname": _lt("The surname is missing."),
    "no_applicant_given_name": _lt("The given name is missing."),
    "no_applicant_address": _lt("The postal address is missing."),
    "oral_anonymous": _lt("An oral appeal cannot be anonymous."),
    "line_consults_only": _lt("This line is for consultation and help only."),
    "anonymous_no_answer": _lt("Without a surname and an address there is nobody to answer."),
    "unlawful_act_unanswered": _lt("Find out whether the text tells of an unlawful act."),
    "request_without_name": _lt("An anonymous request is not considered: the surname is missing."),
    "no_contact": _lt("There is no way to answer: no telephone, e-mail or address."),
    "collective_no_recipient": _lt("It is not said who of the signers gets the answer."),
    "no_signature_count": _lt("The number of signatures is missing."),
    "no_outcome": _lt("Not every question has an outcome."),
    "no_answer_given": _lt("The applicant has no answer."),
    "own_part_unanswered": _lt(
        "Our own part of the appeal to the head of the region has no answer."
    ),
    "not_told_how_to_file": _lt("The author was not told how an appeal is filed."),
    "unlawful_act_kept": _lt(
        "The appeal is anonymous and tells of an unlawful act, but it was not forwarded."
    ),
    "draft_answer": _lt("An answer is still in draft."),
    "refused": _lt("An appeal within competence is always accepted."),
    "no_signer": _lt("It is not said who signs."),
    "signed_in_future": _lt("The date of the signature lies in the future."),
    "no_authority": _lt("The signer is not in the directory of authorities."),
    "authority_not_valid": _lt("The authority of the signer was not valid on that day."),
    "authority_without_right": _lt("The signer has no right to sign this."),
    "self_no_addressee": _lt("%(who)s is complained of and does not consider the complaint."),
    "self_no_executor": _lt("%(who)s is complained of and is no executor of the complaint."),
    "self_no_signer": _lt("%(who)s is complained of and does not sign the answer."),
    "self_no_approver": _lt("%(who)s is complained of and does not approve the answer."),
    "self_sub_addressee": _lt("%(who)s is under the one complained of."),
    "self_sub_executor": _lt("The executor %(who)s is under the one complained of."),
    "self_sub_signer": _lt("The signer %(who)s is under the one complained of."),
    "self_sub_approver": _lt("The approver %(who)s is under the one complained of."),
    "no_notice_text": _lt("The notice has no text."),
    "sms_off": _lt("SMS are switched off."),
    "sms_kind": _lt("An SMS tells the number of the appeal only, this notice tells more."),
    "sms_not_agreed": _lt("The applicant has not agreed to SMS."),
    "sms_no_mobile": _lt("There is no mobile telephone to send an SMS to."),
    "no_address_for_channel": _lt("There is no address for the chosen way of sending."),
    "answer_not_in_writing": _lt(
        "An appeal under 59-FZ is answered in writing: by telephone it is not answered."
    ),
    "answer_told_at_reception": _lt(
        "What was said at a reception is answered by word of mouth with the applicant's consent "
        "alone."
    ),
    "answer_not_on_paper": _lt("The appeal came on paper: it is answered by post."),
    "answer_not_electronic": _lt(
        "The appeal came electronically: it is answered by e-mail or in the account."
    ),
    "answer_mail_failed": _lt("The answer to %(address)s did not leave: %(why)s"),
    "answer_mail_unknown": _lt("It is unknown whether the answer to %(address)s left."),
    "answer_mail_queued": _lt("The answer to %(address)s is still in the queue of outgoing mail."),
    "letter_in_queue": _lt("Not sent yet, in the queue of outgoing mail: %(letter)s."),
    "letter_to_post": _lt("Not sent, to be printed and posted: %(letter)s."),
    "letter_failed": _lt("Not delivered: %(letter)s."),
    "notice_blank": _lt("The text has blanks that were not filled in."),
    "letter_not_sent": _lt("This letter has not left by post."),
    "letter_not_returned": _lt("This letter has not come back."),
    "letter_returned_already": _lt("The return of this letter is entered already."),
    "post_day_in_future": _lt("The day is empty or in the future."),
    "post_day_too_early": _lt("The day is before the letter left or came back."),
    "postal_check_digit": _lt(
        "Letter %(letter)s: there is a slip in the identifier %(identifier)s, its check digit does "
        "not fit."
    ),
    "not_postal_identifier": _lt(
        "Letter %(letter)s: «%(identifier)s» is no postal identifier, which has 14 digits (abroad "
        "and by express 13 signs, such as EE410342249RU)."
    ),
    "postal_identifier_taken": _lt(
        "One identifier is of one letter, %(identifier)s is of several: %(letter)s."
    ),
    "no_new_address": _lt("The new address is missing."),
    "no_mail_address": _lt("This is not an e-mail address."),
    "no_outgoing_number": _lt("The outgoing number or its date is missing."),
    "outgoing_before_registration": _lt("The letter is dated before the registration."),
    "outgoing_in_future": _lt("The letter is dated in the future."),
}
WAYS_OUT = {
    "write_wish": _lt("Choose that way, or write why another one (the applicant asked for it)."),
    "write_consent": _lt("Write when the applicant agreed, or answer in writing."),
    "send_answer_again": _lt(
        "Send it again, to another address or another way; or write why the case is closed so."
    ),
    "await_answer": _lt("Wait until it has left, or write why the case is closed before."),
    "await_letter": _lt("Wait until it has left, or write why the case is closed before."),
    "post_letter": _lt(
        "Print it, post it and mark it in «Outgoing letters»; or write why the case is closed "
        "before."
    ),
    "send_again": _lt(
        "Send it again or post it and mark it in «Outgoing letters»; or write why the case is "
        "closed so."
    ),
    "fix_dates": _lt("Correct the date of receipt."),
    "write_text": _lt("Write down what the applicant asks."),
    "make_message": _lt("Register it as a message and explain how to file an appeal."),
    "check_login": _lt("Check how the author signed in."),
    "ask_applicant": _lt("Ask the applicant."),
    "ask_name_and_address": _lt("Ask for the surname and the address."),
    "answer_unlawful_act": _lt("If it does, it goes to the competent body."),
    "ask_contact": _lt("Ask how to answer."),
    "consultation": _lt("Close the call with a consultation or call back from another line."),
    "set_outcomes": _lt("Set an outcome for every question."),
    "give_answer": _lt("Record the answer first."),
    "send_how_to": _lt("Send the notice «How to file an appeal»."),
    "forward": _lt("Forward it to the competent body and set the outcome «Forwarded»."),
    "give_or_delete": _lt("Give it or delete it."),
    "register_anyway": _lt("Register it."),
    "choose_signer": _lt("Choose a signer in the directory «Authorities»."),
    "fix_signing_date": _lt("Correct the date of the signature."),
    "choose_higher": _lt("Choose the higher body: %(higher)s."),
    "return_complaint": _lt(
        "Enter the higher body on the card of the agency; if there is none, return the complaint "
        "with the way to a court (59-FZ, art. 8, p. 7)."
    ),
    "write_notice": _lt("Write the text of the notice."),
    "get_sms_tick": _lt("Ask the applicant and tick «Agrees to SMS», or choose another way."),
    "choose_channel": _lt("Choose another way of sending or fill in the address."),
    "send_letter_first": _lt("Number it and send it by post first."),
    "look_at_post_events": _lt("See what is entered under the letter."),
    "fix_post_day": _lt("Correct the day."),
    "look_at_receipt": _lt("Look at the receipt."),
    "fill_new_address": _lt("Write the address it goes to now."),
    "fill_blanks": _lt("Fill in the places marked with a line."),
    "fill_outgoing": _lt("Fill in both as in the journal of outgoing post."),
    "fix_outgoing_date": _lt("Correct the date of the letter."),
}


def register_texts(problems, ways_out=()):
    """Add the words of another group of checks: {code: lazy text}, with %(param)s inside.

    ValueError where a code has its words already: one code says one thing.
    """
    for texts, more in ((PROBLEMS, problems), (WAYS_OUT, dict(ways_out))):
        taken = sorted(texts.keys() & more.keys())
        if taken:
            raise ValueError(f"These codes have their words already: {', '.join(taken)}")
        texts.update(more)


def problem_text(env, problem):
    """Return one line for people: what is wrong, the article, the way out."""
    what = _said(env, PROBLEMS, problem.code, problem.params)
    article = f" ({problem.article})" if problem.article else ""
    way_out = _said(env, WAYS_OUT, problem.way_out, problem.params)
    return f"{what.rstrip('.')}{article}. {way_out}".strip()


def _said(env, texts, key, params):
    text = texts.get(key)
    words = env._(text) if text else key
    return words % dict(params) if params else words
