from datetime import date
from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.fieldwork import class_list, class_scan, conversation, enrolment
from bot.fieldwork.enrolment import class_code, class_token, personal_token
from bot.fieldwork.records import Outcome, Written
from bot.store import accounts, links, tables
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
    only_say,
    response_of,
)

BORN = "26/09/1986"


def start(connection: Connection, token: str = "", **changes: object) -> Outcome:
    act = partial(class_scan.start, token=token)
    return attended(connection, act, **changes)  # type: ignore[arg-type]


def write(connection: Connection, text: str, chat_id: int = CHAT) -> Outcome:
    act = partial(conversation.typed, written=Written(text, NOW))
    return attended(connection, act, chat_id=chat_id)


def linked(connection: Connection, name: str = "Siti Aminah") -> tuple[int, str]:
    """A person of a training without an open round, and a personal token."""
    training_id = add_training(connection)
    person_id = add_person(connection, name)
    enrol(connection, training_id, person_id)
    token = personal_token()
    enrolment.new_link(connection, person_id, NOW, token)
    return person_id, token


def in_class(connection: Connection, *names: str) -> tuple[int, list[int]]:
    training_id, people, _ = classroom(connection, *names, connected=False)
    start(connection, class_token(SECRET, training_id))
    attended(connection, partial(class_list.ask_letters, training_id=training_id))
    return training_id, people


def pick(connection: Connection, training_id: int, person_id: int) -> Outcome:
    act = partial(class_list.choose, person_id=person_id, more=str(training_id))
    return attended(connection, act)


def test_start_without_a_link_says_what_to_do(connection: Connection):
    assert keys(start(connection)) == ["mulai_tanpa_tautan"]


@pytest.mark.parametrize(
    "token", ["p", "k", "k" + "x" * 22, "pnobody", "'; DROP TABLE people", "ü"]
)
def test_an_unknown_link_is_answered_politely(connection: Connection, token: str):
    assert keys(start(connection, token)) == ["tautan_tidak_dikenal"]


def test_a_personal_link_connects_the_account(connection: Connection):
    person_id, token = linked(connection)
    outcome = start(connection, token)
    assert only_say(outcome).arguments == {"nama": "Siti Aminah", "unit": "Badan Keuangan Daerah"}
    account = accounts.of_person(connection, person_id)
    assert account is not None
    assert account.chat_id == CHAT


def test_only_the_hash_of_a_token_is_kept(connection: Connection):
    _, token = linked(connection)
    (kept,) = connection.execute(select(tables.links.c.token_hash)).scalars()
    assert token not in kept


def test_a_personal_link_works_again_for_the_same_account_only(connection: Connection):
    _, token = linked(connection)
    start(connection, token)
    assert keys(start(connection, token)) == ["belum_ada_survei"]
    assert keys(start(connection, token, chat_id=701)) == ["tautan_milik_orang_lain"]


def test_a_new_link_replaces_the_unused_one(connection: Connection):
    person_id, old = linked(connection)
    new = personal_token()
    enrolment.new_link(connection, person_id, NOW, new)
    assert keys(start(connection, old)) == ["tautan_diganti"]
    assert keys(start(connection, new)) == ["terhubung"]


def test_a_new_link_ends_none_that_was_made_for_another_training(connection: Connection):
    person_id, old = linked(connection)
    first, second, again = (personal_token() for _ in range(3))
    trainings = [add_training(connection) for _ in range(2)]
    enrolment.new_link(connection, person_id, NOW, first, trainings[0])
    enrolment.new_link(connection, person_id, NOW, second, trainings[1])
    enrolment.new_link(connection, person_id, NOW, again, trainings[1])
    told = {token: keys(start(connection, token)) for token in (old, second, first)}
    assert told == {old: ["tautan_diganti"], second: ["tautan_diganti"], first: ["terhubung"]}


def test_new_links_are_made_for_those_who_are_not_connected(connection: Connection):
    training_id, people, _ = classroom(connection, "Siti Aminah", "Budi Santoso")
    rows = enrolment.replace_links(connection, training_id, NOW)
    assert [(row.person.id, row.role) for row in rows] == [(people[1], "participant")]
    assert keys(start(connection, rows[0].token, chat_id=701))[0] == "terhubung_mulai"


def test_one_account_is_one_person(connection: Connection):
    _, first = linked(connection)
    _, second = linked(connection, "Budi Santoso")
    start(connection, first)
    assert keys(start(connection, second)) == ["akun_sudah_terhubung"]


def test_who_connects_while_a_round_is_open_is_asked_at_once(connection: Connection):
    training_id, (person_id,), _ = classroom(connection, connected=False)
    token = personal_token()
    enrolment.new_link(connection, person_id, NOW, token)
    assert keys(start(connection, token)) == ["terhubung_mulai", "privasi_pendek"]
    assert response_of(connection, person_id).training_id == training_id


def test_the_class_scan_welcomes_and_offers_the_names(connection: Connection):
    training_id, _, _ = classroom(connection, connected=False)
    outcome = start(connection, class_token(SECRET, training_id))
    assert [choice.action for choice in only_say(outcome).choices] == [
        "share_phone",
        "pick_name",
        "use_code",
        "not_listed",
    ]


def test_the_class_code_may_be_typed_instead(connection: Connection):
    training_id, _, _ = classroom(connection, connected=False)
    typed = class_code(SECRET, training_id).lower()
    assert keys(write(connection, f" {typed} ")) == ["sambutan_kelas"]


