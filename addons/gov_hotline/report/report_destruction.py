import re
from collections import Counter

from odoo import api, models
from odoo.tools import groupby

from ..domain import retention
from ..domain.notice_text import BLANK, russian_date
from ..domain.russian import plural_form

RUSSIAN = "ru_RU"


class ReportDestruction(models.AbstractModel):
    """The act of destruction on A4: groups of cases, commission, approval, and the list of cases.

    It has no name of a citizen, so it may be kept for ever.
    """

    _name = "report.gov_hotline.report_destruction"
    _description = "Act of destruction"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check who reads, return what the template needs."""
        acts = self.env["hotline.destruction"].browse(docids)
        acts.check_access("read")
        return {
            "doc_ids": docids,
            "doc_model": acts._name,
            "docs": acts,
            "date": russian_date,
            "groups": self._groups,
            "is_over": self._is_over,
            "signers": self._signers,
            "words": self._words,
            "position": self._position,
            "lines": self._lines,
        }

    @api.model
    def _lines(self, act):
        """Return the lines of the act as values, in the order of the list."""
        names = ["number", "kind", "registered_on", "closed_on", "kept_until", "state", "why",
                 "destroyed_at", "retention_id"]  # fmt: skip
        lines = act.line_ids.search_fetch([("act_id", "=", act.id)], names)
        kinds = dict(lines._fields["kind"]._description_selection(self.env))
        return [
            {
                "number": line.number,
                "kind": kinds[line.kind],
                "kind_code": line.kind,
                "year": line.closed_on.year,
                "registered_on": russian_date(line.registered_on),
                "closed_on": russian_date(line.closed_on),
                "kept_until": russian_date(line.kept_until),
                "first": line.registered_on or line.closed_on,
                "last": line.closed_on,
                "term": line.retention_id,
                "state": line.state,
                "why": line.why or "",
                "mark": self._mark(line),
            }
            for line in lines
        ]

    def _mark(self, line):
        if line.state == retention.DESTROYED:
            day = line.company_id._hotline_date(line.destroyed_at)
            return self.env._("destroyed %(day)s", day=russian_date(day))
        if line.state == retention.KEPT:
            return self.env._("left alone: %(why)s", why=line.why or "")
        return ""

    @api.model
    def _groups(self, lines):
        """Return the rows of the act: what is of one kind, of one year, under one term.

        What was picked, what of it was left alone and what was destroyed are counted apart.
        """
        titles, rows = self._titles(), []
        for (year, kind, _term), cases in groupby(sorted(lines, key=_alike), key=_alike):
            states = Counter(case["state"] for case in cases)
            rows.append(
                {
                    "title": titles[kind] % {"year": year},
                    "first": russian_date(min(case["first"] for case in cases)),
                    "last": russian_date(max(case["last"] for case in cases)),
                    "count": len(cases),
                    "kept": states[retention.KEPT],
                    "destroyed": states[retention.DESTROYED],
                    "term": self._term_words(cases[0]["term"]),
                }
            )
        return rows

    def _titles(self):
        """Return {kind: title of a row}: plural, as archives write it."""
        return {
            "message": self.env._("Messages of citizens, closed in %(year)s"),
            "appeal_59": self.env._("Appeals of citizens under 59-FZ, closed in %(year)s"),
            "request_8fz": self.env._("Requests for information under 8-FZ, closed in %(year)s"),
            "tech_support": self.env._("Requests to technical support, closed in %(year)s"),
            retention.CALL: self.env._("Records of calls without an appeal, %(year)s"),
            retention.RECEPTION: self.env._(
                "Cards of personal reception without an appeal, %(year)s"
            ),
            retention.INCOMING: self.env._("Incoming letters that were not registered, %(year)s"),
            retention.TASK: self.env._("Tasks without an appeal, carried out in %(year)s"),
            retention.CITIZEN: self.env._("Cards of citizens last dealt with in %(year)s"),
        }

    @api.model
    def _is_over(self, act):
        """Whether something was destroyed or left alone already: it is counted then."""
        return act.state in (retention.RUNNING, retention.DONE)

    @api.model
    def _signers(self, act):
        """Return the names of who approved and who carried out, as they sign."""
        people = act.sudo()  # sudo: the directory of users and of authorities
        return {
            "approved": people.approver_name or self._signing(people.approved_by_id),
            "started": self._signing(people.started_by_id),
        }

    def _signing(self, user):
        """Return the name of `user` without what accounts add in brackets, such as the role."""
        return re.sub(r"\s*\([^)]*\)", "", user.name or "").strip()

    def _term_words(self, term):
        forms = {
            "one": self.env._("%(years)s year", years=term.years),
            "few": self.env._("%(years)s years (2 to 4)", years=term.years),
            "many": self.env._("%(years)s years", years=term.years),
        }
        years = forms[plural_form(term.years)]
        expert = " ЭПК" if term.needs_expert else ""
        return f"{years}{expert}, {term.article}"

    @api.model
    def _words(self, act, lines=()):
        """Return the sentences of the act that name numbers and dates."""
        number = act.number or BLANK
        day = lambda moment: russian_date(act.company_id._hotline_date(moment))
        return {
            "number": self.env._(
                "No. %(number)s of %(day)s", number=number, day=russian_date(act.act_date) or BLANK
            ),
            "ground": self.env._(
                "On the ground of: %(bases)s. %(reason)s",
                bases="; ".join(self._bases(lines)),
                reason=act.reason,
            ),
            "expert": self.env._(
                "Record of the expert commission No. %(number)s of %(day)s.",
                number=act.expert_number,
                day=russian_date(act.expert_date),
            ),
            "done": act.done_at
            and self.env._(
                "The documents are destroyed: deleted from the database together with their "
                "files, without a way to restore them. Begun on %(start)s, ended on %(end)s.",
                start=day(act.started_at),
                end=day(act.done_at),
            ),
            "counts": self.env._(
                "Picked: %(picked)s; destroyed: %(destroyed)s; left alone: %(kept)s.",
                picked=act.line_count,
                destroyed=act.destroyed_count,
                kept=act.kept_count,
            ),
            "annex": self.env._(
                "Annex to the act No. %(number)s: list of the files", number=number
            ),
        }

    def _bases(self, lines):
        """Return the articles by which the cases were picked, each once."""
        return sorted({line["term"].article for line in lines if line["term"]})

    @api.model
    def _position(self, member):
        if not member.is_chair:
            return member.position
        return self.env._("%(position)s (chair)", position=member.position)


def _alike(line):
    return line["year"], line["kind_code"], line["term"].id
