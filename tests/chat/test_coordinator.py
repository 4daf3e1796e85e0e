import pytest
from sqlalchemy import Connection, update

from bot.chat.class_link import qr_png
from bot.chat.handlers import coordinator
from bot.chat.outgoing import AnswerTap, EditMessage, SendMessage, SendPhoto
from bot.chat.staff_buttons import StaffPress, decode, encode
from bot.chat.staff_screens import LABEL_LENGTH, shortened
from bot.fieldwork.enrolment import class_code, class_token
from bot.store import audit, tables
from bot.store.database import Database
from tests.chat.staff_desk import (
    COORDINATOR,
    STRANGER,
    data_of,
    desk_on,
    labels_of,
    screen_of,
    tapped,
    wrote,
)
from tests.fieldwork.office import (
    SECRET,
    import_class,
    open_round,
    people,
    roster,
    round_of,
    send_due,
    wib,
)


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


async def test_the_list_shows_how_far_each_round_has_come(database: Database) -> None:
    training_id = await database.run(import_class, roster(size=3), connected=2)
    await database.run(open_round, training_id, now=wib("2027-01-13 08:40"))
    await database.run(send_due, wib("2027-01-13 08:40"))
    text = screen_of(await coordinator.on_trainings(desk_on(database), wrote(1))).text
    assert "<b>Manajemen Keuangan Daerah Angk. II</b>" in text
    assert "Peserta terhubung: 2 dari 3. Atasan terhubung: 0 dari 1." in text
    assert "Tindak lanjut alumni: diundang 2 dari 3, mulai 0, lengkap 0." in text
    assert "Penilaian atasan: dibuka Rabu, 20 Januari 2027" in text


async def test_without_a_training_the_list_says_how_to_get_one(database: Database) -> None:
    screen = screen_of(await coordinator.on_trainings(desk_on(database), wrote(1)))
    assert "import-roster" in screen.text
    assert screen.buttons == ()


async def test_the_class_qr_carries_the_deep_link_and_a_text_for_the_group(
    database: Database,
) -> None:
    training_id = await database.run(import_class)
    desk = desk_on(database)
    listed = screen_of(await coordinator.on_trainings(desk, wrote(1)))
    answer, photo = await coordinator.on_press(desk, tapped(2, data_of(listed, "QR")))
    assert isinstance(answer, AnswerTap)
    assert isinstance(photo, SendPhoto)
    link = f"https://t.me/bungo_test_bot?start={class_token(SECRET, training_id)}"
    assert link in photo.caption
    assert class_code(SECRET, training_id) in photo.caption
    assert photo.picture == qr_png(link)
    assert photo.picture.startswith(b"\x89PNG")


async def test_the_preview_says_to_whom_it_goes_to_whom_not_and_when(database: Database) -> None:
    training_id = await database.run(prepared)
    desk = desk_on(database)
    chosen = screen_of(await coordinator.on_follow_up(desk, wrote(1)))
    assert labels_of(chosen) == [shortened("Manajemen Keuangan Daerah Angk. II")]
    screen = screen_of(await coordinator.on_press(desk, tapped(2, chosen.buttons[0][0].data)))
    for sentence in (
        "Akan dikirim: 2 alumni, mulai Rabu, 13 Januari 2027 pukul 08.45 WIB.",
        "Tidak dikirim: 3",
        "- 1 belum terhubung (tautan WhatsApp ada di buku tautan): Peserta 4",
        "- 1 memblokir bot",
        "- 1 meminta tidak dihubungi",
        "Pengingat: Sen 18 Jan, Jum 22 Jan; pesan terakhir Jum 29 Jan.",
        "Ditutup Selasa, 2 Februari 2027.",
        "Atasan: 5 penilaian untuk 1 atasan, dibuka Rabu, 20 Januari 2027. 1 atasan belum terhubung.",
        "Yth. Bapak/Ibu Peserta 2, pelatihan itu selesai pada Jumat, 16 Oktober 2026.",
    ):
        assert sentence in screen.text
    assert labels_of(screen) == ["Kirim 2 undangan", "Batal"]
    assert decode(data_of(screen, "Kirim")) == StaffPress("send", training_id)


