"""`odoo hotline_pbx`: the connector between Asterisk and Odoo, one process a PBX.

Odoo loads this file by itself, without the add-on: whatever needs it is imported in `run`.
"""

import asyncio
import sys

from odoo.cli.command import Command

REFUSED = 2  # exit code: cannot serve before somebody sets something right


class HotlinePbx(Command):
    """Serve a PBX of the hotline: calls, queues, acts of the operators. Ends with SIGTERM.

    A second one for the same PBX waits and takes over when the first ends. Exit code 0: ended by
    a signal; 1: a fault; 2: no database, no add-on, no such PBX.
    """

    name = "hotline_pbx"

    def __init__(self):
        super().__init__()
        add = self.parser.add_argument
        add("-c", "--config", help="use a specific configuration file")
        add("-d", "--database", dest="db_name", required=True, help="database name")
        add("--pbx", help="code of the PBX; may be left out where there is one only")

    def run(self, cmdargs):
        options = self.parser.parse_args(cmdargs)
        self._configure(options)
        pbx_id = self._pbx(options)
        sys.exit(self._serve(options.db_name, pbx_id))

    def _configure(self, options):
        from odoo.tools import config

        arguments = ["--no-http", "-d", options.db_name]
        if options.config:
            arguments += ["-c", options.config]
        config.parse_config(arguments, setup_logging=True)

    def _pbx(self, options):
        """Return the id of the PBX to serve; end with what is missing."""
        from odoo import SUPERUSER_ID
        from odoo.api import Environment

        with self._registry(options.db_name).cursor() as cr:
            every = Environment(cr, SUPERUSER_ID, {})["hotline.pbx"].search([])
            found = every.filtered(lambda one: options.pbx in (one.code, None))
            if len(found) != 1:
                codes = ", ".join(every.mapped("code")) or "none, set one up in Odoo"
                self._refuse(f"which PBX? Say --pbx CODE; there are: {codes}")
            return found.id

    def _registry(self, database):
        from psycopg2 import OperationalError

        from odoo.modules.registry import Registry

        try:
            registry = Registry(database)
        except OperationalError as error:
            self._refuse(f"no database {database}: {str(error).strip()}")
        if "hotline.pbx" not in registry:
            self._refuse(f"install gov_hotline_telephony in {database} first")
        return registry

    def _serve(self, database, pbx_id):
        # Odoo loads this file outside of its package
        from odoo.addons.gov_hotline_telephony.connector.database import (  # pylint: disable=odoo-addons-relative-import
            runner,
        )
        from odoo.addons.gov_hotline_telephony.connector.desk import (  # pylint: disable=odoo-addons-relative-import
            Gone,
        )

        try:
            asyncio.run(runner(database, pbx_id).run())
        except Gone as gone:
            self._refuse(str(gone))
        return 0

    def _refuse(self, why):
        print(f"Error: {why}", file=sys.stderr)  # noqa: T201  # pylint: disable=print-used
        sys.exit(REFUSED)
