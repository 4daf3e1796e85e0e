"""Whatever a hurried colleague sends in the middle of a dialogue: a sentence, never a failure, and the next thing they type is heard."""

from collections.abc import Mapping
from contextlib import suppress

import pytest
from sqlalchemy import Connection, select
from telegram import Update

from bot.chat.outgoing import Screen
from bot.chat.routing import answered
from bot.errors import NothingOpen
from bot.fieldwork import (
    class_contents,
    class_opening,
    confirming,
    interviews,
    keying_in,
    letters,
    matching,
    office_sheet,
    result_news,
)
from bot.store import accounts, tables
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import COORDINATOR, desk_on
from tests.fieldwork.office import import_class, open_round, people, wib

HELD = wib("2026-10-16 14:00")
LONGEST = 4096  # UTF-16 units of a message
RIGHT_TO_LEFT = "\u202eSPJ nusuynem\u202c"
FILE = {"file_id": "F1", "file_unique_id": "f1"}
SENT: Mapping[str, Mapping[str, object]] = {
    "a photo": {"photo": [{**FILE, "width": 9, "height": 9}]},
    "a photo with words": {"photo": [{**FILE, "width": 9, "height": 9}], "caption": "ini"},
    "a voice message": {"voice": {**FILE, "duration": 3}},
    "a video note": {"video_note": {**FILE, "duration": 3, "length": 9}},
    "a sticker": {
        "sticker": {**FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
    },
    "a place": {"location": {"longitude": 102.1, "latitude": -1.5}},
    "somebody's number": {"contact": {"phone_number": "+6281255501234", "first_name": "Budi"}},
    "a dice": {"dice": {"emoji": "🎲", "value": 3}},
    "a file": {"document": {**FILE, "file_name": "foto.heic", "file_size": 100}},
    "a forwarded text": {
        "text": "tolong isikan",
        "forward_origin": {"type": "hidden_user", "date": 0, "sender_user_name": "Grup"},
    },
    "four thousand characters": {"text": "a" * 4096},
    "four thousand emoji": {"text": "🙏" * 2048},
    "a hundred lines": {"text": "baris\n" * 100},
    "only spaces": {"text": "\u00a0 \u2003"},
    "nothing to see": {"text": "\u200b\u2060"},
    "right to left": {"text": RIGHT_TO_LEFT},
    "control characters": {"text": "a\x00b\x07\x1b[31m"},
    "half a character": {"text": "a\ud83d"},
    "markup": {"text": "<b>&lt;{nama}%s"},
    "numbers beyond all": {"text": "9" * 400},
    "an unknown command": {"text": "/perintahbaru"},
    "giving up": {"text": "/batal"},
    "a start": {"text": "/start"},
}  # fmt: skip


def dialogues(training: int, person: int, response: int, round_id: int) -> dict[str, dict]:
    of_class = {"training": training}
    of_person = {**of_class, "person": person}
    return {
        "title": {"what": class_opening.EXPECTING_TITLE},
        "day": {"what": class_opening.EXPECTING_DAY, "title": "Kelas"},
        "contents": {"what": class_contents.EXPECTING_CONTENTS, "content": "competences", **of_class},
        "superior": {"what": confirming.EXPECTING_SUPERIOR, **of_person},
        "notes": {"what": interviews.EXPECTING_NOTES, "training": training, "person": 1},
        "whose sheet": {"what": keying_in.EXPECTING_LETTERS, **of_class},
        "sheet": {"what": keying_in.EXPECTING_ANSWER, **of_class, "response": response},
        "letter": {"what": letters.EXPECTING_NUMBER, **of_class, "person": 0},
        "who came": {"what": matching.EXPECTING_LETTERS, **of_person},
        "office": {"what": office_sheet.EXPECTING_SHEET, **of_class},
        "news": {"what": result_news.EXPECTING_NEWS, "round": round_id},
    }  # fmt: skip


DIALOGUES = tuple(dialogues(0, 0, 0, 0))
GONE = ("superior", "notes", "sheet", "who came", "office")  # of these the class below has none


def begun(connection: Connection, dialogue: str) -> None:
    """A class in an open round whose only person answers by themselves; the coordinator was asked something."""
    training_id = import_class(connection, connected=1)
    round_id = open_round(connection, training_id, "post_training", now=HELD)
    person = people(connection, training_id)[0]
    columns = tables.responses.c
    response = connection.scalars(select(columns.id).where(columns.person_id == person)).one()
    accounts.opened(connection, COORDINATOR, HELD)
    asked = dialogues(training_id, person, response, round_id)[dialogue]
    accounts.expect(connection, COORDINATOR, asked)


def asked_of(connection: Connection) -> Mapping[str, object]:
    account = accounts.of_chat(connection, COORDINATOR)
    return account.expecting if account else {}


def expect(connection: Connection, expecting: Mapping[str, object]) -> None:
    accounts.expect(connection, COORDINATOR, expecting)


def message(content: Mapping[str, object]) -> dict[str, object]:
    person = {"id": COORDINATOR, "is_bot": False, "first_name": "Darma"}
    chat = {"id": COORDINATOR, "type": "private"}
    return {
        "message": {"message_id": 5, "date": int(HELD.timestamp()), "chat": chat, "from": person, **content}
    }  # fmt: skip


def units(screen: Screen) -> int:
    return len(screen.text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("dialogue", [one for one in DIALOGUES if one not in GONE])
async def test_whatever_comes_in_a_dialogue_is_answered_in_words(database: Database, dialogue: str):
    phones = Phones(desk_on(database, HELD))
    await database.run(begun, dialogue)
    asked = await database.run(asked_of)
    for content in SENT.values():
        phones.screens.clear()
        await phones.update(COORDINATOR, message(content))
        shown = phones.screens[COORDINATOR]
        assert shown, content
        assert all(one.text.strip() and units(one) <= LONGEST for one in shown), content
        await database.run(expect, asked)


@pytest.mark.parametrize("content", [SENT["only spaces"], SENT["nothing to see"], SENT["a photo"]])
@pytest.mark.parametrize("dialogue", ["title", "day", "contents", "letter", "news"])
async def test_what_cannot_be_used_leaves_the_question_open(
    database: Database, dialogue: str, content: Mapping[str, object]
):
    phones = Phones(desk_on(database, HELD))
    await database.run(begun, dialogue)
    asked = await database.run(asked_of)
    await phones.update(COORDINATOR, message(content))
    assert await database.run(asked_of) == asked


@pytest.mark.parametrize("dialogue", GONE)
async def test_what_is_gone_is_told_once_and_the_next_text_is_not_for_it(
    database: Database, dialogue: str
):
    """Else whoever has a survey of their own could not type an answer to it any more."""
    phones = Phones(desk_on(database, HELD))
    await database.run(begun, dialogue)
    update = Update.de_json({"update_id": 1, **message({"text": "Budi"})})
    with suppress(NothingOpen):  # the receiver says it
        assert await answered(phones.desk, update)
    assert await database.run(asked_of) == {}
