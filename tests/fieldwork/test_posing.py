"""A typed message answers a question that was in the chat before it, and no other."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import Connection, update

from bot.fieldwork import answering, conversation
from bot.fieldwork.conversation import Act, attend
from bot.fieldwork.posing import CLOCKS_APART
from bot.fieldwork.records import Card, Outcome, Posed, Written
from bot.fieldwork.tapping import Tapped
from bot.store import accounts, tables
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Attached
from tests.fieldwork.field import (
    CHAT,
    NOW,
    add_person,
    add_training,
    connect,
    enrol,
    keys,
    later,
    open_round,
    questionnaire,
    response_of,
    study,
    visit,
)

EARLY = "pesan_belum_dijawab"
ASKED_IN, WRITTEN, NEXT = 10, 20, 30  # numbers of messages


class Chat:
    """Somebody at question a03, a number, which message 10 shows; a15, a text, follows."""

    def __init__(self, connection: Connection, form: Questionnaire | None = None) -> None:
        self.connection = connection
        training_id, self.person_id = add_training(connection), add_person(connection)
        enrol(connection, training_id, self.person_id)
        connect(connection, self.person_id)
        round_id = open_round(connection, training_id, form_=form)
        self.card = self.shown(self.act(partial(answering.agree, round_id=round_id, more="")))
        self.tap("a01", "choose", "setuju")
        self.tap("a02", "on", "waktu")
        self.arrives(ASKED_IN, self.tap("a02", "done"))

    def act(self, act: Act, **changes: object) -> Outcome:
        by_message = replace(visit(), poses_below=True)
        return attend(self.connection, replace(by_message, **changes), act)

    def tap(self, item: str, action: str, value: str = "") -> Card:
        tapped = Tapped(
            self.card.response_id,
            list(questionnaire().named).index(item),
            self.card.revision,
            action,
            value,
        )
        outcome = self.act(partial(answering.tap, tapped=tapped), poses_below=False)
        self.card = self.shown(outcome)
        return self.card

    def write(
        self, text: str, message_id: int, sent_at: datetime = NOW, **changes: object
    ) -> Outcome:
        written = Written(text, sent_at, message_id=message_id)
        return self.act(partial(conversation.typed, written=written), **changes)

    def arrives(self, message_id: int, card: Card) -> None:
        posed = Posed(card.response_id, card.revision, is_new=True)
        answering.remember_card(self.connection, CHAT, message_id, posed)

    def shown(self, outcome: Outcome) -> Card:
        card = outcome.reactions[-1]
        assert isinstance(card, Card)
        return card

    @property
    def answers(self) -> dict[str, str]:
        found = response_of(self.connection, self.person_id).response.answers
        return {name: answer.value for name, answer in found.items() if name in {"a03", "a15"}}


@pytest.fixture
def chat(connection: Connection) -> Chat:
    return Chat(connection)


def test_a_copy_written_before_the_next_question_arrived_answers_nothing(chat: Chat):
    assert keys(chat.write("12", WRITTEN)) == ["card:a15"]
    assert keys(chat.write("12", WRITTEN + 1)) == [EARLY, "card:a15"]
    assert chat.answers == {"a03": "12"}


def test_a_copy_that_comes_late_is_as_old_as_its_number(chat: Chat):
    chat.arrives(NEXT, chat.shown(chat.write("12", WRITTEN)))
    assert keys(chat.write("12", NEXT - 1)) == [EARLY, "card:a15"]
    assert chat.answers == {"a03": "12"}


def test_what_is_written_below_the_question_answers_it_at_once(chat: Chat):
    chat.arrives(NEXT, chat.shown(chat.write("12", WRITTEN)))
    chat.write("Memakai daftar periksa.", NEXT + 1)
    assert chat.answers == {"a03": "12", "a15": "Memakai daftar periksa."}


def test_a_voice_message_from_before_the_question_is_none_either(chat: Chat):
    chat.write("12", WRITTEN)
    voice = partial(
        conversation.attached,
        attachment=Attached("voice", "file", 9, "audio/ogg"),
        written=Written("", NOW, message_id=WRITTEN + 1),
    )
    assert keys(chat.act(voice)) == [EARLY, "card:a15"]


def test_an_older_question_that_arrives_late_lets_no_answer_in(chat: Chat):
    older = chat.card
    chat.write("12", WRITTEN)
    chat.arrives(WRITTEN + 1, older)
    chat.write("12", WRITTEN + 2)
    assert chat.answers == {"a03": "12"}


def test_a_question_that_is_shown_again_counts_from_its_first_message(chat: Chat):
    card = chat.shown(chat.write("12", WRITTEN))
    chat.arrives(NEXT, card)
    chat.arrives(NEXT + 5, chat.shown(chat.act(answering.resume)))
    chat.write("Memakai daftar periksa.", NEXT + 1)
    assert chat.answers["a15"] == "Memakai daftar periksa."


def test_one_is_told_once_however_often_one_wrote(chat: Chat):
    card = chat.shown(chat.write("12", WRITTEN))
    assert keys(chat.write("12", WRITTEN + 1, is_posing=True)) == [EARLY]
    assert keys(chat.write("12", WRITTEN + 2, is_posing=True)) == []
    chat.arrives(NEXT, card)
    assert keys(chat.write("12", WRITTEN + 3)) == []


def test_one_is_told_again_of_the_next_question(chat: Chat):
    chat.card = chat.shown(chat.write("12", WRITTEN))
    chat.write("12", WRITTEN + 1)
    chat.tap("a15", "back")
    chat.write("13", WRITTEN + 2)
    assert keys(chat.write("13", WRITTEN + 3)) == [EARLY, "card:a15"]


def test_a_question_of_which_nobody_knows_whether_it_arrived_is_shown_again_each_time(chat: Chat):
    chat.write("12", WRITTEN)
    assert keys(chat.write("12", WRITTEN + 1)) == [EARLY, "card:a15"]
    assert keys(chat.write("12", WRITTEN + 2)) == [EARLY, "card:a15"]


def test_another_bot_with_lower_numbers_is_understood_after_one_more_question(chat: Chat):
    chat.arrives(1_000_000, chat.shown(chat.write("12", WRITTEN)))
    again = chat.write("Memakai daftar periksa.", 7)
    chat.arrives(9, chat.shown(again))
    chat.write("Memakai daftar periksa.", 10)
    assert chat.answers["a15"] == "Memakai daftar periksa."


def test_what_is_typed_while_a_tapped_card_is_redrawn_does_not_count(chat: Chat):
    assert keys(chat.write("12", WRITTEN, is_posing=True)) == [EARLY]
    assert chat.answers == {}
    chat.write("12", WRITTEN + 1)
    assert chat.answers == {"a03": "12"}


def test_a_tap_shows_that_its_question_was_seen(chat: Chat):
    """Nothing is known of the question after the text, but somebody stepped back from it."""
    chat.card = chat.shown(chat.write("12", WRITTEN))
    chat.tap("a15", "back")
    chat.write("13", WRITTEN + 1)
    assert chat.answers == {"a03": "13"}


def test_of_a_chat_from_before_these_numbers_every_message_counts(chat: Chat):
    columns = tables.accounts.c
    kept = update(tables.accounts).where(columns.chat_id == CHAT)
    chat.connection.execute(kept.values(answers_after=0))
    chat.write("12", WRITTEN)
    assert chat.answers == {"a03": "12"}


def test_a_remark_or_a_wrong_answer_leaves_the_question_seen(chat: Chat):
    chat.write("99", WRITTEN)
    chat.write("12", WRITTEN + 1)
    assert chat.answers == {"a03": "12"}


def test_of_a_clock_that_is_wrong_one_hears_once_and_then_the_numbers_decide(chat: Chat):
    """Whether the message or our clock is early cannot be told; below the question shown again it is meant for that."""
    old = later(seconds=-60)
    assert old + CLOCKS_APART < NOW
    again = chat.write("11", WRITTEN, old)
    assert keys(again) == [EARLY, "card:a03"]
    chat.arrives(NEXT, chat.shown(again))
    chat.write("11", NEXT - 1, old)
    assert chat.answers == {}
    chat.write("12", NEXT + 1, old)
    assert chat.answers == {"a03": "12"}


def test_the_number_of_an_earlier_question_says_nothing_of_a_tapped_one(chat: Chat):
    chat.card = chat.shown(chat.write("12", WRITTEN))
    chat.arrives(NEXT, chat.card)
    chat.tap("a15", "back")
    assert keys(chat.write("13", NEXT + 1, later(seconds=-60))) == [EARLY, "card:a03"]


def test_a_clock_that_was_set_back_refuses_nobody(chat: Chat):
    careful, hour_before = study(double_tap_seconds=0.4), later(hours=-1)
    chat.write("12", WRITTEN, hour_before, study=careful, now=hour_before)
    assert chat.answers == {"a03": "12"}


def test_faster_than_anybody_reads_is_told_once(chat: Chat):
    careful = study(double_tap_seconds=0.4)
    chat.arrives(NEXT, chat.shown(chat.write("12", WRITTEN)))
    assert keys(chat.write("12", NEXT + 1, study=careful)) == [EARLY, "card:a15"]
    assert keys(chat.write("12", NEXT + 2, study=careful)) == []


def test_a_colleague_who_keys_in_paper_has_no_question_of_their_own_to_wait_for(chat: Chat):
    account = accounts.of_chat(chat.connection, CHAT)
    assert account is not None
    chat.write("12", WRITTEN, poses_below=False)
    assert accounts.of_chat(chat.connection, CHAT) == account


def test_a_question_that_takes_several_messages_takes_them_as_they_come(connection: Connection):
    *others, last = questionnaire().items
    collecting = replace(last, extra={"appearance": "multiline"})
    chat = Chat(connection, replace(questionnaire(), version="posing", items=(*others, collecting)))
    chat.arrives(NEXT, chat.shown(chat.write("12", WRITTEN)))
    chat.write("Pertama.", NEXT + 1)
    chat.write("Kedua.", NEXT + 2)
    assert chat.answers["a15"] == "Pertama.\nKedua."
