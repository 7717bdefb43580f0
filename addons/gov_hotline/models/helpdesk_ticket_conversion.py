from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..domain import conversion, transitions
from .helpdesk_ticket_lifecycle import _BY_TRANSITION

COPIED = (
    "partner_id", "applicant_surname", "applicant_given_name", "applicant_patronymic",
    "applicant_address", "applicant_phone", "applicant_email", "appeal_text", "topic_id",
    "complaint_against_id", "company_id", "team_id", "origin", "is_collective", "object_id",
)  # fmt: skip


class HelpdeskTicket(models.Model):
    """A message becomes an appeal: a case of its own, confirmed in writing; the texts stay."""

    _inherit = "helpdesk.ticket"

    converted_from_id = fields.Many2one(
        "helpdesk.ticket",
        string="Converted from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    converted_to_ids = fields.One2many(
        "helpdesk.ticket", "converted_from_id", string="Converted into", copy=False
    )

    def action_convert(self):
        """Ask on which ground the message becomes an appeal, or open its draft; operator.

        The draft waits for its confirmation as any draft with a code does: on the site, on paper
        or at the reception. The message ends as converted when it is registered after that.
        """
        self.ensure_one()
        self._require_role("operator")
        self.check_access("read")
        draft = self._converted_draft()
        if draft:
            return draft._open_form()
        self._check_may_convert()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Convert to an appeal under 59-FZ"),
            "res_model": "hotline.conversion",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def _converted_draft(self):
        """Return the draft of this message that waits already."""
        drafts = self.converted_to_ids.filtered(lambda one: one.state == "draft")
        return drafts.filtered(lambda one: not one.draft_withdrawn_at)[:1]

    def _convert_by(self, how, files, received_at=None):
        """Make the draft appeal on the recorded ground; operator. Return the draft.

        `how`: «code» (the applicant confirms by an identified sign-in), «paper» with the scan of
        the signed letter in `files`, «visit» with an identity document seen.
        """
        self.ensure_one()
        self._require_role("operator")
        draft = self._converted_draft()
        if draft:
            raise UserError(
                self.env._("This message has a draft appeal already: open and confirm it.")
            )
        draft = self._make_converted_draft()
        if how in ("paper", "visit"):
            now = fields.Datetime.now()
            draft._confirm_draft(how, origin=how, received_at=received_at or now)
            files.write({"res_model": draft._name, "res_id": draft.id})
        return draft

    def _check_may_convert(self):
        if self.track != transitions.MESSAGE or self.state not in transitions.WORKING_STATES:
            raise UserError(
                self.env._("Only a registered message that has not ended becomes an appeal.")
            )

    def _make_converted_draft(self):
        self._check_may_convert()
        draft = self.create({**self._converted_vals(), "kind": "appeal_59"})
        draft.with_context(hotline_by=_BY_TRANSITION).write({"converted_from_id": self.id})
        for file in self.attachment_ids:
            file.copy({"res_model": draft._name, "res_id": draft.id})
        draft.action_link(self.id, "converted")
        draft.action_issue_draft_code()  # told to nobody yet: «New code» tells one
        return draft

    def _converted_vals(self):
        vals = {name: self[name] for name in COPIED}
        vals = {
            name: value.id if isinstance(value, models.BaseModel) else value
            for name, value in vals.items()
        }
        questions = [
            Command.create({"text": question.text, "topic_id": question.topic_id.id})
            for question in self.question_ids
        ]
        return {**vals, "question_ids": questions}

    def _open_form(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "helpdesk.ticket",
            "res_id": self.id,
            "views": [(self.env.ref("gov_hotline.helpdesk_ticket_view_form").id, "form")],
        }

    def _start_work(self):  # pylint: disable=missing-return
        """Registering the confirmed appeal ends its message (practice, 4)."""
        converted = self.filtered(
            lambda ticket: ticket.track == transitions.APPEAL and ticket.converted_from_id
        )
        for appeal in converted:
            appeal._enforce(conversion.problems(appeal.confirmed_how or ""))
        super()._start_work()
        for appeal in converted:
            appeal._end_converted()

    def _end_converted(self):
        source = self.converted_from_id
        if source.state in transitions.WORKING_STATES:
            source._end(transitions.CONVERTED)
            self.env["hotline.journal"]._append(
                "converted", source, appeal=self.id, confirmation=self.origin
            )

    def _more_acts(self):
        acts = super()._more_acts()
        is_message = self.track == transitions.MESSAGE and self.state in transitions.WORKING_STATES
        if is_message and self.id and "operator" in self._roles():
            label = self.env._("Convert to an appeal under 59-FZ")
            acts.append(self._act("action_convert", label, step=False))
        return acts
