"""Drafts with a code (A4): waiting, confirmed on the site, on paper, expired."""

from datetime import timedelta

from odoo import fields

from .clock import at

SERVICE = "Шлюз ЕСИА края (образец)"
ADDRESS = "https://id.ozerskiy-krai.example"
TEXTS = {
    "waiting": "Прошу заменить разбитые стёкла в подъезде: дует, пожилые соседи мёрзнут.",
    "portal": "Прошу проверить начисление за вывоз мусора: в доме двое, начислено на пятерых.",
    "paper": "Прошу обрезать тополь у детской площадки: сухие ветви падают на качели.",
    "expired": "Прошу сделать освещение на тропинке от остановки до школы.",
}


def make(writer, moment):
    """Act the four out at `moment`, with an operator at the telephone; codes are told to nobody."""
    for number, fate in enumerate(TEXTS):
        with at(moment + timedelta(minutes=number)):
            # the first citizen is the one with the account on the site
            citizen = writer.citizens[0 if fate == "portal" else number + 1]
            draft = _draft(writer, citizen, TEXTS[fate])
            {"portal": _on_site, "paper": _on_paper, "expired": _expire}.get(fate, _wait)(
                writer, draft
            )


def _draft(writer, citizen, text):
    Ticket = writer._as("operator", "helpdesk.ticket")
    draft = Ticket.create(
        {
            **Ticket._applicant_vals(citizen),
            "applicant_address": f"{citizen.zip}, {citizen.city}, {citizen.street}",
            "kind": "appeal_59",
            "origin": "phone",
            "received_at": fields.Datetime.now(),
            "partner_id": citizen.id,
            "team_id": writer.teams["common"].id,
            "company_id": writer.company.id,
            "appeal_text": text,
        }
    )
    draft.action_issue_draft_code()
    return draft


def _wait(_writer, _draft):
    """Nobody has confirmed it yet."""


def _on_site(writer, draft):
    """The citizen signed in by a service that identifies and sent it; registered at once."""
    provider = writer.env["auth.oauth.provider"].create(
        {
            "name": SERVICE,
            "body": SERVICE,
            "enabled": False,
            "flow": "id_token_code",
            "hotline_identifies": True,
            "hotline_issuer": ADDRESS,
            "client_id": "demo",
            "auth_endpoint": f"{ADDRESS}/authorize",
            "token_endpoint": f"{ADDRESS}/token",
            "validation_endpoint": f"{ADDRESS}/userinfo",
            "jwks_uri": f"{ADDRESS}/keys",
        }
    )
    identification = {"provider": provider, "at": fields.Datetime.now()}
    # sudo: as the page after ЕСИА, which nobody of the staff stands behind
    draft.sudo()._confirm_on_site(writer.users["citizen"], draft.appeal_text, identification)


def _on_paper(writer, draft):
    """The signed sheet came; registering it is the operator's next step."""
    writer.accept_paper(draft, "operator")


def _expire(_writer, draft):
    """Its thirty days have passed: written so, the clock of the journal does not run back."""
    draft._write_draft({"draft_until": draft.company_id._hotline_today() - timedelta(days=3)})
