"""`odoo hotline_verify_journal`: check the journal's chain of a database, one line per finding.

Odoo loads this file by itself, without the add-on: whatever needs it is imported in `run`.
"""

import sys
import time
from pathlib import Path

from psycopg2 import OperationalError

from odoo.cli.command import Command

REFUSED = 2  # exit code: nothing could be checked
LANGUAGE = "ru_RU"  # where no body says its own: nothing is installed, or nothing answers


class HotlineVerifyJournal(Command):
    """Check the journal of the hotline: every line, every seal, against heads kept elsewhere.

    Exit code 0: nothing found; 1: findings, a line each; 2: it could not be checked.
    """

    name = "hotline_verify_journal"

    def __init__(self):
        super().__init__()
        add = self.parser.add_argument
        add("-c", "--config", help="use a specific configuration file")
        add("-d", "--database", dest="db_name", required=True, help="database name")
        add(
            "heads",
            nargs="*",
            type=Path,
            help="files or folders with control marks: letters or journal-*.txt",
        )

    def run(self, cmdargs):
        options = self.parser.parse_args(cmdargs)
        self._configure(options)
        try:
            code = self._check(options.db_name, options.heads)
        except OperationalError as error:
            why = str(error).strip().splitlines()[-1]
            self._refuse(self._words(LANGUAGE).no_database(options.db_name, why))
        sys.exit(code)

    def _configure(self, options):
        from odoo.tools import config

        arguments = ["--no-http", "-d", options.db_name]
        if options.config:
            arguments += ["-c", options.config]
        config.parse_config(arguments, setup_logging=True)

    def _words(self, lang):
        # Odoo loads this file outside of its package
        from odoo.addons.gov_hotline.models import (  # pylint: disable=odoo-addons-relative-import
            hotline_journal_check,
        )

        return hotline_journal_check.Words(lang)

    def _read(self, paths, words):
        """Return {number: hash} of the heads in these files; of a folder, of its .txt files."""
        # as above
        from odoo.addons.gov_hotline.domain.journal import (  # pylint: disable=odoo-addons-relative-import
            read_heads,
        )

        files = [file for path in paths for file in self._files(path)]
        try:
            text = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)
        except OSError as error:
            self._refuse(words.no_file(error))
        heads = read_heads(text)
        if paths and not heads:
            self._refuse(words.no_mark(", ".join(map(str, paths))))
        return heads

    def _files(self, path):
        return sorted(path.glob("*.txt")) if path.is_dir() else [path]

    def _check(self, database, paths):
        """Walk the chain, print what is found in the body's language; return the exit code."""
        from odoo.sql_db import db_connect

        from odoo.addons.gov_hotline.models import (  # pylint: disable=odoo-addons-relative-import
            journal_sql,
        )

        found = checked = 0
        begun = time.monotonic()
        with db_connect(database).cursor() as cr:
            if not journal_sql.installed(cr):
                self._refuse(self._words(LANGUAGE).no_journal(database))
            words = self._words(journal_sql.language(cr))
            heads = self._read(paths, words)
            for number, faults in journal_sql.verify(cr, heads):
                checked = number
                found += len(faults)
                for fault in faults:
                    self._tell(words.fault(fault))
            _late, waiting = journal_sql.waiting(cr)
        for line in words.summary(checked, found, len(heads), waiting, time.monotonic() - begun):
            self._tell(line)
        return 1 if found else 0

    def _refuse(self, why):
        print(f"Error: {why}", file=sys.stderr)  # noqa: T201  # pylint: disable=print-used
        sys.exit(REFUSED)

    def _tell(self, line):
        print(line)  # noqa: T201  # pylint: disable=print-used
