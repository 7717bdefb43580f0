import asyncio

from odoo import fields, models

from ..connector.checks import check
from ..connector.client import Account
from .hotline_pbx import ADMINISTRATORS

PATIENCE = 15.0  # seconds
WELL = ("ok", "voice", "voice_keys")
REMARKS = (
    *("right_excess", "filter_missing", "clock_skew"),
    *("voice_mute", "voice_silent", "voice_never"),
)  # it works, but not as it should


class HotlinePbx(models.Model):
    """«Check the connection»: from this server itself, since the connector may be what is wrong."""

    _inherit = "hotline.pbx"

    checked_at = fields.Datetime(string="Checked", readonly=True, copy=False)
    check_state = fields.Selection(
        [("ok", "In order"), ("remarks", "Works, with remarks"), ("faults", "Does not work")],
        string="Result of the check",
        readonly=True,
        copy=False,
    )
    check_words = fields.Text(
        string="What was found", readonly=True, copy=False, groups=ADMINISTRATORS
    )

    def action_check(self):
        """Examine the PBX now and say in words what is wrong, and what to do."""
        self.ensure_one()
        self._require_administrator()
        findings = self._examine()
        codes = {one["code"] for one in findings}
        state = "ok" if codes <= {*WELL} else "remarks" if codes <= {*WELL, *REMARKS} else "faults"
        words = "\n".join(self._finding_words(**one) for one in findings)
        # sudo: what the check found is nobody's to write
        self.sudo().write(
            {"checked_at": fields.Datetime.now(), "check_state": state, "check_words": words}
        )
        return True

    def _require_administrator(self):
        self.env["helpdesk.ticket"]._require_role("administrator")
        self.check_access("write")

    def _examine(self):
        """Return [{code, detail}] of a connection of its own."""
        queues = self.queue_ids.mapped("code")
        contexts = (self.context_operators, self.context_trunk)
        return asyncio.run(
            check(self._account(), contexts=contexts, queues=queues, timeout=PATIENCE)
        )

    def _account(self):
        known = self.sudo()  # sudo: the secret goes to the PBX, to no screen
        return Account(known.host, known.port, known.login, known.secret or "")

    def _finding_words(self, code, detail):
        """Return one finding in words: what is wrong and what to do about it."""
        find = self._words_of_connection() | self._words_of_set_up(detail)
        return find.get(code) or self.env._("The PBX answered: %(detail)s", detail=detail or code)

    def _words_of_connection(self):
        where = {"host": self.host, "port": self.port, "login": self.login}
        return {
            "ok": self.env._("The connection works, all rights are there, nothing is in excess."),
            "unreachable": self.env._(
                "%(host)s does not answer. Is the PBX switched on, is the address right, does a "
                "firewall let this server through?",
                **where,
            ),
            "refused": self.env._(
                "%(host)s is there, but nobody listens at port %(port)s. Switch the interface on "
                "in manager.conf (enabled = yes) or correct the port.",
                **where,
            ),
            "not_ami": self.env._(
                "Something else than the PBX answers at %(host)s:%(port)s. Correct the port.",
                **where,
            ),
            "wrong_secret": self.env._(
                "The PBX knows no account «%(login)s» with this secret from this address. Write "
                "the secret of manager.conf here; see «permit» of the account there.",
                **where,
            ),
            "lost": self.env._("The connection broke off or the PBX did not answer in time."),
        }

    def _words_of_set_up(self, detail):
        told = {"detail": detail, "login": self.login}
        return {
            "right_missing": self.env._(
                "The account «%(login)s» lacks the right: %(detail)s. Compare its «read» and "
                "«write» with the manager.conf of this product.",
                **told,
            ),
            "right_excess": self.env._(
                "The account «%(login)s» may do too much: %(detail)s. With it programmes are run "
                "on the PBX: take the right away.",
                **told,
            ),
            "filter_missing": self.env._(
                "Events that the hotline does not need are sent: %(detail)s. Copy the filters of "
                "the account: they make the stream four times smaller.",
                **told,
            ),
            "clock_skew": self.env._(
                "The clocks of the PBX and of this server differ by %(detail)s seconds. Set both "
                "by one time server.",
                **told,
            ),
            "no_context": self.env._(
                "The dialplan has no context «%(detail)s». Correct its name or copy it.", **told
            ),
            "no_queue": self.env._(
                "The PBX has no queue «%(detail)s». Correct its name or make it in queues.conf.",
                **told,
            ),
            "denied": self.env._("The account may not even be examined: %(detail)s.", **told),
        }
