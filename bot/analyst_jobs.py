"""The ticker's hand for what staff ask of the analyst, /banding, /laporan and /ekspor: has it made and hands it over. Decides nothing."""

import html
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.analysis import Analyst, compare, draft_report, single_answers
from bot.chat import report_screens
from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.outgoing import EditMessage, Outgoing, Screen, SendDocument, SendMessage, SendPhoto
from bot.child_process import ChildFailed
from bot.fieldwork import drafting, exporting, reporting, staff
from bot.fieldwork.drafting import ReportDue
from bot.fieldwork.reporting import AskedJob
from bot.published import published

LOG = logging.getLogger(__name__)

Made = tuple[list[Outgoing], str]  # what to send, and how it ended


@dataclass(frozen=True, slots=True)
class AnalystJobs:
    desk: Desk
    outbox: Outbox
    analyst: Analyst

    async def comparison(self, job: AskedJob, now: datetime) -> Made:
        async def made(language: str) -> list[Outgoing]:
            found = await published(
                lambda: compare(self.analyst, now, language),
                lambda found: self.desk.run(reporting.publish, found, now),
            )
            text = html.escape(found.text.strip(), quote=False)
            return [
                SendMessage(job.chat_id, Screen(text)),
                *(
                    SendPhoto(job.chat_id, picture, f"perbandingan-{place}.png")
                    for place, picture in enumerate(found.pictures, start=1)
                ),
            ]

        return await self._handed(job, made, "banding_gagal")

    async def report(self, job: AskedJob, now: datetime) -> Made:
        """What the tapped message says goes with the work; nothing to somebody who may not have it any more."""
        due = await self.desk.run(drafting.due, job.chat_id, job.arguments, self.desk.named)
        if due is None:
            return [], "failed"
        self._tell(job, due, report_screens.being_drafted(self.desk.texts, due))
        try:
            drafted = await published(
                lambda: draft_report(self.analyst, now, due.language, due.code),
                lambda drafted: self.desk.run(reporting.publish, drafted, now),
            )
        except ChildFailed:
            LOG.exception("the report of job %d could not be made", job.id)
            self._tell(job, due, report_screens.given_up(self.desk.texts, due))
            sorry = report_screens.not_drafted(self.desk.texts, due)
            return [SendMessage(job.chat_id, sorry)], "failed"  # an edit makes no sound
        has_sheets = bool(drafted.sheets)
        done = report_screens.drafted(
            self.desk.texts, due, self.desk.study.k, has_sheets=has_sheets
        )
        self._tell(job, due, done)
        return report_screens.files(self.desk.texts, job.chat_id, due, drafted), "done"

    def _tell(self, job: AskedJob, due: ReportDue, screen: Screen) -> None:
        if due.message_id is not None:
            self.outbox.show(job.chat_id, [EditMessage(job.chat_id, due.message_id, screen)])

    async def answers(self, job: AskedJob, now: datetime) -> Made:
        async def made(language: str) -> list[Outgoing]:
            found = await single_answers(self.analyst, self.desk.study, now, language)
            warning = self.desk.texts.plain("ekspor_berkas", language)
            return [
                SendDocument(job.chat_id, found.packed, f"data-jawaban-{found.day}.zip", warning),
                SendDocument(job.chat_id, found.codebook, f"buku-kode-{found.day}.xlsx"),
            ]

        return await self._handed(job, made, "ekspor_gagal")

    async def _handed(
        self, job: AskedJob, made: Callable[[str], Awaitable[list[Outgoing]]], sorry: str
    ) -> Made:
        """Nothing to somebody who has left since."""
        if not await self.desk.run(exporting.may_still_have, job.chat_id, self.desk.named):
            return [], "failed"
        language = await self.desk.run(staff.language_of, job.chat_id) or "id"
        try:
            return await made(language), "done"
        except ChildFailed:
            LOG.exception("what job %d asked of the analyst could not be made", job.id)
            return [
                SendMessage(job.chat_id, Screen(self.desk.texts.say(sorry, language)))
            ], "failed"
