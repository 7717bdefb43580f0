from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..domain import assignments as rules
from ..domain import uploads

# Who reads the assignments of others too.
READERS = ("officer", "supervisor", "approver", "auditor", "operator", "administrator")


class HotlineAssignment(models.Model):
    """The page of an executor with a portal account: values for templates, acts from its forms."""

    _inherit = "hotline.assignment"

    @api.model
    def _own_domain(self):
        """Return the domain of what was sent to the signed-in user, and to no one else."""
        return Domain("executor_user_id", "=", self.env.uid) & Domain("state", "!=", rules.DRAFT)

    def _portal_row(self):
        """Return a line of the executor's list."""
        self.ensure_one()
        questions = self.questions_text or self._own_text()
        return {
            "id": self.id,
            "number": self.case_number,
            "summary": questions[:300],
            "state": self.state,
            "state_label": self._portal_state(),
            "control_on": self.control_on,
            "control_was_on": self.control_was_on,
            "due_text": self.due_text,
            "due_level": self.due_level,
        }

    def _portal_state(self):
        if self.state == rules.SENT and self.ask_state == "asked":
            return self.env._("You asked for time")
        return self._own_states()[self.state]

    @api.model
    def _own_states(self):
        """Return the states in the words of whoever has to answer."""
        return {
            rules.SENT: self.env._("Your answer is awaited"),
            rules.ANSWERED: self.env._("Answered, being checked"),
            rules.ACCEPTED: self.env._("Answer accepted"),
            rules.RETURNED: self.env._("Returned: not our competence"),
            rules.WITHDRAWN: self.env._("Withdrawn"),
        }

    @api.model
    def _own_asks(self):
        """Return what became of a request for time, in the words of whoever asked."""
        return {
            "asked": self.env._("You asked"),
            "given": self.env._("Given to you"),
            "refused": self.env._("Refused to you"),
        }

    @api.model
    def _own_answerers(self):
        """Return who answers the applicant: «we» is the body to whoever reads it elsewhere."""
        return {
            rules.US: self.env.company.sudo().name,  # sudo: how the body is called is no secret
            rules.EXECUTOR: self.env._("You, with a copy to the body"),
        }

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """An executor reads own words, not those of whoever waits for the answer."""
        found = super().fields_get(allfields, attributes)
        if not self._is_executors_own():
            return found
        own = {
            "state": self._own_states(),
            "ask_state": self._own_asks(),
            "answer_by": self._own_answerers(),
        }
        for name, words in own.items():
            if found.get(name, {}).get("selection"):
                shown = [(key, words.get(key, word)) for key, word in found[name]["selection"]]
                found[name] = {**found[name], "selection": shown}
        return found

    @api.model
    def _is_executors_own(self):
        """Whether the reader only answers assignments and gives none."""
        roles = self.env["helpdesk.ticket"]._roles()
        return "executor" in roles and not roles & set(READERS)

    def _portal_card(self):
        """Return what the page shows: the task, the case by the mode, own answers, acts."""
        self.ensure_one()
        files = self._shown_files()
        return {
            **self._portal_row(),
            "body": self.company_id.name,
            "officer": self.case_officer,
            "text": self._own_text(),
            "questions": (self.questions_text or "").splitlines(),
            "answers_citizen": self.answer_by == rules.EXECUTOR,
            "note": self.state == rules.SENT and self.redo_reason,
            "case_text": self.case_text or "",
            "case_facts": [
                (self._fields[name]._description_string(self.env), self[name])
                for name in ("case_applicant", "case_address", "case_contacts")
                if self[name]
            ],
            "files": [{"id": file.id, "name": file.name} for file in files],
            "answers": [answer._portal_answer() for answer in self.answer_ids],
            "acts": {
                act["method"].removeprefix("action_open_"): act for act in self._portal_acts()
            },
        }

    def _portal_acts(self):
        return self._executor_acts()

    def _portal_act(self, act, post, uploads):
        """Do an act with the fields of a form; raises UserError in words for the page."""
        self.ensure_one()
        if act == "answer":
            self._who()
            self._take_answer(
                post.get("text"), self._portal_files(uploads), bool(post.get("is_final")),
                came_by="portal", outgoing_number=post.get("outgoing_number"),
                outgoing_date=self._portal_date(post.get("outgoing_date")),
                signer_name=post.get("signer_name"),
            )  # fmt: skip
        elif act == "not_ours":
            self._say_not_ours(post.get("text"))
        else:
            self._ask_for_time(self._portal_date(post.get("until")), post.get("text"))

    def _portal_date(self, text):
        try:
            return fields.Date.to_date(text) if text else False
        except ValueError as error:
            raise UserError(
                self.env._("«%(text)s» is not a date: choose it in the calendar.", text=text)
            ) from error

    def _portal_files(self, uploads):
        """Take the uploaded files, as far as the body's settings allow; return attachments."""
        files = [(file.filename, file.read()) for file in uploads if file.filename]
        self._check_files(files)
        # sudo: a portal user makes no attachments otherwise; they belong to the answer at once
        Attachment = self.env["ir.attachment"].sudo()
        vals = [
            {"name": name, "raw": content, "res_model": "hotline.assignment.act", "res_id": 0}
            for name, content in files
        ]
        return Attachment.create(vals)

    def _check_files(self, files):
        """Refuse types and sizes that the body does not take; `files`: (name, bytes)."""
        company = self.sudo().company_id  # sudo: the settings of the body
        company._check_hotline_files([uploads.File(name, len(raw)) for name, raw in files])

    def _file_hint(self):
        return self.company_id._hotline_file_hint()


class HotlineAssignmentAnswer(models.Model):
    _inherit = "hotline.assignment.answer"

    def _portal_answer(self):
        """Return an own answer as its author sees it."""
        return {
            "date": format_date(self.env, self.received_on),
            "text": self.text or "",
            "is_final": self.is_final,
            "files": [{"id": file.id, "name": file.name} for file in self.attachment_ids],
        }
