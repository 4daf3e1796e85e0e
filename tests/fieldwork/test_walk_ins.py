"""Who comes to a class without being on its list: the participant's side, and what the office is told."""

from functools import partial

import pytest
from sqlalchemy import Connection

from bot.fieldwork import class_scan, conversation, walk_ins
from bot.fieldwork.conversation import attend
from bot.fieldwork.enrolment import class_token
from bot.fieldwork.records import Notify, Outcome, Visit, Written
from bot.fieldwork.staff import Named
from bot.store import accounts, classes, people
from bot.store import walk_ins as stored
from tests.fieldwork.field import (
    CHAT,
    NOW,
    SECRET,
    STUDY,
    add_person,
    add_training,
    attended,
    classroom,
    connect,
    enrol,
    keys,
    later,
    only_say,
    open_round,
    response_of,
    visit,
)

COORDINATOR, ADMINISTRATOR = 501, 502


def scan(connection: Connection, training_id: int, chat_id: int = CHAT) -> Outcome:
    act = partial(class_scan.start, token=class_token(SECRET, training_id))
    return attended(connection, act, chat_id=chat_id)


def write(connection: Connection, text: str, chat_id: int = CHAT) -> Outcome:
    act = partial(conversation.typed, written=Written(text, NOW))
    return attended(connection, act, chat_id=chat_id)


def not_listed(connection: Connection, training_id: int) -> Outcome:
    return attended(connection, partial(walk_ins.not_listed, training_id=training_id))


def unlisted_class(connection: Connection) -> int:
    training_id = add_training(connection)
    open_round(connection, training_id)
    return training_id


def test_without_a_list_the_class_asks_for_a_name_and_begins(connection: Connection):
    training_id = unlisted_class(connection)
    assert keys(scan(connection, training_id)) == ["sambutan_tanpa_daftar"]
    assert keys(write(connection, "  Budi   Santoso, S.E. ")) == ["tamu_tulis_unit"]
    outcome = write(connection, "Dinas Kesehatan")
    assert keys(outcome) == ["daftar_menyusul", "terhubung_mulai", "privasi_pendek"]
    (waiting,) = stored.waiting(connection, training_id)
    assert (waiting.name, waiting.unit) == ("Budi Santoso, S.E.", "Dinas Kesehatan")
    assert waiting.chat_id == CHAT
    assert response_of(connection, waiting.person_id).training_id == training_id


def test_before_the_evaluation_a_walk_in_is_only_connected(connection: Connection):
    training_id = add_training(connection)
    scan(connection, training_id)
    write(connection, "Budi Santoso")
    assert keys(write(connection, "Dinas Kesehatan")) == ["daftar_menyusul", "terhubung"]


def test_who_is_not_on_the_list_may_answer_at_once(connection: Connection):
    training_id, _, _ = classroom(connection, "Siti Aminah", connected=False)
    scan(connection, training_id)
    assert keys(not_listed(connection, training_id)) == ["tamu_tulis_nama"]
    write(connection, "Budi Santoso")
    outcome = write(connection, "Dinas Kesehatan")
    assert keys(outcome) == ["menunggu_koordinator", "terhubung_mulai", "privasi_pendek"]


@pytest.mark.parametrize("text", ["", "Bu", "12345", "..."])
def test_what_is_no_name_is_asked_again(connection: Connection, text: str):
    training_id = unlisted_class(connection)
    scan(connection, training_id)
    assert keys(write(connection, text)) == ["tamu_tulis_nama"]
    write(connection, "Budi Santoso")
    assert keys(write(connection, "--")) == ["tamu_tulis_unit"]
    assert stored.waiting(connection, training_id) == []


def test_a_button_of_a_class_that_was_never_scanned_opens_nothing(connection: Connection):
    training_id, _, _ = classroom(connection, "Siti Aminah", connected=False)
    elsewhere, _, _ = classroom(connection, "Budi Santoso", connected=False)
    scan(connection, elsewhere)
    for act in (walk_ins.not_listed, walk_ins.join):
        outcome = attended(connection, partial(act, training_id=training_id))
        assert keys(outcome) == ["pindai_dahulu"]


def test_who_is_known_from_another_training_joins_as_the_same_person(connection: Connection):
    known = add_person(connection, "Siti Aminah")
    enrol(connection, add_training(connection), known)
    connect(connection, known)
    training_id = unlisted_class(connection)
    assert keys(scan(connection, training_id)) == ["ikut_kelas_tanya"]
    for _ in range(2):  # and a second tap
        outcome = attended(connection, partial(walk_ins.join, training_id=training_id))
        assert keys(outcome) == ["terhubung_mulai", "privasi_pendek"]
    (waiting,) = stored.waiting(connection, training_id)
    assert waiting.person_id == known


def test_a_list_that_names_them_later_makes_them_listed(connection: Connection):
    known = add_person(connection, "Siti Aminah")
    training_id = unlisted_class(connection)
    stored.enrol(connection, training_id, known, NOW)
    enrol(connection, training_id, known)
    assert stored.waiting(connection, training_id) == []
    assert people.is_enrolled(connection, training_id, known)


def test_the_same_account_twice_is_one_person(connection: Connection):
    training_id = unlisted_class(connection)
    for _ in range(2):
        scan(connection, training_id)
        write(connection, "Budi Santoso")
        write(connection, "Dinas Kesehatan")
        accounts.unlink(connection, CHAT)
    assert len(stored.waiting(connection, training_id)) == 1


def notes(connection: Connection, training_id: int, chat_id: int = CHAT) -> list[Notify]:
    scan(connection, training_id, chat_id)
    attended(connection, partial(walk_ins.not_listed, training_id=training_id), chat_id=chat_id)
    write(connection, "Budi Santoso", chat_id)
    at = visit(chat_id)
    named = Named(frozenset({ADMINISTRATOR}), frozenset({COORDINATOR}))
    told = Visit(STUDY, chat_id, at.update_id, NOW, SECRET, named)
    written = Written("Dinas Kesehatan", NOW)
    outcome = attend(connection, told, partial(conversation.typed, written=written))
    return [one for one in outcome.reactions if isinstance(one, Notify)]


def test_the_coordinator_hears_of_the_first_who_waits_and_not_of_each(connection: Connection):
    training_id, _, _ = classroom(connection, "Siti Aminah", connected=False)
    (told,) = notes(connection, training_id)
    assert (told.chat_id, told.key, told.about) == (COORDINATOR, "tamu_baru", "walk_ins")
    assert notes(connection, training_id, 701) == []


def test_whoever_watches_the_live_card_is_not_told_besides(connection: Connection):
    training_id, _, _ = classroom(connection, "Siti Aminah", connected=False)
    classes.open_until(connection, training_id, later(hours=2), by=None, now=NOW)
    classes.remember_card(connection, training_id, COORDINATOR, 7, "")
    assert notes(connection, training_id) == []


def test_the_question_who_one_is_names_the_class(connection: Connection):
    training_id = unlisted_class(connection)
    assert "Manajemen" in str(only_say(scan(connection, training_id)).arguments["nama_pelatihan"])
