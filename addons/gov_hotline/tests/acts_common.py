from datetime import timedelta

from .common import HotlineCommon


class ActsCommon(HotlineCommon):
    """A head who may extend and sign, the head's substitute, and shorthands for the acts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.env["hotline.authority"].create(
            {
                "user_id": cls.approver.id,
                "name": "Орлов И. И.",
                "position": "руководитель",
                "order_number": "12-к",
                "may_sign": True,
                "may_extend": True,
            }
        )
        cls.today = cls.env.company._hotline_today()

    @classmethod
    def _case(cls, **vals):
        """Return a registered case as the officer sees it."""
        return cls._registered(**vals).with_user(cls.officer)

    @classmethod
    def _extension(cls, ticket, **vals):
        """Return an extension prepared by the officer."""
        Extension = cls.env["hotline.extension"].with_user(cls.officer)
        return Extension.create(
            {"ticket_id": ticket.id, "reason": "Нужна экспертиза теплосети", "days": 30, **vals}
        )

    @classmethod
    def _request(cls, ticket, **vals):
        Request = cls.env["hotline.request"].with_user(cls.officer)
        return Request.create(
            {
                "ticket_id": ticket.id,
                "partner_id": cls.agency.id,
                "text": "Акты осмотра тепловых сетей за ноябрь",
                **vals,
            }
        )

    @classmethod
    def _letter(cls, ticket, user=None, **vals):
        Letter = cls.env["hotline.covering.letter"].with_user(user or cls.officer)
        return Letter.create(
            {
                "ticket_id": ticket.id,
                "sender_id": cls.agency.id,
                "sender_number": "7-12/2026",
                "sender_date": cls.today - timedelta(days=2),
                "is_controlled": True,
                "report_by": cls.today + timedelta(days=10),
                **vals,
            }
        )

    def _events(self, ticket):
        lines = self.env["hotline.journal"].search(
            [("model", "=", "helpdesk.ticket"), ("res_ref", "=", ticket.id)], order="id"
        )
        return lines.mapped("event")
