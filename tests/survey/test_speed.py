"""A form of 60 questions with 40 conditions: how long one answer holds the thread that writes.

A busy machine is slow in everything, so times are held against a plain Python loop that ran just before; the
milliseconds are printed (`pytest -s`) and only the ratio decides. On the machine where the loop takes 1 ms the
limits below are milliseconds too. It is the time of the thread, so that a neighbour costs nothing.
(Measured: 0.2 ms for the rules, 0.6 ms for everything the writer thread does.)
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from statistics import median
from time import thread_time
from types import FrameType

from sqlalchemy import Connection, create_engine, event

from bot.fieldwork import answering
from bot.fieldwork.records import Card
from bot.fieldwork.tapping import Tapped
from bot.survey.expressions import is_true, references
from bot.survey.prompts import Ask
from bot.survey.questionnaire import Item, Questionnaire
from bot.survey.record import Response, Tap
from bot.survey.response import answer, begin
from tests.fieldwork.field import add_person, add_training, attended, connect, enrol, open_round
from tests.survey.forms import NOW, form, item, labels

QUESTIONS, PLAIN = 60, 20


def condition(number: int) -> str:
    """Looks at three earlier answers; some of them close it, as in real forms."""
    return (
        f"(${{q{number - 1}}} = 'ya' or selected(${{q{number // 2}}}, 'ya'))"
        f" and not(${{q{number % PLAIN}}} = 'tidak' and count-selected(${{q{number // 3}}}) >= 1)"
    )


def sixty(name: str = "kecil") -> Questionnaire:
    return form(
        *(
            item(
                f"q{number}",
                required=True,
                relevant=condition(number) if number >= PLAIN else "",
                labels=labels(
                    f"Anda menjawab ${{q{number - 1}}}. Bagaimana?" if number else "Awal?"
                ),
            )
            for number in range(QUESTIONS)
        ),
        name=name,
    )


def yardstick() -> float:
    """Seconds of a loop that takes 1 ms where these limits were set."""
    begun = thread_time()
    words: dict[str, int] = {}
    for number in range(5_000):
        words[f"q{number % 60}"] = words.get(f"q{number % 60}", 0) + number
    return thread_time() - begun


def in_yardsticks(interview: Callable[[int], Iterator[float]], people: int) -> float:
    """The median answer of the least disturbed person, in the least disturbed of the yardsticks measured beside it."""
    sticks, answers = [], []
    for person in range(people):
        sticks.append(yardstick())
        answers.append(median(interview(person)))
    stick, one = min(sticks), min(answers)
    told = f"\n{people} people: median answer {one * 1e3:.3f} ms; yardstick {stick * 1e3:.3f} ms\n"
    sys.stdout.write(told)
    return one / stick


def code(person: int, number: int) -> str:
    return "tidak" if (person * 7 + number * 13) % 5 == 0 else "ya"


def pure(person: int) -> Iterator[float]:
    questionnaire, now = SIXTY, NOW
    turn = begin(questionnaire, Response(person, "kecil", "1", seed=person), now)
    while (state := turn.response).current:
        now += timedelta(seconds=5)
        tap = Tap("choose", state.current, state.revision, code(person, len(state.answers)))
        begun = thread_time()
        turn = answer(questionnaire, state, tap, now)
        yield thread_time() - begun


SIXTY = sixty()


def test_the_rules_of_one_answer_take_well_under_a_millisecond():
    list(pure(0))  # the first person of a deployment pays for the compiling
    assert in_yardsticks(pure, 20) < 0.5


def test_only_what_depends_on_the_changed_answer_is_evaluated_again():
    unseen = replace(SIXTY, items=tuple(fresh(entry) for entry in SIXTY.items))
    turn = begin(unseen, Response(1, "kecil", "1"), NOW)
    for number in range(30):
        turn = answer(unseen, turn.response, Tap("choose", f"q{number}", number + 1, "ya"), NOW)
    tap = Tap("choose", "q30", turn.response.revision, "ya")
    affected = [entry for entry in unseen.items if "q30" in references(entry.relevant)]
    with evaluations() as count:
        answer(unseen, turn.response, tap, NOW)
    assert 0 < count[0] <= len(affected) < 5


def fresh(entry: Item) -> Item:
    """The same condition, written so that nothing of it is remembered yet."""
    return replace(entry, relevant=entry.relevant and f"{entry.relevant} and 30 = 30")


@contextmanager
def evaluations() -> Iterator[list[int]]:
    """How often a condition is evaluated inside the block, seen from outside."""
    count = [0]

    def seen(frame: FrameType, happening: str, _argument: object) -> None:
        count[0] += happening == "call" and frame.f_code is is_true.__code__

    sys.setprofile(seen)
    try:
        yield count
    finally:
        sys.setprofile(None)


def test_the_writer_thread_is_held_for_less_than_a_millisecond(sqlite_url: str):
    """Everything of one tap but the shared commit: account, update id, load, rules, save, next card."""
    engine = create_engine(sqlite_url)
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON") and None)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        training_id = add_training(connection)
        chats = [900 + number for number in range(12)]
        for chat_id in chats:
            person_id = add_person(connection)
            enrol(connection, training_id, person_id)
            connect(connection, person_id, chat_id)
        round_id = open_round(connection, training_id, form_=sixty("post_training"))
        list(taps(connection, round_id, chats[0]))
        held = in_yardsticks(lambda person: taps(connection, round_id, chats[person + 1]), 11)
        connection.rollback()
    engine.dispose()
    assert held < 1


def taps(connection: Connection, round_id: int, chat_id: int) -> Iterator[float]:
    outcome = attended(
        connection, partial(answering.agree, round_id=round_id, more=""), chat_id=chat_id
    )
    given = 0
    while isinstance(card := outcome.reactions[-1], Card) and isinstance(card.prompt, Ask):
        position = card.positions[card.prompt.item.name]
        tapped = Tapped(card.response_id, position, card.revision, "choose", code(chat_id, given))
        begun = thread_time()
        outcome = attended(connection, partial(answering.tap, tapped=tapped), chat_id=chat_id)
        yield thread_time() - begun
        given += 1
