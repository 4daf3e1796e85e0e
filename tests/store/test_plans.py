"""How the statements are carried out that run for every answer, at every tick, or over a whole round: none reads a growing table from end to end.

SQLite says "SCAN", PostgreSQL "Seq Scan"; there sequential reading is made so dear that the planner does it only where no index serves.
"""

import re
from functools import partial

from sqlalchemy import Connection, select

from bot.fieldwork import answering, contacting, conversation, ledger, once, rounds
from bot.fieldwork.records import Written
from bot.fieldwork.tapping import Tapped
from bot.store import tables
from tests.fieldwork import field
from tests.fieldwork.duties import duty_at
from tests.fieldwork.office import STUDY, import_class, open_round, roster, send_due, wib
from tests.store.listening import Heard, statements_of

GROWING = frozenset({
    "people", "accounts", "enrolments", "links", "consents", "responses", "answers", "answer_messages", "answer_history",
    "disposition_history", "contacts", "seen_updates", "audit",
})  # fmt: skip
OPENED = wib("2026-10-16 13:00")
SCANS = {"sqlite": r"^SCAN (\w+)", "postgresql": r"Seq Scan on (\w+)"}


def scanned(connection: Connection, heard: Heard) -> list[tuple[str, str]]:
    """(table, statement) of whatever is read from end to end."""
    dialect = connection.dialect.name
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[dialect]
    if dialect == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    found = []
    for statement, parameters in list(heard.statements):
        lines = connection.exec_driver_sql(explain + statement, parameters).all()
        for line in lines:
            named = re.search(SCANS[dialect], str(line[-1]).strip())
            if named and named[1] in GROWING:
                found.append((named[1], statement))
    return found


def class_of_forty(connection: Connection) -> tuple[int, int]:
    """(training, round): invited, some have begun."""
    training_id = import_class(connection, roster(size=40))
    round_id = open_round(connection, training_id, "post_training", now=OPENED)
    send_due(connection, OPENED)
    return training_id, round_id


def test_an_answer_reads_no_growing_table_from_end_to_end(connection: Connection):
    class_of_forty(connection)
    _, (person, *_), round_id = field.classroom(connection)
    field.attended(connection, partial(answering.agree, round_id=round_id, more=""))
    response_id = field.response_of(connection, person).response.id
    tap = Tapped(response_id, 3, 1, "choose", "setuju")
    with statements_of(connection.engine) as heard:
        field.attended(connection, partial(answering.tap, tapped=tap))
        written = Written("1 3", field.NOW, message_id=9)
        field.attended(connection, partial(conversation.typed, written=written))
        field.attended(connection, answering.resume)
        once.set_aside(connection, 7, "KeyError", field.NOW)
    assert len(heard.statements) > 20
    assert scanned(connection, heard) == []


def test_the_ticker_reads_no_growing_table_from_end_to_end(connection: Connection):
    class_of_forty(connection)
    later = wib("2026-10-19 09:00")
    with statements_of(connection.engine) as heard:
        contacting.next_due(connection, STUDY, later)
        rounds.due_to_open(connection, later)
        rounds.due_to_close(connection, later)
        assert send_due(connection, later)
    assert scanned(connection, heard) == []


def test_the_ledger_reads_no_growing_table_from_end_to_end(connection: Connection):
    training_id, _ = class_of_forty(connection)
    with statements_of(connection.engine) as heard:
        ledger.status(connection, duty_at(connection, training_id, OPENED))
    assert scanned(connection, heard) == []


def test_a_table_that_is_read_from_end_to_end_is_found(connection: Connection):
    with statements_of(connection.engine) as heard:
        connection.execute(select(tables.answers.c.item).where(tables.answers.c.value == "x"))
    assert [table for table, _ in scanned(connection, heard)] == ["answers"]
