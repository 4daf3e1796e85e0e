"""The ticker's hand for /banding: has the trainings compared and hands text and pictures to who asked. Decides nothing."""

import html
import logging
from dataclasses import dataclass
from datetime import datetime

from bot.analysis import AnalysisFailed, Analyst, compare
from bot.chat.desk import Desk
from bot.chat.outgoing import Outgoing, Screen, SendMessage, SendPhoto
from bot.fieldwork import exporting, reporting, staff
from bot.fieldwork.reporting import AskedJob

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Comparer:
    desk: Desk
    analyst: Analyst

    async def made(self, job: AskedJob, now: datetime) -> tuple[list[Outgoing], str]:
        """What to send, and how it ended; nothing to somebody who has left since."""
        if not await self.desk.run(exporting.may_still_have, job.chat_id, self.desk.named):
            return [], "failed"
        language = await self.desk.run(staff.language_of, job.chat_id) or "id"
        try:
            found = await compare(self.analyst, self.desk.study, now, language)
        except AnalysisFailed:
            LOG.exception("the comparison that was asked for could not be made")
            text = self.desk.texts.say("banding_gagal", language)
            return [SendMessage(job.chat_id, Screen(text))], "failed"
        await self.desk.run(reporting.publish, found, now)
        text = html.escape(found.text.strip(), quote=False)
        return [
            SendMessage(job.chat_id, Screen(text)),
            *(
                SendPhoto(job.chat_id, picture, f"perbandingan-{place}.png")
                for place, picture in enumerate(found.pictures, start=1)
            ),
        ], "done"
