"""A call on a fake PBX and the connector's acts upon it."""

import asyncio
from contextlib import asynccontextmanager

from gov_hotline_telephony.connector import checks
from gov_hotline_telephony.connector.acts import Acts
from gov_hotline_telephony.connector.client import Account, Client, Deadlines
from gov_hotline_telephony.connector.desk import Command, Settings
from gov_hotline_telephony.connector.ear import Ear
from gov_hotline_telephony.domain.flow import Inbox

from .fake_ami import ANSWERS, FakeAmi

DONE = ["Response: Success\r\nActionID: {id}\r\nMessage: Done"]
ORIGINATE = {
    "interface": "PJSIP/101",
    "number": "84957654321",
    "context": "hotline-originate",
    "timeout": 20,
    "caller": "84957654321",
    "variables": {"HOTLINE_CALL_ID": "4711"},
}
NAMES = ("Hangup", "BlindTransfer", "Atxfer", "CancelAtxfer", "PlayDTMF", "Redirect", "Bridge")
NAMES += ("Setvar",)
ACTIONS = dict.fromkeys((*NAMES, "QueueAdd", "QueueRemove", "QueuePause"), DONE)


def row(uniqueid, name, bridge="", place="", application="", linkedid="h.1"):
    """A CoreShowChannel as the PBX lists it; place is context/extension."""
    context, _slash, extension = place.partition("/")
    return (
        f"Event: CoreShowChannel\r\nActionID: {{id}}\r\nChannel: {name}\r\nUniqueid: {uniqueid}\r\n"
        f"Linkedid: {linkedid}\r\nContext: {context}\r\nExten: {extension}\r\n"
        f"Application: {application}\r\nBridgeId: {bridge}"
    )


TALK = [row("h.1", "PJSIP/trunk-0001", "b1"), row("h.2", "PJSIP/101-0002", "b1")]
HELD = [
    row("h.1", "PJSIP/trunk-0001", place="hotline-park/citizen", application="MusicOnHold"),
    row("h.2", "PJSIP/101-0002", place="hotline-park/operator", application="Wait"),
]
# After hold the place stays written on the channels
UNHELD = [
    row("h.1", "PJSIP/trunk-0001", "b2", "hotline-park/citizen"),
    row("h.2", "PJSIP/101-0002", "b2", "hotline-park/operator"),
]
CONSULTED = [
    row("h.1", "PJSIP/trunk-0001", "b1"),
    row("h.2", "PJSIP/101-0002", "b3"),
    row("h.3", "Local/103@operators-0000;1", "b3"),
]
SPY = row("s.1", "PJSIP/103-0004", place="hotline-spy/listen", application="ChanSpy")
THREE = [row(f"h.{n}", f"PJSIP/10{n}-0001", "b1") for n in (1, 2, 3)]


def listed(rows):
    first, *_rows, last = ANSWERS["CoreShowChannels"]
    return [first, *rows, last]


class Scene:
    """A PBX whose channels change from look to look; the last ones stay."""

    def __init__(self, pbx, *looks):
        self.pbx, self.looks = pbx, list(looks)
        pbx.answers.update(ACTIONS)
        pbx.answers["CoreShowChannels"] = self._look

    def _look(self, _action):
        rows = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        return listed(rows)

    def sent(self):
        """What was asked for: "Action Name=Value ..." without the looks."""
        skipped = ("Challenge", "Login", "CoreShowChannels")
        return [
            " ".join([one["Action"], *(f"{k}={v}" for k, v in one.items() if k in SHOWN)])
            for one in self.pbx.actions
            if one["Action"] not in skipped
        ]


SHOWN = ("Channel", "ExtraChannel", "Channel1", "Channel2", "Exten", "Digit", "Queue", "Interface")


@asynccontextmanager
async def acting(*looks):
    inbox, ear = Inbox(), Ear()
    async with FakeAmi() as pbx:
        scene = Scene(pbx, *(looks or ([],)))
        account = Account("127.0.0.1", pbx.port, "odoo", "s3cret")
        client = Client(account, inbox, lambda: 0.0, Deadlines(answer=0.3))
        await client.connect()
        settings = Settings(1, "main", account, "operators", "hotline-originate", "", ("hotline",))
        listening = asyncio.create_task(checks._listen(inbox, ear))
        try:
            yield Acts(client, settings, ear), scene
        finally:
            listening.cancel()
            await client.close()


def do(kind, payload, *looks, prepare=None, channel_id="c-1"):
    """Carry out one command against these channels; return (outcome, what was sent)."""

    async def scene_():
        async with acting(*looks) as (doing, scene):
            if prepare:
                prepare(scene.pbx)
            return await doing.do(Command(7, kind, payload, channel_id)), scene.sent()

    return asyncio.run(asyncio.wait_for(scene_(), 30))


OPERATOR = {"channel": "h.2"}
BOTH = {"citizen": "h.1", "operator": "h.2"}
TO = {**OPERATOR, "number": "103", "context": "operators"}
