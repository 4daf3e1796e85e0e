from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Connection, create_engine, text, update

from bot.store import contacts, tables
from bot.store.contacts import Planned
from bot.store.database import Database
from tests.fieldwork.office import import_class, open_round, people, roster, wib

NOW = wib("2027-01-14 08:30")


def due_contacts(connection: Connection, size: int) -> int:
    training_id = import_class(connection, roster(size=size))
    return open_round(connection, training_id, now=NOW)


def contacts_of(connection: Connection, round_id: int, training_id: int = 1) -> list[str]:
    found = [
        contacts.of_round(connection, round_id, person)
        for person in people(connection, training_id)
    ]
    return [one.state for group in found for one in group]


async def test_claiming_again_and_again_gives_each_contact_once(
    database: Database,
) -> None:
    await database.run(due_contacts, 30)
    claimed: list[int] = []
    for _ in range(6):
        claimed += [one.id for one in await database.run(contacts.claim, NOW, 7)]
    assert len(claimed) == len(set(claimed)) == 30


def test_two_processes_claim_at_once_and_neither_waits_nor_repeats(postgresql_url: str) -> None:
    """SKIP LOCKED: the second takes the next ones while the first still holds its own."""
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        due_contacts(connection, 20)
    with engine.connect() as first, engine.connect() as second, ThreadPoolExecutor(1) as thread:
        mine = contacts.claim(first, NOW, 8)
        theirs = thread.submit(contacts.claim, second, NOW, 8).result(timeout=5)
        assert len(mine) == len(theirs) == 8
        assert not {one.id for one in mine} & {one.id for one in theirs}
        first.commit()
        second.commit()
        assert len(contacts.claim(first, NOW, 50)) == 4
        first.rollback()
    engine.dispose()


def test_never_more_are_claimed_than_asked_for_however_postgresql_plans_it(
    postgresql_url: str,
) -> None:
    """A plan that runs the locked subquery anew for each row would pass its limit."""
    engine = create_engine(postgresql_url)
    try:
        with engine.begin() as connection:
            due_contacts(connection, 20)
        with engine.begin() as connection:
            for way in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
                connection.execute(text(f"SET LOCAL enable_{way} = off"))
            assert len(contacts.claim(connection, NOW, 8)) == 8
    finally:
        engine.dispose()


def test_the_oldest_are_claimed_first_and_none_before_it_is_due(connection: Connection) -> None:
    round_id = due_contacts(connection, 3)
    first, second, third = people(connection, 1)
    for person, minutes in ((first, -1), (second, -9), (third, 1)):
        connection.execute(
            update(tables.contacts)
            .where(tables.contacts.c.person_id == person)
            .values(due_at=NOW + timedelta(minutes=minutes))
        )
    assert [one.person_id for one in contacts.claim(connection, NOW, 50)] == [second, first]
    assert contacts_of(connection, round_id) == ["claimed", "claimed", "planned"]


def test_a_step_that_is_planned_already_is_left_alone(connection: Connection) -> None:
    round_id = due_contacts(connection, 1)
    (person,) = people(connection, 1)
    contacts.plan(connection, [Planned(round_id, person, 0, "invitation", NOW + timedelta(days=9))])
    (found,) = contacts.of_round(connection, round_id, person)
    assert found.due_at == NOW


def test_a_claim_is_held_only_while_it_is_claimed(connection: Connection) -> None:
    due_contacts(connection, 1)
    (claimed,) = contacts.claim(connection, NOW, 1)
    assert contacts.expired(connection, NOW - timedelta(seconds=1)) == []
    assert [one.id for one in contacts.expired(connection, NOW)] == [claimed.id]
    contacts.settle(connection, claimed.id, "sent", sent_at=NOW)
    assert contacts.renew(connection, claimed.id, NOW) is None


@pytest.mark.parametrize(("state", "counts"), [("sent", 1), ("unknown", 1), ("unreachable", 0)])
def test_what_may_have_arrived_counts_against_the_limits(
    connection: Connection, state: str, counts: int
) -> None:
    due_contacts(connection, 1)
    (claimed,) = contacts.claim(connection, NOW, 1)
    contacts.settle(connection, claimed.id, state, sent_at=NOW)
    since = NOW - timedelta(days=30)
    assert len(contacts.delivered_since(connection, claimed.person_id, since, besides=0)) == counts


def test_planned_contacts_of_a_person_are_cancelled_in_every_round(connection: Connection) -> None:
    round_id = due_contacts(connection, 2)
    first, _ = people(connection, 1)
    assert contacts.cancel_everywhere(connection, first, "asked") == 1
    assert contacts_of(connection, round_id) == ["cancelled", "planned"]
