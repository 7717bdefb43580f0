from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql, format_date

from .hotline_call import TICKET_KIND_OF_LINE
from .hotline_workplace import DISPOSITION_OF_KIND
from .problem_texts import problem_text

TOPICS_FOUND = 10


class HotlineWorkplace(models.AbstractModel):
    """From the talk to a case."""

    _inherit = "hotline.workplace"

    @api.model
    def search_topics(self, text):
        """Return topics whose name or keywords hold every word, or whose code begins so."""
        self._check_operator()
        text = escape_psql((text or "").strip())
        by_name = Domain.AND([self._topic_word_domain(word) for word in text.split()[:4]])
        by_code = Domain("code", "=ilike", f"{text}%")
        found = self.env["hotline.topic"].search_fetch(
            Domain("level", ">", 1) & (by_name | by_code),
            ["code", "name", "parent_id"],
            order="level desc, code",
            limit=TOPICS_FOUND,
        )
        return [self._topic_vals(topic) for topic in found]

    @api.model
    def _topic_word_domain(self, word):
        """Everyday words are found in any ending: «батарею» finds «батареи»."""
        stem = word[:-1] if len(word) > 4 else word
        return Domain("name", "ilike", word) | Domain("keywords", "ilike", stem)

    @api.model
    def _topic_vals(self, topic):
        if not topic:
            return False
        return {
            "id": topic.id,
            "code": topic.code,
            "name": topic.name,
            "parent": topic.parent_id.name or "",
        }

    @api.model
    def check_intake(self, call_id, vals):
        """Return what is missing to register, while the operator types (A4).

        {kind, kind_label, refused, problems: [{code, text, blocks}]}; nothing is stored.
        """
        call = self._own_open_call(call_id)
        line = self.env["hotline.line"].browse(vals.get("line_id") or call.line_id.id)
        kind = TICKET_KIND_OF_LINE[line.mode or "message"]
        if not kind:
            return {"kind": False, "kind_label": "", "problems": [], "refused": self._refusal(line)}
        draft = self.env["helpdesk.ticket"].new(self._prepare_draft_vals(call, line, kind, vals))
        return {
            "kind": kind,
            "kind_label": self._label(draft, "kind"),
            "refused": False,
            "problems": [
                {
                    "code": one.code,
                    "text": problem_text(self.env, one),
                    "blocks": one.blocks,
                }
                for one in draft._intake_problems()
            ],
        }

    @api.model
    def _refusal(self, line):
        return self.env._(
            "Line «%(name)s» is for consultation and help only: messages and appeals are not taken "
            "here. Explain how to file an appeal: on the portal, by letter or at the reception.",
            name=line.name,
        )

    @api.model
    def _prepare_draft_vals(self, call, line, kind, vals):
        applicant = self.env["helpdesk.ticket"]._applicant_vals(call.partner_id)
        citizen = vals.get("citizen") or {}
        if citizen and not call.partner_id:
            applicant.update(
                applicant_surname=citizen.get("surname"),
                applicant_given_name=citizen.get("given_name"),
                applicant_patronymic=citizen.get("patronymic"),
                applicant_address=citizen.get("address"),
            )
        return {
            **applicant,
            "kind": kind,
            "origin": "phone",
            "line_id": line.id,
            "company_id": call.company_id.id,
            "received_at": call.started_at,
            "applicant_phone": call.phone or applicant.get("applicant_phone"),
            "appeal_text": vals.get("question"),
        }

    @api.model
    def register(self, call_id, vals):
        """Register a case from the call, by the mode of its line; `vals` as in `close_call`.

        Returns what is read out: see `_registered_vals`. A UserError names what is missing.
        """
        call = self._own_open_call(call_id)
        self._write_all(call, vals)
        ticket = call._make_ticket({})
        ticket.action_register()
        call.write(
            {
                "disposition_id": self.env.ref(DISPOSITION_OF_KIND[ticket.kind]).id,
                "workplace_draft": False,
            }
        )
        call.task_ids.write({"ticket_id": ticket.id})
        return self._registered_vals(call)

    @api.model
    def _registered_vals(self, call):
        """Return number, code, due date with its grounds in words; False before registration."""
        ticket = call.ticket_id
        if call.group != "appeal" or not ticket or ticket.state == "draft":
            return False
        main = ticket.deadline_ids.filtered("is_main")[:1]
        return {
            "ticket_id": ticket.id,
            "number": ticket.number,
            "access_code": ticket.access_code or "",
            "kind_label": dict(ticket._fields["kind"]._description_selection(self.env))[
                ticket.kind
            ],
            "registered_on": format_date(self.env, ticket.registered_on),
            # the law's date: what is read out to the applicant
            "due_on": format_date(self.env, ticket.law_due_on) if ticket.law_due_on else "",
            "certificate": main._staff_certificate_lines() if main else [],
            "warnings": ticket.registration_warnings or [],
            "can_print": hasattr(ticket, "action_print_card"),
        }
