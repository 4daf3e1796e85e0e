"""The ticker's hand for surat pengantar: addressed, written elsewhere, handed over. Decides nothing."""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.chat import letter_papers, letter_screens
from bot.chat.desk import Desk
from bot.chat.outgoing import Outgoing, Screen, SendDocument, SendMessage
from bot.child_process import ChildFailed
from bot.fieldwork import letters
from bot.fieldwork.reporting import AskedJob
from bot.word_writing import word_file

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LetterJobs:
    desk: Desk

    async def made(self, job: AskedJob, now: datetime) -> tuple[list[Outgoing], str]:
        """What to send, and how it ended: nothing to somebody who has left since."""
        desk = self.desk
        found = await desk.run(letters.written, desk.study, desk.named, job, now)
        if found is None:
            return [], "failed"
        text = letter_papers.letters(desk.texts, desk.study, found, desk.bot_username)
        try:
            content = await word_file(text)
        except ChildFailed as failed:
            LOG.warning("job %d: the letters were not written: %s", job.id, failed)
            said = Screen(desk.texts.say("berkas_gagal", found.language))
            return [SendMessage(job.chat_id, said)], "failed"
        to_peers = "-rekan" if found.role == "peer" else ""
        name = f"surat-pengantar{to_peers}-{found.training.code}.docx"
        caption = letter_screens.caption(desk.texts, found)
        return [SendDocument(job.chat_id, content, name, caption)], "done"
