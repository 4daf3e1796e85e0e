from sqlalchemy import Connection

from bot.store import accounts
from bot.store.accounts import Account
from tests.fieldwork.field import CHAT, NOW, add_person, classroom, later, response_of

LARGEST_CHAT = 2**52 - 1  # Telegram ids have up to 52 significant bits


def test_the_first_update_of_a_chat_makes_its_account(connection: Connection):
    assert accounts.opened(connection, LARGEST_CHAT, NOW) == Account(
        LARGEST_CHAT, last_update_at=NOW
    )


def test_who_writes_is_not_blocked_any_more(connection: Connection):
    accounts.opened(connection, CHAT, NOW)
    accounts.mark_blocked(connection, CHAT, NOW)
    assert accounts.opened(connection, CHAT, later(hours=1)).blocked_at is None


def test_an_account_is_found_by_its_person(connection: Connection):
    person_id = add_person(connection)
    assert accounts.of_person(connection, person_id) is None
    accounts.opened(connection, CHAT, NOW)
    accounts.link(connection, CHAT, person_id, NOW)
    found = accounts.of_person(connection, person_id)
    assert found is not None
    assert (found.chat_id, found.linked_at) == (CHAT, NOW)


def test_linking_ends_what_was_expected(connection: Connection):
    person_id = add_person(connection)
    accounts.opened(connection, CHAT, NOW)
    accounts.expect(connection, CHAT, {"what": "birth_date", "tries": 2})
    accounts.link(connection, CHAT, person_id, NOW)
    assert accounts.opened(connection, CHAT, NOW).expecting == {}


def test_unlinking_forgets_the_person_and_the_active_response(connection: Connection):
    _, (person_id,), _ = classroom(connection)
    accounts.activate(connection, CHAT, response_of(connection, person_id).response.id)
    accounts.unlink(connection, CHAT)
    account = accounts.opened(connection, CHAT, NOW)
    assert (account.person_id, account.response_id, account.linked_at) == (None, None, None)


def test_card_and_language_are_remembered(connection: Connection):
    accounts.opened(connection, CHAT, NOW)
    accounts.remember_card(connection, CHAT, 2**40)
    accounts.set_language(connection, CHAT, "en")
    account = accounts.opened(connection, CHAT, NOW)
    assert (account.card_message_id, account.language) == (2**40, "en")


def test_interrupted_are_those_active_shortly_before(connection: Connection):
    _, (person_id,), _ = classroom(connection)
    accounts.activate(connection, CHAT, response_of(connection, person_id).response.id)
    accounts.opened(connection, 701, NOW)  # has no active response
    found = accounts.interrupted(connection, later(minutes=-15), later(minutes=1))
    assert [account.chat_id for account in found] == [CHAT]
    assert accounts.interrupted(connection, later(minutes=1), later(minutes=16)) == []


def test_an_erased_account_is_gone(connection: Connection):
    accounts.opened(connection, CHAT, NOW)
    accounts.erase(connection, CHAT)
    assert accounts.of_chat(connection, CHAT) is None
