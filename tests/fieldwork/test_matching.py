"""The office matches walk-ins to its list: what moves, what is proposed, and how it is undone."""

from functools import partial

import pytest
from sqlalchemy import Connection, select, update

from bot.errors import NothingOpen
from bot.fieldwork import answering, consent, matching
from bot.fieldwork.permits import Staff
from bot.fieldwork.staff import Duty, StaffVisit
from bot.fieldwork.timetables import training_of
from bot.store import accounts, people, responses, tables
from bot.store import walk_ins as stored
from bot.store.walk_ins import Candidate, WalkIn
from tests.fieldwork.field import (
    CHAT,
    NOW,
    STUDY,
    add_person,
    add_training,
    attended,
    classroom,
    connect,
    enrol,
    keys,
    planned_contacts,
    response_of,
)
from tests.fieldwork.test_walk_ins import not_listed, scan, write

COORDINATOR = 501


def duty_of(connection: Connection, training_id: int, *, first: bool = True) -> Duty:
    training = training_of(connection, training_id)
    staff = Staff(COORDINATOR, "coordinator", all_trainings=True)
    return Duty(StaffVisit(STUDY, COORDINATOR, 1, NOW), staff, "id", first, training)


def answered_walk_in(connection: Connection, *names: str) -> tuple[int, list[int], int]:
    """(training, listed, walk-in): the walk-in agreed and answered the first question."""
    training_id, listed, round_id = classroom(connection, *names, connected=False)
    scan(connection, training_id)
    not_listed(connection, training_id)
    write(connection, "Drs. Budi Santosa")
    write(connection, "Dinas Kesehatan")
    attended(connection, partial(answering.agree, round_id=round_id, more=""))
    write(connection, "setuju")
    (waiting,) = stored.waiting(connection, training_id)
    return training_id, listed, waiting.person_id


def test_a_match_keeps_answers_contacts_and_consent(connection: Connection):
    training_id, (listed, _), walk_in = answered_walk_in(connection, "Budi Santoso", "Siti Aminah")
    before = response_of(connection, walk_in)
    contacts = planned_contacts(connection, walk_in)
    done = matching.match(connection, duty_of(connection, training_id), walk_in, listed)
    assert (done.came_as, done.name, done.left) == ("Drs. Budi Santosa", "Budi Santoso", 0)
    after = response_of(connection, listed)
    assert after.response == before.response
    assert after.response.answers["a01"].value == "setuju"
    assert planned_contacts(connection, listed) == contacts
    given = people.last_consent(connection, listed, after.round_id)
    assert given is not None
    assert given.given
    account = accounts.of_person(connection, listed)
    assert account is not None
    assert account.chat_id == CHAT
    gone = connection.execute(select(tables.people.c.id).where(tables.people.c.id == walk_in))
    assert gone.first() is None


def test_after_a_match_the_person_goes_on_where_they_were(connection: Connection):
    training_id, (listed,), walk_in = answered_walk_in(connection, "Budi Santoso")
    matching.match(connection, duty_of(connection, training_id), walk_in, listed)
    assert keys(attended(connection, answering.resume)) == ["lanjut", "card:a02"]


def test_a_match_is_undone_with_all_that_moved(connection: Connection):
    training_id, (listed,), walk_in = answered_walk_in(connection, "Budi Santoso")
    before = response_of(connection, walk_in)
    duty = duty_of(connection, training_id)
    done = matching.match(connection, duty, walk_in, listed)
    shown = matching.undo(connection, duty, done.match_id)
    (back,) = shown.waiting
    assert (back.name, back.unit) == ("Drs. Budi Santosa", "Dinas Kesehatan")
    assert back.chat_id == CHAT
    assert response_of(connection, back.person_id).response == before.response
    again = response_of(connection, listed)
    assert again.response.answers == {}
    assert again.response.disposition == "issued"
    with pytest.raises(NothingOpen, match="tidak_dapat_diurungkan"):
        matching.undo(connection, duty, done.match_id)
    assert matching.match(connection, duty, back.person_id, listed).left == 0


def test_the_same_update_matches_once_and_says_so_again(connection: Connection):
    training_id, (listed, other), walk_in = answered_walk_in(connection, "Budi Santoso", "Budi B")
    matching.match(connection, duty_of(connection, training_id), walk_in, listed)
    again = matching.match(
        connection, duty_of(connection, training_id, first=False), walk_in, listed
    )
    assert again.came_as == "Drs. Budi Santosa"
    with pytest.raises(NothingOpen, match="tamu_tidak_ada"):
        matching.match(connection, duty_of(connection, training_id), walk_in, other)


