"""The ticker's hand for a list of participants that a colleague sent: read elsewhere, compared, shown; saved after the tap.

Nothing is saved before somebody taps "Simpan". The list is not kept in between: it is fetched and read again, and if what it would
change is no longer what was shown, it is shown again instead. A job that dies half-way is done again and saves nothing twice.
"""

import asyncio
import html
import logging
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chat import roster_screens
from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.outgoing import EditMessage, Outgoing, Screen, SendMessage
from bot.chat.roster_lines import head_lines
from bot.chat.roster_screens import Shown
from bot.child_process import ChildFailed
from bot.errors import BotError, DeliveryError
from bot.fieldwork import importing, staff
from bot.fieldwork.importing import Draft, Target
from bot.fieldwork.reporting import AskedJob
from bot.fieldwork.roster import Saved
from bot.fieldwork.rosters.difference import Difference
from bot.fieldwork.rosters.files import MOST_BYTES
from bot.fieldwork.rosters.record import Roster, TrainingFacts
from bot.fieldwork.run import Run
from bot.roster_examining import ReadRoster, examined_roster
from bot.roster_saving import save_in_pieces

LOG = logging.getLogger(__name__)
BETWEEN_PROGRESS = 1.5  # seconds of real time: Telegram takes one edit a second in a chat
Made = tuple[list[Outgoing], str]  # what to send, and how the job ended


