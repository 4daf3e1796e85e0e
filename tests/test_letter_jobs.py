"""Surat pengantar from the coordinator's tap to the Word document, and its number in the superior's chat."""

import io
from dataclasses import replace
from datetime import date, timedelta

import docx
import pytest
from openpyxl import load_workbook

from bot.chat import letter_papers
from bot.chat.class_buttons import class_data
from bot.errors import FieldworkError
from bot.fieldwork import letters
from bot.fieldwork.letters import Written, read_letter
from bot.fieldwork.reporting import LEASE, claim_job
from bot.fieldwork.staff import Named
from bot.letter_jobs import LetterJobs
from bot.store import jobs
from bot.store import letters as stored
from bot.store.database import Database
from bot.store.letters import Letter
from bot.word_child import written
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, desk_on
from tests.fieldwork.office import import_class, participant, roster, superior

NUMBER = "800/12/BKPSDMD/2027"
SUPERIOR = 990
LONG_AGO = NOW - timedelta(days=1)


async def office(database: Database) -> tuple[Phones, int]:
    """A class of seven: six have one superior, the last has another."""
    listed = [participant(number, superior=superior(60)) for number in range(6)]
    listed.append(participant(6, superior=superior(61)))
    training_id = await database.run(import_class, roster(participants=tuple(listed)))
    return Phones(desk_on(database)), training_id


async def told(phones: Phones, training_id: int, text: str) -> str:
    await phones.press(COORDINATOR, class_data("letters", training_id))
    await phones.tap(COORDINATOR, "Isi nomor surat")
    return await phones.write(COORDINATOR, text)


async def addressed(phones: Phones, named: Named | None = None) -> Written | None:
    """What the job that waits would write."""
    desk = phones.desk
    job = await desk.run(jobs.claim, NOW, LONG_AGO)
    assert job is not None
    return await desk.run(letters.written, desk.study, named or desk.named, job, NOW)


def words(content: bytes) -> str:
    word = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


async def test_all_letters_of_a_training_come_as_one_document(database: Database):
    phones, training_id = await office(database)
    await told(phones, training_id, f"{NUMBER} tanggal 14 Januari 2027")
    assert "segera menyusul" in await phones.tap(COORDINATOR, "Buat semua (2)")
    job = await phones.desk.run(jobs.claim, NOW, NOW)
    assert job is not None
    (sent,), state = await LetterJobs(phones.desk).made(job, NOW)
    assert (state, sent.filename) == ("done", "surat-pengantar-MKD-2026-2.docx")
    text = words(sent.content)
    assert text.count(NUMBER) == 2
    assert "Muara Bungo, 14 Januari 2027" in text
    assert "Yth. Atasan 60\nKepala Bidang" in text
    assert "sedikitnya dari 5 atasan" in text
    assert text.count("?start=p") == 2


async def test_the_bot_names_the_number_when_the_link_is_opened(database: Database):
    phones, training_id = await office(database)
    await told(phones, training_id, NUMBER)
    await phones.tap(COORDINATOR, "Buat semua (2)")
    found = await addressed(phones)
    assert found is not None
    shown = await phones.write(SUPERIOR, f"/start {found.letters[0].token}")
    assert f"surat nomor {NUMBER}" in shown
    assert "Siapa yang mengisi?" in shown


async def test_the_signature_never_stands_alone_on_a_page(database: Database):
    phones, training_id = await office(database)
    await phones.press(COORDINATOR, class_data("letterall", training_id))
    job = await phones.desk.run(jobs.claim, NOW, NOW)
    assert job is not None
    (sent,), _ = await LetterJobs(phones.desk).made(job, NOW)
    held = [
        one.text
        for one in docx.Document(io.BytesIO(sent.content)).paragraphs
        if one.paragraph_format.keep_with_next
    ]
    assert len(held) == 2  # a letter each
    assert all("terima kasih" in text for text in held)


async def test_a_letter_names_the_alumni_that_will_be_asked_about_and_at_most_five(
    database: Database,
):
    phones, training_id = await office(database)
    await phones.press(COORDINATOR, class_data("letterall", training_id))
    found = await addressed(phones)
    assert found is not None
    assert [len(one.alumni) for one in found.letters] == [5, 1]


NAMESAKES = [  # unit and position of each, and how the two buttons read
    (("BPKAD", "Kepala Bidang"), ("RSUD", "Kepala Bidang"), ("BPKAD", "RSUD")),
    (("BPKAD", "Kepala Bidang"), ("BPKAD", "Sekretaris"), ("Kepala Bidang", "Sekretaris")),
    (("BPKAD", "Kepala Bidang"), ("BPKAD", "Kepala Bidang"), ("Peserta 0", "Peserta 1")),
]


