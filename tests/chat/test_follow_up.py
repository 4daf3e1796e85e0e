from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, update

from bot.chat.handlers import coordinator
from bot.chat.outgoing import EditMessage
from bot.chat.staff_buttons import StaffPress, decode, encode
from bot.chat.staff_screens import shortened
from bot.fieldwork import follow_ups, rounds
from bot.store import audit, tables
from bot.store import rounds as stored_rounds
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import (
    ADMINISTRATOR,
    COORDINATOR,
    NOW,
    data_of,
    desk_on,
    labels_of,
    screen_of,
    tapped,
    wrote,
)
from tests.fieldwork.office import STUDY, import_class, people, roster, round_of, send_due, wib

OPENING = NOW + follow_ups.TO_TAKE_BACK


def prepared(connection: Connection) -> int:
    """Five participants: three connected, one of them blocked the bot, one asked not to be contacted."""
    training_id = import_class(connection, roster(size=5), connected=4)
    blocked, opted_out, *_ = people(connection, training_id)
    accounts = tables.accounts
    connection.execute(
        update(accounts).where(accounts.c.person_id == blocked).values(blocked_at=wib("2027-01-01"))
    )
    connection.execute(
        update(tables.people)
        .where(tables.people.c.id == opted_out)
        .values(do_not_contact_at=wib("2027-01-01"))
    )
    return training_id


async def shown(
    database: Database, number: int, data: str, who: int = COORDINATOR, now=NOW
) -> EditMessage:
    outgoing = await coordinator.on_press(desk_on(database, now), tapped(number, data, who))
    assert isinstance(outgoing[-1], EditMessage)
    return outgoing[-1]


async def open_due(database: Database, now) -> int:
    opened = 0
    for round_id in await database.run(rounds.due_to_open, now):
        opened += await database.run(rounds.open_round, STUDY, round_id, now) is not None
    return opened


async def the_round(database: Database, training_id: int) -> stored_rounds.Round:
    return await database.run(round_of, training_id, "followup_alumni")


async def test_the_preview_says_to_whom_it_goes_to_whom_not_and_when(database: Database) -> None:
    training_id = await database.run(prepared)
    desk = desk_on(database)
    chosen = screen_of(await coordinator.on_follow_up(desk, wrote(1)))
    assert labels_of(chosen) == [shortened("Manajemen Keuangan Daerah Angk. II")]
    screen = screen_of(await coordinator.on_press(desk, tapped(2, chosen.buttons[0][0].data)))
    for sentence in (
        "Akan dikirim: 2 alumni, mulai Rabu, 13 Januari 2027 pukul 08.45 WIB, selesai sekitar 1 menit.",
        "Tidak dikirim: 3",
        "- 1 belum terhubung (tautan WhatsApp ada di buku tautan): Peserta 4",
        "- 1 memblokir bot",
        "- 1 meminta tidak dihubungi",
        "Pengingat: Sen 18 Jan, Jum 22 Jan; pesan terakhir Jum 29 Jan.",
        "Ditutup Selasa, 2 Februari 2027.",
        "Atasan: 5 penilaian untuk 1 atasan, dibuka Rabu, 20 Januari 2027. 1 atasan belum terhubung.",
        "BKPSDMD Kab. Bungo: tindak lanjut Manajemen Keuangan Daerah",
    ):
        assert sentence in screen.text
    assert labels_of(screen) == [
        "Kirim 2 undangan", "Lihat pesan lengkap", "Siapa yang tidak dikirim?", "Ubah jadwal",
        "Batal",
    ]  # fmt: skip
    assert decode(data_of(screen, "Kirim")) == StaffPress("send", training_id)


async def test_the_whole_messages_are_shown_as_one_of_them_reads_them(database: Database) -> None:
    training_id = await database.run(prepared)
    screen = (await shown(database, 1, encode("whole", training_id))).screen
    for part in (
        "Yth. Bapak/Ibu Peserta 2, pelatihan itu selesai pada Jumat, 16 Oktober 2026.",
        "<b>Sen 18 Jan</b>",
        "Barangkali pesan kami sebelumnya terlewat.",
        "<b>Jum 29 Jan</b>",
        "Ini pesan terakhir kami tentang survei",
    ):
        assert part in screen.text
    assert decode(data_of(screen, "Kembali")) == StaffPress("preview", training_id)


