"""What happens in the demo, from the roster to the last weekly summary. Told in the order of the calendar.

Nobody acts while the clock jumps: people move in beats, everybody once, then the bot falls quiet and seven
seconds pass. So the same seed gives the same files, however slow a single answer is.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.demo.cast import Alumnus
from bot.demo.people import PATIENCE_IN_CLASS, Person, alumnus, draw_patience, superior_at
from bot.demo.phone import Phone, Stuck, World
from bot.demo.roster import LAST_DAY

WIB = ZoneInfo("Asia/Jakarta")
BEAT = timedelta(seconds=7)
MOST_BEATS = 200
ADMIN, COORDINATOR = 3_000_001, 3_000_002
SUPERIORS_CONNECTED = 0.7


@dataclass(frozen=True, slots=True)
class Story:
    world: World
    people: Sequence[Alumnus]
    seed: int
    tell: Callable[[datetime, str], None]

    async def play(self, links: dict[str, str]) -> None:
        present = [one for one in self.people if one.temperament != "absent"]
        for one in present:
            await self.world.join(one.chat_id, one.name)
        class_of_30 = {
            one.chat_id: alumnus(self.world.phone(one.chat_id), one, self.seed) for one in present
        }
        await self._staff()
        await self._last_day(class_of_30)
        await self._days_after(class_of_30)
        await self._three_months_later(class_of_30, links)
        await self._export()
        await self._report()

    # ---- the chapters ---------------------------------------------------------------------------

    async def _staff(self) -> None:
        for chat_id, name in ((ADMIN, "Ratna (admin)"), (COORDINATOR, "Darma (koordinator)")):
            await self.world.join(chat_id, name)
            await self.world.phone(chat_id).say("/start")
        await self.world.quiet()
        await self.world.pass_time(BEAT)

    async def _last_day(self, everybody: dict[int, Person]) -> None:
        await self._jump_to(_at(LAST_DAY, "08:00"), "the post-training round opens by itself")
        coordinator = self.world.phone(COORDINATOR)
        token = await self._class_token(coordinator)
        await self._jump_to(_at(LAST_DAY, "15:00"), "the class scans the QR and answers")
        await self._connect(everybody, token)
        for person in everybody.values():
            person.new_round(PATIENCE_IN_CLASS.get(person.temperament, 0))
        await self._beats(list(everybody.values()))

    async def _days_after(self, everybody: dict[int, Person]) -> None:
        people = list(everybody.values())
        for days, clock, happening in (
            (3, "15:00", "the first reminder went out; the first weekly summary too"),
            (5, "15:00", "the second reminder"),
            (6, "15:00", "the last call"),
            (10, "09:00", "the round is closed; the weekly summary has its results"),
        ):
            await self._jump_to(_at(LAST_DAY + timedelta(days=days), clock), happening)
            await self._beats(people)

    async def _three_months_later(
        self, everybody: dict[int, Person], links: dict[str, str]
    ) -> None:
        day = LAST_DAY + timedelta(days=89)
        await self._jump_to(_at(day, "08:45"), "ninety days later")
        draw_patience(everybody.values(), self.seed)
        await self._trigger_followup(self.world.phone(COORDINATOR))
        superiors = await self._superiors(links)
        people = [*everybody.values(), *superiors]
        moments = (
            (0, "10:00"),
            (5, "10:00"),
            (7, "15:00"),
            (12, "10:00"),
            (19, "10:00"),
            (26, "08:30"),
        )
        for days, clock in moments:
            await self._jump_to(_at(day + timedelta(days=days), clock), "")
            await self._beats(people)

    async def _export(self) -> None:
        """The administrator asks for the single answers; making them takes the analyst some seconds."""
        administrator = self.world.phone(ADMIN)
        await administrator.say("/ekspor")
        await self.world.quiet()
        await administrator.tap("Kirim data jawaban")
        await administrator.wait_for_file("buku-kode")
        self.tell(await self.world.now(), "the administrator has the answers as CSV and SPSS files")

    async def _report(self) -> None:
        """The coordinator has the report drafted, chooses the only training, and gets it with a sheet for each instructor."""
        coordinator = self.world.phone(COORDINATOR)
        await coordinator.say("/laporan")
        await self.world.quiet()
        card = await coordinator.card()
        if card is None:
            raise Stuck("no training to choose for the report")
        await coordinator.tap(card.labels[0])
        await coordinator.wait_for_file("laporan-")
        await self.world.quiet()
        self.tell(await self.world.now(), "the coordinator has the draft of the report")

    # ---- how it is done -------------------------------------------------------------------------

    async def _class_token(self, coordinator: Phone) -> str:
        await coordinator.say("/pelatihan")
        await self.world.quiet()
        await coordinator.tap_containing("QR")
        await self.world.quiet()
        return await coordinator.find(r"start=([A-Za-z0-9_-]+)")

    async def _connect(self, everybody: dict[int, Person], token: str) -> None:
        """Scan, three letters of the name, the birth date: four beats for the whole class."""
        present = [one for one in self.people if one.chat_id in everybody]
        for step in range(4):
            for one in present:
                phone = everybody[one.chat_id].phone
                match step:
                    case 0:
                        await phone.say(f"/start {token}")
                    case 1:
                        await phone.tap("Pilih nama saya")
                    case 2:
                        await phone.say(one.name[:3])
                    case _:
                        await phone.tap_containing(one.name)
            await self.world.quiet()
            await self.world.pass_time(BEAT)
        for one in present:
            await everybody[one.chat_id].phone.say(f"{one.born:%d/%m/%Y}")
        await self.world.quiet()
        await self.world.pass_time(BEAT)

    async def _trigger_followup(self, coordinator: Phone) -> None:
        await coordinator.say("/tindaklanjut")
        await self.world.quiet()
        card = await coordinator.card()
        if card is not None and not card.containing("Kirim"):
            await coordinator.tap(card.labels[0])
            await self.world.quiet()
        await coordinator.tap_containing("Kirim")
        await self.world.quiet()
        self.tell(await self.world.now(), "the coordinator triggered the follow-up round")

    async def _superiors(self, links: dict[str, str]) -> list[Person]:
        """They open the personal link of their letter, some never do."""
        superiors = {one.superior.nip: one.superior for one in self.people}
        random = Random(f"superiors {self.seed}")
        connected = []
        for nip, superior in sorted(superiors.items()):
            if random.random() < SUPERIORS_CONNECTED and nip in links:
                phone = await self.world.join(superior.chat_id, superior.name)
                person = superior_at(phone, self.seed, random)
                await person.phone.say(f"/start {links[nip]}")
                connected.append(person)
        await self.world.quiet()
        self.tell(await self.world.now(), f"{len(connected)} superiors opened their personal link")
        return connected

    async def _beats(self, people: Sequence[Person]) -> None:
        """Who has nothing to do sits out until the next jump."""
        active = list(people)
        for _ in range(MOST_BEATS):
            moved = await asyncio.gather(*(person.move() for person in active))
            await self.world.quiet()
            active = [person for person, did in zip(active, moved, strict=True) if did]
            if not active:
                return
            await self.world.pass_time(BEAT)

    async def _jump_to(self, moment: datetime, happening: str) -> None:
        sent = await self.world.jump_to(moment)
        self.tell(moment, f"{happening} ({sent} messages)" if happening else f"{sent} messages")


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), WIB)
