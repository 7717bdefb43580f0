from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain import clock, phones

from ..domain import callback, number_plan
from ..domain.callback import Ended

AT_ONCE = 200
OLDEST = timedelta(days=1)  # older calls are history: nobody waits for us any more
BOOKS = timedelta(minutes=2)  # so long what was not followed waits for the PBX's books …
UNREAD = timedelta(minutes=15)  # … and so long where nobody has come to read them since


class HotlineCallback(models.AbstractModel):
    """From the ended calls to the call-backs; the connector asks every two seconds.

    Each step is done by what is in the database alone: whoever dies in between, the next look goes
    on from there.
    """

    _name = "hotline.callback"
    _description = "Calling back"

    @api.model
    def _tick(self, pbx):
        """Take ended calls, settle what was dialled, dial what is due. The connector's."""
        self._look(pbx)
        self._settle(pbx)
        self._dial(pbx)
        self._count_late()

    # Ended calls

    @api.model
    def _look(self, pbx):
        calls = self.env["hotline.call"].search(
            [
                *(("pbx_id", "=", pbx.id), ("phase", "=", "over")),
                *(("callback_looked", "!=", True), ("ended_at", "!=", False)),
                ("ended_at", ">=", fields.Datetime.now() - OLDEST),
            ],
            order="ended_at, id",
            limit=AT_ONCE,
        )
        calls = calls.filtered(lambda call: not self._waits_for_books(call))
        calls._note_own_hangup()  # also where the connector died before it could
        for call in calls:
            self._take(call)
        calls.callback_looked = True

    @api.model
    def _waits_for_books(self, call):
        """Say whether the reconciliation will tell in a moment how this call really ended."""
        unsure = call.unknown_from and call.fate == "cut" and not call.ledger_at
        if not unsure or not call.pbx_id.ledger_folder:
            return False
        since = fields.Datetime.now() - call.ended_at
        return since < BOOKS or (since < UNREAD and not self._books_have_told(call))

    @api.model
    def _books_have_told(self, call):
        """A connector that dies again and again may not live until its reconciliation."""
        # sudo: the connector's own row
        place = self.env["hotline.pbx.ledger"].sudo().search([("pbx_id", "=", call.pbx_id.id)])
        return place._has_told(call.ended_at)

    @api.model
    def _take(self, call):
        if call.direction == "out":
            self.env["hotline.task"]._of_number(call)._heard(call)
            return
        number = self._number(call)
        why = callback.cause(self._ended(call))
        if number and why:
            self._wait(call, number, why)
        elif number and call.fate == "answered":
            self._called_again(call, number)

    @api.model
    def _ended(self, call):
        return Ended(
            call.fate or "",
            call.ended_by or "",
            unknown=bool(call.unknown_from),
            wish=call.callback_wish,
            talked=call.fate == "answered" or (call.fate == "cut" and bool(call.answered_at)),
        )

    @api.model
    def _number(self, call):
        """Return the number that may be called back; "" for hidden, service and closed ones."""
        known = phones.normalise(call.callback_phone or call.phone or "")
        number = known.e164 if known.kind == "number" else ""
        if not number or not number_plan.is_allowed(number, call.pbx_id.allowed):
            return ""
        kind = call._special_kinds([number]).get(number)
        return "" if kind in ("service", "emergency", "hidden") else number

    @api.model
    def _waiting(self, company, number):
        return self.env["hotline.task"].search(
            [
                *(("by_system", "=", True), ("state", "=", "open")),
                *(("company_id", "=", company.id), ("phone", "=", number)),
            ],
            limit=1,
        )

    @api.model
    def _wait(self, call, number, why):
        """Make the call-back of a number; where there is one it keeps its time, and is due now.

        A call that is looked at again, for the ledger corrected how it ended, changes nothing.
        """
        if self._was_taken(call, number):
            return
        task = self._waiting(call.company_id, number)
        now = self._by_day(fields.Datetime.now(), call.company_id, call.line_id)
        if not task:
            self.env["hotline.task"].create(self._vals(call, number, why))
        elif not task.dialling_id and call.line_id.callback_on:
            task.write({"next_at": now, "stopped": False})

    @api.model
    def _was_taken(self, call, number):
        """Say whether this call has its call-back already, or its number was talked with since."""
        mine = [
            *(("by_system", "=", True), ("company_id", "=", call.company_id.id)),
            *(("phone", "=", number), "|", ("call_id", "=", call.id)),
            *("&", ("outcome", "=", "talk"), ("done_at", ">=", call.ended_at)),
        ]
        return bool(self.env["hotline.task"].search_count(mine, limit=1))

    @api.model
    def _vals(self, call, number, why):
        line, company = call.line_id, call.company_id
        rules = line._callback_rules()
        first = why == "dropped" and call.operator_id
        begins = self._by_day(call.ended_at, company, line)
        waits = begins + callback.SETTLE if first else begins
        due = callback.due_at(call.started_at, call.ended_at, rules)
        task = self.env["hotline.task"].new(
            {"since_at": call.ended_at, "waited_seconds": call.wait_seconds, "cause": why,
             "company_id": company.id}
        )  # fmt: skip
        off = line and not line.callback_on
        return {
            "kind": "callback",
            "name": task._why_words(),
            "by_system": True,
            "phone": number,
            "partner_id": call.partner_id.id,
            "call_id": call.id,
            "ticket_id": call.ticket_id.id if first else False,
            "line_id": line.id,
            "company_id": company.id,
            "user_id": False,
            "cause": why,
            "since_at": call.ended_at,
            "waited_seconds": call.wait_seconds,
            "due_at": due if begins == call.ended_at else begins + callback.IN_TIME,
            "next_at": False if off else waits,
            "stopped": "switched_off" if off else False,
            "first_id": first.id if first else False,
            "first_until": first and call.ended_at + timedelta(minutes=rules.same_minutes),
        }

    @api.model
    def _called_again(self, call, number):
        task = self._waiting(call.company_id, number)
        if task and task.since_at <= call.ended_at and not task.dialling_id:
            task.write({"state": "cancelled", "outcome": "called_again"})

    @api.model
    def _by_day(self, moment, company, line):
        """Return the moment, or when citizens may be called after it."""
        local = clock.body_time(moment, company.hotline_tz).replace(tzinfo=None)
        begins = callback.next_day(local, line._callback_rules())
        return moment if begins == local else clock.utc_of_body(begins, company.hotline_tz)

    @api.model
    def _count_late(self):
        """D1: whose time is over is not in time already now, not only once he was reached."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """UPDATE hotline_task SET in_time_share = 0
                    WHERE by_system AND state = 'open' AND due_at < %s AND in_time_share IS NULL
                RETURNING id""",
                fields.Datetime.now(),
            )
        )
        if rows:
            self.env["hotline.task"].invalidate_model(["in_time_share"])

    # What was dialled

    @api.model
    def _settle(self, pbx):
        tasks = self.env["hotline.task"].search(
            [("dialling_id.pbx_id", "=", pbx.id), ("dialling_id.state", "not in", ("new", "sent"))]
        )
        for task in tasks:
            self._settle_one(task)

    @api.model
    def _settle_one(self, task):
        command = task.dialling_id
        call = command.call_id
        came = callback.end(
            command.state,
            command.result or "",
            call.phase or "over",
            call.fate or "",
            reached="citizen" in call.leg_ids.mapped("role"),
        )
        if came == "pending" or (call and not call.callback_looked):
            return
        task.dialling_id = False
        if task.state != "open":
            return
        self._note(task, call, came, command)
        self._next(task, came)

    @api.model
    def _note(self, task, call, came, command):
        if came == "try" and call not in task.try_ids.call_id:
            task._note_try(call, "cut")  # of unknown fate: counted, never dialled again at once
        elif came == "own":
            task._note_try(call, "not_taken")
        if came == "own" or (came == "nothing" and command.result != "expired"):
            task.not_taken += 1

    @api.model
    def _next(self, task, came):
        now = fields.Datetime.now()
        rules = task.line_id._callback_rules()
        again = callback.after(came, now, rules, task.tries, task.not_taken)
        if task.state != "open" or again is None:
            over = task.tries >= rules.tries
            task._stop("tries_over" if over else "nobody_took")
        else:
            task.write(
                {
                    "next_at": self._by_day(again, task.company_id, task.line_id),
                    "first_until": False,
                }
            )


class HotlineTask(models.Model):
    _inherit = "hotline.task"

    def _stop(self, why):
        """Leave the call-back to a person, with the reason."""
        for task in self.filtered(lambda task: task.state == "open"):
            task.write({"stopped": why, "next_at": False, "dialling_id": False})
