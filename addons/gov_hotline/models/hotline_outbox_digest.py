from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

OUTBOXES = ("hotline.mail", "hotline.sms")
KEPT_DAYS = 90


class HotlineOutboxDigest(models.Model):
    """The morning's digest, one a day and person: what burns, and letters and SMS in trouble.

    Internal: an activity and this record, no mail (practice 6). A digest is of its own user alone.
    """

    _name = "hotline.outbox.digest"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Morning digest"
    _order = "day desc, id desc"
    _mail_post_access = "read"  # a note that the activity is done

    company_id = fields.Many2one(
        "res.company", string="Body", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="For", required=True, readonly=True, index=True, ondelete="cascade"
    )
    day = fields.Date(required=True, readonly=True)
    count = fields.Integer(string="Did not leave", readonly=True)
    text = fields.Text(string="What did not leave", readonly=True)
    ticket_ids = fields.Many2many("helpdesk.ticket", string="Appeals", readonly=True)

    _day_uniq = models.UniqueIndex("(company_id, user_id, day)", "The list of this day is there.")

    @api.depends("day")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for digest in self:
            digest.display_name = self.env._(
                "Digest of %(day)s", day=digest.day and digest.day.strftime("%d.%m.%Y")
            )

    def action_open_mail(self):
        """Open the outgoing mail in trouble; who reads the outbox."""
        self.ensure_one()
        self.check_access("read")
        self.env["hotline.mail"].check_access("read")
        return self.env["ir.actions.actions"]._for_xml_id("gov_hotline.hotline_mail_action")

    @api.model_create_multi
    def create(self, vals_list):
        """Made by the scheduled action alone."""
        if not self.env.su:
            raise AccessError(self.env._("The digests are made every morning by themselves."))
        # no line «created»: it would stand in the system's language, not the reader's
        quiet = self.with_context(mail_create_nolog=True)
        return super(HotlineOutboxDigest, quiet).create(vals_list).with_env(self.env)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """An activity makes nobody a follower: notes would be mailed to them."""
        return True

    # What did not leave

    @api.model
    def _outboxes(self):
        """Return the models of what leaves by itself; an add-on adds its own."""
        return OUTBOXES

    @api.model
    def _troubled(self, company):
        """Return what is in trouble: a list of records of the outboxes, the oldest first."""
        domain = [("company_id", "=", company.id), ("in_trouble", "=", True)]
        outboxes = (self.env[name] for name in self._outboxes())
        return [one for outbox in outboxes for one in outbox.search(domain, order="id")]

    @api.model
    def _by_user(self, company, troubled):
        """Return {user: records}: whoever answers for it gets own ones, each supervisor all."""
        supervisors = self._with_role(company, "supervisor")
        others = self._with_role(company, "officer") | self._with_role(company, "administrator")
        found = {user: list(troubled) for user in supervisors} if troubled else {}
        for one in troubled:
            user = one._answered_for_by()
            if user in others and user not in supervisors:
                found.setdefault(user, []).append(one)
        return found

    @api.model
    def _with_role(self, company, role):
        group = self.env.ref(f"gov_hotline.group_{role}").id
        return self.env["res.users"].search(
            [
                ("all_group_ids", "in", group),
                ("company_ids", "in", company.id),
                ("share", "=", False),
                ("id", "!=", SUPERUSER_ID),
            ]
        )

    @api.model
    def _lines(self, found):
        """Return a line each: the appeal or report, what, to whom, what is wrong."""
        return "\n".join(
            f"{one._belongs_to()}: {one.with_env(self.env)._trouble_text()}" for one in found
        )

    @api.autovacuum
    def _forget_old_digests(self):
        old = fields.Date.subtract(fields.Date.today(), days=KEPT_DAYS)
        self.sudo().search([("day", "<", old)]).unlink()  # sudo: scheduled
