"""Plans, scripts and states of faults, and sending limits, as JSON: what the server reads and shows, and what the client sends and reads back. Pure.

A field that is unknown or of a wrong type is a NotAPlan with a sentence, never ignored: a slip in a plan would pass for a healthy bot.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from random import Random
from typing import TypeVar

from bot.simulator.fault_plan import (
    CALL_KINDS,
    FLOODS,
    OUTAGE_MODES,
    UPDATE_KINDS,
    FaultPlan,
    NotAPlan,
    OutageMode,
    made,
)
from bot.simulator.faults import Faults, Outage, Scripted, is_out
from bot.simulator.json_types import Json, JsonObject, as_int, as_list, as_object, as_text
from bot.simulator.limits import Rates

Value = TypeVar("Value")
DETAILS = frozenset({"retry_after", "flood", "slow_ms", "hold_seconds", "html"})
NEXT_FIELDS = DETAILS | {"kind", "method", "chat_id", "times"}
MOST_TIMES = 100_000
LONGEST_OUTAGE = 7 * 86_400


@dataclass(frozen=True, slots=True)
class OutageView:
    mode: str
    seconds_left: float | None  # None: until it is ended


@dataclass(frozen=True, slots=True)
class FloodView:
    bot_id: int
    chat_id: int  # 0: all of this bot
    seconds_left: float


@dataclass(frozen=True, slots=True)
class FaultsView:
    plan: FaultPlan
    done: Mapping[str, int]  # how many of each kind
    scripted: int  # how many are still to come
    outage: OutageView | None
    floods: tuple[FloodView, ...]


def faults_view(faults: Faults, instant: float) -> FaultsView:
    outage = faults.outage if is_out(faults, instant) else None
    return FaultsView(
        faults.plan,
        dict(sorted(faults.done.items())),
        sum(entry.times for entry in faults.scripted),
        OutageView(outage.mode, outage.until and round(outage.until - instant, 3)) if outage else None,
        tuple(
            FloodView(bot_id, chat_id, round(until - instant, 3))
            for (bot_id, chat_id), until in faults.floods.items()
            if until > instant
        ),
    )  # fmt: skip


def read_faults(value: JsonObject) -> FaultsView:
    outage = as_object(value["outage"])
    left = outage.get("seconds_left")
    floods = [as_object(flood) for flood in as_list(value["floods"])]
    return FaultsView(
        read_plan(as_object(value["plan"])),
        {kind: as_int(count) for kind, count in as_object(value["done"]).items()},
        as_int(value["scripted"]),
        OutageView(as_text(outage["mode"]), left if left is None else _number("seconds_left", left))
        if outage
        else None,
        tuple(
            FloodView(
                as_int(flood["bot_id"]),
                as_int(flood["chat_id"]),
                _number("seconds_left", flood["seconds_left"]),
            )
            for flood in floods
        ),
    )


def plan_fields(plan: FaultPlan) -> JsonObject:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(plan).items()
    }


def read_plan(body: JsonObject) -> FaultPlan:
    _refuse_unknown(body, frozenset(entry.name for entry in fields(FaultPlan)))
    plan = _with_details(
        FaultPlan(seed=_whole("seed", body.get("seed", 0)), methods=_names(body)), body
    )

    def share(kind: str) -> float:
        return _number(kind, body.get(kind, 0.0))

    return replace(
        plan,
        too_many=share("too_many"),
        server_error_500=share("server_error_500"),
        bad_gateway_502=share("bad_gateway_502"),
        bad_gateway_after=share("bad_gateway_after"),
        timeout_before=share("timeout_before"),
        timeout_after=share("timeout_after"),
        reset_before=share("reset_before"),
        reset_after=share("reset_after"),
        slow=share("slow"),
        duplicate_update=share("duplicate_update"),
        redelivery=share("redelivery"),
    )


def read_next(body: JsonObject, plan: FaultPlan) -> Scripted:
    """Details that are not given are the plan's; of a range, the least."""
    _refuse_unknown(body, NEXT_FIELDS)
    kind = as_text(body.get("kind"))
    times = _whole("times", body.get("times", 1))
    if not 1 <= times <= MOST_TIMES:
        raise NotAPlan(f"times is 1 to {MOST_TIMES}")
    for update_kind in UPDATE_KINDS:
        if kind == update_kind:
            if body.keys() - {"kind", "times"}:
                raise NotAPlan(f"{kind} meets the next update, whatever it is: only times is taken")
            return Scripted(update_kind, times)
    for call_kind in CALL_KINDS:
        if kind == call_kind:
            detailed = _least(_with_details(replace(plan, html=0.0, flood="call"), body))
            return Scripted(
                call_kind, times, _text("method", body.get("method", "")),
                _whole("chat_id", body.get("chat_id", 0)), made(detailed, call_kind, Random(0)),
            )  # fmt: skip
    raise NotAPlan(f"kind is one of: {', '.join((*CALL_KINDS, *UPDATE_KINDS))}")


