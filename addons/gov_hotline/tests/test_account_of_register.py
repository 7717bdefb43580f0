from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestAccountOfRegister(ObjectsCommon):
    """D2: what a company's register says of an account is not rewritten by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.told = cls._account("5510-1", cls.flat, cls.company_one, external_key="5510-1")
        # who supervises and takes calls: holders are open to operators
        cls.supervisor.group_ids = [Command.link(cls.env.ref("gov_hotline.group_operator").id)]
        cls.own = cls._account("5510-2", cls.flat, cls.company_one)

    def _write(self, account, **vals):
        return account.with_user(self.supervisor).write(vals)

    def test_identity_is_the_registers(self):
        """D2: number, company, address, holder: refused in words, each of them."""
        changes = {
            "number": "5510-9",
            "provider_id": self.company_two.id,
            "object_id": self.other_flat.id,
            "holder_name": "Другая Анна",
        }
        for name, value in changes.items():
            with self.subTest(name), self.assertRaises(UserError) as refused:
                self._write(self.told, **{name: value})
            words = str(refused.exception)
            self.assertIn("5510-1", words)
            self.assertIn(self.company_one.name, words)
        self.assertEqual(self.told.number, "5510-1")

    def test_together_with_others(self):
        """D2: one of the register among several refuses all of them."""
        with self.assertRaises(UserError):
            self._write(self.own | self.told, provider_id=self.company_two.id)

    def test_what_is_left_to_people(self):
        """D2: closing, the citizen's card, the same values again: a form sends them."""
        same = {"number": "5510-1", "provider_id": self.company_one.id, "object_id": self.flat.id}
        self._write(self.told, state="closed", holder_id=self.citizen.id, **same)
        self.assertEqual((self.told.state, self.told.holder_id), ("closed", self.citizen))

    def test_an_account_made_by_hand(self):
        """D2: no register owns it."""
        self._write(self.own, number="5510-3", object_id=self.other_flat.id)
        self.assertEqual(self.own.number, "5510-3")
