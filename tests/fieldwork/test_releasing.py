"""Anonymous forms: tied while open, so that reminders stop; with the last answer taken off the person, for good."""

import csv
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.fieldwork import answering, conversation, export, reviewing, rounds
from bot.fieldwork.records import Say, Written
from bot.fieldwork.tapping import Tapped
from bot.store import people, rights_tables, tables
from bot.survey.form_problems import QuestionnaireProblems
from bot.survey.xlsform import compile_form
from tests.fieldwork.field import (
    CHAT,
    STUDY,
    add_person,
    add_training,
    attended,
    connect,
    enrol,
    keys,
    later,
    only_say,
    open_round,
    questionnaire,
    response_of,
)
from tests.survey.forms import form, item, options

FORM = form(
    item("nama_pelatihan", "hidden"),
    item("a01", required=True, options=options("tidak", "setuju")),
    item("a02", required=True, options=options("tidak", "setuju")),
    item("a15", "text"),
    name="post_training",
)
ANONYMOUS = replace(FORM, anonymous=True, version=f"{FORM.version}-anonymous")
WORDS = "Ruang kelas terlalu panas"


def classroom(connection: Connection, size: int = 2, asked=ANONYMOUS) -> tuple[int, list[int]]:
    """(round, people); all are connected, in chats 700, 701 ..."""
    training_id = add_training(connection)
    everybody = [add_person(connection, f"Peserta {number}") for number in range(size)]
    for number, person_id in enumerate(everybody):
        enrol(connection, training_id, person_id)
        connect(connection, person_id, CHAT + number)
    return open_round(connection, training_id, form_=asked), everybody


def said(connection: Connection, round_id: int, chat_id: int, *texts: str) -> list[str]:
    attended(connection, partial(answering.agree, round_id=round_id, more=""), chat_id=chat_id)
    shown: list[str] = []
    for text in texts:
        typed = partial(conversation.typed, written=Written(text, later(minutes=1)))
        shown = list(keys(attended(connection, typed, later(minutes=1), chat_id)))
    return shown


def finish(connection: Connection, round_id: int, chat_id: int = CHAT) -> list[str]:
    return said(connection, round_id, chat_id, "1", "2", WORDS)


def left_with_people(connection: Connection) -> str:
    kept = (tables.answers, tables.answer_history, tables.answer_messages, tables.responses)
    return "".join(str(connection.execute(select(table)).all()) for table in kept)


