"""Keeps the live cards of classes true while a class is on. It is woken by the desk's bell and remembers nothing.

What a card says is compared with what is kept of it in the store, so a restart goes on where the other life ended, and of two
processes only one edits. A card is edited at most once in PAUSE seconds of real time.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from bot.chat.class_screens import live_card, no_longer_yours, shown_as
from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.outgoing import EditMessage
from bot.fieldwork import class_day

LOG = logging.getLogger(__name__)
PAUSE = 3.0


@dataclass(frozen=True, slots=True)
class LiveCards:
    desk: Desk
    outbox: Outbox
    pause: float = PAUSE

    async def keep(self) -> None:
        """Until cancelled."""
        while True:
            await self.desk.class_changed.wait()
            self.desk.class_changed.clear()
            try:
                await self.refreshed(self.desk.clock.now())
            except Exception:
                LOG.exception("live cards are looked at again later")
            await asyncio.sleep(self.pause)

    async def refreshed(self, now: datetime) -> int:
        """How many were edited."""
        edited = 0
        for watched in await self.desk.run(class_day.watched, self.desk.named, now):
            texts = self.desk.texts
            screen = live_card(texts, watched.view) if watched.view else no_longer_yours(texts)
            shown = shown_as(screen)
            if shown == watched.card.shown:
                continue
            if await self.desk.run(class_day.claim_edit, watched, shown):
                card = watched.card
                self.outbox.show(card.chat_id, [EditMessage(card.chat_id, card.message_id, screen)])
                edited += 1
        return edited
