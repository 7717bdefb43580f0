"""What fetches recordings beside the calls: nothing told is lost, nothing odd holds up others."""

import asyncio

from gov_hotline_telephony.connector import recordings
from gov_hotline_telephony.domain import ami

EVENT = (
    b"Event: UserEvent\r\nUserEvent: HotlineRecording\r\nLinkedid: 1.1\r\nUniqueid: 1.1\r\n"
    b"CallId: 1.1\r\nFile: 2026/11/21/1.1.raw"
)
WISH = b"Event: UserEvent\r\nUserEvent: HotlineWish\r\nWish: %s\r\nLinkedid: 1.2\r\nUniqueid: 1.2"


class Store:
    """A database that may be away, with a recording that cannot be kept."""

    def __init__(self):
        self.is_away = False
        self.told, self.fetched, self.postponed, self.sweeps = [], [], [], 0

    def tell(self, told):
        if self.is_away:
            raise ConnectionError
        self.told += told

    def sweep(self):
        self.sweeps += 1

    def due(self):
        return [1, 2, 3]

    def fetch(self, recording):
        if recording == 2:
            raise OSError("no space left")
        self.fetched.append(recording)

    def postpone(self, recording):
        self.postponed.append(recording)


def made(store, *events):
    made = recordings.Recordings(store)
    made._swept = -recordings.SWEEP
    for raw in events:
        made.hear(ami.parse(raw))
    return made


def test_an_odd_one_holds_up_no_other():
    store = Store()
    asyncio.run(made(store)._look(0.0))
    assert (store.fetched, store.postponed, store.sweeps) == ([1, 3], [2], 1)


def test_what_was_told_waits_for_the_database():
    store = Store()
    service = made(store, EVENT, WISH % b"no_recording", WISH % b"callback")
    store.is_away = True
    for _try in range(2):
        try:
            asyncio.run(service._look(0.0))
        except ConnectionError:
            continue
    store.is_away = False
    asyncio.run(service._look(1.0))
    assert [name for name, _values in store.told] == ["HotlineRecording", "HotlineWish"]
    assert store.told[0][1]["File"] == "2026/11/21/1.1.raw"


def test_it_runs_until_cancelled(caplog):
    store = Store()
    store.is_away = True
    service = made(store, EVENT)

    async def work():
        task = asyncio.create_task(service.run())
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(work())
    assert "could not be looked after" in caplog.text
