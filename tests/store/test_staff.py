"""Staff who were invited, and their one-time links."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from bot.store import invitations, staff
from bot.store.invitations import Purpose
from tests.fieldwork.office import import_class, wib

NOW = wib("2027-01-13 08:45")
DAY = timedelta(hours=24)


def invite(connection: Connection, token_hash: str = "a" * 64) -> int:
    meant = Purpose(502, "coordinator", None, gives_up=False)
    made = invitations.add(connection, meant, NOW, NOW + DAY)
    invitations.keep_hash(connection, made.id, token_hash)
    return made.id


def test_who_left_is_not_listed_and_who_comes_back_has_no_old_training(connection: Connection):
    training_id = import_class(connection)
    staff.save(connection, 601, "coordinator", all_trainings=False, by=502, now=NOW)
    staff.give(connection, 601, training_id)
    staff.give(connection, 601, training_id)
    found = staff.of_chat(connection, 601)
    assert found is not None
    assert found.trainings == {training_id}
    staff.leave(connection, 601, NOW)
    assert staff.everybody(connection) == []
    assert staff.was_ever(connection, 601)
    staff.save(connection, 601, "coordinator", all_trainings=False, by=502, now=NOW)
    assert [row.trainings for row in staff.everybody(connection)] == [frozenset()]


def test_erasing_forgets_who_left_and_keeps_who_works_here(connection: Connection):
    for chat_id in (601, 602):
        staff.save(connection, chat_id, "coordinator", all_trainings=True, by=502, now=NOW)
        staff.remember_name(connection, chat_id, "Eka")
    staff.leave(connection, 601, NOW)
    for chat_id in (601, 602):
        staff.forget_former(connection, chat_id)
    assert staff.names(connection) == {602: "Eka"}
    assert not staff.was_ever(connection, 601)
    assert [row.chat_id for row in staff.everybody(connection)] == [602]


def test_who_counts_the_administrators_makes_the_next_one_wait(postgresql_url: str):
    """Else two could remove each other at the same moment; SQLite has one writer anyway."""
    engine = create_engine(postgresql_url)
    with engine.begin() as first:
        staff.save(first, 601, "administrator", all_trainings=True, by=502, now=NOW)
    with engine.connect() as one, engine.connect() as other:
        assert staff.administrators_held(one) == [601]
        other.execute(text("SET lock_timeout = '50ms'"))
        with pytest.raises(OperationalError):
            staff.administrators_held(other)
        other.rollback()
        one.rollback()
        assert staff.administrators_held(other) == [601]
    engine.dispose()


def test_an_invitation_is_used_once(connection: Connection):
    invitation = invite(connection)
    assert invitations.use(connection, invitation, 601, NOW)
    assert not invitations.use(connection, invitation, 602, NOW)
    assert not invitations.use(connection, invitation, 601, NOW)
    assert invitations.waiting(connection, NOW) == []


def test_an_invitation_is_good_for_less_than_its_24_hours(connection: Connection):
    invitation = invite(connection)
    assert len(invitations.waiting(connection, NOW + DAY - timedelta(seconds=1))) == 1
    assert not invitations.use(connection, invitation, 601, NOW + DAY)


def test_a_withdrawn_invitation_cannot_be_used(connection: Connection):
    invitation = invite(connection)
    assert invitations.withdraw(connection, invitation, NOW)
    assert not invitations.withdraw(connection, invitation, NOW)
    assert not invitations.use(connection, invitation, 601, NOW)


def test_the_invitations_of_who_leaves_end(connection: Connection):
    invitation = invite(connection)
    invitations.withdraw_all_of(connection, 999, NOW)
    assert len(invitations.waiting(connection, NOW)) == 1
    invitations.withdraw_all_of(connection, 502, NOW)
    assert not invitations.use(connection, invitation, 601, NOW)


def test_the_newest_is_known_by_who_invited_to_what(connection: Connection):
    first, second = invite(connection, "a" * 64), invite(connection, "b" * 64)
    assert first != second
    found = invitations.newest(connection, Purpose(502, "coordinator", None, gives_up=False))
    assert found is not None
    assert found.id == second
    assert invitations.newest(connection, Purpose(503, "coordinator", None, gives_up=False)) is None
