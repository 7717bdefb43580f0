from base64 import b64decode

from odoo import http
from odoo.http import request

from odoo.addons.gov_hotline.controllers.own_pages import own_bytes
from odoo.addons.gov_hotline.domain import phones

from ..domain import questions

PAGE = {"type": "http", "auth": "public", "website": True, "sitemap": False}
SAID = "hotline_kb_said"  # in the session: which article was marked, and whether it counted


class HotlineHelp(http.Controller):
    """Answers for citizens (C6): searched, by life situation, read without signing in or a script.

    What an article is shown by is decided by `document.page`: internal ones are as good as absent.
    """

    @http.route("/hotline/help", methods=["GET"], save_session=False, **PAGE)
    def help(self, q="", situation="", **_kw):
        """Show the search, the life situations, and what was found."""
        Page = request.env["document.page"]
        query = questions.typed(" ".join((q or "").split()))
        situations = Page._public_situations()
        chosen = [one for one in situations if str(one["id"]) == situation]
        found = Page._public_found(query, chosen[0]["id"] if chosen and not query else 0)
        if query and not found:
            request.env["hotline.kb.gap"]._of_visitor(query, self._address())
        values = {
            "query": query,
            "situations": situations,
            "situation": not query and chosen and chosen[0],
            "found": found,
        }
        return self._page("gov_hotline_kb.help_page", values)

    @http.route("/hotline/help/<int:page_id>", methods=["GET"], **PAGE)
    def article(self, page_id, **_kw):
        """Show one article; 404 for what is not for citizens and for what is not there alike."""
        page = request.env["document.page"]._public_page(page_id)
        if not page:
            raise request.not_found()
        page._opened_on_site(self._address())
        values = {"article": page._public_article(), "said": self._said(page)}
        return self._page("gov_hotline_kb.help_article", values)

    @http.route("/hotline/help/<int:page_id>/file/<int:file_id>", methods=["GET"], **PAGE)
    def file(self, page_id, file_id, **_kw):
        """Give a file of the version that citizens are shown; 404 for any other."""
        page = request.env["document.page"]._public_page(page_id)
        file = page.published_file_ids.filtered(lambda one: one.id == file_id)
        if not file:
            raise request.not_found()
        return own_bytes(file.name, b64decode(file.content))

    @http.route(
        "/hotline/help/<int:page_id>/mark",
        methods=["POST"],
        csrf=False,  # anybody may say it without a session: there is no authority to misuse
        **PAGE,
    )
    def mark(self, page_id, helped="", **_kw):
        """Note whether the article helped, and show it again; too many of one address are idle."""
        page = request.env["document.page"]._public_page(page_id)
        if not page or helped not in ("yes", "no"):
            raise request.not_found()
        # sudo: a visitor has no rights on marks; the service counts for itself
        marks = request.env["hotline.kb.mark"].sudo()
        counted = marks._of_visitor(page, helped == "yes", self._address())
        request.session[SAID] = [page.id, counted]
        return request.redirect(f"/hotline/help/{page.id}#said", code=303)

    def _address(self):
        return request.httprequest.remote_addr  # the client's, also behind a proxy (proxy_mode)

    def _said(self, page):
        """Return what became of the mark just given to this article, told once."""
        marked, counted = request.session.get(SAID) or (0, False)
        if marked != page.id:
            return ""
        del request.session[SAID]
        return "counted" if counted else "too_many"

    def _page(self, template, values):
        # sudo: how to reach the body is told to everybody
        body = request.env.company.sudo()
        lines = request.env["hotline.line"].sudo()  # sudo: as above
        known = [("company_id", "in", [False, body.id]), ("phone", "!=", False)]
        line = lines.search(known, limit=1)
        phone = line.phone or body.phone or ""
        ways = {
            "body": body.name,
            "phone": phones.on_paper(phone),
            "call": phones.key(phone) or phone,
            "email": body.email or "",
            "address": ", ".join(filter(None, [body.zip, body.city, body.street])),
        }
        response = request.render(template, {"page_name": "help", "ways": ways, **values})
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
