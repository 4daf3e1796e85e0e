"""A colleague tries a form out and publishes it, on both databases. What was sent is put there as the job would put it."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import Connection, func, select

from bot.chat.form_buttons import decode_form
from bot.chat.outgoing import ShowCard
from bot.chat.trial_screens import decode_trial
from bot.errors import NotAllowed, NothingOpen
from bot.fieldwork import reporting, rounds, submitting
from bot.fieldwork.enrolment import class_code
from bot.fieldwork.records import Posed
from bot.fieldwork.submitting import FILE_JOB, Checked
from bot.store import audit, draft_tables, questionnaires, tables
from bot.store.database import Database
from bot.survey.questionnaire import Questionnaire
from tests.chat.phone import Phone
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, STRANGER, desk_on
from tests.fieldwork.office import import_class, open_round, roster, round_of
from tests.survey.forms import form, item, labels, options

KNOWN = ("post_training", "followup_alumni", "followup_superior", "followup_peer", "interview")
FIRST = form(item("a01"), item("a02", "text"), name="followup_alumni")
SENT = replace(
    form(
        item("nama_pelatihan", "hidden"), item("kasus", "hidden"),
        item("a01"), item("a02", "text"), item("a03", relevant="${kasus} = 'berhasil'"),
        item("a04", "file"), name="followup_alumni",
    ), version="2",
)  # fmt: skip


def draft_of(connection: Connection, sent: Questionnaire = SENT, chat: int = COORDINATOR) -> int:
    checked = Checked("tindak.xlsx", sent, (), 3, KNOWN)
    return submitting.keep_draft(connection, chat, checked, NOW)


def phone_of(database: Database, who: int = COORDINATOR) -> Phone:
    return Phone(desk_on(database), who, _updates=count(who * 100))


async def press(phone: Phone, action: str, draft: int, message: int = 1) -> None:
    await phone.forge(f"f:{action}:{draft}", message)


async def later(phone: Phone, seconds: int = 5) -> None:
    phone.desk.clock.move_to(phone.desk.clock.now() + timedelta(seconds=seconds))  # type: ignore[attr-defined]


async def tap(phone: Phone, label: str) -> None:
    await later(phone)
    await phone.tap(label)


async def write(phone: Phone, text: str) -> None:
    await later(phone)
    await phone.write(text)


def rows(connection: Connection) -> dict[str, int]:
    kept = (tables.responses, tables.answers, tables.contacts, tables.people)
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in kept
    }


def in_use(connection: Connection) -> str:
    found = questionnaires.newest(connection, "followup_alumni")
    assert found is not None
    return questionnaires.of_id(connection, found).version


DOCUMENT = {"file_id": "F1", "file_unique_id": "U1", "file_name": "form.xlsx", "file_size": 900}


# ---- sending ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [COORDINATOR, ADMINISTRATOR])
async def test_a_form_that_staff_send_becomes_a_job_and_is_confirmed(database: Database, who: int):
    phone = phone_of(database, who)
    await phone.send({"document": DOCUMENT})
    assert "sedang diperiksa" in phone.text
    assert phone.desk.job_asked.is_set()
    job = await database.run(reporting.claim_job, NOW)
    assert job is not None
    assert (job.kind, job.chat_id) == (FILE_JOB, who)
    assert job.arguments == {"file_id": "F1", "file_name": "form.xlsx", "caption": ""}


async def test_the_ending_of_a_name_may_be_written_in_capitals(database: Database):
    phone = phone_of(database)
    await phone.send({"document": {**DOCUMENT, "file_name": "FORM (1).XLSX"}})
    assert "FORM (1).XLSX diterima" in phone.text


async def test_the_same_update_delivered_twice_is_one_job(database: Database):
    phone = phone_of(database)
    for _ in range(2):
        await phone.send({"document": DOCUMENT}, update_id=7)
    assert await database.run(reporting.claim_job, NOW) is not None
    assert await database.run(reporting.claim_job, NOW) is None


async def test_a_form_from_a_stranger_is_no_job(database: Database):
    phone = phone_of(database, STRANGER)
    await phone.send({"document": DOCUMENT})
    assert await database.run(reporting.claim_job, NOW) is None
    assert "diperiksa" not in phone.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file_name": "surat.pdf"}, "Simpan Sebagai &gt; Buku Kerja Excel"),
        ({"file_name": "form.ods"}, "Simpan Sebagai &gt; Buku Kerja Excel"),
        ({"file_name": None}, "bukan daftar peserta atau formulir"),
        ({"file_size": 11_000_000}, "lebih besar dari 10 MB"),
        ({"file_name": "<b>.exe"}, "&lt;b&gt;.exe bukan daftar peserta atau formulir"),
    ],
)
async def test_a_file_that_is_neither_form_nor_list_is_told_what_to_send(
    database: Database, changes: dict[str, object], said: str
):
    phone = phone_of(database)
    await phone.send({"document": {**DOCUMENT, **changes}})
    assert said in phone.text
    assert await database.run(reporting.claim_job, NOW) is None


async def test_the_list_says_which_version_is_asked_and_how_to_change_it(database: Database):
    await database.run(questionnaires.keep, FIRST, NOW)
    phone = phone_of(database)
    await phone.write("/formulir")
    assert "<b>Kecil</b> (followup_alumni)\nversi 1, 2 pertanyaan" in phone.text
    assert "kirim formulir XLSForm" in phone.text


# ---- trying out ----------------------------------------------------------------------------------


async def test_a_trial_asks_as_a_respondent_is_asked_and_leaves_no_data(database: Database):
    await database.run(import_class, roster(size=3), connected=2)
    before = await database.run(rows)
    phone = phone_of(database)
    draft = await database.run(draft_of)
    await press(phone, "try", draft)
    begun = [phone.messages[number].text for number in sorted(phone.messages)]
    assert "PRATINJAU: Kecil" in begun[-2]
    assert "nama_pelatihan = Manajemen Keuangan Daerah Angk. II; kasus = berhasil" in begun[-2]
    assert begun[-1].startswith("<b>PRATINJAU</b> - tidak masuk data\n")
    assert phone.labels() == ["Ya", "Tidak", "Lewati", "Selesai mencoba"]
    await tap(phone, "Ya")
    await write(phone, "cukup baik")
    assert "Tadi: cukup baik" in phone.text
    await tap(phone, "Tidak")
    await later(phone)
    await phone.send({"document": {**DOCUMENT, "file_name": "bukti.xlsx"}})
    assert "Pratinjau selesai" in phone.text
    assert "4 pertanyaan Bapak/Ibu jawab" in phone.text
    assert await database.run(rows) == before
    assert await database.run(reporting.claim_job, NOW) is None


async def test_every_card_of_a_trial_is_marked_and_none_leads_into_a_survey(database: Database):
    phone = phone_of(database)
    await press(phone, "try", await database.run(draft_of))
    await tap(phone, "Ya")
    await write(phone, "cukup")
    cards = [one for one in phone.messages.values() if one.buttons]
    for screen in cards:
        assert "PRATINJAU" in screen.text
        data = [button.data for row in screen.buttons for button in row]
        assert {one.partition(":")[0] for one in data} <= {"c", "f"}
        assert all(decode_trial(one) or decode_form(one) for one in data)
    assert len([screen for screen in cards if screen.buttons]) == 1


async def test_a_trial_goes_on_after_a_restart(database: Database):
    phone = phone_of(database)
    await press(phone, "try", await database.run(draft_of))
    await tap(phone, "Ya")
    again = replace(phone, desk=desk_on(database, NOW + timedelta(minutes=9)))
    await write(again, "sesudah berhenti")
    assert "Tadi: sesudah berhenti" in again.text


async def test_the_other_case_is_asked_when_it_is_tried_again(database: Database):
    two_ways = replace(
        SENT, items=(*SENT.items[:4], item("a05", relevant="${kasus} = 'belum'"), SENT.items[4])
    )
    phone = phone_of(database)
    draft = await database.run(draft_of, two_ways)
    seen = []
    for _ in range(2):
        await press(phone, "try", draft)
        await tap(phone, "Ya")
        await write(phone, "cukup")
        seen.append("a05" if "Pertanyaan a05?" in phone.text else "a03")
        await tap(phone, "Selesai mencoba")
    assert set(seen) == {"a03", "a05"}


async def test_a_trial_speaks_the_language_that_was_chosen_meanwhile(database: Database):
    phone = phone_of(database)
    await press(phone, "try", await database.run(draft_of))
    await phone.write("/bahasa")
    await tap(phone, "English")
    await write(phone, "ya")
    assert "Pertanyaan a02? (en)" in phone.text
    assert "PREVIEW" in phone.text


async def test_ending_a_trial_forgets_its_answers_and_an_old_button_says_so(database: Database):
    phone = phone_of(database)
    draft = await database.run(draft_of)
    await press(phone, "try", draft)
    card = phone.card
    old = phone.messages[card].buttons[0][0].data
    await tap(phone, "Selesai mencoba")
    assert "Pratinjau selesai" in phone.messages[card].text
    assert phone.labels(card) == ["Coba lagi", "Terbitkan", "Batal"]
    with pytest.raises(NothingOpen, match="coba_sudah_selesai"):
        await phone.forge(old, card)

    def trial(connection: Connection) -> object:
        return connection.execute(select(draft_tables.form_drafts.c.trial)).scalar_one()

    assert await database.run(trial) is None


async def test_text_of_a_colleague_without_a_trial_is_a_participants(database: Database):
    training = await database.run(import_class, roster(size=3))
    phone = phone_of(database)
    await phone.write(class_code(phone.desk.secret, training))
    assert "Masa berlaku tautan ini berakhir" in phone.text


async def test_a_trial_belongs_to_who_sent_the_form(database: Database):
    draft = await database.run(draft_of)
    colleague, stranger = phone_of(database, ADMINISTRATOR), phone_of(database, STRANGER)
    for data in (f"f:try:{draft}", f"f:publish:{draft}", f"f:end:{draft}"):
        await colleague.forge(data, 1)
        assert "sudah tidak disimpan" in colleague.text
        await stranger.forge(data, 1)
        assert "hanya untuk petugas" in stranger.text
    with pytest.raises(NothingOpen, match="formulir_tidak_ada"):
        await colleague.forge(f"c:{draft}:0:0:choose:ya", 1)
    with pytest.raises(NotAllowed, match="bukan_petugas"):
        await stranger.forge(f"c:{draft}:0:0:choose:ya", 1)


@pytest.mark.parametrize("data", ["f:", "f:try", "f:try:-1", "f:eat:1", "c:", "c:1", "c:x:1:1:a:b"])
async def test_forged_data_is_answered_and_ignored(database: Database, data: str):
    phone = phone_of(database)
    await phone.forge(data, 1)
    assert phone.alerts[-1]
    assert not phone.messages


# ---- publishing ----------------------------------------------------------------------------------


async def test_what_changes_nothing_of_the_data_is_published_with_one_tap(database: Database):
    await database.run(questionnaires.keep, FIRST, NOW)
    better = replace(
        FIRST, version="2", items=(replace(FIRST.items[0], labels=labels("Lebih jelas?")), *FIRST.items[1:])
    )  # fmt: skip
    phone = phone_of(database)
    await press(phone, "publish", await database.run(draft_of, better))
    assert "<b>Diterbitkan: Kecil</b> (followup_alumni), versi 2." in phone.text
    assert await database.run(in_use) == "2"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (replace(FIRST.items[0], options=options("ya", "ragu", "tidak")), "a01: kode pilihan berubah"),
        (replace(FIRST.items[0], name="a09"), "a01: tidak ditanyakan lagi"),
    ],
)  # fmt: skip
async def test_what_costs_former_answers_needs_a_second_tap(database: Database, changed, told: str):
    await database.run(questionnaires.keep, FIRST, NOW)
    sent = replace(FIRST, version="2", items=(changed, *FIRST.items[1:]))
    phone = phone_of(database)
    await press(phone, "publish", await database.run(draft_of, sent))
    assert told in phone.text
    assert phone.labels() == ["Tetap terbitkan", "Coba dulu", "Batal"]
    assert await database.run(in_use) == "1"
    await tap(phone, "Tetap terbitkan")
    assert await database.run(in_use) == "2"


async def test_the_second_tap_counts_only_for_the_differences_that_were_shown(database: Database):
    await database.run(questionnaires.keep, FIRST, NOW)
    sent = replace(FIRST, version="2", items=FIRST.items[:1])
    phone = phone_of(database)
    await press(phone, "publish", await database.run(draft_of, sent))
    meanwhile = replace(FIRST, version="3", items=(*FIRST.items, item("a07")))
    await database.run(questionnaires.keep_published, meanwhile, ADMINISTRATOR, NOW)
    await tap(phone, "Tetap terbitkan")
    assert "a07: tidak ditanyakan lagi" in phone.text
    assert await database.run(in_use) == "3"
    await tap(phone, "Tetap terbitkan")
    assert await database.run(in_use) == "2"


async def test_a_confirmation_that_nobody_was_shown_counts_for_nothing(database: Database):
    await database.run(questionnaires.keep, FIRST, NOW)
    sent = replace(FIRST, version="2", items=FIRST.items[:1])
    phone = phone_of(database)
    await press(phone, "confirm", await database.run(draft_of, sent))
    assert await database.run(in_use) == "1"


async def test_the_same_content_is_not_published_again(database: Database):
    await database.run(questionnaires.keep, FIRST, NOW)
    phone = phone_of(database)
    await press(phone, "publish", await database.run(draft_of, replace(FIRST, version="2")))
    assert "isinya sudah sama" in phone.text
    assert await database.run(in_use) == "1"


async def test_an_update_that_comes_twice_publishes_once_and_says_the_same(database: Database):
    phone = phone_of(database)
    draft = await database.run(draft_of)
    for _ in range(2):
        await phone.forge(f"f:publish:{draft}", 1, update_id=9)
        assert "Diterbitkan" in phone.text

    def publications(connection: Connection) -> int:
        counted = select(func.count()).select_from(tables.publications)
        return connection.execute(counted).scalar_one()

    assert await database.run(publications) == 1


async def test_an_earlier_version_can_be_published_again(database: Database):
    await database.run(questionnaires.keep, FIRST, NOW)
    await database.run(questionnaires.keep_published, SENT, COORDINATOR, NOW)
    phone = phone_of(database)
    await press(phone, "publish", await database.run(draft_of, FIRST))
    await tap(phone, "Tetap terbitkan")
    assert await database.run(in_use) == "1"


async def test_who_is_inside_keeps_the_version_and_a_new_round_takes_the_new_one(
    database: Database,
):
    await database.run(questionnaires.keep, FIRST, NOW)
    first = await database.run(import_class, roster(size=3), connected=2)
    await database.run(open_round, first, now=NOW)
    phone = phone_of(database)
    latest = replace(SENT, items=(*SENT.items, item("a99")))
    await press(phone, "publish", await database.run(draft_of, latest))
    assert "1 putaran yang sedang berjalan tetap memakai versinya" in phone.text
    second = await database.run(import_class, roster(size=2, code="MKD-2026-9"), connected=1)
    await database.run(open_round, second, now=NOW)
    await database.run(rounds.issue_newcomers, phone.desk.study, first, NOW)

    def version_of(connection: Connection, training: int) -> set[str]:
        round_id = round_of(connection, training, "followup_alumni").id
        found = connection.execute(
            select(tables.questionnaires.c.version)
            .join_from(tables.responses, tables.questionnaires)
            .where(tables.responses.c.round_id == round_id)
        )
        return set(found.scalars())

    inside = await database.run(version_of, first)
    assert len(inside) == 1
    assert inside != {"2"}
    assert await database.run(version_of, second) == {"2"}


async def test_dropping_forgets_the_form_and_changes_nothing(database: Database):
    await database.run(questionnaires.keep, FIRST, NOW)
    phone = phone_of(database)
    draft = await database.run(draft_of)
    for _ in range(2):
        await press(phone, "drop", draft)
        assert "Tidak ada yang berubah" in phone.text
    await press(phone, "publish", draft)
    assert "sudah tidak disimpan" in phone.text
    assert await database.run(in_use) == "1"


async def test_what_was_done_with_a_form_is_in_the_audit_log(database: Database):
    phone = phone_of(database)
    await phone.send({"document": DOCUMENT})
    draft = await database.run(draft_of)
    for action in ("try", "end", "publish", "drop"):
        await press(phone, action, draft)
    done = [action for actor, action in await database.run(audit.actions) if actor == "501"]
    assert done == ["send file", "try form", "end trial", "publish form", "drop form"]


async def test_a_form_that_cannot_be_used_is_not_kept(database: Database):
    foreign = replace(SENT, name="kepuasan")
    assert await database.run(draft_of, foreign) == 0
    assert await database.run(draft_of, replace(SENT, version="v" * 41)) == 0


async def test_what_is_typed_while_the_next_card_of_a_trial_is_on_its_way_answers_nothing(
    database: Database,
):
    draft = await database.run(draft_of)
    phone = phone_of(database)
    await press(phone, "try", draft)
    await tap(phone, phone.labels()[0])
    (card,) = [one for one in phone.last if isinstance(one, ShowCard)]
    assert card.posed == Posed(0, 2, is_new=True)  # new, and of no survey of the colleague's own
    phone.desk.posing[COORDINATOR] += 1  # as the outbox counts it
    await write(phone, "Anggaran tahun lalu")
    assert "mungkin terkirim sebelum" in phone.text
    phone.desk.posing.clear()
    await write(phone, "Anggaran tahun ini")
    assert "Anggaran tahun ini" in phone.text
