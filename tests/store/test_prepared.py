"""What is prepared comes out as through SQLAlchemy: rows, conversions, refusals, and what a listener hears."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, bindparam, create_engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from bot.store import accounts, people, responses, tables, updates
from bot.store.prepared import Prepared
from tests.fieldwork.field import NOW, classroom, response_of
from tests.store.listening import statements_of

NAME = "Siti Rahayu"


def prepared_and_ordinary(connection: Connection, prepared: Prepared, values: dict) -> tuple:
    """Both ways, each from where things stood before."""
    with connection.begin_nested() as once:
        rows = list(prepared.rows(connection, values))
        once.rollback()
    statement = prepared._statement(connection)
    return rows, list(connection.execute(statement, values).all())


def about(connection: Connection) -> list[tuple[Prepared, dict]]:
    """The statements that have rows, with values for somebody who has answered."""
    _, (person,), round_id = classroom(connection)
    one = response_of(connection, person).response.id
    for item, at, seconds in (("a01", NOW, 2.5), ("a02", NOW.replace(microsecond=7), None)):
        connection.execute(
            tables.answers.insert().values(
                response_id=one, item=item, value="4", missing="", other='Ya, "é" 📌',
                seconds=seconds, revised=1, at=at,
            )
        )  # fmt: skip
    people.record_consent(connection, person, round_id, people.Consent(True, False, "1", NOW))
    return [
        (accounts._OPENED, {"chat_id": 7, "expecting": {"what": "é", "n": 1}, "last_update_at": NOW}),
        (updates._NOTED, {"update_id": 2**40, "at": NOW}),
        (responses._OPEN_ONE, {"of_id": one, "of_person": person}),
        (responses._OPEN_ONE, {"of_id": one, "of_person": -1}),
        (responses._ANSWERS_OF_ONE, {"of_id": one}),
        (people._LAST_CONSENT, {"of_person": person, "of_round": round_id}),
    ]  # fmt: skip


def test_rows_come_out_as_through_sqlalchemy(connection: Connection):
    for prepared, values in about(connection):
        mine, theirs = prepared_and_ordinary(connection, prepared, values)
        assert [row._asdict() for row in mine] == [row._asdict() for row in theirs]
        kinds = [[type(cell) for cell in row] for row in mine]
        assert kinds == [[type(cell) for cell in row] for row in theirs]


def test_a_change_says_how_many_rows_it_met(connection: Connection):
    for update_id in (1, 2, 3):
        updates.first_time(connection, update_id, NOW)
    seen = tables.seen_updates
    move = Prepared(lambda _: update(seen).where(seen.c.update_id >= bindparam("least")))
    later = datetime(2026, 11, 3, tzinfo=UTC)
    assert move.changed(connection, {"least": 2, "at": later}) == 2
    assert set(connection.scalars(select(seen.c.at))) == {NOW, later}
    take_out = Prepared(lambda _: delete(seen).where(seen.c.update_id == bindparam("one")))
    assert [take_out.changed(connection, {"one": one}) for one in (1, 1)] == [1, 0]


def test_a_moment_without_a_zone_is_refused(connection: Connection):
    with pytest.raises(Exception, match="a moment without a zone"):
        updates.first_time(connection, 1, NOW.replace(tzinfo=None))


def test_what_the_database_refuses_is_an_error_of_sqlalchemy(connection: Connection):
    put = Prepared(lambda _: insert(tables.links))
    with pytest.raises(IntegrityError), connection.begin_nested():
        put.changed(connection, {"token_hash": NAME, "person_id": None, "created_at": NOW})
    connection.exec_driver_sql("DROP TABLE links")
    with pytest.raises((OperationalError, ProgrammingError)):
        Prepared(lambda _: select(tables.links)).rows(connection, {})


def test_no_error_of_sqlite_tells_a_parameter():
    """Its text reaches the log."""
    named = Prepared(
        lambda _: select(tables.links).where(tables.links.c.token_hash == bindparam("of"))
    )
    with create_engine("sqlite://").connect() as empty, pytest.raises(OperationalError) as refused:
        named.rows(empty, {"of": NAME})
    assert "links" in str(refused.value)
    assert NAME not in str(refused.value)


def test_whoever_listens_for_statements_hears_a_prepared_one(connection: Connection):
    with statements_of(connection.engine) as heard:
        updates.first_time(connection, 41, NOW)
    assert heard.words() == ["INSERT seen_updates"]
    (_, parameters) = heard.statements[0]
    assert 41 in (parameters.values() if isinstance(parameters, dict) else parameters)
