"""/jawaban on a form of sixty questions: every answer, at any time, twenty on a page; and back to where one was."""

from bot.chat.shortening import units
from bot.store.database import Database
from tests.chat.phone import Phone, desk
from tests.chat.test_amending import answers, begun
from tests.fieldwork.field import add_training, classroom, enrol, open_round
from tests.survey.forms import form, item, labels, options

LONG = "Seberapa sering Bapak/Ibu memakai materi pelatihan ini di unit kerja <sendiri>? " * 3
SIXTY = form(
    *(item(f"q{number:02}", labels=labels(f"{number}. {LONG}")) for number in range(1, 56)),
    item("n", "integer", relevant="${q01} = 'ya'", labels=labels("Berapa kali?")),
    item("m", "select_multiple", options=options("uang", "waktu", "alat")),
    item("t", "text"),
    item("d", "date"),
    item("z"),
    name="post_training",
)


async def after(database: Database, count: int) -> tuple[Phone, int]:
    phone, person_id = await begun(database, SIXTY)
    for _ in range(count):
        await phone.write("ya")
    return phone, person_id


async def test_before_the_first_answer_there_is_nothing_to_show_and_one_goes_on(database: Database):
    phone, _ = await after(database, 0)
    await phone.write("/jawaban")
    assert phone.text.startswith("Belum ada jawaban Bapak/Ibu")
    assert phone.labels() == ["Lanjutkan"]
    await phone.tap("Lanjutkan")
    assert "1 dari sekitar" in phone.text


async def test_in_the_middle_every_answer_is_listed_and_one_returns_to_the_question(
    database: Database,
):
    phone, _ = await after(database, 25)
    asked = phone.text
    await phone.write("/jawaban")
    assert "Jawaban Bapak/Ibu (25)" in phone.text
    assert "Halaman 1 dari 2" in phone.text
    assert "Belum ditanyakan: 35" in phone.text
    assert phone.labels()[:20] == [str(number) for number in range(1, 21)]
    await phone.tap("2 ▶")
    assert phone.labels()[:5] == ["21", "22", "23", "24", "25"]
    await phone.tap("Lanjutkan")
    assert phone.text == asked
    assert len(phone.with_buttons()) == 1


async def test_a_change_asks_anew_what_hangs_on_it(database: Database):
    phone, person_id = await after(database, 55)
    await phone.write("3")
    await phone.write("/jawaban")
    await phone.tap("1")
    await phone.tap("Tidak")
    assert "n" not in await answers(database, person_id)
    assert "Pertanyaan m?" in phone.text
    await phone.write("/jawaban")
    await phone.tap("1")
    await phone.tap("Ya")
    assert "Berapa kali?" in phone.text


async def test_ticks_wait_while_the_answers_are_looked_at(database: Database):
    phone, person_id = await after(database, 55)
    await phone.write("3")
    await phone.tap("☐ Waktu")
    await phone.write("/jawaban")
    await phone.tap("Lanjutkan")
    assert "☑ Waktu" in phone.labels()
    await phone.tap("Selesai (1 dipilih)")
    assert (await answers(database, person_id))["m"] == "waktu"


async def done(database: Database) -> tuple[Phone, int]:
    phone, person_id = await after(database, 55)
    for text in ("3", "1,2", "teks", "1 Januari 2027", "ya"):
        await phone.write(text)
    assert "Terima kasih" in phone.text
    return phone, person_id


async def test_at_the_end_the_last_page_changes_an_answer_and_the_thanks_come_again(
    database: Database,
):
    phone, person_id = await done(database)
    await phone.write("/jawaban")
    pages = [phone.text]
    for page in ("2 ▶", "3 ▶"):
        await phone.tap(page)
        pages.append(phone.text)
    assert "Jawaban Bapak/Ibu (60)" in pages[2]
    assert all(units(text) <= 4096 for text in pages)
    assert phone.labels()[-2:] == ["◀ 2", "Selesai"]
    await phone.tap("56")
    await phone.write("4")
    assert "Terima kasih" in phone.text
    assert (await answers(database, person_id))["n"] == "4"


async def test_leaving_the_review_at_the_end_brings_the_thanks(database: Database):
    phone, _ = await done(database)
    await phone.write("/jawaban")
    await phone.tap("Selesai")
    assert "Terima kasih" in phone.text


async def test_a_page_tapped_twice_is_shown_once_without_a_word(database: Database):
    phone, _ = await after(database, 45)
    await phone.write("/jawaban")
    first = phone.messages[phone.card]
    second = next(button.data for row in first.buttons for button in row if button.label == "2 ▶")
    for _ in range(2):
        await phone.forge(second, phone.card)
    assert "Halaman 2 dari 3" in phone.text
    assert phone.alerts[-2:] == ["", ""]


async def test_the_language_may_change_in_the_review_and_the_answers_stay(database: Database):
    phone, person_id = await after(database, 25)
    before = await answers(database, person_id)
    await phone.write("/jawaban")
    await phone.write("/bahasa")
    await phone.tap("English")
    assert "Your answers (25)" in phone.text
    assert "Ya (en)" in phone.text
    await phone.tap("Go on")
    assert await answers(database, person_id) == before


async def test_an_edit_while_the_answers_are_shown_shows_them_with_the_new_one(database: Database):
    phone, _ = await after(database, 2)
    first = phone.sent
    await phone.write("/jawaban")
    await phone.edit(first, "tidak")
    assert "<b>Tidak</b>" in phone.text
    assert "✓ Jawaban untuk" in phone.text
    await phone.tap("Lanjutkan")
    assert "3 dari sekitar" in phone.text


async def test_who_has_begun_nothing_is_offered_to_begin(database: Database):
    await database.run(classroom)
    phone = Phone(desk(database))
    await phone.write("/jawaban")
    assert "Belum ada jawaban" in phone.text
    assert phone.labels() == ["Lanjutkan survei"]


async def test_of_several_surveys_the_one_that_one_is_at_is_shown(database: Database):
    phone, person_id = await after(database, 3)

    def second(connection):
        training_id = add_training(connection, title="Pelayanan Publik")
        enrol(connection, training_id, person_id)
        return open_round(connection, training_id, form_=SIXTY)

    round_id = await database.run(second)
    await phone.forge(f"p:agree:{round_id}:", 1)
    await phone.write("ya")
    await phone.write("/jawaban")
    assert "Jawaban Bapak/Ibu (1)" in phone.text


async def test_somebody_unknown_is_told_how_to_come_in(database: Database):
    phone = Phone(desk(database))
    await phone.write("/jawaban")
    assert "bot resmi survei pelatihan" in phone.text


async def test_after_the_end_the_answers_come_in_the_language_chosen_since(database: Database):
    phone, _ = await done(database)
    await phone.write("/bahasa")
    await phone.tap("English")
    await phone.write("/jawaban")
    assert "Your answers (60)" in phone.text
    assert "Ya (en)" in phone.text


async def test_going_on_leaves_the_review(database: Database):
    phone, _ = await after(database, 2)
    await phone.write("/jawaban")
    await phone.write("/lanjut")
    assert "3 dari sekitar" in phone.text
