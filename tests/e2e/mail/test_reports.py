"""Scheduled reports against a real mail server: killed in the middle, never twice by itself."""

from post import Sink, ask, do, nothing_waits, time_passes, until

from runtime.testing.running import Server

STATES = "SELECT state FROM hotline_report_letter ORDER BY id"


def _states(server: Server) -> list[str]:
    return [state for (state,) in ask(server, STATES)]


def test_a_report_leaves_once_also_after_a_kill(server: Server, sink: Sink):
    """E4: killed while the report is handed over: unknown, one copy, and none by the next runs."""
    sink.say("stall")
    do(server, "scheduled", script="reports")
    do(server, "run", script="reports")
    until(lambda: sink.received() == 1, "the letter is being handed over")
    assert _states(server) == ["sending"]
    server.kill()
    sink.say("stall", None)
    server.start()
    time_passes(server, minutes=1)
    until(lambda: _states(server) == ["unknown"], "the letter is found")
    assert do(server, "run", script="reports") == 1
    nothing_waits(server)
    assert (sink.received(), _states(server)) == (1, ["unknown"])


def test_a_report_made_before_the_kill_leaves_after_it(server: Server, sink: Sink):
    """E4: killed with the report in the queue: it leaves once, with its two files."""
    server.kill()
    before = len(_states(server))
    do(server, "scheduled", script="reports")
    do(server, "run", script="reports")
    server.start()
    until(lambda: _states(server)[before:] == ["sent"], "sent after the start")
    do(server, "run", script="reports")
    nothing_waits(server)
    ((recipient, letter),) = sink.taken()
    assert recipient == "head@gov.example"
    files = {file.get_filename().rpartition(".")[2]: file for file in letter.iter_attachments()}
    assert files["pdf"].get_content().startswith(b"%PDF")
    assert files["xlsx"].get_content().startswith(b"PK")
