"""The simulator as a process of its own."""

import http.client
import signal
import subprocess
import sys
import time


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "simulator", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_it_says_where_it_listens_answers_at_once_and_stops_when_told():
    before = time.monotonic()
    process = started("--port", "0", "--clock", "2026-10-16T15:00:00+07:00")
    line = process.stdout.readline()
    url = line.split()[3]
    connection = http.client.HTTPConnection(url.removeprefix("http://"))
    connection.request("GET", "/control/clock")
    assert b"2026-10-16T08:00:00+00:00" in connection.getresponse().read()
    connection.close()
    assert time.monotonic() - before < 3.0  # under a second on a machine with nothing else to do
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=5)
    assert (process.returncode, errors) == (0, "")


def test_a_clock_it_cannot_read_is_a_sentence_not_a_traceback():
    process = started("--port", "0", "--clock", "tomorrow")
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 2
    assert errors.startswith("The simulator cannot start: ")
    assert "Traceback" not in errors
