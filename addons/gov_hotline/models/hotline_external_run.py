from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import external, register_files, registers
from ..domain.registers import Known, Remark
from .hotline_register_run import HotlineRegisterRun as Run
from .hotline_register_run_decide import Decided

PART = 5000  # appeals in one transaction


class HotlineRegisterRun(models.Model):
    """A load of appeals of a document system: the register's steps, other rows (A3)."""

    _inherit = "hotline.register.run"
    _editable = Run._editable | {"as_of"}

    subject = fields.Selection(related="source_id.subject")
    as_of = fields.Datetime(
        string="Data as of", default=fields.Datetime.now, help="When the file was made."
    )

    def _is_external(self):
        return self.source_id.subject == "external"

    def _external_source(self):
        # sudo: whoever loads tells the source how it went
        sources = self.env["hotline.external.source"].sudo().with_context(active_test=False)
        return sources.search([("register_id", "=", self.source_id.id)], limit=1)

    def _run_part(self):
        if not self._is_external():
            return super()._run_part()
        # a job has no reader: what it tells is in the body's language
        own = self.with_context(lang=self.company_id._hotline_lang())
        return super(HotlineRegisterRun, own)._run_part()

    # What the columns are

    def _usual_field(self, name):
        return external.usual_field(name) if self._is_external() else super()._usual_field(name)

    def _lacking(self):
        if not self._is_external():
            return super()._lacking()
        words = {
            "no_case_number": self.env._("Say which column holds the number of the appeal."),
            "no_filed_on": self.env._("Say which column holds the day it was filed, or the key."),
            "twice": self.env._("Two columns are said to hold the same."),
        }
        codes = external.mapping_problems([one.field or "" for one in self.column_ids])
        return " ".join(words[code] for code in codes) or False

    def _summary_words(self):
        if not self._is_external() or self.state != "asking":
            return super()._summary_words()
        return self.env._(
            "%(gone)s of %(standing)s appeals are not in the file. Have they been taken out, or is "
            "the file not whole?",
            gone=self.gone_count,
            standing=self.standing_count,
        )

    # What each row does

    def _reader(self):
        if not self._is_external():
            return super()._reader()
        columns = [column.field or "" for column in self.column_ids]
        is_text = self.kind == register_files.CSV
        names = self.column_ids.mapped("name")
        return external.Reader(
            columns, register_files.heading_width(names, columns) if is_text else 0
        )

    def _decide(self, rows):
        if not self._is_external():
            return super()._decide(rows)
        reader, seen, decided = self._reader(), set(), []
        known = self._known_cases([key for _id, key, *_rest in rows])
        for row_id, key, cells, *_rest in rows:
            case, told = reader.case(cells)
            one = self._of_case(row_id, case, told, key, known.get(key))
            if one.state != registers.BAD:
                if key in seen:
                    self._refuse(one, Remark("repeated_case", key))
                seen.add(key)
            decided.append(one)
        return decided

    def _of_case(self, row_id, case, told, key, found):
        """Newer data stand: an older file brings what is missing and changes nothing."""
        if case is None:
            return Decided(row_id, None, registers.BAD, told, key, found)
        known = found and Known(found["digest"], not found["active"])
        state = registers.verdict(case, known)
        if found and found["told_at"] and found["told_at"] > self.as_of:
            state = registers.SAME
        one = Decided(row_id, case, state, told, key, found)
        one.account_id = found["id"] if found else 0
        return one

    def _known_cases(self, keys):
        """Return {key: {id, digest, active, told_at}} of what the source has told."""
        self.env.flush_all()
        query = SQL(
            "SELECT key, id, digest, active, told_at FROM hotline_external_case"
            " WHERE source_id = %s AND key = ANY(%s::varchar[])",
            self._external_source().id,
            keys,
        )
        return {
            key: {"id": id_, "digest": digest or "", "active": active, "told_at": told_at}
            for key, id_, digest, active, told_at in self.env.execute_query(query)
        }

    # Who is gone

    def _gone_from(self):
        if not self._is_external():
            return super()._gone_from()
        return SQL(
            """FROM hotline_external_case c
              WHERE c.source_id = %s AND c.active AND COALESCE(c.told_at, %s) <= %s
                AND NOT EXISTS (
                    SELECT FROM hotline_register_row r WHERE r.run_id = %s AND r.key = c.key)""",
            self._external_source().id,
            self.as_of,
            self.as_of,
            self.id,
        )

    def _count_gone(self):
        """From data that are older than ours nobody is gone."""
        last = self._is_external() and self._external_source().as_of
        return 0 if last and last > self.as_of else super()._count_gone()

    def _leave_part(self):
        if not self._is_external():
            return super()._leave_part()
        self.env.flush_all()
        query = SQL(
            """UPDATE hotline_external_case
                  SET active = FALSE, told_at = GREATEST(told_at, %s), write_uid = %s,
                      write_date = %s
                WHERE id IN (SELECT c.id %s ORDER BY c.id LIMIT %s) RETURNING id""",
            self._external_source().as_of or None,
            self.loaded_by_id.id or self.env.uid,
            fields.Datetime.now(),
            self._gone_from(),
            PART,
        )
        gone = self.env.execute_query(query)
        self.env.invalidate_all()
        if len(gone) < PART:
            self._finish()
        return None

    # How it went

    def _finish(self):  # pylint: disable=missing-return
        super()._finish()
        if self._is_external():
            self._external_source()._went_well(self.as_of)

    def _fail(self, words):  # pylint: disable=missing-return
        super()._fail(words)
        if self._is_external():
            self._external_source()._went_wrong(words)


class HotlineRegisterRow(models.Model):
    """What is wrong with a row of a document system's file, in words."""

    _inherit = "hotline.register.row"

    @api.model
    def _words(self, code, value):
        texts = {
            "no_case_number": self.env._("No number of the appeal."),
            "repeated_case": self.env._(
                "This appeal stands above in the file: %(value)s.", value=value
            ),
        }
        return texts.get(code) or super()._words(code, value)
