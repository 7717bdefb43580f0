from odoo import api, models


class HotlineDossier(models.AbstractModel):
    """What the sections of the dossier and their columns are called, on screen and paper."""

    _inherit = "hotline.dossier"

    @api.model
    def _titles(self):
        """Return {section: (title, names of the columns)}."""
        case, what, who, state = (
            self.env._("Appeal"),
            self.env._("What it is about"),
            self.env._("Who"),
            self.env._("State"),
        )
        when = self.env._("When")
        return {
            "appeals": (
                self.env._("Appeals"),
                [
                    self.env._("No."),
                    self.env._("Received"),
                    what,
                    state,
                    self.env._("Term, answer"),
                ],
            ),
            "stopped": (
                self.env._("Stopped correspondence"),
                [
                    self.env._("Stopped on"),
                    self.env._("Question"),
                    case,
                    self.env._("Notice"),
                    state,
                ],
            ),
            "answers": (
                self.env._("Answers given"),
                [
                    self.env._("Outgoing letter"),
                    case,
                    self.env._("Text of the answer"),
                    self.env._("Signed by"),
                    self.env._("How sent"),
                ],
            ),
            "executors": (
                self.env._("Answers of executors to the applicant"),
                [
                    self.env._("Outgoing letter"),
                    case,
                    self.env._("Text of the answer"),
                    self.env._("Signed by"),
                    who,
                ],
            ),
            "additions": (
                self.env._("Additions"),
                [
                    when,
                    case,
                    self.env._("Text of the addition"),
                    self.env._("What it is"),
                    self.env._("How it came"),
                ],
            ),
            "calls": (
                self.env._("Calls"),
                [
                    when,
                    self.env._("What was asked"),
                    self.env._("What was answered"),
                    self.env._("Disposition"),
                    who,
                ],
            ),
            "receptions": (
                self.env._("Personal reception"),
                [when, what, self.env._("What was answered"), self.env._("Who receives"), state],
            ),
            "tasks": (
                self.env._("Tasks and promises"),
                [self.env._("Due date"), what, case, who, state],
            ),
            "external": (
                self.env._("Appeals of the document system"),
                [
                    self.env._("No."),
                    self.env._("Filed on"),
                    what,
                    state,
                    self.env._("Term, answer"),
                ],
            ),
        }
