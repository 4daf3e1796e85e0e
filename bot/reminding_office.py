"""The ticker's hand for what the office must do by a certain hour: requests under the law that wait for a person."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.outgoing import SendMessage
from bot.chat.request_screens import wish_screen
from bot.fieldwork import requests, staff, troubles


@dataclass(frozen=True, slots=True)
class OfficeReminder:
    desk: Desk
    outbox: Outbox

    async def tell(self, now: datetime) -> int:
        """How many requests were told of, to every administrator."""
        wishes = await self.desk.run(requests.to_tell, self.desk.study, now)
        if not wishes:
            return 0
        for chat_id in sorted(await self.desk.run(staff.administrators, self.desk.named)):
            language = await self.desk.run(troubles.language_of, chat_id)
            for wish in wishes:
                screen = wish_screen(self.desk.texts, language, wish)
                await self.outbox.initiate(chat_id, [SendMessage(chat_id, screen)])
        return len(wishes)
