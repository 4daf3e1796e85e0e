"""One scheduled tick: open rounds, send due contacts, close overdue rounds, the weekly summary, jobs. Logs the counts.

It remembers nothing between two ticks: due times are columns, and whatever is begun is claimed in a
transaction first, so two tickers, or one that died half-way, do nothing twice. A failure of one round, contact or
job is logged and put off by an hour; the others go on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alarms import Alarm
from bot.analysis import Analyst
from bot.asked_jobs import AskedJobs
from bot.chat.contact_screens import contact_screen
from bot.chat.desk import Desk
from bot.chat.outbox import Outbox, Prepare
from bot.chat.outgoing import Outgoing, SendMessage
from bot.errors import TryLater
from bot.fieldwork import contacting, rounds
from bot.fieldwork.contacting import AFTER_A_FAILURE, Claimed
from bot.progress import show_boards
from bot.summarising import Reporter

LOG = logging.getLogger(__name__)
CLAIMED_AT_ONCE = 30
LAST_SECONDS = 0.6  # for a message that is on its way when the bot stops
BOARD_SECONDS = 3.0  # of real time between two edits of a board
SENDING_SECONDS = (
    50.0  # of real time; then the rest of the tick has its turn, and the next goes on at once
)


@dataclass(slots=True)
class Counts:
    """What one tick did; the log line and the tests read it."""

    opened: int = 0
    sent: int = 0
    not_sent: int = 0
    closed: int = 0
    summaries: int = 0
    jobs: int = 0
    set_aside: int = 0  # updates that the administrators were told of now
    failed: int = 0
    cut_short: int = 0  # 1: more could be sent at once

    def __str__(self) -> str:
        return " ".join(f"{name}={getattr(self, name)}" for name in self.__slots__)


async def tick(desk: Desk, outbox: Outbox, analyst: Analyst, now: datetime) -> Counts:
    """Never twice at the same time within one process: the metronome sees to that."""
    counts = Counts()
    at = _Tick(desk, outbox, now, counts)
    reporter = Reporter(desk, outbox, analyst)
    await at.open_rounds()
    await at.send_contacts()
    await at.show_boards()
    await at.close_rounds()
    counts.summaries += await at.guarded(lambda: reporter.weekly(now))
    counts.jobs += await at.guarded(lambda: AskedJobs(desk, outbox, analyst).done(now))
    counts.set_aside += await at.guarded(lambda: Alarm(desk, outbox).set_aside(now))
    LOG.info("tick %s", counts)
    return counts


async def do_jobs(desk: Desk, outbox: Outbox, analyst: Analyst, now: datetime) -> Counts:
    """Only what was asked for in a chat, where somebody waits. Also while a tick is under way: jobs are claimed."""
    counts = Counts()
    jobs = AskedJobs(desk, outbox, analyst)
    counts.jobs += await _Tick(desk, outbox, now, counts).guarded(lambda: jobs.done(now))
    LOG.info("asked for %s", counts)
    return counts


@dataclass(slots=True)
class _Hold:
    """How far a claimed contact has come."""

    is_begun: bool = False  # from here on it may be on its way
    is_given_back: bool = False


@dataclass(frozen=True, slots=True)
class _Tick:
    desk: Desk
    outbox: Outbox
    now: datetime
    counts: Counts

    async def open_rounds(self) -> None:
        for round_id in await self.desk.run(rounds.due_to_open, self.now):
            try:
                opened = await self.desk.run(rounds.open_round, self.desk.study, round_id, self.now)
                self.counts.opened += opened is not None
            except Exception:
                LOG.exception("round %d could not be opened", round_id)
                self.counts.failed += 1
                await self.desk.run(rounds.push_opening, round_id, self.now)

    async def send_contacts(self) -> None:
        loop = asyncio.get_running_loop()
        until, board_at = loop.time() + SENDING_SECONDS, loop.time()
        while loop.time() < until:
            if loop.time() >= board_at:
                await self.show_boards()
                board_at = loop.time() + BOARD_SECONDS
            claimed = await self.desk.run(
                contacting.claim_due, self.desk.study, self.now, CLAIMED_AT_ONCE
            )
            if not claimed:
                return
            sent = await asyncio.gather(
                *(self._send(one) for one in claimed), return_exceptions=True
            )  # all of them: on a stop each gives back what it holds
            if any(isinstance(one, asyncio.CancelledError) for one in sent):
                raise asyncio.CancelledError
        self.counts.cut_short = 1

    async def show_boards(self) -> None:
        await self.guarded(lambda: show_boards(self.desk, self.outbox, self.now))

    async def _send(self, claimed: Claimed) -> None:
        hold = _Hold()

        async def prepare() -> list[Outgoing] | None:
            if hold.is_given_back:
                return None
            hold.is_begun = True
            contact = await self.desk.run(
                contacting.recheck, self.desk.study, claimed.contact_id, self.now
            )
            if contact is None:
                return None
            screen = contact_screen(self.desk.texts, self.desk.study.office, contact)
            return [SendMessage(contact.chat_id, screen)]

        under_way = asyncio.ensure_future(self._send_and_record(claimed, prepare))
        try:
            await asyncio.shield(under_way)
        except asyncio.CancelledError:
            await self._stopped(claimed, hold, under_way)
            raise

    async def _send_and_record(self, claimed: Claimed, prepare: Prepare) -> None:
        try:
            delivered = await self.outbox.initiate(claimed.chat_id, prepare)
        except Exception:
            LOG.exception("contact %d failed", claimed.contact_id)
            self.counts.failed += 1
            later = self.now + AFTER_A_FAILURE
            await self.desk.run(contacting.postpone, claimed.contact_id, later, "a failure of ours")
            return
        # If recording fails the claim stands and lapses: the message may be out, it must not go twice.
        try:
            await self._record(claimed, delivered)
        except Exception:
            LOG.exception("what became of contact %d was not recorded", claimed.contact_id)
            self.counts.failed += 1

    async def _stopped(
        self, claimed: Claimed, hold: _Hold, under_way: "asyncio.Future[None]"
    ) -> None:
        """The bot stops: what is surely not sent is given back, what is under way gets a moment to be sent and recorded."""
        if not hold.is_begun:
            hold.is_given_back = True
            under_way.cancel()
            await self.desk.run(
                contacting.postpone, claimed.contact_id, self.now, "the bot was stopped"
            )
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(under_way, LAST_SECONDS)

    async def _record(self, claimed: Claimed, delivered: str | TryLater) -> None:
        self.counts.sent += delivered == "sent"
        self.counts.not_sent += delivered != "sent"
        match delivered:
            case TryLater():
                until = self.now + max(timedelta(minutes=1), timedelta(seconds=delivered.after))
                await self.desk.run(
                    contacting.postpone, claimed.contact_id, until, "Telegram asked to wait"
                )
            case "sent" | "unreachable" | "unknown" | "refused":
                await self.desk.run(
                    contacting.record, self.desk.study, claimed.contact_id, delivered, self.now
                )
            case _:  # withdrawn: recheck has noted why
                pass

    async def close_rounds(self) -> None:
        for round_id in await self.desk.run(rounds.due_to_close, self.now):
            try:
                while await self.desk.run(rounds.settle_some, self.desk.study, round_id, self.now):
                    pass
                self.counts.closed += 1
            except Exception:
                LOG.exception("round %d could not be closed", round_id)
                self.counts.failed += 1
                await Alarm(self.desk, self.outbox).not_closed(round_id, self.now)

    async def guarded(self, step: Callable[[], Awaitable[int]]) -> int:
        try:
            return await step()
        except Exception:
            LOG.exception("a step of the tick failed")
            self.counts.failed += 1
            return 0
