"""`odoo hotline_demo`: a year of an invented region's hotline in an empty database.

Odoo loads this file by itself, without the add-on: whatever needs it is imported in `run`.
"""

import sys
import time
from datetime import datetime

from odoo.cli.command import Command

SUMMARY = """\
{citizens} citizens, {calls} calls, {tasks} tasks, {cases} cases: {fates}
{accounts} accounts in {houses} houses of four companies
digest {digest}"""


class HotlineDemo(Command):
    """Make demonstration data: citizens, calls and cases of a year, users by role.

    The password of every user is the login: operator, operator2, officer, officer2,
    admin_hotline, approver, supervisor, executor, auditor, press, citizen; company1, company2 (of
    two managing companies).
    """

    name = "hotline_demo"

    def __init__(self):
        super().__init__()
        add = self.parser.add_argument
        add("-c", "--config", help="use a specific configuration file")
        add("-d", "--database", dest="db_name", required=True, help="database name")
        add("--seed", type=int, default=1, help="equal seeds make equal data (default 1)")
        add("--scale", type=float, default=1.0, help="1 is 200 citizens, 16,000 accounts")
        add("--now", type=datetime.fromisoformat, help="end of the year shown, UTC (default now)")

    def run(self, cmdargs):
        options = self.parser.parse_args(cmdargs)
        self._configure(options)
        started = time.monotonic()
        result = self._generate(options)
        if result["made"]:
            print(f"Demonstration data made in {time.monotonic() - started:.0f} s")  # noqa: T201  # pylint: disable=print-used
        else:
            print("Nothing to do: the demonstration data is there already")  # noqa: T201  # pylint: disable=print-used
        print(SUMMARY.format(**dict(result, fates=self._fates(result))))  # noqa: T201  # pylint: disable=print-used

    def _configure(self, options):
        from odoo.tools import config

        arguments = ["--no-http", "-d", options.db_name]
        if options.config:
            arguments += ["-c", options.config]
        config.parse_config(arguments, setup_logging=True)

    def _generate(self, options):
        from odoo import SUPERUSER_ID
        from odoo.api import Environment
        from odoo.exceptions import UserError
        from odoo.modules.registry import Registry
        from odoo.tools.translate import load_language

        registry = Registry(options.db_name)
        if "hotline.call" not in registry:
            sys.exit(f"Install gov_hotline in {options.db_name} first")
        # Odoo loads this file outside of its package
        from odoo.addons.gov_hotline.demo.generator import (  # pylint: disable=odoo-addons-relative-import
            generate,
        )

        with registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            if "ru_RU" not in dict(env["res.lang"].get_installed()):
                load_language(cr, "ru_RU")
            try:
                return generate(env, seed=options.seed, scale=options.scale, now=options.now)
            except UserError as error:
                cr.rollback()
                sys.exit(str(error))

    def _fates(self, result):
        return ", ".join(f"{count} {fate}" for fate, count in result["fates"].items())
