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
        paper = await desk.run(papers.paper, visit, job.arguments, desk.bot_username)
        if paper is None:
            return [], "failed"
        language = await desk.run(staff.language_of, job.chat_id) or "id"
        try:
            content = await drawn_paper(paper.kind, paper.facts, self.texts_dir)
        except ChildFailed as failed:
            LOG.warning("job %d: the paper was not drawn: %s", job.id, failed)
            sorry = Screen(desk.texts.say("cetak_gagal", language))
            return [SendMessage(job.chat_id, sorry)], "failed"
        said = caption(desk.texts, language, paper)
        return [SendDocument(job.chat_id, content, file_name(paper), said)], "done"
