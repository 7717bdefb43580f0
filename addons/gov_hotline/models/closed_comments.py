from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from .mail_doors import told_by_system

CASE = "helpdesk.ticket"
# Passed in the context by acts and tracking alone: an object cannot be forged over RPC.
_BY_ACT = object()
# What makes a message what it is; stars, notifications and reactions are everybody's own.
CONTENT = frozenset(
    {
        "body", "subject", "date", "author_id", "email_from", "message_type", "model", "res_id",
        "attachment_ids", "tracking_value_ids", "subtype_id", "parent_id", "is_internal",
    }
)  # fmt: skip
# What is said in an activity, and about what.
PLANNED = frozenset(
    {
        "summary", "note", "feedback", "attachment_ids", "activity_type_id",
        "res_model_id", "res_model", "res_id",
    }
)  # fmt: skip


class HelpdeskTicket(models.Model):
    """Nobody comments on a closed case: what is learnt later is an addition to it (practice 15).

    Lines of the system pass: tracking, what an act notes, what comes by mail, a late rating. So
    does following, and it opens nothing: a colleague who follows is told of a returned letter.
    """

    _inherit = CASE

    def _noting(self):
        return self.with_context(hotline_note_by=_BY_ACT)

    def _note(self, body):
        """Post a line of an act; the act has checked who may."""
        return self._noting().message_post(body=body)

    def message_post_with_source(self, source_ref, *, render_values=None, **kwargs):
        """Post by a template; the line of an activity done after the end repeats none of its words.

        They were said in a plan and, but for this, would be noted in the case only now.
        """
        late = source_ref == "mail.message_activity_done" and self.filtered("is_final")
        if late and (activity := (render_values or {}).get("activity")):
            silent = {
                "activity_type_id": activity.activity_type_id.id,
                "user_id": activity.user_id.id,
            }
            render_values = {**render_values, "activity": activity.new(silent)}
        return super().message_post_with_source(source_ref, render_values=render_values, **kwargs)

    def _message_track(self, fields_iter, initial_values_dict):
        noting = super(HelpdeskTicket, self._noting())
        return noting._message_track(fields_iter, initial_values_dict)

    def _message_log_batch(self, bodies, **kwargs):
        return super(HelpdeskTicket, self._noting())._message_log_batch(bodies, **kwargs)

    def _check_can_update_message_content(self, messages):
        """Refuse to edit or empty what was said in a closed case, in words of the hotline."""
        self._check_no_late_comment()
        return super()._check_can_update_message_content(messages)

    def _check_no_late_comment(self):
        """Raise UserError where one of the cases is closed; not for what the system does."""
        if self.env.uid == SUPERUSER_ID:
            return
        # sudo: state and number of a case in which the caller wanted to write
        closed = self.sudo().filtered("is_final")[:1]
        if closed:
            raise UserError(
                self.env._(
                    "Appeal %(number)s is closed: nothing is noted in it any more, and what was "
                    "noted stays. What became known later goes into the «Addition to the closed "
                    "case» of the officer: words and files are kept beside it.",
                    number=closed.number,
                )
            )


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        # The chatter itself posts with all rights, but as its user: who asks counts, not the rights
        by_act = self.env.context.get("hotline_note_by") is _BY_ACT
        if not by_act and (not self.env.su or self.env.user._is_internal()):
            # a notification goes to colleagues: it is not shown among the words of the case
            said = messages.filtered(lambda one: one.message_type != "user_notification")
            said._check_no_late_comment()
        return messages

    def write(self, vals):
        if CONTENT & vals.keys() and not self.env.su:
            self._check_no_late_comment()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_closed_case(self):
        if not self.env.su:
            self._check_no_late_comment()

    def _check_no_late_comment(self):
        # sudo: which case it is of
        about = self.sudo().filtered(lambda one: one.model == CASE and one.res_id)
        self.env[CASE].browse(about.mapped("res_id")).exists()._check_no_late_comment()


class MailActivity(models.Model):
    """Words of an activity on a closed case would be a comment on it like any other."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super(MailActivity, told_by_system(self)).create(vals_list)
        activities = activities.with_env(self.env)
        activities._check_no_late_words()
        return activities

    def write(self, vals):
        done = super(MailActivity, told_by_system(self)).write(vals)
        if PLANNED & vals.keys():
            self._check_no_late_words()
        return done

    def _check_no_late_words(self):
        if not self.env.su and self.env.context.get("hotline_note_by") is not _BY_ACT:
            self.filtered(lambda one: one._says())._cases()._check_no_late_comment()

    def _says(self):
        said = self.summary or self.feedback or self.attachment_ids
        return bool(said or not is_html_empty(self.note))

    def _cases(self):
        about = self.filtered(lambda one: one.res_model == CASE)
        return self.env[CASE].browse(about.mapped("res_id")).exists()

    def _with_files(self):
        """Return those whose files would go over to the case when they are done."""
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        # sudo: as Odoo itself moves them, whoever may read them
        files = self.env["ir.attachment"].sudo().search(domain)
        return self.browse(files.mapped("res_id"))

    def _action_done(self, feedback=False, attachment_ids=None):
        """Nothing is said at the end of an activity, and no file is left."""
        if not self.env.su:
            speaking = self if feedback or attachment_ids else self._with_files()
            speaking._cases()._check_no_late_comment()
        noting = super(MailActivity, self.with_context(hotline_note_by=_BY_ACT))
        return noting._action_done(feedback=feedback, attachment_ids=attachment_ids)
