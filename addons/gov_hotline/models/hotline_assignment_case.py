from markupsafe import Markup

from odoo import api, fields, models

from ..domain import assignments as rules
from ..domain import depersonal

OF_THE_CASE = (
    "questions_text", "case_text", "case_applicant", "case_address", "case_contacts",
    "case_officer",
)  # fmt: skip


class HotlineAssignment(models.Model):
    """What an executor is shown of the case: by the mode of the assignment, nothing more.

    An executor reads no ticket. Everything here is computed as the system from the one case, and
    the file route asks `_shown_files` too.
    """

    _inherit = "hotline.assignment"

    questions_text = fields.Text(string="What is asked", compute="_compute_case", compute_sudo=True)
    case_text = fields.Text(string="Text of the appeal", compute="_compute_case", compute_sudo=True)
    case_applicant = fields.Char(string="Applicant", compute="_compute_case", compute_sudo=True)
    case_address = fields.Char(string="Address", compute="_compute_case", compute_sudo=True)
    case_contacts = fields.Char(
        string="Telephone, e-mail", compute="_compute_case", compute_sudo=True
    )
    case_officer = fields.Char(
        string="Officer in charge", compute="_compute_case", compute_sudo=True
    )
    case_files_html = fields.Html(
        string="Files", compute="_compute_case_files_html", compute_sudo=True, sanitize=False
    )

    @api.depends("ticket_id", "question_ids.text", "pd_mode", "state", "executor_user_id")
    @api.depends_context("uid")
    def _compute_case(self):
        gone = self._withdrawn_from_reader()
        gone.update(dict.fromkeys(OF_THE_CASE, False))
        for assignment in self - gone:
            case = assignment.ticket_id
            shown = assignment._shows_applicant()
            texts = map(assignment._case_words, assignment.question_ids.mapped("display_name"))
            assignment.update(
                {
                    "questions_text": "\n".join(filter(None, texts)),
                    "case_text": assignment._case_words(case.appeal_text or ""),
                    "case_applicant": shown and case.applicant_name,
                    "case_address": assignment._case_place(),
                    "case_contacts": shown and case._card_contacts(),
                    "case_officer": case.user_id.name,
                }
            )

    def _case_place(self):
        """Return where the problem is: without the people's data the object, where one is known.

        An organisation gets the address and the problem (practice of handing over): without an
        object the applicant's address is all that tells it where to go.
        """
        case = self.ticket_id
        place = "" if self._shows_applicant() else case.object_id.address
        return place or case.applicant_address

    def _case_words(self, text):
        """Return `text` as the executor may read it: without the people where the mode says so."""
        if not text or self._shows_applicant():
            return text or ""
        case = self.ticket_id
        names = [case.applicant_surname, case.applicant_given_name, case.applicant_patronymic]
        names += [case.applicant_name, *case.coapplicant_ids.mapped("name")]
        return depersonal.depersonalise(text, filter(None, names))

    def _shows_applicant(self):
        """Whether the executor sees the citizen: «link only» limits mails, not the page itself."""
        return self.pd_mode != rules.NO_PERSONAL_DATA

    def _shown_files(self):
        """Return the files of the case handed over to the executor, as the system."""
        self.ensure_one()
        assignment = self.sudo()  # sudo: files of a case that the executor may not read
        shown = assignment._shows_applicant() and not assignment._withdrawn_from_reader()
        return assignment.file_ids if shown else assignment.file_ids[:0]

    @api.depends("file_ids", "pd_mode", "state", "executor_user_id")
    @api.depends_context("uid")
    def _compute_case_files_html(self):
        link = Markup('<li><a href="/my/assignments/%s/file/%s">%s</a></li>')
        for assignment in self:
            links = [
                link % (assignment.id, file.id, file.name) for file in assignment._shown_files()
            ]
            assignment.case_files_html = links and Markup("<ul>%s</ul>") % Markup("").join(links)
