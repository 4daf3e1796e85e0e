"""A class that is opened without a list, through the routed handlers: the coordinator's side."""

import asyncio

import pytest
from sqlalchemy import Connection, func, select

from bot.chat.class_buttons import class_data, decode_class
from bot.chat.class_screens import shown_as
from bot.fieldwork import class_day
from bot.fieldwork.enrolment import class_code, class_token
from bot.fieldwork.staff import Named
from bot.live_cards import LiveCards
from bot.store import rounds, tables, trainings
from bot.store import staff as stored_staff
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, STRANGER, desk_on, labels_of
from tests.fieldwork.office import (
    FIRST_CHAT,
    SECRET,
    change_response,
    import_class,
    open_round,
    people,
    roster,
    store_questionnaires,
    wib,
)

OF_ONE = 601
TITLE = "Pelayanan Publik Angkatan III"


async def phones_of(database: Database, now=NOW) -> Phones:
    await database.run(store_questionnaires)
    return Phones(desk_on(database, now))


def only_training(connection: Connection) -> trainings.Training:
    (found,) = trainings.all_of_them(connection)
    return found


async def test_two_replies_open_a_class_with_qr_text_and_live_card(database: Database):
    phones = await phones_of(database)
    assert "judul" in await phones.write(COORDINATOR, "/bukakelas")
    assert "hari terakhir" in await phones.write(COORDINATOR, TITLE)
    await phones.tap(COORDINATOR, "Hari ini")
    done, group, card = (screen.text for screen in phones.screens[COORDINATOR][-3:])
    training = await database.run(only_training)
    assert (training.title, training.cohort) == ("Pelayanan Publik", "Angk. III")
    assert training.starts_on == training.ends_on == NOW.date()
    assert "dapat langsung mengisi" in done
    assert class_token(SECRET, training.id) in group
    assert class_code(SECRET, training.id) in group
    assert "sampai 16.30 WIB" in group
    assert "Terhubung 0 | mulai 0 | selesai 0" in card
    (photo,) = phones.photos[COORDINATOR]
    assert photo.picture.startswith(b"\x89PNG")


async def test_on_the_last_day_the_evaluation_is_open_at_once(database: Database):
    phones = await phones_of(database, wib("2027-01-13 15:45"))
    await phones.write(COORDINATOR, f"/bukakelas {TITLE}")
    await phones.tap(COORDINATOR, "Hari ini")
    training = await database.run(only_training)
    opened = await database.run(rounds.of_kind, training.id, "post_training")
    assert opened is not None
    assert opened.state == "open"
    assert "sampai 16.45" in phones.screens[COORDINATOR][-2].text  # an hour from now, not 16.30


async def test_before_the_last_day_who_scans_is_only_connected(database: Database):
    phones = await phones_of(database)
    await phones.write(COORDINATOR, f"/bukakelas {TITLE}")
    shown = await phones.write(COORDINATOR, "13-15 Januari")
    training = await database.run(only_training)
    assert str(training.starts_on) == "2027-01-13"
    assert str(training.ends_on) == "2027-01-15"
    assert "Evaluasinya belum terbuka (rencana: Jumat, 15 Januari 2027)" in shown
    assert "terhubung sekarang" in phones.screens[COORDINATOR][-2].text
    opened = await database.run(rounds.of_kind, training.id, "post_training")
    assert opened is not None
    assert opened.state == "planned"
    shown = await phones.tap(COORDINATOR, "Buka evaluasi sekarang")
    assert "belum terbuka" not in shown


@pytest.mark.parametrize("text", ["kapan-kapan", "13 Januari 2020", "13 Januari 2031"])
async def test_a_day_that_cannot_be_is_asked_again(database: Database, text: str):
    phones = await phones_of(database)
    await phones.write(COORDINATOR, f"/bukakelas {TITLE}")
    assert "belum dapat kami baca" in await phones.write(COORDINATOR, text)
    assert await database.run(trainings.all_of_them) == []
    await phones.write(COORDINATOR, "besok")
    assert len(await database.run(trainings.all_of_them)) == 1


