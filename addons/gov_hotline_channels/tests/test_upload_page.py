import os

from odoo.tests import HttpCase, tagged

from odoo.addons.gov_hotline.models.hotline_status_attempt import HotlineStatusAttempt

from .test_upload_link import PDF, TOKEN, UploadCommon

JSON = {"Accept": "application/json"}


@tagged("post_install", "-at_install")
class TestUploadPage(UploadCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # counted in a transaction of its own, which a test may not commit
        self.counted = []

        def _admit(attempts, number, address):
            self.counted.append((number, address))
            return 90 if len(self.counted) > 3 else 0

        self.patch(HotlineStatusAttempt, "_admit", _admit)

    def _post(self, token, files=(), accept=True, **data):
        sent = [("files", (name, body, "application/octet-stream")) for name, body in files]
        headers = JSON if accept else {}
        return self.url_open(
            TOKEN + token, data=data or None, files=sent or None, headers=headers,
            method="POST", timeout=60, allow_redirects=accept,
        )  # fmt: skip

    def test_page(self):
        """No login, no word of the case but its number, no cache, no referrer, no index."""
        _link, token = self._sent()
        page = self.url_open(TOKEN + token)
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.case.number, page.text)
        self.assertIn("Передача файлов", page.text)
        for word in ("Иванова", "батареи", "Ленина"):
            self.assertNotIn(word, page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", page.headers["Cache-Control"])
        self.assertIn("noindex", page.headers["X-Robots-Tag"])

    def test_handed_over(self):
        """Files one by one, a wrong one taken back, then handed over: the officer has them."""
        _link, token = self._sent()
        taken = self._post(token, [("ответ.pdf", PDF)])
        self.assertEqual((taken.status_code, taken.json()["error"]), (200, ""))
        refused = self._post(token, [("вирус.pdf", b"MZ")])
        self.assertEqual(refused.status_code, 422)
        self.assertIn("вирус.pdf", refused.json()["error"])
        wrong = self._post(token, [("не то.pdf", PDF)]).json()["files"][-1]
        self.assertEqual(len(self._post(token, drop=wrong["id"]).json()["files"]), 1)
        done = self._post(token, accept=False, done="1", text="Готово", is_final="1")
        self.assertEqual(done.status_code, 303)
        answer = self.assignment.answer_ids
        self.assertEqual((answer.text, answer.attachment_ids.name), ("Готово", "ответ.pdf"))
        self.assertIn("Файлы переданы", self.url_open(TOKEN + token).text)
        self.assertEqual(self._post(token, [("ещё.pdf", PDF)]).status_code, 422)

    def test_a_used_link_says_so(self):
        """A second tab: what it sends is not taken, and the page does not thank for it."""
        link, token = self._sent()
        self._post(token, [("ответ.pdf", PDF)])
        for _click in range(2):
            done = self._post(token, accept=False, done="1", text="Готово")
            self.assertEqual(done.status_code, 303)
        for files, data in (
            ([("ещё.pdf", PDF)], {"done": "1"}),
            ((), {"done": "1", "text": "Ещё"}),
        ):
            page = self._post(token, files, accept=False, **data)
            self.assertEqual(page.status_code, 422)
            self.assertIn("Эта ссылка уже использована", page.text)
            self.assertNotIn("Спасибо", page.text)
        self.assertEqual(link.attachment_ids.mapped("name"), ["ответ.pdf"])

    def test_without_a_script(self):
        """The plain form sends several at once; what is refused is said on the page."""
        link, token = self._sent()
        sent = self._post(token, [("а.pdf", PDF), ("б.pdf", PDF + b"2")], accept=False)
        self.assertEqual(sent.status_code, 303)
        self.assertEqual(link.attachment_ids.sorted("id").mapped("name"), ["а.pdf", "б.pdf"])
        page = self._post(token, [("в.exe", b"MZ")], accept=False)
        self.assertIn("в.exe", page.text)
        self.assertFalse(self.assignment.answer_ids)

    def test_a_large_file(self):
        """60 MB over HTTP, bytes as they were sent; a body over the room is not even read."""
        link, token = self._sent()
        body = b"%PDF-1.4 " + os.urandom(1024) * (60 * 1024)
        taken = self._post(token, [("том 1.pdf", body)])
        self.assertEqual((taken.status_code, taken.json()["error"]), (200, ""))
        self.assertEqual(link.attachment_ids.raw, body)
        link._write_by_act({"megabytes": 61})
        self.assertEqual(self._post(token, [("том 2.pdf", body[: 3 * 2**20])]).status_code, 413)
        self.assertEqual(len(link.attachment_ids), 1)

    def test_a_wrong_link(self):
        """404, then 429; no body of size is read for it."""
        statuses = [self.url_open(f"{TOKEN}guess{n}").status_code for n in range(5)]
        self.assertEqual(statuses, [404, 404, 404, 429, 429])
        self.assertEqual({number for number, _address in self.counted[:2]}, {"guess0", "guess1"})
        large = self._post("guess", [("ответ.pdf", PDF + b"0" * 2**20)])
        self.assertEqual(large.status_code, 413)

    def test_on_a_phone(self):
        """A browser of 360 px: a file with progress, nothing wider than the page."""
        link, token = self._sent()
        code = """
            (async () => {
                const wait = async (what) => {
                    for (let n = 0; n < 200; n++) {
                        if (what()) { return; }
                        await new Promise((r) => setTimeout(r, 50));
                    }
                    throw new Error("not seen: " + what);
                };
                await wait(() => document.querySelector(".o_upload_plain.d-none"));
                if (document.scrollingElement.scrollWidth > window.innerWidth) {
                    throw new Error("wider than the phone");
                }
                const input = document.querySelector("input[type=file]");
                const chosen = new DataTransfer();
                chosen.items.add(new File(["MZ bad"], "плохой.pdf"));
                input.files = chosen.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
                const line = ".o_upload_line:not(.d-none) .o_refusal";
                await wait(() => /плохой/.test(document.querySelector(line)?.textContent));
                console.log("test successful");
            })().catch((error) => console.error(error.message));
        """
        self.browser_size = "360x740"
        self.browser_js(TOKEN + token, code, timeout=60)
        self.assertFalse(link.attachment_ids)
