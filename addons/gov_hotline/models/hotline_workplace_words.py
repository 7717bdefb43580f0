from odoo import api, models
from odoo.tools import format_date

from ..domain.certificate import Certificate


class HotlineWorkplace(models.AbstractModel):
    """A due date's grounds in words, to be read out (X1)."""

    _inherit = "hotline.workplace"

    @api.model
    def _certificate_words(self, deadline):
        """Return the lines that explain a due date; none without a deadline."""
        if not deadline:
            return []
        certificate = Certificate.from_dict(deadline.certificate)
        lines = [self._length_words(deadline, certificate), self._shift_words(certificate)]
        if deadline.is_preliminary:
            lines.append(self.env._("The production calendar of that year is preliminary."))
        return [line for line in lines if line]

    @api.model
    def _length_words(self, deadline, certificate):
        values = {
            "days": certificate.length,
            "start": format_date(self.env, certificate.start),
            "article": deadline.term_id.article,
        }
        if certificate.unit == "working":
            return self.env._("%(days)s working days from %(start)s, %(article)s", **values)
        return self.env._("%(days)s days from %(start)s, %(article)s", **values)

    @api.model
    def _shift_words(self, certificate):
        values = {
            "raw": format_date(self.env, certificate.raw_due),
            "due": format_date(self.env, certificate.due),
        }
        if certificate.due == certificate.raw_due:
            return ""
        return self.env._("%(raw)s is a day off: moved to %(due)s", **values)
