from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import ROLES, HotlineCommon


@tagged("post_install", "-at_install")
class TestAuthority(HotlineCommon):
    """Practice 11: who signs by which order, from when to when, also acting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._hotline_today()
        cls.head = cls.env["hotline.authority"].create(
            {"name": "Кузнецов В. А.", "position": "Начальник", "may_decide": True}
        )

    def test_words_of_an_acting_head(self):
        acting = self.head.copy(
            {"is_acting": True, "position": "начальника", "order_number": "15",
             "order_date": "2026-01-10"}
        ).with_context(lang="ru_RU")  # fmt: skip
        self.assertEqual(acting._authority_text(), "И. о. начальника, приказ № 15 от 10.01.2026")

    def test_the_users_own_authority_is_proposed(self):
        Authority = self.env["hotline.authority"].with_user(self.officer)
        company = self.env.company
        self.assertEqual(Authority._proposed(company, "sign", self.today), self.head)
        own = self.head.copy({"user_id": self.officer.id, "name": "Петрова"})
        self.assertEqual(Authority._proposed(company, "sign", self.today), own)
        own.valid_to = self.today - timedelta(days=1)
        self.assertEqual(Authority._proposed(company, "sign", self.today), self.head)
        self.assertFalse(Authority._proposed(company, "extend", self.today))

    def test_the_card_of_a_user_is_the_users(self):
        own = self.head.copy({"user_id": self.officer.id})
        self.assertEqual(own.partner_id, self.officer.partner_id)

    def test_dates_and_rights_make_sense(self):
        for vals in (
            {"valid_from": "2026-02-01", "valid_to": "2026-01-01"},
            {"may_sign": False, "may_decide": False},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self.head.copy(vals)

    def test_the_signature_is_a_snapshot(self):
        ticket = self._registered().with_user(self.officer)
        notice = ticket._new_notice("registration")
        self.head.name = "Другой"
        self.assertEqual(notice.signer_name, "Кузнецов В. А.")

    def test_roles(self):
        for role in ROLES:
            mine = self.head.with_user(getattr(self, role))
            self.assertEqual(mine.has_access("write"), role == "administrator", role)
            self.assertEqual(mine.has_access("read"), role not in ("executor", "press"), role)
        with self.assertRaises(AccessError):
            self.head.with_user(self.officer).may_extend = True
