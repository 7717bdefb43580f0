from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.gov_hotline.domain import clock

from ..connector.checks import Finding
from .hotline_pbx import ADMINISTRATORS

SILENT = timedelta(seconds=100)  # it tells of itself every half a minute


class HotlinePbxVoice(models.Model):
    """When the voice beside a PBX was last heard of, and what it can do. Nobody's to read.

    A row of its own: the connector writes the PBX's, and neither is to wait for the other.
    """

    _name = "hotline.pbx.voice"
    _description = "Voice of a PBX"
    _rec_name = "pbx_id"

    pbx_id = fields.Many2one(
        "hotline.pbx", string="PBX", required=True, readonly=True, ondelete="cascade"
    )
    seen_at = fields.Datetime(string="Heard of", required=True, readonly=True)
    hears = fields.Boolean(string="Hears digits", readonly=True)
    speaks = fields.Boolean(readonly=True)

    _pbx_uniq = models.UniqueIndex("(pbx_id)", "This PBX has a voice already.")


class HotlinePbx(models.Model):
    _inherit = "hotline.pbx"

    voice_words = fields.Char(
        string="Process of the menu", compute="_compute_voice_words", groups=ADMINISTRATORS
    )

    @api.depends("ivr_key_made_at")
    @api.depends_context("lang")
    def _compute_voice_words(self):
        for pbx in self:
            found = pbx._voice_findings()
            pbx.voice_words = " ".join(pbx._finding_words(**one) for one in found)

    def _ivr_alive(self, asked):
        """Keep that the voice serves this PBX."""
        told = {
            "seen_at": fields.Datetime.now(),
            "hears": asked.get("hears") == "yes",
            "speaks": asked.get("speaks") == "yes",
        }
        voices = self.env["hotline.pbx.voice"].sudo()  # sudo: nobody's table
        mine = voices.search([("pbx_id", "=", self.id)], limit=1)
        if mine:
            mine.write(told)
        else:
            voices.create({"pbx_id": self.id, **told})
        return {"result": "alive", "words": []}

    def _examine(self):
        return [*super()._examine(), *self._voice_findings()]

    def _voice_findings(self) -> list[Finding]:
        """Return what is to be said of the menu: nothing where no key was made for it."""
        self.ensure_one()
        voices = self.env["hotline.pbx.voice"].sudo()  # sudo: nobody's table
        mine = voices.search([("pbx_id", "=", self.id)], limit=1)
        if not mine:
            return [{"code": "voice_never", "detail": ""}] if self.ivr_key_made_at else []
        local = clock.body_time(mine.seen_at, self.company_id.hotline_tz)
        code = "voice_keys"
        if mine.seen_at < fields.Datetime.now() - SILENT:
            code = "voice_silent"
        elif not mine.speaks:
            code = "voice_mute"
        elif mine.hears:
            code = "voice"
        return [{"code": code, "detail": local.strftime("%d.%m %H:%M")}]

    def _words_of_set_up(self, detail):
        return super()._words_of_set_up(detail) | self._words_of_voice(detail)

    def _words_of_voice(self, detail):
        told = {"when": detail}
        return {
            "voice": self.env._(
                "The voice menu works, digits may be said: its process told of itself at %(when)s.",
                **told,
            ),
            "voice_keys": self.env._(
                "The voice menu works, by keys: its process told of itself at %(when)s and has no "
                "model of speech.",
                **told,
            ),
            "voice_mute": self.env._(
                "The process of the voice menu runs, but makes no sounds: callers hear nothing of "
                "hours and appeals. Install espeak-ng on its machine.",
            ),
            "voice_silent": self.env._(
                "The process of the voice menu has been silent since %(when)s: every caller gets "
                "to the queue. Does it run, does the PBX let it in, does it reach this server?",
                **told,
            ),
            "voice_never": self.env._(
                "The process of the voice menu has never told of itself, though it has a key. Does "
                "it run, is the key the last one made, does it reach this server?",
            ),
        }
