"""What a live stream still has to tell a page: the present state first, then only what differs. Pure; HTTP is `control_live.py`'s.

Messages are values, so a message that is the same object needs no second telling; nothing here is kept but references.
"""

from dataclasses import asdict, dataclass, field

from bot.simulator.books import Chat, Message, Person, Tap
from bot.simulator.tour import Tour
from bot.simulator.views import chat_view, tap_view
from bot.simulator.workbench import Workbench

Event = dict[str, object]


@dataclass(slots=True)
class Seen:
    """What one page knows already."""

    bot: Event = field(default_factory=dict)
    clock: tuple[object, ...] = ()
    people: tuple[Person, ...] | None = None
    tour: Tour | None = None
    tour_told: bool = False
    chats: dict[int, "SeenChat"] = field(default_factory=dict)


@dataclass(slots=True)
class SeenChat:
    messages: dict[int, Message] = field(default_factory=dict)
    taps: dict[str, tuple[bool, str]] = field(default_factory=dict)
    rest: tuple[object, ...] = ()


def news(bench: Workbench, seen: Seen, instant: float) -> list[Event]:
    """Events in the order in which a page can use them; `seen` is brought up to date."""
    events = [*_bot(bench, seen), *_clock(bench, seen), *_people(bench, seen)]
    account = bench.books.accounts[0] if bench.books.accounts else None
    if account:
        taps: dict[int, list[Tap]] = {}
        for tap in account.taps.values():
            taps.setdefault(tap.chat_id, []).append(tap)
        for chat in account.chats.values():
            events += _chat(bench, seen, chat, taps.get(chat.id, []), instant)
    return [*events, *_tour(bench, seen)]


def _bot(bench: Workbench, seen: Seen) -> list[Event]:
    account = bench.books.accounts[0] if bench.books.accounts else None
    told: Event = {"kind": "bot", "instance": bench.instance, "connected": False}
    if account:
        words = account.words
        told |= {
            "username": account.username,
            "name": words.get(("name", "")) or account.first_name,
            "description": words.get(("description", ""), ""),
            "connected": account.token is not None,
        }
    if told == seen.bot:
        return []
    seen.bot = told
    return [told]


def _clock(bench: Workbench, seen: Seen) -> list[Event]:
    # A running clock goes on by itself in the page: only what changes its pace or place is news.
    state = (None if bench.clock.running else bench.clock.now(), bench.jumping)
    if state == seen.clock:
        return []
    seen.clock = state
    return [{
        "kind": "clock", "now": bench.clock.now(), "running": bench.clock.running,
        "jumping": bench.jumping, "zone": bench.zone.key,
    }]  # fmt: skip


def _people(bench: Workbench, seen: Seen) -> list[Event]:
    people = tuple(bench.books.people.values())
    if people == seen.people:
        return []
    seen.people = people
    return [{"kind": "people", "people": people}]


def _tour(bench: Workbench, seen: Seen) -> list[Event]:
    if seen.tour_told and bench.tour == seen.tour:
        return []
    seen.tour, seen.tour_told = bench.tour, True
    return [{"kind": "tour", "tour": bench.tour and asdict(bench.tour)}]


def _chat(bench: Workbench, seen: Seen, chat: Chat, taps: list[Tap], instant: float) -> list[Event]:
    whole = chat.id not in seen.chats
    known = seen.chats.setdefault(chat.id, SeenChat())
    changed = {
        number for number, message in chat.messages.items()
        if known.messages.get(number) is not message
    }  # fmt: skip
    gone = sorted(known.messages.keys() - chat.messages.keys())
    told = [tap for tap in taps if known.taps.get(tap.query_id) != (tap.answered, tap.text)]
    account = bench.books.accounts[0]
    rest = (
        chat.blocked, chat.deactivated, chat.member, chat.keyboard, chat.action and chat.action.at,
        tuple((key, len(value)) for key, value in account.commands.items()),
    )  # fmt: skip
    if not changed and not gone and not told and rest == known.rest:
        return []
    known.messages, known.rest = dict(chat.messages), rest
    known.taps.update({tap.query_id: (tap.answered, tap.text) for tap in told})
    view = chat_view(bench.books, account, chat, instant)
    return [{
        "kind": "chat", "whole": whole, "id": view.id, "type": view.type, "title": view.title, "blocked": view.blocked,
        "deactivated": chat.deactivated, "member": view.member, "reply_keyboard": view.reply_keyboard,
        "commands": view.commands, "action": view.action,
        "messages": [message for message in view.messages if message.message_id in changed],
        "gone": gone, "taps": [tap_view(tap) for tap in told],
    }]  # fmt: skip
