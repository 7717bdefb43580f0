from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.gov_hotline.domain import depersonal, lookup

from ..domain import questions

ASKERS = ("operator", "supervisor", "officer")


class HotlineKbGap(models.Model):
    """A question that no article answers, and how often it was asked (A2).

    Whoever talks notes it by one click; a call that ends without an answer or is transferred for
    want of an article notes it by itself. What looks like a person's is left out of the words;
    whoever makes the draft looks again.
    """

    _name = "hotline.kb.gap"
    _description = "Question without an answer"
    _order = "asked_count desc, last_on desc, id desc"

    name = fields.Char(string="Question", required=True, readonly=True)
    key = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    topic_id = fields.Many2one("hotline.topic", readonly=True, index=False)
    asked_count = fields.Integer(string="Asked", readonly=True)
    call_count = fields.Integer(string="Of calls", readonly=True, help="Ended or transferred so.")
    site_count = fields.Integer(string="On the site", readonly=True, help="Searched by citizens.")
    last_on = fields.Date(string="Last asked on", readonly=True)
    state = fields.Selection(
        [("new", "No answer"), ("draft", "Draft begun"), ("dismissed", "Not for the base")],
        required=True,
        readonly=True,
        default="new",
    )
    page_id = fields.Many2one(
        "document.page", string="Article", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", string="Body", required=True, readonly=True)

    _key_uniq = models.UniqueIndex("(company_id, key)", "This question is in the list already.")

    @api.model
    def note(self, text, topic_id=False, call_id=False):
        """Count a question that no article answers; whoever talks. Returns how often it was asked.

        The name of whoever calls in `call_id` is left out of the words.
        """
        topic = self.env["hotline.topic"].browse(topic_id or ()).exists()
        call = self.env["hotline.call"].browse(call_id or ())
        call.check_access("read")
        # sudo: whose name it is must be known to be left out, whoever notes
        names = call.sudo().partner_id.mapped("name")
        return self._note(text, topic, names).asked_count

    @api.model
    def _note(self, text, topic, names):
        self.env["helpdesk.ticket"]._require_role(*ASKERS)
        company = self.env.company
        text = self._without_people(text, names)
        gap = self._known(text, company) or self._new(text, company, topic)
        if not gap:
            raise UserError(self.env._("Write the question in words first."))
        asker = lookup.staff_key(self.env.uid)
        # the same question of the same person is counted once a day, as a visitor's is
        if self.env["hotline.kb.visit"]._is_first(asker, "gap_id", gap):
            gap._asked_again()
        return gap

    @api.model
    def _count(self, text, topic, company, names=(), of_call=False):
        """Count a question that has no answer; empty for a text without a word."""
        text = self._without_people(text, names)
        known = self._known(text, company) or self._new(text, company, topic)
        return known._asked_again("call_count" if of_call else None)

    @api.model
    def _key(self, text):
        """Return what the same question asked in another order has in common."""
        return " ".join(sorted(questions.words(text)))

    @api.model
    def _known(self, text, company):
        # sudo: who talks counts the question, the list is not the operator's to read
        gaps = self.sudo()
        return gaps.search([("key", "=", self._key(text)), ("company_id", "=", company.id)])

    @api.model
    def _new(self, text, company, topic=None):
        """Put a question without people into the list; empty for a text without a word."""
        gaps, key = self.sudo(), self._key(text)  # sudo: as in `_known`
        if not key:
            return gaps
        name = " ".join(text.split())[: questions.QUERY_AT_MOST]
        vals = {"name": name, "key": key, "company_id": company.id}
        return gaps.create({**vals, "topic_id": topic.id if topic else False})

    def _asked_again(self, way=None):
        """Count the question once more; `way`: the counter of where it was asked."""
        for gap in self:
            vals = {name: gap[name] + 1 for name in ("asked_count", way) if name}
            gap.write({**vals, "last_on": fields.Date.context_today(self)})
        return self

    @api.model
    def _without_people(self, text, names):
        """Return the text without what may tell of a person: nobody has looked at it yet."""
        text = (text or "")[: questions.READ_AT_MOST]
        return depersonal.without(text, depersonal.marks(text, names))

    def action_make_draft(self):
        """Begin an article from the question and open it; officer."""
        self.ensure_one()
        self._check_officer()
        if not self.page_id:
            page = self.env["document.page"].create(
                {"name": self.name, "topic_ids": self.topic_id.ids, "search_hints": self.name}
            )
            # sudo: columns that nobody writes by hand; the right was checked above
            self.sudo().write({"page_id": page.id, "state": "draft"})
        return {
            "type": "ir.actions.act_window",
            "res_model": "document.page",
            "res_id": self.page_id.id,
            "views": [(self.env.ref("gov_hotline_kb.document_page_view_form").id, "form")],
        }

    def action_dismiss(self):
        """Say that the base need not answer it; officer."""
        self._check_officer()
        self.sudo().state = "dismissed"  # sudo: as in `action_make_draft`

    def _check_officer(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")
        if not self:
            raise AccessError(self.env._("Choose a question first."))
