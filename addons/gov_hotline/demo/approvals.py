"""Answers on their way through approval: one at each step, one sent back, one approved."""

from datetime import timedelta

from ..domain import notices
from . import letters

REASON = "Укажите, кто и до какого числа сделает перерасчёт"
TEXT = (
    "Ваше обращение рассмотрено. Подведомственной организации поручено устранить недостатки, о "
    "результате вам сообщат дополнительно."
)


class Approvals:
    """Acts out what the approver's list shows; made last, so that no answer before needs it."""

    def __init__(self, writer):
        self.writer, self.env = writer, writer.env
        self.lawyer, self.head = writer.users["officer2"], writer.users["approver"]
        self.author = writer.users["officer"]

    def play(self):
        """Make the route, the substitute and the answers, as far as there are cases for them."""
        self._route()
        acts = (self._both, self._first, self._send_back, self._wait)
        for ticket, act in zip(self._cases(), acts, strict=False):
            act(self._sent(ticket))

    def _route(self):
        steps = (("Подписант управления", self.lawyer), ("Руководитель", self.head))
        self.env["hotline.approval.route"].create(
            {
                "name": "Ответы на обращения граждан",
                "kind": "appeal_59",
                "company_id": self.writer.company.id,
                "step_ids": [
                    (0, 0, {"name": name, "reviewer_id": user.id, "sequence": number})
                    for number, (name, user) in enumerate(steps, start=1)
                ],
            }
        )
        today = self.writer.company._hotline_today()
        self.env["hotline.substitute"].create(
            {
                "user_id": self.head.id,
                "substitute_id": self.lawyer.id,
                "valid_from": today - timedelta(days=3),
                "valid_to": today + timedelta(days=10),
                "basis": f"Приказ № 41-к от {today - timedelta(days=4):%d.%m.%Y}",
                "company_id": self.writer.company.id,
            }
        )

    def _cases(self):
        """Appeals that wait for their answer and can get it by post; some stay without one."""
        tickets = (self.writer.tickets[index] for index in sorted(self.writer.tickets))
        found = [
            ticket.with_user(self.author)
            for ticket in tickets
            if ticket.kind == "appeal_59"
            and ticket.state in ("in_work", "deferred")
            and ticket.applicant_address
            and not ticket.is_anonymous
            and not ticket.answer_ids
            and not ticket.complaint_against_id
            and not any(question.ground_id for question in ticket.question_ids)
        ]
        return found[1::2] or found

    def _sent(self, ticket):
        ticket.question_ids.write({"outcome_id": self.writer._ref("outcome", "explained").id})
        electronic = notices.check_form(ticket.kind, ticket.origin, notices.POST)
        answer = (
            self.env["hotline.answer"]
            .with_user(self.author)
            .create(
                {
                    "ticket_id": ticket.id,
                    "text": letters.addressed(ticket, TEXT),
                    "channel": notices.EMAIL if electronic else notices.POST,
                    "authority_id": self.writer.authorities[0].id,
                }
            )
        )
        answer.action_send_for_approval()
        return answer

    def _wait(self, _answer):
        """Nothing yet: the first step is on."""

    def _first(self, answer):
        answer.with_user(self.lawyer).action_approve()

    def _send_back(self, answer):
        answer.with_user(self.lawyer).action_refuse(REASON)

    def _both(self, answer):
        self._first(answer)
        answer.with_user(self.head).action_approve()
