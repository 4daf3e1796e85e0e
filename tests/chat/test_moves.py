"""A new phone: asked for by the participant, decided by the office, told to both accounts."""

from datetime import timedelta

from bot.chat.class_buttons import class_data
from bot.fieldwork.enrolment import class_token
from bot.store import accounts, relinks
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import COORDINATOR, desk_on, labels_of
from tests.fieldwork.office import (
    FIRST_CHAT,
    SECRET,
    connect,
    import_class,
    open_round,
    people,
    roster,
    wib,
)

NEW, BORN = 901, "26/09/1986"
HELD = wib("2026-10-16 14:00")


async def asking(database: Database) -> tuple[Phones, int]:
    """Peserta 0 is connected in chat 1000 and asks with another account."""
    training_id = await database.run(import_class, roster(size=2), connected=1)
    await database.run(open_round, training_id, "post_training", now=wib("2026-10-16 13:00"))
    phones = Phones(desk_on(database, HELD))
    await picked(phones, training_id, NEW)
    assert "sudah kami teruskan" in await phones.write(NEW, BORN)
    return phones, training_id


async def picked(phones: Phones, training_id: int, who: int, name: str = "Peserta 0") -> None:
    await phones.write(who, f"/start {class_token(SECRET, training_id)}")
    await phones.tap(who, "Pilih nama")
    await phones.write(who, "pes")
    await phones.tap(who, name)


async def owner(database: Database, training_id: int) -> int | None:
    first, *_ = await database.run(people, training_id)
    found = await database.run(accounts.of_person, first)
    return found.chat_id if found else None


async def test_the_request_reaches_the_coordinator_with_buttons(database: Database):
    phones, training_id = await asking(database)
    assert "Peserta 0 (BPKAD) minta dipindahkan" in phones.text(COORDINATOR)
    assert labels_of(phones.screens[COORDINATOR][-1]) == [
        "Pindahkan ke akun baru", "Jangan pindahkan",
    ]  # fmt: skip
    assert await owner(database, training_id) == FIRST_CHAT


async def test_moved_both_accounts_are_told_and_the_new_one_goes_on(database: Database):
    phones, training_id = await asking(database)
    assert "sudah dipindahkan" in await phones.tap(COORDINATOR, "Pindahkan")
    assert await owner(database, training_id) == NEW
    assert "tidak lagi terhubung sebagai Peserta 0" in phones.text(FIRST_CHAT)
    assert "terhubung sebagai Peserta 0" in phones.text(NEW)
    assert "bersedia" in await phones.tap(NEW, "Lanjutkan survei")
    assert "kode kelas" in await phones.write(FIRST_CHAT, "/lanjut")


async def test_declined_nothing_moves_and_who_asked_is_told(database: Database):
    phones, training_id = await asking(database)
    await phones.tap(COORDINATOR, "Jangan pindahkan")
    assert await owner(database, training_id) == FIRST_CHAT
    assert "belum dapat kami penuhi" in phones.text(NEW)
    assert phones.text(FIRST_CHAT) == ""


async def test_a_second_decision_changes_nothing(database: Database):
    phones, training_id = await asking(database)
    (request,) = await database.run(relinks.waiting)
    await phones.press(COORDINATOR, class_data("move", training_id, request.id))
    shown = await phones.press(COORDINATOR, class_data("keep", training_id, request.id))
    assert "sudah diputuskan" in shown
    assert await owner(database, training_id) == NEW


async def test_asking_again_while_it_waits_does_not_tell_again(database: Database):
    phones, training_id = await asking(database)
    before = len(phones.screens[COORDINATOR])
    await picked(phones, training_id, NEW)
    await phones.write(NEW, BORN)
    assert len(phones.screens[COORDINATOR]) == before


async def test_an_account_that_is_somebody_else_by_now_is_not_moved(database: Database):
    phones, training_id = await asking(database)
    _, second = await database.run(people, training_id)
    await database.run(connect, second, NEW, HELD)
    assert "sudah terhubung dengan orang lain" in await phones.tap(COORDINATOR, "Pindahkan")
    assert await owner(database, training_id) == FIRST_CHAT


async def test_the_list_of_requests_shows_those_that_wait(database: Database):
    phones, _ = await asking(database)
    assert "Peserta 0, BPKAD" in await phones.write(COORDINATOR, "/pindahakun")
    await phones.tap(COORDINATOR, "Pindahkan Peserta 0")
    assert "Tidak ada yang minta" in await phones.write(COORDINATOR, "/pindahakun")


async def test_five_wrong_dates_for_a_name_stop_every_account_for_an_hour(database: Database):
    training_id = await database.run(import_class, roster(size=2), connected=0)
    phones = Phones(desk_on(database, HELD))
    for who in (901, 902, 903, 904, 905):
        await picked(phones, training_id, who)
        shown = await phones.write(who, "01/01/1970")
    assert "coba lagi sejam lagi" in shown
    assert "lima kali tanggal lahir yang salah" in phones.text(COORDINATOR)
    assert sum("lima kali" in screen.text for screen in phones.screens[COORDINATOR]) == 1
    await picked(phones, training_id, 906, "Peserta 0")
    assert "coba lagi sejam lagi" in phones.text(906)
    phones.desk.clock.move_to(HELD + timedelta(minutes=61))  # type: ignore[attr-defined]
    await picked(phones, training_id, 906)
    assert "Sudah terhubung sebagai Peserta 0" in await phones.write(906, BORN)
