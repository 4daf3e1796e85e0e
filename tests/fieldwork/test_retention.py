"""So many months after a training its answers have no name any more, and stay good for the analysis."""

import csv
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.fieldwork import export, retention
from bot.store import cases, class_tables, summaries, tables
from bot.survey.case_selection import Selected
from tests.fieldwork.office import (
    FIRST_CHAT,
    SECRET,
    STUDY,
    import_class,
    open_round,
    people,
    roster,
    wib,
)

KEPT_UNTIL = datetime(2028, 10, 16, 3, 0, tzinfo=UTC)  # 24 months after the last day
BEFORE = datetime(2028, 10, 15, 3, 0, tzinfo=UTC)
ANSWERED = wib("2026-10-16 10:00")


def answered_class(connection: Connection, **changes: object) -> int:
    training_id = import_class(connection, roster(3, **changes))
    round_id = open_round(connection, training_id, "post_training", now=ANSWERED)
    superiors = open_round(connection, training_id, "followup_superior", now=ANSWERED)
    for number in (round_id, superiors):
        mine = tables.responses.c.round_id == number
        for response_id in connection.scalars(select(tables.responses.c.id).where(mine)).all():
            answer(connection, response_id, "q1", "setuju")
    return training_id


def answer(connection: Connection, response_id: int, item: str, value: str) -> None:
    connection.execute(
        tables.answers.insert().values(
            response_id=response_id, item=item, value=value, missing="", other="", revised=0,
            at=ANSWERED,
        )
    )  # fmt: skip


def unnamed(connection: Connection, now: datetime = KEPT_UNTIL) -> int:
    total = 0
    while count := retention.unname_some(connection, STUDY, SECRET, now):
        total += count
    return total


def exported(connection: Connection, folder: Path) -> list[tuple[str, ...]]:
    """The rows without what a pseudonym is."""
    export.write_tables(connection, STUDY, folder)
    with (folder / "responses.csv").open(encoding="utf-8") as file:
        return sorted(
            tuple(value for name, value in row.items() if name not in {"respondent", "about"})
            for row in csv.DictReader(file)
        )


def named(connection: Connection) -> list[str]:
    return [name for name in connection.scalars(select(tables.people.c.name)) if name]


@pytest.mark.parametrize(
    ("today", "kept_until"),
    [
        (date(2028, 10, 16), date(2026, 10, 16)),
        (date(2029, 1, 5), date(2027, 1, 5)),
        (date(2028, 2, 29), date(2026, 2, 28)),
        (date(2028, 12, 31), date(2026, 12, 28)),
    ],
)
def test_the_last_day_kept_is_so_many_months_ago(today: date, kept_until: date):
    assert retention.last_day_kept(STUDY, today) == kept_until


def test_until_then_nothing_changes(connection: Connection):
    answered_class(connection)
    assert unnamed(connection, BEFORE) == 0
    assert len(named(connection)) == 4


def test_then_nobody_of_the_training_has_a_name_an_account_or_a_link(connection: Connection):
    answered_class(connection)
    assert unnamed(connection) == 4
    assert named(connection) == []
    for table in (tables.accounts, tables.links, tables.answer_messages):
        assert connection.execute(select(table)).all() == []
    rows = connection.execute(select(tables.people)).all()
    assert {(row.nip, row.phone, row.unit, row.birth_date) for row in rows} == {
        (None, "", "", None)
    }
    assert all(
        row.hidden["nama_alumni"] == "" for row in connection.execute(select(tables.responses))
    )


def test_the_answers_stay_and_so_does_what_belongs_together(connection: Connection, tmp_path: Path):
    answered_class(connection)
    before = exported(connection, tmp_path)
    unnamed(connection)
    assert exported(connection, tmp_path) == before
    query = select(tables.responses.c.about_id).where(tables.responses.c.about_id != 0)
    rated = set(connection.scalars(query))
    answering = set(connection.scalars(select(tables.responses.c.person_id)))
    assert rated < answering


def test_who_is_in_a_younger_training_keeps_that_one_only(connection: Connection):
    old = answered_class(connection)
    young = answered_class(
        connection, code="PP-2028-1", starts_on=date(2028, 9, 1), ends_on=date(2028, 9, 3)
    )
    assert unnamed(connection) == 4
    assert len(named(connection)) == 4
    assert set(people(connection, old)).isdisjoint(people(connection, young))
    accounts = connection.execute(select(tables.accounts)).all()
    assert {row.person_id for row in accounts} == set(people(connection, young))


