from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.http import request

from ..domain import texts
from ..models.hotline_status import INCOMPLETE, NOT_FOUND, WAIT

PAGE = {"website": True, "sitemap": False}
# In the server's side of the session: the draft whose code was right, and what was sent last.
OPENED, SENT = "hotline_draft", "hotline_draft_sent"


class HotlineDraft(http.Controller):
    """The citizen confirms a draft that an operator wrote down (A4, practice 4).

    Whoever signs in and knows the code sees the draft; what it becomes follows the sign-in.
    """

    @http.route("/hotline/draft", type="http", auth="user", methods=["GET", "POST"], **PAGE)
    def draft(self, number="", code="", **_kw):
        """Ask for number and code, then show the draft that they open."""
        values = {"number": (number or "").strip()[:60], "result": None}
        if request.httprequest.method == "POST":
            values |= self._open(values["number"], (code or "")[:60])
            if values.get("draft"):
                return request.redirect("/hotline/draft", code=303)
        draft = self._opened()
        if draft and request.httprequest.method == "GET":
            return self._show(draft)
        return self._page("gov_hotline.draft_form", values)

    @http.route("/hotline/draft/other", type="http", auth="user", methods=["POST"], **PAGE)
    def other(self, **_kw):
        """Put the opened draft aside."""
        request.session.pop(OPENED, None)
        return request.redirect("/hotline/draft", code=303)

    @http.route("/hotline/draft/send", type="http", auth="user", methods=["POST"], **PAGE)
    def send(self, text="", **_kw):
        """Send the opened draft with the text as corrected: this moment is the receipt."""
        draft = self._opened()
        if not draft:
            return request.redirect("/hotline/draft", code=303)
        text = (text or "").replace("\r\n", "\n").strip()
        problem = self._text_problem(text)
        if problem:
            return self._show(draft, text=text, problem=problem)
        identification = request.env["res.users"]._hotline_identification()
        try:
            with request.env.cr.savepoint():
                draft._confirm_on_site(request.env.user, text, identification)
        except (UserError, ValidationError) as refusal:
            return self._show(draft, text=text, problem=str(refusal))
        request.session.pop(OPENED, None)
        request.session[SENT] = draft.id
        return request.redirect("/hotline/draft/sent", code=303)

    @http.route("/hotline/draft/sent", type="http", auth="user", methods=["GET"], **PAGE)
    def sent(self, **_kw):
        """Show number and code of what was just sent."""
        # sudo: a citizen has no access to the record; the domain keeps to the own cases
        cases = request.env["helpdesk.ticket"].sudo()
        own = request.env["helpdesk.ticket"]._own_domain()
        own |= Domain("confirmed_by_id", "=", request.env.user.partner_id.id)  # for another person
        case = cases.search(own & Domain("id", "=", request.session.get(SENT) or 0), limit=1)
        if not case:
            return request.redirect("/my/tickets", code=303)
        return self._page("gov_hotline.draft_sent", {"case": case._draft_sent_vals()})

    # Helpers

    def _open(self, number, code):
        """Return {"draft"} or {"result", …}. Absent and wrong go the same way and say the same."""
        if not number or not code.strip():
            return {"result": INCOMPLETE}
        tickets = request.env["helpdesk.ticket"]
        subject = tickets._draft_subject(number)
        counted = f"draft {subject['phone'] or subject['key']}"
        # sudo: visitors have no rights; the counters and the lookup check for themselves
        attempts = request.env["hotline.status.attempt"].sudo()
        address = request.httprequest.remote_addr  # the client's, also behind a proxy (proxy_mode)
        seconds = attempts._admit(counted, address)
        if seconds:
            wait_text = request.env["hotline.status"]._wait_text(seconds)
            return {"result": WAIT, "seconds": seconds, "wait_text": wait_text}
        draft = tickets._draft_by_code(subject, code)
        if not draft:
            return {"result": NOT_FOUND}
        attempts._forgive(counted, address)
        request.session[OPENED] = {"id": draft.id, "digest": draft.draft_digest}
        return {"draft": draft}

    def _opened(self):
        """Return the draft that this session has opened, as sudo; a new code closes it."""
        opened = request.session.get(OPENED)
        if not opened:
            return request.env["helpdesk.ticket"]
        # sudo: the code was right; see _open
        draft = request.env["helpdesk.ticket"].sudo().browse(opened["id"]).exists()
        return draft if draft.draft_digest == opened["digest"] else draft.browse()

    def _text_problem(self, text):
        if not text:
            return request.env._("Write what you ask for: an empty appeal cannot be sent.")
        if len(text) > texts.TEXT_LIMIT:
            return request.env._(
                "The text has %(length)s characters, the limit is %(limit)s. Shorten it.",
                length=len(text),
                limit=texts.TEXT_LIMIT,
            )
        return ""

    def _show(self, draft, text=None, problem=""):
        identification = request.env["res.users"]._hotline_identification()
        services = request.env["auth.oauth.provider"]._identifying()
        values = {
            "draft": draft._draft_site_vals(request.env.user, identification),
            "text": draft.appeal_text if text is None else text,
            "problem": problem,
            "services": [{"id": one.id, "name": one.body or one.name} for one in services],
        }
        return self._page("gov_hotline.draft_page", values)

    def _page(self, template, values):
        response = request.render(template, {"page_name": "draft", **values})
        if values.get("result") == WAIT:
            response.status_code = 429
            response.headers["Retry-After"] = str(values["seconds"])
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
