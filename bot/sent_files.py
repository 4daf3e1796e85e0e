"""The ticker's hand for a file that a colleague sent: fetched, looked at, and given to who reads such files.

A form has a sheet called survey (or begins with it, as text); any other table is a list of participants.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.errors import DeliveryError, TooLarge
from bot.fieldwork import staff
from bot.fieldwork.reporting import AskedJob
from bot.fieldwork.rosters.files import MOST_BYTES, kind_of
from bot.form_checker import FormChecker
from bot.roster_clerk import RosterClerk

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SentFiles:
    desk: Desk
    outbox: Outbox
    clerk: RosterClerk

    async def made(self, job: AskedJob, now: datetime) -> tuple[list[Outgoing], str]:
        """What to send to who sent the file, and how the job ended."""
        name = str(job.arguments["file_name"])
        try:
            content = await self.outbox.fetch(str(job.arguments["file_id"]), MOST_BYTES)
        except TooLarge:
            return await self._said(job, "formulir_terlalu_besar", name)
        except DeliveryError as refused:
            LOG.warning("job %d: the file was not fetched: %s", job.id, type(refused).__name__)
            return await self._said(job, "formulir_tidak_terambil", name)
        if _is_form(name, content):
            return await FormChecker(self.desk).made(job, content, now)
        return await self.clerk.arrived(job, content, now)

    async def _said(self, job: AskedJob, key: str, name: str) -> tuple[list[Outgoing], str]:
        language = await self.desk.run(staff.language_of, job.chat_id) or "id"
        words = {"berkas": name, "mb": f"{MOST_BYTES // 1_000_000}"}
        text = self.desk.texts.say(key, language, **words)
        return [SendMessage(job.chat_id, Screen(text))], "failed"


def _is_form(name: str, content: bytes) -> bool:
    return PurePath(name).suffix.lower() == ".md" or kind_of(content) == "form"
