from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import IncomingCommon, letter
from .test_upload_link import UploadCommon

ADDRESS = "pelageya.walk@citizen.example"
TEXTS = ("char", "text", "html", "selection")


class HiddenCommon:
    def _told(self, record):
        """Return all texts of `record` that its user reads; a refused field tells nothing."""
        told = []
        for name in record.fields_get():
            if record._fields[name].type not in TEXTS:
                continue
            try:
                told.append(str(record.read([name])[0][name]))
            except AccessError:
                continue
        return told


@tagged("post_install", "-at_install")
class TestHiddenLetters(HiddenCommon, IncomingCommon):
    """B4: the auditor, who answers nobody, reads a sender's address in part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        raw = letter(From=f"Пелагея <{ADDRESS}>", Cc=f"x{ADDRESS}", Subject="Вода")
        cls.mail = cls._read(raw)
        why = f"{ADDRESS} is not the address that the letter went to."
        cls.mail._write_by_act({"why": why, "faults": f"Inside: {ADDRESS}", "last_error": ADDRESS})
        cls.bare = cls._read(letter(From=ADDRESS, Subject=""))
        cls.env.flush_all()

    def test_walk(self):
        """B4: no text of a letter tells the auditor the address; the officer reads it whole."""
        for mail in (self.mail, self.bare):
            self.env.invalidate_all()
            told = self._told(mail.with_user(self.auditor))
            self.assertGreater(len(told), 10)
            self.assertNotIn("pelageya.walk@", "\n".join(told))
            self.env.invalidate_all()
            self.assertIn(ADDRESS, self._told(mail.with_user(self.officer)))

    def test_what_is_shown_in_its_place(self):
        self.env.invalidate_all()
        mail = self.mail.with_user(self.auditor)
        self.assertEqual(mail.from_part, "p•••@citizen.example")
        self.assertEqual(
            mail.why_shown, "p•••@citizen.example is not the address that the letter went to."
        )
        self.env.invalidate_all()
        self.assertEqual(self.mail.with_user(self.officer).why_shown, self.mail.why)
        self.assertEqual(self.bare.with_user(self.auditor).display_name, "p•••@citizen.example")

    def test_no_road_tells_it(self):
        """B4: neither search, order, group nor export."""
        mails = self.env["hotline.incoming.mail"].with_user(self.auditor)
        self.auditor.group_ids += self.env.ref("base.group_allow_export")
        for name in ("from_address", "to_addresses", "headers", "why", "faults", "last_error"):
            roads = (
                lambda n=name: mails.search([(n, "ilike", "pelageya")]),
                lambda n=name: mails.search([], order=n),
                lambda n=name: mails.formatted_read_group([], [n], ["__count"]),
                lambda n=name: mails.browse(self.mail.id).export_data([n]),
            )
            for road in roads:
                with self.subTest(name=name), self.assertRaises(AccessError):
                    road()

    def test_the_whole_leaves_a_line(self):
        """B4: the button shows it and notes the look; so does the file as it came."""
        mail = self.mail.with_user(self.auditor)
        shown = mail.action_show_hidden()
        self.assertIn(ADDRESS, shown["params"]["message"])
        self.mail.raw_id.with_user(self.auditor).read(["raw"])
        self.env.flush_all()
        looks = self.env["hotline.sight"].search(
            [("model", "=", mail._name), ("res_ref", "=", mail.id)]
        )
        self.assertEqual(set(looks.mapped("kind")), {"revealed", "downloaded"})
        self.assertEqual(set(looks.mapped("user_ref")), {self.auditor.id})
        self.assertEqual(set(looks.mapped("subject")), {mail._name})

    def test_screens(self):
        """B4: both forms of the list and the form open for the two roles."""
        for user in (self.auditor, self.officer):
            self.env.invalidate_all()
            mails = self.env["hotline.incoming.mail"].with_user(user)
            arches = [mails.get_view(view_type=kind)["arch"] for kind in ("list", "form", "search")]
            whole = 'name="from_address"' in arches[0]
            self.assertEqual(whole, user == self.officer)
            self.assertEqual('name="from_part"' in arches[1], not whole)


@tagged("post_install", "-at_install")
class TestHiddenLinks(HiddenCommon, UploadCommon):
    """B4: where a link for large files went, in part for the auditor."""

    def test_walk(self):
        """B4: the address stands in no text of a link; the officer reads it whole."""
        link, _token = self._sent()
        self.env.invalidate_all()
        told = self._told(link.with_user(self.auditor))
        self.assertNotIn("otvet@", "\n".join(told))
        self.assertIn("o•••@teploset.example", told)
        self.env.invalidate_all()
        self.assertIn("otvet@teploset.example", self._told(link.with_user(self.officer)))
