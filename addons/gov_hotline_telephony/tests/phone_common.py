import json

from odoo import fields

from odoo.addons.bus.models.bus import channel_with_db, json_dump
from odoo.addons.gov_hotline.tests.common import HotlineCommon


class PhoneCommon(HotlineCommon):
    """A PBX that is connected, a queue, and telephones of two operators and the supervisor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._new_role_user("operator", "press")
        cls.queue = cls.env["hotline.queue"].create(
            {"name": "Горячая линия", "code": "hotline", "line_id": cls.line.id}
        )
        cls.pbx = cls.env["hotline.pbx"].create(
            {
                "name": "АТС",
                "code": "main",
                "new_secret": "ami-secret",
                "caller_id": "+78435550101",
                "queue_ids": cls.queue.ids,
            }
        )
        cls.pbx.sudo().state = "online"
        cls.phones = {
            number: cls._telephone(number, user)
            for number, user in (
                ("101", cls.operator),
                ("102", cls.second),
                ("109", cls.supervisor),
            )
        }
        cls.lunch = cls.env.ref("gov_hotline.pause_reason_lunch")

    @classmethod
    def _telephone(cls, number, user=None, **vals):
        return cls.env["hotline.pbx.extension"].create(
            {
                "pbx_id": cls.pbx.id,
                "number": number,
                "interface": f"PJSIP/{number}",
                "user_id": user.id if user else False,
                **vals,
            }
        )

    def _handset(self, user=None):
        user = user or self.operator
        return self.env["hotline.handset"].with_user(user).with_context(lang=user.lang)

    def _talk(self, user=None, **vals):
        """Return a call in which the citizen talks with `user`, as the connector wrote it."""
        user = user or self.operator
        number = self.env["hotline.call"].sudo().search_count([])
        call = self.env["hotline.call"].create(
            {
                "phone": "+79135550101",
                "source": "pbx",
                "operator_id": user.id,
                "line_id": self.line.id,
                "pbx_id": self.pbx.id,
                "linkedid": f"16.{number}",
                "phase": "talking",
                "answered_at": fields.Datetime.now(),
                **vals,
            }
        )
        self._leg(call, "citizen", f"16.{number}")
        self._leg(call, "operator", f"17.{number}")
        return call

    def _leg(self, call, role, uniqueid, **vals):
        return self.env["hotline.call.leg"].create(
            {
                "call_id": call.id,
                "role": role,
                "uniqueid": uniqueid,
                "answered_at": fields.Datetime.now(),
                **vals,
            }
        )

    def _commands(self, *kinds):
        """Return [(kind, payload)] of the commands made, oldest first."""
        found = self.env["hotline.pbx.command"].sudo().search([], order="id")
        return [(one.kind, one.payload) for one in found if not kinds or one.kind in kinds]

    def _sent(self):
        """Return [(channel, type, payload)] of what waits to be sent to browsers."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].sudo().search([], order="id")
        sent = [(one.channel, json.loads(one.message)) for one in messages]
        messages.unlink()
        return [
            (channel, message["type"], message["payload"])
            for channel, message in sent
            if message["type"].startswith("gov_hotline.")
        ]

    def _channel(self, user):
        return json_dump(channel_with_db(self.env.cr.dbname, user.partner_id))
