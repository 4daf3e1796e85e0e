"""What must be true of a town after every death of its bot, and at the end. Looks into the database and the simulator's books."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection, create_engine, func, select

from bot.chat.buttons import Press, decode
from bot.simulator.json_types import as_object, read_json
from bot.simulator.keyboards import buttons
from bot.simulator.updates import TAP_LIFETIME
from bot.store import tables
from tests.soak.respondent import Sent
from tests.soak.town import Town, form, plan_of

APART = timedelta(hours=16)  # 20, less what the clock may step on within one tick
WORDS_OF_CONTACTS = frozenset({"evening", "tomorrow", "other_time", "enough", "refuse"})
REMEMBERED = timedelta(hours=24)  # the bot forgets after two days which updates it has seen
WORKED_OUT = frozenset({"calculate", "hidden"})  # nobody gives these answers
MOST_INVITATIONS = 2  # an unconfirmed one is repeated once


@dataclass(frozen=True, slots=True)
class Stored:
    """Of one person: by the position of the item."""

    answers: Mapping[int, frozenset[str]]  # what may be called the answer: its code, or its text
    revised: int
    disposition: str


def lost(town: Town) -> list[str]:
    """Answers that were acknowledged and are not in the database."""
    for respondent in town.respondents:
        respondent.note_what_is_acknowledged()
    stored = read(town)
    return [
        f"{respondent.chat_id} position {position}: {value}, stored "
        f"{sorted(stored[respondent.chat_id].answers.get(position, ()))}"
        for respondent in town.respondents
        for position, value in respondent.acknowledged.items()
        if _code(position, value) not in stored[respondent.chat_id].answers.get(position, ())
    ]


def confirmed_unseen(town: Town) -> list[str]:
    """Updates that Telegram was told to forget although their transaction was not committed."""
    offsets = [
        (int(str(call.parameters["offset"])), call.at)
        for call in town.bench.books.calls
        if call.method == "getUpdates" and call.effect
    ]
    engine = create_engine(town.settings["DATABASE_URL"])
    with engine.connect() as connection:
        seen = set(connection.execute(select(tables.seen_updates.c.update_id)).scalars())
    engine.dispose()
    now = town.bench.clock.now()
    return [
        f"update {number} of {respondent.chat_id} was confirmed and not committed"
        for respondent in town.respondents
        for number, sent in respondent.sent.items()
        if number not in seen and now - sent.at < REMEMBERED and _was_taken(number, sent, offsets)
    ]


def _was_taken(number: int, sent: Sent, offsets: Iterable[tuple[int, datetime]]) -> bool:
    """Confirmed; not a tap that Telegram itself may have forgotten before it was given out."""
    confirmed_at = next((at for offset, at in offsets if offset > number), None)
    if confirmed_at is None:
        return False
    return not sent.is_tap or confirmed_at - sent.at <= TAP_LIFETIME


def wrong_in_the_end(town: Town) -> list[str]:
    stored = read(town)
    return [
        *lost(town),
        *_doubled(town, stored),
        *_misplaced(town, stored),
        *_nagged(town),
        *_reminded_after_completion(town),
    ]


def is_closed(town: Town) -> bool:
    """Every response has its disposition for good."""
    engine = create_engine(town.settings["DATABASE_URL"])
    unsettled = select(tables.responses.c.id).where(tables.responses.c.settled_at.is_(None))
    with engine.connect() as connection:
        is_open = connection.execute(unsettled).first() is not None
    engine.dispose()
    return not is_open


def read(town: Town) -> dict[int, Stored]:
    engine = create_engine(town.settings["DATABASE_URL"])
    try:
        with engine.connect() as connection:
            return _read(connection)
    finally:
        engine.dispose()


def _read(connection: Connection) -> dict[int, Stored]:
    places = {item.name: place for place, item in enumerate(form().items)}
    accounts, responses, answers = tables.accounts, tables.responses, tables.answers
    history = select(func.count()).select_from(tables.answer_history)
    found: dict[int, dict[int, frozenset[str]]] = defaultdict(dict)
    revised: Counter[int] = Counter()
    joined = answers.join(responses, responses.c.id == answers.c.response_id).join(
        accounts, accounts.c.person_id == responses.c.person_id
    )
    for row in connection.execute(select(accounts.c.chat_id, answers).select_from(joined)):
        place = places[row.item]
        if form().items[place].kind in WORKED_OUT:
            continue
        named = _cannot_say(place, row.missing) if row.missing else {row.value, row.other} - {""}
        if named:
            found[row.chat_id][place] = frozenset(named)
        revised[row.chat_id] += row.revised
    everybody = responses.join(accounts, accounts.c.person_id == responses.c.person_id)
    dispositions = select(accounts.c.chat_id, responses.c.disposition).select_from(everybody)
    ends = {row.chat_id: row.disposition for row in connection.execute(dispositions)}
    revised[0] += connection.execute(history).scalar_one()
    assert not revised[0], "answers were replaced, and nobody went back"
    chats = connection.execute(select(accounts.c.chat_id)).scalars()
    return {chat: Stored(found[chat], revised[chat], ends.get(chat, "")) for chat in chats}


def _doubled(town: Town, stored: Mapping[int, Stored]) -> list[str]:
    """An answer that nobody gave, or one given where another was meant."""
    return [
        f"{respondent.chat_id} has an answer at {position} that was not given"
        for respondent in town.respondents
        for position, found in stored[respondent.chat_id].answers.items()
        if not _given(respondent.acknowledged | respondent.said, position, found)
    ]


def _given(said: Mapping[int, str], position: int, found: frozenset[str]) -> bool:
    return position in said and _code(position, said[position]) in found


def _misplaced(town: Town, stored: Mapping[int, Stored]) -> list[str]:
    expected = {
        town.respondents[number].chat_id: _disposition(town.first + number)
        for number in range(len(town.respondents))
    }
    return [
        f"{chat} is {stored[chat].disposition}, not {disposition}"
        for chat, disposition in expected.items()
        if stored[chat].disposition != disposition
    ]


def _disposition(number: int) -> str:
    plan = plan_of(number)
    if plan.day is None:
        return "noncontact"
    return {6: "break_off", 17: "partial"}.get(plan.stops_after, "complete")


def contacts(town: Town) -> dict[int, list[tuple[datetime, bool]]]:
    """What arrived that we began ourselves, by chat: when, and whether it was the invitation."""
    found: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    for call in town.bench.books.calls:
        if call.method == "sendMessage" and call.effect and (words := _words(call.parameters)):
            found[int(str(call.parameters["chat_id"]))].append((call.at, "evening" in words))
    return found


def _words(parameters: Mapping[str, object]) -> set[str]:
    """The actions of its buttons, when it is a contact: it begins, can be put off and asks for no consent."""
    markup = read_json(str(parameters.get("reply_markup") or "{}"))
    read = [
        decode(str(one.get("callback_data"))) for row in buttons(as_object(markup)) for one in row
    ]
    words = {press.action for press in read if isinstance(press, Press)}
    return (
        words if "begin" in words and words & WORDS_OF_CONTACTS and "agree" not in words else set()
    )


def _nagged(town: Town) -> list[str]:
    found = []
    for chat, came in contacts(town).items():
        invitations = [at for at, is_invitation in came if is_invitation]
        if len(invitations) > MOST_INVITATIONS:
            found.append(f"{chat} was invited {len(invitations)} times")
        others = sorted({min(invitations)} if invitations else set()) + [
            at for at, is_invitation in came if not is_invitation
        ]
        found += _too_close(chat, sorted(others))
    return found


def _too_close(chat: int, moments: list[datetime]) -> Iterable[str]:
    for earlier, later in pairwise(moments):
        if later - earlier < APART:
            yield f"{chat} was written to at {earlier:%d %H:%M} and again at {later:%d %H:%M}"


def _reminded_after_completion(town: Town) -> list[str]:
    complete: set[str] = set()
    found = []
    for line in (town.folder / "events").read_text("utf-8").splitlines():
        kind, chat = line.split()
        if kind == "complete":
            complete.add(chat)
        elif kind == "contact" and chat in complete:
            found.append(f"a reminder to {chat} began after the completion")
    return found


def _cannot_say(position: int, missing: str) -> set[str]:
    """The options that are stored as a missing value: "Tidak dapat menilai"."""
    return {one.code for one in form().items[position].options if one.missing == missing}


def _code(position: int, value: str) -> str:
    """A button names a long code by its place among the options."""
    if value.startswith("#"):
        return form().items[position].options[int(value[1:])].code
    return value
