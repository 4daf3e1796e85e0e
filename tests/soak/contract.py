"""The contact contract by a second hand: written from the words of DESIGN section 6 and study.toml; imports nothing of the bot.

A person at a time, from moment to moment: what is wanted, what stands against it, what is said. `expected` gives every message
of a world, exactly to the minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from tests.soak.contract_office import MINUTE, STUDY, Days, Office, Opening, at, running
from tests.soak.world import DAY, Deed, World

Words = Literal["invitation", "not_begun", "half_done", "last_call"]
RoundKey = tuple[str, str]  # course, kind of round

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True, order=True)
class Said:
    at: datetime
    chat: int
    course: str
    kind: str
    words: Words


@dataclass(slots=True)
class Wanted:
    """A message that is to go out."""

    step: int
    due: datetime
    order: int
    is_chosen: bool = False  # the person named the time


@dataclass(slots=True)
class Survey:
    """One round of one person."""

    opening: Opening
    invited_on: date | None = None
    highest_step: int = 0
    is_begun: bool = False
    is_over: bool = False
    wanted: Wanted | None = None


def expected(world: World, days: Days) -> list[Said]:
    office = Office(world, days)
    openings = office.openings()
    chats = sorted(
        {chat for one in openings for pair in one.course.bosses.items() for chat in pair}
    )
    return sorted(said for chat in chats for said in Person(office, chat, openings).life())


@dataclass(slots=True)
class Person:
    office: Office
    chat: int
    openings: list[Opening]
    surveys: dict[RoundKey, Survey] = field(default_factory=dict)
    written: list[datetime] = field(default_factory=list)  # when we wrote first, whatever the round
    is_connected: bool = False
    has_blocked: bool = False
    is_known_to_block: bool = False
    wants_nothing: bool = False
    numbers: int = 0

    def life(self) -> Iterator[Said]:
        world = self.office.world
        self.is_connected = self.chat not in world.late
        deeds = [deed for deed in world.deeds if deed.chat == self.chat]
        openings = [one for one in self.openings if self._concerns(one)]
        while True:
            tick = self._next_tick(openings)
            if deeds and (tick is None or deeds[0].at < tick):
                self._do(deeds.pop(0))
            elif tick is None or tick > world.ends:
                return
            else:
                while openings and openings[0].at <= tick:
                    self._opened(openings.pop(0))
                yield from self._written_at(tick)

    def _concerns(self, opening: Opening) -> bool:
        bosses = opening.course.bosses
        who = bosses.values() if opening.kind == "followup_superior" else bosses
        return self.chat in who

    def _next_tick(self, openings: list[Opening]) -> datetime | None:
        dues = [one.wanted.due for one in self.surveys.values() if one.wanted]
        moments = [running(self.office.world, due) for due in dues]
        return min([*moments, *(one.at for one in openings[:1])], default=None)

    # ---- what happens to them -------------------------------------------------------------------

    def _opened(self, opening: Opening) -> None:
        key = opening.course.code, opening.kind
        self.surveys[key] = Survey(opening)
        if self.is_connected:
            due = self.office.first_allowed(
                opening.course, opening.kind, opening.at, opening.course.zone
            )
            self._want(self.surveys[key], 0, due)

    def _written_at(self, now: datetime) -> Iterator[Said]:
        due = [one for one in self.surveys.values() if one.wanted and one.wanted.due <= now]
        for survey in sorted(due, key=lambda one: (one.wanted.due, one.wanted.order)):
            wanted, survey.wanted = survey.wanted, None
            if survey.is_over or self.wants_nothing or survey.opening.closes <= now:
                continue
            if self.is_known_to_block:
                self._count_from(survey, wanted, wanted.due)
                self._want_the_next(survey, wanted.step, now)
                continue
            allowed = now if wanted.is_chosen else self._first_allowed(survey, now)
            if allowed > now:
                if allowed < survey.opening.closes:
                    wanted.due, survey.wanted = allowed, wanted
                continue
            self._count_from(survey, wanted, wanted.due if self.has_blocked else now)
            if self.has_blocked:
                self.is_known_to_block = True
            else:
                self.written.append(now)
                opening = survey.opening
                words = _words(survey, wanted.step)
                yield Said(now, self.chat, opening.course.code, opening.kind, words)
            self._want_the_next(survey, wanted.step, now)

    def _count_from(self, survey: Survey, wanted: Wanted, invited: datetime) -> None:
        """An invitation that could not arrive counts from when it was due."""
        if not wanted.step:
            survey.invited_on = invited.astimezone(self._zone(survey)).date()

    def _first_allowed(self, survey: Survey, now: datetime) -> datetime:
        contacts = STUDY["contacts"]
        apart, most = timedelta(hours=contacts["hours_apart"]), contacts["most_in_30_days"]
        moment = now
        while True:
            month = [one for one in self.written if one > moment - MONTH]
            if self.written and self.written[-1] + apart > moment:
                moment = self.written[-1] + apart
            elif len(month) >= most:
                moment = month[-most] + MONTH
            elif self._may_write(survey, moment):
                return moment
            else:
                opening = survey.opening
                zone = self._zone(survey).key
                moment = self.office.first_allowed(opening.course, opening.kind, moment, zone)

    def _may_write(self, survey: Survey, moment: datetime) -> bool:
        opening = survey.opening
        return self.office.may_write(opening.course, opening.kind, moment, self._zone(survey).key)

    def _want(self, survey: Survey, step: int, due: datetime, *, is_chosen: bool = False) -> None:
        self.numbers += 1
        survey.wanted = Wanted(step, due, self.numbers, is_chosen)
        survey.highest_step = max(survey.highest_step, step)

    def _want_the_next(self, survey: Survey, after: int, now: datetime) -> None:
        """The next reminder that lies ahead; what was missed is not caught up."""
        if survey.invited_on is None:
            return  # never invited: a time was chosen after the plan had given up
        plan = STUDY["rounds"][survey.opening.kind]
        zone = self._zone(survey)
        for step, days in enumerate((*plan["reminders"], plan["last_call"]), start=1):
            day = self.office.working_day(survey.invited_on, days)
            hour = at(day, time.fromisoformat(plan["opens_at"]), zone.key)
            due = hour
            while not self.office.is_open(due, zone.key):
                due += MINUTE
            if step > after and due > now:
                if due < survey.opening.closes:
                    self._want(survey, step, due)
                return

    # ---- what they do ---------------------------------------------------------------------------

    def _do(self, deed: Deed) -> None:
        match deed.what:
            case "block":
                self.has_blocked = True
            case "return":
                self.has_blocked = self.is_known_to_block = False
            case "opt_out":
                self.wants_nothing = self.is_connected
            case "connect":
                self._connect(deed.at)
            case _:
                survey = self.surveys.get((deed.course, deed.kind))
                if self.is_connected and survey and deed.at < survey.opening.closes:
                    self._in_survey(survey, deed)

    def _connect(self, now: datetime) -> None:
        """In the chat at that moment: as good as invited."""
        self.is_connected = True
        for survey in self.surveys.values():
            if now < survey.opening.closes:
                survey.invited_on = now.astimezone(self._zone(survey)).date()
                self._want_the_next(survey, 0, now)

    def _in_survey(self, survey: Survey, deed: Deed) -> None:
        match deed.what:
            case "begin":
                survey.is_begun = True
            case "complete" | "refuse":
                survey.is_over, survey.wanted = True, None
            case "stop":
                survey.wanted = None
            case "chosen_time":
                self._choose(survey, deed)

    def _choose(self, survey: Survey, deed: Deed) -> None:
        until = chosen_moment(deed, self._zone(survey))
        if until >= survey.opening.closes:
            return
        if survey.wanted:
            survey.wanted.due, survey.wanted.is_chosen = until, True
        else:
            beyond = len(STUDY["rounds"][survey.opening.kind]["reminders"]) + 2
            self._want(survey, max(survey.highest_step + 1, beyond), until, is_chosen=True)

    def _zone(self, survey: Survey) -> ZoneInfo:
        return ZoneInfo(self.office.world.zones.get(self.chat, survey.opening.course.zone))


def chosen_moment(deed: Deed, zone: ZoneInfo) -> datetime:
    local = deed.at.astimezone(zone)
    tomorrow = local.date() + DAY
    match deed.chosen:
        case "hour":
            return deed.at + timedelta(hours=1)
        case "evening":
            return max(at(local.date(), time(16), zone.key), deed.at + timedelta(hours=2))
        case "morning":
            return at(tomorrow, time(8), zone.key)
        case "tomorrow":
            return at(tomorrow, time(9), zone.key)


def _words(survey: Survey, step: int) -> Words:
    last_step = len(STUDY["rounds"][survey.opening.kind]["reminders"]) + 1
    if step >= last_step:
        return "last_call"
    if survey.is_begun:
        return "half_done"
    return "not_begun" if step else "invitation"
