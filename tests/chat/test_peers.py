"""Peers in the coordinator's chat: asked only when somebody wants it, each with a letter that names whom it is about."""

from datetime import timedelta

from sqlalchemy import Connection, select

from bot.chat.staff_buttons import encode
from bot.fieldwork import letters, rounds
from bot.fieldwork.follow_ups import TO_TAKE_BACK
from bot.letter_jobs import LetterJobs
from bot.store import jobs, tables
from bot.store import rounds as stored_rounds
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import COORDINATOR, NOW, desk_on
from tests.fieldwork.office import STUDY, connect, import_class, people, round_of
from tests.fieldwork.test_peers import listed
from tests.test_letter_jobs import words

PEER = 880
OPENING = NOW + TO_TAKE_BACK


def prepared(connection: Connection) -> int:
    """Seven alumni; one peer of all of them, who is connected, and another of the first."""
    training_id = import_class(connection, listed((70, 71), *[(70,)] * 6))
    connect(connection, people(connection, training_id, "peer")[0], PEER)
    return training_id


async def office(database: Database) -> tuple[Phones, int]:
    training_id = await database.run(prepared)
    phones = Phones(desk_on(database))
    await phones.press(COORDINATOR, encode("detail", training_id))
    return phones, training_id


def issued(connection: Connection) -> list[int]:
    """Of each peer, about how many."""
    found = connection.execute(select(tables.responses.c.person_id)).scalars().all()
    return sorted(found.count(one) for one in set(found))


def opens(connection: Connection, training_id: int) -> bool:
    """Whether the peers' round opens by itself within a month."""
    found = stored_rounds.of_kind(connection, training_id, "followup_peer")
    return found is not None and found.id in rounds.due_to_open(
        connection, NOW + timedelta(days=30)
    )


async def test_peers_are_asked_after_a_preview_and_half_a_minute(database: Database):
    phones, training_id = await office(database)
    shown = await phones.tap(COORDINATOR, "Tanyai rekan kerja")
    assert "Penilaian yang diminta: 6. Akan dikirim: 1 rekan kerja" in shown
    assert "- 1 belum terhubung (tautan WhatsApp ada di buku tautan): Rekan 71" in shown
    said = await phones.tap(COORDINATOR, "Kirim 1 undangan")
    assert "Penilaian rekan kerja Manajemen Keuangan Daerah" in said
    found = await database.run(round_of, training_id, "followup_peer")
    assert await database.run(rounds.open_round, STUDY, found.id, OPENING) is not None
    assert await database.run(issued) == [1, 5]  # at most five alumni each
    assert found.triggered_by == COORDINATOR


async def test_taken_back_the_peers_are_not_asked_by_themselves_either(database: Database):
    phones, training_id = await office(database)
    await phones.tap(COORDINATOR, "Tanyai rekan kerja")
    await phones.tap(COORDINATOR, "Kirim 1 undangan")
    said = await phones.tap(COORDINATOR, "Batalkan")
    assert "Untuk membukanya nanti, ketik /pelatihan." in said
    assert not await database.run(opens, training_id)
    await phones.press(COORDINATOR, encode("detail", training_id))
    await phones.tap(COORDINATOR, "Tanyai rekan kerja")
    assert "dapat dibatalkan" in await phones.tap(COORDINATOR, "Kirim 1 undangan")


async def test_another_day_is_that_of_the_peers_round(database: Database):
    phones, training_id = await office(database)
    await phones.tap(COORDINATOR, "Tanyai rekan kerja")
    await phones.tap(COORDINATOR, "Ubah jadwal")
    await phones.tap(COORDINATOR, "Jum 15 Jan")
    assert "dijadwalkan" in await phones.tap(COORDINATOR, "Kirim 1 undangan")
    found = await database.run(round_of, training_id, "followup_peer")
    assert found.confirmed_at is not None
    alumni = await database.run(stored_rounds.of_kind, training_id, "followup_alumni")
    assert alumni is not None
    assert alumni.confirmed_at is None


async def test_without_peers_there_is_no_button_and_nothing_to_send(database: Database):
    training_id = await database.run(import_class, listed((), ()))
    phones = Phones(desk_on(database))
    assert "Tanyai rekan kerja" not in await phones.press(
        COORDINATOR, encode("detail", training_id)
    )
    forged = encode("send", training_id, of_peers=True)
    assert "belum ada rekan kerja di daftar" in await phones.press(COORDINATOR, forged)
    assert not await database.run(opens, training_id)


async def test_a_letter_to_a_peer_names_the_alumni_and_the_number(database: Database):
    phones, _ = await office(database)
    await phones.tap(COORDINATOR, "Surat untuk rekan")
    await phones.tap(COORDINATOR, "Isi nomor surat")
    assert "Untuk 2 rekan kerja, nomor 800/12" in await phones.write(COORDINATOR, "800/12")
    await phones.tap(COORDINATOR, "Pilih satu rekan")
    await phones.tap(COORDINATOR, "Rekan 71")
    job = await database.run(jobs.claim, NOW, NOW)
    assert job is not None
    (sent,), state = await LetterJobs(phones.desk).made(job, NOW)
    assert (state, sent.filename) == ("done", "surat-pengantar-rekan-MKD-2026-2.docx")
    text = words(sent.content)
    assert "sebagai rekan kerja" in text
    assert "sedikitnya dari 5 rekan" in text
    assert "Peserta 0" in text
    assert text.count("?start=p") == 1


async def test_a_peers_link_asks_who_fills_in_and_quotes_the_letter(database: Database):
    phones, training_id = await office(database)
    await phones.tap(COORDINATOR, "Surat untuk rekan")
    await phones.tap(COORDINATOR, "Isi nomor surat")
    await phones.write(COORDINATOR, "800/12")
    await phones.tap(COORDINATOR, "Buat semua (2)")
    desk = phones.desk
    job = await database.run(jobs.claim, NOW, NOW)
    assert job is not None
    found = await database.run(letters.written, STUDY, desk.named, job, NOW)
    assert found is not None
    token = next(one.token for one in found.letters if one.name == "Rekan 71")
    await database.run(rounds.trigger, STUDY, training_id, "followup_peer", by=1, now=NOW)
    shown = await phones.write(881, f"/start {token}")
    assert "surat nomor 800/12" in shown
    notice = await phones.tap(881, "Saya mewakili beliau")
    assert "tidak ditampilkan kepada alumni maupun atasan" in notice
    assert "minimal 5 rekan" in notice
    await phones.tap(881, "Ya, saya bersedia")
    proxies = select(tables.responses.c.proxy).where(tables.responses.c.proxy.is_(True))
    assert len(await database.run(lambda c: c.execute(proxies).all())) == 1
