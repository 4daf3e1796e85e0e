r"""Plays a whole chat with the real bot on a real database, and writes down what the person sees.

    BOT  a new message, its buttons row by row    EDIT  the card, changed in place    TOAST  the words over the chat
    YOU  tap LABEL      any button of the card (☐, ☑ and • may be left out)
    YOU  old LABEL      a button of an earlier card, as it stood there; again: the last tap once more
    YOU  type TEXT      also /lanjut, /bahasa; \n is a line break
    YOU  edit OLD -> NEW                          an edited message
    YOU  voice SECONDS, photo, file NAME, send sticker|location|video
    YOU  wait 30s|20m|2h|3d

The header is FORM NAME, a file of tests/chat/corpus. Bold stands between *, italics between _.

    python -m tests.chat.corpus_chat NAME...      writes the transcripts anew from their YOU lines; look at the difference
"""

import asyncio
import html
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from bot.chat.outgoing import AnswerTap, Outgoing, Screen, SendMessage, ShowCard
from bot.clock import FollowedClock
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Answer
from bot.survey.xlsform import compile_form
from tests.chat.phone import Phone, desk
from tests.fieldwork.field import (
    add_person,
    add_training,
    connect,
    enrol,
    open_round,
    response_of,
)

CORPUS: Final = Path(__file__).parent / "corpus"
PACE: Final = timedelta(seconds=5)
_INDENT: Final = "      "
_MARKS: Final = re.compile(r"^[☐☑•] ")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_OTHER: Final[Mapping[str, dict[str, object]]] = {
    "sticker": {"sticker": {"file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1,
                            "height": 1, "is_animated": False, "is_video": False}},
    "location": {"location": {"longitude": 102.1, "latitude": -1.5}},
    "video": {"video": {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1, "duration": 1}},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Script:
    form: str
    did: tuple[str, ...]


def script_of(text: str) -> Script:
    """The header and what the person did; everything the bot said is left out."""
    form, did = "", []
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word == "YOU":
            did.append(rest.strip())
        elif word == "FORM":
            form = rest.strip()
    return Script(form, tuple(did))


async def played(database: Database, script: Script) -> str:
    questionnaire = compiled(script.form)
    person_id = await database.run(_invited, questionnaire)
    chat = Chat(Phone(desk(database)))
    await chat.phone.write("/lanjut")
    await chat.phone.tap("Ya, saya bersedia")
    chat.phone.last = chat.phone.last[-1:]  # the thanks for agreeing are the same in every chat
    lines = [f"FORM  {script.form}", "", *chat.seen()]
    for command in script.did:
        await chat.obey(command)
        lines += [f"YOU   {command}", *chat.seen()]
    return "\n".join([*lines, "", *await database.run(_data_lines, person_id)]) + "\n"


def all_transcripts() -> list[str]:
    return sorted(path.stem for path in CORPUS.glob("*.txt"))


def compiled(form: str) -> Questionnaire:
    """The post-training round asks it, whatever its own name is."""
    return replace(compile_form(CORPUS / f"{form}.md"), name="post_training")


@dataclass
class Chat:
    """The person's side: what they tap and write, and what came back for it."""

    phone: Phone
    sent: dict[str, int] = field(default_factory=dict)  # text -> the message that held it
    cards: list[tuple[int, Screen]] = field(default_factory=list)  # as they once stood
    last_tap: tuple[str, int] = ("", 0)
    clock_stands: bool = False

    async def obey(self, command: str) -> None:
        word, _, rest = command.partition(" ")
        if word != "again":
            self._pass(PACE)
        match word:
            case "tap":
                await self._press(rest, [(self.phone.card, self.phone.messages[self.phone.card])])
            case "old":
                await self._press(rest, self.cards[-2::-1])
            case "again":
                await self.phone.forge(*self.last_tap)
            case "type":
                await self._write(rest.replace("\\n", "\n"))
            case "edit":
                await self._edit(*rest.split(" -> "))
            case "wait":
                self._pass(timedelta(**{_UNITS[rest[-1]]: int(rest[:-1])}))
                self.phone.last = []
            case _:
                await self.phone.send(_content(word, rest))

    def seen(self) -> list[str]:
        lines = [line for outgoing in self.phone.last for line in _seen(outgoing)]
        self.cards += [
            (one.edit or max(self.phone.messages), one.screen)
            for one in self.phone.last
            if isinstance(one, ShowCard)
        ]
        return lines or (["BOT   (nothing)"] if self.phone.last else [])

    def _pass(self, span: timedelta) -> None:
        clock = self.phone.desk.clock
        assert isinstance(clock, FollowedClock)
        clock.move_to(clock.now() + span)

    async def _press(self, label: str, cards: list[tuple[int, Screen]]) -> None:
        for number, screen in cards:
            for button in (button for row in screen.buttons for button in row):
                if label in {button.label, _MARKS.sub("", button.label)}:
                    self.last_tap = (button.data, number)
                    await self.phone.forge(*self.last_tap)
                    return
        shown = [
            button.label
            for row in self.phone.messages[max(self.phone.messages)].buttons
            for button in row
        ]
        raise AssertionError(f"there is no button {label}, but {shown}")

    async def _write(self, text: str) -> None:
        message = self.phone.message({"text": text})
        self.sent[text] = int(str(message["message_id"]))
        await self.phone.update({"message": message})

    async def _edit(self, former: str, text: str) -> None:
        message = self.phone.message({"text": text})
        edited = {**message, "message_id": self.sent.pop(former), "edit_date": message["date"]}
        self.sent[text] = int(str(edited["message_id"]))
        await self.phone.update({"edited_message": edited})


def _invited(connection: Connection, questionnaire: Questionnaire) -> int:
    """Always the same person: the order of shuffled options is drawn from their code."""
    training_id = add_training(connection, code="MKD")
    person_id = add_person(connection, code="R000001")
    enrol(connection, training_id, person_id)
    connect(connection, person_id)
    open_round(connection, training_id, "post_training", questionnaire)
    return person_id


def _content(word: str, rest: str) -> dict[str, object]:
    match word:
        case "voice":
            return {"voice": {"file_id": "V", "file_unique_id": "v", "duration": int(rest)}}
        case "photo":
            return {"photo": [{"file_id": "P", "file_unique_id": "p", "width": 9, "height": 9}]}
        case "file":
            return {"document": {"file_id": "F", "file_unique_id": "f", "file_name": rest}}
        case _:
            return _OTHER[rest]


def _seen(outgoing: Outgoing) -> Iterator[str]:
    match outgoing:
        case AnswerTap(text=text):
            if text:
                yield f"TOAST {text}"
        case ShowCard(screen=screen, edit=edit):
            yield from _screen_lines("EDIT  " if edit is not None else "BOT   ", screen)
        case SendMessage(screen=screen):
            yield from _screen_lines("BOT   ", screen)
        case _:
            yield f"BOT   {type(outgoing).__name__}"


def _screen_lines(word: str, screen: Screen) -> Iterator[str]:
    marked = re.sub(r"</?b>", "*", re.sub(r"</?i>", "_", screen.text))
    first, *rest = html.unescape(re.sub(r"<[^<>]*>", "", marked)).splitlines()
    yield word + first
    yield from ((_INDENT + line).rstrip() for line in rest)
    for row in screen.buttons:
        yield _INDENT + " ".join(f"[ {button.label} ]" for button in row)


def _data_lines(connection: Connection, person_id: int) -> list[str]:
    """What the analyst gets."""
    response = response_of(connection, person_id).response
    answers = (_INDENT + _answer_line(answer) for answer in response.answers.values())
    return [f"DATA  {response.stage} {response.disposition}", *sorted(answers)]


def _answer_line(answer: Answer) -> str:
    value = answer.value.replace("\n", "\\n") or f"({answer.missing})"
    other = f" [{answer.other}]" if answer.other else ""
    return f"{answer.item} = {value}{other}" + (
        f" revised {answer.revised}" if answer.revised else ""
    )


async def _rewrite(names: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="bungo-corpus-") as folder:
        empty, used = Path(folder) / "empty.db", Path(folder) / "used.db"
        migrate(f"sqlite:///{empty}")
        for name in names or all_transcripts():
            shutil.copy(empty, used)
            path = CORPUS / f"{name}.txt"
            script = script_of(path.read_text(encoding="utf-8"))
            async with await Database.open(f"sqlite:///{used}") as database:
                path.write_text(await played(database, script), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_rewrite(sys.argv[1:]))