async def test_confirming_opens_the_round_and_a_second_tap_sends_nothing_twice(
    database: Database,
) -> None:
    training_id = await database.run(prepared)
    desk = desk_on(database)
    sent = await coordinator.on_press(desk, tapped(1, encode("send", training_id)))
    assert isinstance(sent[-1], EditMessage)
    assert "2 undangan dikirim" in screen_of(sent).text
    again = await coordinator.on_press(desk, tapped(2, encode("send", training_id)))
    assert "sudah dibuka sebelumnya" in screen_of(again).text
    opened = await database.run(round_of, training_id, "followup_alumni")
    assert opened.triggered_by == COORDINATOR
    assert await database.run(send_due, wib("2027-01-13 08:45")) == [(1002, 0), (1003, 0)]


async def test_the_same_update_delivered_again_is_answered_the_same_way(
    database: Database,
) -> None:
    training_id = await database.run(prepared)
    desk = desk_on(database)
    first = await coordinator.on_press(desk, tapped(1, encode("send", training_id)))
    assert await coordinator.on_press(desk, tapped(1, encode("send", training_id))) == first


async def test_cancelling_opens_nothing(database: Database) -> None:
    training_id = await database.run(prepared)
    desk = desk_on(database)
    shown = await coordinator.on_press(desk, tapped(1, encode("cancel", training_id)))
    assert screen_of(shown).text == "Dibatalkan. Tidak ada yang dikirim."
    assert (await database.run(round_of, training_id, "followup_alumni")).opened_at is None


async def test_a_training_that_still_runs_cannot_be_followed_up(database: Database) -> None:
    training_id = await database.run(import_class)
    desk = desk_on(database, wib("2026-10-16 09:00"))
    assert "Tidak ada pelatihan" in screen_of(await coordinator.on_follow_up(desk, wrote(1))).text
    for number, action in enumerate(("preview", "send"), start=2):
        shown = await coordinator.on_press(desk, tapped(number, encode(action, training_id)))  # type: ignore[arg-type]
        assert "baru selesai Jumat, 16 Oktober 2026" in screen_of(shown).text
    assert (await database.run(round_of, training_id, "followup_alumni")).opened_at is None


async def test_details_of_one_training_lead_to_its_qr_and_follow_up(database: Database) -> None:
    training_id = await database.run(import_class)
    shown = await coordinator.on_press(desk_on(database), tapped(1, encode("detail", training_id)))
    assert labels_of(screen_of(shown)) == [
        "QR kelas", "Tindak lanjut", "Serahkan ke rekan", "Daftar pelatihan",
    ]  # fmt: skip
    assert isinstance(shown[-1], EditMessage)


async def test_who_is_not_staff_is_refused_politely_and_changes_nothing(
    database: Database,
) -> None:
    training_id = await database.run(prepared)
    desk = desk_on(database)
    refused = [
        await coordinator.on_trainings(desk, wrote(1, STRANGER)),
        await coordinator.on_follow_up(desk, wrote(2, STRANGER)),
        await coordinator.on_press(desk, tapped(3, encode("send", training_id), STRANGER)),
    ]
    for outgoing in refused:
        assert isinstance(outgoing[-1], SendMessage)
        assert str(STRANGER) in outgoing[-1].screen.text
    assert (await database.run(round_of, training_id, "followup_alumni")).opened_at is None
    noted = await database.run(audit.actions)
    assert [action for _, action in noted] == ["import roster", *["refused"] * 3]
    assert str(STRANGER) not in {actor for actor, _ in noted}


async def test_every_staff_action_is_in_the_audit_log(database: Database) -> None:
    training_id = await database.run(import_class)
    desk = desk_on(database)
    await coordinator.on_trainings(desk, wrote(1))
    for number, action in enumerate(("detail", "qr", "preview", "cancel", "send"), start=2):
        await coordinator.on_press(desk, tapped(number, encode(action, training_id)))  # type: ignore[arg-type]
    logged = [action for actor, action in await database.run(audit.actions) if actor == "501"]
    assert logged == [
        "list trainings", "look at training", "show class QR", "preview follow-up",
        "cancel follow-up", "trigger follow-up",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    ["k:", "k:send", "k:send:", "k:send:-1", "k:drop:1", "k:send:99999999999", "k:send:1:2", "m:x"],
)
async def test_forged_callback_data_is_answered_and_ignored(database: Database, data: str) -> None:
    (answer,) = await coordinator.on_press(desk_on(database), tapped(1, data))
    assert isinstance(answer, AnswerTap)
    assert answer.alert


def test_long_titles_are_shortened_to_what_a_button_shows() -> None:
    assert shortened("Pendek") == "Pendek"
    assert len(shortened("Pelatihan " * 9)) <= LABEL_LENGTH
