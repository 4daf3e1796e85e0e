"""A list does not bring an erased person back, nor tells their name; a training that begins later may enrol them anew."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.fieldwork import erasures
from bot.fieldwork.roster import save_roster
from bot.store import rights_tables, tables
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


def test_of_an_erasure_only_keyed_hashes_stay(connection: Connection):
    training_id = import_class(connection, roster(1))
    nip = connection.execute(select(tables.people.c.nip)).scalars().first()
    erase_first(connection, training_id)
    kept = connection.execute(select(rights_tables.erasures.c.key)).scalars().all()
    assert len(kept) == 3  # the person, the person with that training, the chat
    assert erasures.key_of(SECRET, f"nip:{nip}") in kept
    assert erasures.key_of(b"another secret", f"nip:{nip}") not in kept
