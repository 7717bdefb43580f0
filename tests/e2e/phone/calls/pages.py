"""An operator's page in a real Chromium beside the real PBX: what stands there, clicks and keys."""

import json
from contextlib import ExitStack
from typing import Any, Self

from hotline import Desk, until

from runtime.testing.clients import Browser

CTRL_ALT = 3  # as the protocol of the browser counts modifiers
SOUND = (  # a microphone and a loudspeaker that are none, speech within this machine
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--ignore-certificate-errors",  # of the PBX: its certificate is made by the tests
)
# What a page's calls received: each connection made from now on is kept.
EAR = """(() => {
    if (!window.hotlineCalls) {
        const calls = (window.hotlineCalls = []);
        window.RTCPeerConnection = class extends window.RTCPeerConnection {
            constructor(...words) {
                super(...words);
                calls.push(this);
            }
        };
    }
})()"""
HEARD = """(async () => {
    let heard = 0;
    for (const call of window.hotlineCalls) {
        for (const one of (await call.getStats()).values()) {
            heard += (one.type === "inbound-rtp" && one.totalAudioEnergy) || 0;
        }
    }
    return heard;
})()"""
FOUND = """(() => {
    const found = [...document.querySelectorAll(%s)].filter(
        (one) => one.getClientRects().length && one.textContent.includes(%s)
    );
    %s
})()"""


class Pages(dict):
    """Pages by login, each opened when it is first asked for."""

    def __init__(self, desks: dict[str, Desk]) -> None:
        super().__init__()
        self.desks = desks
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.stack.close()

    def __missing__(self, login: str) -> "Page":
        self[login] = self.stack.enter_context(Page(self.desks[login]))
        return self[login]


class Page(Browser):
    """One person's page; the session is another one than the desk's, the person is the same."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.hotline.server.url, options=SOUND)
        self.desk = desk

    def __enter__(self) -> Self:
        super().__enter__()
        self.login(self.desk.name, self.desk.password)
        return self

    def goes(self, path: str) -> None:
        """Open a page of the system and wait until the telephone stands on it."""
        self.run("window.hotlineOld = true")
        self.open(path)
        until(lambda: self._asks("!window.hotlineOld && !!odoo.loader"), f"{path} opens")
        self.sees("[name=phone_state]")

    def comes_on_line(self, number: str) -> None:
        """Come on the line with this telephone, chosen in the menu of one's state."""
        self.clicks("[name=phone_state]")
        self.clicks(".o_hotline_extension", number)
        self.sees("[name=phone_state]", "На линии")
        self.run(EAR)

    def heard(self) -> float:
        """How loud all was that this page's calls received since it opened: silence is 0."""
        return self._asks(HEARD) or 0

    def sees(self, selector: str, text: str = "") -> str:
        """Wait until something with this text stands there; return all of its text."""
        what = f"on the page of {self.desk.name}: {selector} «{text}»"
        try:
            script = "return found.length && [found[0].innerText]"
            return until(lambda: self._found(selector, text, script), what)[0]
        except AssertionError:
            shown = self.run("document.body.innerText")
            raise AssertionError(
                f"never {what}; there is:\n{shown[:2000]}\n{self.errors}"
            ) from None

    def lacks(self, selector: str, text: str = "") -> None:
        """Wait until nothing of this stands there."""
        what = f"no more on the page of {self.desk.name}: {selector} «{text}»"
        try:
            until(lambda: self._found(selector, text, "return !found.length"), what)
        except AssertionError:
            left = self._found(selector, text, "return found.map((one) => one.innerText)")
            focus = self._asks("document.activeElement?.outerHTML")
            raise AssertionError(f"never {what}; it is:\n{left}\nfocus: {focus}") from None

    def clicks(self, selector: str, text: str = "") -> None:
        """Click on what stands there, or will."""
        until(
            lambda: self._found(selector, text, "found[0]?.click(); return found.length"),
            f"to click on the page of {self.desk.name}: {selector} «{text}»",
        )

    def types(self, selector: str, text: str) -> None:
        """Type into a field as a person does."""
        self.sees_field(selector)
        self._found(selector, "", "found[0].focus(); found[0].select(); return true")
        self.send("Input.insertText", text=text)

    def sees_field(self, selector: str, value: str = "") -> str:
        """Wait until a field with this in it stands there; return what is in it."""
        script = "return found.find((one) => one.value.includes(%s)) && [found[0].value]"
        script %= json.dumps(value)
        return until(lambda: self._found(selector, "", script), f"{selector} «{value}»")[0]

    def press(self, key: str, modifiers: int = 0) -> None:
        """Press a key where the focus is: «Enter», a letter."""
        known = {"Enter": ("Enter", 13, "\r"), "Tab": ("Tab", 9, "")}
        code, number, text = known.get(key, (f"Key{key.upper()}", ord(key[0].upper()), key))
        told = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers}
        down = {**told, "text": text} if text and not modifiers else told
        self.send("Input.dispatchKeyEvent", type="keyDown", **down)
        self.send("Input.dispatchKeyEvent", type="keyUp", **told)

    def _found(self, selector: str, text: str, then: str) -> Any:
        return self._asks(FOUND % (json.dumps(selector), json.dumps(text), then))

    def _asks(self, script: str) -> Any:
        try:
            return self.run(script)
        except RuntimeError:  # the page is just being replaced
            return None
