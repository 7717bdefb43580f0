from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..domain import handover as rules
from .hotline_handover import ROLES
from .hotline_handover_line import FITTING

REFUSALS = (AccessError, UserError, ValidationError)
# State in which a job works → what waits, what does a part of it, what ends it.
STEPS = {
    rules.RUNNING: ("listed", "_hand_part", "_finish"),
    rules.RETURNING: ("handed", "_return_part", "_finish_return"),
}
TOLD = "mail.mail_activity_data_todo"


class HotlineHandover(models.Model):
    """The acts: list, hand over, return. Supervisor or administrator; by itself on its day."""

    _inherit = "hotline.handover"

    def action_collect(self):
        """List what the colleague has in hand, with the reason where something stays."""
        self.ensure_one()
        self._check_act(rules.DRAFT)
        self._collect()

    def action_hand_over(self):
        """Hand over everything listed, now or on the first day; large lists in the background."""
        self.ensure_one()
        self._check_act(rules.DRAFT)
        if not rules.begins(self.valid_from, self._today()):
            self._write_by_act({"state": rules.PLANNED})
            self._journal("handover_planned")
            return
        self._begin()

    def action_return(self):
        """Bring back what is still where this hand-over brought it."""
        self.ensure_one()
        self._check_act(*rules.HANDED)
        self._return()

    def action_continue(self):
        """Go on in the background where a job broke off; what was handed over is not repeated."""
        self.ensure_one()
        self._check_act(*STEPS)
        self._delay_part()

    def action_cancel_plan(self):
        """Back to the draft: nothing was handed over yet."""
        self.ensure_one()
        self._check_act(rules.PLANNED)
        self._write_by_act({"state": rules.DRAFT})

    def _check_act(self, *states):
        self.env["helpdesk.ticket"]._require_role(*ROLES)
        self.check_access("write")
        self.lock_for_update()  # two supervisors press at once: the second one sees what was done
        if self.state not in states:
            raise UserError(self.env._("This hand-over has moved on meanwhile: look at it again."))

    def _today(self):
        return self.company_id._hotline_today()

    def _journal(self, event, **payload):
        self.env["hotline.journal"]._append(event, self, basis=self.basis or "", **payload)

    # Handing over

    def _begin(self):
        """What was listed goes; a planned hand-over is listed anew on its day."""
        if self.state == rules.PLANNED or not self.line_ids:
            self._collect()
        lines = self.sudo().line_ids  # sudo: as above
        if not lines.filtered(lambda line: line.state == "listed") and not self._may_substitute():
            raise UserError(self.env._("There is nothing to hand over."))
        self._substitute()
        self._journal("handover_begun", until_on=self.valid_to or "")
        if len(lines) > rules.AT_ONCE:
            self._write_by_act({"state": rules.RUNNING})
            self._delay_part()
            return
        self._hand_part(lines)
        self._finish()

    def _delay_part(self):
        author = self.env.user
        # the system works through it, in the name of whoever pressed the button
        job = self.with_user(SUPERUSER_ID).with_delay(
            description=f"{self._description} {self.id}", max_retries=5
        )
        job._run_part(author.id)

    def _run_part(self, author_id):
        """Do the next part; called by the job, again until nothing is left."""
        self.ensure_one()
        if self.state not in STEPS or not self.try_lock_for_update():
            return  # done, or another process is at it
        waiting, act, finish = STEPS[self.state]
        own = self.with_user(author_id).sudo()  # sudo: the role was checked at the button
        lines = own.line_ids.filtered(lambda line: line.state == waiting)
        getattr(own, act)(lines[: rules.AT_ONCE])
        if len(lines) > rules.AT_ONCE:
            own._delay_part()
        else:
            getattr(own, finish)()

    def _hand_part(self, lines):
        source = self.sudo().from_user_id  # sudo: as above
        for line in lines.filtered(lambda one: one.state == "listed"):
            words = self._hand_one(line, source)
            line.write({"state": "refused" if words else "handed", "words": words})

    def _hand_one(self, line, source):
        """Move one matter; what fails is told in words and stops no other."""
        try:
            with self.env.cr.savepoint():
                words = self._stays(line)
                if not words:
                    line._move(source, line.to_user_id)
                return words
        except REFUSALS as error:
            self.env.invalidate_all()
            return str(error)

    def _finish(self):
        state = rules.state_after(self.kind)
        self._write_by_act({"state": state, "done_at": fields.Datetime.now()})
        self._tell("taken")

    def _may_substitute(self):
        """Whether both sign answers: then the one stands in for the other."""
        users = self.sudo()  # sudo: roles of colleagues
        role = f"gov_hotline.group_{FITTING['approval'][0]}"
        pair = (users.from_user_id, users.to_user_id)
        whole = self.to_kind == "person" and not self.team_ids
        return whole and all(user and user.has_group(role) for user in pair)

    def _substitute(self):
        """Approvals go by the substitution that the sheet of approval already knows."""
        if not self._may_substitute():
            return
        # sudo: substitutions are the administrator's list; this act is another way to them
        substitute = self.env["hotline.substitute"].sudo().create(
            {
                "user_id": self.from_user_id.id,
                "substitute_id": self.to_user_id.id,
                "valid_from": max(self.valid_from, self._today()),
                "valid_to": self.valid_to if self.kind == rules.LEAVE else False,
                "basis": self.basis,
                "company_id": self.company_id.id,
            }
        )  # fmt: skip
        self._write_by_act({"substitute_id": substitute.id})

    # Coming back

    def _return(self):
        self.sudo().substitute_id.active = False  # sudo: as above
        self._journal("handover_returned")
        lines = self.sudo().line_ids.filtered(lambda one: one.state == "handed")
        if len(lines) > rules.AT_ONCE:
            self._write_by_act({"state": rules.RETURNING})
            self._delay_part()
            return
        self._return_part(lines)
        self._finish_return()

    def _return_part(self, lines):
        owner = self.sudo().from_user_id  # sudo: roles of colleagues
        for line in lines:
            words = self._return_one(line, owner)
            line.write({"state": "kept" if words else "returned", "words": words})

    def _finish_return(self):
        self._write_by_act({"state": rules.RETURNED, "returned_at": fields.Datetime.now()})
        self._tell("returned")

    def _return_one(self, line, owner):
        try:
            with self.env.cr.savepoint():
                if line.kind == "approval":
                    return ""
                words = line._why_not(line.to_user_id, owner)
                if not words:
                    line._move(line.to_user_id, owner)
                return words
        except REFUSALS as error:
            self.env.invalidate_all()
            return str(error)

    # Telling

    def _tell(self, event):
        """Plan one activity for everybody who has got something: how much, and the list."""
        moved = "handed" if event == "taken" else "returned"
        counts = {}
        # sudo: who may hand over tells whoever got it
        for line in self.sudo().line_ids.filtered(lambda one: one.state == moved):
            user = line.to_user_id if event == "taken" else self.sudo().from_user_id  # as above
            counts[user] = counts.get(user, 0) + 1
        # sudo: whoever is told may be nobody's to read
        quiet = self.sudo().with_context(mail_activity_quick_update=True)
        for user, count in counts.items():
            words = self.with_context(lang=user.lang)._told_words(event, count)
            quiet.activity_schedule(
                TOLD, date_deadline=self._today(), summary=words, user_id=user.id
            )

    def _told_words(self, event, count):
        if event == "taken":
            name = self.sudo().from_user_id.name  # sudo: the name of a colleague
            return self.env._("Handed over to you from %(name)s: %(count)s", name=name, count=count)
        return self.env._("Returned to you: %(count)s", count=count)

    # By itself

    @api.model
    def _cron_hand_over(self):
        """Begin what waits for its day, return what is over. A failed one stops no other."""
        for one in self.search([("state", "=", rules.PLANNED)]):
            if rules.begins(one.valid_from, one._today()):
                one._by_itself("_begin")
        for one in self.search([("state", "=", rules.ON)]):
            if rules.is_over(one.kind, one.valid_to, one._today()):
                one._by_itself("_return")

    def _by_itself(self, act):
        try:
            with self.env.cr.savepoint():
                getattr(self, act)()
        except REFUSALS as error:
            self.env.invalidate_all()
            self._write_by_act({"state": rules.DRAFT if act == "_begin" else self.state})
            self.activity_schedule(
                TOLD,
                date_deadline=self._today(),
                summary=str(error),
                user_id=self.create_uid.id,
            )
