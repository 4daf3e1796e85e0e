"""Who gets a response in a round, and what its hidden values are. Draws are repeatable: they use the training's seed.

A participant gets one response; a superior one per alumnus, at most as many as the plan allows, also when alumni come and go
while the round is open. An interview is for the selected cases only. The hidden values carry the names that the questionnaires use, in the customer's words.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork.dates import long_date
from bot.store import cases, response_marks, trainings
from bot.store import hidden_values as stored_hidden
from bot.store import issued as stored_issued
from bot.store.issued import Issued
from bot.store.rounds import Round
from bot.store.trainings import Enrolled, Training
from bot.survey.flow import CARRIES_ONCE
from bot.survey.study import RoundPlan, Study

ASKED_ABOUT = 2  # instructors and competences per participant


@dataclass(frozen=True, slots=True)
class Facts:
    """What the hidden values of a whole round have in common."""

    study: Study
    training: Training
    closes_at: datetime
    instructors: tuple[str, ...]
    competences: tuple[str, ...]
    branches: Mapping[int, str] = field(default_factory=dict)  # of the cases, by person


def issue(
    connection: Connection,
    study: Study,
    opened: Round,
    training: Training,
    now: datetime,
    *,
    only: frozenset[int] | None = None,
) -> list[Enrolled]:
    """One response per enrolled respondent (`only` these people); who has one keeps it.

    Returns one enrolment per respondent.
    """
    if opened.questionnaire_id is None:
        raise ValueError(f"round {opened.id} is not open")
    plan, facts = study.rounds[opened.kind], _facts(connection, study, opened, training)
    if plan.cases_only:
        only = frozenset(facts.branches) & (frozenset(facts.branches) if only is None else only)
    enrolled = trainings.enrolled(connection, training.id, plan.role, only)
    before = (
        response_marks.issued_in(connection, opened.id, only) if plan.most_per_respondent else {}
    )
    groups = respondents(plan, training, enrolled, before)
    numbers = trainings.respondent_numbers(connection, training.id, plan.role)
    issued = [
        Issued(
            opened.id, one.person_id, opened.questionnaire_id,
            seed=_random(training, opened.kind, one).randrange(2**31),
            hidden=hidden_values(facts, one, numbers[one.person_id], first=one is group[0]),
            about_id=one.about_id, language=one.language,
        )
        for group in groups
        for one in group
    ]  # fmt: skip
    stored_issued.insert_all(connection, issued, now)
    return [group[0] for group in groups]


def draw_order(seed: int, superior: str, alumni: Iterable[str]) -> list[str]:
    """In which order alumni (pseudonyms) are drawn for a superior: by SHA-256 of "seed/superior/alumnus" as hexadecimal digits.

    Whoever has the seed and the pseudonyms can draw again, and nobody's place depends on who else is there.
    """

    def ticket(alumnus: str) -> str:
        return hashlib.sha256(f"{seed}/{superior}/{alumnus}".encode()).hexdigest()

    return sorted(alumni, key=ticket)


def renew_contents(connection: Connection, study: Study, opened: Round, training: Training) -> int:
    """Competences and instructors of who has not begun, as they are now; of how many that was otherwise."""
    plan, facts = study.rounds[opened.kind], _facts(connection, study, opened, training)
    numbers = trainings.respondent_numbers(connection, training.id, plan.role)
    changed = []
    for one in stored_hidden.unbegun(connection, opened.id):
        hidden = {**one.hidden, **contents(facts, numbers.get(one.person_id, 0))}
        if hidden != one.hidden:
            changed.append((one.response_id, hidden))
    stored_hidden.replace(connection, changed)
    return len(changed)


def respondents(
    plan: RoundPlan,
    training: Training,
    enrolled: Sequence[Enrolled],
    before: Mapping[int, Collection[int]],
) -> list[list[Enrolled]]:
    """Grouped by person in the order of enrolment, each group drawn down to what the plan allows.

    `before`: whom each person was asked about already in this round; they count, and stay. Of who is rated by an unsure
    superior (moved.py) nobody is asked.
    """
    groups: defaultdict[int, list[Enrolled]] = defaultdict(list)
    for one in enrolled:
        if not one.unsure:
            groups[one.person_id].append(one)
    most = plan.most_per_respondent
    drawn = [
        _drawn(group, most, training, before.get(person, ())) for person, group in groups.items()
    ]
    return [group for group in drawn if group]


def hidden_values(facts: Facts, one: Enrolled, number: int, *, first: bool) -> Mapping[str, str]:
    zone = ZoneInfo(facts.training.zone)
    return {
        "nama_pelatihan": facts.training.full_title,
        "penyelenggara": facts.study.office.organiser,
        **contents(facts, number),
        "nama_alumni": one.about_name,
        "tgl_pelatihan": long_date(facts.training.ends_on),
        "tgl_tutup": long_date(facts.closes_at.astimezone(zone).date()),
        "komitmen_t0": one.memory.get("komitmen_t0", ""),
        "kasus": facts.branches.get(one.person_id, ""),
        CARRIES_ONCE: "1" if first else "0",
    }


def contents(facts: Facts, number: int) -> Mapping[str, str]:
    """`number` counts the respondents of the round: the draw of instructors is balanced over them."""
    first, second = instructors_for(facts, number)
    competences = (*facts.competences, "", "")
    return {
        "instruktur_1": first, "instruktur_2": second,
        "kompetensi_1": competences[0], "kompetensi_2": competences[1],
    }  # fmt: skip


def instructors_for(facts: Facts, number: int) -> tuple[str, str]:
    """Two of them, each instructor equally often as `number` runs from 0."""
    names = list(facts.instructors)
    if not names:
        return facts.study.office.unnamed_instructors, ""
    if len(names) == 1:
        return names[0], ""
    if len(names) == ASKED_ABOUT:
        return names[0], names[1]
    Random(facts.training.seed).shuffle(names)  # noqa: S311  # a repeatable draw, not a secret
    begin = number * ASKED_ABOUT
    chosen = [names[(begin + offset) % len(names)] for offset in range(ASKED_ABOUT)]
    first, second = sorted(chosen, key=facts.instructors.index)
    return first, second


def _facts(connection: Connection, study: Study, opened: Round, training: Training) -> Facts:
    if opened.closes_at is None:
        raise ValueError(f"round {opened.id} is not open")
    is_interview = study.rounds[opened.kind].cases_only
    return Facts(
        study, training, opened.closes_at,
        trainings.instructor_names(connection, training.id),
        trainings.competence_labels(connection, training.id),
        cases.branches(connection, training.id) if is_interview else {},
    )  # fmt: skip


def _drawn(
    group: list[Enrolled], most: int, training: Training, before: Collection[int]
) -> list[Enrolled]:
    if not most:
        return group
    new = {one.about_code for one in group if one.about_id not in before}
    room = max(0, most - len(before))
    chosen = set(draw_order(training.seed, group[0].code, new)[:room])
    return [one for one in group if one.about_id in before or one.about_code in chosen]


def _random(training: Training, what: str, one: Enrolled) -> Random:
    return Random(f"{training.seed} {what} {one.code} {one.about_name}")  # noqa: S311  # repeatable
