"""What the analysis needs of config/study.toml: k, zone, targets, bands, indicators. Reads one file, judges nothing else.

The bot reads the same file its own way; the two rooms share the file, not the code.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evaluation.errors import EvaluationError
from evaluation.scales import Band
from evaluation.values import table, texts, within

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
    except (ValueError, TypeError, AttributeError, ArithmeticError) as wrong:
        raise EvaluationError(path.name, f"has a wrong value: {wrong}.") from wrong


def _plan(settings: Mapping[str, _Table]) -> Plan:
    office, index = table("office", settings["office"]), table("index", settings["index"])
    rounds = {
        kind: table(f"rounds.{kind}", plan)
        for kind, plan in table("rounds", settings["rounds"]).items()
    }
    return Plan(
        organiser=str(office["organiser"]),
        zone=ZoneInfo(str(office["zone"])),
        k=_at_least_two(int(str(settings["disclosure"]["k"]))),
        factor=within("index.factor", index["factor"], 1, 1000),
        index_name=str(index["name"]),
        index_source=str(index["source"]),
        bands=_bands(index["bands"]),
        targets={
            kind: within(f"rounds.{kind}.target_rate", plan["target_rate"], 0, 1)
            for kind, plan in rounds.items()
            if "target_rate" in plan
        },
        summary_weekday=int(within("summary.weekday", settings["summary"]["weekday"], 1, 7)),
        indicators={
            name: texts(f"indicators.{name}", entries)
            for name, entries in table("indicators", settings.get("indicators", {})).items()
        },
        reminders={kind: _reminders(plan) for kind, plan in rounds.items()},
        extra_holidays=_days(settings, "extra_holidays"),
        extra_working_days=_days(settings, "extra_working_days"),
        quoted=frozenset(texts("disclosure.quoted", settings["disclosure"].get("quoted", []))),
        weight_by=_roster_column(
            str(table("weighting", settings.get("weighting", {})).get("by", ""))
        ),
    )


def _reminders(round_: Mapping[str, object]) -> tuple[int, ...]:
    named = texts("reminders", round_.get("reminders", []))
    last = [round_["last_call"]] if "last_call" in round_ else []
    return tuple(int(within("reminders", day, 0, 1000)) for day in [*named, *last])


def _days(settings: Mapping[str, _Table], name: str) -> tuple[date, ...]:
    entries = table("hours", settings.get("hours", {})).get(name, [])
    return tuple(date.fromisoformat(entry) for entry in texts(f"hours.{name}", entries))


def _roster_column(name: str) -> str:
    if name not in {"", *ROSTER_COLUMNS}:
        raise ValueError(f"weighting.by is {name!r}, which is none of {', '.join(ROSTER_COLUMNS)}")
    return name


def _bands(listed: object) -> tuple[Band, ...]:
    if not isinstance(listed, list) or not listed:
        raise ValueError("index.bands is no list of bands")
    bands = tuple(_band(table("index.bands", band)) for band in cast("list[object]", listed))
    for below, above in pairwise(bands):
        if above.start <= below.start:
            raise ValueError(
                f"index.bands: {above.start} comes after {below.start}; write them from the lowest up"
            )
    return bands


def _band(band: Mapping[str, object]) -> Band:
    start = Decimal(str(band["from"]))
    within("index.bands.from", start, 0, 100_000)
    return Band(start, str(band["label"]), str(band.get("grade", "")))


def _at_least_two(k: int) -> int:
    if k <= 1:
        raise ValueError(f"disclosure.k is {k}, and a group of one would be shown")
    return k
