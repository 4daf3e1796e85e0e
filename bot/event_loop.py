"""The loop in which the bot runs: uvloop's, which answers with less computing, where it exists (not on Windows)."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
new_loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
try:
    import uvloop
except ImportError:
    pass
else:
    new_loop = uvloop.new_event_loop


def run(main: Coroutine[Any, Any, T]) -> T:
    """As asyncio.run does it: Ctrl-C cancels `main`."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(main)
