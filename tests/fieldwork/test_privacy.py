import json
from functools import partial

import pytest
from sqlalchemy import Connection, func, select

from bot.fieldwork import answering, consent, conversation, privacy
from bot.fieldwork.records import File, MyData, Outcome, Written
from bot.fieldwork.tapping import Tapped
from bot.store import accounts, audit, people, rights_tables, tables
from bot.store import issued as stored_issued
from bot.store.issued import Issued
from tests.fieldwork.field import (
    CHAT,
    NOW,
    add_person,
    attended,
    classroom,
    enrol,
    keys,
    later,
    only_say,
    planned_contacts,
    response_of,
)

PERSONAL = ("people", "accounts", "responses", "answers", "answer_history", "consents", "links",
            "enrolments", "contacts", "disposition_history")  # fmt: skip


def answered(connection: Connection, *names: str) -> tuple[int, int, list[int]]:
    """(training, round, people); the first has agreed, answered, and changed the answer."""
    training_id, everybody, round_id = classroom(connection, *names or ("Siti Aminah",))
    attended(connection, partial(answering.agree, round_id=round_id, more=""))
    attended(connection, partial(conversation.typed, written=Written("2", NOW)))
    response = response_of(connection, everybody[0]).response
    back = partial(
        answering.tap,
        tapped=Tapped(response.id, 4, response.revision, "back"),
    )
    attended(connection, back)
    attended(connection, partial(conversation.typed, written=Written("1", NOW)))
    return training_id, round_id, everybody


def rated(connection: Connection, training_id: int, round_id: int, alumnus: int) -> int:
    """A superior who has begun to answer about the alumnus, in a round of that training."""
    superior = add_person(connection, "Ratna Dewi")
    enrol(connection, training_id, superior, "superior", about=alumnus)
    form_id = connection.execute(select(tables.rounds.c.questionnaire_id)).scalar_one()
    issued = Issued(round_id, superior, form_id, 1, {"nama_alumni": "Siti Aminah"}, alumnus)
    stored_issued.insert_all(connection, [issued], NOW)
    connection.execute(
        tables.responses.update()
        .where(tables.responses.c.person_id == superior)
        .values(begun_at=NOW)
    )
    return superior


def file_of(outcome: Outcome) -> File:
    _, file = outcome.reactions
    assert isinstance(file, File)
    return file


def count(connection: Connection, table: str) -> int:
    counted = select(func.count()).select_from(tables.metadata.tables[table])
    return connection.execute(counted).scalar_one()


def test_my_data_is_offered_as_a_file_first(connection: Connection):
    answered(connection)
    outcome = attended(connection, privacy.my_data)
    assert [choice.action for choice in only_say(outcome).choices] == ["data_file", "cancel"]


def test_my_data_holds_everything_that_the_notice_names(connection: Connection):
    answered(connection)
    held = json.loads(file_of(attended(connection, privacy.data_file)).content)
    assert held["data_diri"][0]["name"] == "Siti Aminah"
    assert len(held["data_diri"][0]["nip"]) == 18
    assert held["akun_telegram"][0]["chat_id"] == CHAT
    assert held["persetujuan"][0]["given"] is True
    assert {row["item"]: row["value"] for row in held["jawaban"]}["a01"] == "tidak"
    assert [row["value"] for row in held["jawaban_yang_diganti"]] == ["setuju"]


def test_my_data_tells_the_question_beside_each_answer(connection: Connection):
    answered(connection)
    page, _ = attended(connection, privacy.data_file).reactions
    assert isinstance(page, MyData)
    (row,) = page.document["jawaban"]
    assert (row["pertanyaan"], row["arti"]) == ("Pertanyaan a01?", "Tidak")


def test_my_data_says_what_colleagues_did_with_the_training_not_who(connection: Connection):
    answered(connection)
    code = connection.scalars(select(tables.trainings.c.code)).one()
    for training, action in ((code, "export ledger"), ("OTHER", "show class QR")):
        audit.note(connection, "501", action, {"training": training}, NOW)
    held = json.loads(file_of(attended(connection, privacy.data_file)).content)
    assert held["jejak_pemrosesan"] == [
        {"at": NOW.isoformat(), "action": "export ledger", "training": code}
    ]


