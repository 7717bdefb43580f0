"""Extensions, requests and covering letters of the demonstration, by the acts of people."""

from datetime import timedelta

from .bodies import OTHER_BODIES
from .ground import other_body

EXTENSIONS = (
    ("Направлен запрос, ответ ожидается после окончания срока", 30, "request"),
    ("Назначена экспертиза, её результат будет готов позже срока", 20, "exceptional"),
)
SENDERS = (
    (OTHER_BODIES[0], "7-12-{n}/Он", 9),
    ("Депутат Законодательного Собрания Озёрского края", "ЗС-{n}", 14),
)


def let_the_approver_extend(env, company, user):
    """The approver signs extensions in one click, acting for the head."""
    return env["hotline.authority"].create(
        {
            "user_id": user.id,
            "position": "начальника управления",
            "is_acting": True,
            "order_number": "77-р",
            "may_extend": True,
            "company_id": company.id,
        }
    )


class Acts:
    """The acts on cases in work of `writer` as of its last moment; few and always the same."""

    def __init__(self, writer, today):
        self.writer, self.env, self.today = writer, writer.env, today
        self.head = writer.authorities[0]
        let_the_approver_extend(self.env, writer.company, writer.users["approver"])

    def play(self):
        """Two requests, two extensions (decided, to be decided), two letters on control."""
        cases = self._cases()
        for number, ticket in enumerate(cases[:2]):
            self._ask(ticket, self.writer.agencies["housing"], is_old=bool(number))
        for ticket, (reason, days, ground), is_decided in zip(
            cases, EXTENSIONS, (False, True), strict=False
        ):
            self._extend(ticket, is_decided, reason=reason, days=days, ground=ground)
        for number, (ticket, sender) in enumerate(
            zip(cases[2:] or cases, SENDERS, strict=False), 101
        ):
            self._cover(ticket, number, *sender)

    def _cases(self):
        """Appeals in work that are not overdue, in the order of the plan."""
        order = sorted(self.writer.tickets)
        found = (self.writer.tickets[index] for index in order)
        return [
            ticket.with_user(ticket.user_id)
            for ticket in found
            if ticket.kind == "appeal_59" and ticket.state == "in_work" and not ticket.is_overdue
        ]

    def _ask(self, ticket, agency, *, is_old):
        request = ticket.env["hotline.request"].create(
            {
                "ticket_id": ticket.id,
                "partner_id": agency.id,
                "text": "Пояснения по доводам заявителя и подтверждающие документы",
                "received_on": self.today if is_old else False,
            }
        )
        request.action_send()

    def _extend(self, ticket, is_decided, **vals):
        one = ticket.env["hotline.extension"].create({"ticket_id": ticket.id, **vals})
        if is_decided:
            one.authority_id = self.head.id
            one.action_record()
        else:
            one.action_propose()

    def _cover(self, ticket, number, sender, template, days):
        partner = other_body(self.env, sender)
        ticket.env["hotline.covering.letter"].create(
            {
                "ticket_id": ticket.id,
                "sender_id": partner.id,
                "sender_number": template.format(n=number),
                "sender_date": min(ticket.received_on, self.today),
                "is_controlled": True,
                "report_by": self.today + timedelta(days=days),
            }
        )
