"""What a plan decides, without HTTP: shares, the seed's guarantee, what stands before the plan."""

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest

from bot.simulator.fault_plan import CALL_KINDS, FaultPlan, NotAPlan, drawn, evenly
from bot.simulator.fault_views import plan_fields, read_next, read_plan
from bot.simulator.faults import (
    Faults,
    Outage,
    Place,
    begin,
    comes_again,
    end,
    fault_of,
    given_twice,
)

SEND = Place(7, "sendMessage", 1)


def kinds(faults: Faults, place: Place, calls: int) -> list[str]:
    fates = [fault_of(faults, place, 0.0) for _ in range(calls)]
    return [fate.kind if fate else "" for fate in fates]


def test_each_kind_gets_its_share():
    plan = evenly(0.9, seed=3)
    met = Counter(fate.kind for n in range(9000) if (fate := drawn(plan, "sendMessage", 1, n)))
    assert set(met) == set(CALL_KINDS)
    assert all(800 <= times <= 1000 for times in met.values())


def test_without_a_plan_nothing_goes_wrong():
    faults = Faults()
    assert kinds(faults, SEND, 500) == [""] * 500
    assert not any(given_twice(faults, 7, n) or comes_again(faults, 7, n) for n in range(500))


def test_the_same_seed_gives_the_same_fates_and_another_seed_others():
    first, again, other = (Faults(evenly(0.5, seed)) for seed in (1, 1, 2))
    fates = kinds(first, SEND, 200)
    assert kinds(again, SEND, 200) == fates
    assert kinds(other, SEND, 200) != fates


def test_a_chats_fates_do_not_depend_on_what_other_chats_and_methods_do():
    alone, crowded = Faults(evenly(0.5)), Faults(evenly(0.5))
    expected = kinds(alone, SEND, 100)
    met = []
    for number in range(100):
        kinds(crowded, replace(SEND, chat_id=2), number % 3)
        kinds(crowded, replace(SEND, method="editMessageText"), number % 2)
        met += kinds(crowded, SEND, 1)
    assert met == expected


def test_calls_of_an_outage_and_of_a_script_do_not_shift_the_fates_of_later_calls():
    faults, undisturbed = Faults(evenly(0.5)), Faults(evenly(0.5))
    faults.outage = Outage(until=5.0)
    assert fault_of(faults, SEND, 4.9).kind == "outage"
    faults.scripted.append(read_next({"kind": "slow"}, faults.plan))
    assert fault_of(faults, SEND, 5.0).kind == "slow"
    faults.outage = None
    assert kinds(faults, SEND, 100) == kinds(undisturbed, SEND, 100)


def test_an_update_is_doubled_and_redelivered_by_its_id_and_once():
    faults, again = Faults(evenly(0.3)), Faults(evenly(0.3))
    twice = [given_twice(faults, 7, number) for number in range(300)]
    assert [given_twice(again, 7, number) for number in reversed(range(300))] == twice[::-1]
    assert 60 <= sum(twice) <= 120
    assert not any(given_twice(faults, 7, number) for number in range(300))


@pytest.mark.parametrize("method", ["getMe", "setWebhook", "deleteWebhook", "getWebhookInfo"])
def test_what_a_bot_needs_to_start_is_spared_unless_it_is_named(method):
    all_fail = FaultPlan(server_error_500=1.0)
    assert fault_of(Faults(all_fail), Place(7, method), 0.0) is None
    assert fault_of(Faults(replace(all_fail, methods=(method,))), Place(7, method), 0.0) is not None


def test_a_plan_with_named_methods_leaves_the_others_alone():
    faults = Faults(FaultPlan(slow=1.0, methods=("sendMessage",)))
    assert kinds(faults, SEND, 1) == ["slow"]
    assert kinds(faults, replace(SEND, method="editMessageText"), 1) == [""]


