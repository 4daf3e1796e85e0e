"""Which aggregates ask to be published of each training and of all of them, and in which order.

Whoever asks first is served first: what the weekly summary tells comes before questions, questions before groups
(disclosure.py). Groups and comparisons over trainings are made of closed rounds only: their numbers no longer move.
Of whom nothing new is asked nothing is claimed again (reuse.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from evaluation.cells import applied, indices, named_barriers, reliabilities
from evaluation.disclosure import WITHOUT_PROXIES, Gate, publish, snapshot
from evaluation.gaps import RATERS, gaps
from evaluation.grouping import collapsed
from evaluation.items import items, recommendation
from evaluation.moments import changes, followups, matched
from evaluation.quotes import writers
from evaluation.raters import commented, instructors, questions
from evaluation.releases import Claim, Register, Withheld
from evaluation.reuse import asked_of, asked_of_all, sealed, standing
from evaluation.sample import Sample, joined
from evaluation.schedule import Training
from evaluation.study import Plan
from evaluation.transfer import commitments, funnel
from evaluation.weighted import weighted_indices

POOLED = "*"  # the training of a scope that stands for all trainings
GROUPINGS = ("unit_group", "grade_group")
POOLED_GROUPINGS = (*GROUPINGS, "cohort")
_WHOLE = (
    "index",
    "share",
    "change",
    "level",
    "barrier",
    "expected",
    "nps",
)  # what groups are parts of
UNFLAGGED = "flag="  # the group of responses without a sign of careless answering

Samples = Mapping[str, Sample]  # kind of round -> its counted responses


@dataclass(frozen=True, slots=True)
class Published:
    """The gate after a step, and what it withheld: scope -> reasons. `ground`: what every judgement rests on (reuse.py)."""

    gate: Gate
    withheld: Mapping[str, tuple[Withheld, ...]]
    ground: str


def scope_of(training: str, kind: str) -> str:
    return f"{training}/{kind}"


def publish_training(
    state: Published, training: Training, samples: Samples, plan: Plan
) -> Published:
    """All rounds of one training, in their order in time; the follow-up looks back on the first round."""
    settled: dict[str, Sample] = {}
    for round_ in training.rounds:
        sample, scope = samples[round_.kind], scope_of(training.code, round_.kind)
        chosen = snapshot(state.gate, scope, sample.responses)
        if chosen is None:
            continue
        settled[round_.kind] = sample.of(chosen)
        asked = asked_of(f"{state.ground} {round_.state}", settled.values())
        before = standing(state.gate.register, scope, asked)
        if before is not None:
            state = _stands(state, scope, before)
            continue
        state = _passed(state, scope, _of_class(round_.kind, settled, plan), chosen)
        if round_.state == "closed":
            shown = _as_published(settled[round_.kind], state.gate.register, scope)
            state = _passed(state, scope, _of_groups(shown, GROUPINGS, plan), chosen)
        state = _sealed(state, scope, asked)
    return state


def publish_pool(
    state: Published, trainings: Sequence[tuple[Training, Samples]], plan: Plan
) -> Published:
    """Each kind of round over all trainings whose round is closed and published; needs two of them."""
    closed: dict[str, dict[str, Sample]] = {}
    for training, samples in trainings:
        for round_ in training.rounds:
            scope = scope_of(training.code, round_.kind)
            if round_.state == "closed" and scope in state.gate.register.releases:
                closed.setdefault(round_.kind, {})[scope] = samples[round_.kind]
    for kind, by_scope in closed.items():
        if len(by_scope) > 1:
            state = _pooled(state, scope_of(POOLED, kind), by_scope, plan)
    return state


def _pooled(state: Published, scope: str, by_scope: Mapping[str, Sample], plan: Plan) -> Published:
    """`by_scope`: the samples that are put together."""
    register = state.gate.register
    asked = asked_of_all(state.ground, register, by_scope)
    before = standing(register, scope, asked)
    if before is not None:
        return _stands(state, scope, before)
    whole = joined([_as_published(sample, register, each) for each, sample in by_scope.items()])
    chosen = snapshot(state.gate, scope, whole.responses)
    if chosen is None:
        return state
    sample = whole.of(chosen)
    claims = [*_totals(sample, plan), *_by_group(sample, POOLED_GROUPINGS, plan)]
    return _sealed(_passed(state, scope, claims, chosen), scope, asked)


def _as_published(sample: Sample, register: Register, scope: str) -> Sample:
    """Only the answers behind the totals that are published: a group of others would leave a few people over."""
    release = register.releases.get(scope)
    cells = () if release is None else release.cells
    rows = [
        row
        for cell in cells
        if cell.kind in _WHOLE and not cell.group
        for row in register.behind.get(f"{scope}|{cell.key}", ())
    ]
    return sample.answering(rows)


def _passed(state: Published, scope: str, claims: Sequence[Claim], responses: str) -> Published:
    gate, withheld = publish(state.gate, scope, claims, responses)
    before = state.withheld.get(scope, ())
    return replace(state, gate=gate, withheld={**state.withheld, scope: (*before, *withheld)})


def _stands(state: Published, scope: str, withheld: tuple[Withheld, ...]) -> Published:
    return replace(state, withheld={**state.withheld, scope: withheld})


def _sealed(state: Published, scope: str, asked: str) -> Published:
    register = state.gate.register
    if scope not in register.releases:
        return state
    register = sealed(register, scope, asked, state.withheld[scope])
    return replace(state, gate=replace(state.gate, register=register))


def _of_class(kind: str, settled: Samples, plan: Plan) -> list[Claim]:
    """All claims of a round that was just settled, of its class as a whole."""
    sample = settled[kind]
    claims = list(_totals(sample, plan))
    if kind == "followup_alumni" and "post_training" in settled:
        claims += matched(sample, settled["post_training"])
    if kind in RATERS and "followup_alumni" in settled:
        claims += gaps(kind, sample, settled["followup_alumni"])
    claims += [*items(sample), *questions(sample, plan.factor)]
    return [*claims, *writers(sample), *commented(sample)]


def _of_groups(sample: Sample, columns: Sequence[str], plan: Plan) -> list[Claim]:
    claims = [
        *_by_group(sample, columns, plan),
        *_without(sample, plan, "flag", UNFLAGGED),
        *_without(sample, plan, "proxy", WITHOUT_PROXIES),
    ]
    if plan.weight_by:
        claims += weighted_indices(sample, plan.weight_by, plan.factor)
    return claims


def _totals(sample: Sample, plan: Plan) -> Iterator[Claim]:
    return chain(
        _core(sample, plan),
        instructors(sample, plan.factor),
        funnel(sample),
        commitments(sample),
        recommendation(sample),
        reliabilities(sample),
    )


def _core(sample: Sample, plan: Plan) -> Iterator[Claim]:
    """What is told of a whole class and of its groups alike."""
    return chain(
        indices(sample, plan.factor),
        applied(sample),
        changes(sample),
        followups(sample),
        named_barriers(sample, "hambatan", "barrier"),
        named_barriers(sample, "hambatan_perkiraan", "expected"),
    )


def _by_group(sample: Sample, columns: Sequence[str], plan: Plan) -> Iterator[Claim]:
    """Each group, the small ones as one; people of whom the roster does not know the group are in none."""
    for column in columns:
        sizes = sample.sizes(column)
        shown_as = collapsed(sizes, plan.k)
        for name in sorted(set(shown_as.values())):
            names = [each for each in shown_as if shown_as[each] == name]
            yield from _named(f"{column}={name}", _core(sample.where(column, names), plan))


def _without(sample: Sample, plan: Plan, column: str, group: str) -> Iterator[Claim]:
    """The same numbers without the responses that are marked so; nothing where there are none."""
    unmarked = sample.counted.loc[sample.counted[column] == "", "response"]
    if 0 < len(unmarked) < len(sample.counted):
        yield from _named(group, _core(sample.among(unmarked), plan))


def _named(group: str, claims: Iterator[Claim]) -> Iterator[Claim]:
    for claim in claims:
        yield replace(claim, cell=replace(claim.cell, group=group))
