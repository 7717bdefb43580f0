from datetime import UTC, datetime

from odoo import fields, models
from odoo.fields import Domain

from ..domain import external


class HotlineExternalSource(models.Model):
    """How the loads went, told on the source; after a failure the pauses grow (A3)."""

    _inherit = "hotline.external.source"

    def _went_well(self, as_of):
        """Note a load that came to its end; `as_of`: the moment of its data (UTC)."""
        self.write(
            {
                "as_of": max(filter(None, (self.as_of, as_of))),
                "success_at": fields.Datetime.now(),
                "failures": 0,
                "last_error": False,
                "next_try_at": False,
            }
        )

    def _went_wrong(self, words):
        """Note what went wrong, in words, and when it is tried again."""
        failures = self.failures + 1
        self.write(
            {
                "failures": failures,
                "last_error": words,
                "next_try_at": fields.Datetime.now() + external.pause(failures),
            }
        )

    def _leave(self, page):
        """Archive what the system says is there no more, as what is gone from a whole file.

        What newer data have told since stays.
        """
        cases = self.env["hotline.external.case"]
        told = [("source_id", "=", self.id), ("key", "in", page.gone)]
        known = ["|", ("told_at", "=", False), ("told_at", "<=", page.as_of)]
        gone = cases.search([*told, *known]) if page.gone else cases
        # sudo: appeals are written by loads alone
        gone.sudo().write({"active": False, "told_at": page.as_of})

    def action_try_now(self):
        """Try again without waiting for the pause to end. Supervisor, administrator."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("supervisor", "administrator")
        self.check_access("read")
        self.sudo().next_try_at = False  # sudo: the pause alone, by whoever loads


class HotlineRegisterSource(models.Model):
    """Folders of document systems: watched as the others, but what is wrong is told."""

    _inherit = "hotline.register.source"

    external_ids = fields.One2many("hotline.external.source", "register_id")

    def _compute_standing(self):  # pylint: disable=missing-return
        external_ = self.filtered(lambda source: source.subject == "external")
        super(HotlineRegisterSource, self - external_)._compute_standing()
        # sudo: how many, shown as a number
        cases = self.env["hotline.external.case"].sudo()
        counted = cases._read_group(
            Domain("source_id.register_id", "in", external_.ids), ["source_id"], ["__count"]
        )
        counts = {source.register_id.id: count for source, count in counted}
        for source in external_:
            source.standing_count = counts.get(source.id, 0)

    def _look_into_folder(self):
        """Wait out the pause after a failure; what cannot be read is told on the source."""
        if self.subject != "external":
            return super()._look_into_folder()
        lang = self.company_id._hotline_lang()
        if lang and self.env.lang != lang:  # a schedule has no reader
            return self.with_context(lang=lang)._look_into_folder()
        told = self.sudo().external_ids  # sudo: scheduled
        now = fields.Datetime.now()
        if told.next_try_at and told.next_try_at > now:
            return None
        if self._folder_path() is None:
            words = self.env._(
                "The folder «%(name)s» is not there, or the folder of registers is not set.",
                name=self.folder,
            )
            told._went_wrong(words)
            return None
        try:
            super()._look_into_folder()
        except OSError as error:
            told._went_wrong(
                self.env._("The folder cannot be read: %(why)s.", why=error.strerror or error)
            )
        return None

    def _prepare_file_vals(self, file):
        """The data of an export are as old as its file; a clock that is fast makes none newer."""
        vals = super()._prepare_file_vals(file)
        if self.subject == "external":
            changed = datetime.fromtimestamp(int(file.stat().st_mtime), UTC).replace(tzinfo=None)
            vals["as_of"] = min(changed, fields.Datetime.now())
        return vals
