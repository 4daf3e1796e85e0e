"""The promises of the privacy notices, each held by a test that bears its name. docs/privacy.md lists them.

A notice whose words change needs a new version, or nobody would be asked again: the table of versions holds that.
"""

import csv
import hashlib
import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.chat.routing import PARTICIPANT_COMMANDS
from bot.fieldwork import answering, consent, conversation, export, privacy
from bot.fieldwork.permits import PERMITS
from bot.fieldwork.records import File, Visit, Written
from bot.store import people, tables
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.phone import Phone
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, TEXTS, desk_on
from tests.chat.test_role_matrix import HOW, Place, done
from tests.chat.test_role_matrix import office as staffed
from tests.fieldwork import field
from tests.fieldwork.office import FIRST_CHAT, STUDY, open_round
from tests.search import rows_with

NOTICES = (
    "privasi_pendek", "privasi_lengkap", "siapa_melihat", "privasi_atasan", "privasi_rekan",
    "privasi_lengkap_penilai", "siapa_melihat_penilai", "privasi_wawancara",
    "privasi_lengkap_wawancara", "siapa_melihat_wawancara", "privasi_anonim",
    "privasi_lengkap_anonim", "siapa_melihat_anonim", "kalimat_atasan_pasca",
    "kalimat_atasan_tindak_lanjut", "kalimat_rekan_pasca", "kalimat_rekan_tindak_lanjut", "retensi_bulan",
)  # fmt: skip
VERSIONS = {  # of [office] privacy_version: what the notices say then
    "1.1": "d11c319154515cd0",
    "1.2": "4fa9d6b338674929",
}
OWN_WORDS = "Kalimat rahasia delapan ribu"


def wording() -> str:
    said = (f"{key}={TEXTS.sentences[lang][key]}" for key in NOTICES for lang in ("id", "en"))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def test_a_notice_that_changes_gets_a_new_version():
    assert VERSIONS.get(STUDY.office.privacy_version) == wording()


# ---- whoever agreed is asked again ----------------------------------------------------------------


def newer(visit: Visit) -> Visit:
    office = replace(visit.study.office, privacy_version="9.9")
    return replace(visit, study=replace(visit.study, office=office))


def with_new_notice(connection: Connection, act: conversation.Act) -> list[str]:
    return list(field.keys(conversation.attend(connection, newer(field.visit()), act)))


def agreed(connection: Connection) -> tuple[int, int]:
    """(person, round)."""
    _, everybody, round_id = field.classroom(connection)
    field.attended(connection, partial(answering.agree, round_id=round_id, more=""))
    return everybody[0], round_id


@pytest.mark.parametrize("written", ["1", "anggaran"])
def test_a_new_notice_is_asked_about_before_the_next_answer(connection: Connection, written: str):
    person_id, _ = agreed(connection)
    typed = partial(conversation.typed, written=Written(written, field.NOW))
    assert with_new_notice(connection, typed) == ["privasi_diperbarui", "privasi_pendek"]
    assert not field.response_of(connection, person_id).response.answers


def test_who_agrees_to_the_new_notice_goes_on_where_they_were(connection: Connection):
    person_id, round_id = agreed(connection)
    again = partial(answering.agree, round_id=round_id, more="")
    assert with_new_notice(connection, again) == ["persetujuan_tercatat", "card:a01"]
    last = people.last_consent(connection, person_id, round_id)
    assert last is not None
    assert last.notice_version == "9.9"


def test_both_consents_stay_in_the_log(connection: Connection):
    _, round_id = agreed(connection)
    with_new_notice(connection, partial(answering.agree, round_id=round_id, more=""))
    versions = connection.execute(tables.consents.select()).all()
    assert [row.notice_version for row in versions] == [STUDY.office.privacy_version, "9.9"]


def test_a_superiors_proxy_is_not_asked_again_who_fills_in(connection: Connection):
    training_id = field.add_training(connection)
    alumnus, superior = field.add_person(connection), field.add_person(connection, "Ratna Dewi")
    field.enrol(connection, training_id, superior, "superior", about=alumnus)
    field.connect(connection, superior)
    round_id = field.open_round(connection, training_id, "followup_superior")
    act = partial(answering.agree, round_id=round_id, more=consent.ON_BEHALF)
    field.attended(connection, act)
    begin = partial(answering.begin, round_id=round_id)
    assert with_new_notice(connection, begin) == ["privasi_diperbarui", "privasi_atasan"]


# ---- who sees what --------------------------------------------------------------------------------


async def answered_class(database: Database) -> tuple[Phones, Place]:
    """Somebody of a class has answered with a sentence of their own; the office is there."""
    places = await database.run(staffed)
    await database.run(partial(open_round, training_id=places["first"].training_id, now=NOW))
    phones = Phones(replace(desk_on(database), study=field.STUDY))
    participant = Phone(phones.desk, FIRST_CHAT)
    for text in ("/lanjut", "1", "1", OWN_WORDS):
        await participant.write(text)
        if text == "/lanjut":
            await participant.tap("Ya, saya bersedia")
    stored = await database.run(
        lambda connection: connection.execute(tables.answers.select()).all()
    )
    assert OWN_WORDS in {row.value for row in stored}
    return phones, places["first"]


