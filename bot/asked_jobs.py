"""The ticker's hand for what was asked for in a chat: one job after the other is claimed, done, answered and settled.

A job whose answer Telegram put off stays claimed, so that it is done again when the claim lapses. One that fails by a
mistake of ours is told to who waits, with a log of it, and not tried for ever.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.analysis import Analyst
from bot.analyst_jobs import AnalystJobs
from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.errors import BotError, TryLater
from bot.fieldwork import exporting, reporting
from bot.fieldwork.drafting import REPORT_JOB
from bot.fieldwork.exporting import ANSWERS_JOB
from bot.fieldwork.importing import PREVIEW_JOB, SAVE_JOB
from bot.fieldwork.interview_pages import PAPER_JOB
from bot.fieldwork.letters import LETTER_JOB
from bot.fieldwork.papers import PRINT_JOB
from bot.fieldwork.reporting import COMPARISON_JOB, SUMMARY_JOB, AskedJob
from bot.fieldwork.submitting import FILE_JOB
from bot.interview_jobs import InterviewJobs
from bot.letter_jobs import LetterJobs
from bot.meanwhile import signs_meanwhile
from bot.paper_jobs import PaperJobs
from bot.roster_clerk import RosterClerk
from bot.sent_files import SentFiles
from bot.summarising import Reporter

LOG = logging.getLogger(__name__)

Hand = Callable[[AskedJob, datetime], Awaitable[tuple[Sequence[Outgoing], str]]]


@dataclass(frozen=True, slots=True)
class AskedJobs:
    desk: Desk
    outbox: Outbox
    analyst: Analyst

    async def done(self, now: datetime) -> int:
        """How many were done. Each claim begins when it is made: the work before it may have taken longer than a claim lasts."""
        count, begun_at = 0, asyncio.get_running_loop().time()
        while (job := await self._next(now + _since(begun_at))) is not None:
            async with signs_meanwhile(partial(self._hold, job)):
                outgoing, state = await self._made(job, now)
            delivered = await self.outbox.initiate(job.chat_id, outgoing)
            if isinstance(delivered, TryLater):
                LOG.warning("job %d: Telegram asked to wait", job.id)
                continue
            await self.desk.run(reporting.settle_job, job.id, state, delivered, now)
            count += 1
        return count

    async def _next(self, now: datetime) -> AskedJob | None:
        """None also while Telegram takes nothing: what is made in a flood-wait of hours would be old when it arrives."""
        if self.outbox.is_halted:
            return None
        return await self.desk.run(reporting.claim_job, now)

    async def _hold(self, job: AskedJob) -> None:
        """A report made three times over takes longer than a claim lasts."""
        await self.desk.run(reporting.hold_job, job.id, self.desk.clock.now())

    async def _made(self, job: AskedJob, now: datetime) -> tuple[Sequence[Outgoing], str]:
        made = self._hands.get(job.kind)
        try:
            if made is not None:
                return await made(job, now)
            LOG.error("job %d is of the unknown kind %s", job.id, job.kind)
        except BotError:
            raise  # the database or Telegram is away: the claim lapses, and it is done again
        except Exception:
            LOG.exception("job %d failed", job.id)
        text = self.desk.texts.say("pekerjaan_gagal", "id")
        return [SendMessage(job.chat_id, Screen(text))], "failed"

    @property
    def _hands(self) -> Mapping[str, Hand]:
        asked = AnalystJobs(self.desk, self.outbox, self.analyst)
        return {
            SUMMARY_JOB: self._summary,
            COMPARISON_JOB: asked.comparison,
            FILE_JOB: SentFiles(self.desk, self.outbox, self._clerk).made,
            PREVIEW_JOB: self._clerk.previewed,
            SAVE_JOB: self._clerk.saved,
            ANSWERS_JOB: asked.answers,
            LETTER_JOB: LetterJobs(self.desk).made,
            PAPER_JOB: InterviewJobs(self.desk).paper,
            PRINT_JOB: PaperJobs(self.desk, self.analyst.texts_dir).made,
            REPORT_JOB: asked.report,
        }

    async def _summary(self, job: AskedJob, now: datetime) -> tuple[Sequence[Outgoing], str]:
        """Nothing to somebody who has left since."""
        if not await self.desk.run(exporting.may_still_have, job.chat_id, self.desk.named):
            return [], "failed"
        return await Reporter(self.desk, self.outbox, self.analyst).made_now(job.chat_id, now)

    @property
    def _clerk(self) -> RosterClerk:
        return RosterClerk(
            self.desk, self.outbox, self.analyst.database.read, self.analyst.texts_dir
        )


def _since(begun_at: float) -> timedelta:
    return timedelta(seconds=asyncio.get_running_loop().time() - begun_at)
