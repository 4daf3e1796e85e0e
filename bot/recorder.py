"""Keeps the voice messages of interviews: fetched, sealed, and written down by the transcriber that is plugged in. In the background.

1. It is woken by the metronome and remembers nothing: what is still to do stands in the store. A failure is logged by its kind,
   put off and tried again; the coordinator sees it beside the cases, and nothing is lost by it. One that is too large is tried once.
2. Without VOICE_KEY nothing is fetched: the messages stay at Telegram, known by their file ids.
3. The sound is unsealed only for the transcriber, in a folder of its own that is gone when it ends. Nothing of it is logged.
"""

import asyncio
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.child_process import ChildFailed, output_of
from bot.errors import BotError, DeliveryError, SettingsError, TooLarge
from bot.fieldwork import recordings
from bot.sealing import Seal, opened
from bot.survey.attachments import MOST_BYTES
from bot.survey.typed import cleaned

LOG = logging.getLogger(__name__)
LONGEST: Final = 600.0  # seconds, of one voice message
LONGEST_TRANSCRIPT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Recorder:
    desk: Desk
    outbox: Outbox
    seal: Seal | None
    transcriber: Sequence[str] = ()  # the command; the file comes last
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    async def keep(self) -> None:
        """Until cancelled: whenever the bell was rung."""
        while True:
            await self.bell.wait()
            self.bell.clear()
            try:
                await self.done(self.desk.clock.now())
            except Exception:
                LOG.exception("voice messages are looked at again later")

    async def done(self, now: datetime) -> None:
        """All that is due."""
        await self.desk.run(recordings.compare, now, may_keep=self.seal is not None)
        if self.seal is None:
            return
        while (unfetched := await self.desk.run(recordings.to_fetch, now)) is not None:
            try:
                content = await self.outbox.fetch(unfetched.file_id, MOST_BYTES["voice"])
            except TooLarge as refused:
                LOG.warning("voice message %d is never fetched: %s", unfetched.id, refused)
                await self.desk.run(recordings.give_up, unfetched.id)
                continue
            except DeliveryError as refused:
                await self._put_off(unfetched.id, unfetched.failures, "fetched", refused, now)
                continue
            sealed = await asyncio.to_thread(self.seal.encrypt, content)
            await self.desk.run(recordings.keep, unfetched.id, sealed, now)
        if self.transcriber:
            await self._write_down(self.seal, now)

    async def _write_down(self, seal: Seal, now: datetime) -> None:
        while (found := await self.desk.run(recordings.to_write_down, now)) is not None:
            try:
                said = await self._transcribed(opened(seal, found.sealed))
            except (ChildFailed, SettingsError) as failed:
                await self._put_off(found.id, found.failures, "transcribed", failed, now)
                continue
            # The time it is there to be seen, not that of the tick: a transcriber may take minutes.
            written_at = self.desk.clock.now()
            await self.desk.run(recordings.write_down, found.id, said, written_at)

    async def _transcribed(self, sound: bytes) -> str:
        with tempfile.TemporaryDirectory(prefix="bungo-voice-") as name:
            file = Path(name) / "voice.ogg"
            await asyncio.to_thread(file.write_bytes, sound)
            printed = await output_of([*self.transcriber, str(file)], LONGEST)
        said = cleaned(printed.decode(errors="replace"))[:LONGEST_TRANSCRIPT]
        if not said:
            raise ChildFailed("the transcriber printed nothing")
        return said

    async def _put_off(
        self, number: int, failures: int, what: str, failed: BotError, now: datetime
    ) -> None:
        LOG.warning("voice message %d was not %s: %s", number, what, failed)
        await self.desk.run(recordings.put_off, number, failures, now)
