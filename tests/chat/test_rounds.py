"""The ledger in the chat: what a coordinator reads and taps, through the routed handlers."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection

from bot.chat.round_buttons import RoundPress, decode, encode
from bot.fieldwork import rounds
from bot.store import tables
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import COORDINATOR, desk_on, labels_of
from tests.fieldwork.office import (
    STUDY,
    change_response,
    import_class,
    open_round,
    participant,
    people,
    roster,
    send_due,
    wib,
)

OPENED = wib("2027-01-14 08:30")
NOW = wib("2027-01-15 09:00")


def invited(connection: Connection) -> int:
    """Four, three connected; one has answered, one has declined."""
    training_id = import_class(connection, roster(size=4), connected=3)
    open_round(connection, training_id, now=OPENED)
    send_due(connection, OPENED)
    done, declined, *_ = people(connection, training_id)
    change_response(connection, done, disposition="complete", stage="done", completed_at=NOW)
    change_response(connection, declined, disposition="refused", stage="done")
    return training_id


def phones_on(database: Database) -> Phones:
    return Phones(desk_on(database, NOW))


async def test_the_status_of_the_only_training_is_shown_at_once(database: Database) -> None:
    await database.run(invited)
    phones = phones_on(database)
    text = await phones.write(COORDINATOR, "/status")
    for part in (
        "<b>Status Manajemen Keuangan Daerah Angk. II</b>",
        "<b>Tindak lanjut alumni</b>: terbuka sampai Rabu, 3 Februari 2027",
        "Lengkap 1 dari 4; sudah mulai 0; belum mulai 3.",
        "Belum menjawab dan belum terhubung: 1 orang.",
        "Pesan terkirim 3, tidak sampai 0.",
        "Pesan berikutnya Selasa, 19 Januari 2027.",
    ):
        assert part in text
    assert "Tidak bersedia" not in text
    assert labels_of(phones.screens[COORDINATOR][-1]) == [
        "Kelola: Evaluasi akhir pelatihan", "Siapa yang belum: Tindak lanjut alumni",
        "Ingatkan sekarang: Tindak lanjut alumni", "Kelola: Tindak lanjut alumni",
        "Kelola: Penilaian atasan", "Buku catatan (.xlsx)",
    ]  # fmt: skip


async def test_of_several_trainings_one_is_chosen(database: Database) -> None:
    await database.run(invited)
    other = roster(code="ARS-1", title="Kearsipan", cohort="", participants=(participant(9),))
    await database.run(import_class, other, connected=0)
    phones = phones_on(database)
    assert await phones.write(COORDINATOR, "/status") == "Status pelatihan mana?"
    assert "<b>Status Kearsipan</b>" in await phones.tap(COORDINATOR, "Kearsipan")


async def test_who_has_not_answered_is_read_aloud_by_name_only(database: Database) -> None:
    await database.run(invited)
    phones = phones_on(database)
    await phones.write(COORDINATOR, "/status")
    assert await phones.tap(COORDINATOR, "Siapa yang belum") == (
        "<b>Belum menjawab - Tindak lanjut alumni</b>\nManajemen Keuangan Daerah Angk. II\n"
        "\nTerhubung (2):\n- Peserta 1\n- Peserta 2\n"
        "\nBelum terhubung (1); kirimkan tautan pribadinya:\n- Peserta 3"
    )


async def test_reminding_says_first_how_many_and_who_is_held_back(database: Database) -> None:
    await database.run(invited)
    phones = phones_on(database)
    await phones.write(COORDINATOR, "/status")
    text = await phones.tap(COORDINATOR, "Ingatkan sekarang")
    assert "dimajukan untuk 1 orang, mulai Jumat, 15 Januari 2027 pukul 09.00 WIB" in text
    assert "Ditahan: 2\n" in text
    assert "- 1 tidak ingin diingatkan" in text
    assert "- 1 belum terhubung ke bot" in text
    assert await database.run(send_due, NOW) == []
    assert "Diingatkan: 1 orang" in await phones.tap(COORDINATOR, "Ingatkan 1 orang")
    assert "tidak ada yang dapat diingatkan" in await phones.tap(COORDINATOR, "Ingatkan 1 orang")
    assert await database.run(send_due, NOW) == [(1002, 1)]


async def test_the_workbook_names_nobody_as_having_declined(database: Database) -> None:
    await database.run(invited)
    phones = phones_on(database)
    await phones.write(COORDINATOR, "/status")
    await phones.tap(COORDINATOR, "Buku catatan")
    (file,) = phones.files[COORDINATOR]
    assert file.filename == "catatan-MKD-2026-2.xlsx"
    rows = list(load_workbook(BytesIO(file.content)).active.iter_rows(values_only=True))
    assert [(row[1], row[4]) for row in rows[1:]] == [
        ("Peserta 0", "sudah menjawab"), ("Peserta 1", "belum menjawab"),
        ("Peserta 2", "belum menjawab"), ("Peserta 3", "belum menjawab"),
    ]  # fmt: skip
    assert rows[1][7].startswith(
        "Kamis, 14 Januari 2027 pukul 08.30 WIB: dicatat sebagai responden"
    )


async def test_reminding_in_a_paused_round_says_that_nothing_goes_out_yet(
    database: Database,
) -> None:
    await database.run(invited)
    await database.run(pause_all)
    phones = phones_on(database)
    await phones.write(COORDINATOR, "/status")
    waits = "Putaran ini sedang dijeda: pesan baru keluar setelah pengiriman dilanjutkan."
    assert waits in await phones.tap(COORDINATOR, "Ingatkan sekarang")
    assert waits in await phones.tap(COORDINATOR, "Ingatkan 1 orang")


def pause_all(connection: Connection) -> None:
    connection.execute(tables.rounds.update().values(paused_at=NOW))


async def test_why_somebody_was_reminded_is_told_from_the_invitation_on(
    database: Database,
) -> None:
    await database.run(invited)
    text = await phones_on(database).write(COORDINATOR, "/jelaskan peserta 2")
    for part in (
        "<b>Pesan kepada Peserta 2</b>",
        "- Kamis, 14 Januari 2027 pukul 08.30 WIB: undangan terkirim",
        "- berikutnya pengingat 1: Selasa, 19 Januari 2027 pukul 08.30 WIB (3 hari kerja sesudah undangan)",
        "Masih ditunggu jawabannya.",
        "paling banyak 6 pesan dalam 30 hari dan berjarak 20 jam",
    ):
        assert part in text


async def test_among_several_of_that_name_one_is_chosen(database: Database) -> None:
    await database.run(invited)
    phones = phones_on(database)
    assert "Siapa yang dimaksud" in await phones.write(COORDINATOR, "/jelaskan peserta")
    assert "Pesan kepada Peserta 3" in await phones.tap(COORDINATOR, "Peserta 3")
    assert "belum terhubung" in phones.text(COORDINATOR)


@pytest.mark.parametrize("name", ["Peserta 0", "Peserta 1", "Peserta 2", "Peserta 3"])
@pytest.mark.parametrize("language", ["id", "en"])
async def test_no_explanation_says_that_somebody_declined(
    database: Database, name: str, language: str
) -> None:
    await database.run(invited)
    phones = phones_on(database)
    if language == "en":
        await phones.write(COORDINATOR, "/bahasa")
        await phones.tap(COORDINATOR, "English")
    text = (await phones.write(COORDINATOR, f"/jelaskan {name}")).lower()
    assert ("messages to" if language == "en" else "pesan kepada") in text
    for word in ("menolak", "tidak bersedia", "refus", "declin"):
        assert word not in text


async def test_without_a_name_it_says_how_to_ask(database: Database) -> None:
    phones = phones_on(database)
    assert "/jelaskan Sari" in await phones.write(COORDINATOR, "/jelaskan")
    assert 'memuat "<i>"' not in await phones.write(COORDINATOR, "/jelaskan <i>")
    assert 'memuat "&lt;i&gt;"' in phones.text(COORDINATOR)


@pytest.mark.parametrize(
    "data",
    ["r:", "r:status", "r:status:1", "r:drop:1:1:1", "r:status:99999999999:0:0", "r:status:1:0:x"],
)
async def test_forged_data_is_answered_and_changes_nothing(database: Database, data: str) -> None:
    phones = phones_on(database)
    await phones.press(COORDINATOR, data)
    assert "tidak berlaku" in phones.alerts[-1]


def test_what_is_encoded_is_decoded() -> None:
    assert decode(encode("remind", 7, 9, 3)) == RoundPress("remind", 7, 9, 3)
    assert len(encode("remindyes", 2**31 - 1, 2**31 - 1, 9999)) <= 64


async def test_extending_says_first_what_it_means_and_then_what_happened(
    database: Database,
) -> None:
    await database.run(invited)
    phones = phones_on(database)
    await phones.write(COORDINATOR, "/status")
    text = await phones.tap(COORDINATOR, "Kelola: Tindak lanjut alumni")
    assert text.startswith("Manajemen Keuangan Daerah Angk. II\n\n<b>Tindak lanjut alumni</b>")
    meaning = await phones.tap(COORDINATOR, "Perpanjang")
    assert (
        "Sekarang ditutup Rabu, 3 Februari 2027. Bila diperpanjang, 3 yang belum lengkap" in meaning
    )
    assert labels_of(phones.screens[COORDINATOR][-1]) == [
        "Sampai Sel 9 Feb", "Sampai Kam 11 Feb", "Sampai Kam 18 Feb", "Kembali",
    ]  # fmt: skip
    after = await phones.tap(COORDINATOR, "Sampai Kam 11 Feb")
    assert after.startswith("<b>Diperpanjang sampai Kamis, 11 Februari 2027.</b>")
    assert "terbuka sampai Kamis, 11 Februari 2027" in after


async def test_closing_is_asked_first_and_can_be_undone_by_opening_again(
    database: Database,
) -> None:
    await database.run(invited)
    phones = phones_on(database)
    await phones.write(COORDINATOR, "/status")
    await phones.tap(COORDINATOR, "Kelola: Tindak lanjut alumni")
    meaning = await phones.tap(COORDINATOR, "Tutup sekarang")
    assert "3 yang belum lengkap tidak dapat menjawab lagi" in meaning
    assert "3 pesan yang direncanakan dibatalkan" in meaning
    assert "<b>Ditutup.</b>" in await phones.tap(COORDINATOR, "Ya, tutup sekarang")
    await database.run(closed_by_the_ticker)
    await phones.write(COORDINATOR, "/status")
    await phones.tap(COORDINATOR, "Kelola: Tindak lanjut alumni")
    assert "dapat melanjutkan dari pertanyaan terakhirnya" in await phones.tap(
        COORDINATOR, "Buka kembali"
    )
    after = await phones.tap(COORDINATOR, "Sampai Rab 3 Feb")
    assert after.startswith("<b>Dibuka kembali sampai Rabu, 3 Februari 2027.</b>")


async def test_a_planned_round_is_given_up_and_planned_again(database: Database) -> None:
    await database.run(invited)
    phones = phones_on(database)
    await phones.write(COORDINATOR, "/status")
    await phones.tap(COORDINATOR, "Kelola: Penilaian atasan")
    meaning = await phones.tap(COORDINATOR, "Urungkan rencana")
    assert "tidak terbuka dengan sendirinya dan tidak ada yang diundang" in meaning
    assert "<b>Diurungkan.</b>" in await phones.tap(COORDINATOR, "Ya, urungkan")
    await phones.tap(COORDINATOR, "Rencanakan lagi")
    after = await phones.tap(COORDINATOR, "Ya, rencanakan lagi")
    assert "<b>Direncanakan lagi</b>, dibuka Kamis, 21 Januari 2027." in after


def closed_by_the_ticker(connection: Connection) -> None:
    for round_id in rounds.due_to_close(connection, NOW):
        while rounds.settle_some(connection, STUDY, round_id, NOW):
            pass
