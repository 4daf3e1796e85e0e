"""One chat in order, chats in parallel: a queue per chat, and a task for each queue that holds something.

What waits here is work, not text: nothing is read, kept or logged. One busy chat cannot hold up another, because no
place is taken before a chat's turn has come.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
Work = Callable[[], Awaitable[None]]
LOG = logging.getLogger(__name__)


class Lanes:
    def __init__(self) -> None:
        self._waiting: dict[int, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._empty = asyncio.Event()
        self._empty.set()

    def put(self, key: int, work: Work) -> None:
        """`work` runs after everything put under the same key before it."""
        self._empty.clear()
        if key in self._waiting:
            self._waiting[key].append(work)
            return
        self._waiting[key] = deque([work])
        task = asyncio.create_task(self._run(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def turn(self, key: int, work: Callable[[], Awaitable[T]]) -> T:
        """Like `put`, and wait for its value. A caller that gives up does not take its work along."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        async def report() -> None:
            try:
                value = await work()
            except asyncio.CancelledError:
                done.cancel()
                raise
            except Exception as error:  # noqa: BLE001  # carried to the caller, who knows what it means
                if not done.done():
                    done.set_exception(error)
            else:
                if not done.done():
                    done.set_result(value)

        self.put(key, report)
        return await done

    @property
    def busy(self) -> bool:
        return not self._empty.is_set()

    async def quiet(self) -> None:
        await self._empty.wait()

    async def close(self, patience: float) -> None:
        """Give what is under way a little time, then drop it."""
        try:
            await asyncio.wait_for(self.quiet(), patience)
        except TimeoutError:
            LOG.warning("dropped the work of %d chats while stopping", len(self._waiting))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, key: int) -> None:
        queue = self._waiting[key]
        try:
            while queue:
                await _safely(queue.popleft())
        finally:
            del self._waiting[key]
            if not self._waiting:
                self._empty.set()


async def _safely(work: Work) -> None:
    try:
        await work()
    except Exception:
        # Work reports its own failures; one that slipped through must not take the chat's queue along.
        LOG.exception("work in a chat's queue failed")
