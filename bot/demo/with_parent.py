"""How a child of the demo starts: as `python -m bot`, but it ends when whoever started it is gone, even by kill -9.

python -m bot.demo.with_parent PID COMMAND ...
"""

import os
import runpy
import signal
import sys
import threading
import time

LOOK_EVERY = 0.5


def main(argv: list[str]) -> None:
    parent = int(argv[0])
    threading.Thread(target=_end_after, args=(parent,), name="parent", daemon=True).start()
    sys.argv = ["bot", *argv[1:]]
    runpy.run_module("bot", run_name="__main__")


def _end_after(parent: int) -> None:
    """An orphan has another parent; it stops as if asked to."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(sys.argv[1:])
