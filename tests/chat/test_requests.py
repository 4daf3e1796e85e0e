"""/permintaan in the chat: seen by administrators, closed by a tap, and told to who asked."""

from functools import partial

from sqlalchemy import Connection, select

from bot.fieldwork import requests
from bot.store import audit, tables
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, desk_on
from tests.fieldwork.office import FIRST_CHAT, import_class, roster


async def office(database: Database) -> Phones:
    def asked(connection: Connection) -> None:
        import_class(connection, roster())
        query = select(tables.people.c.code).where(tables.people.c.name == "Peserta 0")
        requests.ask_correction(connection, connection.scalar(query), "Nama: <Siti>", NOW)

    await database.run(asked)
    return Phones(desk_on(database))


async def test_an_administrator_reads_and_closes_and_the_person_is_told(database: Database):
    phones = await office(database)
    shown = await phones.write(ADMINISTRATOR, "/permintaan")
    assert "Peserta 0" in shown
    assert "Nama: &lt;Siti&gt;" in shown
    assert "UU 27/2022" in await phones.tap(ADMINISTRATOR, "Peserta 0")
    assert "ditutup. Yang meminta" in await phones.tap(ADMINISTRATOR, "Sudah diperbaiki")
    assert "sudah dikerjakan" in phones.text(FIRST_CHAT)
    assert await phones.write(ADMINISTRATOR, "/permintaan") == "Tidak ada permintaan yang menunggu."


async def test_the_second_tap_tells_nobody_twice(database: Database):
    phones = await office(database)
    for _ in range(2):
        shown = await phones.press(ADMINISTRATOR, "m:wishno:1")
    assert "sudah ditutup sebelumnya" in shown
    assert len(phones.screens[FIRST_CHAT]) == 1


async def test_a_coordinator_does_not_learn_who_asked(database: Database):
    phones = await office(database)
    for shown in (
        await phones.write(COORDINATOR, "/permintaan"),
        await phones.press(COORDINATOR, "m:wish:1"),
        await phones.press(COORDINATOR, "m:wishdone:1"),
    ):
        assert "Peserta 0" not in shown


async def test_the_log_has_the_number_of_the_request_and_no_name(database: Database):
    phones = await office(database)
    await phones.press(ADMINISTRATOR, "m:wishdone:1")
    (line,) = await database.run(partial(audit.latest, limit=1))
    assert (line.action, dict(line.detail)) == ("close request", {"request": 1, "outcome": "done"})
