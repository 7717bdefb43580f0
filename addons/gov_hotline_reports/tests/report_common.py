from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields

from odoo.addons.gov_hotline.tests.assignment_common import AssignmentCommon
from odoo.addons.gov_hotline.tests.objects_common import ObjectsCommon

NOON = fields.Datetime.to_datetime("2026-11-20 09:00:00")  # 12:00 in Moscow


class Lives:
    """Appeals received and closed on a day; with the common part of the body."""

    @classmethod
    def _received_on(cls, moment, **vals):
        with freeze_time(moment):
            return cls._registered(received_at=moment, **vals)

    @classmethod
    def _close_on(cls, ticket, moment):
        with freeze_time(moment):
            ticket = ticket.with_user(cls.officer)
            cls._answer(ticket, outgoing_date=moment[:10])
            ticket.question_ids.outcome_id = cls.supported
            ticket.overdue_cause = "Ждали ответа проектировщика"  # asked for where it is late
            ticket.action_close()


class ReportCommon(AssignmentCommon, ObjectsCommon):
    """A line of a department with a shift, an executor, houses of two companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Team = cls.env["helpdesk.ticket.team"]
        cls.heat, cls.roads = Team.create([{"name": "Отдел ЖКХ"}, {"name": "Отдел дорог"}])
        cls.line.write({"team_id": cls.heat.id, "answer_seconds": 20, "short_seconds": 5})
        cls.road_line = cls.env["hotline.line"].create(
            {"name": "Дороги", "mode": "message", "team_id": cls.roads.id}
        )
        cls.second_operator = cls._new_role_user("operator", "executor")
        cls.district = cls.env["hotline.territory"].create(
            {"name": "Северный район", "kind": "district"}
        )
        cls.town.parent_id = cls.district
        cls.env["hotline.object.company"].create(
            {"object_id": cls.house.id, "partner_id": cls.company_one.id}
        )
        cls.company_user = cls._company_user(cls.company_one, "report_company")

    @classmethod
    def _call(cls, moment=NOON, **vals):
        """Return an incoming call of the PBX on the line, as telephony writes it."""
        return cls.env["hotline.call"].sudo().create(
            {
                "direction": "in", "source": "pbx", "phase": "over", "line_id": cls.line.id,
                "started_at": moment, "operator_id": cls.operator.id, **vals,
            }
        )  # fmt: skip

    @classmethod
    def _talk(cls, waited=10, talked=60, **vals):
        return cls._call(
            fate="answered",
            answered_at=NOON + timedelta(seconds=waited),
            wait_seconds=waited,
            talk_seconds=talked,
            **vals,
        )

    @classmethod
    def _state(cls, user, state, since, until):
        return cls.env["hotline.operator.state"].sudo().create(
            {
                "user_id": user.id, "state": state, "since": since, "until": until,
                "company_id": cls.env.company.id,
            }
        )  # fmt: skip

    @classmethod
    def _works_in(cls, user, team):
        team.user_ids = [Command.link(user.id)]

    def _sums(self, code, domain, measures, user=None):
        """Return {measure: value} of a report, as `user` (the auditor) counts it."""
        self.env.flush_all()
        Report = self.env[f"hotline.report.{code}"].with_user(user or self.auditor)
        names = [name.partition(":")[0] for name in measures]
        aggregates = [name if ":" in name else f"{name}:sum" for name in measures]
        [row] = Report._read_group(domain, [], aggregates)
        return dict(zip(names, row, strict=True))