async def test_a_title_of_no_words_is_asked_again(database: Database):
    phones = await phones_of(database)
    await phones.write(COORDINATOR, "/bukakelas")
    assert "terlalu pendek" in await phones.write(COORDINATOR, "123")
    assert "hari terakhir" in await phones.write(COORDINATOR, TITLE)


async def test_the_same_update_or_a_second_tap_opens_no_second_class(database: Database):
    phones = await phones_of(database)
    await phones.write(COORDINATOR, f"/bukakelas {TITLE}")
    for number in (1, 1, 2):
        shown = await phones.press(COORDINATOR, class_data("day", one=0), number=number)
        assert "Kelas Pelayanan Publik" in shown
    assert len(await database.run(trainings.all_of_them)) == 1


async def test_two_classes_that_end_on_one_day_are_two(database: Database):
    phones = await phones_of(database)
    for who in (COORDINATOR, ADMINISTRATOR):
        await phones.write(who, f"/bukakelas {TITLE}")
        await phones.tap(who, "Besok")
    codes = [one.code for one in await database.run(trainings.all_of_them)]
    assert codes == ["KLS-20270114-1", "KLS-20270114-2"]


async def test_cancelled_means_that_nothing_is_opened(database: Database):
    phones = await phones_of(database)
    await phones.write(COORDINATOR, "/bukakelas")
    assert "tidak ada kelas" in await phones.tap(COORDINATOR, "Batal")
    await phones.write(COORDINATOR, TITLE)
    assert await database.run(trainings.all_of_them) == []


async def test_a_button_of_an_opening_that_was_never_begun_says_what_to_do(database: Database):
    phones = await phones_of(database)
    assert "/bukakelas" in await phones.press(COORDINATOR, class_data("day", one=0))


async def test_whoever_opens_a_class_has_it_and_no_other(database: Database):
    phones = await phones_of(database)
    await database.run(import_class, roster())
    await database.run(
        lambda c: stored_staff.save(c, OF_ONE, "coordinator", all_trainings=False, by=1, now=NOW)
    )
    await phones.write(OF_ONE, f"/bukakelas {TITLE}")
    await phones.tap(OF_ONE, "Hari ini")
    text = await phones.write(OF_ONE, "/pelatihan")
    assert "Pelayanan Publik" in text
    assert "Manajemen Keuangan" not in text


async def test_the_list_of_trainings_offers_to_open_a_class(database: Database):
    phones = await phones_of(database)
    await phones.write(COORDINATOR, "/pelatihan")
    assert "judul" in await phones.tap(COORDINATOR, "Buka kelas tanpa daftar")


async def held(database: Database, size: int = 4, connected: int = 3) -> tuple[Phones, int]:
    """A class of the roster with its evaluation open, watched by the coordinator."""
    phones = Phones(desk_on(database, wib("2026-10-16 14:00")))
    training_id = await database.run(import_class, roster(size=size), connected=connected)
    await database.run(open_round, training_id, "post_training", now=wib("2026-10-16 13:00"))
    await phones.press(COORDINATOR, class_data("watch", training_id))
    return phones, training_id


async def test_the_live_card_counts_who_is_there(database: Database):
    phones, training_id = await held(database)
    first, second, third, _ = await database.run(people, training_id)
    begun = {"begun_at": wib("2026-10-16 14:01")}
    await database.run(change_response, first, **begun, completed_at=wib("2026-10-16 14:05"))
    await database.run(change_response, second, **begun)
    await database.run(change_response, third, disposition="refused")
    shown = await phones.press(COORDINATOR, class_data("watch", training_id))
    assert "terbuka sampai 16.30 WIB" in shown
    assert "Terhubung 3 dari 4 | mulai 2 | selesai 1" in shown
    assert "Belum terhubung: 1" in shown
    listed = await phones.tap(COORDINATOR, "Daftar belum")
    assert "Belum terhubung (1):\n- Peserta 3" in listed
    assert "belum selesai (1):\n- Peserta 1" in listed
    assert "Peserta 0" not in listed
    assert "Peserta 2" not in listed  # who declined is named nowhere