def test_my_data_says_how_many_rated_me_but_not_what_they_said(connection: Connection):
    training_id, round_id, (person_id,) = answered(connection)
    rated(connection, training_id, round_id, person_id)
    content = file_of(attended(connection, privacy.data_file)).content.decode()
    assert json.loads(content)["penilaian_tentang_saya"] == [{"jumlah": 1}]
    assert "Ratna" not in content


def test_a_correction_is_noted_with_its_clock(connection: Connection):
    answered(connection)
    attended(connection, privacy.correct)
    wish = partial(conversation.typed, written=Written("Unit saya: Dinas Kesehatan", NOW))
    assert keys(attended(connection, wish)) == ["koreksi_tercatat"]
    row = connection.execute(select(rights_tables.requests)).one()
    assert (row.kind, row.text, row.due_at) == (
        "correction", "Unit saya: Dinas Kesehatan", later(hours=72),
    )  # fmt: skip


def test_cancelling_a_correction_makes_typed_text_an_answer_again(connection: Connection):
    _, _, (person_id,) = answered(connection)
    attended(connection, privacy.correct)
    assert keys(attended(connection, privacy.cancel)) == ["card:a02"]
    account = accounts.of_person(connection, person_id)
    assert account is not None
    assert not account.expecting


def test_erasing_asks_first_and_then_leaves_nothing_of_the_person(connection: Connection):
    training_id, round_id, (person_id,) = answered(connection)
    superior = rated(connection, training_id, round_id, person_id)
    assert keys(attended(connection, privacy.ask_erase)) == ["hapus_konfirmasi"]
    assert count(connection, "people") == 2
    assert keys(attended(connection, privacy.erase)) == ["hapus_selesai"]
    assert {table: count(connection, table) for table in PERSONAL} == {
        **dict.fromkeys(PERSONAL, 0), "people": 1,
    }  # fmt: skip
    assert people.person(connection, superior).name == "Ratna Dewi"


def test_of_an_erasure_only_that_it_happened_is_kept(connection: Connection):
    _, _, (person_id,) = answered(connection)
    code = people.person(connection, person_id).code
    attended(connection, privacy.erase)
    row = connection.execute(select(rights_tables.requests)).one()
    assert (row.kind, row.person_code, row.text, row.done_at) == ("erasure", "", "", NOW)
    assert code not in str(connection.execute(select(rights_tables.requests)).all())


def test_erasing_one_person_leaves_the_others_untouched(connection: Connection):
    answered(connection, "Siti Aminah", "Budi Santoso")
    attended(connection, privacy.erase)
    assert count(connection, "people") == 1
    assert count(connection, "responses") == 1


def test_stop_offers_its_four_buttons(connection: Connection):
    answered(connection)
    outcome = attended(connection, privacy.stop)
    assert [choice.action for choice in only_say(outcome).choices] == [
        "stop_survey", "stop_contact", "erase", "cancel",
    ]  # fmt: skip


def test_stopping_this_survey_declines_it_and_keeps_what_was_answered(connection: Connection):
    _, _, (person_id,) = answered(connection)
    assert keys(attended(connection, privacy.stop_survey)) == ["menolak"]
    response = response_of(connection, person_id).response
    assert response.disposition == "refused"
    assert response.answers


def test_no_more_contact_is_noted_and_withdraws_what_was_planned(connection: Connection):
    _, _, (person_id,) = answered(connection)
    assert keys(attended(connection, privacy.stop_contact)) == ["tidak_dihubungi"]
    assert people.person(connection, person_id).do_not_contact_at == NOW
    assert "planned" not in planned_contacts(connection, person_id)


@pytest.mark.parametrize(
    "act",
    [privacy.my_data, privacy.data_file, privacy.correct, privacy.stop, privacy.erase],
)
def test_who_is_not_connected_hears_that_nothing_is_kept(
    connection: Connection, act: conversation.Act
):
    assert keys(attended(connection, act, chat_id=999)) == ["belum_ada_data"]


def test_declining_after_completion_says_that_it_is_complete(connection: Connection):
    _, round_id, (person_id,) = answered(connection)
    found = response_of(connection, person_id)
    connection.execute(tables.responses.update().values(completed_at=NOW, stage="done"))
    assert keys(attended(connection, partial(consent.refuse, round_id=round_id))) == [
        "sudah_lengkap"
    ]
    assert response_of(connection, person_id).response.disposition == found.response.disposition
