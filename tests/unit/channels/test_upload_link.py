"""A link for large files: its token, life and room."""

from datetime import datetime, timedelta

import pytest
from gov_hotline_channels.domain import upload_link
from gov_hotline_channels.domain.upload_link import CLOSED, EXPIRED, MEGABYTE, OPEN, USED

UNTIL = datetime(2026, 12, 2, 12)  # noqa: DTZ001 (UTC, as Odoo keeps it)


def test_a_token_is_known_by_its_digest_alone():
    token = upload_link.new_token()
    stored = upload_link.digest(token)
    assert len(token) >= 43
    assert token not in stored
    assert upload_link.new_token() != token
    assert upload_link.matches(token, stored)
    assert not upload_link.matches(stored, stored)
    assert not upload_link.matches(token[:-1], stored)
    assert not upload_link.matches("", "")


@pytest.mark.parametrize(
    ("late", "used", "closed", "state"),
    [
        (-1, False, False, OPEN),
        (0, False, False, EXPIRED),
        (-1, False, True, CLOSED),
        (-1, True, False, USED),
        (1, True, True, USED),
    ],
)
def test_its_life(late, used, closed, state):
    now = UNTIL + timedelta(seconds=late)
    assert upload_link.state(now, UNTIL, used=used, closed=closed) == state


def test_room_is_never_below_zero():
    assert upload_link.room(2, MEGABYTE) == MEGABYTE
    assert upload_link.room(2, 2 * MEGABYTE) == 0
    assert upload_link.room(1, 2 * MEGABYTE) == 0
