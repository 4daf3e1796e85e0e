"""The simulator's clock: every date in a message comes from it. It stands still, or runs with real time, and can be pushed.

The simulator imports nothing of ours, so this is the one place of the room that asks the machine for the time, and only
for `--clock real`. Limits use monotonic time instead: they hold whatever this clock says.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SimulatorClock:
    def __init__(
        self,
        start: datetime,
        *,
        running: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        if start.tzinfo is None:
            raise ValueError(
                "the clock needs a time with its zone, as in 2026-10-16T15:00:00+07:00"
            )
        self.running = running
        self._monotonic = monotonic
        try:
            self._base = start.astimezone(UTC)
        except OverflowError as beyond:
            raise ValueError(f"the clock cannot show {start.isoformat()}") from beyond
        self._since = monotonic()

    def now(self) -> datetime:
        if not self.running:
            return self._base
        return self._base + timedelta(seconds=self._monotonic() - self._since)

    def move_to(self, moment: datetime) -> None:
        """Forward only: Telegram's time never goes back."""
        self._base = max(self.now(), moment.astimezone(UTC))
        self._since = self._monotonic()


def clock_at(setting: str) -> SimulatorClock:
    """`real`, or an ISO time with its zone at which the clock stands still."""
    if setting == "real":
        return SimulatorClock(_machine_time(), running=True)
    return SimulatorClock(datetime.fromisoformat(setting))


def _machine_time() -> datetime:
    return datetime.fromtimestamp(time.time_ns() / 1_000_000_000, UTC)
