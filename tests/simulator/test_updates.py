"""The queue behind getUpdates, without HTTP."""

from datetime import timedelta

import pytest

from bot.simulator.updates import FIRST_UPDATE, Updates
from tests.simulator.bench import NOON


def filled(count: int, kind: str = "message") -> Updates:
    updates = Updates()
    for number in range(count):
        updates.add(kind, {"number": number}, NOON)
    return updates


def ids(batch) -> list[int]:
    return [update["update_id"] - FIRST_UPDATE for update in batch]


def test_unconfirmed_updates_come_again():
    updates = filled(3)
    assert ids(updates.ask(0, 100, NOON)) == ids(updates.ask(0, 100, NOON)) == [0, 1, 2]


def test_an_offset_confirms_all_below_it():
    updates = filled(3)
    assert ids(updates.ask(FIRST_UPDATE + 2, 100, NOON)) == [2]
    assert ids(updates.ask(0, 100, NOON)) == [2]
    assert updates.confirmed == 2


def test_a_negative_offset_keeps_only_the_last():
    updates = filled(5)
    assert ids(updates.ask(-2, 100, NOON)) == [3, 4]
    assert ids(updates.ask(0, 100, NOON)) == [3, 4]


def test_the_limit_is_held_between_one_and_a_hundred():
    updates = filled(150)
    assert [len(updates.ask(0, limit, NOON)) for limit in (0, 1, 7, 100, 500)] == [
        1,
        1,
        7,
        100,
        100,
    ]


def test_kinds_that_were_not_asked_for_are_not_kept():
    updates = Updates()
    updates.allow(["message"])
    assert updates.add("callback_query", {}, NOON) is None
    assert updates.add("message", {}, NOON) == FIRST_UPDATE


def test_an_empty_list_of_kinds_means_the_default_again():
    updates = Updates()
    updates.allow(["message"])
    updates.allow([])
    assert updates.add("callback_query", {}, NOON) is not None
    assert updates.add("chat_member", {}, NOON) is None


def test_a_tap_waits_150_seconds_and_a_message_a_day():
    updates = Updates()
    updates.add("callback_query", {}, NOON)
    updates.add("message", {}, NOON)
    assert ids(updates.ask(0, 100, NOON + timedelta(seconds=150))) == [0, 1]
    assert ids(updates.ask(0, 100, NOON + timedelta(seconds=151))) == [1]
    assert ids(updates.ask(0, 100, NOON + timedelta(hours=24, seconds=1))) == []


@pytest.mark.parametrize("kinds", [["no_such_kind"], ["no_such_kind", ""]])
def test_kinds_that_telegram_does_not_know_are_left_out(kinds):
    updates = Updates()
    updates.allow([*kinds, "Message"])
    assert updates.add("callback_query", {}, NOON) is None
    assert updates.add("message", {}, NOON) is not None
    updates.allow(kinds)
    assert updates.add("callback_query", {}, NOON) is not None


def test_what_comes_once_more_expires_as_well():
    updates = filled(1, "callback_query")
    updates.again += updates.confirm(FIRST_UPDATE + 1)
    assert updates.pending() == 1
    assert updates.batch(100, NOON + timedelta(seconds=151)) == []
    assert updates.pending() == 0


def test_a_raw_update_keeps_what_it_brings():
    updates = Updates()
    update_id = updates.add_raw({"message": "not an object"}, NOON)
    assert updates.ask(0, 1, NOON) == [{"update_id": update_id, "message": "not an object"}]
