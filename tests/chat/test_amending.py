"""An edited message revises the answer it gave: real updates, a real database, what the chat then shows."""

from sqlalchemy import select

from bot.store import responses, tables
from bot.store.database import Database
from bot.survey.questionnaire import Questionnaire
from tests.chat.phone import Phone, desk
from tests.fieldwork.field import (
    CHAT,
    NOW,
    add_person,
    add_training,
    connect,
    enrol,
    later,
    open_round,
    response_of,
)
from tests.survey.forms import form, item, labels, options

FORM = form(
    item("a", required=True, options=options("tidak", "setuju"), labels=labels("Setuju?")),
    item("b", "integer", constraint=". >= 1 and . <= 40", labels=labels("Berapa jam?")),
    item("why", options=options("tugas", "lain", lain={"free_text": True})),
    item("c", "text", relevant="${a} = 'setuju'", labels=labels("Contoh?")),
    item("note", "text", voice=True, labels=labels("Catatan?"), store_as="komitmen_t0"),
    item("photo", "image", labels=labels("Foto?")),
    item("m", "select_multiple", options=options("uang", "waktu")),
    name="post_training",
)
VOICE = {"voice": {"file_id": "V", "file_unique_id": "v", "duration": 12}}
PHOTO = {"photo": [{"file_id": "P", "file_unique_id": "p", "width": 9, "height": 9}]}


async def begun(database: Database, questionnaire: Questionnaire = FORM) -> tuple[Phone, int]:
    """Somebody who has agreed and sees the first question of that form."""

    def set_up(connection):
        training_id, person_id = add_training(connection), add_person(connection)
        enrol(connection, training_id, person_id)
        connect(connection, person_id)
        return person_id, open_round(connection, training_id, form_=questionnaire)

    person_id, round_id = await database.run(set_up)
    phone = Phone(desk(database))
    await phone.forge(f"p:agree:{round_id}:", 1)
    return phone, person_id


async def said(phone: Phone, *texts: str) -> list[dict[str, object]]:
    messages = []
    for text in texts:
        await phone.write(text)
        messages.append(phone.sent)
    return messages


async def answers(database: Database, person_id: int) -> dict[str, str]:
    found = await database.run(response_of, person_id)
    return {name: answer.value for name, answer in found.response.answers.items()}


async def test_the_answer_follows_its_message_and_the_present_card_comes_once_below(
    database: Database,
):
    phone, person_id = await begun(database)
    _, hours = await said(phone, "setuju", "12")
    await phone.edit(hours, "14")
    assert (await answers(database, person_id))["b"] == "14"
    assert '✓ Jawaban untuk "Berapa jam?" diubah menjadi: 14' in phone.text
    assert "Pertanyaan why?" in phone.text
    assert phone.with_buttons() == [phone.card]
    await phone.tap("Tugas")
    assert (await answers(database, person_id))["why"] == "tugas"


async def test_a_replaced_answer_stands_in_the_history_as_after_a_review(database: Database):
    phone, person_id = await begun(database)
    _, hours = await said(phone, "setuju", "12")
    await phone.edit(hours, "14")
    found = await database.run(response_of, person_id)
    assert found.response.answers["b"].revised == 1
    (replaced,) = await database.run(responses.history_of, found.response.id)
    assert (replaced["item"], replaced["value"]) == ("b", "12")


async def test_what_is_no_answer_is_refused_with_its_reason_and_the_card_stays(database: Database):
    phone, person_id = await begun(database)
    _, hours = await said(phone, "setuju", "12")
    card = phone.card
    await phone.edit(hours, "99")
    assert (await answers(database, person_id))["b"] == "12"
    assert "di luar" in phone.text or "1" in phone.text
    assert phone.text.endswith('Jawaban untuk "Berapa jam?" tidak berubah, tetap: 12')
    assert phone.with_buttons() == [card]
    await phone.tap("Tugas")
    assert phone.alerts[-1] == ""


async def test_the_edit_delivered_twice_and_an_older_one_late_change_nothing(database: Database):
    phone, person_id = await begun(database)
    _, hours = await said(phone, "setuju", "12")
    newest = await phone.edit(hours, "14")
    shown = dict(phone.messages)
    await phone.update(newest)
    assert phone.messages == shown
    await phone.edit(hours, "13", seconds=30)
    assert phone.messages == shown
    assert (await answers(database, person_id))["b"] == "14"


