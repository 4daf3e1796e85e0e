import re
from datetime import date

import pytest

from bot.chat.class_link import qr_png
from bot.chat.handlers import coordinator
from bot.chat.outgoing import AnswerTap, EditMessage, SendMessage, SendPhoto
from bot.chat.staff_buttons import encode
from bot.chat.staff_screens import LABEL_LENGTH, shortened
from bot.fieldwork.enrolment import class_code, class_token
from bot.store import audit
from bot.store.database import Database
from tests.chat.office_phones import Phones
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
    roster,
    round_of,
    send_due,
    wib,
)


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
    assert labels_of(screen) == ["Buka kelas tanpa daftar"]


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


async def test_details_of_one_training_lead_to_its_qr_and_follow_up(database: Database) -> None:
    training_id = await database.run(import_class)
    shown = await coordinator.on_press(desk_on(database), tapped(1, encode("detail", training_id)))
    labels = labels_of(screen_of(shown))
    assert {"Kelas langsung", "Tautan pribadi (WhatsApp)", "Tindak lanjut", "Cetak (PDF)"} < set(
        labels
    )
    assert (labels[0], labels[-1]) == ("QR kelas", "Daftar pelatihan")
    rows = screen_of(shown).buttons
    assert len(rows) <= 10, "more do not fit on a phone"
    assert all(len(one.label) <= 19 for row in rows if len(row) > 1 for one in row), "cut off"
    assert isinstance(shown[-1], EditMessage)


async def test_who_is_not_staff_is_refused_politely_and_changes_nothing(
    database: Database,
) -> None:
    training_id = await database.run(import_class)
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


async def test_trainings_older_than_the_newest_five_are_found_by_turning_pages(database: Database):
    for number in range(1, 13):
        day = date(2026, 10, number)
        listed = roster(0, code=f"P-{number}", title=f"Pelatihan {number:02}", cohort="", starts_on=day, ends_on=day)  # fmt: skip
        await database.run(import_class, listed, connected=0)
    phones = Phones(desk_on(database))
    shown = [await phones.write(COORDINATOR, "/pelatihan")]
    shown += [await phones.tap(COORDINATOR, "Lebih lama") for _ in range(2)]
    titles = [re.findall(r"Pelatihan \d\d", text) for text in shown]
    assert [len(page) for page in titles] == [5, 5, 2]
    assert [title for page in titles for title in page] == [
        f"Pelatihan {number:02}" for number in range(12, 0, -1)
    ]
    labels = labels_of(phones.screens[COORDINATOR][-1])
    assert "‹ Lebih baru" in labels
    assert "Lebih lama ›" not in labels
    assert "Halaman 3 dari 3" in shown[2]
    await phones.write(COORDINATOR, "/status")
    await phones.tap(COORDINATOR, "Lebih lama")
    await phones.tap(COORDINATOR, "Rincian: Pelatihan 03")
    await phones.tap(COORDINATOR, "Lihat status")
    assert "Pelatihan 03" in phones.text(COORDINATOR)


async def test_a_page_that_there_is_not_is_the_nearest_one(database: Database):
    await database.run(import_class)
    phones = Phones(desk_on(database))
    for page in (0, 2_000_000_000):
        shown = await phones.press(COORDINATOR, encode("list", page))
        assert "Manajemen Keuangan Daerah" in shown
        assert "Halaman" not in shown