@dataclass(frozen=True, slots=True)
class RosterClerk:
    desk: Desk
    outbox: Outbox
    read: Run  # a connection of its own: a list of thousands holds up no answer
    texts_dir: Path

    async def arrived(self, job: AskedJob, content: bytes, now: datetime) -> Made:
        """A file that is no form."""
        language = await self._language(job)
        name = str(job.arguments["file_name"])
        try:
            found = await examined_roster(content, self.texts_dir, self._today(now), language)
        except ChildFailed as failed:
            return self._failed(job, language, failed)
        if not found.report.rows or not found.report.header_row:
            said = roster_screens.unreadable(self.desk.texts, language, job.chat_id, found.report)
            return said, "done"
        file_id = str(job.arguments["file_id"])
        draft = await self.desk.run(importing.keep, job.chat_id, file_id, name, now)
        caption = str(job.arguments.get("caption", ""))
        return await self._shown(job, language, draft, found, caption=caption)

    async def previewed(self, job: AskedJob, now: datetime) -> Made:
        """For the training that was chosen."""
        language, draft = await self._language(job), await self._draft(job)
        if draft is None:
            return self._said(job, language, "daftar_tidak_ada")
        found = await self._fetched(draft, language, now)
        if not isinstance(found, ReadRoster):
            return self._failed(job, language, found)
        return await self._shown(job, language, draft, found)

    async def saved(self, job: AskedJob, now: datetime) -> Made:
        language, draft = await self._language(job), await self._draft(job)
        if draft is None or draft.state == "saved":
            key = "daftar_sudah_disimpan" if draft else "daftar_tidak_ada"
            return self._said(job, language, key)
        found = await self._fetched(draft, "", now)  # its marks were sent with the preview
        if not isinstance(found, ReadRoster):
            await self.desk.run(importing.turn, draft, "shown")
            return self._failed(job, language, found)
        target = await self._target(draft, found, "")
        if target.facts is None:
            return self._said(job, language, target.refused or "daftar_tidak_ada")
        if draft.state != "writing":  # else it died half-way, and what is saved already differs
            shown = await self._difference(found, target.facts)
            if shown.digest != draft.digest:
                return await self._shown(job, language, draft, found, is_changed=True)
            await self.desk.run(importing.turn, draft, "writing")
        done = await self._written(job, language, found.report.roster(target.facts), now)
        await self.desk.run(importing.settle, self.desk.named, draft, done.training_id)
        screen = roster_screens.saved(
            self.desk.texts, language, target.facts, done, found.report.to_check
        )
        return [_in_place(job, screen)], "done"

    async def _written(self, job: AskedJob, language: str, roster: Roster, now: datetime) -> Saved:
        loop = asyncio.get_running_loop()
        told_at = loop.time()

        async def tell(done: int, everybody: int) -> None:
            nonlocal told_at
            if loop.time() - told_at >= BETWEEN_PROGRESS:
                told_at = loop.time()
                screen = roster_screens.saving(self.desk.texts, language, done, everybody)
                self.outbox.show(job.chat_id, [_in_place(job, screen)])

        return await save_in_pieces(
            self.desk.run, self.desk.study, roster, self.desk.secret, now,
            adopts=not job.arguments.get("apart", False), progress=tell,
        )  # fmt: skip

    async def _shown(
        self,
        job: AskedJob,
        language: str,
        draft: Draft,
        found: ReadRoster,
        *,
        caption: str = "",
        is_changed: bool = False,
    ) -> Made:
        target = await self._target(draft, found, caption)
        texts, report = self.desk.texts, found.report
        if target.refused:
            return self._said(job, language, target.refused)
        if target.facts is None:
            listed = [(one.id, one.full_title) for one in target.choices]
            head = "\n".join(head_lines(texts, language, report))
            screen = roster_screens.choosing(texts, language, draft.id, listed, head)
            return [SendMessage(job.chat_id, screen)], "done"
        difference = await self._difference(found, target.facts)
        await self.desk.run(importing.note_shown, draft, target.training, difference)
        shown = Shown(
            draft.id, draft.file_name, report, target.facts, difference,
            can_choose=report.training is None and len(target.choices) > 1,
            is_changed=is_changed, marked=found.marked,
        )  # fmt: skip
        return roster_screens.preview(texts, language, job.chat_id, shown), "done"

    async def _fetched(self, draft: Draft, language: str, now: datetime) -> ReadRoster | BotError:
        try:
            content = await self.outbox.fetch(draft.file_id, MOST_BYTES)
            return await examined_roster(content, self.texts_dir, self._today(now), language)
        except (DeliveryError, ChildFailed) as failed:
            return failed

    async def _target(self, draft: Draft, found: ReadRoster, caption: str) -> Target:
        named = self.desk.named
        return await self.desk.run(importing.target_of, named, draft, found.report, caption)

    async def _difference(self, found: ReadRoster, facts: TrainingFacts) -> Difference:
        secret = self.desk.secret
        return await self.read(importing.preview, self.desk.study, found.report, facts, secret)

    async def _language(self, job: AskedJob) -> str:
        return await self.desk.run(staff.language_of, job.chat_id) or "id"

    async def _draft(self, job: AskedJob) -> Draft | None:
        draft_id = int(job.arguments["draft_id"])
        return await self.desk.run(importing.draft_of, draft_id, job.chat_id)

    def _today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.desk.study.office.zone)).date()

    def _failed(self, job: AskedJob, language: str, failed: BotError) -> Made:
        LOG.warning("job %d: the list was not read: %s", job.id, type(failed).__name__)
        is_heavy = isinstance(failed, ChildFailed)
        said = self._said(
            job, language, "daftar_terlalu_berat" if is_heavy else "daftar_tidak_terambil"
        )
        return said[0], "failed"

    def _said(self, job: AskedJob, language: str, key: str) -> Made:
        office = self.desk.study.office.organiser
        text = self.desk.texts.plain(key, language, penyelenggara=office, nomor=job.chat_id)
        return [_in_place(job, Screen(html.escape(text, quote=False)))], "done"


def _in_place(job: AskedJob, screen: Screen) -> Outgoing:
    """In the message whose button was tapped; else a new one."""
    message_id = job.arguments.get("message_id")
    if message_id is None:
        return SendMessage(job.chat_id, screen)
    return EditMessage(job.chat_id, int(message_id), screen)
