from odoo import api, fields, models

from ..domain import clock, external, lookup

STATES = [
    ("accepted", "Accepted"),
    ("registered", "Registered"),
    ("in_work", "In work"),
    ("extended", "Term extended"),
    ("forwarded", "Forwarded"),
    ("answered", "Answer given"),
    ("closed", "Closed"),
    ("unknown", "Not understood"),
]


class HotlineExternalCase(models.Model):
    """An appeal that lives in the body's document system: read here, never changed (A3).

    Written in sets by the loads alone; whoever is gone from a whole file is archived.
    """

    _name = "hotline.external.case"
    _description = "Appeal of a document system"
    _rec_name = "number"
    _order = "day_on desc, id desc"

    source_id = fields.Many2one(
        "hotline.external.source",
        string="Document system",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, readonly=True, index=True
    )
    active = fields.Boolean(default=True, readonly=True)
    key = fields.Char(string="Key of the row", required=True, readonly=True)
    digest = fields.Char(readonly=True)
    number = fields.Char(string="No.", required=True, readonly=True)
    number_key = fields.Char(
        compute="_compute_keys", store=True, index=True, compute_sudo=True, readonly=True
    )
    filed_on = fields.Date(readonly=True)
    registered_on = fields.Date(string="Registered on", readonly=True)
    day_on = fields.Date(  # a system may tell one of the two alone
        string="Filed or registered", compute="_compute_day_on", store=True, readonly=True
    )
    applicant_name = fields.Char(string="Applicant", readonly=True)
    applicant_address = fields.Char(string="Address", readonly=True)
    name_key = fields.Char(compute="_compute_keys", store=True, index=True, compute_sudo=True)
    partner_id = fields.Many2one(
        "res.partner", string="Citizen", readonly=True, index="btree_not_null", ondelete="set null"
    )
    state = fields.Selection(STATES, required=True, default="unknown", readonly=True)
    state_text = fields.Char(string="State as written there", readonly=True)
    due_on = fields.Date(string="Term", readonly=True)
    outgoing_number = fields.Char(readonly=True)
    outgoing_on = fields.Date(string="Day of the outgoing letter", readonly=True)
    forwarded_to = fields.Char(string="Where it was sent", readonly=True)
    kind_text = fields.Char(string="Kind", readonly=True)
    topic_text = fields.Char(string="What it is about", readonly=True)
    told_at = fields.Datetime(
        readonly=True, help="The moment of the data in which this appeal stood last."
    )
    as_of = fields.Datetime(string="Data as of", compute="_compute_as_of", compute_sudo=True)
    as_of_words = fields.Char(string="What is known", compute="_compute_as_of", compute_sudo=True)

    _key_uniq = models.Constraint("UNIQUE (source_id, key)", "This appeal is known already.")
    _filed_idx = models.Index("(company_id, day_on DESC, id DESC) WHERE active")

    @api.depends("number", "applicant_name")
    def _compute_keys(self):
        for case in self:
            case.number_key = lookup.number_key(case.number)
            case.name_key = external.name_key(case.applicant_name)

    @api.depends("filed_on", "registered_on")
    def _compute_day_on(self):
        for case in self:
            case.day_on = case.filed_on or case.registered_on

    @api.depends("told_at", "source_id.as_of", "active")
    @api.depends_context("lang", "uid")
    def _compute_as_of(self):
        for case in self:
            case.as_of = case._known_at()
            case.as_of_words = case.as_of and case._as_of_words()

    def _known_at(self):
        """Return the moment until which the source has told all: what it left out is as it was."""
        source = self.source_id
        all_told = self.active and (source.kind == "rest" or source.is_whole)
        moments = (self.told_at, source.as_of if all_told else None)
        return max(filter(None, moments), default=False)

    def _as_of_words(self):
        """Say how fresh this is: «according to the document system as of 09:45», body's time."""
        self.ensure_one()
        own = self.sudo()  # sudo: the source is named, whoever may open it
        now = fields.Datetime.now()
        local = [
            clock.body_time(moment, own.company_id.hotline_tz)
            for moment in (own._known_at() or now, now)
        ]
        return self.env._(
            "according to %(system)s as of %(moment)s",
            system=own.source_id.told_name or self.env._("the document system"),
            moment=external.moment(*local),
        )
