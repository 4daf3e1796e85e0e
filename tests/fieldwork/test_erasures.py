"""A list does not bring an erased person back, nor tells their name; a training that begins later may enrol them anew."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.fieldwork import erasures
from bot.fieldwork.nip import read_nip
from bot.fieldwork.roster import save_roster
from bot.store import rights_tables, tables, walk_ins
from tests.fieldwork.office import (
    IMPORTED,
    LAST_DAY,
    SECRET,
    STUDY,
    import_class,
    participant,
    people,
    roster,
    store_questionnaires,
    superior,
    wib,
)

ERASED_AT = wib("2026-10-20 10:00")
LATER = {"code": "PP-2026-9", "starts_on": date(2026, 11, 2), "ends_on": date(2026, 11, 4)}


def names(connection: Connection) -> list[str]:
    query = select(tables.people.c.name).order_by(tables.people.c.name)
    return list(connection.execute(query).scalars())


def erase_first(connection: Connection, training_id: int, at: datetime = ERASED_AT) -> None:
    erasures.erase_person(connection, SECRET, people(connection, training_id)[0], at)


def test_importing_the_list_again_leaves_the_erased_out_and_counts_them(connection: Connection):
    training_id = import_class(connection, roster(3))
    erase_first(connection, training_id)
    saved = save_roster(connection, STUDY, roster(3), SECRET, ERASED_AT + timedelta(hours=1))
    assert (saved.participants, saved.erased) == (2, 1)
    assert names(connection) == ["Atasan 60", "Peserta 1", "Peserta 2"]


def test_another_training_that_had_begun_leaves_them_out_too(connection: Connection):
    erase_first(connection, import_class(connection, roster(3)))
    other = replace(roster(3), code="PP-2026-1", starts_on=LAST_DAY, ends_on=LAST_DAY)
    assert save_roster(connection, STUDY, other, SECRET, ERASED_AT).erased == 1


def test_a_training_that_begins_later_may_enrol_them_anew(connection: Connection):
    erase_first(connection, import_class(connection, roster(3)))
    saved = save_roster(connection, STUDY, roster(3, **LATER), SECRET, ERASED_AT)
    assert saved.erased == 0
    assert "Peserta 0" in names(connection)


def test_a_list_of_later_that_had_them_when_they_were_erased_leaves_them_out(
    connection: Connection,
):
    store_questionnaires(connection)
    save_roster(connection, STUDY, roster(3, **LATER), SECRET, IMPORTED)
    erase_first(connection, import_class(connection, roster(3)))
    assert save_roster(connection, STUDY, roster(3, **LATER), SECRET, ERASED_AT).erased == 1


@pytest.mark.parametrize("has_nip", [True, False])
def test_an_erased_superior_is_left_out_as_if_the_row_named_none(
    connection: Connection, *, has_nip: bool
):
    boss = superior() if has_nip else superior(nip=None)
    who = roster(participants=(participant(1, superior=boss),))
    training_id = import_class(connection, who)
    (person_id,) = people(connection, training_id, "superior")
    erasures.erase_person(connection, SECRET, person_id, ERASED_AT)
    saved = save_roster(connection, STUDY, who, SECRET, ERASED_AT)
    assert (saved.participants, saved.superiors) == (1, 0)
    assert names(connection) == ["Peserta 1"]


def test_a_list_without_nip_does_not_bring_them_back(connection: Connection):
    erase_first(connection, import_class(connection, roster(3)))
    bare = tuple(participant(number, nip=None, superior=None) for number in range(3))
    saved = save_roster(connection, STUDY, roster(participants=bare), SECRET, ERASED_AT)
    assert saved.erased == 1
    assert "Peserta 0" not in names(connection)


def test_nor_does_one_that_has_their_birth_date_in_another_training_of_then(
    connection: Connection,
):
    erase_first(connection, import_class(connection, roster(3)))
    bare = tuple(
        participant(n, nip=None, superior=None, birth_date=date(1986, 9, 26)) for n in range(3)
    )
    other = roster(participants=bare, code="PP-2026-1", starts_on=LAST_DAY, ends_on=LAST_DAY)
    assert save_roster(connection, STUDY, other, SECRET, ERASED_AT).erased == 1


def test_in_another_training_a_name_alone_keeps_nobody_out(connection: Connection):
    erase_first(connection, import_class(connection, roster(3)))
    bare = tuple(participant(n, nip=None, superior=None) for n in range(3))
    other = roster(participants=bare, code="PP-2026-1", starts_on=LAST_DAY, ends_on=LAST_DAY)
    assert save_roster(connection, STUDY, other, SECRET, ERASED_AT).erased == 0


def test_a_namesake_with_another_birth_date_comes_in(connection: Connection):
    erase_first(connection, import_class(connection, roster(3)))
    other = read_nip("197504112005012977", date(2026, 11, 1))
    listed = (participant(0, nip=other, superior=None),)
    saved = save_roster(connection, STUDY, roster(participants=listed), SECRET, ERASED_AT)
    assert (saved.participants, saved.erased) == (1, 0)


@pytest.mark.parametrize("has_nip", [True, False])
def test_who_came_without_being_listed_and_was_erased_is_not_listed_later(
    connection: Connection, *, has_nip: bool
):
    training_id = import_class(connection, roster(1))
    columns = {"name": "Siti Aminah", "unit": "BPKAD", "phone": ""}
    person_id = walk_ins.add(connection, training_id, "walk-in-1", columns, ERASED_AT)
    erasures.erase_person(connection, SECRET, person_id, ERASED_AT)
    given = {} if has_nip else {"nip": None}
    row = participant(5, name="Hj. SITI AMINAH, S.E.", superior=None, **given)
    saved = save_roster(connection, STUDY, roster(participants=(row,)), SECRET, ERASED_AT)
    assert (saved.participants, saved.erased) == (0, 1)


def test_an_erased_superior_without_nip_keeps_no_participant_of_another_name_out(
    connection: Connection,
):
    boss = superior(nip=None)
    who = roster(participants=(participant(1, superior=boss),))
    training_id = import_class(connection, who)
    (person_id,) = people(connection, training_id, "superior")
    erasures.erase_person(connection, SECRET, person_id, ERASED_AT)
    assert save_roster(connection, STUDY, roster(3), SECRET, ERASED_AT).erased == 0


def test_of_an_erasure_only_keyed_hashes_stay(connection: Connection):
    training_id = import_class(connection, roster(1))
    nip = connection.execute(select(tables.people.c.nip)).scalars().first()
    erase_first(connection, training_id)
    kept = connection.execute(select(rights_tables.erasures.c.key)).scalars().all()
    assert (
        len(kept) == 6
    )  # NIP and name with birth date, both with that training, the name there, the chat
    assert erasures.key_of(SECRET, f"nip:{nip}") in kept
    assert erasures.key_of(b"another secret", f"nip:{nip}") not in kept
