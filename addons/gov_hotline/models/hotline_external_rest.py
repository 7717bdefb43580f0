import http.client
from datetime import timedelta
from urllib.parse import urlsplit

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime

from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import external, external_rest, mails, register_columns
from ..domain.external_rest import FIRST_PAGE, BadAnswer
from .hotline_register_folder import OPEN
from .hotline_register_run_rows import ENDED, KEPT_DAYS

CONNECT, ANSWER = 10, 60  # seconds
MOST = 50 * 1024 * 1024  # bytes of a page
WAIT = 5  # seconds until a job that cannot go on is tried again


class HotlineExternalSource(models.Model):
    """A document system asked by REST: page by page, each a job that is committed (A3).

    Killed in the middle, the next job asks the page it had come to. The rows of all pages become
    one load of the register, from then on as a file's.
    """

    _inherit = "hotline.external.source"

    pull_run_id = fields.Many2one("hotline.register.run", readonly=True, ondelete="set null")
    pull_page = fields.Char(readonly=True, help="The page that is asked next.")
    pull_as_of = fields.Datetime(readonly=True, help="Of the first page.")

    @api.model
    def _cron_rest(self):
        """Call the jobs of the sources whose time has come."""
        now = fields.Datetime.now()
        due = ["|", ("next_try_at", "=", False), ("next_try_at", "<=", now)]
        for source in self.search([("kind", "=", "rest"), *due]):
            if not source._is_loading():
                source._call_pull()
            self.env["ir.cron"]._commit_progress(1)

    def action_try_now(self):  # pylint: disable=missing-return
        """Ask without waiting for the time or the pause. Supervisor, administrator."""
        super().action_try_now()
        if self.kind == "rest" and not self.sudo()._is_loading():  # sudo: whether a job is there
            self._call_pull()

    def _call_pull(self):
        job = self.with_user(SUPERUSER_ID).with_delay(
            description=self.env._("Appeals of %(name)s", name=self.name),
            identity_key=f"{self._name},{self.id}",
        )
        job._pull_part()

    def _is_loading(self):
        runs = self.env["hotline.register.run"]
        domain = [("source_id", "=", self.register_id.id), ("state", "in", OPEN)]
        return bool(runs.search_count(domain, limit=1))

    def _pull_part(self):
        """Ask the next page and keep it; called by the job. Raises RetryableJobError to wait."""
        self.ensure_one()
        if not self.try_lock_for_update():
            raise RetryableJobError("another job is at it", seconds=WAIT, ignore_retry=True)
        if self.kind == "rest" and not self._is_loading():
            # a job has no reader: the words are in the body's language
            self.with_context(lang=self.company_id._hotline_lang())._ask()

    def _ask(self):
        try:
            page = self._page()
        except BadAnswer as error:
            # the pages of a system that is wrong are not trusted: from the first one next time
            self._forget_pull()
            self._went_wrong(self._bad_words(error))
        except (OSError, ValueError, http.client.HTTPException) as error:
            # nobody answered: the page is asked again
            self._went_wrong(self._silent_words(error))
        else:
            self._take(page)

    def _page(self):
        asked = self.pull_page or FIRST_PAGE
        tz = self.company_id.hotline_tz
        if self._is_in_the_clear(self.url):  # an address of before
            raise BadAnswer("in_the_clear")
        status, body = self._get(external_rest.address(self.url, self.as_of, asked))
        page = external_rest.read(status, body, tz)
        wrong = external.moment_problem(page.as_of, fields.Datetime.now(), self.as_of)
        if wrong:
            raise BadAnswer(wrong, format_datetime(self.env, page.as_of, tz=tz))
        if page.next == asked:
            raise BadAnswer("loop", asked)
        return page

    def _get(self, address):
        """Return (status, body); no redirect is followed: the token goes nowhere else."""
        url = urlsplit(address)
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = kind(url.hostname, url.port, timeout=CONNECT)
        headers = {"Accept": "application/json"}
        # sudo: the token is nobody's to read
        if token := self.sudo().token_kept:
            headers["Authorization"] = f"Bearer {token}"
        try:
            connection.connect()
            connection.sock.settimeout(ANSWER)
            connection.request("GET", f"{url.path}?{url.query}", headers=headers)
            answer = connection.getresponse()
            body = answer.read(MOST)
            if answer.read(1):
                raise BadAnswer("huge")
            return answer.status, body
        finally:
            connection.close()

    def _take(self, page):
        """Keep the rows of a page; after the last one they are loaded."""
        if not self.pull_as_of:
            self.pull_as_of = page.as_of
        if page.items:
            self._keep(page)
        self._leave(page)
        if page.next:
            self.pull_page = page.next
            self._call_pull()
        else:
            self._pages_done()

    def _keep(self, page):
        run = self.pull_run_id
        if run.state != "draft":  # gone, or begun by a person
            run = self.pull_run_id = self._new_run()
        run._add_columns(external_rest.columns(page.items))
        names = run.column_ids.mapped("name")
        rows = (
            (line, external_rest.cells(item, names))
            for line, item in enumerate(page.items, start=run.total + 1)
        )
        # without keys: what the columns are is settled when the load begins
        count = self.env["hotline.register.row"]._copy_in(run, rows, lambda cells: "")
        run._write_by_act({"total": run.total + count})

    def _new_run(self):
        now = format_datetime(self.env, fields.Datetime.now(), tz=self.company_id.hotline_tz)
        vals = {"source_id": self.register_id.id, "filename": f"REST {now}"}
        runs = self.env["hotline.register.run"]
        return runs._create_by_act({**vals, "as_of": self.pull_as_of})

    def _pages_done(self):
        run, as_of = self.pull_run_id, self.pull_as_of
        self.write({"pull_run_id": False, "pull_page": False, "pull_as_of": False})
        if run.state != "draft":
            self._went_well(as_of)  # nothing has changed there
            return
        try:
            run._begin("loading")
        except UserError as error:
            run._fail(str(error))

    def _forget_pull(self):
        rows = self.env["hotline.register.row"].search([("run_id", "=", self.pull_run_id.id)])
        rows.unlink()
        self.pull_run_id.filtered(lambda run: run.state == "draft").unlink()
        self.write({"pull_run_id": False, "pull_page": False, "pull_as_of": False})

    def _went_well(self, as_of):  # pylint: disable=missing-return
        super()._went_well(as_of)
        if self.kind == "rest":
            self.next_try_at = fields.Datetime.now() + timedelta(minutes=self.interval)

    def _bad_words(self, error):
        texts = {
            "in_the_clear": self._in_the_clear_text(),
            "closed": self.env._(
                "The document system does not let us in (%(value)s): check the token.",
                value=error.value,
            ),
            "status": self.env._(
                "The document system answered with error %(value)s.", value=error.value
            ),
            "redirect": self.env._(
                "The document system sends us elsewhere (%(value)s): check the address.",
                value=error.value,
            ),
            "cut": self.env._("The answer of the document system is cut, or is no JSON."),
            "shape": self.env._("The answer of the document system has not the agreed parts."),
            "huge": self.env._("The answer of the document system is larger than 50 MB."),
            "loop": self.env._("The document system gives the same page again and again."),
            "as_of": self.env._(
                "The document system does not tell of what moment its data are: %(value)s.",
                value=error.value,
            ),
            "future": self.env._(
                "The data of the document system are of the future, %(value)s: check its clock.",
                value=error.value,
            ),
            "older": self.env._(
                "The data of the document system are of %(value)s, older than those we have.",
                value=error.value,
            ),
        }
        return texts[error.code]

    def _silent_words(self, error):
        if isinstance(error, TimeoutError):
            return self.env._("The document system did not answer in time.")
        if isinstance(error, http.client.IncompleteRead):
            return self.env._("The answer of the document system is cut, or is no JSON.")
        return self.env._(
            "The document system does not answer: %(why)s.",
            why=mails.reply_words(str(error) or type(error).__name__),
        )