async def test_an_hour_more_is_an_hour_more_once_per_tap(database: Database):
    phones, training_id = await held(database)
    for number in (1, 1):
        shown = await phones.press(COORDINATOR, class_data("extend", training_id), number=number)
        assert "terbuka sampai 17.30 WIB" in shown


async def test_a_class_is_not_extended_without_end(database: Database):
    phones, training_id = await held(database)
    for _ in range(30):
        await phones.press(COORDINATOR, class_data("extend", training_id))
    assert "sampai 06.00 WIB" in phones.text(COORDINATOR)


class Shown:
    """Stands where the outbox is."""

    def __init__(self) -> None:
        self.edits: list[tuple[int, str]] = []
        self.edited = asyncio.Event()

    def show(self, _chat_id: int, outgoing) -> None:
        self.edits += [(one.message_id, one.screen.text) for one in outgoing]
        self.edited.set()


async def remembered(database: Database, phones: Phones, training_id: int, message: int = 77):
    card = phones.screens[COORDINATOR][-1]
    await database.run(class_day.remember_card, training_id, COORDINATOR, message, shown_as(card))


async def test_a_live_card_is_edited_when_it_says_something_else_and_only_then(database: Database):
    phones, training_id = await held(database)
    await remembered(database, phones, training_id)
    outbox = Shown()
    cards = LiveCards(phones.desk, outbox)  # type: ignore[arg-type]
    now = phones.desk.clock.now()
    assert await cards.refreshed(now) == 0
    first, *_ = await database.run(people, training_id)
    await database.run(change_response, first, begun_at=now)
    assert await cards.refreshed(now) == 1
    assert await LiveCards(phones.desk, outbox).refreshed(now) == 0  # type: ignore[arg-type]  # a new life
    ((message, text),) = outbox.edits
    assert message == 77
    assert "mulai 1" in text


async def test_when_the_class_is_over_its_card_says_so_and_rests(database: Database):
    phones, training_id = await held(database)
    await remembered(database, phones, training_id)
    outbox = Shown()
    cards = LiveCards(phones.desk, outbox)  # type: ignore[arg-type]
    evening = wib("2026-10-16 16:31")
    assert await cards.refreshed(evening) == 1
    assert "berakhir 16.30 WIB" in outbox.edits[0][1]
    first, *_ = await database.run(people, training_id)
    await database.run(change_response, first, begun_at=evening)
    assert await cards.refreshed(evening) == 0


async def test_a_colleague_who_lost_the_training_sees_its_card_no_longer(database: Database):
    phones, training_id = await held(database)
    await remembered(database, phones, training_id)
    outbox = Shown()
    desk = phones.desk
    stripped = type(desk)(
        desk.run, desk.study, desk.texts, desk.clock, desk.secret, desk.bot_username, Named()
    )
    assert await LiveCards(stripped, outbox).refreshed(desk.clock.now()) == 1  # type: ignore[arg-type]
    assert "tidak lagi diperbarui" in outbox.edits[0][1]