async def test_the_same_update_again_shows_the_present_card_and_counts_once(database: Database):
    phone, person_id = await begun(database)
    _, hours = await said(phone, "setuju", "12")
    edited = {"edited_message": {**hours, "text": "14", "edit_date": int(NOW.timestamp()) + 9}}
    await phone.update(edited, 9000)
    await phone.update(edited, 9000)
    assert "Pertanyaan why?" in phone.text
    assert len(phone.with_buttons()) == 1
    found = await database.run(response_of, person_id)
    assert found.response.answers["b"].revised == 1


async def test_a_change_that_nobody_made_says_nothing(database: Database):
    phone, _ = await begun(database)
    _, hours = await said(phone, "setuju", "12")
    await phone.update({"edited_message": hours})
    assert phone.last == []


async def test_answers_that_hang_on_it_go_and_are_asked_again(database: Database):
    phone, person_id = await begun(database)
    agreed, *_ = await said(phone, "setuju", "12", "tugas", "contoh saya")
    await phone.edit(agreed, "tidak")
    assert "c" not in await answers(database, person_id)
    await phone.edit(agreed, "setuju", seconds=90)
    assert "Catatan?" in phone.text
    await said(phone, "catatan")
    await phone.tap("Selesai")
    assert "Contoh?" in phone.text


async def test_a_text_in_several_messages_is_joined_anew(database: Database):
    phone, person_id = await begun(database)
    await said(phone, "tidak", "12", "tugas")
    _, second, _ = await said(phone, "satu", "dua", "tiga")
    await phone.edit(second, "dua kali dua")
    assert (await answers(database, person_id))["note"] == "satu\ndua kali dua\ntiga"
    await phone.edit(second, "2", seconds=90)
    assert (await answers(database, person_id))["note"] == "satu\n2\ntiga"
    await said(phone, "empat")
    assert (await answers(database, person_id))["note"] == "satu\n2\ntiga\nempat"
    await phone.tap("Selesai")
    await phone.edit(second, "dua", seconds=120)
    assert (await answers(database, person_id))["note"] == "satu\ndua\ntiga\nempat"


async def test_the_caption_of_a_voice_message_or_a_photo_may_be_edited(database: Database):
    phone, person_id = await begun(database)
    await said(phone, "tidak", "12", "tugas", "satu")
    await phone.send({**VOICE, "caption": "lama"})
    spoken = phone.sent
    await phone.tap("Selesai")
    await phone.send({**PHOTO, "caption": "papan"})
    seen = phone.sent
    await phone.edit(spoken, caption="baru")
    await phone.edit(seen, caption="papan tulis")
    held = await answers(database, person_id)
    assert held["note"] == "satu\n[voice 12 V]\nbaru"
    assert held["photo"] == "[photo P]\npapan tulis"


async def test_the_word_lainnya_and_its_text_may_each_be_edited(database: Database):
    phone, person_id = await begun(database)
    _, _, word, words = await said(phone, "tidak", "12", "lain", "sebab satu")
    await phone.edit(words, "sebab dua")
    found = await database.run(response_of, person_id)
    assert found.response.answers["why"].other == "sebab dua"
    await phone.edit(word, "tugas", seconds=90)
    assert (await answers(database, person_id))["why"] == "tugas"
    await phone.edit(words, "sebab tiga", seconds=120)
    assert "tidak ditanyakan lagi" in phone.text


async def test_what_is_kept_with_the_enrolment_follows_the_edit(database: Database):
    phone, _ = await begun(database)
    note = (await said(phone, "tidak", "12", "tugas", "rencana"))[-1]
    await phone.edit(note, "rencana baru")
    kept = await database.run(
        lambda connection: connection.execute(select(tables.enrolments.c.memory)).scalars().all()
    )
    assert {"komitmen_t0": "rencana baru"} in kept


async def test_a_refused_message_edited_into_an_answer_answers(database: Database):
    phone, person_id = await begun(database)
    _, hours = await said(phone, "setuju", "99")
    await phone.edit(hours, "9")
    assert (await answers(database, person_id))["b"] == "9"
    assert "Pertanyaan why?" in phone.text
    await phone.edit(hours, "8", seconds=90)
    assert (await answers(database, person_id))["b"] == "8"


