"""The log of the whole bot at its most talkative: one JSON object a line, and nothing of anybody in it.

The real process at the simulator, with somebody whose name, NIP, chat and phone are rare enough to be searched for.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot import logs
from bot.errors import StoreError
from bot.simulator import people
from bot.simulator.books import Person
from bot.simulator.client import SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import BENCH, build_app, serving
from bot.store import tables
from bot.store.database import Database
from tests.fieldwork.field import NOW
from tests.test_erasing import CHAT_ID, NAME, NEEDLES, SAID, populate
from tests.whole_bot import bot_run, stopped, until

OWN_WORDS = "Kalimat rahasia delapan ribu"
SAYS = (
    "/start",
    "/lanjut",
    "1",
    OWN_WORDS,
    "1 3",
    "12",
    OWN_WORDS,
    "/koreksi",
    SAID,
    "/datasaya",
    "/jawaban",
    "/berhenti",
)


async def everything_said(folder: Path, url: str) -> list[str]:
    """The lines of a log in which somebody does what people do, and some of it goes wrong."""
    async with await Database.open(url) as database:
        round_id = await database.run(populate)
    app = build_app(clock_at(NOW.isoformat()))
    bench = app[BENCH]
    people.add_person(bench.books, Person(CHAT_ID, NAME, phone="+6281155500777"))
    async with (
        serving(app) as api,
        SimulatorClient(api) as telegram,
        bot_run(api, folder, DATABASE_URL=url, CLOCK_URL=api, LOG_LEVEL="DEBUG") as process,
    ):
        await until(lambda: bench.followers)
        for words in SAYS:
            people.say(bench.scene(), CHAT_ID, words)
            await telegram.advance(timedelta(seconds=5))  # and so the ticker speaks too
            if words == "/lanjut":
                people.tap(bench.scene(), CHAT_ID, 1, f"p:agree:{round_id}:")
                await telegram.advance(timedelta(seconds=5))
        await telegram.push_raw({"message": {"chat": NAME, "text": OWN_WORDS}})
        people.block(bench.scene(), CHAT_ID)
        bench.pulse.ring()
        await telegram.wait_quiet()
        assert any(OWN_WORDS in str(call.parameters) for call in bench.books.calls)
        code, log = await stopped(process)
    assert code == 0
    return log.splitlines()


async def test_the_log_of_a_whole_life_is_json_and_tells_nothing_of_anybody(
    sqlite_url: str, tmp_path: Path
):
    lines = await everything_said(tmp_path, sqlite_url)
    assert {"at", "level", "room", "message"} <= json.loads(lines[0]).keys()
    assert all(json.loads(line)["room"] for line in lines)
    assert any("is set aside" in line for line in lines)
    assert any("tick opened" in line for line in lines)
    needles = (*NEEDLES, SAID, OWN_WORDS, "555500777")
    assert [(needle, line) for line in lines for needle in needles if needle in line] == []


def logged(error: BaseException) -> str:
    record = logging.LogRecord(
        "bot", logging.ERROR, "", 0, "it failed", (), (type(error), error, error.__traceback__)
    )
    return logs.JsonLines().format(record)


def caught(work: Callable[[], object]) -> BaseException:
    try:
        work()
    except Exception as error:  # noqa: BLE001
        return error
    raise AssertionError("it went well")


QUOTING = {
    "a number": lambda: int(NAME),
    "a key": lambda: {}[NAME],
    "a choice": lambda: ["a"].remove(NAME),
    "a coding": f"{NAME}\ud800".encode,
}


@pytest.mark.parametrize("work", QUOTING.values(), ids=QUOTING)
def test_words_that_quote_somebody_stay_out_of_the_log(work: Callable[[], object]):
    def wrapped() -> None:
        try:
            work()
        except Exception as first:
            raise StoreError("the database did not do it: it is full") from first

    line = logged(caught(wrapped))
    assert NAME not in json.loads(line)["trace"]
    assert "test_logs.py" in line
    assert "StoreError: the database did not do it: it is full" in line


async def test_a_row_that_the_database_refuses_is_not_in_the_log(database: Database):
    def refused(connection: Connection) -> None:
        row = dict.fromkeys(("unit", "unit_group", "grade", "grade_group", "position"), "")
        for code, name in (("r1", NAME), ("r2", None)):
            values = {**row, "phone": NEEDLES[1], "code": code, "nip": code, "name": name}
            connection.execute(tables.people.insert(), values)

    with pytest.raises(IntegrityError) as failure:
        await database.run(refused)
    line = logged(failure.value)
    assert [needle for needle in (NAME, NEEDLES[1], "null,") if needle in line] == []
    assert "constraint" in line


async def test_a_task_that_nobody_waited_for_tells_only_of_its_kind(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.root.level)
    logs.configure("INFO")

    async def failing() -> None:
        int(NAME)

    task = asyncio.create_task(failing())
    await asyncio.wait({task})
    del task
    said = capsys.readouterr().err
    assert "never retrieved" in said
    assert "ValueError" in said
    assert NAME not in said
