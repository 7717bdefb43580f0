"""HTML to PDF with WeasyPrint: the body's own files only, nothing from outside the perimeter."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html as lxml_html
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from odoo.tools.misc import file_path

# Resolves relative addresses; never connected to.
BASE_URL = "http://localhost.invalid/"
SHEETS = {"A4": "A4", "A3": "A3", "A5": "A5", "Letter": "letter", "Legal": "legal"}
RUNNING = """
    h1, h2, h3, h4, h5, h6 { bookmark-level: none }
    .article + .article, article + article { break-before: page }
    .hotline-header { position: running(hotline-header) }
    .hotline-footer { position: running(hotline-footer) }
    .hotline-footer .page::after { content: counter(page) }
    .hotline-footer .topage::after { content: counter(pages) }
    @page {
        @top-center { content: element(hotline-header); width: 100% }
        @bottom-center { content: element(hotline-footer); width: 100% }
    }
"""


@dataclass(frozen=True)
class Paper:
    """A sheet: size in CSS words, margins in mm."""

    size: str = "A4"
    landscape: bool = False
    margins: tuple[float, float, float, float] = (12, 12, 12, 12)

    @classmethod
    def from_format(cls, paperformat, landscape=False):
        """Read Odoo's `report.paperformat` (may be empty)."""
        if not paperformat:
            return cls(landscape=bool(landscape))
        size = SHEETS.get(paperformat.format, "A4")
        if paperformat.format == "custom" and paperformat.page_width and paperformat.page_height:
            size = f"{paperformat.page_width}mm {paperformat.page_height}mm"
        sides = ("margin_top", "margin_right", "margin_bottom", "margin_left")
        return cls(
            size=size,
            landscape=bool(landscape) or paperformat.orientation == "Landscape",
            margins=tuple(paperformat[side] for side in sides),
        )

    def css(self):
        """Return the @page rule."""
        turned = " landscape" if self.landscape and "mm" not in self.size else ""
        margins = " ".join(f"{margin}mm" for margin in self.margins)
        return f"@page {{ size: {self.size}{turned}; margin: {margins} }}"


class LocalFetcher(URLFetcher):
    """Gives data URLs, static files of the add-ons and Odoo's own bundles; nothing else."""

    def __init__(self, env):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._env = env

    def fetch(self, url, headers=None):
        """Return the content of `url`. Raises ValueError for whatever is not local."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = unquote(urlsplit(url).path)
        if path.startswith("/web/assets/"):
            return self._response(url, path, self._bundle(path))
        return self._response(url, path, self._static(path))

    def _response(self, url, path, body):
        mimetype = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body, {"Content-Type": mimetype})

    def _static(self, path):
        """Return the bytes of /<add-on>/static/…; `file_path` keeps it inside the add-ons."""
        parts = path.strip("/").split("/")
        if len(parts) < 3 or parts[1] != "static" or ".." in parts:
            raise ValueError(f"Not a local file: {path}")
        try:
            return Path(file_path("/".join(parts))).read_bytes()
        except FileNotFoundError as error:
            raise ValueError(f"Not a local file: {path}") from error

    def _bundle(self, path):
        """Return one of Odoo's style bundles, made now where no browser has asked for it yet."""
        name, rtl, kind, autoprefix = self._env["ir.asset"]._parse_bundle_name(
            path.rpartition("/")[2], debug_assets=False
        )
        if kind != "css":
            raise ValueError(f"Not a stylesheet: {path}")
        # sudo: a bundle is public, its attachment is not readable by every role
        bundle = (
            self._env["ir.qweb"]
            .sudo()  # as above
            ._get_asset_bundle(name, css=True, js=False, rtl=rtl, autoprefix=autoprefix)
        )
        return bundle.css().raw


def render(bodies, *, fetcher, paper, header=None, footer=None):
    """Return one PDF of `bodies` (HTML texts); `header` and `footer` hold one part for each."""
    fonts = FontConfiguration()
    headers, footers = _parts(header, "headers"), _parts(footer, "footers")
    documents = []
    for index, body in enumerate(bodies):
        page = _with_running(body, headers[index : index + 1], footers[index : index + 1])
        own_page = "data-hotline-print" in body
        rules = RUNNING + ("" if own_page else paper.css())
        sheet = CSS(string=rules, font_config=fonts, url_fetcher=fetcher)
        html = HTML(string=page, base_url=BASE_URL, url_fetcher=fetcher)
        documents.append(html.render(stylesheets=[sheet], font_config=fonts))
    pages = [page for document in documents for page in document.pages]
    return documents[0].copy(pages).write_pdf()


def _parts(layout, which):
    """Return the single headers (or footers) that Odoo gathered into one document."""
    if not layout:
        return []
    root = lxml_html.fromstring(str(layout))
    holder = root.xpath(f"//div[@id='minimal_layout_report_{which}']")
    nodes = holder[0].getchildren() if holder else []
    return [lxml_html.tostring(node, encoding="unicode") for node in nodes]


def _with_running(body, header, footer):
    """Put header and footer where CSS takes them for the margins of every page."""
    if not header and not footer:
        return body
    running = "".join(f'<div class="hotline-header">{part}</div>' for part in header)
    running += "".join(f'<div class="hotline-footer">{part}</div>' for part in footer)
    before, tag, after = body.partition("<body")
    attributes, close, rest = after.partition(">")
    return before + tag + attributes + close + running + rest