async def test_a_message_whose_place_another_took_changes_nothing(database: Database):
    phone, person_id = await begun(database)
    _, refused, hours = await said(phone, "setuju", "99", "12")
    card = phone.card
    await phone.edit(refused, "9")
    assert "bukan jawaban yang tersimpan" in phone.text
    await phone.tap("Kembali")
    await said(phone, "13")
    await phone.edit(hours, "14", seconds=90)
    assert (await answers(database, person_id))["b"] == "13"
    assert phone.card != card


async def test_an_answer_that_was_tapped_anew_no_longer_follows_its_message(database: Database):
    phone, person_id = await begun(database)
    (agreed,) = await said(phone, "setuju")
    await phone.tap("Kembali")
    await phone.tap("Tidak")
    await phone.edit(agreed, "setuju")
    assert (await answers(database, person_id))["a"] == "tidak"
    assert "bukan jawaban yang tersimpan" in phone.text


async def test_an_edited_word_of_the_chat_says_how_answers_are_changed_and_keeps_the_card(
    database: Database,
):
    phone, person_id = await begun(database)
    await phone.write("/bantuan")
    helped = phone.sent
    await said(phone, "setuju")
    card = phone.card
    await phone.edit(helped, "tolong")
    assert "ketik /jawaban" in phone.text
    assert phone.card == card
    assert await answers(database, person_id) == {"a": "setuju"}


async def test_ticks_on_the_card_survive_an_edit(database: Database):
    phone, _ = await begun(database)
    _, hours, *_ = await said(phone, "tidak", "12", "tugas", "catatan")
    await phone.tap("Selesai")
    await phone.send(PHOTO)
    await phone.tap("☐ Waktu")
    await phone.edit(hours, "14")
    assert "☑ Waktu" in phone.labels()


async def done(phone: Phone) -> list[dict[str, object]]:
    messages = await said(phone, "tidak", "12", "tugas", "catatan")
    await phone.tap("Selesai")
    await phone.send(PHOTO)
    return [*messages, phone.sent, *await said(phone, "1")]


async def test_after_the_thanks_an_edit_is_confirmed_in_one_sentence(database: Database):
    phone, person_id = await begun(database)
    _, hours, *_ = await done(phone)
    thanks = phone.card
    await phone.edit(hours, "14")
    assert phone.text == 'Jawaban untuk "Berapa jam?" diubah menjadi: 14'
    assert phone.card == thanks
    found = await database.run(response_of, person_id)
    assert (found.response.stage, found.response.answers["b"].value) == ("done", "14")


async def test_after_the_thanks_an_edit_asks_what_it_opened(database: Database):
    phone, _ = await begun(database)
    agreed, *_ = await done(phone)
    await phone.edit(agreed, "setuju")
    assert "Contoh?" in phone.text
    await said(phone, "contoh")
    assert "Terima kasih" in phone.text


async def test_after_the_round_has_closed_an_edit_says_so(database: Database):
    phone, person_id = await begun(database)
    _, hours, *_ = await done(phone)
    phone.desk.clock.move_to(later(days=9))
    await phone.edit(hours, "14")
    assert "Survei ini ditutup" in phone.text
    assert (await answers(database, person_id))["b"] == "12"


async def test_after_a_refusal_an_edit_changes_nothing_and_says_how_to_go_on(database: Database):
    phone, person_id = await begun(database)
    _, hours = await said(phone, "setuju", "12")
    await phone.write("/berhenti")
    await phone.tap("Berhenti dari survei ini")
    await phone.edit(hours, "14")
    assert "memilih tidak melanjutkan" in phone.text
    assert (await answers(database, person_id))["b"] == "12"


async def test_an_edit_of_another_survey_changes_that_one_and_keeps_the_present_card(
    database: Database,
):
    phone, person_id = await begun(database)
    agreed, hours, *_ = await done(phone)

    def second(connection):
        training_id = add_training(connection, title="Pelayanan Publik")
        enrol(connection, training_id, person_id)
        return open_round(connection, training_id, form_=FORM)

    round_id = await database.run(second)
    await phone.forge(f"p:agree:{round_id}:", 1)
    await said(phone, "setuju")
    card = phone.card
    await phone.edit(hours, "14")
    assert phone.text.startswith("Manajemen Keuangan Daerah Angk. II: Jawaban untuk")
    await phone.edit(agreed, "setuju")
    assert "ketik /lanjut" in phone.text
    assert phone.card == card
    await said(phone, "20")
    first, present = await database.run(responses.of_person, person_id)
    assert (first.response.answers["b"].value, present.response.answers["b"].value) == ("14", "20")


