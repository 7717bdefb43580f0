from odoo import models

from ..domain import calendars, certificate, terms
from ..domain.certificate import Certificate
from ..domain.russian import plural_form


class HotlineDeadline(models.Model):
    """The certificate of a date in words: one text for screens, portal and PDF (X1)."""

    _inherit = "hotline.deadline"

    def _certificate(self):
        """Return the stored domain Certificate, or None where none was stored."""
        self.ensure_one()
        return Certificate.from_dict(self.certificate) if self.certificate else None

    def _certificate_lines(self, edition=True):
        """Return short sentences, in the context's language: rule, count, shift, calendar.

        Without `edition` its hash is left out: it tells a citizen nothing.
        """
        counted = self._certificate()
        if not counted:
            return []
        lines = [
            self._certificate_rule(counted),
            self._certificate_start(counted),
            *self._certificate_count(counted),
            self._certificate_end(counted),
            *self._certificate_calendar(counted, edition),
            *self._certificate_recounts(counted),
        ]
        return [line for line in lines if line]

    def _staff_certificate_lines(self):
        """Return the certificate with what is for staff only: a last day off needs duty."""
        lines, counted = self._certificate_lines(), self._certificate()
        if counted and terms.FALLS_ON_DAYS_OFF in counted.warnings and not self.met_on:
            lines.append(self.env._("The term ends on a day off: name a person on duty."))
        return lines

    def _certificate_rule(self, counted):
        return self.env._(
            "%(term)s: %(length)s, %(article)s.",
            term=self.term_id.sudo().name,  # sudo: the citizen reads the term of the own case
            length=self._certificate_length(counted.length, counted.unit),
            article=counted.article,
        )

    def _certificate_start(self, counted):
        """The event and the first counted day."""
        event = self._certificate_event(_day(counted.start))
        if counted.day_one == "same":
            return self.env._("%(event)s, that day counts.", event=event)
        return self.env._("%(event)s, counted from the next day.", event=event)

    def _certificate_event(self, day):
        trigger = self.term_id.sudo().trigger  # sudo: as above
        if trigger == "received":
            return self.env._("Received on %(day)s", day=day)
        if trigger == "other_received":
            return self.env._("Received by the other body on %(day)s", day=day)
        return self.env._("Registered on %(day)s", day=day)

    def _certificate_count(self, counted):
        """The counted and the skipped days, with extensions in their place."""
        lines, part = [], []
        for step in counted.steps:
            if step.kind == certificate.EXTENSION:
                lines += [*self._count_lines(counted, part), self._extension_line(counted, step)]
                part = []
            elif step.kind in (certificate.COUNTED, certificate.SKIPPED):
                part.append(step)
        return [*lines, *self._count_lines(counted, part)]

    def _count_lines(self, counted, steps):
        kept = [step for step in steps if step.kind == certificate.COUNTED]
        moved = [step for step in kept if step.reason == calendars.MOVED_WORKING]
        if counted.unit == "calendar":
            return [self.env._("All days count, days off too: %(days)s.", days=_ranges(kept))]
        lines = [self.env._("Working days counted: %(days)s.", days=_ranges(kept))]
        if moved:
            lines.append(self.env._("Days off made working days: %(days)s.", days=_ranges(moved)))
        return [*lines, *self._skipped_lines(steps)]

    def _skipped_lines(self, steps):
        """The days left out, with the reason: weekends apart from holidays."""
        skipped = [step for step in steps if step.kind == certificate.SKIPPED]
        weekends = [step for step in skipped if step.reason == calendars.WEEKEND]
        holidays = [step for step in skipped if step.reason == calendars.HOLIDAY]
        lines = []
        if weekends:
            lines.append(self.env._("Weekends left out: %(days)s.", days=_ranges(weekends)))
        if holidays:
            lines.append(
                self.env._(
                    "Holidays and moved days off left out: %(days)s.", days=_ranges(holidays)
                )
            )
        return lines

    def _extension_line(self, counted, step):
        """The days added, the article, and who decided it on which day."""
        length = self._certificate_length(counted.extension, counted.unit)
        # sudo: the citizen reads who extended the term of the own case
        ticket = self.sudo().ticket_id
        decided = ticket.extension_ids.filtered(lambda one: one.state == "decided")[:1]
        if not decided:
            return self.env._(
                "Extended by %(length)s, counted on from %(day)s.",
                length=length,
                day=_day(step.day),
            )
        return self.env._(
            "Extended by %(length)s (%(article)s), counted on from %(day)s. Decided by %(signer)s "
            "on %(decided)s.",
            length=length,
            article=ticket._extension_term().article or "",
            day=_day(step.day),
            signer=decided.signer_name or "",
            decided=_day(decided.signed_on),
        )

    def _certificate_end(self, counted):
        """Where the last day fell and what became of it."""
        raw = next(step for step in counted.steps if step.kind == certificate.RAW_DUE)
        days = {"raw": _day(counted.raw_due), "due": _day(counted.due)}
        if raw.reason in (calendars.WORKING, calendars.MOVED_WORKING):
            return self.env._("The last day, %(raw)s, is a working day.", **days)
        kept = any(step.kind == certificate.KEPT_RAW for step in counted.steps)
        if kept:
            return self.env._(
                "The last day, %(raw)s, is a day off. It stays, because the working day before it "
                "is not later than the start of the term.",
                **days,
            )
        if counted.due == counted.raw_due:
            return self.env._(
                "The last day, %(raw)s, is a day off; by the rules of the body it stays.", **days
            )
        return self._certificate_shift(counted, days)

    def _certificate_shift(self, counted, days):
        if counted.due < counted.raw_due:
            return self.env._(
                "The last day, %(raw)s, is a day off, so the term ends on the working day before "
                "it, %(due)s.",
                **days,
            )
        return self.env._(
            "The last day, %(raw)s, is a day off, so the term ends on the working day after it, "
            "%(due)s.",
            **days,
        )

    def _certificate_calendar(self, counted, with_edition):
        """The edition of the calendar; what is not official yet is said."""
        years, _, edition = counted.calendar_version.rpartition(" ")
        told = years.replace("~", "").replace(",", ", ")
        lines = [self.env._("Production calendar of %(years)s.", years=told)]
        if with_edition:
            lines = [
                self.env._(
                    "Production calendar of %(years)s, edition %(edition)s.",
                    years=told,
                    edition=edition,
                )
            ]
        unofficial = [year.rstrip("~") for year in years.split(",") if year.endswith("~")]
        if unofficial:
            lines.append(
                self.env._(
                    "The calendar of %(years)s is not official yet: the date is preliminary.",
                    years=", ".join(unofficial),
                )
            )
        return lines

    def _certificate_recounts(self, counted):
        """The dates before, where a changed calendar has moved the term (X9)."""
        return [
            self.env._(
                "Counted anew on %(day)s, because the production calendar has changed: it was "
                "%(due)s.",
                day=_day(recount.on),
                due=_day(recount.due_before),
            )
            for recount in counted.recounts
        ]

    def _certificate_length(self, number, unit):
        """«30 calendar days», with the three plural forms of Russian."""
        form = _plural(number, self.env.lang or "")
        if unit == "working":
            texts = {
                "one": self.env._("%(n)s working day", n=number),
                "few": self.env._("%(n)s working days", n=number),
                "many": self.env._("%(n)s business days", n=number),
            }
        else:
            texts = {
                "one": self.env._("%(n)s calendar day", n=number),
                "few": self.env._("%(n)s calendar days", n=number),
                "many": self.env._("%(n)s consecutive days", n=number),
            }
        return texts[form]


def _day(day):
    return day.strftime("%d.%m.%Y")


def _ranges(steps):
    """«24.11.2026 – 27.11.2026, 30.11.2026»."""
    return ", ".join(
        _day(step.day)
        if step.until in (None, step.day)
        else f"{_day(step.day)} – {_day(step.until)}"
        for step in steps
    )


def _plural(number, lang):
    """Return `one`, `few` or `many`; languages but Russian know the first two."""
    if not lang.startswith("ru"):
        return "one" if number == 1 else "few"
    return plural_form(number)
