"""The ticker's hand for the papers of interviews: read, written elsewhere, handed over. Decides nothing."""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.chat import interview_papers
from bot.chat.desk import Desk
from bot.chat.outgoing import Outgoing, Screen, SendDocument, SendMessage
from bot.child_process import ChildFailed
from bot.errors import FieldworkError
from bot.fieldwork import interview_pages, staff
from bot.fieldwork.interview_pages import Guide, Pages
from bot.fieldwork.reporting import AskedJob
from bot.word_writing import word_file

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InterviewJobs:
    desk: Desk

    async def paper(self, job: AskedJob, _now: datetime) -> tuple[list[Outgoing], str]:
        """What to send, and how it ended: nothing to somebody who has left since."""
        texts = self.desk.texts
        try:
            found = await self.desk.run(
                interview_pages.paper, self.desk.study, self.desk.named, job
            )
        except FieldworkError as refused:  # the round was opened again since
            language = await self.desk.run(staff.language_of, job.chat_id) or "id"
            said = Screen(texts.say(refused.text_key, language))
            return [SendMessage(job.chat_id, said)], "failed"
        if found is None:
            return [], "failed"
        try:
            return [await self._written(job.chat_id, found)], "done"
        except ChildFailed as failed:
            LOG.warning("job %d: the document was not written: %s", job.id, failed)
            said = Screen(texts.say("berkas_gagal", found.language))
            return [SendMessage(job.chat_id, said)], "failed"

    async def _written(self, chat_id: int, found: Guide | Pages) -> SendDocument:
        texts = self.desk.texts
        if isinstance(found, Guide):
            name, key, text = "panduan", "panduan_berkas", interview_papers.guide(texts, found)
        else:
            name, key, text = "lembar", "lembar_berkas", interview_papers.pages(texts, found)
        filename = f"{name}-wawancara-{found.training.code}.docx"
        caption = texts.plain(key, found.language)
        return SendDocument(chat_id, await word_file(text), filename, caption)
