from odoo import fields, models

from ..domain import notice_text, notices
from ..domain.notice_text import russian_date
from ..domain.transitions import WORKING_STATES

NOT_AN_APPEAL = "not_an_appeal"  # hotline.term.ground: came in a way that makes no appeal


class HelpdeskTicket(models.Model):
    """Notices of the case: drafts with a proposed text, and what of them is sent."""

    _inherit = "helpdesk.ticket"

    notice_ids = fields.One2many("hotline.notice", "ticket_id", string="Notices")

    def action_new_notice(self):
        """Open a new notice about this case, or the draft there is, in a dialog; officer."""
        self.ensure_one()
        self._require_role("officer")
        draft = self.notice_ids.filtered(lambda notice: notice.state == "draft")[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Notice"),
            "res_model": "hotline.notice",
            "res_id": draft.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id, "default_kind": "registration"},
        }

    def _more_acts(self):
        acts = super()._more_acts()
        if self.state in WORKING_STATES and self.can_edit:
            label = self.env._("Prepare a notice")
            if "draft" in self.notice_ids.mapped("state"):
                label = self.env._("Notice in preparation")
            acts.append(self._act("action_new_notice", label, step=False))
        return acts

    def _start_work(self):  # pylint: disable=missing-return
        """Beside the registration: what came by e-mail is told how to file (practice 9)."""
        super()._start_work()
        if (self.kind, self.origin) == ("message", "email"):
            self._propose_how_to_file()

    def _propose_how_to_file(self):
        """HOWTO-3: start its term and prepare the notice; an archived term switches both off."""
        started = self._start_deadlines("received", self.received_on, stated=NOT_AN_APPEAL)
        if started:
            # sudo: the system prepares it, the officer sends it
            self.sudo()._new_notice("how_to_file", authority_id=False)

    def _notice_issued(self, notice):
        """Meet the clocks that this notice was awaited for: an extension point."""
        if notice.kind == "how_to_file":
            awaited = self.deadline_ids.filtered(
                lambda deadline: deadline.term_id.sudo().ground == NOT_AN_APPEAL  # sudo: a rule
            )
            self._meet_deadlines(awaited, notice.outgoing_date)

    def _issued_notices(self):
        """Return the notices on their way or delivered, in the order of their numbers."""
        issued = self.notice_ids.filtered("is_issued")
        return issued.sorted(lambda notice: (notice.outgoing_date, notice.id))

    def _portal_card(self):
        """Beside the answers: the notices sent, and nothing else of ours."""
        return {
            **super()._portal_card(),
            "notices": [notice._portal_values() for notice in self._issued_notices()],
        }

    def _new_notice(self, kind, questions=None, **vals):
        """Make a draft notice of `kind` with its proposed text; return it as its user.

        `questions`: of this case, empty for all. `vals`: columns of hotline.notice (authority_id,
        channel, address, ground, text …) and `facts`, a dict of words for the text (bodies,
        new_due_on, url, reason, statement_on). Not issued: call `_issue()` on it.
        """
        return self.env["hotline.notice"].create(
            self._prepare_notice_vals(kind, questions=questions, **vals)
        )

    def _prepare_notice_vals(self, kind, questions=None, **vals):
        """Return the columns of a new notice, as `_new_notice` takes them."""
        self.ensure_one()
        facts = vals.pop("facts", {})
        ground = vals.get("ground") or ""
        authority = self._notice_signer(vals)
        proposed = {
            **self._notice_addressee(),
            "ticket_id": self.id,
            "kind": kind,
            "authority_id": authority.id,
            "question_ids": [fields.Command.set(questions.ids)] if questions else False,
        }
        if "text" not in vals:
            known = self._notice_facts(questions or self.question_ids, authority)
            proposed["text"] = self._notice_text(kind, ground, {**known, **facts})
        return {**proposed, **vals}

    def _notice_signer(self, vals):
        Authority = self.env["hotline.authority"]
        if "authority_id" in vals:
            return Authority.browse(vals["authority_id"]).sudo()  # named in the letter
        today = self.company_id._hotline_today()
        return Authority._proposed(self.company_id, "sign", today).sudo()  # as above

    def _notice_text(self, kind, ground, facts):
        day = self.company_id._hotline_today()
        template = self.env["hotline.notice.template"]._for(kind, ground, self, day)
        facts = {"article": template.article or "", **facts}
        return notice_text.fill(template.text or "{summary}", facts)

    def _notice_addressee(self):
        """Return addressee, address and channel: that of the receipt (59-FZ, art. 10, p. 4)."""
        road, address = notices.channel(self.origin, **self._reply_addresses())
        name = self.applicant_name or self.env._("The applicant")
        return {"addressee_name": name, "address": address, "channel": road}

    def _reply_addresses(self):
        """Return where the applicant can be written to: postal, email, has_account."""
        return {
            "postal": self.applicant_address or "",
            "email": self.applicant_email or "",
            "has_account": bool(self.partner_id.sudo().user_ids),  # sudo: users are not read here
        }

    def _notice_facts(self, questions, authority):
        """Return the words that a text may name; dates as in an official letter."""
        return {
            "applicant": self.applicant_name or "",
            "address": self.applicant_address or "",
            "body": self.company_id.name,
            "number": self.number if self.registered_on else "",
            "registered_on": russian_date(self.registered_on),
            "received_on": russian_date(self.received_on),
            "due_on": russian_date(self.due_on),
            "today": russian_date(self.company_id._hotline_today()),
            "summary": self.name or "",
            "questions": "; ".join(filter(None, questions.mapped("display_name"))),
            "site": self.company_id.website or "",
            "signer": authority.name or "",
            "signer_position": authority._position_words() if authority else "",
        }
