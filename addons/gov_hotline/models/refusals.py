"""Refusals of Odoo's own in words that say what to do: they reach people who know no fields."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class Base(models.AbstractModel):
    _inherit = "base"

    def _check_field_access(self, field, operation):
        """As Odoo, which names the field by its code and tells to ask the administrator."""
        if not self._has_field_access(field, operation):
            raise AccessError(self._field_refusal(field))

    def _field_refusal(self, field):
        """Return the words of a refusal to read or write `field`."""
        return self.env._(
            "«%(field)s» (%(record)s) is closed to your role. Where the card has the button «Show "
            "the whole», it shows it and notes your look; otherwise ask the administrator of the "
            "hotline.",
            field=field._description_string(self.env) or field.name,
            record=self.env["ir.model"]._get(self._name).sudo().name,  # sudo: its name
        )

    def export_data(self, fields_to_export):
        """As Odoo, whose refusal has no Russian."""
        self._check_may_export()
        return super().export_data(fields_to_export)

    @api.model
    def _check_may_export(self):
        """Refuse whoever has no right to carry records off in a file."""
        if not self.env.is_admin() and not self.env.user.has_group("base.group_allow_export"):
            raise UserError(
                self.env._(
                    "Your account may not export to a file. If you need the list, ask the "
                    "administrator to allow the export, or print the report."
                )
            )


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """As Odoo, without jokes: which kind of record, what was asked, whom to turn to."""
        error = super()._make_access_error(operation, records)
        told = AccessError(self._refusal_words(operation, records))
        if hasattr(error, "context"):  # offers to change to another body
            told.context = error.context
        return told

    def _refusal_words(self, operation, records):
        env = self.with_context(**self.env.user.context_get()).env
        return env._(
            "You may not %(act)s this record («%(record)s»): it is not among those of your role, "
            "department or body. If it was handed to you, ask the officer in charge or your "
            "supervisor.",
            act=_act(env, operation),
            record=env["ir.model"]._get(records._name).sudo().name,  # sudo: its name
        )


class IrModelAccess(models.Model):
    _inherit = "ir.model.access"

    def _make_access_error(self, model, mode):
        """As Odoo, without the codes of models and the list of groups: whom to turn to."""
        super()._make_access_error(model, mode)  # for the log
        env = self.with_context(**self.env.user.context_get()).env
        return AccessError(
            env._(
                "You may not %(act)s this («%(record)s»): your role has no access to such records. "
                "If your work needs it, ask the administrator of the hotline.",
                act=_act(env, mode),
                record=env["ir.model"]._get(model).sudo().name or model,  # sudo: its name
            )
        )


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _make_access_error(self, operation):
        """As Odoo, without the numbers of messages and of the user."""
        return AccessError(self.env["ir.rule"]._refusal_words(operation, self))


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _make_access_error(self, operation):
        """As Odoo, without the numbers of activities and of the user."""
        return AccessError(self.env["ir.rule"]._refusal_words(operation, self))


def _act(env, operation):
    acts = {
        "read": env._("open"),
        "write": env._("change"),
        "create": env._("create"),
        "unlink": env._("delete"),
    }
    return acts[operation]
