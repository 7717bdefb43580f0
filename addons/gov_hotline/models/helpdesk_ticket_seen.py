from datetime import date, datetime

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

SEEN = "hotline_seen"
# What a form shows of these it has read as a plain value; lists of lines have their own saves.
PLAIN = frozenset(
    {"char", "text", "selection", "boolean", "integer", "many2one", "date", "datetime"}
)


class HelpdeskTicket(models.Model):
    """Two people save one case: the second is told who changed what and when, nothing is lost."""

    _inherit = "helpdesk.ticket"

    def web_save(self, vals, specification, next_id=None):
        """Save the form, unless the case is not what the form showed any more.

        The form sends what it had read as `hotline_seen` {field: value} among the values; without
        it (other clients) this is the ordinary save.
        """
        vals = dict(vals)
        seen = vals.pop(SEEN, None)
        if self and isinstance(seen, dict):
            self.ensure_one()
            self._check_as_seen(seen)
        return super().web_save(vals, specification, next_id=next_id)

    def _check_as_seen(self, seen):
        names = [name for name in seen if self._is_plain(name)]
        (now,) = self.read(names, load=None)  # with the reader's rights
        changed = [name for name in names if self._seen(now[name]) != self._seen(seen[name])]
        if changed:
            raise UserError(self._changed_words(changed))

    def _is_plain(self, name):
        field = self._fields.get(name)
        return bool(field and field.store and field.type in PLAIN)

    def _seen(self, value):
        """Return a value in one shape, whether it was read here or sent by a form."""
        if isinstance(value, datetime):
            return fields.Datetime.to_string(value)
        if isinstance(value, date):
            return fields.Date.to_string(value)
        return value or False

    def _changed_words(self, names):
        labels = [self._fields[name]._description_string(self.env) for name in names]
        return self.env._(
            "%(who)s changed this case at %(when)s: %(what)s. Your changes are not saved: copy "
            "what you typed, reload the page and enter it again.",
            who=self.sudo().write_uid.name,  # sudo: only the name of a colleague
            when=format_datetime(self.env, self.write_date, dt_format="dd.MM.yyyy HH:mm:ss"),
            what=", ".join(f"«{label}»" for label in labels),
        )
