"""The ticker's hand for a paper that a colleague asked for: drawn elsewhere, handed over as a PDF. Decides nothing."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.chat.desk import Desk
from bot.chat.outgoing import Outgoing, Screen, SendDocument, SendMessage
from bot.chat.paper_screens import caption, file_name
from bot.child_process import ChildFailed
from bot.fieldwork import papers, staff
from bot.fieldwork.paper_facts import Paper
from bot.fieldwork.reporting import AskedJob
from bot.fieldwork.staff import StaffVisit
from bot.papers.making import drawn_paper

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PaperJobs:
    desk: Desk
    texts_dir: Path

    async def made(self, job: AskedJob, now: datetime) -> tuple[list[Outgoing], str]:
        """What to send to who asked, and how the job ended. Nothing to somebody who has left since."""
        desk = self.desk
        visit = StaffVisit(desk.study, job.chat_id, 0, now, desk.named, secret=desk.secret)
        asked = await desk.run(papers.papers, visit, job.arguments, desk.bot_username)
        language = await desk.run(staff.language_of, job.chat_id) or "id"
        try:
            drawn = [await self._drawn(job.chat_id, paper, language) for paper in asked]
        except ChildFailed as failed:
            LOG.warning("job %d: the paper was not drawn: %s", job.id, failed)
            sorry = Screen(desk.texts.say("cetak_gagal", language))
            return [SendMessage(job.chat_id, sorry)], "failed"
        return list(drawn), "done" if drawn else "failed"

    async def _drawn(self, chat_id: int, paper: Paper, language: str) -> SendDocument:
        content = await drawn_paper(paper.kind, paper.facts, self.texts_dir)
        said = caption(self.desk.texts, language, paper)
        return SendDocument(chat_id, content, file_name(paper), said)