async def test_a_bell_is_heard_and_the_card_follows(database: Database):
    phones, training_id = await held(database)
    await remembered(database, phones, training_id)
    first, *_ = await database.run(people, training_id)
    await database.run(change_response, first, begun_at=phones.desk.clock.now())
    outbox = Shown()
    task = asyncio.create_task(LiveCards(phones.desk, outbox, pause=0.01).keep())  # type: ignore[arg-type]
    await phones.write(STRANGER, "halo")  # any update rings
    await asyncio.wait_for(outbox.edited.wait(), 5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert "mulai 1" in outbox.edits[0][1]


async def test_walk_ins_are_matched_from_the_card_and_the_match_is_undone(database: Database):
    phones, training_id = await held(database)
    await phones.write(901, f"/start {class_token(SECRET, training_id)}")
    await phones.tap(901, "Saya tidak ada")
    await phones.write(901, "PESERTA 3")
    assert "bersedia" in await phones.write(901, "BPKAD")
    shown = await phones.press(COORDINATOR, class_data("watch", training_id))
    assert "1 orang tidak ada di daftar" in shown
    await phones.tap(COORDINATOR, "Cocokkan (1)")
    shown = await phones.tap(COORDINATOR, "PESERTA 3 - BPKAD")
    assert "Siapa di daftar?" in shown
    assert "dicocokkan dengan <b>Peserta 3</b>" in await phones.tap(
        COORDINATOR, "Peserta 3 - BPKAD"
    )
    assert "Tidak ada di daftar: 1" in await phones.tap(COORDINATOR, "Urungkan")
    await phones.tap(COORDINATOR, "PESERTA 3")
    await phones.tap(COORDINATOR, "Cari nama lain")
    assert labels_of(phones.screens[COORDINATOR][-1])[0] == "Cari nama lain"
    await phones.write(COORDINATOR, "peserta 3")
    await phones.tap(COORDINATOR, "Peserta 3 - BPKAD")
    await phones.press(COORDINATOR, class_data("watch", training_id))
    assert "Terhubung 4 dari 4" in phones.text(COORDINATOR)


async def test_the_office_is_told_of_the_first_walk_in(database: Database):
    training_id = await database.run(import_class, roster(size=2), connected=0)
    phones = Phones(desk_on(database, wib("2026-10-16 14:00")))
    await phones.write(901, f"/start {class_token(SECRET, training_id)}")
    await phones.tap(901, "Saya tidak ada")
    await phones.write(901, "Budi Santoso")
    await phones.write(901, "BPKAD")
    assert "tidak ada di daftar" in phones.text(COORDINATOR)
    await phones.tap(COORDINATOR, "Cocokkan")
    assert labels_of(phones.screens[COORDINATOR][-1]) == ["Budi Santoso - BPKAD"]


async def test_the_card_of_a_class_offers_what_is_needed_in_it(database: Database):
    phones, _ = await held(database)
    assert labels_of(phones.screens[COORDINATOR][-1]) == [
        "QR layar", "Teks untuk grup WA", "Daftar belum", "Isi dari lembar kertas",
        "Perpanjang 1 jam",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    ["w:", "w:watch", "w:watch:1", "w:drop:1:0:0", "w:watch:-1:0:0", "w:watch:99999999999:0:0",
     "w:watch:1:0:9999999999", "w:watch:1:0:0:0"],
)  # fmt: skip
async def test_forged_buttons_of_a_class_are_answered_and_noted(database: Database, data: str):
    assert decode_class(data) is None
    phones = await phones_of(database)
    await phones.press(COORDINATOR, data)
    assert phones.alerts[-1]
    noted = await database.run(lambda c: c.execute(select(func.count(tables.audit.c.id))).scalar())
    assert noted == 1


async def test_a_participant_sees_no_class_card(database: Database):
    phones, training_id = await held(database)
    shown = await phones.press(FIRST_CHAT, class_data("missing", training_id))
    assert "hanya untuk petugas" in shown


async def test_before_the_first_day_the_group_is_asked_to_have_telegram_ready(database: Database):
    phones = await phones_of(database)
    await phones.write(COORDINATOR, f"/bukakelas {TITLE}")
    await phones.write(COORDINATOR, "15-17 Januari")
    group = phones.screens[COORDINATOR][-2].text
    assert "sudah terpasang" in group
    assert "sebelum Jumat, 15 Januari 2027" in group
    training = await database.run(only_training)
    assert class_token(SECRET, training.id) in group
