"""A case in each state and on each ground of the law, acted out by the officer on the last day."""

from odoo import fields

from . import bodies, letters
from .ground import other_body

# Ground -> what the applicant wrote (invented).
ON_GROUND = (
    ("court", "Не согласна с решением районного суда о границах участка, прошу его отменить."),
    ("obscene", "Письмо состоит из оскорблений в адрес сотрудников отдела."),
    ("unreadable", "Рукописный текст залит водой, прочесть можно только подпись и адрес."),
    ("senseless", "Прошу принять меры к тому, что было, и к тому, чего не было."),
    ("published", "Когда в крае начнётся отопительный сезон?"),
    ("secret", "Прошу сообщить устройство охраны краевого архива."),
    ("self_return", "Жалоба на управление, которое одно вправе решать этот вопрос."),
    ("withdrawn", "Прошу прекратить рассмотрение: двор уже освещён."),
    ("anonymous", "Соседи шумят по ночам."),
    ("out_of_competence", "Прошу проверить законность приказа федерального ведомства."),
    ("several_bodies", "Дорога у школы: и знаки, и освещение, и патруль."),
    ("migration", "В подвале дома живут люди без документов."),
    ("resubmitted", "Подаю вновь: теперь с разборчивым текстом и адресом."),
    # the last one: what is stopped would follow its citizen
    ("repeat", "Вновь о том же: на все вопросы мне уже отвечали."),
)
SPEECHLESS = ("applicant_surname", "applicant_given_name", "applicant_patronymic")
STAYS_OPEN = frozenset({"several_bodies", "resubmitted"})
FORWARDED = frozenset({"out_of_competence", "several_bodies", "migration"})
PUBLISHED_AT = "https://ozerskiy-krai.example/answers/heating"


class Law:
    """Acts the cases out through the `writer` of the whole demonstration."""

    def __init__(self, writer):
        self.writer = writer
        self.officer = writer.users[bodies.OFFICERS[0]]
        self.env = writer.env
        self.today = writer.company._hotline_today()

    def act_out(self):
        """Make the cases; the clock stands at the last moment of the plan."""
        self._make_bodies()
        for index, (code, text) in enumerate(ON_GROUND, start=1):
            self._on_ground(code, self._case(index, text, code))
        self._deferred()
        self._converted()

    def _make_bodies(self):
        self.authority = self.writer.authorities[0]
        self.bodies = self.env["res.partner"]
        for name in bodies.OTHER_BODIES:
            self.bodies |= other_body(self.env, name)

    def _case(self, index, text, code="", **vals):
        citizen = self._citizen(index, code)
        vals = {
            **self.env["helpdesk.ticket"]._applicant_vals(citizen),
            "applicant_address": f"{citizen.zip}, {citizen.city}, {citizen.street}",
            "kind": "appeal_59",
            "origin": "paper",
            "received_at": fields.Datetime.now(),
            "partner_id": citizen.id,
            "object_id": self.writer.homes[citizen].id,
            "team_id": self.writer.teams["common"].id,
            "user_id": self.officer.id,
            "company_id": self.writer.company.id,
            "appeal_text": text,
            **vals,
        }
        if code == "anonymous":
            vals |= {"partner_id": False, "unlawful_act": "no", **dict.fromkeys(SPEECHLESS, False)}
        if code == "repeat":
            vals["topic_id"] = self._answered()[:1].ticket_id.topic_id.id
        if code == "self_return":
            vals["complaint_against_id"] = self.writer.agencies["social"].id
        ticket = self.env["helpdesk.ticket"].with_user(self.officer).create(vals)
        ticket.action_register()
        return ticket

    def _citizen(self, index, code):
        """Return somebody else than the portal's citizen; for a repeat one who was answered."""
        if code == "repeat":
            return self._answered()[:1].ticket_id.partner_id
        others = self.writer.citizens[1:]
        return others[index % len(others)]

    def _answered(self):
        """Return two answered questions of one citizen on one topic; the first such citizen."""
        portal = self.writer.citizens[0]
        domain = [("ticket_id.answer_ids.state", "=", "given"), ("answer_id", "!=", False)]
        found = self.env["hotline.question"].search(domain, order="id")
        known = found.ticket_id.partner_id - portal
        found = found.filtered(lambda one: one.ticket_id.partner_id in known)
        on_topic = found.grouped(lambda one: (one.ticket_id.partner_id, one.ticket_id.topic_id))
        pairs = (two for two in on_topic.values() if len(two) > 1)
        return next(pairs, found[:0])[:2]

    def _on_ground(self, code, ticket):
        question = ticket.question_ids
        ground = self.env["hotline.ground"]._available(ticket, self.today)
        ground = ground.filtered(lambda one: one.code == code)
        if code == "resubmitted":
            ticket.action_link(self._answered().ticket_id[:1].id, "resubmission")
        notice = question.action_state_ground(ground.id, self._stated(ground))
        if code in FORWARDED:
            self._resolve(ticket, self.bodies, own_part=code == "several_bodies")
        if notice:
            notice.authority_id = self.authority
            notice.action_issue()
        if code not in STAYS_OPEN:
            letters.leave(ticket)
            ticket.action_close()

    def _stated(self, ground):
        vals = {}
        if ground.needs_decision:
            vals.update(authority_id=self.authority.id, signed_on=self.today)
        if ground.needs_url:
            vals["ground_url"] = PUBLISHED_AT
        if ground.needs_statement:
            files = self.env["ir.attachment"].with_user(self.officer)
            file = files.create({"name": "Заявление.txt", "raw": "Прошу прекратить.".encode()})
            vals["statement_ids"] = [(6, 0, file.ids)]
        if ground.min_earlier_answers:
            vals["earlier_question_ids"] = [(6, 0, self._answered().ids)]
        return vals

    def _resolve(self, ticket, partners, **vals):
        """Send one resolution to `partners`, signed by whoever may."""
        dialog = self.env["hotline.resolution"].with_user(self.officer)
        dialog = dialog.with_context(**ticket.action_resolution()["context"])
        signed = {"authority_id": self.authority.id}
        dialog.create(
            {"addressee_ids": [(6, 0, partners.ids)], **signed, **vals}
        ).action_sign_and_send()

    def _deferred(self):
        ticket = self._case(len(ON_GROUND) + 1, "Прошу отремонтировать подъезд и крышу.")
        self._resolve(ticket, self.writer.agencies["repair_fund"])

    def _converted(self):
        message = self._case(
            len(ON_GROUND) + 2, "Во дворе не горят фонари.", kind="message", origin="phone"
        )
        files = self.env["ir.attachment"].with_user(self.officer)
        scan = files.create({"name": "Письмо.txt", "raw": "Прошу осветить двор.".encode()})
        message._convert_by("paper", scan).action_register()
