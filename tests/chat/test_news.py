"""The message about the results: written by the coordinator, previewed, and sent once to those who answered."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, update

from bot.chat.contact_screens import contact_screen
from bot.fieldwork import contacting, rounds
from bot.store import tables
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, TEXTS, desk_on, labels_of
from tests.fieldwork.office import (
    STUDY,
    change_response,
    import_class,
    open_round,
    people,
    roster,
    round_of,
    send_due,
    wib,
)

OPENED, CLOSED = wib("2027-01-14 08:30"), wib("2027-02-04 00:00")
NOW = wib("2027-02-22 09:00")
THREE = "6 orang sudah menerapkan <materi>\n\nanggaran.\nklinik SPJ tiap triwulan"
TEXT = (
    "BKPSDMD Kab. Bungo: hasil evaluasi Manajemen Keuangan Daerah Angk. II\n"
    "Terima kasih telah ikut mengisi. Dari 6 peserta: 6 orang sudah menerapkan &lt;materi&gt;. "
    "Hambatan utama: anggaran. Yang akan dilakukan: klinik SPJ tiap triwulan."
)


def closed(connection: Connection, answered: int = 6) -> int:
    """Nine of whom so many answered; the round has closed. Two of the nine are not connected."""
    training_id = import_class(connection, roster(size=9), connected=7)
    round_id = open_round(connection, training_id, now=OPENED)
    send_due(connection, OPENED)
    while rounds.settle_some(connection, STUDY, round_id, CLOSED):
        pass
    for person in people(connection, training_id)[:answered]:
        change_response(connection, person, disposition="complete", completed_at=OPENED)
    return training_id


def go_out(connection: Connection, now=NOW) -> list[tuple[int, str]]:
    """What the ticker sends: (chat, text)."""
    sent = []
    for one in contacting.claim_due(connection, STUDY, now, 50):
        contact = contacting.recheck(connection, STUDY, one.contact_id, now)
        if contact is not None:
            screen = contact_screen(TEXTS, STUDY.office, contact)
            assert screen.buttons == ()
            sent.append((contact.chat_id, screen.text))
            contacting.record(connection, STUDY, one.contact_id, "sent", now)
    return sent


async def written(database: Database, text: str = THREE) -> Phones:
    phones = Phones(desk_on(database, NOW))
    await phones.write(COORDINATOR, "/status")
    await phones.tap(COORDINATOR, "Kelola: Tindak lanjut alumni")
    await phones.tap(COORDINATOR, "Kabarkan hasilnya")
    await phones.write(COORDINATOR, text)
    return phones


async def test_it_is_previewed_and_then_sent_to_those_who_answered(database: Database) -> None:
    await database.run(closed)
    phones = await written(database)
    screen = phones.screens[COORDINATOR][-1]
    assert "Dikirim kepada 6 orang yang ikut mengisi, sekali saja" in screen.text
    assert TEXT in screen.text
    assert labels_of(screen) == ["Kirim ke 6 orang", "Tulis ulang", "Batal"]
    assert await database.run(go_out) == []
    assert "dikirim kepada 6 orang" in await phones.tap(COORDINATOR, "Kirim ke 6 orang")
    assert await database.run(go_out) == [(chat, TEXT) for chat in range(1000, 1006)]


async def test_a_second_tap_and_a_second_colleague_send_nothing_twice(database: Database) -> None:
    training_id = await database.run(closed)
    phones = await written(database)
    await phones.tap(COORDINATOR, "Kirim ke 6 orang")
    round_id = (await database.run(round_of, training_id, "followup_alumni")).id
    for who in (COORDINATOR, ADMINISTRATOR):
        shown = await phones.press(who, f"r:newsyes:{training_id}:{round_id}:1")
        assert "sudah dikirim sebelumnya" in shown
        assert "sudah dikirim" in await phones.press(who, f"r:news:{training_id}:{round_id}:0")
    assert len(await database.run(go_out)) == 6
    assert await database.run(go_out, NOW + timedelta(days=1)) == []


async def test_who_blocked_the_bot_or_wants_no_messages_gets_none(database: Database) -> None:
    training_id = await database.run(closed)
    phones = await written(database)
    await phones.tap(COORDINATOR, "Kirim ke 6 orang")
    await database.run(one_blocks_one_opts_out, training_id)
    assert [chat for chat, _ in await database.run(go_out)] == [1002, 1003, 1004, 1005]


async def test_it_keeps_to_the_office_hours(database: Database) -> None:
    await database.run(closed)
    phones = await written(database)
    await phones.tap(COORDINATOR, "Kirim ke 6 orang")
    assert await database.run(go_out, wib("2027-02-22 18:00")) == []
    assert len(await database.run(go_out, wib("2027-02-23 08:30"))) == 6


async def test_it_counts_for_no_one_as_an_invitation_or_a_reminder(database: Database) -> None:
    await database.run(closed)
    phones = await written(database)
    before = await phones.write(COORDINATOR, "/status")
    await phones.tap(COORDINATOR, "Kelola: Tindak lanjut alumni")
    await phones.tap(COORDINATOR, "Kabarkan hasilnya")
    await phones.tap(COORDINATOR, "Kirim ke 6 orang")
    await database.run(go_out)
    assert await phones.write(COORDINATOR, "/status") == before


@pytest.mark.parametrize(
    ("text", "lines"), [("satu", 1), ("a\nb\nc\nd", 4), ("a\nb\n" + "c" * 301, 3)]
)
async def test_other_than_three_short_lines_is_asked_again(
    database: Database, text: str, lines: int
) -> None:
    await database.run(closed)
    phones = await written(database, text)
    assert f"Yang terbaca {lines} baris" in phones.text(COORDINATOR)
    await phones.write(COORDINATOR, THREE)
    assert TEXT in phones.text(COORDINATOR)


async def test_it_can_be_written_again_or_given_up(database: Database) -> None:
    await database.run(closed)
    phones = await written(database)
    assert "tiga baris" in await phones.tap(COORDINATOR, "Tulis ulang")
    await phones.write(COORDINATOR, "x\ny\nz")
    assert "Hambatan utama: y." in phones.text(COORDINATOR)
    assert "tidak jadi ditulis" in await phones.tap(COORDINATOR, "Batal")
    assert await database.run(go_out) == []
    await phones.write(COORDINATOR, THREE)  # no news any more
    assert TEXT not in phones.text(COORDINATOR)


@pytest.mark.parametrize("action", ["newsagain", "newsdrop"])
async def test_the_same_tap_delivered_again_drops_nothing_that_was_written_since(
    database: Database, action: str
) -> None:
    training_id = await database.run(closed)
    phones = await written(database)
    round_id = (await database.run(round_of, training_id, "followup_alumni")).id
    again, look = (f"r:{one}:{training_id}:{round_id}:0" for one in (action, "news"))
    await phones.press(COORDINATOR, again, number=1)
    await phones.press(COORDINATOR, look)
    await phones.write(COORDINATOR, THREE)
    await phones.press(COORDINATOR, again, number=1)
    assert TEXT in await phones.press(COORDINATOR, look)


async def test_where_too_few_answered_there_is_none(database: Database) -> None:
    await database.run(closed, 4)
    phones = Phones(desk_on(database, NOW))
    await phones.write(COORDINATOR, "/status")
    await phones.tap(COORDINATOR, "Kelola: Tindak lanjut alumni")
    assert "menunjuk orangnya" in await phones.tap(COORDINATOR, "Kabarkan hasilnya")


async def test_an_open_round_has_no_news_yet(database: Database) -> None:
    training_id = await database.run(import_class)
    round_id = await database.run(lambda c: open_round(c, training_id, now=OPENED))
    phones = Phones(desk_on(database, OPENED))
    shown = await phones.press(COORDINATOR, f"r:news:{training_id}:{round_id}:0")
    assert "sesudah putaran ini ditutup" in shown


def one_blocks_one_opts_out(connection: Connection, training_id: int) -> None:
    blocked, opted_out, *_ = people(connection, training_id)
    accounts, persons = tables.accounts, tables.people
    connection.execute(
        update(accounts).where(accounts.c.person_id == blocked).values(blocked_at=NOW)
    )
    connection.execute(
        update(persons).where(persons.c.id == opted_out).values(do_not_contact_at=NOW)
    )
