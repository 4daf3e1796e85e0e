import json
from pathlib import Path

import pytest

from bot.chat.outgoing import AnswerTap, ShowCard
from bot.clock import FollowedClock
from bot.fieldwork.enrolment import class_token, new_link, personal_token
from bot.store.database import Database
from bot.survey.xlsform import compile_form
from tests.chat.phone import Phone, at, desk
from tests.fieldwork.field import (
    NOW,
    SECRET,
    add_person,
    add_training,
    classroom,
    enrol,
    open_round,
    response_of,
    study,
)

FORMS = Path(__file__).parents[2] / "config" / "questionnaires"


async def in_class(database: Database, *names: str) -> tuple[Phone, int, list[int]]:
    training_id, people, _ = await database.run(
        lambda connection: classroom(connection, *names, connected=False)
    )
    return Phone(desk(database)), training_id, people


async def asked(database: Database) -> tuple[Phone, int]:
    """Somebody who has agreed and sees the first question."""
    phone, training_id, (person_id, *_) = await in_class(database, "Siti <Aminah> & A_B")
    await phone.start(class_token(SECRET, training_id))
    await phone.tap("Pilih nama saya")
    await phone.write("sit")
    await phone.tap("Siti <Aminah> & A_B")
    await phone.write("26/09/1986")
    await phone.tap("Ya, saya bersedia")
    return phone, person_id


async def answers(database: Database, person_id: int) -> dict[str, str]:
    found = await database.run(response_of, person_id)
    return {name: answer.value for name, answer in found.response.answers.items()}


async def test_from_the_class_scan_to_the_thanks(database: Database):
    phone, person_id = await asked(database)
    assert "<b>Pertanyaan a01?</b>" in phone.text
    assert "Materi - 1 dari sekitar 4" in phone.text
    await phone.tap("Setuju")
    assert "Tadi: Setuju" in phone.text
    await phone.tap("☐ Waktu")
    await phone.tap("Selesai (1 dari paling banyak 2)")
    await phone.write("12")
    await phone.write("Memakai daftar periksa <SPJ>_baru & rapi.")
    assert phone.text.startswith("Terima kasih, Bapak/Ibu. Jawaban sudah lengkap")
    assert "Sekitar 3 bulan lagi" in phone.text
    assert await answers(database, person_id) == {
        "a01": "setuju", "a02": "waktu", "a03": "12", "a15": "Memakai daftar periksa <SPJ>_baru & rapi.",
    }  # fmt: skip


async def test_a_tap_edits_the_card_in_place_and_a_text_brings_a_new_one(database: Database):
    phone, _ = await asked(database)
    before = phone.card
    await phone.tap("Setuju")
    assert phone.card == before
    await phone.write("2")
    assert phone.card > before
    assert phone.with_buttons() == [phone.card]


async def test_a_name_with_signs_of_html_is_safe(database: Database):
    phone, _ = await asked(database)
    said = " ".join(screen.text for screen in phone.messages.values())
    assert "Siti &lt;Aminah&gt; &amp; A_B" in said
    assert "<Aminah>" not in said


async def test_at_most_one_message_has_buttons(database: Database):
    phone, _ = await asked(database)
    for word in ("2", "1", "12"):
        await phone.write(word)
        assert len(phone.with_buttons()) == 1


async def test_the_notice_can_be_read_in_full_and_who_sees_what(database: Database):
    phone, training_id, _ = await in_class(database, "Siti Aminah")
    await phone.start(class_token(SECRET, training_id))
    await phone.tap("Pilih nama saya")
    await phone.write("siti")
    await phone.tap("Siti Aminah")
    await phone.write("19860926")
    assert phone.labels() == [
        "Ya, saya bersedia", "Selengkapnya", "Siapa yang dapat melihat?", "Tidak bersedia",
    ]  # fmt: skip
    await phone.tap("Selengkapnya")
    assert "Pengendali data" in phone.text
    await phone.tap("Kembali")
    await phone.tap("Siapa yang dapat melihat?")
    assert "Koordinator: hanya sudah atau belum mengisi." in phone.text
    await phone.tap("Kembali")
    await phone.tap("Tidak bersedia")
    assert "Kami tidak akan mengirim pengingat" in phone.text