def test_a_class_link_ends_two_weeks_after_the_class(connection: Connection):
    training_id, _, _ = classroom(connection, connected=False)
    token = class_token(SECRET, training_id)
    assert keys(start(connection, token, now=later(days=14))) == ["sambutan_kelas"]
    assert keys(start(connection, token, now=later(days=15))) == ["tautan_kedaluwarsa"]


def test_class_tokens_differ_by_training_and_by_secret():
    tokens = {class_token(SECRET, 1), class_token(SECRET, 2), class_token(b"another", 1)}
    assert len(tokens) == 3
    assert all(len(token) == 23 for token in tokens)


def test_three_letters_find_the_names_of_that_class_only(connection: Connection):
    _, people = in_class(connection, "Drs. H. Ahmad Fauzi", "Siti Aminah", "AHMAD_Yani")
    elsewhere = add_person(connection, "Ahmad Lain")
    enrol(connection, add_training(connection), elsewhere)
    choices = only_say(write(connection, "ahm")).choices
    found = [choice.id for choice in choices if choice.action == "name"]
    assert found == [people[2], people[0]]


@pytest.mark.parametrize(
    ("letters", "key"),
    [("ah", "tulis_nama"), ("zzz", "nama_tidak_ditemukan"), ("%%%", "nama_tidak_ditemukan")],
)
def test_letters_that_find_nobody_are_asked_again(connection: Connection, letters: str, key: str):
    in_class(connection, "Ahmad Fauzi")
    assert keys(write(connection, letters)) == [key]


def test_too_many_names_ask_for_more_letters(connection: Connection):
    in_class(connection, *(f"Ahmad {letter}" for letter in "ABCDEFGHI"))
    assert keys(write(connection, "ahmad")) == ["nama_terlalu_banyak"]
    assert keys(write(connection, "ahmad c")) == ["pilih_nama"]


@pytest.mark.parametrize("text", ["26/09/1986", "19860926", "26 September 1986", "1986-09-26"])
def test_the_birth_date_connects(connection: Connection, text: str):
    training_id, (person_id,) = in_class(connection, "Siti Aminah")
    pick(connection, training_id, person_id)
    assert keys(write(connection, text)) == ["terhubung_mulai", "privasi_pendek"]
    assert accounts.of_person(connection, person_id) is not None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("198609262015051999", date(1986, 9, 26)),
        ("26091986", date(1986, 9, 26)),
        ("26-9-1986", date(1986, 9, 26)),
        ("1986 0926", date(1986, 9, 26)),
        ("19861326", None),
        ("tidak tahu", None),
        ("", None),
    ],
)
def test_a_birth_date_is_read_as_people_write_it(text: str, read: date | None):
    assert class_list.read_birth_date(text, date(2027, 2, 3)) == read


def test_after_five_wrong_dates_the_coordinator_helps_also_with_another_name(
    connection: Connection,
):
    training_id, (first, second) = in_class(connection, "Siti Aminah", "Sita Dewi")
    pick(connection, training_id, first)
    said = [keys(write(connection, f"0{day}/01/1980")) for day in range(1, 5)]
    assert said == [["tanggal_lahir_salah"]] * 4
    pick(connection, training_id, second)
    assert keys(write(connection, "05/01/1980")) == ["percobaan_habis"]
    assert keys(write(connection, BORN)) == ["percobaan_habis"]
    assert keys(pick(connection, training_id, first)) == ["percobaan_habis"]
    assert accounts.of_person(connection, first) is None


def test_a_name_that_is_taken_is_not_taken_again(connection: Connection):
    training_id, (person_id,) = in_class(connection, "Siti Aminah")
    connect(connection, person_id, chat_id=701)
    pick(connection, training_id, person_id)
    assert keys(write(connection, BORN)) == ["nama_sudah_dipakai"]


def test_a_forged_name_of_another_class_is_refused(connection: Connection):
    training_id, _ = in_class(connection, "Siti Aminah")
    elsewhere = add_person(connection, "Budi Santoso")
    enrol(connection, add_training(connection), elsewhere)
    assert keys(pick(connection, training_id, elsewhere)) == ["tautan_tidak_dikenal"]


def test_not_me_undoes_the_connection_and_the_link(connection: Connection):
    person_id, token = linked(connection)
    start(connection, token)
    outcome = attended(connection, partial(enrolment.disconnect, person_id=person_id))
    assert keys(outcome) == ["bukan_saya"]
    assert accounts.of_person(connection, person_id) is None
    assert keys(start(connection, token)) == ["tautan_diganti"]


def test_a_used_link_is_remembered_by_its_account(connection: Connection):
    _, token = linked(connection)
    hashed = connection.execute(select(tables.links.c.token_hash)).scalar_one()
    assert links.use(connection, hashed, CHAT, NOW)
    assert links.use(connection, hashed, CHAT, NOW)
    assert not links.use(connection, hashed, 701, NOW)
    assert token.startswith("p")


def test_blocking_is_noted_and_any_later_update_clears_it(connection: Connection):
    person_id, token = linked(connection)
    start(connection, token)
    enrolment.blocked(connection, CHAT, NOW)
    account = accounts.of_person(connection, person_id)
    assert account is not None
    assert account.blocked_at == NOW
    enrolment.unblocked(connection, CHAT, NOW)
    account = accounts.of_person(connection, person_id)
    assert account is not None
    assert account.blocked_at is None
