"""Personal links as a workbook, made in the chat."""

import asyncio
import io
from datetime import timedelta
from urllib.parse import unquote

from openpyxl import load_workbook

from bot.chat.class_buttons import class_data
from bot.fieldwork.links_workbook import wa_me
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, desk_on
from tests.fieldwork.office import import_class, participant, roster


async def prepared(database: Database, connected: int = 1) -> tuple[Phones, int]:
    listed = tuple(participant(n, phone=f"+628115550000{n}", superior=None) for n in range(2))
    training_id = await database.run(import_class, roster(participants=listed), connected=connected)
    return Phones(desk_on(database)), training_id


async def made(phones: Phones, training_id: int):
    await phones.press(COORDINATOR, class_data("links", training_id))
    await phones.tap(COORDINATOR, "Buat 1 tautan")
    return load_workbook(io.BytesIO(phones.files[COORDINATOR][-1].content)).worksheets[0]


async def test_who_is_not_connected_gets_a_link_a_text_and_a_tap_to_whatsapp(database: Database):
    phones, training_id = await prepared(database)
    sheet = await made(phones, training_id)
    (row,) = list(sheet.iter_rows(min_row=2))
    assert row[0].value == "Peserta 1"
    assert row[4].value in row[5].value
    assert "terhubung sebagai Peserta 1" in await phones.write(902, row[7].value)
    assert row[6].hyperlink.target.startswith("https://wa.me/6281155500001?text=Yth.")
    assert unquote(row[6].hyperlink.target).endswith(row[5].value)


async def test_the_link_connects_and_a_newer_one_ends_it(database: Database):
    phones, training_id = await prepared(database)
    tokens = []
    for minutes in range(2):
        phones.desk = desk_on(database, NOW + timedelta(minutes=minutes))
        sheet = await made(phones, training_id)
        tokens.append(sheet.cell(2, 5).value.split("start=")[1])
    assert "tidak berlaku" in await phones.write(901, f"/start {tokens[0]}")
    assert "Sudah terhubung sebagai Peserta 1" in await phones.write(901, f"/start {tokens[1]}")


async def test_the_same_update_again_makes_no_second_links(database: Database):
    phones, training_id = await prepared(database)
    for _ in range(2):
        await phones.press(COORDINATOR, class_data("makelinks", training_id), number=1)
    assert len(phones.files[COORDINATOR]) == 1
    assert "Buat" in phones.screens[COORDINATOR][-1].buttons[0][0].label


async def test_two_taps_at_once_make_one_file_and_its_links_stay_good(database: Database):
    phones, training_id = await prepared(database)
    data = class_data("makelinks", training_id)
    taps = (COORDINATOR, COORDINATOR, ADMINISTRATOR)
    await asyncio.gather(*(phones.press(who, data) for who in taps))
    ((made_once,),) = [files for files in phones.files.values() if files]
    said = [screen.text for who in set(taps) for screen in phones.screens[who]]
    assert len([text for text in said if "baru saja dibuat" in text]) == 2
    sheet = load_workbook(io.BytesIO(made_once.content)).worksheets[0]
    token = sheet.cell(2, 5).value.split("start=")[1]
    assert "Sudah terhubung sebagai Peserta 1" in await phones.write(901, f"/start {token}")


async def test_when_everybody_is_connected_no_link_is_offered(database: Database):
    phones, training_id = await prepared(database, connected=2)
    shown = await phones.press(COORDINATOR, class_data("links", training_id))
    assert "Semua sudah terhubung" in shown


def test_what_is_no_phone_number_opens_no_whatsapp():
    assert wa_me("", "x") == ""
    assert wa_me("0747-555", "x") == ""
    assert wa_me("+628115550001", "a & b") == "https://wa.me/628115550001?text=a%20%26%20b"
