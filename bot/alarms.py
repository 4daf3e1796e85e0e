"""The ticker's hand for its own troubles: tells every administrator once, in a sentence they can act on.

It decides nothing about what is tried again: fieldwork/troubles.py does. The log has the particulars, the chat has none. What nobody
could be told, because Telegram asked to wait, is told later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.outgoing import Screen, SendMessage
from bot.errors import TryLater
from bot.fieldwork import staff, troubles


@dataclass(frozen=True, slots=True)
class Alarm:
    desk: Desk
    outbox: Outbox

    async def not_closed(self, round_id: int, now: datetime) -> None:
        told = await self.desk.run(troubles.closing_failed, round_id, now)
        if told is None:
            return
        texts = self.desk.texts

        def said(language: str) -> str:
            kind = texts.plain(f"putaran_{told.kind}", language)
            return texts.say("penutupan_gagal", language, putaran=kind, judul=told.title)

        if not await self._told(said):
            await self.desk.run(troubles.not_told_after_all, round_id)

    async def not_summarised(self, week: str) -> None:
        if not await self.desk.run(troubles.summary_failed, week):
            return
        if not await self._told(lambda language: self.desk.texts.say("pekan_gagal", language)):
            await self.desk.run(troubles.summary_not_told_after_all, week)

    async def set_aside(self, now: datetime) -> int:
        """How many updates were told of."""
        number = await self.desk.run(troubles.newly_set_aside, now)
        say = self.desk.texts.say
        if not number or not await self._told(
            lambda language: say("disisihkan", language, n=number)
        ):
            return 0
        await self.desk.run(troubles.told_set_aside, now)
        return number

    async def _told(self, said: Callable[[str], str]) -> bool:
        """Whether it went out to any administrator; whoever blocked the bot stops nobody."""
        told = False
        for chat_id in sorted(await self.desk.run(staff.administrators, self.desk.named)):
            text = said(await self.desk.run(troubles.language_of, chat_id))
            delivered = await self.outbox.initiate(chat_id, [SendMessage(chat_id, Screen(text))])
            told |= not isinstance(delivered, TryLater)
        return told
