"""What the analysis needs of config/study.toml: k, zone, targets, bands, indicators. Reads one file, judges nothing else.

The bot reads the same file its own way; the two rooms share the file, not the code.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evaluation.errors import EvaluationError
from evaluation.scales import Band

ROSTER_COLUMNS = (
    "unit_group",
    "grade_group",
)  # what responses.csv knows of people who did not answer

_Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Plan:
    organiser: str
    zone: ZoneInfo
    k: int
    factor: float
    index_name: str
    index_source: str
    bands: tuple[Band, ...]
    targets: Mapping[str, float]  # round kind -> response rate wanted, 0 to 1
    summary_weekday: int  # ISO, 1 is Monday
    indicators: Mapping[str, tuple[str, ...]]  # name -> items, or item=code
    weight_by: str  # column of the roster, empty for no weighted column
    reminders: Mapping[str, tuple[int, ...]] = field(
        default_factory=dict
    )  # working days after the invitation
    extra_holidays: tuple[date, ...] = ()
    extra_working_days: tuple[date, ...] = ()
    quoted: frozenset[str] = frozenset()  # open questions whose answers are shown word for word


def read_study(path: Path) -> Plan:
    """The plan, or EvaluationError naming the key that is missing or wrong."""
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as wrong:
        raise EvaluationError(path.name, f"cannot be read ({type(wrong).__name__}).") from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise EvaluationError(path.name, f"is not TOML: {wrong}.") from wrong
    try:
        return _plan(settings)
    except ZoneInfoNotFoundError as wrong:
        raise EvaluationError(path.name, f"office.zone: {wrong.args[0]}.") from wrong
    except KeyError as missing:
        raise EvaluationError(path.name, f"the key {missing} is missing.") from missing
    except (ValueError, TypeError, ArithmeticError) as wrong:
        raise EvaluationError(path.name, f"has a wrong value: {wrong}.") from wrong


def _plan(settings: Mapping[str, _Table]) -> Plan:
    office, index = settings["office"], settings["index"]
    bands = cast("list[Mapping[str, object]]", index["bands"])
    rounds = cast("Mapping[str, Mapping[str, object]]", settings["rounds"])
    return Plan(
        organiser=str(office["organiser"]),
        zone=ZoneInfo(str(office["zone"])),
        k=_at_least_two(int(str(settings["disclosure"]["k"]))),
        factor=_within("index.factor", index["factor"], 1, 1000),
        index_name=str(index["name"]),
        index_source=str(index["source"]),
        bands=tuple(_band(band) for band in bands),
        targets={
            kind: _within(f"rounds.{kind}.target_rate", plan["target_rate"], 0, 1)
            for kind, plan in rounds.items()
            if "target_rate" in plan
        },
        summary_weekday=int(str(settings["summary"]["weekday"])),
        indicators={
            name: tuple(str(entry) for entry in cast("list[object]", entries))
            for name, entries in settings.get("indicators", {}).items()
        },
        reminders={kind: _reminders(plan) for kind, plan in rounds.items()},
        extra_holidays=_days(settings, "extra_holidays"),
        extra_working_days=_days(settings, "extra_working_days"),
        quoted=frozenset(map(str, cast("list[object]", settings["disclosure"].get("quoted", [])))),
        weight_by=_roster_column(str(settings.get("weighting", {}).get("by", ""))),
    )


def _reminders(round_: Mapping[str, object]) -> tuple[int, ...]:
    named = cast("list[object]", round_.get("reminders", []))
    last = [round_["last_call"]] if "last_call" in round_ else []
    return tuple(int(str(day)) for day in [*named, *last])


def _days(settings: Mapping[str, _Table], name: str) -> tuple[date, ...]:
    entries = cast("list[object]", settings.get("hours", {}).get(name, []))
    return tuple(date.fromisoformat(str(entry)) for entry in entries)


def _roster_column(name: str) -> str:
    if name not in {"", *ROSTER_COLUMNS}:
        raise ValueError(f"weighting.by is {name!r}, which is none of {', '.join(ROSTER_COLUMNS)}")
    return name


def _band(band: Mapping[str, object]) -> Band:
    start = Decimal(str(band["from"]))
    _within("index.bands.from", start, 0, 100_000)
    return Band(start, str(band["label"]), str(band.get("grade", "")))


def _within(key: str, value: object, low: float, high: float) -> float:
    number = float(str(value))
    if not low <= number <= high:
        raise ValueError(f"{key} is {value}, which is not between {low} and {high}")
    return number


def _at_least_two(k: int) -> int:
    if k <= 1:
        raise ValueError(f"disclosure.k is {k}, and a group of one would be shown")
    return k