@pytest.mark.parametrize(
    ("flood", "elsewhere", "other_bot"), [("call", None, None), ("chat", None, None), ("bot", 6, None)]
)  # fmt: skip
def test_a_flood_wait_reaches_as_far_as_it_says(flood, elsewhere, other_bot):
    faults = Faults()
    faults.scripted.append(
        read_next({"kind": "too_many", "retry_after": 10, "flood": flood}, FaultPlan())
    )
    assert fault_of(faults, SEND, 100.0).seconds == 10

    def left(place: Place) -> float | None:
        fault = fault_of(faults, place, 104.0)
        return fault.seconds if fault else None

    assert left(SEND) == (None if flood == "call" else 6)
    assert left(replace(SEND, chat_id=2, method="editMessageText")) == elsewhere
    assert left(replace(SEND, bot_id=8)) == other_bot
    assert left(Place(7, "getUpdates")) is None
    assert fault_of(faults, SEND, 110.0) is None


def test_a_new_plan_counts_from_the_beginning():
    faults = Faults(evenly(0.5))
    fates = kinds(faults, SEND, 50)
    begin(faults, evenly(0.5))
    assert kinds(faults, SEND, 50) == fates


def test_the_end_of_all_faults_leaves_the_counts():
    faults = Faults(FaultPlan(slow=1.0), outage=Outage())
    fault_of(faults, SEND, 0.0)
    end(faults)
    assert fault_of(faults, SEND, 0.0) is None
    assert faults.done == {"outage": 1}


def test_a_script_is_for_the_calls_that_match_and_for_so_many():
    faults = Faults()
    asked = {"kind": "reset_after", "method": "sendMessage", "chat_id": 1, "times": 2}
    faults.scripted.append(read_next(asked, faults.plan))
    assert kinds(faults, replace(SEND, chat_id=2), 1) == [""]
    assert kinds(faults, replace(SEND, method="sendPhoto"), 1) == [""]
    assert kinds(faults, SEND, 3) == ["reset_after", "reset_after", ""]


def test_a_plan_survives_its_way_as_json():
    plan = replace(
        evenly(0.1, seed=9), retry_after=(2, 7200), flood="chat", slow_ms=(5, 9),
        hold_seconds=3.5, html=0.5, methods=("sendMessage", "sendPhoto"),
    )  # fmt: skip
    assert read_plan(plan_fields(plan)) == plan


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"to_many": 0.1}, "unknown: to_many; there are: "),
        ({"slow": 1.5}, "slow is a share, from 0 to 1"),
        ({"slow": "x"}, "slow must be a number"),
        ({"slow": 10**400}, "slow is too large"),
        ({"slow": 0.6, "too_many": 0.6}, "the shares of a call's faults add up to more than 1"),
        ({"retry_after": [5, 1]}, "retry_after goes from a least to a most, 1 to 604800"),
        ({"retry_after": [1, 2, 3]}, "retry_after is a number or a pair of a least and a most"),
        ({"retry_after": 1.5}, "retry_after must be a whole number"),
        ({"hold_seconds": 0}, "hold_seconds is above 0 and at most a week"),
        ({"flood": "world"}, "flood is one of: call, chat, bot"),
        ({"methods": "sendMessage"}, "methods must be a list of names"),
        ({"methods": [1]}, "methods must be a text"),
        ({"seed": "x"}, "seed must be a whole number"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_in_words(body, sentence):
    with pytest.raises(NotAPlan) as refused:
        read_plan(body)
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "kind is one of: too_many, "),
        ({"kind": "slow", "times": 0}, "times is 1 to 100000"),
        ({"kind": "slow", "shares": 1}, "unknown: shares; there are: "),
        ({"kind": "redelivery", "chat_id": 1}, "redelivery meets the next update, whatever it is"),
    ],
)
def test_a_script_that_makes_no_sense_is_refused_in_words(body, sentence):
    with pytest.raises(NotAPlan) as refused:
        read_next(body, FaultPlan())
    assert str(refused.value).startswith(sentence)


def test_numbers_of_calls_go_on_for_ever():
    plan = FaultPlan(too_many=0.001, retry_after=(3600, 7200))
    rare = next(fate for n in count() if (fate := drawn(plan, "sendMessage", 1, n)))
    assert 3600 <= rare.seconds <= 7200
