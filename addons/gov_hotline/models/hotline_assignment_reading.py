from odoo import fields, models
from odoo.tools import SQL

from .hotline_assignment import STAFF

# What tells of the applicant: reading the list of own assignments is no reading of the appeal.
CASE_FIELDS = frozenset(
    {"case_text", "case_applicant", "case_address", "case_contacts", "case_files_html"}
)


class HotlineAssignmentReading(models.Model):
    """An executor read the case on a day: one row for user, day and assignment (practice 7)."""

    _name = "hotline.assignment.reading"
    _description = "Reading of an assignment"
    _order = "day desc, id desc"
    _log_access = False

    assignment_id = fields.Many2one("hotline.assignment", required=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", string="Who", required=True, index=True)
    day = fields.Date(required=True)

    _once_uniq = models.UniqueIndex("(assignment_id, user_id, day)", "Noted already.")


class HotlineAssignment(models.Model):
    """Each reading of the case by its executor stands in the journal, once a day.

    And, as any look at the case, among the looks: the executor's and the staff's.
    """

    _inherit = "hotline.assignment"

    def _read_format(self, fnames, load="_classic_read"):
        if CASE_FIELDS.intersection(fnames):
            self._note_reading()
        return super()._read_format(fnames, load)

    def export_data(self, fields_to_export):
        if CASE_FIELDS.intersection(name.partition("/")[0] for name in fields_to_export):
            self._note_reading()
        return super().export_data(fields_to_export)

    def _note_reading(self):
        """Journal that the signed-in executor reads these; staff of the case is not counted.

        The mode tells what was shown. A second reading of the same day leaves no second line.
        """
        staff = any(self.env.user.has_group(group) for group in STAFF.split(","))
        for one in self.browse() if staff else self - self._withdrawn_from_reader():
            # sudo: whose it is; the page of a portal user comes as the system anyway
            if one.sudo().executor_user_id == self.env.user:
                one._note_look("opened")
                if one._is_first_reading():
                    one._journal("read", shown=one.sudo().pd_mode)  # as above
        if staff and not self.env.su:
            self._note_look("opened")

    def _note_look(self, kind):
        """Note that the signed-in user saw the cases of these, on whichever page."""
        self.env["hotline.sight"]._note(self.sudo().ticket_id, kind, outside=True)  # sudo: ids

    def _is_first_reading(self):
        """Take the row of today; False where it is taken already."""
        rows = self.env.execute_query(
            SQL(
                "INSERT INTO hotline_assignment_reading (assignment_id, user_id, day)"
                " VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
                self.id, self.env.uid, self._today(),
            )
        )  # fmt: skip
        return bool(rows)
