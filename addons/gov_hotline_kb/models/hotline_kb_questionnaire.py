from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

from ..domain import measures

LONGEST = 40  # measures of one list: more is no choice


class HotlineKbQuestionnaire(models.AbstractModel):
    """Measures of support for a citizen's answers (C6): asked, chosen, explained, handed over.

    The answers are personal: nothing of them is stored but where an operator puts them to a case.
    """

    _name = "hotline.kb.questionnaire"
    _description = "Questionnaire about measures of support"

    @api.model
    @api.readonly
    def get_questions(self, ticket_id=False):
        """Return {questions, places, place, may_put, may_write} for the screen.

        `places`: districts that some measure is for; `place`: that of the case.
        """
        ticket = self._case(ticket_id)
        known = self.env["hotline.kb.measure"]._in_force()
        used = known.condition_ids.question_id.filtered("active")
        place = ticket.territory_id
        return {
            "questions": used.sorted()._told(),
            "places": [
                {"id": one.id, "name": one.name} for one in known.territory_ids.sorted() | place
            ],
            "place": place.id,
            "may_put": bool(ticket) and ticket.has_access("write"),
            "may_write": bool(ticket) and self._may_write(ticket),
        }

    @api.model
    @api.readonly
    def choose(self, answers, place_id=False):
        """Return {fits, may_fit}: measures with what, how, where, and why each is proposed."""
        found = self._verdicts(answers, place_id)
        told = {measures.FITS: [], measures.MAY_FIT: []}
        for one in found:
            told[one.fit].append(self._told(one))
        return {"fits": told[measures.FITS], "may_fit": told[measures.MAY_FIT]}

    @api.model
    @api.readonly
    def list_text(self, measure_ids, answers=(), place_id=False):
        """Return the chosen measures as plain text for a letter or to read out."""
        return self._for_citizen()._text(measure_ids, answers, place_id)

    @api.model
    def put_to_case(self, ticket_id, measure_ids, answers, place_id=False):
        """Note the answers and the measures told in the case; whoever may work on it."""
        ticket = self._case(ticket_id)
        ticket.check_access("write")
        told = self._chosen(measure_ids, answers, place_id)
        ticket.message_post(body=self._note(answers, told))
        return True

    @api.model
    def write_to_citizen(self, ticket_id, measure_ids, answers, place_id=False):
        """Prepare a letter to the applicant with the list and return its form; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        ticket = self._case(ticket_id)
        ticket.check_access("write")
        if not ticket.can_edit:
            raise UserError(self.env._("A letter is prepared while the appeal is being worked on."))
        text = self._for_citizen()._text(measure_ids, answers, place_id)
        notice = ticket._new_notice("explanation", text=text)
        told = self.env["hotline.kb.measure"].browse(measure_ids).exists()
        told.page_id.filtered(lambda page: page.state == "published")._count_use()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Letter about measures of support"),
            "res_model": notice._name,
            "res_id": notice.id,
            "views": [(False, "form")],
        }

    @api.model
    def _case(self, ticket_id):
        """Return the case, by the rights of whoever asks; empty for none."""
        self.env["hotline.kb.measure"].check_access("read")
        ticket = self.env["helpdesk.ticket"].browse(ticket_id or ())
        ticket.check_access("read")
        return ticket

    @api.model
    def _may_write(self, ticket):
        officer = "officer" in ticket._roles()
        return officer and ticket.has_access("write") and ticket.can_edit

    # Choosing

    @api.model
    def _verdicts(self, answers, place_id):
        known = self.env["hotline.kb.measure"]._in_force()
        rules = [one._rule() for one in known]
        return measures.choose(rules, self._clean(answers), self._around(place_id))

    @api.model
    def _clean(self, answers):
        if not isinstance(answers, dict):
            return {}
        asked = self._questions()
        return measures.clean([one._rule() for one in asked], answers)

    @api.model
    def _questions(self):
        return self.env["hotline.kb.question"].search([("active", "=", True)])

    @api.model
    def _around(self, place_id):
        """Return the ids of a place and of those it lies in; None where it is not known."""
        place = self.env["hotline.territory"].browse(place_id or ()).exists()
        if not place:
            return None
        return frozenset(int(part) for part in (place.parent_path or "").split("/") if part)

    @api.model
    def _told(self, verdict):
        measure = self.env["hotline.kb.measure"].browse(verdict.measure)
        words = {one.id: one.words for one in measure.condition_ids}
        why = [{"text": words[key], "known": state == measures.HOLDS} for key, state in verdict.why]
        if measure.territory_ids:
            names = ", ".join(measure.territory_ids.mapped("name"))
            text = self.env._("District: %(names)s", names=names)
            why.append({"text": text, "known": verdict.place == measures.HOLDS})
        return {**measure._told(), "why": why}

    @api.model
    def _chosen(self, measure_ids, answers, place_id):
        """Return the told measures of `measure_ids` that these answers allow, in their order."""
        wanted = set(measure_ids or ())
        found = [one for one in self._verdicts(answers, place_id) if one.measure in wanted]
        if not found:
            raise UserError(self.env._("Choose at least one measure of the list."))
        return [self._told(one) for one in found[:LONGEST]]

    # Handing over

    @api.model
    def _for_citizen(self):
        """Return the service in the language of the body's letters."""
        return self.with_context(lang=self.env.company._hotline_lang())

    @api.model
    def _text(self, measure_ids, answers, place_id):
        lines = [self.env._("Measures of support you may count on:"), ""]
        chosen = self._chosen(measure_ids, answers, place_id)
        for number, one in enumerate(chosen, start=1):
            lines += [f"{number}. {one['name']}"]
            lines += [f"{part['title']}: {' '.join(part['text'].split())}" for part in one["parts"]]
            lines += [*filter(None, [self._basis(one), one["caution"]]), ""]
        return "\n".join([*lines, self._warning()])

    @api.model
    def _basis(self, one):
        law = " ".join(one["source"].split())
        return self.env._(
            "Basis: %(law)s. Date of the check: %(day)s.", law=law, day=one["checked"]
        )

    @api.model
    def _warning(self):
        return self.env._(
            "This list is for reference: whether a measure is granted is decided by the agency "
            "that grants it, on an application. Amounts and rules change: check them there."
        )

    @api.model
    def _note(self, answers, told):
        asked = self._questions()
        given = self._clean(answers)
        rows = [
            Markup("<li>%s: %s</li>") % (one.name, one._answer_words(given[one.id]))
            for one in asked
            if one.id in given
        ]
        names = [Markup("<li>%s</li>") % one["name"] for one in told]
        return Markup("<p>%s</p><ul>%s</ul><p>%s</p><ul>%s</ul>") % (
            self.env._("Measures of support were picked by the citizen's answers:"),
            Markup("").join(rows),
            self.env._("Told:"),
            Markup("").join(names),
        )

    # On paper

    @api.model
    def _print(self, measure_ids, answers, place_id=False):
        """Return the PDF of the chosen measures; nothing of it is kept."""
        service = self._for_citizen()
        values = {
            "measures": service._chosen(measure_ids, answers, place_id),
            "company": self.env.company,
            "basis": service._basis,
            "warning": service._warning(),
            "printed": self.env.company._hotline_today().strftime("%d.%m.%Y"),
        }
        html = service.env["ir.qweb"]._render("gov_hotline_kb.report_measures", values)
        return self.env["ir.actions.report"]._run_wkhtmltopdf([html])
