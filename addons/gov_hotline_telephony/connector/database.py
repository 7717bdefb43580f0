"""Puts the connector together over an Odoo database."""

from __future__ import annotations

from typing import Any

import psycopg2

from odoo.modules.registry import Registry
from odoo.sql_db import connection_info_for

from .anew import quiet
from .calls import LiveCalls
from .desk import Beside
from .ledger import Ledger
from .reconciler import Reconciler
from .recording_store import RecordingStore
from .recordings import Recordings
from .runner import Runner
from .store import Store
from .writer import Writer


def runner(database: str, pbx_id: int) -> Runner:
    """Return what serves this PBX, in a process of its own."""
    quiet()
    store = Store(database, pbx_id)
    return Runner(
        store,
        lambda: connect(database),
        pbx_id,
        lambda: calls(database, pbx_id),
        lambda: beside(database, pbx_id),
    )


def calls(database: str, pbx_id: int) -> LiveCalls:
    """Return the calls of a PBX from the beginning, with their writer."""
    return LiveCalls(Writer(Registry(database), pbx_id))


def beside(database: str, pbx_id: int) -> list[Beside]:
    """Return what works beside the calls of a PBX."""
    return [
        Ledger(Reconciler(Registry(database), pbx_id)),
        Recordings(RecordingStore(database, pbx_id)),
    ]


def connect(database: str) -> Any:
    """Open a connection outside of Odoo's pool: the lock lives as long as it does."""
    _name, parameters = connection_info_for(database)
    return psycopg2.connect(**{**parameters, "application_name": "hotline_pbx"})
