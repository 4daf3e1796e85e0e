"""/audit: what stands in the log, how it reads, how it is exported; and that it names no participant."""

import csv
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection

from bot.chat.audit_screens import audit_key
from bot.chat.buttons import AnswerButton, answer_data, press_data
from bot.chat.staff_buttons import encode, office_data
from bot.fieldwork import auditing, enrolment
from bot.fieldwork.permits import PERMITS
from bot.store import audit
from bot.store import staff as stored
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, STRANGER, TEXTS, desk_on
from tests.fieldwork.office import FIRST_CHAT, import_class, nip, open_round, people, wib

WORDS_OF_OTHERS = ("accept invitation", "decline invitation", "import roster", "write links",
                   "open link", "answer survey", "?")  # fmt: skip


async def prepared(database: Database) -> tuple[Phones, int]:
    training_id = await database.run(import_class)
    return Phones(desk_on(database)), training_id


def numbered(connection: Connection, count: int) -> None:
    for number in range(count):
        audit.note(
            connection, "501", "show class QR", {"training": f"MKD-{number}"}, wib("2027-01-13")
        )


@pytest.mark.parametrize("language", TEXTS.languages())
def test_every_action_has_its_sentence(language: str):
    for action in (*PERMITS, *WORDS_OF_OTHERS):
        assert audit_key(action) in TEXTS.sentences[language]


async def test_it_says_who_did_what_to_which_training_the_newest_first(database: Database):
    phones, training_id = await prepared(database)
    await phones.press(COORDINATOR, encode("qr", training_id))
    await phones.press(COORDINATOR, encode("send", training_id))
    await phones.press(COORDINATOR, office_data("xlsx"))
    lines = (await phones.write(ADMINISTRATOR, "/audit")).splitlines()
    assert lines[1:5] == [
        "13/01 08.45 Darma: ditolak: mengekspor catatan tindakan",
        "13/01 08.45 Darma: membuka tindak lanjut (MKD-2026-2)",
        "13/01 08.45 Darma: menampilkan QR kelas (MKD-2026-2)",
        "13/10 09.00 operator: mengimpor daftar peserta (MKD-2026-2)",
    ]


async def test_a_tap_that_opened_nothing_is_not_logged_as_an_opening(database: Database):
    phones, training_id = await prepared(database)
    for _ in range(2):
        await phones.press(COORDINATOR, encode("send", training_id))
    lines = (await phones.write(ADMINISTRATOR, "/audit")).splitlines()
    assert lines[1].endswith("membuka tindak lanjut (MKD-2026-2, tidak ada yang berubah)")
    assert lines[2].endswith("membuka tindak lanjut (MKD-2026-2)")


async def test_looking_at_lists_without_names_is_in_the_export_only(database: Database):
    phones, _ = await prepared(database)
    await phones.write(COORDINATOR, "/pelatihan")
    assert "daftar pelatihan" not in await phones.write(ADMINISTRATOR, "/audit")
    rows = await exported(phones)
    assert "melihat daftar pelatihan" in [row[4] for row in rows]


async def test_only_the_last_twenty_are_shown(database: Database):
    phones, _ = await prepared(database)
    await database.run(numbered, 25)
    shown = await phones.write(ADMINISTRATOR, "/audit")
    assert shown.count("menampilkan QR kelas") == 20
    assert "(MKD-24)" in shown
    assert "(MKD-4)" not in shown


async def exported(phones: Phones) -> list[list[str]]:
    await phones.press(ADMINISTRATOR, office_data("csv"))
    content = phones.files[ADMINISTRATOR][-1].content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


async def test_the_export_has_every_line_in_pages_the_oldest_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(auditing, "PAGE", 10)
    phones, _ = await prepared(database)
    await database.run(numbered, 25)
    rows = await exported(phones)
    assert rows[0][:4] == ["Nomor", "Waktu", "Akun", "Nama"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 27)]
    assert rows[2][1:3] == ["2027-01-13 00:00:00", "501"]


