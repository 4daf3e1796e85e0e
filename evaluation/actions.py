"""Who must do what by when, derived from the numbers by fixed rules (DOMAIN section 5). Chooses, writes no sentence.

Only published numbers trigger an action, so that an action reveals no more than the summary does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evaluation.barriers import OTHER_BARRIER
from evaluation.period import Period
from evaluation.rates import rr2
from evaluation.releases import Cell
from evaluation.results import RoundResult, TrainingResult
from evaluation.scales import Band, band_of
from evaluation.study import Plan

MAIN_BARRIER_FROM = 0.2  # share that names it as the main barrier (DOMAIN section 5)
_ANNOUNCED_DAYS = (
    14  # how long before a round opens its unconnected respondents are worth an action
)
_WITHIN_WEEK = 4  # Monday to Friday
_WITHIN_MONTH = 28  # a measure against a barrier takes an office longer than a phone call


@dataclass(frozen=True, slots=True)
class Action:
    """`key` and `owner` name sentences of config/texts; `subject` a barrier or dimension, `count` people or ratings."""

    key: str
    owner: str
    due: date
    count: int = 0
    subject: str = ""
    share: float = 0.0


def actions_of(result: TrainingResult, plan: Plan, period: Period) -> tuple[Action, ...]:
    """Actions of one training, the one that needs the highest signature first."""
    found = [
        *_letters(result, plan, period),
        *_connections(result, plan, period),
        *_calls(result, plan, period),
        *_measures(result, plan, period),
    ]
    return tuple(found)


def _letters(result: TrainingResult, plan: Plan, period: Period) -> Iterator[Action]:
    superiors = result.find("followup_superior")
    if superiors is not None and _below_target(superiors, plan):
        yield Action(
            "tindakan_surat_atasan", "kepala_badan", _due(superiors, plan, period), _waiting(superiors)
        )  # fmt: skip


def _connections(result: TrainingResult, plan: Plan, period: Period) -> Iterator[Action]:
    for entry in result.rounds:
        if entry.round.not_connected and (entry.round.is_open or _opens_soon(entry, plan, period)):
            key = f"tindakan_hubungkan_{entry.round.kind}"
            yield Action(key, "koordinator", _due(entry, plan, period), entry.round.not_connected)


def _calls(result: TrainingResult, plan: Plan, period: Period) -> Iterator[Action]:
    for kind in ("post_training", "followup_alumni"):
        entry = result.find(kind)
        if entry is None or not _below_target(entry, plan):
            continue
        reachable = _waiting(entry) - entry.round.not_connected
        if reachable > 0:
            key = f"tindakan_ingatkan_{kind}"
            yield Action(key, "koordinator", _due(entry, plan, period), reachable)


def _measures(result: TrainingResult, plan: Plan, period: Period) -> Iterator[Action]:
    """One measure: against the worst barrier that is main for a fifth, else for the worst dimension below band C."""
    due = period.issued_on + timedelta(days=_WITHIN_MONTH)
    worst = _worst_barrier(result)
    if worst is not None:
        yield Action(
            f"tindakan_hambatan_{worst.name}", f"pemilik_hambatan_{worst.name}", due,
            subject=worst.name, share=worst.numbers["main_share"],
        )  # fmt: skip
        return
    weakest = _weakest_dimension(result, plan.bands)
    if weakest is not None:
        yield Action(
            "tindakan_dimensi", f"pemilik_dimensi_{weakest.name}", due,
            subject=weakest.name, share=weakest.numbers["index"],
        )  # fmt: skip


def _worst_barrier(result: TrainingResult) -> Cell | None:
    follow_up = result.find("followup_alumni")
    if follow_up is None or follow_up.release is None:
        return None
    main = [
        cell
        for cell in follow_up.release.all_of("barrier")
        if cell.name != OTHER_BARRIER and cell.numbers.get("main_share", 0.0) >= MAIN_BARRIER_FROM
    ]
    return max(main, key=lambda cell: (cell.numbers["main_share"], cell.name), default=None)


def _weakest_dimension(result: TrainingResult, bands: tuple[Band, ...]) -> Cell | None:
    """The lowest index of the participants if it falls into the lowest band."""
    lowest = min(bands, key=lambda band: band.start)
    cells = [
        cell
        for kind in ("post_training", "followup_alumni")
        if (entry := result.find(kind)) is not None and entry.release is not None
        for cell in entry.release.all_of("index")
        if band_of(cell.numbers["index"], bands) == lowest
    ]
    return min(cells, key=lambda cell: (cell.numbers["index"], cell.name), default=None)


def _below_target(entry: RoundResult, plan: Plan) -> bool:
    rate = rr2(entry.counts)
    target = plan.targets.get(entry.round.kind)
    return entry.round.is_open and rate is not None and target is not None and rate < target


def _waiting(entry: RoundResult) -> int:
    """Responses that may still come in."""
    return entry.counts.pending


def _opens_soon(entry: RoundResult, plan: Plan, period: Period) -> bool:
    if entry.round.state != "planned" or entry.round.opens_at is None:
        return False
    ahead = entry.round.opens_at.astimezone(plan.zone).date() - period.issued_on
    return timedelta(0) <= ahead <= timedelta(days=_ANNOUNCED_DAYS)


def _due(entry: RoundResult, plan: Plan, period: Period) -> date:
    """This week's Friday (four days after a Monday), or the day the round closes, or opens, if that is sooner."""
    week = period.issued_on + timedelta(days=_WITHIN_WEEK)
    end = entry.round.closes_at if entry.round.is_open else entry.round.opens_at
    if end is None:
        return week
    return max(period.issued_on, min(week, end.astimezone(plan.zone).date()))
