"""What one deployment evaluates, as frozen data read from the mapping of config/study.toml. Pure.

Every mistake in that file comes back as one StudyPlanError that names the key and the remedy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import StudyPlanError

Role = Literal["participant", "superior", "peer"]


@dataclass(frozen=True, slots=True)
class Office:
    organiser: str
    organiser_long: str
    zone: str
    privacy_contact: str
    coordinator_contact: str
    server_location: str
    retention_months: int
    privacy_version: str
    letter_number: str
    unnamed_instructors: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above and below a letter of the office; blanks are filled in by hand."""

    lines: tuple[str, ...]
    place: str
    signatory_office: str
    signatory_name: str
    signatory_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    morning: tuple[time, time]
    afternoon: tuple[time, time]
    ramadan: tuple[time, time]
    extra_holidays: frozenset[date]
    extra_working_days: frozenset[date]


@dataclass(frozen=True, slots=True)
class RoundPlan:
    kind: str  # post_training, followup_alumni, followup_superior, followup_peer, interview
    questionnaire: str
    role: Role
    opens_at: time
    offset_days: int | None  # calendar days after the last class day; None: opened by hand only
    reminders: tuple[int, ...]  # working days after the invitation
    last_call: int
    closes: int
    ignore_hours_on_class_day: bool = False
    after: str = ""  # opens `after_days` after that round of the same training was opened
    after_days: int = 0
    most_per_respondent: int = 0  # 0: no limit
    cases_only: bool = False  # for those selected for an interview


@dataclass(frozen=True, slots=True)
class CaseRule:
    """Who is asked for an interview: bot/survey/case_selection.py."""

    success_from: float
    non_success_to: float
    share: float  # of all who answered the follow-up
    least: int
    most: int
    most_per_unit: int
    willing_item: str  # who agreed in the follow-up to be interviewed
    willing_value: str


@dataclass(frozen=True, slots=True)
class Study:
    office: Office
    letterhead: Letterhead
    hours: Hours
    rounds: Mapping[str, RoundPlan]
    most_in_30_days: int
    hours_apart: int
    summary_weekday: int  # ISO, 1 is Monday
    summary_at: time
    k: int
    complete_share: float
    partial_share: float
    double_tap_seconds: float
    seconds_per_tap: int
    seconds_per_text: int
    cases: CaseRule


def study_from(settings: Mapping[str, Any]) -> Study:
    try:
        return _study(settings)
    except ZoneInfoNotFoundError as unknown:
        raise StudyPlanError(
            f"study.toml: {unknown.args[0]}. Write a zone like Asia/Jakarta."
        ) from unknown
    except KeyError as missing:
        raise StudyPlanError(
            f"study.toml: the key {missing} is missing. Add it; the file in the repository shows its form."
        ) from missing
    except (ValueError, TypeError) as wrong:
        raise StudyPlanError(
            f"study.toml: {wrong}. Compare with the file in the repository."
        ) from wrong


def _study(settings: Mapping[str, Any]) -> Study:
    office = Office(**settings["office"])
    ZoneInfo(office.zone)
    if office.retention_months < 1:
        raise ValueError("office.retention_months must be 1 or more")
    return Study(
        office=office,
        letterhead=_letterhead(settings["report"]),
        hours=_hours(settings["hours"]),
        rounds={kind: _round(kind, plan) for kind, plan in settings["rounds"].items()},
        most_in_30_days=int(settings["contacts"]["most_in_30_days"]),
        hours_apart=int(settings["contacts"]["hours_apart"]),
        summary_weekday=int(settings["summary"]["weekday"]),
        summary_at=time.fromisoformat(settings["summary"]["at"]),
        k=int(settings["disclosure"]["k"]),
        complete_share=float(settings["disposition"]["complete"]),
        partial_share=float(settings["disposition"]["partial"]),
        double_tap_seconds=float(settings["chat"]["double_tap_seconds"]),
        seconds_per_tap=int(settings["chat"]["seconds_per_tap"]),
        seconds_per_text=int(settings["chat"]["seconds_per_text"]),
        cases=_cases(settings["scm"]),
    )


def _cases(settings: Mapping[str, Any]) -> CaseRule:
    item, _, value = str(settings["willing"]).partition("=")
    if not item or not value:
        raise ValueError('scm.willing must be like "b19=ya"')
    return CaseRule(
        success_from=float(settings["success_from"]),
        non_success_to=float(settings["non_success_to"]),
        share=float(settings["share"]),
        least=int(settings["least"]),
        most=int(settings["most"]),
        most_per_unit=int(settings["most_per_unit"]),
        willing_item=item,
        willing_value=value,
    )


def _letterhead(settings: Mapping[str, Any]) -> Letterhead:
    return Letterhead(
        tuple(str(line) for line in settings["letterhead"]),
        str(settings["place"]), str(settings["signatory_office"]), str(settings["signatory_name"]),
        tuple(str(line) for line in settings["signatory_lines"]),
    )  # fmt: skip


def _hours(settings: Mapping[str, Any]) -> Hours:
    def span(name: str) -> tuple[time, time]:
        begins, ends = (time.fromisoformat(text) for text in settings[name])
        if begins >= ends:
            raise ValueError(f"hours.{name} must begin before it ends")
        return begins, ends

    holidays = _days(settings, "extra_holidays")
    working_days = _days(settings, "extra_working_days")
    if both := holidays & working_days:
        raise ValueError(
            f"{min(both)} stands in hours.extra_holidays and in hours.extra_working_days"
        )
    return Hours(
        span("morning"), span("afternoon"), span("ramadan"), holidays, working_days
    )  # fmt: skip


def _days(settings: Mapping[str, Any], name: str) -> frozenset[date]:
    """With quotation marks or without, as TOML has days too."""
    given = settings[name]
    try:
        if isinstance(given, list):
            return frozenset(date.fromisoformat(str(day)) for day in given)
    except ValueError:
        pass
    raise ValueError(f'hours.{name} must be a list of days like ["2027-03-01", "2027-03-02"]')


def _round(kind: str, plan: Mapping[str, Any]) -> RoundPlan:
    reminders = tuple(int(day) for day in plan["reminders"])
    days = (*reminders, int(plan["last_call"]), int(plan["closes"]))
    if sorted(set(days)) != list(days):
        raise ValueError(f"rounds.{kind}: reminders, last_call and closes must rise")
    return RoundPlan(
        kind=kind,
        questionnaire=str(plan["questionnaire"]),
        role=plan["role"],
        opens_at=time.fromisoformat(plan["opens_at"]),
        offset_days=None if plan.get("manual") else int(plan["offset_days"]),
        reminders=reminders,
        last_call=days[-2],
        closes=days[-1],
        ignore_hours_on_class_day=bool(plan.get("ignore_hours_on_class_day", False)),
        after=str(plan.get("after", "")),
        after_days=int(plan.get("after_days", 0)),
        most_per_respondent=int(plan.get("most_per_respondent", 0)),
        cases_only=bool(plan.get("cases_only", False)),
    )
