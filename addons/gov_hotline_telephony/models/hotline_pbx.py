from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain import phones
from odoo.addons.gov_hotline.models.hotline_call import SHOWN

from ..domain import number_plan

_BETWEEN = str.maketrans("", "", " ()-")  # what people type between the digits
ONE_WORD = (
    "host", "login", "code", "context_operators", "context_trunk", "context_city", "caller_id",
    "secret",
)  # fmt: skip
ADMINISTRATORS = "gov_hotline.group_administrator,base.group_system"


class HotlinePbx(models.Model):
    """A telephone exchange (Asterisk) and the account by which the connector talks to it.

    Others than administrators read whether it is there, not where it is and by which account.
    """

    _name = "hotline.pbx"
    _description = "PBX"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Latin letters: names the PBX to the connector.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, default=lambda self: self.env.company
    )
    host = fields.Char(string="Address", required=True, default="127.0.0.1", groups=ADMINISTRATORS)
    port = fields.Integer(required=True, default=5038, groups=ADMINISTRATORS)
    login = fields.Char(string="Account", required=True, default="odoo", groups=ADMINISTRATORS)
    # Of the connector; on nobody's screen.
    secret = fields.Char(string="Kept secret", groups=fields.NO_ACCESS, copy=False)
    new_secret = fields.Char(
        string="Secret",
        compute="_compute_new_secret",
        inverse="_inverse_new_secret",
        groups=ADMINISTRATORS,
        copy=False,
        help="Is not shown. Write a new one to change it.",
    )
    has_secret = fields.Boolean(compute="_compute_has_secret", compute_sudo=True)
    context_operators = fields.Char(
        string="Context of operators",
        required=True,
        default="operators",
        groups=ADMINISTRATORS,
        help="Extensions are dialled in it.",
    )
    context_trunk = fields.Char(
        string="Context of the city",
        required=True,
        default="hotline-originate",
        groups=ADMINISTRATORS,
        help="Numbers outside are dialled in it.",
    )
    context_city = fields.Char(
        string="Context of calls from the city",
        required=True,
        default="from-trunk",
        groups=ADMINISTRATORS,
        help="Calls of citizens come in by it.",
    )
    caller_id = fields.Char(string="Number shown to citizens", help="E.164, as +78435550101.")
    sip_domain = fields.Char(string="Domain of telephones in the browser", groups=ADMINISTRATORS)
    ws_url = fields.Char(
        string="Address for telephones in the browser",
        groups=ADMINISTRATORS,
        help="wss://pbx.example:8089/ws",
    )
    ring_seconds = fields.Integer(string="Rings, s", required=True, default=30)
    queue_ids = fields.Many2many("hotline.queue", string="Queues")
    allowed = fields.Text(
        string="Allowed destinations",
        required=True,
        default=number_plan.DEFAULT,
        help="One pattern a line: +79XXXXXXXXX; X is any digit, [3-5] a choice, a full stop at the "
        "end any rest; ! before a pattern forbids it. Everything else is refused.",
    )
    extension_ids = fields.One2many("hotline.pbx.extension", "pbx_id", string="Extensions")

    _code_uniq = models.Constraint("UNIQUE (code)", "A PBX with this code exists already.")
    _port_range = models.Constraint(
        "CHECK (port BETWEEN 1 AND 65535)", "The port is a number from 1 to 65535."
    )
    _ring_range = models.Constraint(
        "CHECK (ring_seconds BETWEEN 5 AND 120)", "A telephone rings from 5 to 120 seconds."
    )

    def _compute_new_secret(self):
        self.new_secret = False

    def _inverse_new_secret(self):
        for pbx in self.filtered("new_secret"):
            pbx.sudo().secret = pbx.new_secret  # sudo: nobody's screen reads the column
            pbx.new_secret = False

    def _compute_has_secret(self):
        for pbx in self:
            pbx.has_secret = bool(pbx.secret)

    @api.constrains(*ONE_WORD)
    def _check_one_line(self):
        """What goes to the PBX is one word: a line break would be a command of its own."""
        for pbx in self.sudo():  # sudo: the secret is one of them
            for name in ONE_WORD:
                if any(sign.isspace() or not sign.isprintable() for sign in pbx[name] or ""):
                    raise ValidationError(
                        self.env._(
                            "«%(field)s»: no spaces and no line breaks.",
                            field=pbx._fields[name]._description_string(self.env),
                        )
                    )

    @api.constrains("ws_url")
    def _check_ws_url(self):
        for pbx in self.sudo().filtered("ws_url"):  # sudo: whoever writes it
            if not pbx.ws_url.startswith(("wss://", "ws://")):
                raise ValidationError(
                    self.env._(
                        "The address for telephones in the browser begins with wss://, as "
                        "wss://pbx.example:8089/ws."
                    )
                )

    def _check_whole_path(self, name):
        """Refuse a folder that is not told from the root on; `name`: of its field."""
        for pbx in self.sudo().filtered(name):  # sudo: whoever writes it
            if not pbx[name].startswith("/") or not pbx[name].isprintable():
                raise ValidationError(
                    self.env._(
                        "«%(field)s»: write the whole path, as /var/spool/asterisk.",
                        field=pbx._fields[name]._description_string(self.env),
                    )
                )

    @api.constrains("allowed")
    def _check_allowed(self):
        for pbx in self:
            line = number_plan.fault(pbx.allowed)
            if line:
                raise ValidationError(
                    self.env._("Allowed destinations: «%(line)s» is no pattern.", line=line)
                )

    def _destination(self, phone):
        """Return {number, context} of a number typed or kept; refuse what may not be dialled."""
        self.ensure_one()
        known = phones.normalise(phone)
        number = known.e164 or (phone or "").translate(_BETWEEN)
        if not number:
            raise UserError(self.env._("There is no number to dial: it is hidden or not typed."))
        if not number_plan.is_allowed(number, self.allowed):
            raise UserError(
                self.env._(
                    "%(phone)s may not be dialled from here. The administrator keeps the list of "
                    "allowed numbers.",
                    phone=phones.display(number[:SHOWN]),
                )
            )
        # sudo: where in the dialplan it is dialled, for the act of whoever dials
        return {"number": number, "context": self.sudo().context_trunk}

    def _check_online(self):
        """Refuse what needs the PBX while there is no connection with it."""
        if self.state != "online":
            raise UserError(
                self.env._(
                    "There is no connection with the PBX. Dial on the telephone itself or wait: "
                    "the administrator sees the fault."
                )
            )

    def _users_by_interface(self):
        """Return {interface: id of the operator at it}: who has signed in there, else the owner."""
        telephones = self.env["hotline.pbx.extension"]
        telephones.flush_model(["pbx_id", "interface", "at_id", "user_id", "active"])
        query = SQL(
            """SELECT interface, COALESCE(at_id, user_id)
                 FROM hotline_pbx_extension
                WHERE pbx_id = ANY(%s) AND active AND COALESCE(at_id, user_id) IS NOT NULL""",
            self.ids,
        )
        return dict(self.env.execute_query(query))
