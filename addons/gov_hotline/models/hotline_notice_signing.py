from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import closing, notices
from ..domain.transitions import WORKING_STATES
from .guards import without_names
from .hotline_signed_letter import CERTIFICATE, UNSIGNED_ROADS

SIGNING = "signing"
# What is written by hand while the numbered letter is being signed.
SIGNED_BY_HAND = frozenset(
    {"signature_kind", "scan_file", "scan_name", "signature_file", "signature_file_name"}
)
# What the signature is made of goes with it.
SIGNATURE = SIGNED_BY_HAND - {"signature_kind"} | CERTIFICATE


class HotlineNotice(models.Model):
    """The letter of a decision is signed as an answer is (practice 11): number, signature, road.

    Between the draft and the queue it stands «being signed»: numbered, printed or exported, closed
    to changes. It leaves with the scan or the .sig; the very file that was signed is what is kept.
    """

    _name = "hotline.notice"
    _inherit = ["hotline.notice", "hotline.signed.letter"]

    is_signed_apart = fields.Boolean(
        compute="_compute_is_signed_apart", string="Leaves with its signature alone"
    )
    signing_words = fields.Char(compute="_compute_signing_words", string="Before it leaves")

    @api.depends("kind", "ground", "channel", "signature_kind", "company_id")
    def _compute_is_signed_apart(self):
        """The body wants it of decisions; of any other letter whoever chose a way of signing."""
        for notice in self:
            company = notice.company_id or self.env.company
            wanted = company.hotline_sign_notices and notice._is_decision()
            signed = wanted or bool(notice.signature_kind)
            notice.is_signed_apart = signed and notice.channel not in UNSIGNED_ROADS

    @api.depends("state", "is_signed_apart", "signature_kind", "scan_file", "signature_file")
    @api.depends_context("lang")
    def _compute_signing_words(self):
        for notice in self:
            is_wanted = notice.state == SIGNING and notice._signing_problems()
            notice.signing_words = is_wanted and self.env._(
                "Print the letter, have it signed and load the scan; or export the file, sign it "
                "outside and load the .sig. Then send it."
            )

    # Acts

    def action_export(self):
        """Make the file that is signed outside and offer it; officer. It stays as it is signed."""
        self.ensure_one()
        self._check_signing()
        if not self.export_file:
            self._write_by_act(self._export_vals(f"{self._letter_name()}.pdf"))
        return self._offer_export()

    def action_unsign(self):
        """Take the letter back into preparation: it keeps its number, its signature goes. Officer.

        For a mistake that is found on the sheet before anybody outside has it.
        """
        for notice in self:
            notice._check_signing()
            nothing = dict.fromkeys(SIGNATURE, False)
            notice._write_by_act({**nothing, "state": "draft", "signed_on": False})
            notice._journal_signing("notice_unsigned")

    def _check_signing(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        if self.state != SIGNING:
            raise UserError(self.env._("«%(name)s» is not being signed.", name=self.display_name))

    def _issue(self):
        """Number it; a letter that is signed apart waits for its signature first."""
        self.ensure_one()
        if self.state == "draft" and self.is_signed_apart:
            return self._number_for_signing()
        if self.state == SIGNING:
            found = [*self._signing_problems(), *self._late_problems()]
            self.ticket_id._enforce(found, subject=self._subject())
        return super()._issue()

    def _number_for_signing(self):
        self.ticket_id._enforce(self._issue_problems(), subject=self._subject())
        number = {} if self.outgoing_number else self._next_number()
        signed_on = self.signed_on or self.company_id._hotline_today()
        self._write_by_act({**number, "state": SIGNING, "signed_on": signed_on})
        self._journal_signing("notice_numbered")

    def _journal_signing(self, event):
        self.env["hotline.journal"]._append(
            event, self.ticket_id, notice=self.id, notice_kind=self.kind,
            outgoing_date=self.outgoing_date,
        )  # fmt: skip

    # What is signed

    def _is_decision(self):
        """Whether it tells of a decision; beside other questions a ground is told as explained."""
        return self.kind in notices.DECISIONS or bool(self.ground)

    def _is_told(self):
        """Whether its number is given: on its way, or signed on this day (practice 14)."""
        return self.is_issued or self.state == SIGNING

    def _left_on(self):
        """A letter that was signed leaves on the day it is sent, not on that of its number."""
        if not self.signature_kind or self.entered_by_post:
            return super()._left_on()
        return self.company_id._hotline_date(self.issued_at)

    def _signed_files(self):
        """Return what was signed, as it was signed; nothing where there is none."""
        return self._files_as_signed()

    def _signing_problems(self):
        """ANS-SIGN: what of the way of signing is missing."""
        if not self.is_signed_apart:
            return []
        return self._missing_signature() if self.signature_kind else [self._unsigned_kind()]

    def _late_problems(self):
        """LATE: the signature took longer than the law gave the letter."""
        today = self.company_id._hotline_today()
        return notices.check_late(self.kind, self._had_to_leave_by(), today)

    def _had_to_leave_by(self):
        """Return the last day of the letter of a decision by law, None where there is none."""
        ticket = self.ticket_id
        if self.kind == "extension":
            # sudo: the date that the decision moved, whoever sends its letter
            decided = self.env["hotline.extension"].sudo().search([("notice_id", "=", self.id)])
            return decided[:1].due_before or None
        if self.kind == "forwarding":
            clocks = ticket.deadline_ids.filtered(lambda one: one.term_id.purpose == "forward")
            return min(clocks.filtered("due_on").mapped("due_on"), default=None)
        return None

    # Guards

    @api.model_create_multi
    def create(self, vals_list):
        """A signature is of a file that was numbered before: none comes with a new draft."""
        return super().create([without_names(vals, SIGNATURE) for vals in vals_list])

    def write(self, vals):
        if self._is_by_act() or not vals.keys() & SIGNED_BY_HAND:
            return super().write(vals)
        vals, certificate = self._checked_signature(vals)
        done = super().write(vals)
        if vals.get("scan_file"):
            self._check_scan()
        if certificate:
            self._write_by_act(certificate)
        if vals.get("signature_file"):
            self._journal_signing("notice_signature_imported")
        return done

    def _checked_signature(self, vals):
        """Return (`vals`, what the loaded signature file says of itself); refuse what is no one."""
        loaded = vals.get("scan_file") or vals.get("signature_file")
        if loaded and any(notice.state == "draft" for notice in self):
            raise UserError(self.env._("Number the letter first: the numbered sheet is signed."))
        if vals.get("scan_file") and "signature_kind" not in vals:
            vals = {**vals, "signature_kind": "paper"}
        if vals.get("signature_file"):
            return vals, self._certificate_vals(vals["signature_file"])
        gone = CERTIFICATE - {"export_file", "export_name"} if "signature_file" in vals else ()
        return vals, dict.fromkeys(gone, False)

    def _is_open_for(self, names):
        if self.state == SIGNING:
            return not names - SIGNED_BY_HAND
        return super()._is_open_for(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_noted(self):
        """A draft that had its number leaves a hole in the series: the journal says why."""
        for notice in self.filtered(lambda one: one.outgoing_number and one.state == "draft"):
            notice._journal_signing("notice_dropped")


class HelpdeskTicket(models.Model):
    """A numbered letter that waits for its signature: the next step of its case."""

    _inherit = "helpdesk.ticket"

    def _step_acts(self):
        acts = super()._step_acts()
        if not self.can_edit or self.state not in WORKING_STATES:
            return acts  # who only reads the case may read no notices
        waiting = self._notices_to_sign()[:1]
        if not waiting:
            return acts
        label = self.env._("Sign and send: %(kind)s", kind=waiting._selected("kind"))
        return [self._act("action_open_notice_to_sign", label), *acts]

    def action_open_notice_to_sign(self):
        """Open the letter that waits for its signature; officer."""
        self.ensure_one()
        self._require_role("officer")
        waiting = self._notices_to_sign()
        if not waiting:
            raise UserError(self.env._("No notice waits for its signature."))
        return waiting[:1]._open()

    def _notices_to_sign(self):
        """Return the decisions' letters that nobody outside has yet, the numbered ones.

        A letter of an act that was taken back into preparation is one of them.
        """
        return self.notice_ids.filtered(
            lambda one: (
                one.state == SIGNING
                or (one._is_decision() and one.state == "draft" and not one.ground)
            )
        ).sorted("id")

    def _ground_was_removed(self, question, ground, reason):  # pylint: disable=missing-return
        """A letter of the ground that is being signed is taken back first: the draft goes."""
        signing = self.notice_ids.filtered(
            lambda one: one.state == SIGNING and one.ground == ground.code
        )
        if signing.filtered(lambda one: question in one.question_ids):
            raise UserError(
                self.env._("The letter of this ground is being signed: take it back first.")
            )
        super()._ground_was_removed(question, ground, reason)

    def _closing_problems(self):
        """A decision of which nobody was told keeps the case open."""
        waiting = [closing.not_signed(one.outgoing_number or "") for one in self._notices_to_sign()]
        return [*super()._closing_problems(), *waiting]


class ResCompany(models.Model):
    _inherit = "res.company"

    hotline_sign_notices = fields.Boolean(string="Letters of decisions are signed as answers are")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_sign_notices = fields.Boolean(related="company_id.hotline_sign_notices", readonly=False)
