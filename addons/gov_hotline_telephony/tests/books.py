"""Books of a PBX as it writes them, for calls made up by a test."""

import json

CHANNELS = {
    "1": ("PJSIP/trunk-1", "79135550101", "1100", "from-trunk"),
    "2": ("PJSIP/101-2", "101", "s", "operators"),
}
APPS = {"1": "Queue", "2": "AppQueue"}
IN = {"extra": {"bridge_id": "b1"}}


class Books:
    """A folder with CEL and the queue's log; `call` is "1.1" at this moment."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("cel-custom", "cdr-csv"):
            (folder / name).mkdir()
        self.cel = folder / "cel-custom/hotline.csv"
        self.log = folder / "queue_log"

    def note(self, at, kind, channel, call="1.1", *, app="", data="", extra=None):
        """Write one thing that happened to the citizen's (1) or the operator's channel (2)."""
        name, number, exten, context = CHANNELS[channel]
        uniqueid = f"{call.partition('.')[0]}.{channel}"
        said = json.dumps(extra) if extra else ""
        fields = (kind, at, uniqueid, call, name, number, "Иванова, М.", exten, context, app, data)
        line = ",".join('"{}"'.format(str(one).replace('"', '""')) for one in (*fields, said))
        with self.cel.open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")

    def rings(self, at, call="1.1"):
        """A citizen calls and waits in the queue, a telephone rings."""
        self.note(at, "CHAN_START", "1", call)
        self.note(at, "ANSWER", "1", call, app="Answer")
        self.note(at + 1, "APP_START", "1", call, app="Queue", data="hotline,t,,,1800")
        self.note(at + 1, "CHAN_START", "2", call)

    def talks(self, at, call="1.1"):
        """The operator answers after three seconds."""
        self.rings(at, call)
        self.note(at + 3, "ANSWER", "2", call, app="AppQueue")
        for channel in "21":
            self.note(at + 3, "BRIDGE_ENTER", channel, call, app=APPS[channel], **IN)

    def answered(self, at, call="1.1", seconds=60):
        """They talk; the citizen hangs up."""
        self.talks(at, call)
        end = at + 3 + seconds
        for channel in "12":
            self.note(end, "BRIDGE_EXIT", channel, call, app=APPS[channel], **IN)
        self._over(end, call)

    def abandoned(self, at, call="1.1", seconds=8):
        """The citizen gives up."""
        self.rings(at, call)
        self._over(at + seconds, call)

    def _over(self, end, call):
        asked = {"hangupcause": 16, "hangupsource": "PJSIP/trunk-1", "dialstatus": ""}
        self.note(end, "HANGUP", "2", call, app="AppQueue", extra=asked)
        self.note(end, "APP_END", "1", call, app="Queue", data="hotline")
        self.note(end, "HANGUP", "1", call, extra=asked)
        self.note(end, "LINKEDID_END", "1", call)

    def started(self, at):
        """The PBX was started."""
        with self.log.open("a", encoding="utf-8") as stream:
            stream.write(f"{int(at)}|NONE|NONE|NONE|QUEUESTART|\n")