async def test_only_who_is_not_connected_is_named_among_those_who_get_none(
    database: Database,
) -> None:
    training_id = await database.run(prepared)
    text = (await shown(database, 1, encode("missed", training_id))).screen.text
    assert "- Peserta 4" in text
    assert "- 1 memblokir bot" in text
    assert "- 1 meminta tidak dihubungi" in text
    assert "Peserta 0" not in text
    assert "Peserta 1" not in text


async def test_nothing_goes_out_before_the_thirty_seconds_are_over(database: Database) -> None:
    training_id = await database.run(prepared)
    said = await shown(database, 1, encode("send", training_id))
    assert "Selama 30 detik ini masih dapat dibatalkan" in said.screen.text
    assert labels_of(said.screen) == ["Batalkan"]
    assert await open_due(database, OPENING - timedelta(seconds=1)) == 0
    assert await open_due(database, OPENING) == 1
    found = await the_round(database, training_id)
    assert (found.triggered_by, found.opened_at) == (COORDINATOR, OPENING)
    assert await database.run(send_due, OPENING) == [(1002, 0), (1003, 0)]


async def test_taken_back_in_time_the_round_stands_as_the_plan_had_it(database: Database) -> None:
    training_id = await database.run(prepared)
    before = await the_round(database, training_id)
    sent = await shown(database, 1, encode("send", training_id))
    later = NOW + timedelta(seconds=20)
    said = await shown(database, 2, data_of(sent.screen, "Batalkan"), now=later)
    assert "Sesuai rencana semula, putaran ini terbuka dengan sendirinya Kamis" in said.screen.text
    after = await the_round(database, training_id)
    assert (after.opens_at, after.opened_at) == (before.opens_at, None)
    assert (after.triggered_by, after.confirmed_at) == (None, None)
    assert await open_due(database, OPENING) == 0


async def test_taken_back_where_no_plan_lies_ahead_it_does_not_open_by_itself(
    database: Database,
) -> None:
    training_id = await database.run(prepared)
    late = wib("2027-02-20 09:00")
    for round_id in await database.run(rounds.due_to_open, late):
        await database.run(
            rounds.open_round, STUDY, round_id, late
        )  # its time has passed: given up
    await shown(database, 1, encode("send", training_id), now=late)
    said = await shown(database, 2, encode("undo", training_id), now=late)
    assert "tidak terbuka dengan sendirinya" in said.screen.text
    assert await open_due(database, late + timedelta(days=30)) == 0
    again = await shown(database, 3, encode("send", training_id), now=late)
    assert labels_of(again.screen) == ["Batalkan"]


async def test_after_the_opening_it_is_too_late_to_take_it_back(database: Database) -> None:
    training_id = await database.run(prepared)
    await shown(database, 1, encode("send", training_id))
    await open_due(database, OPENING)
    said = await shown(database, 2, encode("undo", training_id), now=OPENING)
    assert "tidak ada yang diubah" in said.screen.text
    assert (await the_round(database, training_id)).state == "open"


async def test_a_second_coordinator_and_a_second_tap_confirm_nothing_twice(
    database: Database,
) -> None:
    training_id = await database.run(prepared)
    first = await shown(database, 1, encode("send", training_id))
    assert "2 undangan dikirim" in first.screen.text
    for number, who in ((2, ADMINISTRATOR), (3, COORDINATOR)):
        again = await shown(database, number, encode("send", training_id), who)
        assert "sudah dikonfirmasi sebelumnya" in again.screen.text
    assert (await the_round(database, training_id)).triggered_by == COORDINATOR
    assert await open_due(database, OPENING) == 1
    assert await open_due(database, OPENING) == 0
    late = await shown(database, 4, encode("send", training_id), ADMINISTRATOR, OPENING)
    assert "sudah dibuka sebelumnya" in late.screen.text
    assert len(await database.run(send_due, OPENING)) == 2


async def test_what_was_confirmed_is_not_planned_anew_by_an_import(database: Database) -> None:
    training_id = await database.run(prepared)
    await shown(database, 1, encode("send", training_id))
    confirmed = await the_round(database, training_id)
    await database.run(prepared)  # the roster again
    assert await the_round(database, training_id) == confirmed


