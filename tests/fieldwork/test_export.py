import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.fieldwork.export import RESPONSE_COLUMNS, safe, write_tables
from bot.store import questionnaires, response_marks, tables
from tests.fieldwork.office import (
    STUDY,
    change_response,
    import_class,
    open_round,
    people,
    roster,
    send_due,
    wib,
)
from tests.survey import forms

OPENED = wib("2026-10-16 09:00")


def exported(connection: Connection, folder: Path, table: str = "responses") -> list[dict]:
    write_tables(connection, STUDY, folder)
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answered(connection: Connection, person: int, *, seconds: float = 7.25, **values: str) -> None:
    """That person's response holds those answers."""
    response_id = connection.execute(
        select(tables.responses.c.id).where(tables.responses.c.person_id == person)
    ).scalar_one()
    for item, value in values.items():
        connection.execute(
            tables.answers.insert().values(
                response_id=response_id, item=item, value=value, missing="", other="", seconds=seconds,
                revised=0, at=OPENED,
            )
        )  # fmt: skip


def opened_class(connection: Connection) -> list[int]:
    training_id = import_class(connection)
    open_round(connection, training_id, "post_training", now=OPENED)
    send_due(connection, OPENED)
    return people(connection, training_id)


def test_every_issued_response_has_a_row_even_without_an_answer(
    connection: Connection, tmp_path: Path
) -> None:
    opened_class(connection)
    rows = exported(connection, tmp_path)
    assert [(row["item"], row["disposition"], row["round"]) for row in rows] == [
        ("", "invited", "post_training")
    ] * 3
    assert list(rows[0]) == list(RESPONSE_COLUMNS)


def test_answers_follow_their_response_in_the_order_of_the_questionnaire(
    connection: Connection, tmp_path: Path
) -> None:
    first, *_ = opened_class(connection)
    answered(connection, first, saran="baik", q2="ya", q1="setuju")
    change_response(connection, first, disposition="complete", completed_at=OPENED)
    rows = [row for row in exported(connection, tmp_path) if row["item"]]
    assert [(row["item"], row["value"]) for row in rows] == [
        ("q1", "setuju"), ("q2", "ya"), ("saran", "baik"),
    ]  # fmt: skip
    assert {row["completed_at"] for row in rows} == {"2026-10-16T02:00:00+00:00"}
    assert rows[0]["seconds"] == "7.2"


def test_an_item_that_names_an_instructor_carries_the_name(
    connection: Connection, tmp_path: Path
) -> None:
    first, *_ = opened_class(connection)
    answered(connection, first, q1="setuju", q2="ya")
    named = {row["item"]: row["instructor"] for row in exported(connection, tmp_path)}
    assert named["q1"] == ""
    assert named["q2"] in {"Hasan", "Rosmalina", "Tarmizi"}


def test_no_name_nip_or_unit_leaves(connection: Connection, tmp_path: Path) -> None:
    opened_class(connection)
    write_tables(connection, STUDY, tmp_path)
    text = "".join(path.read_text("utf-8") for path in tmp_path.glob("*.csv"))
    secret = connection.execute(
        select(tables.people.c.name, tables.people.c.nip, tables.people.c.unit)
    ).all()
    assert not [cell for row in secret for cell in row if cell in text]


def test_a_superior_is_shown_with_the_pseudonym_of_the_alumnus(
    connection: Connection, tmp_path: Path
) -> None:
    training_id = import_class(connection)
    open_round(connection, training_id, "followup_superior", now=wib("2027-01-21 08:30"))
    rows = exported(connection, tmp_path)
    codes = set(connection.execute(select(tables.people.c.code)).scalars())
    assert {row["role"] for row in rows} == {"superior"}
    assert len({row["respondent"] for row in rows}) == 1
    assert len({row["about"] for row in rows}) == 3
    assert {row["about"] for row in rows} < codes


def test_a_proxy_is_marked_for_the_analyst(connection: Connection, tmp_path: Path) -> None:
    training_id = import_class(connection)
    round_id = open_round(connection, training_id, "followup_superior", now=wib("2027-01-21 08:30"))
    (person,) = people(connection, training_id, "superior")
    response_marks.set_proxy(connection, round_id, person, proxy=True)
    assert {row["proxy"] for row in exported(connection, tmp_path)} == {"yes"}


def test_the_training_table_says_how_many_are_connected_and_what_comes_next(
    connection: Connection, tmp_path: Path
) -> None:
    training_id = import_class(connection, connected=2)
    open_round(connection, training_id, "post_training", now=OPENED)
    (row,) = exported(connection, tmp_path, "trainings")
    first = json.loads(row["rounds"])[0]
    assert (row["participants"], row["superiors_pairs"]) == ("3", "3")
    assert (first["state"], first["connected"], first["not_connected"]) == ("open", 2, 1)
    assert row["next_step"] == "followup_alumni"
    assert json.loads(row["competences"]) == list(roster().competences)


def test_the_codebook_holds_every_code_of_every_questionnaire(
    connection: Connection, tmp_path: Path
) -> None:
    opened_class(connection)
    rows = exported(connection, tmp_path, "codebook")
    mine = [row for row in rows if row["questionnaire"] == "post_training"]
    assert [(row["item"], row["value"]) for row in mine if row["item"] == "q1"] == [
        ("q1", "setuju"), ("q1", "tidak"),
    ]  # fmt: skip


def test_the_same_data_give_the_same_bytes(connection: Connection, tmp_path: Path) -> None:
    first, *_ = opened_class(connection)
    answered(connection, first, q1="setuju")
    contents = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        write_tables(connection, STUDY, folder)
        contents.append([path.read_bytes() for path in sorted(folder.iterdir())])
    assert contents[0] == contents[1]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"), ("@sum", "'@sum"), ("+62 812", "'+62 812"), ("-", "'-"),
        ("\tx", "'\tx"), ("-5", "-5"), ("+3.5", "+3.5"), ("biasa", "biasa"), ("", ""),
    ],
)  # fmt: skip
def test_no_answer_becomes_a_formula(text: str, written: str) -> None:
    assert safe(text) == written


def test_the_flags_of_careless_answering_reach_the_analyst(
    connection: Connection, tmp_path: Path
) -> None:
    training_id = import_class(connection, roster(11))
    open_round(connection, training_id, "post_training", now=OPENED)
    hasty, *others = people(connection, training_id)
    answered(connection, hasty, seconds=0.9, q1="setuju", q2="ya")
    for person in others:
        answered(connection, person, q1="setuju", q2="ya")
    rows = exported(connection, tmp_path)
    (code,) = connection.execute(
        select(tables.people.c.code).where(tables.people.c.id == hasty)
    ).scalars()
    flagged = {(row["respondent"], row["item"]): row["flag"] for row in rows if row["flag"]}
    assert flagged == {(code, "q1"): "fast", (code, "q2"): "fast"}


def test_a_straight_line_is_flagged_on_the_response_itself(
    connection: Connection, tmp_path: Path
) -> None:
    training_id = import_class(connection)
    block = forms.form(*(forms.item(f"k{number}") for number in range(6)), name="post_training")
    questionnaires.keep(connection, replace(block, version="2"), OPENED)
    open_round(connection, training_id, "post_training", now=OPENED)
    first, *_ = people(connection, training_id)
    answered(connection, first, **{f"k{number}": "ya" for number in range(6)})
    flags = [row["flag"] for row in exported(connection, tmp_path) if row["flag"]]
    assert flags == ["straightlining", *["straight"] * 6]
