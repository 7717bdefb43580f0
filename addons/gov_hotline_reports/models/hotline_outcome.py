from odoo import fields, models

from ..domain import sstu

STATUSES = [
    (sstu.EXPLAINED, "Explained"),
    (sstu.SUPPORTED, "Supported"),
    (f"{sstu.SUPPORTED}+", "Supported, measures taken"),
    (sstu.NOT_SUPPORTED, "Not supported"),
    (sstu.TRANSFERRED, "Forwarded by competence"),
    (sstu.ANSWERED, "Answer given to the author"),
    (sstu.LEFT_WITHOUT_ANSWER, "Left without answer"),
]
# An outcome is told as what it says; a body's own outcome as what its administrator chooses.
SHIPPED = {
    "explained": sstu.EXPLAINED,
    "supported": sstu.SUPPORTED,
    "measures_taken": f"{sstu.SUPPORTED}+",
    "not_supported": sstu.NOT_SUPPORTED,
    "forwarded": sstu.TRANSFERRED,
    "answered": sstu.ANSWERED,
    "unanswered": sstu.LEFT_WITHOUT_ANSWER,
    "withdrawn": sstu.LEFT_WITHOUT_ANSWER,
}


class HotlineOutcome(models.Model):
    _inherit = "hotline.outcome"

    sstu_status = fields.Selection(
        STATUSES,
        string="Told to ССТУ.РФ as",
        help="Empty: as what the outcome that ships is told, else «Answer given to the author».",
    )

    def _sstu_status(self):
        """Return the status that ССТУ.РФ is told, "" where there is no outcome."""
        return self.sstu_status or SHIPPED.get(self.code, sstu.ANSWERED if self else "")