def test_what_was_noted_to_undo_a_match_of_that_training_goes_too(connection: Connection):
    old = answered_class(connection)
    answered_class(
        connection, code="PP-2028-1", starts_on=date(2028, 9, 1), ends_on=date(2028, 9, 3)
    )
    connection.execute(
        class_tables.matches.insert().values(
            training_id=old, person_id=people(connection, old)[0], name="Peserta 0", unit="BPKAD",
            phone="", code="r0", moved={}, matched_by=1, at=ANSWERED,
        )
    )  # fmt: skip
    unnamed(connection)
    assert connection.execute(select(class_tables.matches)).all() == []


def test_a_recording_can_be_fetched_no_more(connection: Connection):
    answered_class(connection)
    response_id = connection.scalars(select(tables.responses.c.id)).first()
    answer(connection, response_id, "saran", "[voice 72 AwACAgUAA] dan lagi")
    unnamed(connection)
    query = select(tables.answers.c.value).where(tables.answers.c.item == "saran")
    assert connection.scalars(query).one() == "[...] dan lagi"


def test_the_register_of_releases_follows_the_answers_of_that_training_only(
    connection: Connection,
):
    training_id = answered_class(connection)
    first = people(connection, training_id)[0]
    code = connection.scalar(select(tables.people.c.code).where(tables.people.c.id == first))
    register: Mapping[str, object] = {
        "responses": [["MKD-2026-2", code, ""], ["OTHER", code, ""]], "releases": {},
        "judged": {"MKD-2026-2/post_training": {"seal": "a digest of answers", "withheld": []}},
    }  # fmt: skip
    summaries.publish(connection, None, json.dumps(register), ANSWERED)
    unnamed(connection)
    now = json.loads(connection.scalars(select(tables.releases.c.body)).one())
    twin = select(tables.people.c.code).where(
        tables.people.c.id == people(connection, training_id)[0]
    )
    assert now["responses"] == [["MKD-2026-2", connection.scalar(twin), ""], ["OTHER", code, ""]]
    assert "judged" not in now


def test_an_account_of_nobody_that_is_silent_is_forgotten(connection: Connection):
    import_class(connection, roster(1))
    for chat_id, at in ((71, wib("2026-10-16 10:00")), (72, wib("2026-11-20 10:00"))):
        connection.execute(
            tables.accounts.insert().values(chat_id=chat_id, expecting={}, last_update_at=at)
        )
    retention.unname_some(connection, STUDY, SECRET, wib("2026-11-25 10:00"))
    left = set(connection.scalars(select(tables.accounts.c.chat_id)))
    assert left == {72, FIRST_CHAT}


@pytest.mark.parametrize(("days", "kept"), [(29, True), (30, False)])
def test_voice_messages_of_an_interview_go_thirty_days_after_it_closed(
    connection: Connection, days: int, kept: bool
):
    training_id = import_class(connection, roster(1))
    selected = Selected(people(connection, training_id)[0], 1, "berhasil", 9)
    cases.select_all(connection, training_id, [selected], ANSWERED)
    (spoken, other) = (
        open_round(connection, training_id, kind, now=ANSWERED)
        for kind in ("interview", "post_training")
    )
    connection.execute(tables.rounds.update().values(closed_at=ANSWERED))
    for number in (spoken, other):
        mine = tables.responses.c.round_id == number
        (response_id,) = connection.scalars(select(tables.responses.c.id).where(mine)).all()
        answer(connection, response_id, "d01", "Sudah\n[voice 72 AwADBAAD]")
        answer(connection, response_id, "d02", "typed")
    retention.drop_recordings(connection, SECRET, ANSWERED + timedelta(days=days))
    values = list(connection.scalars(select(tables.answers.c.value)))
    assert values.count("typed") == 2
    assert values.count("Sudah\n[voice 72 AwADBAAD]") == (2 if kept else 1)
    assert values.count("Sudah\n[...]") == (0 if kept else 1)


def test_whoever_has_the_secret_cannot_work_out_the_new_pseudonym(connection: Connection):
    answered_class(connection)
    before = set(connection.scalars(select(tables.people.c.code)))
    unnamed(connection)
    assert before.isdisjoint(connection.scalars(select(tables.people.c.code)))