def test_a_name_with_an_account_or_an_answer_is_not_matched(connection: Connection):
    training_id, (taken, answered), walk_in = answered_walk_in(connection, "Budi A", "Budi B")
    connect(connection, taken, 701)
    connection.execute(
        update(tables.responses)
        .where(tables.responses.c.person_id == answered)
        .values(begun_at=NOW)
    )
    for person_id in (taken, answered, 4711):
        with pytest.raises(NothingOpen, match="tamu_nama_terpakai"):
            matching.match(connection, duty_of(connection, training_id), walk_in, person_id)


def test_a_person_of_another_training_is_neither_proposed_nor_matched(connection: Connection):
    training_id, _, walk_in = answered_walk_in(connection, "Siti Aminah")
    stranger = add_person(connection, "Budi Santosa")
    enrol(connection, add_training(connection), stranger)
    assert matching.propose(connection, duty_of(connection, training_id), walk_in).candidates == ()
    with pytest.raises(NothingOpen):
        matching.match(connection, duty_of(connection, training_id), walk_in, stranger)


def test_who_is_known_from_another_training_is_not_merged(connection: Connection):
    training_id, (listed,), _ = classroom(connection, "Budi Santoso", connected=False)
    known = add_person(connection, "Budi Santosa")
    stored.enrol(connection, training_id, known, NOW)
    with pytest.raises(NothingOpen, match="dikenal_lain"):
        matching.match(connection, duty_of(connection, training_id), known, listed)


def test_an_additional_participant_waits_no_longer(connection: Connection):
    training_id, _, walk_in = answered_walk_in(connection, "Siti Aminah")
    shown = matching.take_in(connection, duty_of(connection, training_id), walk_in)
    assert shown.waiting == ()
    assert response_of(connection, walk_in).response.answers["a01"].value == "setuju"
    with pytest.raises(NothingOpen):
        matching.take_in(connection, duty_of(connection, training_id), walk_in)


def test_letters_find_another_name_of_the_list(connection: Connection):
    training_id, (_, second), walk_in = answered_walk_in(connection, "Siti Aminah", "Hj. Ratna D")
    found = matching.search(connection, duty_of(connection, training_id), walk_in, "ratna")
    assert [one.person_id for one in found.candidates] == [second]
    assert (
        matching.search(connection, duty_of(connection, training_id), walk_in, "").candidates == ()
    )


def who(name: str, unit: str = "", phone: str = "") -> WalkIn:
    return WalkIn(1, name, unit, phone, "r1", None, NOW, CHAT)


@pytest.mark.parametrize(
    ("came", "listed"),
    [
        ("Budi Santoso", "Budi Santoso"),
        ("BUDI SANTOSO", "Drs. H. Budi Santoso, M.Si."),
        ("Budi Santosa", "Budi Santoso"),
        ("Moh. Yusuf", "Muhammad Yusuf, S.Kom"),
        ("Siti Aminah", "Hj. St. Aminah"),
        ("Aminah", "Siti Aminah"),
    ],
)
def test_a_likely_name_is_proposed(came: str, listed: str):
    assert matching.proposals(who(came), [Candidate(2, listed, "", "")])


@pytest.mark.parametrize(
    ("came", "listed"),
    [("Budi Santoso", "Siti Aminah"), ("Ahmad Fauzi", "Ahmad Yani"), ("Rina", "Rini Yuliani")],
)
def test_an_unlikely_name_is_not_proposed(came: str, listed: str):
    assert matching.proposals(who(came), [Candidate(2, listed, "", "")]) == []


def test_the_phone_says_more_than_the_name_and_the_unit_tells_namesakes_apart():
    listed = [
        Candidate(2, "Siti Aminah", "Dinas Kesehatan", ""),
        Candidate(3, "Siti Aminah", "BPKAD", ""),
        Candidate(4, "Orang Lain", "", "+6281155500001"),
    ]
    came = who("Siti Aminah", "BPKAD", "+6281155500001")
    assert [one.person_id for one in matching.proposals(came, listed)] == [4, 3, 2]


def test_consent_that_was_refused_moves_too(connection: Connection):
    training_id, (listed,), round_id = classroom(connection, "Budi Santoso", connected=False)
    scan(connection, training_id)
    not_listed(connection, training_id)
    write(connection, "Budi Santosa")
    write(connection, "Dinas Kesehatan")
    attended(connection, partial(consent.refuse, round_id=round_id))
    (waiting,) = stored.waiting(connection, training_id)
    matching.match(connection, duty_of(connection, training_id), waiting.person_id, listed)
    given = people.last_consent(connection, listed, round_id)
    assert given is not None
    assert not given.given
    assert response_of(connection, listed).response.disposition == "refused"
    assert [one.person_id for one in responses.of_round(connection, round_id)] == [listed]
