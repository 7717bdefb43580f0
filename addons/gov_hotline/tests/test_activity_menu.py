from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestActivityMenu(HotlineCommon):
    def test_the_menu_of_activities_opens_what_it_counts(self):
        """B8: without the filters that it names, it opens all cases there are."""
        names = ("filter_activities_my", "activities_overdue", "activities_today")
        arch = etree.fromstring(self.env["helpdesk.ticket"].get_view(view_type="search")["arch"])
        filters = {one.get("name"): one.get("domain") for one in arch.iter("filter")}
        case = self._registered().with_user(self.officer)
        self._registered()
        activity = {"act_type_xmlid": "mail.mail_activity_data_todo", "summary": "Просрочено"}
        case.activity_schedule(user_id=self.officer.id, **activity)
        tickets = self.env["helpdesk.ticket"].with_user(self.officer)
        for name, found in zip(names, (case, tickets, case), strict=True):
            domain = safe_eval(filters[name], {"uid": self.officer.id})
            self.assertEqual(tickets.search(domain), found, name)