@pytest.mark.parametrize(("first", "second", "apart"), NAMESAKES)
async def test_superiors_of_one_name_are_told_apart(
    database: Database, first: tuple[str, str], second: tuple[str, str], apart: tuple[str, str]
):
    listed = tuple(
        participant(
            number,
            unit=unit,
            superior=superior(60 + number, name="Budi Santoso", position=position),
        )
        for number, (unit, position) in enumerate((first, second))
    )
    training_id = await database.run(import_class, roster(participants=listed))
    phones = Phones(desk_on(database))
    await phones.press(COORDINATOR, class_data("letterlist", training_id))
    await phones.tap(COORDINATOR, f"Budi Santoso ({apart[1]})")
    found = await addressed(phones)
    assert found is not None
    assert [one.alumni for one in found.letters] == [("Peserta 1",)]


async def test_one_superior_may_be_chosen(database: Database):
    phones, training_id = await office(database)
    await phones.press(COORDINATOR, class_data("letters", training_id))
    await phones.tap(COORDINATOR, "Pilih satu atasan")
    await phones.tap(COORDINATOR, "Atasan 61")
    found = await addressed(phones)
    assert found is not None
    assert [one.name for one in found.letters] == ["Atasan 61"]


async def test_a_newer_letter_ends_the_link_of_the_one_before(database: Database):
    phones, training_id = await office(database)
    tokens = []
    for who in (COORDINATOR, ADMINISTRATOR):
        await phones.press(who, class_data("letterall", training_id))
        found = await addressed(phones)
        assert found is not None
        tokens.append(found.letters[0].token)
    assert "tidak berlaku" in await phones.write(SUPERIOR, f"/start {tokens[0]}")
    assert "Siapa yang mengisi?" in await phones.write(SUPERIOR, f"/start {tokens[1]}")


async def test_letters_that_a_crash_cut_off_are_made_again_with_links_that_work(database: Database):
    phones, training_id = await office(database)
    await phones.press(COORDINATOR, class_data("letterall", training_id))
    cut_off = await addressed(phones)
    later = NOW + LEASE
    job = await database.run(claim_job, later)
    assert job is not None
    again = await database.run(letters.written, phones.desk.study, phones.desk.named, job, later)
    assert again is not None
    assert cut_off is not None
    assert [one.alumni for one in again.letters] == [one.alumni for one in cut_off.letters]
    assert "tidak berlaku" in await phones.write(SUPERIOR, f"/start {cut_off.letters[0].token}")
    assert "Siapa yang mengisi?" in await phones.write(SUPERIOR, f"/start {again.letters[0].token}")


async def test_who_has_left_meanwhile_gets_no_letter(database: Database):
    phones, training_id = await office(database)
    await phones.press(COORDINATOR, class_data("letterall", training_id))
    assert await addressed(phones, Named()) is None


async def test_the_same_update_again_asks_once(database: Database):
    phones, training_id = await office(database)
    for _ in range(2):
        await phones.press(COORDINATOR, class_data("letterall", training_id), number=1)
    assert await addressed(phones) is not None
    assert await phones.desk.run(jobs.claim, NOW, LONG_AGO) is None


async def test_the_number_stands_in_the_whatsapp_text_too(database: Database):
    phones, training_id = await office(database)
    await told(phones, training_id, NUMBER)
    await phones.press(COORDINATOR, class_data("makelinks", training_id))
    content = phones.files[COORDINATOR][-1].content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert any(f"nomor {NUMBER}" in str(row[5].value) for row in sheet.iter_rows(min_row=2))


async def test_the_same_facts_give_the_same_bytes_and_a_name_that_is_no_xml_spoils_nothing(
    database: Database,
):
    phones, training_id = await office(database)
    await phones.press(COORDINATOR, class_data("letterall", training_id))
    found = await addressed(phones)
    assert found is not None
    evil = replace(found.letters[0], name="Ratna <Dewi> & \x00\x0b]]>")
    text = letter_papers.letters(
        phones.desk.texts, phones.desk.study, replace(found, letters=(evil,)), "bungo_bot"
    )
    assert written(text) == written(text)
    assert "Yth. Ratna <Dewi> & ]]>" in words(written(text))


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        (NUMBER, Letter(NUMBER, date(2027, 1, 15))),
        (f"  {NUMBER} tanggal 14 Januari 2027", Letter(NUMBER, date(2027, 1, 14))),
        (f"{NUMBER}, tgl. 14/1/2027", Letter(NUMBER, date(2027, 1, 14))),
        (f"{NUMBER}; kemarin", Letter(NUMBER, date(2027, 1, 14))),
        (f"{NUMBER} dated 14 January 2027", Letter(NUMBER, date(2027, 1, 14))),
        ("belum ada", "surat_nomor_salah"),
        ("9" * 61, "surat_nomor_salah"),
        (f"{NUMBER} tanggal entah", "surat_tanggal_salah"),
    ],
)
def test_number_and_date_are_read_as_people_write_them(text: str, letter: Letter | str):
    try:
        found: Letter | str = read_letter(text, date(2027, 1, 15))
    except FieldworkError as refused:
        found = refused.text_key
    assert found == letter


async def test_a_number_that_cannot_be_read_keeps_the_one_before(database: Database):
    phones, training_id = await office(database)
    await told(phones, training_id, NUMBER)
    assert "belum terbaca" in await told(phones, training_id, "belum ada")
    kept = await database.run(stored.of_training, training_id)
    assert kept is not None
    assert kept.number == NUMBER