def rows(connection: Connection, folder: Path) -> list[dict[str, str]]:
    export.write_tables(connection, STUDY, folder)
    with (folder / "responses.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_while_it_is_open_the_answers_are_tied_so_that_one_can_go_on(connection: Connection):
    round_id, (person_id, _) = classroom(connection)
    said(connection, round_id, CHAT, "1")
    assert response_of(connection, person_id).response.answers["a01"].value == "tidak"
    assert connection.execute(select(rights_tables.released_answers)).all() == []


def test_with_the_last_answer_they_go_to_a_row_without_the_person(connection: Connection):
    round_id, (person_id, _) = classroom(connection)
    assert finish(connection, round_id)[-1] == "terima_kasih_dilepas"
    row = connection.execute(select(rights_tables.released_answers)).one()
    assert {name: given["value"] for name, given in row.answers.items()} == {
        "a01": "tidak", "a02": "setuju", "a15": WORDS,
    }  # fmt: skip
    assert row.week == date(2027, 2, 1)
    assert WORDS not in left_with_people(connection)
    assert not response_of(connection, person_id).response.answers


def test_nothing_of_the_row_leads_to_the_person_or_the_moment(connection: Connection):
    round_id, (person_id, _) = classroom(connection)
    finish(connection, round_id)
    columns = set(rights_tables.released_answers.c.keys())
    assert columns == {
        "key", "round_id", "questionnaire_id", "disposition", "week", "hidden", "answers",
    }  # fmt: skip
    row = str(connection.execute(select(rights_tables.released_answers)).one())
    person = people.person(connection, person_id)
    assert person.code not in row
    assert person.name not in row
    assert "seconds" not in row


def test_that_they_answered_is_known_so_reminders_stop(connection: Connection):
    round_id, (person_id, _) = classroom(connection)
    finish(connection, round_id)
    assert response_of(connection, person_id).response.disposition == "complete"
    planned = tables.contacts.c.state == "planned"
    mine = tables.contacts.c.person_id == person_id
    assert connection.execute(select(tables.contacts).where(planned, mine)).all() == []


@pytest.mark.parametrize(
    "act",
    [
        reviewing.my_answers,
        lambda connection, visit, account: reviewing.review(connection, visit, account, 1),
        lambda connection, visit, account: answering.take(connection, visit, account, 1),
        answering.resume,
    ],
)
def test_afterwards_they_can_be_seen_and_changed_no_more(
    connection: Connection, act: conversation.Act
):
    round_id, _ = classroom(connection)
    finish(connection, round_id)
    assert keys(attended(connection, act, later(minutes=2))) == ["jawaban_dilepas"]


def test_an_old_button_answers_nothing_a_second_time(connection: Connection):
    round_id, _ = classroom(connection)
    finish(connection, round_id)
    tapped = Tapped(1, 1, 1, "choose", "setuju")
    tap = partial(answering.tap, tapped=tapped)
    assert keys(attended(connection, tap, later(minutes=2))) == ["jawaban_dilepas"]
    assert len(connection.execute(select(rights_tables.released_answers)).all()) == 1


def closed(connection: Connection, round_id: int) -> None:
    while rounds.settle_some(connection, STUDY, round_id, later(days=9)):
        pass


def test_closing_keeps_who_was_complete_and_takes_off_what_was_half_done(connection: Connection):
    round_id, everybody = classroom(connection, 3)
    finish(connection, round_id)
    said(connection, round_id, CHAT + 1, "1")
    closed(connection, round_id)
    found = [response_of(connection, person_id).response for person_id in everybody]
    assert [one.disposition for one in found] == ["complete", "partial", "noncontact"]
    assert not any(one.answers for one in found)
    kept = connection.execute(select(rights_tables.released_answers)).all()
    assert sorted(row.disposition for row in kept) == ["complete", "partial"]


def test_closing_mixes_the_rows_so_that_no_order_of_arrival_is_left(connection: Connection):
    round_id, _ = classroom(connection, 3)
    for number in range(3):
        finish(connection, round_id, CHAT + number)
    before = set(connection.scalars(select(rights_tables.released_answers.c.key)))
    closed(connection, round_id)
    after = list(connection.scalars(select(rights_tables.released_answers.c.key)))
    assert before.isdisjoint(after)
    assert after == sorted(after)


def test_the_export_has_no_pseudonym_unit_or_hour_of_anybody(
    connection: Connection, tmp_path: Path
):
    round_id, everybody = classroom(connection, 3)
    finish(connection, round_id)
    written = rows(connection, tmp_path)
    codes = {people.person(connection, person_id).code for person_id in everybody}
    assert {row["respondent"] for row in written}.isdisjoint(codes)
    assert {row["unit_group"] + row["grade_group"] + row["seconds"] for row in written} == {""}
    assert {row["completed_at"] for row in written} == {"", "2027-02-01T00:00:00+00:00"}
    assert WORDS in {row["value"] for row in written}


def test_the_export_still_counts_everybody_who_was_asked(connection: Connection, tmp_path: Path):
    round_id, _ = classroom(connection, 3)
    finish(connection, round_id)
    whole = [row["disposition"] for row in rows(connection, tmp_path) if not row["item"]]
    assert sorted(whole) == ["complete", "issued", "issued"]


def test_no_pseudonym_of_an_anonymous_round_comes_again_in_another(
    connection: Connection, tmp_path: Path
):
    classroom(connection, 2)
    training = connection.scalars(select(tables.trainings.c.id)).one()
    follow_up = replace(questionnaire("followup_alumni"), anonymous=True)
    open_round(connection, training, "followup_alumni", follow_up)
    written = [(row["round"], row["respondent"]) for row in rows(connection, tmp_path)]
    assert len({respondent for _, respondent in written}) == len(written) == 4


def test_the_notice_says_what_it_means_before_the_first_question(connection: Connection):
    round_id, _ = classroom(connection)
    begin = partial(answering.begin, round_id=round_id)
    assert only_say(attended(connection, begin)).key == "privasi_anonim"


def test_a_form_that_is_not_anonymous_keeps_its_answers_with_the_person(connection: Connection):
    round_id, (person_id, _) = classroom(connection, asked=FORM)
    shown = attended(connection, partial(answering.begin, round_id=round_id)).reactions[0]
    assert isinstance(shown, Say)
    assert shown.key == "privasi_pendek"
    assert finish(connection, round_id)[-1] != "terima_kasih_dilepas"
    assert response_of(connection, person_id).response.answers["a15"].value == WORDS


TIED = """
| survey | type | name | label::Bahasa Indonesia (id) | pair |
| | hidden | komitmen_t0 | | |
| | select_one s | a | {label} | {pair} |

| choices | list_name | name | label::Bahasa Indonesia (id) |
| | s | ya | Ya |

| settings | form_title | form_id | version | default_language | anonymous |
| | Coba | coba | 1 | Bahasa Indonesia (id) | yes |
"""


@pytest.mark.parametrize(("label", "pair"), [("Puas?", "k1"), ("Sudahkah ${komitmen_t0}?", "")])
def test_the_compiler_refuses_an_anonymous_form_that_ties(tmp_path: Path, label: str, pair: str):
    (tmp_path / "coba.md").write_text(TIED.format(label=label, pair=pair), "utf-8")
    with pytest.raises(QuestionnaireProblems, match="anonymous form cannot"):
        compile_form(tmp_path / "coba.md")


def test_the_compiler_takes_one_that_does_not(tmp_path: Path):
    (tmp_path / "coba.md").write_text(TIED.format(label="Puas?", pair=""), "utf-8")
    assert compile_form(tmp_path / "coba.md").anonymous
