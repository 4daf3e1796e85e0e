"""What of all results belongs into this week's summary, and in which order; text and picture share it.

Chooses from published numbers; writes no sentence and draws nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from evaluation.actions import Action, actions_of
from evaluation.period import Period
from evaluation.releases import Cell, Release
from evaluation.results import Results, RoundResult, TrainingResult
from evaluation.schedule import Round, Training
from evaluation.study import Plan

_FOLLOW_UP = ("followup_alumni", "followup_superior")


@dataclass(frozen=True, slots=True)
class Story:
    """One training that has news. `focus` is the participants' round whose results are shown, if any may be."""

    result: TrainingResult
    actions: tuple[Action, ...]
    focus: RoundResult | None
    labels: Mapping[str, str]  # barrier code -> words of the participants' questionnaire

    @property
    def is_final(self) -> bool:
        return self.focus is not None and self.focus.round.state == "closed"


@dataclass(frozen=True, slots=True)
class BarrierRow:
    """`share` of the alumni (or participants) and of the superiors; the latter None where it may not be shown."""

    label: str
    share: float
    superiors: float | None


@dataclass(frozen=True, slots=True)
class Ability:
    """Means of one ability on the scale start to end. `followup` has an n of its own unless the people are the same."""

    dimension: str
    start: float
    end: float
    before: float | None
    now: float | None
    n: int
    followup: float | None = None
    n_followup: int | None = None


def stories(results: Results, plan: Plan) -> tuple[Story, ...]:
    """Trainings with news: those that need action first, then the latest news, then in order of code."""
    current = [result for result in results.trainings if _is_current(result, plan, results.period)]
    told = [
        Story(result, actions_of(result, plan, results.period), _focus(result), results.labels)
        for result in current
    ]
    return tuple(sorted(told, key=_order))


def has_news(results: Results, plan: Plan) -> bool:
    return any(_is_current(result, plan, results.period) for result in results.trainings)


def _order(story: Story) -> tuple[bool, bool, int, str]:
    new = sum(entry.new for entry in story.result.rounds)
    has_open = any(entry.round.is_open for entry in story.result.rounds)
    return not story.actions, not has_open, -new, story.result.training.code


def next_opening(results: Results) -> tuple[Training, Round, datetime] | None:
    """The planned round that opens soonest."""
    planned = [
        (entry.round.opens_at, result.training.code, result.training, entry.round)
        for result in results.trainings
        for entry in result.rounds
        if entry.round.state == "planned" and entry.round.opens_at is not None
    ]
    if not planned:
        return None
    opens_at, _, training, round_ = min(planned, key=lambda plan: plan[:2])
    return training, round_, opens_at


def shown_rounds(result: TrainingResult) -> tuple[RoundResult, ...]:
    """Rounds whose response rate is news: once the follow-up has begun, the first questionnaire is history."""
    begun = [entry for entry in result.rounds if entry.counts.issued]
    later = [entry for entry in begun if entry.round.kind in _FOLLOW_UP or entry.round.is_open]
    return tuple(later or begun)


def below_threshold(result: TrainingResult) -> tuple[RoundResult, ...]:
    """Rounds with answers that are too few to show."""
    return tuple(
        entry
        for entry in shown_rounds(result)
        if entry.release is None and entry.counts.answered and entry.round.kind != "interview"
    )


def dimension_cells(release: Release, most: int | None = None) -> tuple[Cell, ...]:
    """The dimensions in the order of the questionnaire; if there are more than `most`, the lowest ones."""
    cells = release.all_of("index")
    if most is None or len(cells) <= most:
        return cells
    lowest = sorted(cells, key=lambda cell: (cell.numbers["index"], cell.name))[:most]
    return tuple(cell for cell in cells if cell in lowest)


def barrier_rows(story: Story, most: int) -> tuple[BarrierRow, ...]:
    """The most named barriers; with the superiors' share beside, where at least k of them answered."""
    if story.focus is None or story.focus.release is None:
        return ()
    kind = "barrier" if story.focus.round.kind == "followup_alumni" else "expected"
    cells = story.focus.release.all_of(kind)
    superiors = superiors_release(story) if kind == "barrier" else None
    return tuple(
        BarrierRow(
            story.labels.get(cell.name, cell.name),
            cell.numbers["share"],
            _share(superiors, cell.name),
        )
        for cell in cells[:most]
        if cell.numbers["named"]
    )


def barrier_base(release: Release | None, kind: str) -> int | None:
    """How many people answered the question on barriers."""
    answered = () if release is None else release.all_of(f"{kind}_none")
    return answered[0].n if answered else None


def superiors_release(story: Story) -> Release | None:
    entry = story.result.find("followup_superior")
    return None if entry is None else entry.release


def _share(superiors: Release | None, code: str) -> float | None:
    cell = None if superiors is None else superiors.find("barrier", code)
    return None if cell is None else cell.numbers["share"]


def abilities(story: Story) -> tuple[Ability, ...]:
    """Before, now and three months later: of the same people where that is safe, else each with its own n."""
    if story.focus is None or story.focus.release is None:
        return ()
    first = story.result.find("post_training")
    changes = () if first is None or first.release is None else first.release.all_of("change")
    same = story.focus.release.all_of("matched")
    later = {cell.name: cell for cell in story.focus.release.all_of("level")}
    if same:
        return tuple(_ability(cell, cell.numbers["followup"], None) for cell in same)
    paired = [_ability(cell, *_later(later.get(cell.name))) for cell in changes]
    alone = [
        cell for name, cell in later.items() if name not in {change.name for change in changes}
    ]
    return (*paired, *(_followup_only(cell) for cell in alone))


def _later(cell: Cell | None) -> tuple[float | None, int | None]:
    return (None, None) if cell is None else (cell.numbers["mean"], cell.n)


def _ability(cell: Cell, followup: float | None, n_followup: int | None) -> Ability:
    numbers = cell.numbers
    return Ability(
        cell.name, numbers["from"], numbers["to"], numbers["before"], numbers["now"],
        cell.n, followup, n_followup,
    )  # fmt: skip


def _followup_only(cell: Cell) -> Ability:
    numbers = cell.numbers
    return Ability(
        cell.name, numbers["from"], numbers["to"], None, None, cell.n, numbers["mean"], cell.n
    )


def _focus(result: TrainingResult) -> RoundResult | None:
    """The follow-up as soon as it may be shown, else the end of the training."""
    for kind in ("followup_alumni", "post_training"):
        entry = result.find(kind)
        if entry is not None and entry.release is not None:
            return entry
    return None


def _is_current(result: TrainingResult, plan: Plan, period: Period) -> bool:
    return any(
        entry.round.is_open or entry.new or _closed_within(entry.round, plan, period)
        for entry in result.rounds
    ) or any(
        action.key.startswith("tindakan_hubungkan")
        for action in actions_of(result, plan, period)
    )  # fmt: skip


def _closed_within(round_: Round, plan: Plan, period: Period) -> bool:
    if round_.state != "closed" or round_.closes_at is None:
        return False
    return period.first <= round_.closes_at.astimezone(plan.zone).date() <= period.issued_on