def shown_to(phones: Phones, who: int) -> str:
    files = "".join(str(file.content) for file in phones.files[who])
    return "".join(screen.text for screen in phones.screens[who]) + files


async def test_the_coordinator_sees_who_has_answered_not_what(database: Database):
    phones, place = await answered_class(database)
    for how in HOW.values():
        await done(phones, COORDINATOR, how(place))
    assert "Manajemen Keuangan" in shown_to(phones, COORDINATOR)
    assert OWN_WORDS not in shown_to(phones, COORDINATOR)


async def test_what_colleagues_see_in_the_chat_says_nobodys_answer(database: Database):
    phones, place = await answered_class(database)
    for how in HOW.values():
        await done(phones, ADMINISTRATOR, how(place))
    assert OWN_WORDS not in shown_to(phones, ADMINISTRATOR)


async def test_the_superior_sees_nothing_of_the_answers(database: Database):
    phones, _ = await answered_class(database)
    superior = 9999

    def connected(connection: Connection) -> None:
        row = connection.execute(
            tables.people.select().where(tables.people.c.name.like("Atasan%"))
        ).first()
        field.connect(connection, row.id, superior)

    await database.run(connected)
    for command in PARTICIPANT_COMMANDS:
        await phones.write(superior, f"/{command}")
    await phones.press(superior, "p:data_file:0:")
    assert phones.files[superior]
    assert OWN_WORDS not in shown_to(phones, superior)


def test_microdata_leaves_for_administrators_only_so_a_coordinator_has_no_unit_grade_or_time_per_row():
    taking = {name for name in PERMITS if "microdata" in name or "responses" in name}
    assert all(PERMITS[name].coordinator == "none" for name in taking)


def read_back(folder: Path) -> tuple[list[dict[str, str]], str]:
    """The rows of responses.csv, and all that was written."""
    with (folder / "responses.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return rows, "".join(path.read_text() for path in folder.glob("*.csv"))


async def test_what_is_taken_for_the_analysis_has_a_code_and_neither_name_nip_nor_account(
    database: Database, database_url: str, tmp_path: Path
):
    await answered_class(database)
    await database.read(export.write_tables, STUDY, tmp_path)
    rows, written = read_back(tmp_path)
    known = await database.run(lambda connection: connection.execute(tables.people.select()).all())
    assert any(row["value"] == OWN_WORDS for row in rows)
    assert not [row.name for row in known if row.name in written]
    assert not [row.nip for row in known if row.nip and row.nip in written]
    assert str(FIRST_CHAT) not in "".join(row["respondent"] for row in rows)
    assert rows_with(database_url, [OWN_WORDS])  # it is there to be found


def test_groups_are_of_five_people_at_least():
    assert STUDY.k >= 5


# ---- what one may ask for -------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key in NOTICES if "lengkap" in key])
def test_every_right_that_a_notice_names_is_a_command(key: str):
    for language in TEXTS.languages():
        named = set(re.findall(r"/([a-z]+)", TEXTS.sentences[language][key]))
        assert {"datasaya", "koreksi", "hapus", "berhenti"} <= named <= set(PARTICIPANT_COMMANDS)


def test_my_data_says_how_many_rated_me_not_what_they_said(connection: Connection):
    _, (person_id, superior), _ = field.classroom(connection, "Siti", "Ratna")
    here = tables.responses.c.person_id == superior
    rating = {"about_id": person_id, "begun_at": field.NOW, "hidden": {"x": OWN_WORDS}}
    connection.execute(tables.responses.update().where(here).values(rating))
    outcome = field.attended(connection, privacy.data_file)
    content = b"".join(one.content for one in outcome.reactions if isinstance(one, File))
    assert b'"jumlah": 1' in content
    assert OWN_WORDS.encode() not in content


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_notices_say_confidential_and_never_that_nobody_could_know(language: str):
    for key in NOTICES:
        if key.endswith("_anonim"):
            continue
        assert "anon" not in TEXTS.sentences[language][key].lower()
    assert {"id": "rahasia", "en": "confidential"}[language] in TEXTS.sentences[language][
        "siapa_melihat"
    ]


def test_the_page_on_privacy_names_tests_that_exist():
    root = Path(__file__).parent
    page = (root.parent / "docs" / "privacy.md").read_text(encoding="utf-8")
    written = "".join(path.read_text(encoding="utf-8") for path in root.rglob("test_*.py"))
    named = set(re.findall(r"test_[a-z_]{10,}", page))
    assert len(named) >= 5
    assert {name for name in named if f"def {name}(" not in written} == set()
    assert all((root.parent / name).exists() for name in re.findall(r"tests/[a-z/_]+\.py", page))
