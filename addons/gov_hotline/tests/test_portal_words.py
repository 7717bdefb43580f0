import re
from collections import deque
from urllib.parse import urljoin, urlsplit

from lxml import html

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .objects_common import ObjectsCommon

ROOTS = ("/my", "/hotline")
# Told by a file's name, an address of mail, what people typed: no words of the page.
NOT_WORDS = re.compile(r"(?i)\S+@\S+|https?://\S+|\S+\.(?:pdf|docx?|xlsx?|csv|jpe?g|png|zip)\b")
FORMATS = {"PDF", "DOCX", "DOC", "XLSX", "CSV", "JPG", "JPEG", "PNG", "ZIP", "RTF", "TXT", "ODT"}
ATTRIBUTES = ("title", "placeholder", "alt", "aria-label", "data-confirm")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’.]*[A-Za-z]")
ROMAN = re.compile(r"[IVXLC]+")  # «раздел XV»


def latin(page):
    """Return the Latin words that whoever looks at `page` (bytes) may read or hear."""
    tree = html.fromstring(page)
    for view in tree.xpath("//*[@id='totp_wizard_view']"):  # shown by a dialog, as words of XML
        view.getparent().replace(view, html.fromstring(view.text_content()))
    for hidden in tree.xpath("//script | //style | //head/*[not(self::title)] | //template"):
        hidden.drop_tree()
    told = [*tree.itertext()]
    told += [node.get(name) for name in ATTRIBUTES for node in tree.xpath(f"//*[@{name}]")]
    told += tree.xpath("//input[@type='submit' or @type='button']/@value")
    found = []
    for text in told:
        words = [
            word for word in LATIN.findall(NOT_WORDS.sub(" ", text)) if not ROMAN.fullmatch(word)
        ]
        if any(word.upper() not in FORMATS for word in words):
            found.append(" ".join(text.split()))
    return sorted(set(found))


@tagged("post_install", "-at_install")
class TestPortalWords(ObjectsCommon, HttpCase):
    """D3, A3: who signs in at the portal meets no English, wherever the home page leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.name = "Правительство края"
        cls._names_company(cls.house, cls.company_one)
        cls.citizen.hotline_kind = "citizen"
        cls._portal_user("житель", partner_id=cls.citizen.id)
        contact = cls.env["res.partner"].create({"name": "Петров", "parent_id": cls.company_one.id})
        cls._portal_user("компания", partner_id=contact.id)
        cls.env.flush_all()

    @classmethod
    def _portal_user(cls, login, **vals):
        new_test_user(
            cls.env, login=login, name=login, groups="base.group_portal", lang="ru_RU", **vals
        )

    def _walk(self, login):
        """Return {address: the Latin words of its page} from the home page on, by its links."""
        self.authenticate(login, login)
        seen, ways = {}, deque(["/my"])
        while ways:
            url = ways.popleft()
            if url in seen:
                continue
            with mute_logger("odoo.http"):
                page = self.url_open(url)
            if "text/html" not in page.headers.get("Content-Type", ""):
                continue
            self.assertEqual(page.status_code, 200, url)
            seen[url] = latin(page.content)
            links = html.fromstring(page.content).xpath("//a/@href")
            ways.extend(self._inside(url, links))
        return seen

    def _inside(self, url, links):
        for link in links:
            way = urlsplit(urljoin(url, link))
            if not way.netloc and way.path.startswith(ROOTS):
                yield f"{way.path}?{way.query}" if way.query else way.path

    def _refuse_latin(self, seen):
        self.assertEqual({url: words for url, words in seen.items() if words}, {})

    def test_a_citizen(self):
        """A3: own appeals, accounts, card, sign-in: every page is Russian."""
        seen = self._walk("житель")
        self.assertLessEqual({"/my", "/my/accounts", "/my/account", "/my/security"}, set(seen))
        self._refuse_latin(seen)

    def test_a_company(self):
        """D3: objects, cases, registers, card, sign-in: every page is Russian."""
        seen = self._walk("компания")
        self.assertLessEqual({"/my", "/my/objects", "/my/account", "/my/security"}, set(seen))
        self._refuse_latin(seen)

    def test_the_card_of_the_company(self):
        """D3: a company's person changes the own card, neither the company's nor a stranger's."""
        self.authenticate("компания", "компания")
        own = self.env["res.users"].search([("login", "=", "компания")]).partner_id
        told = {
            "name": "Петров П. П.",
            "email": "p@example.org",
            "phone": "+79765550001",
            "street": "ул. Ленина, д. 1",
            "city": "Озёрск",
            "zip": "699001",
            "country_id": self.env.ref("base.ru").id,
            "company_name": "Чужое имя",
            "vat": "7700000000",
            "csrf_token": http.Request.csrf_token(self),
        }
        told_name = self.company_one.name
        answer = self.url_open("/my/address/submit", data={**told, "partner_id": own.id})
        self.assertEqual(answer.json(), {"redirectUrl": "/my"})
        self.assertEqual(own.name, "Петров П. П.")
        self.assertEqual((self.company_one.name, self.company_one.vat), (told_name, False))
        with mute_logger("odoo.http"):
            for other in (self.company_one.id, self.citizen.id, ""):
                told |= {"name": "Не я", "partner_id": other}
                self.assertEqual(self.url_open("/my/address/submit", data=told).status_code, 403)
        self.assertNotIn("Не я", (self.company_one | self.citizen).mapped("name"))
