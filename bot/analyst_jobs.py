"""The ticker's hand for what administrators ask of the analyst, /banding and /ekspor: has it made and hands it over. Decides nothing."""

import html
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.analysis import Analyst, compare, single_answers
from bot.chat.desk import Desk
from bot.chat.outgoing import Outgoing, Screen, SendDocument, SendMessage, SendPhoto
from bot.child_process import ChildFailed
from bot.fieldwork import exporting, reporting, staff
from bot.fieldwork.reporting import AskedJob

LOG = logging.getLogger(__name__)

Made = tuple[list[Outgoing], str]  # what to send, and how it ended


@dataclass(frozen=True, slots=True)
class AnalystJobs:
    desk: Desk
    analyst: Analyst

    async def comparison(self, job: AskedJob, now: datetime) -> Made:
        async def made(language: str) -> list[Outgoing]:
            found = await compare(self.analyst, self.desk.study, now, language)
            await self.desk.run(reporting.publish, found, now)
            text = html.escape(found.text.strip(), quote=False)
            return [
                SendMessage(job.chat_id, Screen(text)),
                *(
                    SendPhoto(job.chat_id, picture, f"perbandingan-{place}.png")
                    for place, picture in enumerate(found.pictures, start=1)
                ),
            ]

        return await self._handed(job, made, "banding_gagal")

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
