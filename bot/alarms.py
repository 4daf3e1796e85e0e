"""The ticker's hand for its own troubles: tells every administrator once, in a sentence they can act on.

It decides nothing about what is tried again: fieldwork/troubles.py does. The log has the particulars, the chat has none.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.outgoing import Screen, SendMessage
from bot.fieldwork import staff, troubles


@dataclass(frozen=True, slots=True)
class Alarm:
    desk: Desk
    outbox: Outbox

    async def not_closed(self, round_id: int, now: datetime) -> None:
        told = await self.desk.run(troubles.closing_failed, round_id, now)
        if told is None:
            return
        for chat_id in await self._administrators():
            language = await self.desk.run(troubles.language_of, chat_id)
            kind = self.desk.texts.plain(f"putaran_{told.kind}", language)
            text = self.desk.texts.say("penutupan_gagal", language, putaran=kind, judul=told.title)
            await self._send(chat_id, text)

    async def set_aside(self, now: datetime) -> int:
        """How many updates were told of."""
        administrators = await self._administrators()
        if not administrators:
            return 0
        number = await self.desk.run(troubles.newly_set_aside, now)
        for chat_id in administrators if number else ():
            language = await self.desk.run(troubles.language_of, chat_id)
            await self._send(chat_id, self.desk.texts.say("disisihkan", language, n=number))
        return number

    async def _administrators(self) -> list[int]:
        return sorted(await self.desk.run(staff.administrators, self.desk.named))

    async def _send(self, chat_id: int, text: str) -> None:
        await self.outbox.initiate(chat_id, [SendMessage(chat_id, Screen(text))])