async def test_the_workbook_says_the_same(database: Database):
    phones, _ = await prepared(database)
    await phones.press(ADMINISTRATOR, office_data("xlsx"))
    sent = phones.files[ADMINISTRATOR][-1]
    assert sent.filename == "audit-2027-01-13.xlsx"
    sheet = load_workbook(io.BytesIO(sent.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][4] == "mengimpor daftar peserta (MKD-2026-2)"


async def test_a_name_from_telegram_becomes_no_formula(database: Database):
    phones, training_id = await prepared(database)
    await phones.press(COORDINATOR, encode("qr", training_id))
    await database.run(stored.remember_name, COORDINATOR, '=HYPERLINK("x")')
    rows = await exported(phones)
    assert [row[3] for row in rows if row[2] == str(COORDINATOR)] == ['\'=HYPERLINK("x")']


async def test_what_was_refused_to_a_stranger_is_logged_by_a_pseudonym(database: Database):
    phones, training_id = await prepared(database)
    await phones.press(STRANGER, encode("send", training_id))
    await phones.write(STRANGER, "/audit")
    shown = (await phones.write(ADMINISTRATOR, "/audit")).splitlines()[1:3]
    assert all("bukan petugas #" in line and str(STRANGER) not in line for line in shown)
    assert shown[0].split(": ")[0] == shown[1].split(": ")[0]
    assert "ditolak: membuka tindak lanjut (MKD-2026-2)" in shown[1]


async def test_the_pseudonym_of_another_deployment_is_another(database: Database):
    phones, _ = await prepared(database)
    await phones.write(STRANGER, "/audit")
    phones.desk = replace(phones.desk, secret=b"another secret of thirty-two bytes")
    await phones.write(STRANGER, "/audit")
    newest = await database.run(audit.latest, 2)
    assert newest[0].actor != newest[1].actor


@pytest.mark.parametrize(
    "data", ["k:drop:1", "m:all:x", "j:accept:s1", "m:remove:99999999999999999"]
)
async def test_forged_staff_buttons_are_refused_and_logged(database: Database, data: str):
    phones, _ = await prepared(database)
    await phones.press(COORDINATOR, data)
    line = (await database.run(audit.latest, 1))[0]
    assert (line.actor, line.action, line.detail) == (str(COORDINATOR), "refused", {"wanted": "?"})
    assert phones.alerts[-1].startswith("Tombol ini sudah tidak berlaku")


async def test_a_button_of_somebody_elses_survey_is_refused_and_logged_once(database: Database):
    phones, training_id = await prepared(database)
    round_id = await database.run(open_round, training_id, now=wib("2027-01-13 08:40"))
    anothers = answer_data(AnswerButton(1, 2, 0, "choose", "setuju"))
    for _ in range(2):
        await phones.press(FIRST_CHAT + 1, anothers, number=1)
    refused = [line for line in await database.run(audit.latest, 9) if line.action == "refused"]
    assert [line.detail["wanted"] for line in refused] == ["answer survey"]
    await phones.press(FIRST_CHAT + 1, press_data("begin", round_id), number=2)
    assert len([x for x in await database.run(audit.actions) if x[1] == "refused"]) == 1


async def test_links_of_others_replaced_and_unknown_ones_are_refused_and_logged(
    database: Database,
):
    phones, training_id = await prepared(database)
    someone, other = (await database.run(people, training_id, "superior"))[0], "p" + "x" * 22
    await database.run(enrolment.new_link, someone, wib("2027-01-13"), other)
    await phones.write(STRANGER, "/start punknown")
    await phones.write(FIRST_CHAT, f"/start {other}")
    await database.run(enrolment.new_link, someone, wib("2027-01-13"), "p" + "y" * 22)
    await phones.write(STRANGER, f"/start {other}")
    lines = await database.run(audit.latest, 3)
    assert [line.detail["why"] for line in reversed(lines)] == [
        "tautan_tidak_dikenal", "akun_sudah_terhubung", "tautan_diganti",
    ]  # fmt: skip
    assert {line.detail["wanted"] for line in lines} == {"open link"}


async def test_the_log_holds_no_name_nip_or_account_of_a_participant(database: Database):
    phones, training_id = await prepared(database)
    for action in ("qr", "preview", "send", "cancel"):
        await phones.press(COORDINATOR, encode(action, training_id))  # type: ignore[arg-type]
    for text in ("/pelatihan", "/audit", "/start punknown"):
        await phones.write(FIRST_CHAT, text)
    await phones.press(FIRST_CHAT, answer_data(AnswerButton(2, 2, 0, "choose", "setuju")))
    written = "\n".join(
        f"{line.actor} {line.action} {line.detail}" for line in await database.run(audit.latest, 99)
    )
    assert "MKD-2026-2" in written
    for personal in ("Peserta", str(FIRST_CHAT), *(nip(number).digits for number in range(3))):
        assert personal not in written
