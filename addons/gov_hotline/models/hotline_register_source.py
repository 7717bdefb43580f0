from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import register_files

SEPARATORS = [
    ("semicolon", "Semicolon"),
    ("comma", "Comma"),
    ("tab", "Tabulation"),
    ("bar", "Vertical bar"),
]
MARKS = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}
ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8 with a mark"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16 without a mark"),
    ("utf-16-be", "UTF-16, other order"),
    ("cp1251", "Windows-1251"),
    ("cp866", "DOS (866)"),
    ("koi8-r", "KOI8-R"),
]


class HotlineRegisterSource(models.Model):
    """A company that sends the register of its accounts, and how its files are to be read (D2)."""

    _name = "hotline.register.source"
    _description = "Source of registers"
    _order = "name, id"

    name = fields.Char(required=True)
    subject = fields.Selection(
        [("account", "Accounts"), ("external", "Appeals of a document system")],
        string="What its files hold",
        required=True,
        default="account",
        readonly=True,
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Whose accounts",
        index=True,
        ondelete="restrict",
        domain="[('is_company', '=', True)]",
    )
    territory_id = fields.Many2one(
        "hotline.territory",
        string="Settlement",
        ondelete="restrict",
        help="Of the addresses that do not tell their settlement.",
    )
    encoding = fields.Selection(ENCODINGS, help="Empty: guessed for every file.")
    separator = fields.Selection(SEPARATORS, help="Empty: guessed for every file.")
    mapping = fields.Json(help="{name of a column: field} as it was chosen last.")
    is_whole = fields.Boolean(
        string="The file holds all accounts",
        default=True,
        help="Whoever is not in the file has left: the account is closed, the card of its holder "
        "goes to the archive. Otherwise the file holds only what is new.",
    )
    gone_percent = fields.Integer(
        string="Ask when more have left, %",
        default=10,
        help="More than this share of the accounts would be closed: somebody has to confirm it.",
    )
    has_cards = fields.Boolean(
        string="Make cards of citizens",
        default=True,
        help="A holder gets a card, so that the operator sees who calls.",
    )
    folder = fields.Char(
        help="Name of a folder within the folder of registers of the server: files that are put "
        "there are loaded by themselves.",
    )
    folder_seen = fields.Json(readonly=True, help="{file: [size, time]} at the last look.")
    folder_error = fields.Char(string="What is wrong with the folder", readonly=True)
    run_ids = fields.One2many("hotline.register.run", "source_id", string="Loads")
    loaded_at = fields.Datetime(compute="_compute_loaded", string="Loaded last")
    standing_count = fields.Integer(compute="_compute_standing", string="Accounts")

    _name_uniq = models.Constraint("UNIQUE (name)", "There is a source with this name already.")
    _partner_named = models.Constraint(
        "CHECK (subject <> 'account' OR partner_id IS NOT NULL)", "Say whose accounts these are."
    )
    _percent_range = models.Constraint(
        "CHECK (gone_percent BETWEEN 0 AND 100)", "The share is between 0 and 100 %."
    )

    def _compute_loaded(self):
        done = self.env["hotline.register.run"]._read_group(
            [("source_id", "in", self.ids), ("state", "=", "done")],
            ["source_id"], ["done_at:max"],
        )  # fmt: skip
        days = {source.id: day for source, day in done}
        for source in self:
            source.loaded_at = days.get(source.id)

    def _compute_standing(self):
        # sudo: what a source has delivered is kept beside the records and shown as a number
        lines = self.env["hotline.register.line"].sudo()
        counted = dict(
            lines._read_group(
                [("source_id", "in", self.ids), ("is_gone", "=", False)], ["source_id"], ["__count"]
            )
        )
        for source in self:
            # sudo: as the groups above
            source.standing_count = counted.get(source._origin.sudo(), 0)

    @api.constrains("folder")
    def _check_folder(self):
        for source in self.filtered("folder"):
            if not register_files.is_plain_name(source.folder):
                raise ValidationError(
                    self.env._("The folder is a name without slashes, for example «zhek1».")
                )

    def action_load(self):
        """Open a new load of this source. Supervisor, administrator."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("supervisor", "administrator")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Load a register"),
            "res_model": "hotline.register.run",
            "view_mode": "form",
            "context": {"default_source_id": self.id},
        }

    def action_runs(self):
        """Open the loads of this source."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gov_hotline.hotline_register_run_action"
        )
        return {
            **action,
            "domain": [("source_id", "=", self.id)],
            "context": {"default_source_id": self.id},
        }
