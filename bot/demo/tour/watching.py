"""What goes on beside the visitor: steps are ticked off as things happen in the chats, and time passes as outside.

Neither moves while an action runs its own time; and neither knows who did a thing, the visitor or an action.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from babel.dates import format_datetime

from bot.demo.stage import WIB
from bot.demo.tour.leader import Leader
from bot.demo.tour.milestones import Sighting, sightings
from bot.simulator import client_tour
from bot.simulator.client import SimulatorClient, SimulatorRefused

LOOK_EVERY = 0.33  # seconds
PASS_EVERY = 10.0
POLLING = "getUpdates"  # goes on for ever and says nothing


@dataclass(frozen=True, slots=True)
class Watch:
    client: SimulatorClient
    leader: Leader

    async def tick_off(self) -> None:
        """For as long as the tour lasts. The chats are read only when the bot did something."""
        before: dict[str, int] = {}
        while True:
            counts = {
                name: count
                for name, count in (await self.client.call_counts()).items()
                if not name.startswith(POLLING)
            }
            if counts != before:
                await self._look()
            before = counts
            await asyncio.sleep(LOOK_EVERY)

    async def pass_time(self) -> None:
        """A minute a minute, so that the messages of a chat have different times."""
        while True:
            await asyncio.sleep(PASS_EVERY)
            if not self.leader.running:
                try:
                    await self.client.advance(timedelta(seconds=PASS_EVERY))
                except SimulatorRefused:
                    continue  # the bot is gone, and whoever watches it says so

    async def _look(self) -> None:
        script = self.leader.script
        met = set(await self.client.chats())
        chats = {
            part: await self.client.chat(chat_id)
            for part, chat_id in script.who.phones.items()
            if chat_id in met
        }
        for sighting in sightings(script.casting.known, chats):
            if sighting.step not in self.leader.seen:
                self.leader.seen.add(sighting.step)
                await client_tour.tick_off(self.client, sighting.step, self._note(sighting))

    def _note(self, sighting: Sighting) -> str:
        script = self.leader.script
        at = (sighting.message.edited or sighting.message.date).astimezone(WIB)
        moment = format_datetime(at, "EEEE, d MMM, HH.mm", locale=script.language)
        return script.plain("catatan_saat", siapa=sighting.whose, saat=moment)
