"""Peers (rekan kerja): from the list to what they are asked, and never more than they were promised."""

from sqlalchemy import Connection, select

from bot.fieldwork.roster import save_roster
from bot.fieldwork.rosters.difference import Change, difference
from bot.store import tables
from tests.fieldwork.office import IMPORTED, SECRET, STUDY, nip, participant, roster, superior


def peer(number: int = 70, **changes: object):
    return superior(number, **{"name": f"Rekan {number}", "position": "Analis", **changes})


def listed(*peers_of_each: tuple[int, ...]):
    """A class whose first participant has the first of these peers, and so on."""
    people = (
        participant(number, peers=tuple(peer(one) for one in numbers))
        for number, numbers in enumerate(peers_of_each)
    )
    return roster(participants=tuple(people))


def pairs(connection: Connection) -> list[tuple[str, str]]:
    """(peer, alumnus) of those who are peers now."""
    about = tables.people.alias()
    query = (
        select(tables.people.c.name, about.c.name)
        .select_from(tables.enrolments)
        .join(tables.people, tables.people.c.id == tables.enrolments.c.person_id)
        .join(about, about.c.id == tables.enrolments.c.about_id)
        .where(tables.enrolments.c.role == "peer", tables.enrolments.c.left_at.is_(None))
        .order_by(about.c.id, tables.people.c.name)
    )
    return [(who, whom) for who, whom in connection.execute(query)]


def test_a_list_tells_who_is_whose_peer(connection: Connection):
    saved = save_roster(connection, STUDY, listed((70, 71), (71,)), SECRET, IMPORTED)
    assert pairs(connection) == [
        ("Rekan 70", "Peserta 0"), ("Rekan 71", "Peserta 0"), ("Rekan 71", "Peserta 1"),
    ]  # fmt: skip
    assert (saved.peers, saved.superiors) == (2, 1)


def test_peers_named_again_take_the_place_of_the_former_ones(connection: Connection):
    save_roster(connection, STUDY, listed((70, 71), (71,)), SECRET, IMPORTED)
    save_roster(connection, STUDY, listed((72,), ()), SECRET, IMPORTED)
    assert pairs(connection) == [("Rekan 72", "Peserta 0"), ("Rekan 71", "Peserta 1")]


def test_a_change_of_peers_is_told_before_it_is_saved(connection: Connection):
    save_roster(connection, STUDY, listed((70, 71), (71,)), SECRET, IMPORTED)
    found = difference(connection, listed((71, 70), (72,)), SECRET)
    assert [one.changes for one in found.changed] == [(Change("peer", "Rekan 71", "Rekan 72"),)]


def test_a_peer_who_takes_part_is_one_person(connection: Connection):
    first = participant(0, peers=(peer(name="Peserta 1", nip=nip(1)),))
    save_roster(
        connection, STUDY, roster(participants=(first, participant(1))), SECRET, IMPORTED
    )  # fmt: skip
    of_that_name = select(tables.people.c.position).where(tables.people.c.name == "Peserta 1")
    assert connection.execute(of_that_name).scalars().all() == ["Analis"]
    assert pairs(connection) == [("Peserta 1", "Peserta 0")]
