"""The clock's followers: who is told each new time, and how to know that all work is done.

1. A jump goes from due time to due time: each follower is told the time, does all that is due, and answers when it is due again.
   Otherwise ninety days would be ninety days of downtime, and no reminder would go out.
2. Quiet means: nothing waits unconfirmed, no call is under way, every follower says that it has no work, and no call came while
   they were asked. A bot confirms an update before its answer is sent, so an empty queue alone proves nothing.
3. Without followers only stillness can be seen: no call for `still` milliseconds of real time.
4. A follower that cannot be reached is reported once and forgotten: the bot behind it was stopped.
"""

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp

from bot.simulator.json_types import Json, JsonObject, as_object, as_text
from bot.simulator.views import Jump, Step
from bot.simulator.workbench import Workbench

ANNOUNCE_SECONDS = 600.0
AT_LEAST = timedelta(seconds=60)
LOOK_AGAIN = 0.5


class FollowerLost(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Restless:
    """Why it is not quiet."""

    reason: str


async def advance(bench: Workbench, target: datetime) -> Jump:
    """To the target, stopping wherever a follower has something to do."""
    before = bench.books.sent
    steps: list[Step] = []
    while True:
        sent = bench.books.sent
        now = bench.clock.now()
        due = await _announce(bench, now)
        steps.append(Step(now, bench.books.sent - sent, due))
        if now >= target:
            return Jump(now, tuple(steps), bench.books.sent - before)
        bench.clock.move_to(_next_stop(now, due, target))
        bench.pulse.ring()


async def wait_quiet(bench: Workbench, within: float, still: float) -> Restless | None:
    """None once it is quiet; else what kept it busy until the seconds were over."""
    loop = asyncio.get_running_loop()
    until = loop.time() + within
    while (left := until - loop.time()) > 0:
        if not _idle(bench):
            await bench.pulse.wait(min(left, LOOK_AGAIN))
            continue
        calls = _calls(bench)
        if bench.followers:
            await _ask_quiet(bench, left)
        else:
            await asyncio.sleep(min(still, left))
        if _idle(bench) and _calls(bench) == calls and loop.time() < until:
            return None
    return Restless(_reason(bench))


def _next_stop(now: datetime, due: datetime | None, target: datetime) -> datetime:
    """A due time that has passed already cannot be stepped to: then a minute on, as a ticker does."""
    if due is None:
        return target
    return min(target, due if due > now else now + AT_LEAST)


def _reason(bench: Workbench) -> str:
    if _idle(bench):
        return "calls keep coming, or a follower is still at work"
    return f"{bench.pending()} updates wait, {bench.working} calls are under way"


def _idle(bench: Workbench) -> bool:
    return bench.pending() == 0 and bench.working == 0


def _calls(bench: Workbench) -> int:
    """Long polls that end and begin again are not work."""
    return sum(
        count for name, count in bench.books.counts.items() if not name.startswith("getUpdates ")
    )


async def _announce(bench: Workbench, now: datetime) -> datetime | None:
    answers = await _post_to_all(bench, {"now": now.isoformat()}, ANNOUNCE_SECONDS)
    dues = [as_text(as_object(answer).get("next_due")) for answer in answers]
    return min((_moment(due) for due in dues if due), default=None)


def _moment(due: str) -> datetime:
    try:
        moment = datetime.fromisoformat(due)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError) as wrong:
        raise FollowerLost(
            f"a follower of the clock is due at {due!r}, which is no time"
        ) from wrong
    raise FollowerLost(f"a follower of the clock is due at {due!r}, which has no zone")


async def _ask_quiet(bench: Workbench, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await _post_to_all(bench, {"quiet": True}, seconds)


async def _post_to_all(bench: Workbench, body: JsonObject, seconds: float) -> list[Json]:
    if not bench.followers:
        return []
    timeout = aiohttp.ClientTimeout(total=seconds)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        return [await _post(bench, session, url, body) for url in tuple(bench.followers)]


async def _post(
    bench: Workbench, session: aiohttp.ClientSession, url: str, body: JsonObject
) -> Json:
    try:
        async with session.post(url, json=body, raise_for_status=True) as response:
            answer: Json = await response.json()
            return answer
    except (aiohttp.ClientError, ValueError) as wrong:
        if isinstance(wrong, aiohttp.ClientConnectionError):
            bench.followers.remove(url)
        reason = f"{type(wrong).__name__}: {wrong}"
        raise FollowerLost(f"the clock's follower at {url} does not answer ({reason})") from wrong