async def test_a_double_tap_changes_nothing_twice(database: Database):
    phone, person_id = await asked(database)
    card = phone.card
    button = phone.messages[card].buttons[1][0].data
    await phone.forge(button, card)
    await phone.forge(button, card)
    assert await answers(database, person_id) == {"a01": "setuju"}
    assert phone.alerts[-1] == ""
    (edited,) = [one for one in phone.last if isinstance(one, ShowCard)]
    assert edited.edit == card


async def test_a_tap_within_the_double_tap_time_repeats_the_card(database: Database):
    phone, person_id = await asked(database)
    careful = desk(database, study(double_tap_seconds=0.4))
    phone.desk = careful
    await phone.tap("Setuju")
    assert await answers(database, person_id) == {}


async def test_an_old_button_is_answered_politely_and_the_card_comes_below(database: Database):
    phone, person_id = await asked(database)
    old_card, old = phone.card, phone.messages[phone.card].buttons[0][0].data
    await phone.write("2")
    await phone.write("2")
    await phone.forge(old, old_card)
    assert phone.alerts[-1].startswith("Tombol ini milik pertanyaan yang sudah lewat")
    assert "Pertanyaan a03?" in phone.text
    assert (await answers(database, person_id))["a01"] == "setuju"


async def test_a_redelivered_tap_counts_once_and_shows_the_present_card(database: Database):
    phone, person_id = await asked(database)
    button, card = phone.messages[phone.card].buttons[1][0].data, phone.card
    await phone.forge(button, card, update_id=9001)
    await phone.forge(button, card, update_id=9001)
    assert "Pertanyaan a02?" in phone.text
    assert phone.alerts[-2:] == ["", ""]
    assert await answers(database, person_id) == {"a01": "setuju"}


async def test_a_redelivered_text_does_not_answer_the_next_question(database: Database):
    phone, person_id = await asked(database)
    await phone.send({"text": "2"}, update_id=9002)
    await phone.send({"text": "2"}, update_id=9002)
    assert "Pertanyaan a02?" in phone.text
    assert await answers(database, person_id) == {"a01": "setuju"}


@pytest.mark.parametrize(
    "data",
    ["", "a:", "zzz", "p:explode:1:", "a:999999:3:1:choose:x", "p:self:1:" + "x" * 50,
     "p:name:1:\ud800", "p:language:0:\x00", "p:take:2147483647:"],
)  # fmt: skip
async def test_a_forged_button_never_raises(database: Database, data: str):
    phone, person_id = await asked(database)
    await phone.forge(data, phone.card)
    assert any(isinstance(one, AnswerTap) for one in phone.last)
    assert await answers(database, person_id) == {}


async def test_a_tap_on_a_message_that_telegram_forgot_is_answered(database: Database):
    phone, person_id = await asked(database)
    query = {
        "id": "1", "from": {"id": phone.chat_id, "is_bot": False, "first_name": "Orang"},
        "chat_instance": "1", "data": phone.messages[phone.card].buttons[1][0].data,
    }  # fmt: skip
    await phone.update({"callback_query": query})
    assert "Pertanyaan a02?" in phone.text
    assert await answers(database, person_id) == {"a01": "setuju"}


async def test_back_shows_the_answer_and_it_can_be_kept(database: Database):
    phone, person_id = await asked(database)
    await phone.tap("Setuju")
    await phone.tap("Kembali")
    assert "• Setuju" in phone.labels()
    await phone.tap("Tetap seperti ini")
    assert "Pertanyaan a02?" in phone.text
    assert await answers(database, person_id) == {"a01": "setuju"}


