"""Connecting with the code of a list: what it opens, what a wrong one is told, and when the trying stops."""

from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import Connection

from bot.fieldwork import class_list, class_scan, conversation, participant_code
from bot.fieldwork.enrolment import class_token
from bot.fieldwork.participant_code import code_of, read_code, spelt
from bot.fieldwork.records import Outcome, Written
from bot.store import accounts, audit, people, personal_data, tables
from tests.fieldwork.field import (
    CHAT,
    NOW,
    SECRET,
    add_person,
    add_training,
    attended,
    classroom,
    connect,
    enrol,
    keys,
    later,
)

BORN = "26/09/1986"


def start(connection: Connection, token: str, chat_id: int = CHAT) -> Outcome:
    return attended(connection, partial(class_scan.start, token=token), chat_id=chat_id)


def write(connection: Connection, text: str, chat_id: int = CHAT, now: datetime = NOW) -> Outcome:
    act = partial(conversation.typed, written=Written(text, now))
    return attended(connection, act, now=now, chat_id=chat_id)


def in_class(connection: Connection, *names: str) -> tuple[int, list[int]]:
    """Who writes has scanned the class."""
    training_id, found, _ = classroom(connection, *names, connected=False)
    start(connection, class_token(SECRET, training_id))
    return training_id, found


def pick(connection: Connection, training_id: int, person_id: int, chat_id: int = CHAT) -> Outcome:
    act = partial(class_list.choose, person_id=person_id, more=str(training_id))
    return attended(connection, act, chat_id=chat_id)


def code(person_id: int) -> str:
    return code_of(SECRET, person_id)


def person_of(connection: Connection, chat_id: int = CHAT) -> int | None:
    account = accounts.of_chat(connection, chat_id)
    return account.person_id if account else None


def wrong(connection: Connection, times: int, **how: object) -> list[list[str]]:
    return [keys(write(connection, "2A2-A2A", **how)) for _ in range(times)]


def test_a_code_is_six_signs_that_are_not_misread_and_no_word():
    codes = {code(number) for number in range(1, 400)}
    assert len(codes) == 399
    for one in codes:
        assert len(one) == 6
        assert not set(one) & set("01IO")
        assert not one.isalpha()
        assert not one.isdecimal()
    assert code_of(b"another secret", 1) != code(1)


@pytest.mark.parametrize("text", ["7k3-mqx", " 7K3 MQX ", "7K3.MQX", "7K3MQX"])
def test_a_code_is_read_as_people_type_it(text: str):
    assert spelt(read_code(text)) == "7K3-MQX"


@pytest.mark.parametrize("text", ["selama", "BNG-7K3M", "7K3MQ", "7K3MQXX", "203456", "7K3MQO", ""])
def test_what_has_not_the_shape_of_a_code_is_no_try(text: str):
    assert read_code(text) == ""


def test_in_class_the_code_connects_its_person(connection: Connection):
    training_id, (siti, _) = in_class(connection, "Siti Aminah", "Budi Santoso")
    assert keys(attended(connection, partial(participant_code.ask, training_id=training_id))) == ["kode_peserta_tulis"]  # fmt: skip
    assert keys(write(connection, spelt(code(siti)).lower()))[0].startswith("terhubung")
    assert person_of(connection) == siti


def test_without_a_class_the_code_alone_is_enough(connection: Connection):
    siti = add_person(connection, "Siti Aminah")
    enrol(connection, add_training(connection), siti)
    write(connection, code(siti))
    assert person_of(connection) == siti


def test_the_link_of_a_slip_carries_the_code(connection: Connection):
    siti = add_person(connection, "Siti Aminah")
    enrol(connection, add_training(connection), siti)
    start(connection, f"c{code(siti)}")
    assert person_of(connection) == siti


def test_in_class_the_code_of_another_class_opens_nothing(connection: Connection):
    in_class(connection, "Siti Aminah")
    elsewhere = add_person(connection, "Budi Santoso")
    enrol(connection, add_training(connection), elsewhere)
    assert keys(write(connection, code(elsewhere))) == ["kode_peserta_salah"]
    assert person_of(connection) is None


def test_the_code_of_who_is_connected_is_answered_as_one_that_never_was(connection: Connection):
    _, (siti,) = in_class(connection, "Siti Aminah")
    connect(connection, siti, chat_id=701)
    taken = write(connection, code(siti))
    never = write(connection, "2A2-A2A")
    assert keys(taken) == keys(never) == ["kode_peserta_salah"]
    assert accounts.of_person(connection, siti).chat_id == 701


def test_five_wrong_codes_stop_the_trying_for_an_hour_the_right_one_too(connection: Connection):
    _, (siti,) = in_class(connection, "Siti Aminah")
    said = wrong(connection, 5)
    assert said == [["kode_peserta_salah"]] * 4 + [["percobaan_habis"]]
    assert keys(write(connection, code(siti))) == ["percobaan_habis"]
    assert person_of(connection) is None
    assert keys(write(connection, code(siti), now=later(hours=2)))[0].startswith("terhubung")


def test_wrong_codes_and_wrong_birth_dates_of_an_account_count_together(connection: Connection):
    training_id, (siti,) = in_class(connection, "Siti Aminah")
    pick(connection, training_id, siti)
    for day in range(1, 4):
        write(connection, f"0{day}/01/1980")
    attended(connection, partial(participant_code.ask, training_id=training_id))
    assert wrong(connection, 2) == [["kode_peserta_salah"], ["percobaan_habis"]]
    assert keys(pick(connection, training_id, siti)) == ["percobaan_habis"]


def test_wrong_codes_of_others_do_not_stop_a_person(connection: Connection):
    training_id, (siti,) = in_class(connection, "Siti Aminah")
    wrong(connection, 5, chat_id=702)
    pick(connection, training_id, siti)
    assert keys(write(connection, BORN))[0].startswith("terhubung")


def test_each_wrong_code_stands_in_the_log_without_number_or_code(connection: Connection):
    in_class(connection, "Siti Aminah")
    wrong(connection, 2)
    lines = audit.latest(connection, 2)
    assert [line.detail["why"] for line in lines] == ["kode_peserta_salah"] * 2
    for line in lines:
        assert line.actor.startswith("#")
        assert "2A2" not in str(line)


def test_an_account_that_is_erased_leaves_no_wrong_code(connection: Connection):
    in_class(connection, "Siti Aminah")
    wrong(connection, 1)
    personal_data.forget_chat(connection, CHAT)
    assert connection.execute(tables.metadata.tables["wrong_codes"].select()).all() == []


def test_a_superior_has_no_code(connection: Connection):
    training_id, _ = in_class(connection, "Siti Aminah")
    boss = add_person(connection, "Ahmad Hidayat")
    enrol(connection, training_id, boss, role="superior")
    assert boss not in people.awaited(connection, training_id)
    assert keys(write(connection, code(boss))) == ["kode_peserta_salah"]


def test_asking_needs_a_scanned_class(connection: Connection):
    training_id, _ = in_class(connection, "Siti Aminah")
    act = partial(participant_code.ask, training_id=training_id + 9)
    assert keys(attended(connection, act)) == ["pindai_dahulu"]
