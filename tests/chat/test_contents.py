"""What a class teaches and who teaches it, typed in the chat, through the routed handlers."""

import pytest
from sqlalchemy import Connection

from bot.chat.class_buttons import class_data
from bot.fieldwork.class_contents import lines_of
from bot.store import audit, responses, trainings
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import COORDINATOR, desk_on
from tests.fieldwork.office import change_response, import_class, open_round, people, roster, wib

HELD = wib("2026-10-16 14:00")


async def class_of(database: Database) -> tuple[Phones, int]:
    """A class of three of which nobody has said what it teaches; its coordinator looks at that."""
    bare = roster(instructors=(), competences=())
    training_id = await database.run(import_class, bare, connected=3)
    phones = Phones(desk_on(database, HELD))
    await phones.press(COORDINATOR, f"k:detail:{training_id}")
    await phones.tap(COORDINATOR, "Kompetensi dan pengajar")
    return phones, training_id


def kept(connection: Connection, training_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        trainings.competence_labels(connection, training_id),
        trainings.instructor_names(connection, training_id),
    )


def hidden(connection: Connection, person_id: int, name: str) -> str:
    (found,) = responses.of_person(connection, person_id)
    return found.response.hidden[name]


async def write(phones: Phones, label: str, text: str) -> str:
    await phones.tap(COORDINATOR, label)
    return await phones.write(COORDINATOR, text)


async def test_what_is_typed_is_shown_saved_after_a_tap_and_logged(database: Database):
    phones, training_id = await class_of(database)
    assert "Belum ada" in phones.text(COORDINATOR)
    shown = await write(phones, "Tulis kompetensi", "1. menyusun SPJ\n\n2) membaca LRA")
    assert "belum disimpan" in shown
    assert "1. menyusun SPJ\n2. membaca LRA" in shown
    assert await database.run(kept, training_id) == ((), ())
    assert "Tersimpan" in await phones.tap(COORDINATOR, "Simpan")
    await write(phones, "Tulis pengajar", "Hasan Basri\nRosmalina")
    await phones.tap(COORDINATOR, "Simpan")
    assert await database.run(kept, training_id) == (
        ("menyusun SPJ", "membaca LRA"),
        ("Hasan Basri", "Rosmalina"),
    )
    line = (await database.run(audit.latest, 1))[0]
    assert (line.action, line.detail["content"]) == ("write class contents", "instructors")


async def test_a_round_that_opens_later_asks_about_it(database: Database):
    phones, training_id = await class_of(database)
    await write(phones, "Tulis kompetensi", "menyusun SPJ")
    await phones.tap(COORDINATOR, "Simpan")
    await database.run(open_round, training_id, "post_training", now=HELD)
    person = (await database.run(people, training_id))[0]
    assert await database.run(hidden, person, "kompetensi_1") == "menyusun SPJ"


async def test_in_a_round_that_runs_who_has_not_begun_is_asked_and_who_has_begun_is_not(
    database: Database,
):
    phones, training_id = await class_of(database)
    await database.run(open_round, training_id, "post_training", now=HELD)
    begun, waiting, _ = await database.run(people, training_id)
    await database.run(change_response, begun, begun_at=HELD)
    shown = await write(phones, "Tulis pengajar", "Hasan Basri")
    assert "1 lembar jawaban pelatihan ini sudah dimulai" in shown
    said = await phones.tap(COORDINATOR, "Simpan")
    assert "2 orang yang belum mulai mendapat pertanyaan" in said
    assert "1 orang yang sudah mulai mengisi tetap" in said
    assert await database.run(hidden, waiting, "instruktur_1") == "Hasan Basri"
    assert await database.run(hidden, begun, "instruktur_1") != "Hasan Basri"
    assert await database.run(hidden, waiting, "nama_pelatihan") != ""


async def test_it_can_be_written_again_before_it_is_saved_or_given_up(database: Database):
    phones, training_id = await class_of(database)
    await write(phones, "Tulis kompetensi", "menyusn SPJ")
    await write(phones, "Tulis ulang", "menyusun SPJ")
    assert "menyusn" not in phones.text(COORDINATOR)
    await phones.tap(COORDINATOR, "Batal")
    shown = await phones.press(COORDINATOR, class_data("aboutsave", training_id))
    assert "Tidak ada daftar yang menunggu" in shown
    assert await database.run(kept, training_id) == ((), ())


async def test_what_waits_for_one_class_is_not_saved_for_another(database: Database):
    phones, training_id = await class_of(database)
    other = await database.run(import_class, roster(code="X-1", title="Lain"), connected=0)
    await write(phones, "Tulis kompetensi", "menyusun SPJ")
    before = await database.run(kept, other)
    shown = await phones.press(COORDINATOR, class_data("aboutsave", other))
    assert "Tidak ada daftar yang menunggu" in shown
    assert await database.run(kept, other) == before
    assert await database.run(kept, training_id) == ((), ())


async def test_the_same_tap_delivered_twice_saves_once(database: Database):
    phones, training_id = await class_of(database)
    await write(phones, "Tulis kompetensi", "menyusun SPJ")
    for _ in range(2):
        shown = await phones.press(COORDINATOR, class_data("aboutsave", training_id), number=1)
        assert "Tersimpan" in shown
    assert (await database.run(kept, training_id))[0] == ("menyusun SPJ",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\n***", "Tidak ada baris yang terbaca"),
        ("x" * 151, "Paling banyak 30 baris"),
        ("\n".join(f"kompetensi {n}" for n in range(31)), "Paling banyak 30 baris"),
    ],
)
async def test_what_cannot_be_used_is_told_with_the_remedy_and_may_be_written_again(
    database: Database, text: str, said: str
):
    phones, _ = await class_of(database)
    assert said in await write(phones, "Tulis kompetensi", text)
    assert "belum disimpan" in await phones.write(COORDINATOR, "menyusun SPJ")


async def test_a_name_is_shown_as_it_was_typed_and_never_as_markup(database: Database):
    phones, _ = await class_of(database)
    assert "&lt;b&gt;Hasan" in await write(phones, "Tulis pengajar", "<b>Hasan")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a satu\nb dua", ("a satu", "b dua")),
        ("- satu\n• dua\n3. tiga\n(4) empat", ("satu", "dua", "tiga", "empat")),
        ("Hasan\nHASAN\n\n  Rosmalina  ", ("Hasan", "Rosmalina")),
        ("2027 menyusun anggaran", ("2027 menyusun anggaran",)),
        ("\n \n", ()),
    ],
)
def test_lines_are_read_as_people_write_lists(text: str, lines: tuple[str, ...]):
    assert lines_of(text) == lines
