from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import status


class HotlineSight(models.Model):
    """The looks as people read them: who saw what."""

    _inherit = "hotline.sight"

    user_id = fields.Many2one(
        "res.users", string="Who looked", compute="_compute_user_id", search="_search_user_id"
    )
    subject = fields.Selection(
        [
            ("helpdesk.ticket", "Appeal"),
            ("res.partner", "Citizen"),
            ("hotline.account", "Account"),
            ("hotline.call", "Call"),
            ("hotline.external.case", "Appeal of a document system"),
            ("hotline.reception", "Reception"),
            ("hotline.register.run", "Load of a register"),
            ("hotline.task", "Task"),
        ],
        string="Card",
        compute="_compute_subject",
    )
    amiss_text = fields.Char(string="What did not agree", compute="_compute_amiss_text")
    record_name = fields.Char(
        string="Of what", compute="_compute_record_name", search="_search_record_name"
    )

    @api.depends("user_ref")
    def _compute_user_id(self):
        # sudo: a colleague who has left is named too
        known = set(self.env["res.users"].sudo().browse(self.mapped("user_ref")).exists().ids)
        for sight in self:
            sight.user_id = sight.user_ref if sight.user_ref in known else False

    def _search_user_id(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        inner = value if operator == "any" else Domain("id", "in", value)
        users = self.env["res.users"].with_context(active_test=False)._search(inner)
        return [("user_ref", "in", list(users))]

    @api.depends("model")
    def _compute_subject(self):
        for sight in self:
            sight.subject = sight.model

    @api.depends("amiss")
    @api.depends_context("lang")
    def _compute_amiss_text(self):
        names = self._question_names()
        for sight in self:
            codes = (sight.amiss or "").split(",")
            sight.amiss_text = ", ".join(names[code] for code in codes if code in names)

    @api.model
    def _question_names(self):
        return {
            status.SURNAME: self.env._("surname"),
            status.GIVEN: self.env._("given name"),
            status.PATRONYMIC: self.env._("patronymic"),
            status.ADDRESS: self.env._("address"),
            status.MONTH: self.env._("month"),
            status.CODE: self.env._("no address in the case"),
        }

    @api.depends("model", "res_ref")
    @api.depends_context("lang", "uid")
    def _compute_record_name(self):
        titles = {}
        for model, sights in self.grouped("model").items():
            records = self.env[model].browse(sights.mapped("res_ref")).exists()
            titles.update(
                {(model, one.id): one.display_name for one in records._filtered_access("read")}
            )
        for sight in self:
            number = f"№ {sight.res_ref}" if sight.res_ref else sight._name_of_none()
            sight.record_name = titles.get((sight.model, sight.res_ref), number)

    def _name_of_none(self):
        """Say what was looked at where it was no single record."""
        return self.env._("no case found") if self.kind == "refused" else self.env._("a list")

    def _search_record_name(self, operator, value):
        """Find by the number or name of a case, and by a citizen's name; texts only."""
        if operator not in ("ilike", "=ilike", "like", "=like"):
            return NotImplemented
        found = []
        for model in ("helpdesk.ticket", "res.partner"):
            Model = self.env[model].with_context(active_test=False)
            records = Model.search([("display_name", operator, value)], limit=1000)
            found.append(self._domain_of(records))
        return Domain.OR(found)

    def action_open_record(self):
        """Open the card that was looked at."""
        self.ensure_one()
        record = self.env[self.model].browse(self.res_ref).exists()
        return record.get_formview_action() if record else False

    @api.model
    def _action_of(self, records):
        """Return the window with the looks at `records`."""
        action = self.env["ir.actions.act_window"]._for_xml_id("gov_hotline.hotline_sight_action")
        return {**action, "domain": list(self._domain_of(records)), "path": False}
