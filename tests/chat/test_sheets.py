"""The office's own sheet in the chat: filled in, left and taken up again by a colleague, changed, and in trainings.csv."""

import asyncio
import csv
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.fieldwork import export
from bot.store import draft_tables, office_sheets, questionnaires, tables
from bot.store import staff as stored
from bot.store.database import Database
from bot.survey.xlsform import compile_form
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, desk_on
from tests.fieldwork import field
from tests.fieldwork.office import CONFIG, IMPORTED, STUDY, import_class, participant, roster

FORM = compile_form(CONFIG / "questionnaires" / "office.md")
OF_ONE = 602


@pytest.fixture
async def phones(database: Database) -> Phones:
    def office(connection: Connection) -> None:
        first = import_class(connection)
        import_class(connection, roster(code="ARS-1", participants=(participant(7),)), connected=0)
        questionnaires.keep(connection, FORM, IMPORTED)
        stored.save(connection, OF_ONE, "coordinator", all_trainings=False, by=1, now=NOW)
        stored.give(connection, OF_ONE, first)

    await database.run(office)
    return Phones(replace(desk_on(database), study=field.STUDY))


async def filled_in(phones: Phones, who: int = COORDINATOR) -> str:
    """What stands at the end."""
    await phones.press(who, "k:sheet:1")
    for said in ("125000000", "118.500.000", "[Ya, ada", "[Sebagian", "[Menurut tugas", "[Ada"):
        await say(phones, who, said)
    for said in ("82,4", "84", "Sisa dipakai untuk bahan ajar"):
        await say(phones, who, said)
    return phones.text(who)


async def say(phones: Phones, who: int, what: str) -> None:
    await (phones.tap(who, what[1:]) if what.startswith("[") else phones.write(who, what))


def trainings_csv(folder: Path) -> dict[str, str]:
    with (folder / "trainings.csv").open(encoding="utf-8") as file:
        return next(row for row in csv.DictReader(file) if row["training"] == "MKD-2026-2")


async def test_what_is_typed_while_the_next_card_is_on_its_way_fills_in_nothing(phones: Phones):
    await phones.press(COORDINATOR, "k:sheet:1")
    phones.desk.posing[COORDINATOR] += 1  # as the outbox counts it
    assert "mungkin terkirim sebelum" in await phones.write(COORDINATOR, "125000000")
    phones.desk.posing.clear()
    assert "9 dari 9" in await filled_in(phones)


async def test_the_whole_sheet_is_kept_and_leaves_with_the_trainings(
    phones: Phones, database: Database, tmp_path: Path
):
    assert "9 dari 9" in await filled_in(phones)
    await database.read(export.write_tables, STUDY, tmp_path)
    row = trainings_csv(tmp_path)
    assert {name: value for name, value in row.items() if name.startswith("office_")} == {
        "office_budget_planned": "125000000", "office_budget_used": "118500000",
        "office_in_plan": "ya", "office_needs_analysis": "sebagian",
        "office_selection": "kebutuhan", "office_skm": "ada", "office_skm_before": "82.4",
        "office_skm_after": "84", "office_note": "Sisa dipakai untuk bahan ajar",
    }  # fmt: skip


def test_every_question_of_the_form_has_its_column():
    asked = {f"office_{item.name}" for item in FORM.items if item.asked}
    assert asked == {name for name in export.TRAINING_COLUMNS if name.startswith("office_")}


async def test_a_sheet_that_was_never_opened_is_empty(
    phones: Phones, database: Database, tmp_path: Path
):
    await database.read(export.write_tables, STUDY, tmp_path)
    assert {trainings_csv(tmp_path)[f"office_{name}"] for name in ("skm", "note")} == {""}
    assert phones.screens == {}


async def test_it_is_no_response_of_anybody(phones: Phones, database: Database):
    await filled_in(phones)
    rows = await database.run(lambda connection: connection.execute(select(tables.responses)).all())
    assert rows == []


async def test_a_colleague_goes_on_where_the_first_one_stopped(phones: Phones):
    await phones.press(COORDINATOR, "k:sheet:1")
    await phones.write(COORDINATOR, "125000000")
    assert "1 jawaban tersimpan" in await phones.tap(COORDINATOR, "Tutup lembar")
    assert "terpakai" in await phones.press(OF_ONE, "k:sheet:1")


async def test_two_who_type_at_once_answer_the_question_they_see_and_not_the_next(
    phones: Phones, database: Database
):
    for who in (COORDINATOR, OF_ONE):
        await phones.press(who, "k:sheet:1")
    await asyncio.gather(phones.write(COORDINATOR, "125000000"), phones.write(OF_ONE, "118500000"))
    (kept,) = (await database.run(office_sheets.all_of_them)).values()
    assert kept.answers["budget_planned"].value in {"125000000", "118500000"}
    assert "budget_used" not in kept.answers
    late = next(who for who in (COORDINATOR, OF_ONE) if "baru saja menjawab" in phones.text(who))
    await phones.write(late, "99")
    (kept,) = (await database.run(office_sheets.all_of_them)).values()
    assert kept.answers["budget_used"].value == "99"


async def test_two_who_open_a_new_sheet_at_once_open_the_same(phones: Phones, database: Database):
    await asyncio.gather(*(phones.press(who, "k:sheet:1") for who in (COORDINATOR, OF_ONE)))
    await asyncio.gather(phones.write(COORDINATOR, "1000"), phones.press(OF_ONE, "k:sheet:1"))
    (kept,) = (await database.run(office_sheets.all_of_them)).values()
    assert kept.answers["budget_planned"].value == "1000"


async def test_what_is_kept_can_be_looked_at_and_changed(phones: Phones):
    await filled_in(phones)
    shown = await phones.tap(COORDINATOR, "Lihat atau ubah")
    assert "125000000" in shown.replace(".", "")


async def test_what_is_typed_after_closing_is_no_longer_for_the_sheet(phones: Phones):
    await phones.press(COORDINATOR, "k:sheet:1")
    await phones.tap(COORDINATOR, "Tutup lembar")
    assert "Lembar kantor" not in await phones.write(COORDINATOR, "125000000")


async def test_who_has_lost_the_training_types_for_themselves_again(
    phones: Phones, database: Database
):
    await phones.press(OF_ONE, "k:sheet:1")
    await database.run(stored.take, OF_ONE, 1)
    for _ in range(2):
        assert "Lembar kantor" not in await phones.write(OF_ONE, "125000000")


@pytest.mark.parametrize("data", ["o:2:2:0:choose:1", "o:1:2:0:choose:1"])
async def test_a_forged_answer_to_anothers_sheet_is_refused(
    phones: Phones, database: Database, data: str
):
    who = OF_ONE if data.startswith("o:2") else 999
    with pytest.raises(Exception, match=r"pelatihan_orang_lain|bukan_petugas"):
        await phones.press(who, data)
    rows = await database.run(
        lambda connection: connection.execute(select(draft_tables.office_sheets)).all()
    )
    assert rows == []


async def test_without_the_form_the_office_is_told_so(database: Database):
    await database.run(import_class)
    phones = Phones(desk_on(database))
    assert "form_id office" in await phones.press(ADMINISTRATOR, "k:sheet:1")
