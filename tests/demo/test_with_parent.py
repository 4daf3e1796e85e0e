"""A child of the demo or the tour outlives nobody who was killed."""

import os
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 30.0
PARENT = """
import os, subprocess, sys
child = subprocess.Popen(
    [sys.executable, "-m", "bot.demo.with_parent", str(os.getpid()), "simulator", "--port", "0"],
    stdout=subprocess.PIPE, start_new_session=True,
)
child.stdout.readline()
print(child.pid, flush=True)
child.wait()
"""


def is_running(pid: int) -> bool:
    """A zombie has ended; somebody else forgot to fetch it."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_when_the_parent_is_killed_the_child_ends_by_itself():
    root = Path(__file__).parents[2]
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_running(child)
    parent.kill()
    parent.communicate()
    until = time.monotonic() + PATIENCE
    while is_running(child) and time.monotonic() < until:
        time.sleep(0.02)
    still = is_running(child)
    if still:
        os.kill(child, 9)
    assert not still
