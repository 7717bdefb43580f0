from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..domain import assignments as rules
from .hotline_assignment import STAFF

# What the officer wrote: it may name the citizen.
WORDS = frozenset({"text", "redo_reason", "withdraw_reason"})


class HotlineAssignment(models.Model):
    """A withdrawn assignment: its executor has no ground to read the citizen any more.

    They see that it was withdrawn, its number and dates, and their own answers; why is for the
    staff of the case, who read it as before.
    """

    _inherit = "hotline.assignment"

    @api.model
    def _is_only_executor(self):
        """Whether the signed-in user, also where the system acts, reads no case as staff."""
        return not any(self.env.user.has_group(group) for group in STAFF.split(","))

    def _withdrawn_from_reader(self):
        """Return those of these whose case was taken from the signed-in executor."""
        if not self._is_only_executor():
            return self.browse()
        known = self.sudo()  # sudo: whose and in what state, only
        gone = known.filtered(
            lambda one: one.state == rules.WITHDRAWN and one.executor_user_id == self.env.user
        )
        return gone.with_env(self.env)

    def _own_text(self):
        """Return what is to be done, as the executor may read it."""
        return "" if self._withdrawn_from_reader() else self.text or ""

    def _check_print_assignment_card(self):
        """Refuse the card of an assignment that was withdrawn from the signed-in executor."""
        if gone := self._withdrawn_from_reader()[:1]:
            raise AccessError(
                self.env._(
                    "The assignment on appeal No. %(number)s was withdrawn: its card is not "
                    "printed any more.",
                    number=gone.case_number,
                )
            )

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        names = WORDS.intersection(fnames)
        gone = set(self._withdrawn_from_reader().ids) if names else ()
        for row in rows:
            if row["id"] in gone:
                row.update(dict.fromkeys(names, False))
        return rows

    def export_data(self, fields_to_export):
        """Export the words of those alone whose words may be read."""
        names = {name.partition("/")[0] for name in fields_to_export}
        gone = self._withdrawn_from_reader() if names & WORDS else self.browse()
        return super(HotlineAssignment, self - gone).export_data(fields_to_export)

    @api.model
    def _search(self, domain, *args, **kwargs):
        """A search by the words passes over what was withdrawn: it would tell them."""
        domain = Domain(domain)
        if not self.env.su and self._is_only_executor() and _asks_words(domain):
            domain &= Domain("state", "!=", rules.WITHDRAWN)
        return super()._search(domain, *args, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_no_words(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._check_no_words(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    def _check_no_words(self, spec):
        if not self.env.su and spec.partition(":")[0] in WORDS and self._is_only_executor():
            raise AccessError(self.env._("Assignments are not grouped by their words."))


def _asks_words(domain):
    return any(one.field_expr.partition(".")[0] in WORDS for one in domain.iter_conditions())
