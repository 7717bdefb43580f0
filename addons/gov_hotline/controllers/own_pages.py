"""What the pages of signed-in people share: they show own records only, to nobody else's cache."""

from odoo.fields import Domain
from odoo.http import content_disposition, request
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.portal.controllers.portal import pager as portal_pager


def private(response):
    """Return `response` kept out of every cache but memory."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def render(template, values):
    """Return the page of `template`, for one person's eyes."""
    return private(request.render(template, values))


def own_record(records, own, record_id):
    """Return the one of `records` within the domain `own`; 404 for others and absent ones alike."""
    found = records.search(own & Domain("id", "=", record_id), limit=1)
    if not found:
        raise request.not_found()
    return found


def own_file(files, file_id):
    """Return the download of the one of `files` with this id; 404 for any other."""
    file = files.filtered(lambda file: file.id == file_id)
    if not file:
        raise request.not_found()
    stream = request.env["ir.binary"]._get_stream_from(file)
    return private(stream.get_response(as_attachment=True))


def own_bytes(name, content):
    """Return the download of `content` under `name`."""
    headers = [
        ("Content-Type", guess_mimetype(content, default="application/octet-stream")),
        ("Content-Disposition", content_disposition(name)),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return private(request.make_response(content, headers))


def page_of(records, domain, order, *, url, page, size, **args):
    """Return (the records of one page of `size`, its pager); `args` go on in the pager's links."""
    pager = portal_pager(url, records.search_count(domain), page, size, url_args=args)
    found = records.search(domain, order=order, limit=size, offset=pager["offset"])
    return found, pager