async def test_a_mistyped_time_may_be_edited_while_it_is_asked(database: Database):
    phone, _ = await begun(database)
    await phone.tap("Jeda")
    await phone.tap("Pilih waktu lain")
    await phone.write("nanti")
    await phone.edit(phone.sent, "besok 14.30")
    assert "Kamis, 4 Februari 2027 pukul 14.30 WIB" in phone.text


async def test_a_live_place_that_moves_says_nothing(database: Database):
    phone, _ = await begun(database)
    place = {"location": {"latitude": -1.5, "longitude": 102.1, "live_period": 900}}
    await phone.send(place)
    await phone.edit(phone.sent)
    assert phone.last == []


async def test_somebody_elses_answers_are_out_of_reach(database: Database):
    """The account was connected to another person since."""
    phone, person_id = await begun(database)
    _, hours = await said(phone, "setuju", "12")

    def reconnect(connection):
        other = add_person(connection, "Budi Santoso")
        connection.execute(
            tables.accounts.update()
            .where(tables.accounts.c.chat_id == CHAT)
            .values(person_id=other)
        )

    await database.run(reconnect)
    await phone.edit(hours, "14")
    assert (await answers(database, person_id))["b"] == "12"


async def test_no_text_is_kept_beside_the_answer_and_erasing_leaves_no_number(database: Database):
    phone, _ = await begun(database)
    await said(phone, "setuju", "12", "99x")
    query = select(tables.answer_messages)
    rows = await database.run(lambda connection: connection.execute(query).mappings().all())
    assert len(rows) == 3
    assert all("99x" not in str(row) for row in rows)
    await phone.write("/hapus")
    await phone.tap("Ya, hapus")
    assert await database.run(lambda connection: connection.execute(query).all()) == []


SETTLED = form(
    item("n", "decimal", labels=labels("Berapa?")),
    item("short", "text", constraint="string-length(.) <= 10", labels=labels("Singkat?")),
    item("a", options=options("tidak", "setuju"), labels=labels("Setuju?")),
    item("when", "datetime", labels=labels("Kapan?")),
    item("z"),
    name="post_training",
)


async def test_a_message_whose_reading_was_chosen_by_a_tap_is_the_source(database: Database):
    phone, person_id = await begun(database, SETTLED)
    (number,) = await said(phone, "1.250")
    await phone.tap("1250")
    await phone.edit(number, "1300")
    assert (await answers(database, person_id))["n"] == "1300"


async def test_a_message_of_which_a_part_was_kept_is_the_source(database: Database):
    phone, person_id = await begun(database, SETTLED)
    _, text = await said(phone, "1", "jauh lebih panjang dari sepuluh")
    await phone.tap("Simpan bagian awal")
    await phone.edit(text, "pendek")
    assert (await answers(database, person_id))["short"] == "pendek"


async def test_a_too_long_message_made_shorter_is_the_answer(database: Database):
    phone, person_id = await begun(database, SETTLED)
    _, text = await said(phone, "1", "jauh lebih panjang dari sepuluh")
    await phone.edit(text, "pendek")
    assert (await answers(database, person_id))["short"] == "pendek"
    assert "Setuju?" in phone.text


async def test_a_message_that_was_joined_to_the_answer_before_is_its_part(database: Database):
    phone, person_id = await begun(database, SETTLED)
    await said(phone, "1")
    phone.desk.clock.move_to(later(seconds=30))
    first, second = await said(phone, "satu", "dua")
    await phone.tap("Ya, sambungan")
    assert (await answers(database, person_id))["short"] == "satu\ndua"
    await phone.edit(second, "2")
    await phone.edit(first, "1", seconds=90)
    assert (await answers(database, person_id))["short"] == "1\n2"


async def test_the_day_and_the_hour_may_each_be_edited(database: Database):
    phone, person_id = await begun(database, SETTLED)
    *_, day, hour = await said(phone, "1", "satu", "setuju", "1 Januari 2027", "14.30")
    await phone.edit(day, "2 Januari 2027")
    await phone.edit(hour, "15.30", seconds=90)
    assert (await answers(database, person_id))["when"] == "2027-01-02T15:30"
