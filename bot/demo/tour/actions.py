"""What the actions of the tour do: answer for the visitor, play the class, jump in time. Each returns its last words.

A failure of an action is no business of this room: whoever runs it says what happened.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from bot.chat.texts import Texts, Value
from bot.demo.phone import Phone
from bot.demo.roster import LAST_DAY
from bot.demo.stage import WIB
from bot.demo.tour.crowd import Casting, Player, play
from bot.demo.tour.panel import Parts
from bot.simulator import client_tour

THREE_MONTHS = datetime.combine(LAST_DAY + timedelta(days=89), time(8, 45), WIB)
AFTER_THE_SUMMARY = time(8, 10)
IN_OFFICE_HOURS = time(9)
SUPERIORS_WAIT = 12  # days, at most: seven, and a weekend with holidays
WEEK = 7
UNDO_IS_OVER = timedelta(minutes=2)
Say = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Script:
    """What the actions need and nothing changes."""

    casting: Casting
    who: Parts
    texts: Texts
    language: str
    class_token: str
    links: Mapping[str, str]  # tokens of the personal links, by NIP
    pace: float

    def plain(self, key: str, **words: Value) -> str:
        return self.texts.plain(key, self.language, **words)


@dataclass(slots=True)
class Actions:
    script: Script
    say: Say  # how far it is
    seen: set[str]  # steps that are done; shared with whoever watches the chats
    _crowd: list[Player] = field(default_factory=list)
    _following_up: bool = False
    _follow_up_is_out: bool = False

    async def do(self, name: str) -> str:
        if name in {"answer", "class"}:
            await self._let_the_follow_up_out()
        match name:
            case "answer":
                return await self._answer()
            case "class":
                return await self._class()
            case "days":
                return await self._jump_to(await self._now() + timedelta(days=3))
            case "months":
                return await self._months()
            case "superior":
                return await self._superior()
            case _:
                return await self._monday()

    # ---- people ---------------------------------------------------------------------------------

    async def _answer(self) -> str:
        visitor = self.script.who.visitor
        player = self.script.casting.member(visitor, self.script.class_token)
        return await self._answer_as(player, visitor.name)

    async def _answer_as(self, player: Player, name: str) -> str:
        moves = 0

        async def told(active: int) -> None:
            nonlocal moves
            moves += active
            await self._say("kabar_menjawab", nama=name, langkah=moves)

        world = self.script.casting.world
        await play(world, [player], told, self.script.pace)
        if not moves:
            await player.person.phone.say("/lanjut")
            await world.quiet()
            await play(world, [player], told, self.script.pace)
        if not moves:
            return self.script.plain("kabar_tidak_ada_pertanyaan", nama=name)
        return self.script.plain("kabar_sudah_dijawab", nama=name, langkah=moves)

    async def _class(self) -> str:
        players = self._players()
        size = len(self.script.who.others) + self._superiors_in(players)
        moved = 0

        async def told(active: int) -> None:
            nonlocal moved
            moved += active
            done = sum(player.finished for player in players)
            await self._say("kabar_kelas", selesai=done, jumlah=size, mengisi=active)

        await play(self.script.casting.world, players, told, self.script.pace)
        if not moved:
            return self.script.plain("kabar_kelas_diam")
        done = sum(player.finished for player in players)
        self.seen.add("class")
        note = self.script.plain("catatan_kelas", selesai=done, jumlah=size)
        await client_tour.tick_off(self.script.casting.world.client, "class", note)
        return self.script.plain("kabar_kelas_selesai", selesai=done, jumlah=size)

    def _players(self) -> list[Player]:
        """Made once, they remember; superiors join when there is a follow-up to speak about."""
        casting, who = self.script.casting, self.script.who
        if not self._crowd:
            present = [one for one in who.others if one.temperament != "absent"]
            self._crowd = [casting.member(one, self.script.class_token) for one in present]
        if "followup" in self.seen and not self._following_up:
            self._following_up = True
            casting.begin_follow_up(self._crowd)
            superiors = {one.superior.nip: one.superior for one in who.others}
            superiors.pop(who.superior.nip, None)
            self._crowd += casting.willing_superiors(
                list(superiors.values()), dict(self.script.links)
            )
        return self._crowd

    def _superiors_in(self, players: list[Player]) -> int:
        return sum(not player.name for player in players)

    # ---- time -----------------------------------------------------------------------------------

    async def _months(self) -> str:
        now = await self._now()
        if now >= THREE_MONTHS:
            return self.script.plain("kabar_sudah_lewat", saat=now)
        return await self._jump_to(THREE_MONTHS)

    async def _monday(self) -> str:
        now = await self._now()
        days = -now.weekday() % WEEK
        monday = _at(now + timedelta(days=days), AFTER_THE_SUMMARY)
        return await self._jump_to(monday if monday > now else monday + timedelta(days=WEEK))

    async def _superior(self) -> str:
        one = self.script.who.superior
        phone = self.script.casting.world.phone(one.chat_id)
        if "followup" not in self.seen:
            return self.script.plain("kabar_belum_tindak_lanjut")
        player = self._visitors_superior()
        if await self._invited(phone):
            return await self._answer_as(player, one.name)
        if not await self._has_said_who(phone):
            for _ in ("opens the link", "says who fills in"):
                await player.move()
                await self.script.casting.world.quiet()
        await self._say("kabar_melompat")
        for _ in range(SUPERIORS_WAIT):
            if await self._invited(phone):
                break
            morning = _at(await self._now() + timedelta(days=1), IN_OFFICE_HOURS)
            await self.script.casting.world.jump_to(morning)
        return self.script.plain("kabar_atasan_siap", atasan=one.name)

    def _visitors_superior(self) -> Player:
        casting, one = self.script.casting, self.script.who.superior
        player = casting.superior(one, self.script.links[one.nip], Random(one.nip))
        player.person.new_round(0)
        return player

    async def _has_said_who(self, phone: Phone) -> bool:
        said = [one.text for one in await phone.messages() if one.from_bot]
        return bool(said) and not self.script.casting.known.begins(said[-1], "tautan_penilai")

    async def _invited(self, phone: Phone) -> bool:
        known = self.script.casting.known
        invitations = ("undangan_atasan", "konfirmasi_penerima", "privasi_atasan")
        return any(known.begins(one.text, *invitations) for one in await phone.messages())

    async def _jump_to(self, moment: datetime) -> str:
        await self._say("kabar_melompat")
        sent = await self.script.casting.world.jump_to(moment)
        return self.script.plain("kabar_tiba", saat=await self._now(), pesan=sent)

    async def _let_the_follow_up_out(self) -> None:
        """Half a minute long the coordinator can take it back; who presses on does not want to wait for that."""
        if "followup" in self.seen and not self._follow_up_is_out:
            self._follow_up_is_out = True
            await self.script.casting.world.jump_to(await self._now() + UNDO_IS_OVER)

    async def _now(self) -> datetime:
        return (await self.script.casting.world.now()).astimezone(WIB)

    async def _say(self, key: str, **words: Value) -> None:
        await self.say(self.script.plain(key, **words))


def _at(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, WIB)
