"""The sending limits, on real time that the test gives."""

from bot.simulator.limits import Limits


def test_a_burst_of_three_passes_in_one_chat_and_the_fourth_waits_a_second():
    limits = Limits()
    assert [limits.retry_after(1, 10.0) for _ in range(4)] == [None, None, None, 1]


def test_a_chat_may_write_again_each_second():
    limits = Limits()
    for _ in range(3):
        limits.retry_after(1, 10.0)
    assert [limits.retry_after(1, at) for at in (11.0, 12.0, 12.5)] == [None, None, 1]


def test_thirty_a_second_over_all_and_no_more():
    limits = Limits()
    answers = [limits.retry_after(chat, 10.0) for chat in range(1, 32)]
    assert answers == [None] * 30 + [1]


def test_the_overall_limit_refills_thirty_a_second():
    limits = Limits()
    for chat in range(1, 31):
        limits.retry_after(chat, 10.0)
    answers = [limits.retry_after(chat, 10.5) for chat in range(100, 116)]
    assert answers == [None] * 15 + [1]


def test_a_group_takes_twenty_a_minute():
    limits = Limits()
    answers = [limits.retry_after(-5, 10.0) for _ in range(21)]
    assert answers == [None] * 20 + [3]


def test_a_refused_message_costs_nothing_and_is_counted():
    limits = Limits()
    for _ in range(10):
        limits.retry_after(1, 10.0)
    assert limits.refused == 7
    others = [limits.retry_after(chat, 10.0) for chat in range(2, 30)]
    assert others == [None] * 27 + [1]
    assert limits.retry_after(1, 11.0) is None
