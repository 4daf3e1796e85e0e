"""The ticker's hand for a form that a colleague sent: examined elsewhere, kept as a draft, reported.

Nothing of it is in use before somebody taps "Terbitkan". What cannot be used is told with its remedy, and loses nothing.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from bot.chat.desk import Desk
from bot.chat.form_screens import report_messages
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.child_process import ChildFailed
from bot.fieldwork import staff, submitting
from bot.fieldwork.reporting import AskedJob
from bot.fieldwork.submitting import Checked
from bot.form_examining import examined

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FormChecker:
    desk: Desk

    async def made(
        self, job: AskedJob, content: bytes, now: datetime
    ) -> tuple[list[Outgoing], str]:
        """What to send to who sent the form, and how the job ended."""
        language = await self.desk.run(staff.language_of, job.chat_id) or "id"
        name = str(job.arguments["file_name"])
        try:
            checked = await self._checked(name, content, now)
        except ChildFailed as failed:
            LOG.warning("job %d: the form was not examined: %s", job.id, failed)
            return self._said(job, language, "formulir_terlalu_berat", {"berkas": name})
        draft_id = await self.desk.run(submitting.keep_draft, job.chat_id, checked, now)
        checked = replace(checked, draft_id=draft_id)
        return report_messages(self.desk.texts, language, job.chat_id, checked), "done"

    async def _checked(self, name: str, content: bytes, now: datetime) -> Checked:
        former = await self.desk.run(submitting.versions_in_use)
        found = await examined(content, PurePath(name).suffix.lower(), former, now)
        form = found.form
        before = next((one for one in former if form and one.name == form.name), None)
        return Checked(
            name, form, found.findings, found.minutes, submitting.form_ids(self.desk.study),
            submitting.compared_with(before, form), before.version if before else "",
        )  # fmt: skip

    def _said(
        self, job: AskedJob, language: str, key: str, words: Mapping[str, str]
    ) -> tuple[list[Outgoing], str]:
        text = self.desk.texts.say(key, language, **words)
        return [SendMessage(job.chat_id, Screen(text))], "failed"
