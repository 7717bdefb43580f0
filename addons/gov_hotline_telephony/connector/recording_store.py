"""The recordings of one PBX in the database, as the connector needs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry

from .anew import anew
from .recordings import Told


class RecordingStore:
    """The recordings of one PBX in one database; every method blocks."""

    def __init__(self, database: str, pbx_id: int) -> None:
        """Take the names of both."""
        self._database, self._pbx_id = database, pbx_id

    @contextmanager
    def _pbx(self) -> Iterator[Environment]:
        registry = Registry(self._database).check_signaling()
        with registry.cursor() as cr:
            yield Environment(cr, SUPERUSER_ID, {})["hotline.pbx"].browse(self._pbx_id).exists()

    @anew
    def tell(self, told: list[Told]) -> None:
        """Write down what was told."""
        with self._pbx() as pbx:
            pbx._recordings_told(told)

    @anew
    def sweep(self) -> None:
        """Look through the folder for what nobody told of: no connector ran then."""
        with self._pbx() as pbx:
            pbx._sweep_recordings()

    @anew
    def due(self) -> list[int]:
        """Return the ids of what is to be fetched now."""
        with self._pbx() as pbx:
            return pbx._due_recordings().ids

    @anew
    def fetch(self, recording: int) -> None:
        """Fetch one, in a transaction of its own."""
        with self._pbx() as pbx:
            pbx.env["hotline.recording"].browse(recording).exists()._fetch()

    @anew
    def postpone(self, recording: int) -> None:
        """Try one again later."""
        with self._pbx() as pbx:
            pbx.env["hotline.recording"].browse(recording).exists()._postpone()
