from urllib.parse import urlsplit

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import str2bool

# Over http:// the machine itself alone, unless the setting says that the network is closed.
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
HTTP_ALLOWED = "gov_hotline.external_http"


class HotlineExternalSource(models.Model):
    """Where a document system may be asked: citizens' names and the token cross the network."""

    _inherit = "hotline.external.source"

    @api.constrains("kind", "url")
    def _check_url(self):
        for source in self.filtered(lambda one: one.kind == "rest"):
            url = urlsplit(source.url or "")
            if url.scheme not in ("http", "https") or not url.hostname:
                raise ValidationError(
                    self.env._("The address of a document system begins with https:// or http://.")
                )
            if self._is_in_the_clear(source.url):
                raise ValidationError(self._in_the_clear_text())

    @api.model
    def _is_in_the_clear(self, address):
        """Whether token and citizens' names would cross a network that anybody reads."""
        url = urlsplit(address or "")
        if url.scheme != "http" or url.hostname in THIS_MACHINE:
            return False
        # sudo: a setting of the server
        allowed = self.env["ir.config_parameter"].sudo().get_param(HTTP_ALLOWED)
        return not str2bool(allowed or "", False)

    @api.model
    def _in_the_clear_text(self):
        return self.env._(
            "http:// sends the token and the citizens' names unencrypted: write https://. Without "
            "it only a system on this very machine is asked."
        )
