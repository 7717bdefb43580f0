from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import approval, placeholders, similar
from .guards import without_defaults, without_names

# The same in every letter of a joint answer: written in the leading one, carried over by it.
SHARED = (
    "with_certificate", "authority_id", "signed_on", "signer_name", "signer_authority",
    "signature_kind",
)  # fmt: skip
CARRIED = frozenset({*SHARED, "attachment_ids", "text"})


class HotlineAnswer(models.Model):
    """One answer to several linked cases: a leading letter and a letter of its own for each other
    case, with its number, addressee and road; approved and given together (practice 10).

    Each letter is an ordinary answer of its case. The words are written once, with the names of the
    catalogue where the letters differ.
    """

    _inherit = "hotline.answer"

    lead_id = fields.Many2one(
        "hotline.answer",
        string="Given together with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )
    companion_ids = fields.One2many(
        "hotline.answer", "lead_id", string="Letters of the other appeals", copy=False
    )
    common_text = fields.Text(
        string="Text for all the appeals",
        copy=False,
        help="Names in braces become the applicant's and the appeal's own words in each letter.",
    )

    # Acts

    def action_join(self):
        """Open the window where the officer chooses the linked cases answered together."""
        self.ensure_one()
        self._require_author()
        name = self.env._("Answer linked appeals together")
        action = self.ticket_id._dialog("hotline.answer.joining", name, answer_id=self.id)
        action["context"]["dialog_size"] = "extra-large"  # what each is about is read whole
        return action

    def action_leave(self):
        """Take this letter out of the joint answer: its case is answered apart; officer."""
        self._require_author()
        for answer in self:
            if not answer.lead_id:
                raise UserError(self.env._("This answer is not given together with another one."))
            answer._journal_joint("answer_left")
        self.unlink()

    def action_match_questions(self):
        """Give the open questions of the other cases the outcomes decided here; officer."""
        self._require_author()
        for answer in self.companion_ids:
            for question in answer.ticket_id.question_ids:
                if not question._is_decided():
                    question.outcome_id = self._outcome_for(question) or question.outcome_id

    def _outcome_for(self, question):
        """Return the outcome of the like question here: same words, same topic, or both alone."""
        own = self.ticket_id.question_ids
        key = similar.key(question.text or "")
        like = key and own.filtered(lambda one: similar.key(one.text or "") == key)
        like = like or (question.topic_id and own.filtered_domain(
            [("topic_id", "=", question.topic_id.id)]
        ))  # fmt: skip
        if not like and len(own) == len(question.ticket_id.question_ids) == 1:
            like = own
        return like.outcome_id if like and len(like.outcome_id) == 1 else False

    # Joining

    def _join(self, tickets):
        """Add a letter for each of `tickets`; whoever calls has the right to answer here."""
        self.ensure_one()
        self._check_act("send")
        self.ticket_id._check_open_for_answer()
        self._refuse_strangers(tickets)
        if not self.companion_ids:
            text = placeholders.draw_out(self.text or "", self._facts())
            self._check_names(text)
            self._by_act({"common_text": text})
        for ticket in tickets:
            letter = self.create({"ticket_id": ticket.id, "text": self.text})
            letter._by_act({"lead_id": self.id})
            letter._journal_joint("answer_joined")
        self.invalidate_recordset(["companion_ids"])
        self._carry_over(tickets)

    def _refuse_strangers(self, tickets):
        """Refuse what may not be answered here, in words, whatever a caller sent."""
        why = {ticket: why for ticket, why in self._candidates() if why}
        strange = tickets - self._linked_cases()
        refused = [f"{one.number}: {why[one]}" for one in tickets if one in why]
        refused += [self.env._("%(number)s: it is not linked", number=one.number or "—")
                    for one in strange]  # fmt: skip
        if refused:
            raise UserError("\n".join(refused))

    def _linked_cases(self):
        """Return the cases linked with this one, those linked with them, and the same texts."""
        found, ring = self.ticket_id, self.ticket_id
        while ring:
            # sudo: who may read the links is not who may read the cases, checked right after
            links = ring.sudo().case_link_ids
            near = (links.ticket_id | links.other_id).with_env(self.env) | ring._same_texts()
            ring = near._filtered_access("read") - found
            found |= ring
        return (found - self.ticket_id).sorted("id")

    def _candidates(self):
        """Return [(linked case, why it cannot be answered here)], "" where it can."""
        return [(ticket, self._why_not(ticket)) for ticket in self._linked_cases()]

    def _direct_link(self, ticket):
        """Return how `ticket` is linked with this case itself, "" where through a third one.

        «Duplicate of С-12/2026-02», as seen from `ticket`.
        """
        here = self.ticket_id
        # sudo: who may read the links is not who may read the cases; both are read here
        links = here.sudo().case_link_ids.with_context(hotline_from=ticket.id)
        own = links.filtered(lambda link: ticket.id in (link.ticket_id | link.other_id).ids)
        if own or ticket in here._same_texts():
            kind = own[:1].shown_kind or self.env._("Same text as")
            return f"{kind} {here.number}"
        return ""

    def _is_likely(self, ticket):
        """Whether one answer probably suits `ticket` too: linked directly, of an equal topic."""
        return bool(self._direct_link(ticket)) and ticket.topic_id == self.ticket_id.topic_id

    def _why_not(self, ticket):
        if ticket.company_id != self.company_id:
            return self.env._("an appeal to another body")
        if not ticket.registered_on:
            return self.env._("not registered yet")
        if ticket.is_final:
            return self.env._("closed and locked")
        if ticket.is_anonymous:
            return self.env._("anonymous: there is nobody to answer")
        own = ticket.answer_ids.filtered(lambda one: one.state != approval.GIVEN)
        if own:
            return self.env._("has an answer of its own in preparation")
        route = self.env["hotline.approval.route"]._for_ticket(ticket)
        if route and route != self.env["hotline.approval.route"]._for_ticket(self.ticket_id):
            return self.env._("is approved by another route: «%(route)s»", route=route.name)
        return ""

    # The words of each letter

    def _carry_over(self, _tickets=None):
        """Write what is the same into every letter, its own words from the common text."""
        for lead in self.filtered("companion_ids"):
            shared = {name: _plain(lead[name]) for name in SHARED}
            for letter in lead | lead.companion_ids:
                own = {} if letter == lead else shared
                letter._by_act({**own, "text": letter._own_words(lead.common_text)})
            for letter in lead.companion_ids:
                letter._copy_files(lead.sudo().attachment_ids)  # sudo: the author's own uploads
            (lead | lead.companion_ids)._void_if_changed()

    def _own_words(self, common):
        return placeholders.fill(common, self._facts())

    def _facts(self):
        # sudo: the signer is named to every reader
        authority = self.authority_id.sudo()
        return self.ticket_id._letter_facts(self.ticket_id.question_ids, authority, {})

    def _copy_files(self, files):
        """Give this letter copies of `files`: a file belongs to one record."""
        now = [(one.name, one.checksum) for one in self.sudo().attachment_ids]  # sudo: as above
        if now == [(one.name, one.checksum) for one in files]:
            return
        owner = {"res_model": self._name, "res_id": self.id}
        copies = [file.copy({"name": file.name, **owner}).id for file in files]
        self._by_act({"attachment_ids": [Command.set(copies)]})

    @api.onchange("common_text")
    def _onchange_common_text(self):
        if self.common_text and not placeholders.unknown(self.common_text):
            self.text = self._own_words(self.common_text)

    @api.onchange("template_id")
    def _onchange_template_id(self):  # pylint: disable=missing-return
        """A template of a joint answer keeps its names: each letter fills them in itself."""
        super()._onchange_template_id()
        if self.template_id and self.companion_ids:
            self.common_text = self.template_id.text

    def _check_names(self, text):
        unknown = placeholders.unknown(text or "")
        if unknown:
            names = ", ".join(f"«{one.name}»" for one in unknown)
            raise UserError(
                self.env._(
                    "The text for several appeals holds braces that no name of the catalogue "
                    "fills in: %(names)s.",
                    names=names,
                )
            )

    # Guards

    @api.model_create_multi
    def create(self, vals_list):
        names = frozenset({"lead_id", "companion_ids", "common_text"})
        clean = super(HotlineAnswer, without_defaults(self, names))
        answers = clean.create([without_names(vals, names) for vals in vals_list])
        return answers.with_env(self.env)

    def write(self, vals):
        if self._is_by_act():
            return super().write(vals)
        vals = without_names(vals, {"companion_ids"})
        self._check_joint_write(vals)
        done = super().write(vals)
        if vals.keys() & {*CARRIED, "common_text"}:
            self._carry_over()
        self.lead_id._void_if_changed()
        return done

    def _check_joint_write(self, vals):
        if "lead_id" in vals:
            raise AccessError(self.env._("Use the buttons of the answer."))
        for answer in self:
            changed = {name for name in CARRIED & set(vals) if answer._differs(name, vals[name])}
            if answer.lead_id and changed:
                raise UserError(
                    self.env._(
                        "This letter is given together with the answer to %(number)s: change text, "
                        "files and signature there.",
                        number=answer.lead_id.case_number,
                    )
                )
        if "common_text" in vals:
            self._check_names(vals["common_text"])

    def _differs(self, name, value):
        """Whether a form that sends all its fields really changes this one."""
        if self._fields[name].type == "many2many":
            return True
        return (_plain(self[name]) or False) != (value or False)

    def unlink(self):
        leads = self.lead_id - self
        companions = self.companion_ids - self
        done = super(HotlineAnswer, self | companions).unlink()
        leads._void_if_changed()
        return done

    def _journal_joint(self, event):
        self.env["hotline.journal"]._append(
            event, self.ticket_id, answer=self.id, together_with=self.lead_id.case_number
        )


def _plain(value):
    return value.id if isinstance(value, models.BaseModel) else value


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _same_texts(self):
        """Return the cases with the same words that several senders sent, of any of these."""
        return self.browse({one.id for ticket in self for one in ticket._same_text_cases()})

    def _letters_to_report(self):
        """Whatever was answered together is reported on together."""
        letters = self.answer_ids.lead_id | self.answer_ids
        cases = (letters | letters.companion_ids).ticket_id.filtered(lambda one: not one.is_final)
        waiting = cases.covering_letter_ids.filtered(lambda letter: letter.state == "control")
        return super()._letters_to_report() | waiting
