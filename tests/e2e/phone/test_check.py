"""The connector's own examination of the PBX we ship, and of others.

Nothing of Odoo is loaded: the connector's client is plain Python.
"""

import asyncio
import importlib
import sys
import types
from dataclasses import replace

import pytest

from runtime import paths
from runtime.pbx import Pbx

ADDON = "gov_hotline_telephony"


@pytest.fixture(scope="module")
def checks():
    """The module of the add-on, without the add-on's models."""
    package = types.ModuleType(ADDON)
    package.__path__ = [str(paths.ADDONS / ADDON)]
    sys.modules[ADDON] = package
    yield importlib.import_module(f"{ADDON}.connector.checks")
    for name in [name for name in sys.modules if name.split(".")[0] == ADDON]:
        del sys.modules[name]


@pytest.fixture
def account(pbx: Pbx, checks):
    """The account of asterisk/manager.conf."""
    return checks.Account(pbx.site.ami_address, pbx.site.ports.ami, "odoo", pbx.secrets["AMI"])


def codes(checks, account, contexts=("operators", "hotline-originate"), queues=("hotline",)):
    found = asyncio.run(checks.check(account, contexts=contexts, queues=queues))
    return [one["code"] for one in found]


def test_the_pbx_we_ship_is_in_order(checks, account):
    """B1: rights, filters, contexts, queue and clock are what the connector needs."""
    assert codes(checks, account) == ["ok"]


def test_what_is_missing_is_named(checks, account):
    assert codes(checks, account, contexts=("nowhere",)) == ["no_context"]
    assert codes(checks, account, queues=("nobody",)) == ["no_queue"]
    assert codes(checks, replace(account, secret="guessed")) == ["wrong_secret"]


def test_a_port_where_nobody_answers(checks, account):
    assert codes(checks, replace(account, port=1)) == ["refused"]
