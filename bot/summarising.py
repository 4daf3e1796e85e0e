"""The ticker's hand for summaries: makes the weekly one exactly once and delivers it, and the one for /ringkasan."""

import html
import logging
from dataclasses import dataclass
from datetime import datetime

from bot.alarms import Alarm
from bot.analysis import Analyst, summarise
from bot.chat.desk import Desk
from bot.chat.outbox import Delivered, Outbox
from bot.chat.outgoing import Outgoing, Screen, SendDocument, SendMessage, SendPhoto
from bot.chat.splitting import split
from bot.child_process import ChildFailed
from bot.errors import TryLater
from bot.fieldwork import reporting, staff
from bot.fieldwork.reporting import Delivery, Made, ToDeliver
from bot.published import published
from bot.survey.schedule import SummaryMoment

LOG = logging.getLogger(__name__)
WORKBOOK = "hasil-evaluasi.xlsx"


@dataclass(frozen=True, slots=True)
class Reporter:
    desk: Desk
    outbox: Outbox
    analyst: Analyst

    async def weekly(self, now: datetime) -> int:
        """How many administrators received it now."""
        if not await self.desk.run(staff.administrators, self.desk.named):
            return 0
        moment = await self.desk.run(reporting.claim_week, self.desk.study, now)
        if moment is not None:
            await self._kept_or_told(moment, now)
        due = await self.desk.run(reporting.claim_deliveries, self.desk.study, self.desk.named, now)
        return sum([await self._deliver(one, now) for one in due])

    async def made_now(self, chat_id: int, now: datetime) -> tuple[list[Outgoing], str]:
        """For /ringkasan: what to send, and how it ended."""
        try:
            made = await published(
                lambda: summarise(self.analyst, now, None),
                lambda made: self.desk.run(reporting.publish, made, now),
            )
        except ChildFailed:
            LOG.exception("the summary that was asked for could not be made")
            text = self.desk.texts.say("ringkasan_gagal", "id")
            return [SendMessage(chat_id, Screen(text))], "failed"
        return summary_messages(chat_id, made), "done"

    async def _kept_or_told(self, moment: SummaryMoment, now: datetime) -> None:
        """A disk that is full or missing fails it like the analyst does."""
        try:
            await self._keep(moment, now)
        except (ChildFailed, OSError):
            await Alarm(self.desk, self.outbox).not_summarised(moment.week)
            raise

    async def _keep(self, moment: SummaryMoment, now: datetime) -> None:
        """As of the planned moment: after a stop of ten days it is that week's summary all the same."""
        await published(
            lambda: summarise(self.analyst, moment.at, moment.week),
            lambda made: self.desk.run(
                reporting.keep_summary, moment.week, made, self.desk.named, now
            ),
        )

    async def _deliver(self, due: ToDeliver, now: datetime) -> int:
        """What fails by a mistake of ours stays claimed, and is tried again when the claim lapses; the others go on."""
        try:
            return await self._delivered(due, now)
        except Exception:
            LOG.exception("a summary was not delivered")
            return 0

    async def _delivered(self, due: ToDeliver, now: datetime) -> int:
        messages = summary_messages(due.chat_id, due)
        delivered = await self.outbox.initiate(due.chat_id, messages)
        outcome = _outcome(delivered)
        await self.desk.run(reporting.record_delivery, due.week, due.chat_id, outcome, now)
        return outcome == "sent"


def summary_messages(chat_id: int, summary: Made | ToDeliver) -> list[Outgoing]:
    """Text, picture and workbook that can be forwarded as they are: no buttons, no commands."""
    found: list[Outgoing] = [
        SendMessage(chat_id, Screen(part))
        for part in split(html.escape(summary.text.strip(), quote=False))
    ]
    if summary.picture is not None:
        found.append(SendPhoto(chat_id, summary.picture, "ringkasan.png"))
    if summary.workbook is not None:
        found.append(SendDocument(chat_id, summary.workbook, WORKBOOK))
    return found


def _outcome(delivered: Delivered | TryLater) -> Delivery:
    match delivered:
        case "sent" | "unreachable" | "unknown" | "refused":
            return delivered
        case _:  # not sent: the next tick tries again
            return "planned"
