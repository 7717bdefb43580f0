from odoo import Command
from odoo.tests import new_test_user

from .common import HotlineCommon


class ObjectsCommon(HotlineCommon):
    """Two houses of one street with flats; two companies; an account with a meter in flat 3."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.town = cls.env["hotline.territory"].create({"name": "Озёрск"})
        cls.street = cls._object("street", "Ленина", territory_id=cls.town.id)
        cls.house = cls._object("house", "15", parent_id=cls.street.id)
        cls.other_house = cls._object("house", "2", parent_id=cls.street.id)
        cls.flat = cls._object("flat", "3", parent_id=cls.house.id)
        cls.other_flat = cls._object("flat", "7", parent_id=cls.other_house.id)
        cls.company_one = cls._company("УК «Первая»")
        cls.company_two = cls._company("УК «Вторая»")
        cls.cold = cls.env.ref("gov_hotline.service_cold_water")
        cls.account = cls._account("4410-0093", cls.flat, cls.company_one, holder_id=cls.citizen.id)
        cls.meter = cls.env["hotline.meter"].create(
            {"account_id": cls.account.id, "service_id": cls.cold.id, "serial": "123456"}
        )

    @classmethod
    def _object(cls, kind, name, **vals):
        kind = cls.env.ref(f"gov_hotline.object_kind_{kind}")
        return cls.env["hotline.object"].create({"kind_id": kind.id, "name": name, **vals})

    @classmethod
    def _company(cls, name):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, "hotline_kind": "organisation"}
        )

    @classmethod
    def _account(cls, number, place, company, **vals):
        return cls.env["hotline.account"].create(
            {
                "number": number,
                "object_id": place.id,
                "provider_id": company.id,
                "holder_name": "Иванова Мария Петровна",
                "service_ids": [Command.link(cls.cold.id)],
                **vals,
            }
        )

    @classmethod
    def _names_company(cls, place, company, **vals):
        return cls.env["hotline.object.company"].create(
            {"object_id": place.id, "partner_id": company.id, **vals}
        )

    @classmethod
    def _company_user(cls, company, login):
        """Return a user of the portal who works for `company`."""
        user = new_test_user(
            cls.env, login=login, groups="base.group_portal", name=login, lang="ru_RU"
        )
        user.partner_id.parent_id = company
        return user
