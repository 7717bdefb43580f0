"""Acts a plan out: every case goes through the methods that people's buttons call."""

from datetime import timedelta

from odoo import fields

from ..models.helpdesk_ticket_outbox import PLAIN
from . import afterwards, assignments, ground, law, letters
from .acts import Acts
from .approvals import Approvals
from .cases import TOPICS
from .clock import at


class Writer:
    """Writes one `plan` into the database of `env` (the system's). One transaction, no commit."""

    def __init__(self, env, plan):
        # No subscriptions, no tracking messages, no mail: a demonstration writes to nobody.
        self.env = env(
            context=dict(
                env.context,
                lang="ru_RU",
                tracking_disable=True,
                mail_create_nosubscribe=True,
                mail_create_nolog=True,
                mail_notrack=True,
                hotline_mail_plain=PLAIN,
            )
        )
        self.plan = plan

    def write(self):  # pylint: disable=method-required-super
        """Make everything, in the order of time."""
        self._make_ground()
        self._make_calls()
        self._act_out()
        self._act_at_last()
        self._show_the_law()
        self._close_calls()
        self._make_tasks()
        self._assign()
        self._approve()
        afterwards.make(self)
        letters.deliver(self.env)
        self._backdate()

    def _make_ground(self):
        env = self.env
        self.company = ground.make_body(env)
        self.authorities = ground.make_authorities(env, self.company)
        self.teams = ground.make_departments(env, self.company)
        self.lines = ground.make_lines(env, self.company, self.teams)
        self.agencies = ground.make_agencies(env)
        ground.make_shared_phones(env, self.agencies["social"])
        self.citizens = ground.make_citizens(env, self.plan.people)
        houses = ground.make_homes(env, self.plan.people)
        self.homes = dict(zip(self.citizens, houses, strict=True))
        self.users = ground.make_users(env, self.citizens[0])
        self.topics = {topic.code: topic for topic in env["hotline.topic"].search([])}

    # Calls

    def _make_calls(self):
        """Create the calls; their numbers count by the year they came in."""
        self.calls = self.env["hotline.call"]
        for year in sorted({call.at.year for call in self.plan.calls}):
            vals = [self._call_vals(call) for call in self.plan.calls if call.at.year == year]
            dated = self.env["hotline.call"].with_context(ir_sequence_date=f"{year}-06-01")
            self.calls += dated.create(vals).with_env(self.env)

    def _call_vals(self, call):
        disposition = self._ref("disposition", call.disposition)
        answered_at = call.at + timedelta(seconds=call.wait)
        return {
            "direction": call.direction,
            "medium": call.medium,
            "started_at": call.at,
            "answered_at": answered_at,
            "ended_at": not call.is_open and answered_at + timedelta(seconds=call.talk),
            "wait_seconds": call.wait,
            "talk_seconds": call.talk,
            "operator_id": self.users[call.operator].id,
            "line_id": self.lines[call.line].id if call.line else False,
            "phone": call.phone,
            "phone_raw": call.phone or (call.medium == "phone" and "anonymous"),
            "partner_id": self.citizens[call.person].id if call.person is not None else False,
            "group": disposition.group,
            "disposition_id": disposition.id,
            "topic_id": self._topic(call.topic).id,
            "question": call.question,
            "result": call.result,
            "agency_id": self.agencies[call.agency].id if call.agency else False,
            "redirect_cause": call.cause,
            "company_id": self.company.id,
        }

    def _close_calls(self):
        pairs = list(zip(self.plan.calls, self.calls, strict=True))
        for planned, call in pairs:
            if planned.about is not None:
                call.ticket_id = self.tickets[planned.about]
        self.calls.browse(
            [call.id for planned, call in pairs if not planned.is_open]
        ).action_close()

    # Cases

    def _act_out(self):
        """Receive, register and close, each act at its moment: numbers follow the calendar."""
        self.tickets = {}
        spoken = zip(self.plan.calls, self.calls, strict=True)
        self.call_of = {planned.case: call for planned, call in spoken}
        for moment, act, index in sorted(self._acts()):
            with at(moment):
                (self._receive, self._register, self._answer)[act](index)

    def _act_at_last(self):
        """Extensions, requests and covering letters, when all else has happened."""
        last = max(moment for moment, _act, _index in self._acts())
        with at(last):
            Acts(self, self.company._hotline_date(last)).play()

    def _acts(self):
        """(moment, number of the act, index of the case) of everything that happens to cases."""
        for index, case in enumerate(self.plan.cases):
            moments = (case.received_at, case.registered_at, case.answered_at)
            yield from ((moment, act, index) for act, moment in enumerate(moments) if moment)

    def _show_the_law(self):
        """A case in each state and on each ground, at the last moment of the plan."""
        with at(max(moment for moment, _act, _index in self._acts())):
            law.Law(self).act_out()

    def _approve(self):
        """Answers on their way, after everything that is given without approval."""
        last = max(moment for moment, _act, _index in self._acts())
        with at(last + timedelta(seconds=45)):
            Approvals(self).play()

    def _receive(self, index):
        case, vals = self.plan.cases[index], self._case_vals(self.plan.cases[index])
        call = self.call_of.get(index)
        if call:
            ticket = call.with_user(self.users[case.operator])._make_ticket(vals)
        else:
            ticket = self._as(case.registered_by, "helpdesk.ticket").create(vals)
        self.tickets[index] = ticket.with_env(self.env)
        if case.kind == "appeal_59" and case.origin in ("portal", "site"):
            # as the site itself notes it: an appeal in electronic form has a known author
            # sudo: nobody of the staff may say it
            ticket.sudo().write({"identified_by": "ЕСИА", "identified_at": case.received_at})

    def _case_vals(self, case):
        citizen = self.citizens[case.person]
        line = self.lines.get(case.line)
        return {
            **self.env["helpdesk.ticket"]._applicant_vals(citizen),
            "applicant_address": f"{citizen.zip}, {citizen.city}, {citizen.street}",
            "kind": case.kind,
            "origin": case.origin,
            "line_id": line.id if line else False,
            "partner_id": citizen.id,
            "topic_id": self._topic(case.topic).id,
            # who asks for information or help with the site asks about no house
            "object_id": case.kind not in TOPICS and self.homes[citizen].id,
            "team_id": self.teams[case.department].id,
            "user_id": self.users[case.officer].id,
            "company_id": self.company.id,
            "appeal_text": case.text,
            "received_at": case.received_at,
        }

    def _register(self, index):
        case = self.plan.cases[index]
        self.tickets[index].with_user(self.users[case.registered_by]).action_register()
        self._explain(self.tickets[index].with_user(self.users[case.officer]))

    def _explain(self, ticket):
        """What came by e-mail is told how to file an appeal: on the day of its registration."""
        notice = ticket.notice_ids.filtered(lambda one: one.kind == "how_to_file")
        notice.authority_id = self.authorities[0]
        notice.action_issue()

    def _answer(self, index):
        """Answer, set the outcome, close: as the officer."""
        case = self.plan.cases[index]
        ticket = self.tickets[index].with_user(self.users[case.officer])
        answer = self._as(case.officer, "hotline.answer").create(
            {
                "ticket_id": ticket.id,
                "text": letters.addressed(ticket, case.answer),
                "channel": case.channel,
                "outgoing_number": f"{ticket.number}-исх",
                "outgoing_date": self.company._hotline_date(case.answered_at),
                "authority_id": self.authorities[0].id,
            }
        )
        ticket.question_ids.write({"outcome_id": self._ref("outcome", case.outcome).id})
        answer.action_give()
        if ticket.is_late:
            ticket.overdue_cause = "Сведения от ресурсоснабжающей организации поступили позже срока"
        letters.leave(ticket)
        ticket.action_close()

    def _assign(self):
        """Give resolutions on cases in work, after everything else; some still wait for one.

        Who is late stays so: a resolution is no answer.
        """
        running = [self.tickets[index] for index in sorted(self.tickets)]
        last = max(moment for moment, _act, _index in self._acts())
        with at(last + timedelta(seconds=30)):
            in_term = [
                ticket
                for ticket in running
                if ticket.state == "in_work" and not ticket.is_overdue and not ticket.is_anonymous
            ]
            assignments.make_assignments(self, in_term[: len(in_term) * 3 // 4 + 1])

    # The rest

    def _make_tasks(self):
        for task in self.plan.tasks:
            call = self.calls[task.call]
            made = self.env["hotline.task"].create(
                {
                    "kind": task.kind,
                    "name": task.name,
                    "phone": call.phone,
                    "partner_id": call.partner_id.id,
                    "call_id": call.id,
                    "user_id": call.operator_id.id,
                    "due_at": task.due_at,
                    "evidence": task.evidence,
                    "company_id": self.company.id,
                }
            )
            if task.evidence:
                made.action_done()

    def _backdate(self):
        """Odoo stamps records with the time of the transaction; lists show that as «created»."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("UPDATE hotline_call SET create_date = started_at")
        cr.execute("UPDATE helpdesk_ticket SET create_date = received_at")
        self.env.invalidate_all()

    def accept_paper(self, draft, login):
        """The signed sheet of `draft` came, by the clock that is turned back."""
        draft.flush_recordset()
        now = fields.Datetime.now()
        query = "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s"
        self.env.cr.execute(query, (now, draft.id))
        self.env.invalidate_all()
        scan = {"name": "Подписанный лист.txt", "raw": "Подписано.".encode()}
        vals = {"ticket_id": draft.id, "how": "paper", "scan_ids": [(0, 0, scan)]}
        self._as(login, "hotline.draft.accept").create(vals).action_accept()

    def _as(self, login, model):
        return self.env[model].with_user(self.users[login])

    def _ref(self, kind, code):
        """The disposition or the outcome with this code; none for an empty code."""
        if not code:
            return self.env[f"hotline.{kind}"]
        return self.env.ref(f"gov_hotline.{kind}_{code}")

    def _topic(self, code):
        return self.topics.get(code, self.env["hotline.topic"])
