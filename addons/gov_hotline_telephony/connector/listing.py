"""The telephones of a PBX over a connection of its own: for the administrator's import."""

from __future__ import annotations

import asyncio
import time

from ..domain import ami_actions as ami
from ..domain.flow import Inbox
from ..domain.telephones import Telephone, telephones
from . import faults
from .client import Account, Client, Deadlines


async def extensions(account: Account, *, timeout: float = 12.0) -> list[Telephone]:
    """Return the extensions of the PBX; timeout is in seconds. Raises Fault."""
    client = Client(account, Inbox(), time.time, Deadlines(timeout / 3, timeout / 3))
    try:
        return await asyncio.wait_for(_ask(client), timeout)
    except TimeoutError as error:
        raise faults.Lost("no answer in time") from error
    finally:
        await client.close()


async def _ask(client: Client) -> list[Telephone]:
    await client.connect()
    devices = await client.collect(ami.devices())
    return telephones(devices, await client.collect(ami.hints()))
