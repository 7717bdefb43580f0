from lxml import etree

from odoo.tests import tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestDispositions(HotlineCommon):
    def test_those_of_the_system_are_shown(self):
        """The administrator sees which ones nobody chooses, and does not change that by hand."""
        dispositions = self.env["hotline.disposition"].with_user(self.administrator)
        shown = etree.fromstring(dispositions.get_view(view_type="list")["arch"])
        [column] = shown.xpath("//field[@name='by_system']")
        self.assertTrue(column.get("readonly"))
        self.assertFalse(column.get("optional"))
