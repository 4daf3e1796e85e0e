"""The ticker's hand for /ekspor: has the single answers made and hands them to the administrator who asked. Decides nothing."""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.analysis import AnalysisFailed, Analyst, single_answers
from bot.chat.desk import Desk
from bot.chat.outgoing import Outgoing, Screen, SendDocument, SendMessage
from bot.fieldwork import exporting, staff
from bot.fieldwork.reporting import AskedJob

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exporter:
    desk: Desk
    analyst: Analyst

    async def made(self, job: AskedJob, now: datetime) -> tuple[list[Outgoing], str]:
        """What to send, and how it ended."""
        if not await self.desk.run(exporting.may_still_have, job.chat_id, self.desk.named):
            return [], "failed"
        language = await self.desk.run(staff.language_of, job.chat_id) or "id"
        try:
            found = await single_answers(self.analyst, self.desk.study, now, language)
        except AnalysisFailed:
            LOG.exception("the answers that were asked for could not be exported")
            text = self.desk.texts.say("ekspor_gagal", language)
            return [SendMessage(job.chat_id, Screen(text))], "failed"
        warning = self.desk.texts.plain("ekspor_berkas", language)
        return [
            SendDocument(job.chat_id, found.packed, f"data-jawaban-{found.day}.zip", warning),
            SendDocument(job.chat_id, found.codebook, f"buku-kode-{found.day}.xlsx"),
        ], "done"
