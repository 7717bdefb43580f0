from odoo import fields, models

from ..domain import closing, notices, persons, placeholders
from ..domain.notice_text import russian_date
from ..domain.persons import PersonName
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
        for ticket in self:
            if (ticket.kind, ticket.origin) == ("message", "email"):
                ticket._propose_how_to_file()

    def _propose_how_to_file(self):
        """HOWTO-3: start its term and prepare the notice; an archived term switches both off."""
        started = self._start_deadlines("received", self.received_on, stated=NOT_AN_APPEAL)
        if started:
            # sudo: the system prepares it, the officer sends it
            self.sudo()._new_notice("how_to_file", authority_id=False)

    def _notice_issued(self, notice):
        """Meet the clocks that this notice was awaited for: an extension point."""
        if notice.kind == "how_to_file":
            self._meet_deadlines(self._how_to_file_clocks(), notice._left_on())

    def _how_to_file_clocks(self):
        return self.deadline_ids.filtered(
            lambda deadline: deadline.term_id.sudo().ground == NOT_AN_APPEAL  # sudo: a rule
        )

    def _closing_problems(self):
        found = super()._closing_problems()
        if self._how_to_file_clocks().filtered(lambda clock: not clock.met_on):
            found.append(closing.not_explained())
        return found

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
        notices_of_acts = self.env["hotline.notice"]._of_act()
        return notices_of_acts.create(
            self._prepare_notice_vals(kind, questions=questions, **vals)
        ).with_env(self.env)

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
        if facts:
            proposed["facts"] = facts
        if "text" not in vals:
            about = questions or self.question_ids
            proposed |= self._notice_text_vals(kind, ground, about, authority, facts)
        return {**proposed, **vals}

    def _notice_signer(self, vals):
        Authority = self.env["hotline.authority"]
        if "authority_id" in vals:
            return Authority.browse(vals["authority_id"]).sudo()  # named in the letter
        today = self.company_id._hotline_today()
        return Authority._proposed(self.company_id, "sign", today).sudo()  # as above

    def _notice_text_vals(self, kind, ground, questions, authority, words):
        """Return the proposed text and the template it comes from."""
        day = self.company_id._hotline_today()
        template = self.env["hotline.letter.template"]._for(kind, ground, self, day)
        words = {"article": template.article or "", **words}
        facts = self._letter_facts(questions, authority, words)
        return {
            "template_id": template.id,
            "with_certificate": template.with_certificate,
            "text": placeholders.fill(template.text or "{обращение.суть}", facts),
        }

    def _notice_addressee(self):
        """Return addressee, address and channel: that of the receipt (59-FZ, art. 10, p. 4)."""
        road, address = notices.channel(self.origin, **self._reply_addresses())
        name = self.applicant_name or self.env._("The applicant")
        return {"addressee_name": name, "address": address, "channel": road}

    def _reply_addresses(self):
        """Return where the applicant can be written to: postal, email, has_account."""
        whole = self.sudo()  # whoever sends or signs; what is shown of it the fields say
        return {
            "postal": whole.applicant_address or "",
            "email": whole.applicant_email or "",
            "has_account": bool(whole.partner_id.user_ids),
        }

    def _letter_facts(self, questions, authority, words):
        """Return what a text may name: the applicant, facts of the case and the act's `words`."""
        known = {**self._case_words(questions), **self._body_words(authority)}
        return placeholders.Facts(
            applicant=self._applicant_person(),
            is_collective=self.is_collective,
            words={**known, **words},
        )

    def _applicant_person(self):
        """Return the applicant's name in its parts; empty for an anonymous appeal."""
        parts = (self.applicant_surname, self.applicant_given_name, self.applicant_patronymic)
        if any(parts):
            return PersonName(*(part or "" for part in parts))
        name = "" if self.is_anonymous else self.applicant_name
        return persons.split_name(name)

    def _case_words(self, questions):
        """Return the facts of the case; dates as in an official letter."""
        return {
            "address": self.sudo().applicant_address or "",  # as it stands in the letter
            "number": self.number if self.registered_on else "",
            "registered_on": russian_date(self.registered_on),
            "received_on": russian_date(self.received_on),
            "due_on": russian_date(self.due_on),
            "summary": self.name or "",
            "topic": self.topic_id.name or "",
            "rest_due_on": russian_date(self.due_on) if self._rest_of(questions) else "",
            "questions": placeholders.listed(questions.mapped("display_name")),
        }

    def _rest_of(self, questions):
        """Return the questions still under way that a letter about `questions` leaves out."""
        rest = self.question_ids - questions._origin
        return rest.filtered(lambda question: not question._is_decided())

    def _body_words(self, authority):
        """Return the facts of the body, the signer and whoever prepares the letter."""
        company = self.company_id.sudo()  # sudo: how the body is written to is no secret
        officer = self.user_id.sudo() or self.env.user  # sudo: named at the foot of the letter
        return {
            "body": company.name,
            "body_address": company.partner_id._display_address(without_company=True)
            .strip()
            .replace("\n", ", "),
            "body_phone": company.phone or "",
            "site": company.website or "",
            "today": russian_date(company._hotline_today()),
            "signer": authority.name or "",
            "signer_position": authority._position_words() if authority else "",
            "officer": officer.name,
            "officer_phone": officer.phone or "",
        }
