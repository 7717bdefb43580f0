from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.gov_hotline.domain import depersonal, texts
from odoo.addons.gov_hotline.domain.transitions import FINAL_STATES

MODELS = ("helpdesk.ticket", "hotline.call")
TITLE, HINTS = 120, 300  # characters
LONGEST_WORD, MOST_WORDS = 100, 50  # of what is removed besides
TALK_LIMIT = 50_000  # characters of a transcript: two hours of talk


class HotlineKbIntake(models.AbstractModel):
    """A draft of an article from a closed case or call, without the people in it (A2).

    What may tell of a person is marked; a person looks at each mark and keeps it or lets it go.
    Nothing of the proposal is stored: the draft is made of the text as it stands and of the marks.
    """

    _name = "hotline.kb.intake"
    _description = "Draft of an article from a case or a call"

    @api.model
    def propose(self, model, record_id, more=()):
        """Return [{name, title, pieces: [{text, kind, start}]}] of the source, marked; officer.

        `more`: names and numbers that whoever reads the text has found.
        """
        source = self._source(model, record_id)
        labels = self._labels()
        return [
            {"name": name, "title": labels[name], "pieces": self._pieces(text, marks)}
            for name, text, marks in self._marked(source, more)
        ]

    @api.model
    def _marked(self, source, more):
        """Yield (name, text, marks) of each text of the source."""
        names = self._names(source)
        words = [str(word)[:LONGEST_WORD] for word in (more or ())][:MOST_WORDS]
        for name, text in self._texts(source).items():
            yield name, text, depersonal.marks(text, names, words)

    @api.model
    def make(self, model, record_id, kept, more=()):
        """Make the draft and return its form; `kept`: {name: [start of a mark that stays]}."""
        source = self._source(model, record_id)
        clean = {
            name: self._without(text, marks, (kept or {}).get(name, ()))
            for name, text, marks in self._marked(source, more)
        }
        # the title is the shortest of what was asked, or the topic's name
        title = texts.shorten(" ".join(clean.get("title", "").split()), TITLE)
        body = "\n\n".join(filter(None, (clean.get("answer"), clean.get("talk"))))
        page = self.env["document.page"].create(
            {
                "name": title or source.topic_id.name or self.env._("New article"),
                "topic_ids": source.topic_id.ids,
                "search_hints": " ".join(clean.get("question", "").split())[:HINTS],
                "content": plaintext2html(body) if body else False,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": page._name,
            "res_id": page.id,
            "views": [(self.env.ref("gov_hotline_kb.document_page_view_form").id, "form")],
        }

    @api.model
    def _source(self, model, record_id):
        """Return the closed case or call, by the rights of the officer who asks."""
        self.env["helpdesk.ticket"]._require_role("officer")
        if model not in MODELS:
            raise UserError(self.env._("An article is drafted from a case or a call."))
        source = self.env[model].browse(record_id)
        source.check_access("read")
        if source.state not in (*FINAL_STATES, "closed"):
            raise UserError(self.env._("Close it first: what was answered is not known yet."))
        return source

    @api.model
    def _texts(self, source):
        """Return {name: text} of what was asked and answered, the empty ones left out."""
        if source._name == "hotline.call":
            found = {
                "title": source.question or "",
                "question": source.question or "",
                "answer": source.result or "",
                "talk": source._talk_text()[:TALK_LIMIT],
            }
        else:
            answers = source.answer_ids.filtered(lambda one: one.state == "given")
            found = {
                "title": source.name or "",
                "question": source.appeal_text or "",
                "answer": "\n\n".join(answers.mapped("text")),
            }
        found["title"] = texts.shorten(" ".join(found["title"].split()), TITLE)
        return {name: text.strip() for name, text in found.items() if text.strip()}

    @api.model
    def _names(self, source):
        """Return the names of the people known to the source; they are looked for, not told."""
        people = source.partner_id.mapped("name")
        if source._name == "helpdesk.ticket":
            people += [source.applicant_name, *source.coapplicant_ids.mapped("name")]
        return [name for name in people if name]

    @api.model
    def _pieces(self, text, marks):
        """Return the text in pieces: those that are marked have a `kind`, in their places."""
        pieces, at = [], 0
        for mark in marks:
            pieces.append({"text": text[at : mark.start], "kind": "", "start": at})
            pieces.append(
                {"text": text[mark.start : mark.end], "kind": mark.kind, "start": mark.start}
            )
            at = mark.end
        pieces.append({"text": text[at:], "kind": "", "start": at})
        return [one for one in pieces if one["text"]]

    @api.model
    def _without(self, text, marks, kept):
        stay = {one for one in kept if isinstance(one, int)}
        gone = [mark for mark in marks if mark.start not in stay]
        return depersonal.without(text, gone)

    @api.model
    def _labels(self):
        return {
            "title": self.env._("Title"),
            "question": self.env._("What was asked"),
            "answer": self.env._("What was answered"),
            "talk": self.env._("Words of the talk"),
        }


class HotlineCall(models.Model):
    _inherit = "hotline.call"

    def action_draft_article(self):
        """Open the check of personal data before a draft of an article; officer."""
        return self.env["helpdesk.ticket"]._draft_article_action(self)


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def action_draft_article(self):
        """Open the check of personal data before a draft of an article; officer."""
        return self._draft_article_action(self)

    @api.model
    def _draft_article_action(self, source):
        source.ensure_one()
        self.env["hotline.kb.intake"]._source(source._name, source.id)
        return {
            "type": "ir.actions.client",
            "tag": "gov_hotline_kb.intake",
            "params": {"model": source._name, "id": source.id},
        }

    def _paper_acts(self):
        acts = super()._paper_acts()
        if self.state in FINAL_STATES and "officer" in self._roles():
            label = self.env._("Draft an article for the knowledge base")
            acts.append(self._act("action_draft_article", label, step=False))
        return acts
