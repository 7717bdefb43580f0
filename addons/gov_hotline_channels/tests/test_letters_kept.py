from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.destruction_common import LATER, DestructionCommon

from .placing_common import PlacingCommon


@tagged("post_install", "-at_install")
class TestLettersKept(DestructionCommon, PlacingCommon):
    """Retention of letters that came in and were registered with no case."""

    def test_letters_that_were_not_registered(self):
        """B4: a rejected letter goes by an act of its kind, with its files; one that waits or is
        marked stays; every relation to letters is decided."""
        rejected = self._came(subject="Реклама-Проба", files=[("Реклама-Проба.txt", b"x")])
        waiting, marked = self._came(), self._came()
        for mail in (rejected, marked):
            mail.sudo()._write_by_act({"state": "rejected"})
        waiting.sudo()._write_by_act({"state": "quarantine"})
        context = marked.action_place_hold()["context"]
        holds = self.env["hotline.hold"].with_user(self.officer).with_context(**context)
        hold = holds.create({"reason": "Проверка прокуратуры, № 7-12"})
        self.assertIn(str(marked.id), hold.subject)
        with freeze_time(LATER):
            act = self._carry_out(self._approved(kind="incoming"))
        self.assertIn(rejected.id, act.line_ids.mapped("ticket_ref"))
        self.assertEqual((rejected | waiting | marked).exists(), waiting | marked)
        self.assertFalse(self._tables_with("Реклама-Проба"))
        self.assertFalse(self.env["hotline.case.graph"]._undeclared())
