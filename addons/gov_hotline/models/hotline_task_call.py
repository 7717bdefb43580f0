from odoo import models

# Ends of a call noted by hand that are no talk and no try either.
NO_TALK = ("silence", "wrong_number", "dropped", "abandoned")


class HotlineCall(models.Model):
    """What a call shows of the promises to its number."""

    _inherit = "hotline.call"

    def _shows(self):
        """Return «talk», the result of a try (of RESULTS) or "" : an extension point.

        A call noted by hand shows what its disposition says, where there is no PBX to tell.
        """
        self.ensure_one()
        if self.source != "manual" or self.direction != "out" or self.state != "closed":
            return ""
        code = self.disposition_id.code
        if code == "not_reached":
            return "no_answer"
        return "" if code in NO_TALK else "talk"

    def write(self, vals):
        done = super().write(vals)
        if vals.get("state") == "closed":
            for call in self.sudo().filtered("phone"):  # sudo: tasks of colleagues too
                if call.direction == "out" and call._shows():
                    self.env["hotline.task"]._of_number(call)._heard(call)
        return done
