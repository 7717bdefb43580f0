"""The words of the checks of assignments."""

from odoo.tools.translate import LazyTranslate

from .problem_texts import register_texts

_lt = LazyTranslate(__name__)

register_texts(
    {
        "no_control_date": _lt("The control date is missing."),
        "control_in_the_past": _lt("The control date has passed already."),
        "control_after_due": _lt("The control date is later than the limit, %(latest)s."),
        "time_asked_already": _lt("More time was asked for already."),
        "no_asked_date": _lt("The date asked for is missing."),
        "answer_number_long": _lt("The number of the answer is longer than %(limit)s characters."),
        "answer_date_outside": _lt(
            "The date of the answer is not between the sending of the assignment (%(since)s) and "
            "today (%(until)s)."
        ),
        "asked_not_later": _lt("The date asked for is not later than the control date."),
        "asked_after_due": _lt("The date asked for is later than the limit, %(latest)s."),
        "no_reason": _lt("The reason is missing."),
        "empty_answer": _lt("The answer is empty."),
        "not_ours_too_late": _lt("«Not our competence» could be said until %(until)s."),
        "no_addressee_of_resolution": _lt("The resolution has no addressee."),
        "addressee_twice": _lt("%(name)s has this question already."),
        "several_main": _lt("One question has several main executors: %(name)s."),
        "no_main": _lt("The co-executor %(name)s has no main executor beside."),
        "forwarding_unnumbered": _lt("The forwarding to %(name)s has no outgoing number and date."),
        "not_forwarded": _lt("Such a question is not forwarded."),
        "migration_two_addressees": _lt(
            "Facts of violations of migration law go to two addressees: the body of internal "
            "affairs and the head of the region."
        ),
        "executor_answer_incomplete": _lt(
            "The executor's own answer to the applicant lacks its number, date, signer or file."
        ),
        "assignments_open": _lt("Assignments are not finished: %(names)s."),
        "nobody_is_asked": _lt("Nobody is asked to answer: there is nothing to wait for."),
        "personal_data_disclosed": _lt(
            "%(name)s is an organisation and would be shown whose appeal it is."
        ),
        "result_not_come": _lt("%(name)s was asked for the result, it has not come."),
    },
    {
        "set_control_date": _lt("Set a date from today on."),
        "earlier_control_date": _lt("Choose an earlier date or extend the term of the appeal."),
        "await_decision": _lt("Wait for the officer's decision."),
        "ask_date": _lt("Choose the date."),
        "shorter_number": _lt("Write the number only."),
        "fix_executors_date": _lt("Enter the date that stands on the answer."),
        "ask_later_date": _lt("Choose a later date."),
        "write_reason": _lt("Write it down."),
        "write_answer": _lt("Write a text or attach a file."),
        "ask_officer": _lt("Answer on the merits or call the officer in charge."),
        "choose_addressee": _lt("Choose at least one."),
        "take_off_addressee": _lt("Take the addressee off, or withdraw the former assignment."),
        "make_co": _lt("Make the others co-executors."),
        "make_main": _lt("Make one of them the main executor."),
        "number_forwarding": _lt("Fill in both."),
        "leave_without_answer": _lt("Leave it without an answer on the same ground."),
        "add_second_addressee": _lt("Add the second addressee."),
        "complete_executor_answer": _lt(
            "Enter what is missing, return it for completion or answer the applicant yourselves."
        ),
        "finish_assignments": _lt("Take their answers or withdraw them with a reason."),
        "give_resolution": _lt("Give a resolution or send a request first."),
        "ask_consent": _lt(
            "Send it without personal data, or get the applicant's consent and tick it."
        ),
        "remind": _lt("Remind %(name)s, or note the day on which the result came."),
    },
)
