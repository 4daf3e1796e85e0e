"""A small office for the tests: one training, its people, a short questionnaire, and open rounds. Everybody is invented."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, insert, select

from bot.fieldwork import rounds as fieldwork_rounds
from bot.fieldwork.conversation import Act, attend
from bot.fieldwork.records import Card, Outcome, Say, Visit
from bot.store import accounts, questionnaires, responses, rosters, rounds, tables, trainings
from bot.store.responses import OpenResponse
from bot.survey.questionnaire import Questionnaire
from bot.survey.study import Study, study_from
from tests.survey.forms import form, item, labels, options

NOW = datetime(2027, 2, 3, 3, 0, tzinfo=UTC)  # Wednesday, 10.00 WIB, the last class day
SECRET = b"a secret of the tests"
STUDY_FILE = Path(__file__).parents[2] / "config" / "study.toml"
CHAT = 700

_numbers = count(1)


def study(**changes: object) -> Study:
    """The study of the repository; double taps are a matter of their own tests."""
    read = study_from(tomllib.loads(STUDY_FILE.read_text(encoding="utf-8")))
    return replace(read, **{"double_tap_seconds": 0.0, **changes})  # type: ignore[arg-type]


STUDY = study()


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def questionnaire(name: str = "post_training") -> Questionnaire:
    return form(
        item("nama_pelatihan", "hidden"),
        item("nama_alumni", "hidden"),
        item("awal", "note", labels=labels("Tentang ${nama_pelatihan}.")),
        item("a01", required=True, options=options("tidak", "setuju"), section=labels("Materi")),
        item(
            "a02",
            "select_multiple",
            required=True,
            options=options("anggaran", "waktu", "sarana", "nihil", nihil={"exclusive": True}),
            constraint="count-selected(.) <= 2",
        ),
        item("a03", "integer", required=True, constraint=". >= 1 and . <= 40"),
        item("a15", "text", store_as="komitmen_t0", constraint="string-length(.) <= 300"),
        name=name,
    )


def add_training(connection: Connection, **properties: object) -> int:
    number = next(_numbers)
    return trainings.save(
        connection,
        {
            "code": f"MKD-{number}", "title": "Manajemen Keuangan Daerah", "cohort": "Angk. II",
            "starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 3), "zone": "Asia/Jakarta",
            "seed": 7, **properties,
        },
    )  # fmt: skip


def invented_nip(number: int) -> str:
    """Valid in form; real serials do not reach the 900s. Appointed before 2010: the people of `office` came later."""
    return f"19860926{2000 + number // 12 % 10}{number % 12 + 1:02}2{901 + number // 120 % 99}"


def add_person(connection: Connection, name: str = "Siti Aminah", **properties: object) -> int:
    number = next(_numbers)
    columns = {
        "code": f"R{number:06}", "name": name, "nip": invented_nip(number),
        "birth_date": date(1986, 9, 26), "unit": "Badan Keuangan Daerah", **properties,
    }  # fmt: skip
    return connection.execute(
        insert(tables.people).values(columns).returning(tables.people.c.id)
    ).scalar_one()


def enrol(
    connection: Connection,
    training_id: int,
    person_id: int,
    role: str = "participant",
    about: int = 0,
) -> None:
    rosters.enrol(connection, training_id, role, [(person_id, about)])


def connect(connection: Connection, person_id: int, chat_id: int = CHAT) -> None:
    accounts.opened(connection, chat_id, NOW)
    accounts.link(connection, chat_id, person_id, NOW)


def open_round(
    connection: Connection,
    training_id: int,
    kind: str = "post_training",
    form_: Questionnaire | None = None,
    now: datetime = NOW,
) -> int:
    questionnaires.keep(connection, form_ or questionnaire(STUDY.rounds[kind].questionnaire), now)
    round_id = rounds.plan(connection, training_id, kind, now, now + timedelta(days=7))
    fieldwork_rounds.open_round(connection, STUDY, round_id, now)
    return round_id


def classroom(
    connection: Connection, *names: str, connected: bool = True
) -> tuple[int, list[int], int]:
    """A training with an open post-training round: (training, people, round); the first person is in CHAT."""
    training_id = add_training(connection)
    people = [add_person(connection, name) for name in names or ("Siti Aminah",)]
    for person_id in people:
        enrol(connection, training_id, person_id)
    if connected:
        connect(connection, people[0])
    return training_id, people, open_round(connection, training_id)


def visit(chat_id: int = CHAT, now: datetime = NOW, update_id: int | None = None) -> Visit:
    number = next(_numbers) if update_id is None else update_id
    return Visit(STUDY, chat_id, number, now, SECRET)


def attended(connection: Connection, act: Act, now: datetime = NOW, chat_id: int = CHAT) -> Outcome:
    return attend(connection, visit(chat_id, now), act)


def only_say(outcome: Outcome) -> Say:
    (reaction,) = outcome.reactions
    assert isinstance(reaction, Say)
    return reaction


def keys(outcome: Outcome) -> Sequence[str]:
    """What was said, in order; a card is written as `card:ITEM`."""
    return [
        reaction.key
        if not isinstance(reaction, Card)
        else f"card:{getattr(getattr(reaction.prompt, 'item', None), 'name', 'review')}"
        for reaction in outcome.reactions
    ]


def response_of(connection: Connection, person_id: int) -> OpenResponse:
    (found,) = responses.of_person(connection, person_id)
    return found


def planned_contacts(connection: Connection, person_id: int) -> list[str]:
    rows = connection.execute(
        select(tables.contacts.c.state).where(tables.contacts.c.person_id == person_id)
    )
    return [row.state for row in rows]
