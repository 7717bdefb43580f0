import io
from base64 import b64encode

from PIL import Image

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import KnowledgeCommon

FORM = b"%PDF-1.4 form"
SAMPLE = b"%PDF-1.4 sample"


def picture(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


class FilesCommon(KnowledgeCommon):
    def _step(self):
        Step = self.env["tier.definition"].with_user(self.administrator)
        self.env.invalidate_all()  # whether a step is needed was known before
        Step.with_context(default_hotline_kb=True).create(
            {
                "name": "Руководитель", "review_type": "individual",
                "reviewer_id": self.approver.id,
            }
        )  # fmt: skip

    def _attach(self, page, name="Заявление.pdf", content=FORM, user=None, **vals):
        writer = page.with_user(user or self.officer)
        writer.file_ids = [Command.create({"name": name, "content": b64encode(content), **vals})]
        return page.file_ids.sorted("id")[-1]

    def _public(self, **vals):
        page = self._article("Субсидия", "<p>Положена.</p>", publish=False, audience="both", **vals)
        self._attach(page, title="Бланк заявления")
        page.with_user(self.administrator).action_publish()
        return page


@tagged("post_install", "-at_install")
class TestFiles(FilesCommon):
    """A2, C6: forms and samples go with the version of an article, approved as its text is."""

    def test_a_file_is_fixed_as_it_was_sent(self):
        """A2: what was attached after sending, or changed in it, is not given out."""
        self._step()
        page = self.draft
        file = self._attach(page)
        page.with_user(self.officer).action_send_for_approval()
        version = page.awaiting_version_id
        shown = version.with_user(self.approver).file_ids
        self.assertEqual([b64encode(FORM)], [one.content for one in shown])
        file.with_user(self.officer).content = b64encode(SAMPLE)
        self._attach(page, "Поздний.pdf")
        version.with_user(self.approver).action_approve()
        given = page.with_user(self.operator).published_file_ids
        self.assertEqual(given.mapped("name"), ["Заявление.pdf"])
        self.assertEqual(given.content, b64encode(FORM))
        self.assertTrue(page.has_changes)

    def test_nobody_changes_what_was_sent(self):
        page = self._public()
        for user in (self.officer, self.administrator, self.operator, self.approver):
            file = page.version_id.file_ids.with_user(user)
            with self.subTest(user=user.login):
                for act in (
                    lambda one: one.write({"content": b64encode(SAMPLE)}),
                    lambda one: one.write({"name": "Иное.pdf"}),
                    lambda one: one.unlink(),
                    lambda one: one.create(
                        {"version_id": page.version_id.id, "name": "a.pdf",
                         "content": b64encode(FORM)}
                    ),
                ):  # fmt: skip
                    with self.assertRaises(AccessError):
                        act(file)
                kept = self.env["ir.attachment"].sudo().search(
                    [("res_model", "=", file._name), ("res_id", "=", file.id),
                     ("res_field", "=", "content")]
                )  # fmt: skip
                self.assertTrue(kept)
                with self.assertRaises(AccessError):
                    kept.with_user(user).write({"raw": SAMPLE})

    def test_the_approver_is_told_of_files(self):
        """A2: «What changed» names files that came, went and were replaced."""
        page = self._public()
        self._step()
        page.file_ids.with_user(self.officer).content = b64encode(SAMPLE)
        self._attach(page, title="Образец <заполнения>")
        page.with_user(self.officer).action_send_for_approval()
        told = page.awaiting_version_id.with_user(self.approver).with_context(lang="ru_RU")
        self.assertIn("Файл заменён:</strong> Бланк заявления", told.difference)
        self.assertIn("Файл добавлен:</strong> Образец &lt;заполнения&gt;", told.difference)
        page.awaiting_version_id.with_user(self.approver).action_approve()
        page.with_user(self.officer).file_ids.filtered("title")[0].unlink()
        page.with_user(self.officer).action_send_for_approval()
        told = page.awaiting_version_id.with_user(self.approver).with_context(lang="ru_RU")
        self.assertIn("Файл убран:</strong> Бланк заявления", told.difference)

    def test_a_file_alone_is_a_change(self):
        self.assertFalse(self.heating.has_changes)
        file = self._attach(self.heating)
        self.assertTrue(self.heating.has_changes)
        file.with_user(self.officer).unlink()
        self.assertFalse(self.heating.has_changes)

    def test_drafts_are_their_writers_alone(self):
        """A2: readers see files of what is shown, by rights; after a withdrawal none."""
        page = self._public()
        draft, shown = page.file_ids, page.version_id.file_ids
        for role in ("operator", "supervisor", "press", "approver", "auditor", "executor"):
            user = getattr(self, role)
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    draft.with_user(user).read(["name"])
                self.assertEqual(
                    page.with_user(user).published_file_ids.mapped("size"), [len(FORM)]
                )
        page.with_user(self.administrator).action_withdraw()
        for role in ("operator", "supervisor", "press", "executor"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                shown.with_user(getattr(self, role)).read(["name"])
        self.assertTrue(shown.with_user(self.auditor).read(["name"]))

    def test_what_is_not_taken(self):
        """Bad input: programmes, pages, empty and large files, too many, told which are taken."""
        page = self.draft
        for name, content in (
            ("a.exe", b"MZ.."), ("a.pdf", b"MZ.."), ("a.html", b"<html>"), ("a.svg", b"<svg>"),
            ("a.pdf", b"<script>x()</script>"), ("a.zip", b"PK\x05\x06" + bytes(18)), ("a", FORM),
            ("a.pdf", b"%PDF" + b"x" * 21_000_000),
        ):  # fmt: skip
            with self.subTest(name=name), self.assertRaises(UserError):
                self._attach(page, name, content)
        with self.assertRaises(UserError) as told:
            self._attach(page, "a.exe", b"MZ..")
        self.assertIn("docx", str(told.exception))
        for vals in ({"title": "щ" * 201}, {"name": f"{'щ' * 200}.pdf"}):
            with self.subTest(vals=list(vals)), self.assertRaises(UserError):
                self._attach(page, **vals)
        with self.assertRaises(UserError):
            page.with_user(self.officer).file_ids = [
                Command.create({"name": "a.pdf", "content": "щ"})
            ]
        self.env.company.hotline_file_count = 1
        self._attach(page)
        with self.assertRaises(UserError):
            self._attach(page)

    def test_two_who_attach_at_once(self):
        """Bad input: files are the draft's: who has not seen the newer draft is told."""
        self._attach(self.draft)
        base = self.draft.draft_revision
        self.draft.with_user(self.administrator).write({"part_how": "Иначе.", "draft_base": base})
        with self.assertRaises(UserError):
            self.draft.with_user(self.officer).write(
                {"file_ids": [Command.clear()], "draft_base": base}
            )

    def test_an_operator_sees_them_beside_a_talk(self):
        """A2: the article opened in a call gives its files."""
        self._public()
        [found] = self._pages().search_text("субсидия")
        self.assertEqual(
            [(one["title"], one["kind"]) for one in found["files"]],
            [("Бланк заявления", "PDF, 1 КБ")],
        )


@tagged("post_install", "-at_install")
class TestFilesOnSite(FilesCommon, HttpCase):
    """C6: citizens get the files of what they are shown, and no other."""

    def _is_refused(self, path, secret=FORM):
        with mute_logger("odoo.http"):  # refusals are logged
            answer = self.url_open(path, allow_redirects=False)
        self.assertNotIn(secret, answer.content, path)

    def test_a_stranger_downloads(self):
        page = self._public()
        file = page.version_id.file_ids
        text = self.url_open(f"/hotline/help/{page.id}").text
        self.assertIn("Бланк заявления", text)
        answer = self.url_open(f"/hotline/help/{page.id}/file/{file.id}")
        self.assertEqual(answer.content, FORM)
        self.assertRegex(answer.headers["Content-Disposition"], "^attachment")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("no-store", answer.headers["Cache-Control"])

    def test_internal_and_withdrawn_files_are_refused(self):
        """Bad input: by id, by token, by guess, of a draft, of an old version, of another body."""
        page = self._public()
        other = self._public()
        old = page.version_id.file_ids
        draft = page.file_ids
        draft.with_user(self.officer).content = b64encode(SAMPLE)
        page.with_user(self.administrator).action_publish()
        own = f"/hotline/help/{page.id}/file"
        self.assertEqual(self.url_open(f"{own}/{page.version_id.file_ids.id}").content, SAMPLE)
        citizen = new_test_user(self.env, "citizen-files", groups="base.group_portal")
        paths = [f"{own}/{old.id}", f"{own}/{draft.id}", f"{own}/{other.version_id.file_ids.id}"]
        paths += self._by_every_way(old | page.version_id.file_ids) + self._by_every_way(draft)
        for secret in (FORM, SAMPLE):
            for login in (None, citizen.login):
                self.authenticate(login, login)
                for path in paths:
                    with self.subTest(path=path, login=login):
                        self._is_refused(path, secret)
        for change in ({"audience": "internal"}, {"valid_to": "2020-01-01"}, {"active": False}):
            shown = self._public()
            shown.sudo().write(change)
            with self.subTest(change=change):
                self._is_refused(f"/hotline/help/{shown.id}/file/{shown.version_id.file_ids.id}")
        other.with_user(self.administrator).action_withdraw()
        self._is_refused(f"/hotline/help/{other.id}/file/{other.version_id.file_ids.id}")

    def _by_every_way(self, files):
        paths = []
        for file in files:
            kept = self.env["ir.attachment"].search(
                [("res_model", "=", file._name), ("res_id", "=", file.id),
                 ("res_field", "=", "content")]
            )  # fmt: skip
            [token] = kept.generate_access_token()
            ways = (f"{file._name}/{file.id}/content", f"{kept.id}")
            tokens = ("", f"?access_token={token}", f"?access_token={kept._get_raw_access_token()}")
            paths += [f"/web/{kind}/{way}{add}" for kind in ("content", "image") for way in ways
                      for add in tokens]  # fmt: skip
        return paths

    def test_an_operator_downloads(self):
        file = self._public().version_id.file_ids
        self.authenticate(self.operator.login, self.operator.login)
        answer = self.url_open(f"/web/content/{file._name}/{file.id}/content?download=true")
        self.assertEqual(answer.content, FORM)


@tagged("post_install", "-at_install")
class TestPictures(FilesCommon, HttpCase):
    """A2, C6: a picture's address serves what citizens are shown today, whatever its token says."""

    def setUp(self):
        super().setUp()
        self.page = self._article("Схема", "<p>Пока пусто.</p>", audience="both")
        self.picture, self.address = self._picture(self.page.id)
        self._show(f'<p>Схема проезда<img src="{self.address}"></p>')

    def _picture(self, res_id, colour="red"):
        made = self.env["ir.attachment"].with_user(self.officer).create(
            {"name": "a.png", "raw": picture(colour), "res_model": "document.page",
             "res_id": res_id}
        )  # fmt: skip
        return made, f"/web/image/{made.id}?access_token={made.generate_access_token()[0]}"

    def _show(self, html):
        self.page.with_user(self.administrator).write(
            {"content": html, "draft_base": self.page.draft_revision}
        )
        self.page.with_user(self.administrator).action_publish()

    def _is_served(self, address=None, picture_of=None):
        with mute_logger("odoo.http"):
            told = self.url_open(address or self.address)
        return told.content == (picture_of or self.picture).raw

    def test_it_is_served_while_it_is_shown(self):
        self.assertIn(
            self.address.split("?")[0], self.url_open(f"/hotline/help/{self.page.id}").text
        )
        self.assertTrue(self._is_served())
        self.assertTrue(self._is_served(self.address.replace("image", "content")))

    def test_after_a_withdrawal(self):
        """Bad input: the address was kept; the article is withdrawn, internal, out of date."""
        for change in ("withdrawn", {"audience": "internal"}, {"valid_to": "2020-01-01"},
                       {"active": False}):  # fmt: skip
            with self.subTest(change=change), self.env.cr.savepoint() as point:
                if change == "withdrawn":
                    self.page.with_user(self.administrator).action_withdraw()
                else:
                    self.page.sudo().write(change)
                token = self.picture._get_raw_access_token()
                for address in (
                    self.address, self.address.replace("image", "content"),
                    f"/web/image/{self.picture.id}/a.png?{self.address.split('?')[1]}&unique=1",
                    f"/web/content/{self.picture.id}?access_token={token}",
                ):  # fmt: skip
                    self.assertFalse(self._is_served(address), address)
                point.close(rollback=True)
                self.env.invalidate_all()

    def test_of_an_old_version(self):
        """Bad input: the picture was taken out of the text: its address serves no more."""
        other, address = self._picture(self.page.id, "blue")
        self._show(f'<p>Новая схема<img src="{address}"></p>')
        self.assertFalse(self._is_served())
        self.assertTrue(self._is_served(address, other))
        draft, address = self._picture(self.page.id, "green")
        self.page.with_user(self.administrator).write({"content": f'<img src="{address}">'})
        self.assertFalse(self._is_served(address, draft))

    def test_shown_by_another_article(self):
        self._article("Иная", f'<p>Схема<img src="{self.address}"></p>', audience="both")
        self.page.with_user(self.administrator).action_withdraw()
        self.assertTrue(self._is_served())

    def test_employees_and_citizens_with_an_account(self):
        self.page.with_user(self.administrator).action_withdraw()
        citizen = new_test_user(self.env, "citizen-pictures", groups="base.group_portal")
        self.authenticate(citizen.login, citizen.login)
        self.assertFalse(self._is_served())
        self.authenticate(self.officer.login, self.officer.login)
        self.assertTrue(self._is_served())

    def test_a_picture_of_a_new_article_becomes_its_own(self):
        """A2: put in before the first save, it is read by the article's readers."""
        loose, address = self._picture(False)
        page = (
            self.env["document.page"]
            .with_user(self.officer)
            .create({"name": "Новая", "content": f'<p>x<img src="{address}"></p>'})
        )
        self.assertEqual(loose.res_id, page.id)

    def test_an_approved_picture_is_not_changed(self):
        """A2: nothing gets past the approval: the bytes of a shown picture stay."""
        mine = self.picture.with_user(self.officer)
        for act in (lambda: mine.write({"raw": picture("blue")}), mine.unlink):
            with self.assertRaises(UserError):
                act()
        loose = self._picture(self.page.id)[0]
        loose.with_user(self.officer).unlink()