async def test_a_required_question_is_skipped_after_asking_once(database: Database):
    phone, person_id = await asked(database)
    await phone.tap("Lewati")
    assert "Pertanyaan ini boleh dilewati. Lewati?" in phone.text
    await phone.tap("Ya, lewati")
    assert "Tadi: dilewati" in phone.text
    found = await database.run(response_of, person_id)
    assert found.response.answers["a01"].missing == "refused"


async def test_pause_and_resume_days_later(database: Database):
    phone, _ = await asked(database)
    await phone.tap("Setuju")
    await phone.tap("Jeda")
    assert phone.labels() == [
        "1 jam lagi",
        "Besok 09.00",
        "Pilih waktu lain",
        "Tidak perlu diingatkan",
    ]
    await phone.tap("Besok 09.00")
    assert "akan kami ingatkan Kamis, 4 Februari 2027 pukul 09.00 WIB" in phone.text
    clock = phone.desk.clock
    assert isinstance(clock, FollowedClock)
    clock.move_to(at(3, day=5))
    await phone.write("/lanjut")
    assert "<b>Pertanyaan a02?</b>" in phone.text
    assert any("Kita lanjutkan dari pertanyaan 2" in one.text for one in phone.messages.values())


async def test_another_time_may_be_typed(database: Database):
    phone, _ = await asked(database)
    await phone.tap("Jeda")
    await phone.tap("Pilih waktu lain")
    await phone.write("nanti")
    assert "belum dapat kami baca" in phone.text
    await phone.write("besok 14.30")
    assert "Kamis, 4 Februari 2027 pukul 14.30 WIB" in phone.text


async def test_answers_can_be_changed_after_the_thanks(database: Database):
    phone, person_id = await asked(database)
    for word in ("2", "2", "12", "Rencana saya"):
        await phone.write(word)
    await phone.tap("Ubah jawaban")
    assert "Rencana saya" in phone.text
    await phone.tap("3")
    await phone.write("13")
    assert phone.text.startswith("Terima kasih")
    assert (await answers(database, person_id))["a03"] == "13"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"sticker": {"file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1,
                      "height": 1, "is_animated": False, "is_video": False}}, "Mohon ketuk salah satu"),
        ({"voice": {"file_id": "1", "file_unique_id": "1", "duration": 3}}, "Mohon ketuk salah satu"),
        ({"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]}, "Mohon ketuk"),
        ({"text": "x" * 4096}, "Mohon ketuk salah satu pilihan"),
        ({"text": "\x00"}, "mohon tulis"),
    ],
    ids=["sticker", "voice", "photo", "long text", "nul"],
)  # fmt: skip
async def test_what_is_no_answer_brings_the_card_with_what_is_needed(
    database: Database, content: dict[str, object], said: str
):
    phone, person_id = await asked(database)
    await phone.send(content)
    assert said in phone.text
    assert "Pertanyaan a01?" in phone.text
    assert await answers(database, person_id) == {}


@pytest.mark.parametrize("text", ["ab\x00c", "\ud800\ud800\ud800", "/start \ud800", "/start k\x00"])
async def test_letters_that_no_database_takes_are_left_out(database: Database, text: str):
    phone, training_id, _ = await in_class(database, "Siti Aminah")
    await phone.start(class_token(SECRET, training_id))
    await phone.tap("Pilih nama saya")
    await phone.write(text)
    assert phone.text


async def test_a_bundle_of_forwarded_answers_answers_nothing(database: Database):
    phone, person_id = await asked(database)
    for word in ("2", "1", "12"):
        await phone.write(word, **phone.forwarded())
    assert await answers(database, person_id) == {}
    assert "Pertanyaan a01?" in phone.text


async def test_a_forwarded_photo_answers_nothing(database: Database):
    phone, person_id = await asked(database)
    photo = [{"file_id": "F", "file_unique_id": "f", "width": 9, "height": 9}]
    sent = phone.message({"photo": photo, **phone.forwarded()})
    await phone.update({"message": sent})
    assert await answers(database, person_id) == {}
    assert any("Pesan terusan" in one.text for one in phone.messages.values())