async def test_another_day_moves_the_whole_schedule(database: Database) -> None:
    training_id = await database.run(prepared)
    offered = (await shown(database, 1, encode("days", training_id))).screen
    assert labels_of(offered) == [
        "Sekarang", "Sesuai rencana (Kam 14 Jan)", "Jum 15 Jan", "Sen 18 Jan", "Sel 19 Jan",
        "Rab 20 Jan", "Kam 21 Jan",
    ]  # fmt: skip
    screen = (await shown(database, 2, data_of(offered, "Sen 18"))).screen
    assert "mulai Senin, 18 Januari 2027 pukul 08.30 WIB" in screen.text
    assert "Pengingat: Kam 21 Jan, Rab 27 Jan; pesan terakhir Rab 3 Feb." in screen.text
    assert decode(data_of(screen, "Kirim")) == StaffPress("send", training_id, date(2027, 1, 18))
    said = await shown(database, 3, data_of(screen, "Kirim"))
    assert "dijadwalkan" in said.screen.text
    found = await the_round(database, training_id)
    assert found.opens_at == wib("2027-01-18 08:30")
    assert await open_due(database, wib("2027-01-14 08:30")) == 0
    assert await open_due(database, wib("2027-01-18 08:30")) == 1


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2099, 1, 1), date(2027, 1, 13)])
async def test_a_day_that_no_button_offered_counts_as_now(database: Database, day: date) -> None:
    training_id = await database.run(prepared)
    await shown(database, 1, encode("send", training_id, day))
    assert (await the_round(database, training_id)).opens_at == OPENING


async def test_the_same_update_delivered_again_is_answered_the_same_way(
    database: Database,
) -> None:
    training_id = await database.run(prepared)
    for number, action in ((1, "send"), (2, "undo")):
        first = await shown(database, number, encode(action, training_id))  # type: ignore[arg-type]
        if action == "undo":
            assert await shown(database, number, encode("undo", training_id)) == first
    assert (await the_round(database, training_id)).confirmed_at is None


async def test_a_repeated_confirmation_says_again_that_it_is_confirmed(database: Database) -> None:
    training_id = await database.run(prepared)
    first = await shown(database, 1, encode("send", training_id))
    assert await shown(database, 1, encode("send", training_id)) == first


async def test_cancelling_opens_nothing(database: Database) -> None:
    training_id = await database.run(prepared)
    said = await shown(database, 1, encode("cancel", training_id))
    assert said.screen.text == "Dibatalkan. Tidak ada yang dikirim."
    assert (await the_round(database, training_id)).confirmed_at is None


async def test_a_training_that_still_runs_cannot_be_followed_up(database: Database) -> None:
    training_id = await database.run(import_class)
    class_day = wib("2026-10-16 09:00")
    desk = desk_on(database, class_day)
    assert "Tidak ada pelatihan" in screen_of(await coordinator.on_follow_up(desk, wrote(1))).text
    for number, action in enumerate(("preview", "send"), start=2):
        said = await shown(database, number, encode(action, training_id), now=class_day)  # type: ignore[arg-type]
        assert "baru selesai Jumat, 16 Oktober 2026" in said.screen.text
    assert (await the_round(database, training_id)).confirmed_at is None


async def test_the_log_says_which_taps_changed_nothing(database: Database) -> None:
    training_id = await database.run(prepared)
    for number, action in enumerate(("send", "send", "undo", "undo"), start=1):
        await shown(database, number, encode(action, training_id))  # type: ignore[arg-type]
    lines = reversed(await database.run(audit.latest, 4))
    assert [(line.action, line.detail.get("outcome", "")) for line in lines] == [
        ("trigger follow-up", ""), ("trigger follow-up", "unchanged"),
        ("take back follow-up", ""), ("take back follow-up", "unchanged"),
    ]  # fmt: skip


async def test_a_training_is_offered_however_many_newer_ones_there_are(database: Database):
    await database.run(import_class)
    for number in range(6):
        newer = roster(0, code=f"N-{number}", title=f"Baru {number}", starts_on=date(2027, 6, 1), ends_on=date(2027, 6, 2))  # fmt: skip
        await database.run(import_class, newer, connected=0)
    phones = Phones(desk_on(database))
    await phones.write(COORDINATOR, "/tindaklanjut")
    labels = labels_of(phones.screens[COORDINATOR][-1])
    assert [label for label in labels if "Manajemen Keuangan" in label]
    assert not [label for label in labels if "Baru" in label]
