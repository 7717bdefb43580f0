from odoo import api, fields, models
from odoo.fields import NO_ACCESS

ADMINISTRATOR = "gov_hotline.group_administrator"


class HotlineExternalSource(models.Model):
    """A document system of the body whose appeals we show and never change (A3).

    How its files are read, mapped and loaded is the register's: of one kind more.
    """

    _name = "hotline.external.source"
    _description = "Document system"
    _inherits = {"hotline.register.source": "register_id"}
    _order = "id"

    register_id = fields.Many2one(
        "hotline.register.source", required=True, ondelete="cascade", readonly=True
    )
    kind = fields.Selection(
        [("folder", "Files of a folder, or loaded by hand"), ("rest", "Asked by REST")],
        string="How the appeals come",
        required=True,
        default="folder",
    )
    told_name = fields.Char(
        string="How it is named",
        help="After the words «according to»; empty: the document system.",
    )
    url = fields.Char(string="Address", help="https://… that answers with JSON.")
    token_kept = fields.Char(groups=NO_ACCESS, copy=False)
    token = fields.Char(
        compute="_compute_token",
        inverse="_inverse_token",
        groups=ADMINISTRATOR,
        help="Sent as «Authorization: Bearer». It is kept and never shown again.",
    )
    has_token = fields.Boolean(
        string="A token is kept", compute="_compute_has_token", compute_sudo=True
    )
    interval = fields.Integer(string="Asked every, minutes", default=15)
    as_of = fields.Datetime(string="Its data as of", readonly=True)
    success_at = fields.Datetime(string="Loaded well last", readonly=True)
    failures = fields.Integer(string="Failures in a row", readonly=True)
    last_error = fields.Char(string="What went wrong", readonly=True)
    next_try_at = fields.Datetime(string="Asked next", readonly=True)
    case_count = fields.Integer(string="Appeals", compute="_compute_case_count")

    _register_uniq = models.Constraint("UNIQUE (register_id)", "This source is there already.")
    _interval_range = models.Constraint(
        "CHECK (interval BETWEEN 1 AND 10080)", "Between one minute and a week."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, "subject": "external"} for vals in vals_list])

    def write(self, vals):
        """A token is for the address it was given for: another address is given its own."""
        moved = self.filtered(lambda one: "url" in vals and (vals["url"] or "") != (one.url or ""))
        written = super().write(vals)
        if not vals.get("token"):
            moved.sudo().token_kept = False  # sudo: it is nobody's to read or to write
        return written

    @api.onchange("url")
    def _onchange_url(self):
        if self.has_token and self.url != self._origin.url:
            told = self.env._("The address is another: the token is forgotten. Enter it anew.")
            return {"warning": {"title": self.env._("Token"), "message": told}}
        return None

    def _compute_token(self):
        """Nobody is shown the kept one."""
        self.token = False

    @api.depends("token_kept")
    def _compute_has_token(self):
        for source in self:
            source.has_token = bool(source.token_kept)

    def _inverse_token(self):
        for source in self.filtered("token"):
            # sudo: nobody reads the kept one; the field that is written is the administrator's
            source.sudo().token_kept = source.token

    def _compute_case_count(self):
        counted = dict(
            self.env["hotline.external.case"]._read_group(
                [("source_id", "in", self.ids)], ["source_id"], ["__count"]
            )
        )
        for source in self:
            source.case_count = counted.get(source._origin, 0)

    def action_load(self):
        """Open a new load of a file. Supervisor, administrator."""
        self.ensure_one()
        return self.register_id.action_load()

    def action_runs(self):
        """Open the loads of this document system."""
        self.ensure_one()
        return self.register_id.action_runs()

    def action_cases(self):
        """Open the appeals of this document system."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gov_hotline.hotline_external_case_action"
        )
        return {**action, "domain": [("source_id", "=", self.id)], "path": False}
