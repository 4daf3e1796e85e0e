"""Every step of every dialogue of the office, and every kind of message that is not its answer: a sentence comes, nothing is
stored, and the dialogue goes on where it stood.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Connection, select

from bot.chat.case_buttons import case_data
from bot.chat.class_buttons import class_data
from bot.chat.roster_buttons import encode_roster
from bot.chat.staff_buttons import encode
from bot.errors import FieldworkError
from bot.fieldwork.expecting import expected
from bot.store import audit, tables
from bot.store import staff as stored
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, STRANGER, TEXTS, desk_on
from tests.chat.test_role_matrix import HOW, OF_ONE, Place, office
from tests.fieldwork.office import FIRST_CHAT, open_round

LONGEST_MESSAGE = 4096
LONG = "Panjang sekali " * 266  # 3,990 characters
FILE = {"file_id": "F1", "file_unique_id": "f1"}
PHOTO = {**FILE, "width": 9, "height": 9}
ORIGIN = {"type": "hidden_user", "date": 0, "sender_user_name": "Grup kelas"}
STICKER = {**PHOTO, "type": "regular", "is_animated": False, "is_video": False}
NO_ANSWER: Mapping[str, dict[str, object]] = {
    "photo": {"photo": [PHOTO]},
    "photo with words": {"photo": [PHOTO], "caption": "ini daftarnya"},
    "voice": {"voice": {**FILE, "duration": 3}},
    "video": {"video": {**PHOTO, "duration": 3}},
    "sticker": {"sticker": STICKER},
    "place": {"location": {"longitude": 102.1, "latitude": -1.5}},
    "contact": {"contact": {"phone_number": "+6281155500001", "first_name": "Budi"}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "picture as file": {"document": {**FILE, "file_name": "foto.jpg", "file_size": 9}},
    "emoji": {"text": "👍🙏"},
    "one sign": {"text": "."},
    "control characters": {"text": "\x07\x1b\u202e\u2066\u200f"},
    "spaces": {"text": " \n\t "},
    "no such command": {"text": "/tidakada"},
    "another command": {"text": "/pelatihan"},
    "long": {"text": LONG},
    "long and right to left": {"text": "\u202e" + "مرحبا " * 600},
    "forwarded": {"text": "7", "forward_origin": ORIGIN},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    opened_by: Callable[[Place], tuple[str, ...]]  # commands, texts, callback data
    answer: str
    then: str  # a part of what is shown after the answer
    takes: frozenset[str] = frozenset()  # kinds that answer this step too


STEPS: Mapping[str, Step] = {
    "title of a class": Step(lambda _: ("/bukakelas",), "Kearsipan Dinamis", "hari terakhir"),
    "last day of a class": Step(
        lambda _: ("/bukakelas Kearsipan Dinamis",), "besok", "Terhubung 0"
    ),
    "competences": Step(
        lambda at: (class_data("aboutwrite", at.training_id, 0),), "menyusun SPJ", "belum disimpan"
    ),
    "instructors": Step(
        lambda at: (class_data("aboutwrite", at.training_id, 1),), "Hasan Basri", "belum disimpan"
    ),
    "letters of who came": Step(
        lambda at: (class_data("search", at.training_id, at.walk_ins[0]),), "belum", "Budi"
    ),
    "letters of a sheet": Step(
        lambda at: (class_data("keyin", at.training_id),), "peserta", "Lembar siapa"
    ),
    "number of a letter": Step(
        lambda at: (class_data("letternum", at.training_id),), "800/12/BKPSDMD/2027", "800/12", frozenset({"forwarded"}),
    ),
    "notes of a call": Step(
        lambda at: (case_data("notes", at.training_id, 1),), "Ia sudah menerapkan", "",
        frozenset({"long", "long and right to left", "forwarded", "one sign", "emoji"}),
    ),
    "sheet of paper": Step(
        lambda at: (class_data("keyin", at.training_id), "belum", "[Belum Terhubung"),
        "setuju", "Penguasaan",
    ),
    "sheet of the office": Step(lambda at: (encode("sheet", at.training_id),), "setuju", ""),
    "trial of a form": Step(lambda at: (f"f:try:{at.draft_ids[0]}",), "1", ""),
}  # fmt: skip
NOT_COMPARED = {"seen_updates", "audit", "accounts", "staff_names"}


async def at_the(database: Database, step: Step, who: int = COORDINATOR) -> Phones:
    places = await database.run(office, who)
    await database.run(open_round, places["first"].training_id, now=NOW)
    desk = desk_on(database)
    phones = Phones(replace(desk, study=replace(desk.study, double_tap_seconds=0.0)))
    for one in step.opened_by(places["first"]):
        if one.startswith("["):
            await phones.tap(who, one[1:])
        else:
            await (phones.press(who, one) if ":" in one else phones.write(who, one))
    return phones


def kept(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [tuple(map(str, row)) for row in connection.execute(select(table))]
        for table in tables.metadata.sorted_tables
        if table.name not in NOT_COMPARED
    }


async def told(phones: Phones, content: dict[str, object], who: int = COORDINATOR) -> str:
    """What comes back, a refusal in words as receiving.py has it."""
    before = len(phones.screens[who])
    try:
        await phones.send(who, content)
    except FieldworkError as refused:
        return TEXTS.say(refused.text_key, "id", **refused.arguments)
    return "\n\n".join(one.text for one in phones.screens[who][before:])


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """What is stored is tried on both databases elsewhere; here it is what is said."""
    async with await Database.open(sqlite_url) as opened:
        yield opened


@pytest.mark.parametrize("name", STEPS)
async def test_what_is_no_answer_is_told_and_stores_nothing(database: Database, name: str):
    step = STEPS[name]
    phones = await at_the(database, step)
    asked, before = await database.run(expected, COORDINATOR), await database.run(kept)
    for kind in NO_ANSWER.keys() - step.takes:
        said = await told(phones, NO_ANSWER[kind])
        assert said, kind
        assert max(map(len, said.split("\n\n\n"))) <= LONGEST_MESSAGE, kind
        assert await database.run(expected, COORDINATOR) == asked, kind
        assert await database.run(kept) == before, kind
    assert step.then in await told(phones, {"text": step.answer})


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "contact"])
async def test_who_is_asked_for_a_text_is_told_that_it_is_a_text(database: Database, kind: str):
    phones = await at_the(database, STEPS["title of a class"])
    assert "mohon dijawab dengan tulisan" in await told(phones, NO_ANSWER[kind])


@pytest.mark.parametrize("name", STEPS)
async def test_a_command_ends_it_and_the_next_text_is_no_answer(database: Database, name: str):
    step = STEPS[name]
    phones = await at_the(database, step)
    assert await told(phones, {"text": "/batal"})
    before = await database.run(kept)
    assert "Ini bot resmi survei" in await told(phones, {"text": "ini apa"})
    assert await database.run(expected, COORDINATOR) == ""
    assert await database.run(kept) == before


@pytest.mark.parametrize("name", STEPS)
async def test_whose_role_ends_meanwhile_is_refused_once_and_is_a_participant_again(
    database: Database, name: str
):
    step = STEPS[name]
    phones = await at_the(database, step, OF_ONE)
    await database.run(stored.leave, OF_ONE, NOW)
    before = await database.run(kept)
    for _ in range(2):
        await told(phones, {"text": step.answer}, OF_ONE)
    assert "kode" in await told(phones, {"text": step.answer}, OF_ONE)
    assert await database.run(expected, OF_ONE) == ""
    assert await database.run(kept) == before


# ---- taps ----------------------------------------------------------------------------------------

CONFIRMING: Mapping[str, Callable[[Place], str]] = {
    **{
        name: HOW[name]
        for name in (
            "trigger follow-up", "take back follow-up", "cancel follow-up", "remind now", "extend round",
            "close round", "reopen round", "give up round", "plan round again", "pause sending",
            "resume sending", "stop sending", "send result news", "match walk-in", "take in walk-in",
            "undo match", "move account", "refuse move", "begin evaluation", "extend class", "save roster",
            "aim roster", "drop roster", "drop form", "print paper", "select interviews", "export interviews",
            "ask for report", "withdraw invitation", "remove staff", "close request", "export answers",
        )
    },
    "open class": lambda _: class_data("day"),
    "letters": lambda at: class_data("letterall", at.training_id),
}  # fmt: skip


@pytest.mark.parametrize("name", CONFIRMING)
async def test_a_second_tap_and_a_colleagues_change_nothing_more(database: Database, name: str):
    """Of what is asked for as a file each colleague gets their own."""
    place = (await database.run(office, ADMINISTRATOR))["first"]
    phones = Phones(desk_on(database))
    if name == "open class":
        await phones.write(ADMINISTRATOR, "/bukakelas Kearsipan Dinamis")
    what = CONFIRMING[name](place)
    for _ in range(2):
        once = await database.run(kept)
        assert await answer_to(phones, ADMINISTRATOR, what)
    twice = await database.run(kept)
    assert twice == once
    assert await answer_to(phones, COORDINATOR, what)
    assert {**await database.run(kept), "jobs": []} == {**twice, "jobs": []}


async def answer_to(phones: Phones, who: int, what: str) -> str:
    """What a tap shows, be it a refusal."""
    try:
        return await phones.press(who, what)
    except FieldworkError as refused:
        return TEXTS.say(refused.text_key, "id", **refused.arguments)


REFUSED: Mapping[str, tuple[int, Callable[[Place], str]]] = {
    "an unknown room": (STRANGER, lambda _: "zz:1"),
    "an answer that is none": (STRANGER, lambda _: "a:x:y"),
    "a participant's that is none": (FIRST_CHAT, lambda _: "p:steal:1:"),
    "a colleague's that is none": (COORDINATOR, lambda _: "k:steal:1"),
    "the answer of another, by nobody": (STRANGER, lambda _: "a:1:2:0:choose:#0"),
    "the answer of another participant": (FIRST_CHAT, lambda _: "a:2:2:0:choose:#0"),
    "the survey of another participant": (FIRST_CHAT, lambda _: "p:take:2:"),
    "a round of superiors": (FIRST_CHAT, lambda at: f"p:begin:{at.round_id + 1}:"),
    "a colleague's trial": (ADMINISTRATOR, lambda at: f"c:{at.draft_ids[0]}:2:0:choose:ya"),
    "a colleague's form": (ADMINISTRATOR, lambda at: f"f:publish:{at.draft_ids[0]}"),
    "a colleague's list": (ADMINISTRATOR, lambda at: encode_roster("save", at.roster_ids[1])),
    "a sheet that nobody began": (COORDINATOR, lambda _: "i:1:2:0:choose:#0"),
    "a sheet, by a participant": (FIRST_CHAT, lambda _: "i:2:2:0:choose:#0"),
    "the office's sheet, by a participant": (FIRST_CHAT, lambda at: f"o:{at.training_id}:0:0:choose:#0"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_forged_or_anothers_is_refused_and_logged(database: Database, name: str):
    who, data = REFUSED[name]
    places = await database.run(office)
    await database.run(open_round, places["first"].training_id, now=NOW)
    phones, before = Phones(desk_on(database)), await database.run(kept)
    last = await database.run(audit.last_id)
    await answer_to(phones, who, data(places["first"]))
    (line,) = await database.run(audit.after, last, 9)
    assert line.action == "refused"
    assert str(STRANGER) not in line.actor
    assert await database.run(kept) == before