async def test_english_is_spoken_from_the_next_card_on(database: Database):
    phone, person_id = await asked(database)
    await phone.tap("Setuju")
    await phone.write("/bahasa")
    await phone.tap("English")
    assert "Pertanyaan a02? (en)" in phone.text
    assert "Before: Setuju (en)" in phone.text
    assert await answers(database, person_id) == {"a01": "setuju"}


async def test_my_data_is_a_file_after_asking(database: Database):
    phone, _ = await asked(database)
    await phone.write("/datasaya")
    assert not phone.files
    await phone.tap("Ya, kirim berkas")
    page, data = (file.content for file in phone.files)
    assert "Siti &lt;Aminah&gt; &amp; A_B" in str(page)
    assert json.loads(data)["data_diri"][0]["name"] == "Siti <Aminah> & A_B"


async def test_erasing_from_the_chat_leaves_nothing(database: Database):
    phone, _ = await asked(database)
    await phone.tap("Setuju")
    await phone.write("/hapus")
    await phone.tap("Ya, hapus")
    assert "sudah dihapus" in phone.text
    await phone.write("/lanjut")
    assert "Ini bot resmi survei pelatihan" in phone.text


async def test_help_lists_the_commands(database: Database):
    phone, _ = await asked(database)
    await phone.write("/bantuan")
    assert all(f"/{name}" in phone.text for name in ("lanjut", "berhenti", "datasaya", "hapus"))


async def test_a_command_that_does_not_exist_is_no_answer(database: Database):
    phone, person_id = await asked(database)
    for word in ("2", "2", "12"):
        await phone.write(word)
    await phone.write("/mulai sekarang")
    assert "/lanjut" in phone.text
    assert "a15" not in await answers(database, person_id)


async def test_blocking_and_coming_back_change_nothing_but_the_mark(database: Database):
    phone, _ = await asked(database)
    for status in ("kicked", "member"):
        member = {"user": {"id": 1, "is_bot": True, "first_name": "Bot"}, "status": status}
        if status == "kicked":
            member["until_date"] = 0
        changed = {
            "chat": {"id": phone.chat_id, "type": "private"}, "date": int(NOW.timestamp()),
            "from": {"id": phone.chat_id, "is_bot": False, "first_name": "Orang"},
            "old_chat_member": {**member, "status": "member"}, "new_chat_member": member,
        }  # fmt: skip
        await phone.update({"my_chat_member": changed})
        assert phone.last == []
    await phone.tap("Setuju")
    assert "Pertanyaan a02?" in phone.text


@pytest.mark.parametrize("kind", ["post_training", "followup_alumni", "followup_superior"])
async def test_the_built_in_questionnaires_can_be_answered_to_the_end(
    database: Database, kind: str
):
    def prepared(connection) -> str:
        training_id = add_training(connection)
        alumnus = add_person(connection, "Siti Aminah")
        enrol(connection, training_id, alumnus)
        person_id = alumnus
        if kind == "followup_superior":
            person_id = add_person(connection, "Ratna Dewi", position="Kepala Bidang")
            enrol(connection, training_id, person_id, "superior", about=alumnus)
        open_round(connection, training_id, kind, compile_form(FORMS / f"{kind}.md"))
        token = personal_token()
        new_link(connection, person_id, NOW, token)
        return token

    phone = Phone(desk(database))
    await phone.start(await database.run(prepared))
    if kind == "followup_superior":
        await phone.tap("Saya sendiri")
    await phone.tap("Ya, saya bersedia")
    for _ in range(80):
        labels = phone.labels()
        if "Ubah jawaban" in labels:
            break
        done = next((label for label in labels if label.startswith("Selesai (1")), None)
        plain = [label for label in labels if not label.startswith(("Lainnya", "☐ Lainnya"))]
        await phone.tap(done or plain[0] if plain[0] != "Kembali" else "Lewati")
    assert phone.text.startswith("Terima kasih")
