from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

ROUTE = "/hotline/upload/"


def _body_limit(_controller):
    """Return how large a request may be, asked before its body is read.

    Whoever has no link sends nothing of size; whoever has one, no more than it takes.
    """
    token = request.httprequest.path.partition(ROUTE)[2]
    return request.env["hotline.upload.link"]._by_token(token)._body_room()


class HotlineUpload(http.Controller):
    """The page of a link for large files: no login, the token of the address is the key."""

    @http.route(
        ROUTE + "<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
        csrf=False,  # the token is the only authority, and no page of others knows it
        save_session=False,
        max_content_length=_body_limit,
    )
    def upload(self, token, **post):
        """Show the page, take files, take one back or hand over what was taken."""
        link, seconds = self._link(token)
        if not link:
            return self._no_link(seconds)
        error, status = "", 200
        if request.httprequest.method == "POST":
            error = self._act(link, post)
            status = 422 if error else 200
        if "application/json" in request.httprequest.headers.get("Accept", ""):
            files = link._page_values()["files"]
            return private(
                request.make_json_response({"error": error, "files": files}, status=status)
            )
        if request.httprequest.method == "POST" and not error:
            return private(request.redirect(ROUTE + token, 303))
        page = self._page(link, error=error, typed=post.get("text", "") if error else "")
        page.status_code = status
        return page

    def _link(self, token):
        """Return (link, seconds to wait): wrong tokens are counted by address, as wrong codes."""
        link = request.env["hotline.upload.link"]._by_token(token)
        if link:
            return link, 0
        # sudo: visitors have no rights; the counter checks for itself
        attempts = request.env["hotline.status.attempt"].sudo()
        return link, attempts._admit(token[:60], request.httprequest.remote_addr)

    def _act(self, link, post):
        """Do what the form asks; return what was refused, in words, "" for nothing."""
        try:
            with request.env.cr.savepoint():
                if post.get("drop", "").isdecimal():
                    link._drop(int(post["drop"]))
                for file in request.httprequest.files.getlist("files"):
                    if file.filename:
                        file.seek(0)  # a request tried anew after a collision
                        link._take(file.filename, file.read())
                if post.get("done"):
                    link._hand_over(post.get("text"), bool(post.get("is_final")))
        except UserError as refusal:
            link.invalidate_recordset()
            return str(refusal)
        return ""

    def _page(self, link, **values):
        values = {
            "page_name": "upload",
            "link": link._page_values(),
            "action": request.httprequest.path,
            **values,
        }
        return private(request.render("gov_hotline_channels.upload_page", values))

    def _no_link(self, seconds):
        wait_text = request.env["hotline.status"]._wait_text(seconds) if seconds else False
        values = {"page_name": "upload", "link": None, "wait_text": wait_text}
        response = private(request.render("gov_hotline_channels.upload_page", values))
        response.status_code = 429 if seconds else NotFound.code
        if seconds:
            response.headers["Retry-After"] = str(seconds)
        return response


def private(response):
    """Return `response` kept out of caches, indexes and the referrers of other pages."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
