"""Faults on demand: what is planned, scripted and under way, and which fault a call gets. Pure; the monotonic seconds are given.

1. The plan judges a call by the seed, the method, the chat and how many calls of this method in this chat it has judged before:
   chats may interleave as they like. Updates are judged by their id alone. A new plan counts from the beginning.
2. In this order: an outage takes every call; then what was scripted for the very next calls; then a flood wait that still
   stands; then the plan. Only calls that reach the plan are counted for (1).
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from math import inf
from random import Random

from bot.simulator.fault_plan import Fault, FaultPlan, Kind, OutageMode, UpdateKind, drawn

GET_UPDATES = "getUpdates"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call belongs; chat 0 is none."""

    bot_id: int
    method: str
    chat_id: int = 0


@dataclass(frozen=True, slots=True)
class Scripted:
    """A fault for the next calls that match."""

    kind: Kind
    times: int = 1
    method: str = ""
    chat_id: int = 0
    fault: Fault | None = None  # None: a fault of updates

    def matches(self, place: Place) -> bool:
        return (
            self.fault is not None
            and self.method in {"", place.method}
            and self.chat_id in {0, place.chat_id}
        )


@dataclass(frozen=True, slots=True)
class Outage:
    mode: OutageMode = "reset"
    until: float | None = None  # monotonic; None: until it is ended


@dataclass(slots=True)
class Faults:
    """What is planned and what was done. The functions below are all that changes it."""

    plan: FaultPlan = field(default_factory=FaultPlan)
    scripted: list[Scripted] = field(default_factory=list)
    outage: Outage | None = None
    floods: dict[tuple[int, int], float] = field(default_factory=dict)  # (bot, chat or 0) -> until
    judged: Counter[Place] = field(default_factory=Counter)
    repeated: set[tuple[str, int, int]] = field(default_factory=set)  # kind, bot, update
    done: Counter[str] = field(default_factory=Counter)


def begin(faults: Faults, plan: FaultPlan) -> None:
    """Counts from the beginning; what was scripted and an outage stay."""
    faults.plan = plan
    for record in (faults.floods, faults.judged, faults.repeated, faults.done):
        record.clear()


def end(faults: Faults) -> None:
    """All is well again. The counts stay, so that they can be read."""
    faults.plan, faults.outage = FaultPlan(), None
    faults.scripted.clear()
    faults.floods.clear()


def fault_of(faults: Faults, place: Place, instant: float) -> Fault | None:
    """What goes wrong with this call, if anything."""
    fault = (
        _outage(faults, instant)
        or _scripted(faults, place)
        or _standing_flood(faults, place, instant)
        or _planned(faults, place)
    )
    if fault is None:
        return None
    faults.done[fault.kind] += 1
    if fault.kind == "too_many" and fault.flood != "call" and place.method != GET_UPDATES:
        chat_id = place.chat_id if fault.flood == "chat" else 0
        faults.floods[place.bot_id, chat_id] = instant + fault.seconds
    return fault


def is_out(faults: Faults, instant: float) -> bool:
    return outage_left(faults, instant) > 0


def outage_left(faults: Faults, instant: float) -> float:
    """The seconds until the outage is over; infinite when somebody has to end it, 0 without one."""
    if faults.outage is None:
        return 0.0
    return max(0.0, inf if faults.outage.until is None else faults.outage.until - instant)


def given_twice(faults: Faults, bot_id: int, update_id: int) -> bool:
    """Whether this update is to be given a second time at once; true once for each."""
    return _repeats(faults, "duplicate_update", bot_id, update_id)


def comes_again(faults: Faults, bot_id: int, update_id: int) -> bool:
    """Whether this update, confirmed by the bot, is to come once more; true once for each."""
    return _repeats(faults, "redelivery", bot_id, update_id)


def _outage(faults: Faults, instant: float) -> Fault | None:
    if faults.outage is None or not is_out(faults, instant):
        return None
    return Fault("outage", mode=faults.outage.mode)


def _scripted(faults: Faults, place: Place) -> Fault | None:
    for index, entry in enumerate(faults.scripted):
        if entry.matches(place):
            _use_up(faults, index)
            return entry.fault
    return None


def _use_up(faults: Faults, index: int) -> None:
    entry = faults.scripted.pop(index)
    if entry.times > 1:
        faults.scripted.insert(index, replace(entry, times=entry.times - 1))


def _standing_flood(faults: Faults, place: Place, instant: float) -> Fault | None:
    """Telegram goes on refusing until the seconds are over, and says how many are left."""
    if place.method == GET_UPDATES or not faults.plan.covers(place.method):
        return None
    keys = {(place.bot_id, 0), (place.bot_id, place.chat_id)}
    left = max((faults.floods.get(key, 0.0) - instant for key in keys), default=0.0)
    return Fault("too_many", left) if left > 0 else None


def _planned(faults: Faults, place: Place) -> Fault | None:
    if not faults.plan.covers(place.method):
        return None
    number = faults.judged[place]
    faults.judged[place] += 1
    return drawn(faults.plan, place.method, place.chat_id, number)


def _repeats(faults: Faults, kind: UpdateKind, bot_id: int, update_id: int) -> bool:
    mark = (kind, bot_id, update_id)
    if mark in faults.repeated:
        return False
    faults.repeated.add(mark)
    scripted = next((i for i, entry in enumerate(faults.scripted) if entry.kind == kind), None)
    if scripted is not None:
        _use_up(faults, scripted)
    chance = Random(f"{faults.plan.seed} {kind} {update_id}").random()
    if scripted is None and chance >= faults.plan.share(kind):
        return False
    faults.done[kind] += 1
    return True