def read_outage(body: JsonObject, instant: float) -> Outage:
    _refuse_unknown(body, frozenset({"seconds", "mode"}))
    mode: OutageMode = _one_of("mode", body.get("mode", "reset"), OUTAGE_MODES)
    if body.get("seconds") is None:
        return Outage(mode)
    seconds = _number("seconds", body["seconds"])
    if not 0 < seconds <= LONGEST_OUTAGE:
        raise NotAPlan("seconds is above 0 and at most a week")
    return Outage(mode, instant + seconds)


def read_rates(body: JsonObject) -> Rates:
    """What is not given is as Telegram has it."""
    _refuse_unknown(body, frozenset(entry.name for entry in fields(Rates)))
    usual = Rates()

    def rate(name: str, default: float) -> float:
        return _number(name, body.get(name, default))

    def burst(name: str, default: int) -> int:
        return _whole(name, body.get(name, default))

    return Rates(
        rate("overall_per_second", usual.overall_per_second),
        burst("overall_burst", usual.overall_burst),
        rate("chat_per_second", usual.chat_per_second),
        burst("chat_burst", usual.chat_burst),
        rate("group_per_second", usual.group_per_second),
        burst("group_burst", usual.group_burst),
    )


def _with_details(plan: FaultPlan, body: JsonObject) -> FaultPlan:
    return replace(
        plan,
        retry_after=_range("retry_after", body, plan.retry_after, _whole),
        slow_ms=_range("slow_ms", body, plan.slow_ms, _whole),
        hold_seconds=_number("hold_seconds", body.get("hold_seconds", plan.hold_seconds)),
        flood=_one_of("flood", body.get("flood", plan.flood), FLOODS),
        html=_number("html", body.get("html", plan.html)),
    )


def _least(plan: FaultPlan) -> FaultPlan:
    retry_after, slow_ms = plan.retry_after[0], plan.slow_ms[0]
    return replace(plan, retry_after=(retry_after, retry_after), slow_ms=(slow_ms, slow_ms))


def _refuse_unknown(body: JsonObject, known: frozenset[str]) -> None:
    unknown = sorted(body.keys() - known)
    if unknown:
        raise NotAPlan(f"unknown: {', '.join(unknown)}; there are: {', '.join(sorted(known))}")


def _range(
    name: str, body: JsonObject, default: tuple[int, int], read: Callable[[str, Json], int]
) -> tuple[int, int]:
    """A pair, or one number for both ends."""
    given = body.get(name)
    if given is None:
        return default
    ends = given if isinstance(given, list) else [given, given]
    if len(ends) != len(default):
        raise NotAPlan(f"{name} is a number or a pair of a least and a most")
    return read(name, ends[0]), read(name, ends[1])


def _names(body: JsonObject) -> tuple[str, ...]:
    given = body.get("methods", [])
    if not isinstance(given, list):
        raise NotAPlan("methods must be a list of names")
    return tuple(_text("methods", name) for name in given)


def _one_of(name: str, given: Json, known: tuple[Value, ...]) -> Value:
    for value in known:
        if value == given:
            return value
    raise NotAPlan(f"{name} is one of: {', '.join(str(value) for value in known)}")


def _text(name: str, given: Json) -> str:
    if not isinstance(given, str):
        raise NotAPlan(f"{name} must be a text")
    return given


def _number(name: str, given: Json) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise NotAPlan(f"{name} must be a number")
    try:
        return float(given)
    except OverflowError as wrong:
        raise NotAPlan(f"{name} is too large") from wrong


def _whole(name: str, given: Json) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise NotAPlan(f"{name} must be a whole number")
    return given
