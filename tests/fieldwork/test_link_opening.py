from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.fieldwork import class_scan, consent, conversation, enrolment, link_opening
from bot.fieldwork.enrolment import personal_token
from bot.fieldwork.records import Outcome, Written
from bot.store import accounts, audit, responses, tables
from tests.fieldwork.field import (
    CHAT,
    NOW,
    STUDY,
    add_person,
    add_training,
    attended,
    connect,
    enrol,
    keys,
    only_say,
    open_round,
)

WRONG_CHAT = 701


def lettered(connection: Connection, *, is_open: bool = True) -> tuple[int, str]:
    """A superior of one alumnus, and the token of their letter."""
    training_id = add_training(connection)
    alumnus = add_person(connection, "Ahmad Fauzi")
    superior = add_person(connection, "Ratna Dewi", position="Kepala Bidang <Anggaran>")
    enrol(connection, training_id, alumnus)
    enrol(connection, training_id, superior, "superior", about=alumnus)
    if is_open:
        open_round(connection, training_id, "followup_superior")
    token = personal_token()
    enrolment.new_link(connection, superior, NOW, token)
    return superior, token


def start(connection: Connection, token: str, chat_id: int = CHAT) -> Outcome:
    return attended(connection, partial(class_scan.start, token=token), chat_id=chat_id)


def fill_in(connection: Connection, more: str = "", chat_id: int = CHAT) -> Outcome:
    return attended(connection, partial(link_opening.answer_for, more=more), chat_id=chat_id)


def send_back(connection: Connection, chat_id: int = CHAT) -> Outcome:
    return attended(connection, link_opening.not_mine, chat_id=chat_id)


def used_by(connection: Connection) -> int | None:
    return connection.execute(select(tables.links.c.used_by)).scalar_one()


def test_the_letter_is_quoted_before_anything_else(connection: Connection):
    _, token = lettered(connection)
    asked = only_say(start(connection, token))
    assert asked.key == "tautan_penilai"
    assert asked.arguments["nomor_surat"] == STUDY.office.letter_number
    assert asked.arguments["jabatan_penerima"] == "Kepala Bidang <Anggaran>"


def test_a_superiors_link_ties_nobody_before_the_answer(connection: Connection):
    superior, token = lettered(connection)
    start(connection, token)
    assert accounts.of_person(connection, superior) is None
    assert used_by(connection) is None


def test_two_may_open_it_and_only_who_answers_has_it(connection: Connection):
    superior, token = lettered(connection)
    start(connection, token, WRONG_CHAT)
    start(connection, token)
    fill_in(connection)
    account = accounts.of_person(connection, superior)
    assert account is not None
    assert account.chat_id == CHAT
    assert keys(fill_in(connection, chat_id=WRONG_CHAT)) == ["tautan_milik_orang_lain"]


def test_the_notice_follows_and_the_question_is_not_asked_twice(connection: Connection):
    _, token = lettered(connection)
    start(connection, token)
    assert keys(fill_in(connection)) == ["privasi_atasan"]


def test_on_behalf_goes_with_the_notice_to_the_consent(connection: Connection):
    _, token = lettered(connection)
    start(connection, token)
    notice = only_say(fill_in(connection, consent.ON_BEHALF))
    assert {choice.more for choice in notice.choices} == {consent.ON_BEHALF}


def test_before_the_round_the_superior_is_thanked_and_asked_nothing(connection: Connection):
    superior, token = lettered(connection, is_open=False)
    start(connection, token)
    assert keys(fill_in(connection)) == ["terhubung_penilai"]
    assert accounts.of_person(connection, superior) is not None


def test_not_for_me_keeps_nothing_of_the_account_and_leaves_the_link_good(connection: Connection):
    superior, token = lettered(connection)
    start(connection, token, WRONG_CHAT)
    assert keys(send_back(connection, WRONG_CHAT)) == ["bukan_untuk_saya"]
    assert accounts.of_chat(connection, WRONG_CHAT) is None
    start(connection, token)
    fill_in(connection)
    assert accounts.of_person(connection, superior) is not None


def test_of_not_for_me_the_log_tells_that_it_was_but_not_who(connection: Connection):
    _, token = lettered(connection)
    start(connection, token, WRONG_CHAT)
    send_back(connection, WRONG_CHAT)
    (line,) = audit.latest(connection, 10)
    assert (line.actor, line.action, line.detail) == ("#", "send link back", {})


def test_not_for_me_at_the_round_gives_the_link_back_too(connection: Connection):
    superior, token = lettered(connection)
    start(connection, token)
    fill_in(connection)
    (found,) = responses.of_person(connection, superior)
    attended(connection, partial(consent.not_for_me, round_id=found.round_id))
    assert used_by(connection) is None
    assert keys(start(connection, token)) == ["tautan_penilai"]


def test_not_me_after_the_thanks_gives_the_link_back(connection: Connection):
    superior, token = lettered(connection, is_open=False)
    start(connection, token)
    fill_in(connection)
    act = partial(enrolment.disconnect, person_id=superior)
    assert keys(attended(connection, act)) == ["bukan_untuk_saya"]
    assert keys(start(connection, token)) == ["tautan_penilai"]


def test_who_writes_instead_of_tapping_is_asked_again(connection: Connection):
    _, token = lettered(connection)
    start(connection, token)
    act = partial(conversation.typed, written=Written("ini apa?", NOW))
    assert keys(attended(connection, act)) == ["tautan_penilai"]


@pytest.mark.parametrize("act", [link_opening.not_mine, partial(link_opening.answer_for, more="")])
def test_a_forged_answer_without_an_opened_link_connects_nobody(connection: Connection, act):
    superior, _ = lettered(connection)
    attended(connection, act)
    assert accounts.of_person(connection, superior) is None
    assert used_by(connection) is None


def test_not_mine_of_somebody_connected_elsewhere_forgets_nobody(connection: Connection):
    lettered(connection)
    other = add_person(connection, "Budi Santoso")
    connect(connection, other)
    send_back(connection)
    assert accounts.of_person(connection, other) is not None


def test_a_superior_who_is_also_an_alumnus_is_asked_and_then_takes_part(connection: Connection):
    superior, token = lettered(connection, is_open=False)
    training_id = add_training(connection)
    enrol(connection, training_id, superior)
    open_round(connection, training_id)
    assert keys(start(connection, token)) == ["tautan_penilai"]
    assert keys(fill_in(connection)) == ["privasi_pendek"]
