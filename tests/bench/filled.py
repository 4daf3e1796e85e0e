"""Fills a database of the bot with a house as large as asked for: closed rounds of twenty questions, answered by invented people.

The same house as answers.py writes as tables, from the other end: here the bot itself has to write them. SQLite only (it gives ids).
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, Table, func, select

from bot.store import questionnaires, rounds, tables
from bot.survey.questionnaire import Item, Option, Questionnaire
from tests.bench.answers import FORMS, GRADES, UNITS, House, answer
from tests.fieldwork import field
from tests.survey.forms import form, item, labels

AGO = {"post_training": timedelta(days=120), "followup_alumni": timedelta(days=30)}
OPEN_FOR = timedelta(days=10)
AT_ONCE = 20_000  # rows
HIDDEN = {"instruktur_1": "Hasan", "instruktur_2": "Rosmalina"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A closed round."""

    id: int
    kind: str
    form_id: int
    opened_at: datetime


def fill(connection: Connection, house: House, now: datetime) -> None:
    draw = random.Random(house.seed)
    forms = {kind: questionnaires.keep(connection, _form(kind), now) for kind in FORMS}
    for _ in range(house.trainings):
        day = (now - AGO["post_training"]).date()
        training_id = field.add_training(connection, starts_on=day - timedelta(days=2), ends_on=day)
        people = _enrolled(connection, training_id, house.people)
        for kind, form_id in forms.items():
            asked = _closed(connection, training_id, kind, form_id, now - AGO[kind])
            _answer(connection, draw, asked, people)


def _form(kind: str) -> Questionnaire:
    asked = (_item(name, about) for name, about in FORMS[kind].items())
    return replace(form(*asked, name=kind), version="filled")


def _item(name: str, about: tuple) -> Item:
    kind, dimension, moment, pair, scm, codes = about
    who = f" ${{instruktur_{name[-1]}}}" if dimension == "instruktur" else ""
    return item(
        name, kind, labels=labels(f"Pertanyaan {name}{who}"), options=tuple(map(_option, codes)),
        dimension=dimension, moment=moment, pair=pair, scm=scm, start=0, stop=10,
    )  # fmt: skip


def _option(code: tuple[str, str, str]) -> Option:
    value, label, score = code
    missing = "dont_know" if value == "tb" else ""
    return Option(value, labels(label), float(score) if score else None, missing)


def _enrolled(connection: Connection, training_id: int, size: int) -> range:
    """None of them is in a chat; their ids."""
    first = _next_id(connection, tables.people)
    people = range(first, first + size)
    _insert(connection, tables.people, (
        {
            "id": who, "code": f"F{who:06}", "name": f"Peserta {who}", "unit_group": UNITS[who % len(UNITS)],
            "grade_group": GRADES[who * 7 % len(GRADES)],
        }
        for who in people
    ))  # fmt: skip
    _insert(connection, tables.enrolments, (
        {"training_id": training_id, "person_id": who, "role": "participant", "memory": {}}
        for who in people
    ))  # fmt: skip
    return people


def _closed(
    connection: Connection, training_id: int, kind: str, form_id: int, opened: datetime
) -> Asked:
    until = opened + OPEN_FOR
    round_id = rounds.plan(connection, training_id, kind, opened, until)
    connection.execute(
        tables.rounds.update()
        .where(tables.rounds.c.id == round_id)
        .values(questionnaire_id=form_id, opened_at=opened, closed_at=until)
    )
    return Asked(round_id, kind, form_id, opened)


def _answer(connection: Connection, draw: random.Random, asked: Asked, people: range) -> None:
    first = _next_id(connection, tables.responses)
    done = asked.opened_at + timedelta(days=1)
    _insert(connection, tables.responses, (
        {
            "id": first + place, "round_id": asked.id, "person_id": who, "questionnaire_id": asked.form_id,
            "disposition": "complete", "stage": "done", "chosen": [], "seed": place, "hidden": HIDDEN,
            "issued_at": asked.opened_at, "begun_at": asked.opened_at, "completed_at": done, "settled_at": done,
        }
        for place, who in enumerate(people)
    ))  # fmt: skip
    _insert(connection, tables.answers, (
        {"response_id": first + place, "other": "", "revised": 0, "at": done, **given}
        for place in range(len(people))
        for given in _given(draw, asked.kind)
    ))  # fmt: skip


def _given(draw: random.Random, kind: str) -> Iterator[Mapping[str, object]]:
    leaning = draw.choice((-1, 0, 1))
    for name, (form_kind, _, _, _, _, codes) in FORMS[kind].items():
        value, missing = answer(draw, form_kind, codes, leaning)
        yield {"item": name, "value": value, "missing": missing, "seconds": draw.uniform(1, 20)}


def _next_id(connection: Connection, table: Table) -> int:
    return (connection.execute(select(func.max(table.c.id))).scalar_one() or 0) + 1


def _insert(connection: Connection, table: Table, rows: Iterator[Mapping[str, object]]) -> None:
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(table.insert(), some)