class HotlineRegisterRun(models.Model):
    """Rows that came by REST: there is no file to read."""

    _inherit = "hotline.register.run"

    def _add_columns(self, names):
        """Add the columns of `names` that are not there yet, as they are usually read."""
        known = self.column_ids.mapped("name")
        new = [name for name in names if name not in known]
        fields_ = register_columns.proposed(
            [*known, *new], self.source_id.mapping or {}, self._usual_field
        )[len(known) :]
        used = {one.field for one in self.column_ids}
        # sudo: columns are made by loads alone
        self.env["hotline.register.column"].sudo().create(
            [
                {
                    "run_id": self.id,
                    "sequence": place,
                    "name": name,
                    "field": field if field and field not in used else False,
                }
                for place, (name, field) in enumerate(
                    zip(new, fields_, strict=True), start=len(known)
                )
            ]
        )

    def _read(self):
        if self.file or not self._is_external():
            return super()._read()
        key_of = self._reader().key
        query = SQL("SELECT id, cells FROM hotline_register_row WHERE run_id = %s", self.id)
        keys = {row_id: key_of(cells) for row_id, cells in self.env.execute_query(query)}
        self.env.execute_query(
            SQL(
                """UPDATE hotline_register_row r SET key = d.key
                     FROM unnest(%s::int[], %s::varchar[]) AS d (id, key) WHERE r.id = d.id
                RETURNING 1""",
                [*keys],
                [*keys.values()],
            )
        )
        self._write_by_act({"is_read": True, "total": len(keys)})
        return None

    def _people_to_tell(self):
        """Of what came by REST those who mend it: nobody has loaded it."""
        people = super()._people_to_tell()
        if self.file or not self._is_external():
            return people
        Digest, company = self.env["hotline.outbox.digest"], self.company_id
        return Digest._with_role(company, "administrator") | Digest._with_role(
            company, "supervisor"
        )

    @api.autovacuum
    def _forget_old_answers(self):
        """The rows of an answer hold people's names: no longer than those of a file."""
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        # sudo: scheduled; the counts stay, the names go
        runs = self.sudo().search(
            [("create_date", "<", old), ("state", "in", ENDED), ("subject", "=", "external")]
        )
        runs = runs.filtered(lambda run: not run.file)
        rows = self.env["hotline.register.row"].sudo()  # as above
        rows.search([("run_id", "in", runs.ids)]).unlink()

    def _count_gone(self):
        """REST tells what has changed: nobody is gone."""
        if self._is_external() and self._external_source().kind == "rest":
            return 0
        return super()._count_gone()
