from datetime import date

import pytest
from sqlalchemy import Connection, select

from bot.store import links, people, personal_data, tables
from bot.store.people import Consent
from tests.fieldwork.field import (
    NOW,
    add_person,
    add_training,
    classroom,
    connect,
    enrol,
    later,
)


def listed(connection: Connection, *names: str) -> tuple[int, list[int]]:
    training_id = add_training(connection)
    found = [add_person(connection, name) for name in names]
    for person_id in found:
        enrol(connection, training_id, person_id)
    return training_id, found


def test_a_person_is_read_with_what_identifies_them(connection: Connection):
    person_id = add_person(connection, "Siti Aminah")
    person = people.person(connection, person_id)
    assert (person.name, person.birth_date) == ("Siti Aminah", date(1986, 9, 26))


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("sit", ["Siti Aminah", "Siti_Rahma"]),
        ("ami", ["Siti Aminah"]),
        ("SITI A", ["Siti Aminah"]),
        ("iti", []),
        ("siti_", ["Siti_Rahma"]),
        ("%", []),
        ("\\", []),
    ],
)
def test_letters_match_the_beginning_of_a_word_of_the_name(
    connection: Connection, letters: str, found: list[str]
):
    training_id, _ = listed(connection, "Siti Aminah", "Siti_Rahma", "Budi Santoso")
    matches = people.matching(connection, training_id, letters, 8)
    assert [match.name for match in matches] == found


def test_who_left_the_training_is_not_matched(connection: Connection):
    training_id, _ = listed(connection, "Siti Aminah")
    connection.execute(tables.enrolments.update().values(left_at=NOW))
    assert people.matching(connection, training_id, "sit", 8) == []


def test_superiors_are_not_on_the_list_of_the_class(connection: Connection):
    training_id, (alumnus,) = listed(connection, "Budi Santoso")
    superior = add_person(connection, "Siti Aminah")
    enrol(connection, training_id, superior, "superior", about=alumnus)
    assert people.matching(connection, training_id, "sit", 8) == []


def test_the_unconnected_are_those_without_an_account(connection: Connection):
    training_id, (first, second) = listed(connection, "Siti Aminah", "Budi Santoso")
    connect(connection, first)
    rows = people.unconnected(connection, training_id)
    assert [(person.id, role) for person, role in rows] == [(second, "participant")]


def test_a_superior_of_two_alumni_is_unconnected_once(connection: Connection):
    training_id, alumni = listed(connection, "Siti Aminah", "Budi Santoso")
    superior = add_person(connection, "Ratna Dewi")
    for alumnus in alumni:
        enrol(connection, training_id, superior, "superior", about=alumnus)
    rows = people.unconnected(connection, training_id)
    assert [person.id for person, role in rows if role == "superior"] == [superior]


def test_what_is_remembered_is_added_to_what_was(connection: Connection):
    training_id, (person_id,) = listed(connection, "Siti Aminah")
    people.remember(connection, training_id, person_id, {"komitmen_t0": "A"})
    people.remember(connection, training_id, person_id, {"lain": "B"})
    memory = connection.execute(select(tables.enrolments.c.memory)).scalar_one()
    assert memory == {"komitmen_t0": "A", "lain": "B"}


def test_the_last_consent_of_a_round_counts_and_all_are_kept(connection: Connection):
    _, (person_id,), round_id = classroom(connection)
    assert people.last_consent(connection, person_id, round_id) is None
    for given in (True, False):
        consent = Consent(given=given, on_behalf=False, notice_version="1.0", at=NOW)
        people.record_consent(connection, person_id, round_id, consent)
    last = people.last_consent(connection, person_id, round_id)
    assert last is not None
    assert not last.given
    assert len(connection.execute(select(tables.consents)).all()) == 2


def test_contact_may_be_stopped_and_allowed_again(connection: Connection):
    person_id = add_person(connection)
    people.stop_contact(connection, person_id, NOW)
    assert people.person(connection, person_id).do_not_contact_at == NOW
    people.allow_contact(connection, person_id)
    assert people.person(connection, person_id).do_not_contact_at is None


def test_a_link_belongs_to_the_first_account_that_uses_it(connection: Connection):
    links.add(connection, "h1", add_person(connection), NOW)
    assert links.use(connection, "h1", 700, NOW)
    assert not links.use(connection, "h1", 701, later(days=1))
    link = links.of_hash(connection, "h1")
    assert link is not None
    assert link.used_by == 700


def test_only_unused_links_are_replaced(connection: Connection):
    person_id = add_person(connection)
    links.add(connection, "used", person_id, NOW)
    links.add(connection, "unused", person_id, NOW)
    links.use(connection, "used", 700, NOW)
    links.disable_unused(connection, person_id, later(days=1))
    states = [links.of_hash(connection, name) for name in ("used", "unused")]
    assert [state.disabled_at for state in states if state] == [None, later(days=1)]


def test_what_is_held_and_erased_is_the_same_persons(connection: Connection):
    training_id, (first, second), _ = classroom(connection, "Siti Aminah", "Budi Santoso")
    held = personal_data.held(connection, first)
    assert [row["name"] for row in held["data_diri"]] == ["Siti Aminah"]
    assert len(held["survei"]) == 1
    personal_data.erase(connection, first)
    assert [person.id for person, _ in people.unconnected(connection, training_id)] == [second]
