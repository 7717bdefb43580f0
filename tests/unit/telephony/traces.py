"""Recorded AMI messages, and what the PBX would have said of its channels at any moment of them."""

import json
from functools import cache
from pathlib import Path

from gov_hotline_telephony.domain import ami

FOLDER = Path(__file__).resolve().parents[2] / "fixtures/ami"
NAMES = sorted(str(path.relative_to(FOLDER))[:-6] for path in FOLDER.rglob("*.jsonl"))


@cache
def raws(name):
    """Return [(moment, raw bytes)] of what the PBX sent."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = (json.loads(line) for line in lines)
    return [(one["t"], one["raw"].encode().strip()) for one in found if "raw" in one]


@cache
def messages(name):
    """Return [(moment, message)] of what the connector would parse."""
    return [(at, ami.parse(raw)) for at, raw in raws(name) if ami.wanted(raw)]


def now(told, at):
    """Return the messages CoreShowChannel and QueueEntry that [(moment, message)] adds up to."""
    channels, waiting = {}, {}
    for moment, message in told:
        _apply(channels, waiting, moment, message)
    shown = [_channel(one, at) for one in channels.values()]
    return shown, [_entry(*one, at) for one in waiting.items()]


def _apply(channels, waiting, moment, message):
    fields, name = dict(message.pairs), message.name
    uniqueid = fields.get("Uniqueid")
    if name == "Newchannel":
        channels[uniqueid] = {"since": moment, "BridgeId": ""}
    if uniqueid in channels and "Linkedid" in fields:
        keys = (
            "Channel",
            "ChannelState",
            "CallerIDNum",
            "Exten",
            "Context",
            "Uniqueid",
            "Linkedid",
        )
        channels[uniqueid].update({key: fields[key] for key in keys})
    if name == "BridgeEnter":
        channels[uniqueid]["BridgeId"] = fields["BridgeUniqueid"]
    if name == "BridgeLeave" and channels[uniqueid]["BridgeId"] == fields["BridgeUniqueid"]:
        channels[uniqueid]["BridgeId"] = ""
    if name == "Hangup":
        channels.pop(uniqueid)
    if name == "QueueCallerJoin":
        waiting[uniqueid] = (moment, fields["Queue"])
    if name == "QueueCallerLeave":
        waiting.pop(uniqueid)


def _channel(one, at):
    seconds = int(at - one["since"])
    shown = {key: value for key, value in one.items() if key != "since"}
    duration = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return ami.message(Event="CoreShowChannel", Duration=duration, **shown)


def _entry(uniqueid, stands, at):
    since, queue = stands
    return ami.message(
        Event="QueueEntry", Queue=queue, Uniqueid=uniqueid, Wait=str(int(at - since))
    )
