"""One running simulator: the books, the clock, what is going on right now. Holds no rules and speaks no HTTP."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from secrets import token_hex
from zoneinfo import ZoneInfo

from bot.simulator.books import Account, Books
from bot.simulator.clock import SimulatorClock
from bot.simulator.faults import Faults
from bot.simulator.people import Scene
from bot.simulator.spec import Spec
from bot.simulator.tour import Tour


class Pulse:
    """Wakes everybody who waits for something to happen."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.rings = 0

    def ring(self) -> None:
        self.rings += 1
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until the next ring, or so long."""
        # Not wait_for: that of Python 3.11 loses a cancellation that comes together with the ring.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()

    async def wait_beyond(self, rings: int, seconds: float) -> None:
        """Not at all if it rang since there were so many rings."""
        if self.rings == rings:
            await self.wait(seconds)


@dataclass(slots=True)
class Latency:
    min_ms: float = 0.0
    max_ms: float = 0.0
    random: Random = field(default_factory=Random)

    async def pause(self) -> None:
        if self.max_ms > 0:
            await asyncio.sleep(self.random.uniform(self.min_ms, self.max_ms) / 1000)


@dataclass(slots=True)
class Workbench:
    clock: SimulatorClock
    spec: Spec
    full_spec: Spec | None = None  # every call is judged by it as well
    books: Books = field(default_factory=Books)
    pulse: Pulse = field(default_factory=Pulse)
    latency: Latency = field(default_factory=Latency)
    faults: Faults = field(default_factory=Faults)
    followers: list[str] = field(default_factory=list)
    pollers: dict[int, object] = field(default_factory=dict)  # the one that may wait, by bot
    working: int = 0  # calls under way, long polls not counted
    closing: bool = False
    jumping: bool = False  # the clock is on its way
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))  # of the page's clock
    tour: Tour | None = None
    instance: str = field(default_factory=lambda: token_hex(8))  # so that a page sees a restart

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        self.working += 1
        try:
            yield
        finally:
            self.working -= 1
            self.pulse.ring()

    @contextlib.contextmanager
    def on_its_way(self) -> Iterator[None]:
        """The clock is jumping: pages show it."""
        self.jumping = True
        self.pulse.ring()
        try:
            yield
        finally:
            self.jumping = False
            self.pulse.ring()

    def scene(self, username: str = "") -> Scene:
        return Scene(self.books, self.books.account_named(username), self.clock.now())

    def pending(self) -> int:
        return sum(account.updates.pending() for account in self.books.accounts)

    def account(self, token: str) -> Account:
        return self.books.account_of(token)
