"""Which pop stood on the page when, and how long after the PBX had told of the ring."""

import statistics

WATCH = """
window.hotlineShown = {};
new MutationObserver(() => {
    for (const pop of document.querySelectorAll(".o_hotline_ringing")) {
        const digits = pop.textContent.replace(/[^0-9]/g, "");
        const found = digits.match(/7913700([0-9]{4})/);
        if (found) {
            window.hotlineShown[found[1]] ??= performance.timeOrigin + performance.now();
        }
    }
}).observe(document.body, { childList: true, subtree: true, characterData: true });
"""
AIM = 300  # ms


def latencies(events: list[tuple[float, bytes]], shown: dict[str, float], phone: str) -> str:
    """Say how long the pops took, and how many were never shown."""
    rang = rings(events, phone)
    took = sorted(shown[number] - at * 1000 for number, at in rang.items() if number in shown)
    lost = len(rang) - len(took)
    if len(took) < 2:
        return f"pops: {len(took)} of {len(rang)} shown, too few to measure"
    p95 = statistics.quantiles(took, n=20, method="inclusive")[-1]
    word = "reached" if p95 <= AIM else "missed"
    return (
        f"from the AMI event to the page: p50 {statistics.median(took):.0f} ms, p95 {p95:.0f} ms, "
        f"max {took[-1]:.0f} ms of {len(took)} pops ({lost} never shown); "
        f"aim p95 {AIM} ms: {word}"
    )


def rings(events: list[tuple[float, bytes]], phone: str) -> dict[str, float]:
    """{last four digits of the caller: when the telephone rang for the first time}."""
    channel = f"\r\nChannel: PJSIP/{phone}-".encode()
    found: dict[str, float] = {}
    for at, raw in events:
        if channel in raw and b"\r\nChannelStateDesc: Ringing\r\n" in raw:
            number = raw.partition(b"\r\nConnectedLineNum: ")[2].partition(b"\r\n")[0].decode()
            if raw.startswith(b"Event: Newstate") and number.startswith("7913700"):
                found.setdefault(number[-4:], at)
    return found
