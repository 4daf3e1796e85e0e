"""What people do: write, tap, send files, edit, forward, block; alone with the bot or in a group. Pure functions on the books.

1. Any message of a person makes the private chat exist; before that a bot cannot reach the person.
2. A text longer than a message may be is split by the client, as Telegram's apps do.
3. In groups the bot sees commands and mentions only: bots are in privacy mode.
"""

import html
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.simulator import entities, reply_keyboards, shapes
from bot.simulator.books import Account, Books, Chat, Kind, Message, NewFile, Person, Tap
from bot.simulator.json_types import JsonObject, as_text, present
from bot.simulator.keyboards import buttons

MOST_TEXT, MOST_CAPTION = 4096, 1024


class Impossible(Exception):
    """Nobody could do that in Telegram: a tap on a button that is not there, a text from who blocked the bot."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts, towards which bot, when."""

    books: Books
    account: Account
    now: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    message_ids: tuple[int, ...] = ()
    update_ids: tuple[int, ...] = ()  # empty when the bot does not get to know
    query_id: str = ""


def add_person(books: Books, person: Person) -> Person:
    """An id of 0 is replaced by the next free one; an existing person is changed."""
    if person.id == 0:
        books.last_person_id += 1
        person = replace(person, id=books.last_person_id)
    books.people[person.id] = person
    return person


def say(scene: Scene, person_id: int, text: str, chat_id: int | None = None) -> Deed:
    chat = _chat(scene, person_id, chat_id)
    if not text.strip():
        raise Impossible("an empty text cannot be sent")
    return _together(
        _deliver(scene, chat, _text(scene, chat, person_id, part)) for part in _split(text)
    )


def send_file(scene: Scene, person_id: int, file: NewFile, caption: str = "") -> Deed:
    chat = _chat(scene, person_id)
    if entities.utf16(caption) > MOST_CAPTION:
        raise Impossible(f"a caption has at most {MOST_CAPTION} characters")
    stored = scene.books.keep(scene.account, file)
    message = replace(_text(scene, chat, person_id, caption), kind=file.kind, file=stored)
    return _deliver(scene, chat, message)


def share_contact(scene: Scene, person_id: int, phone: str, owner_id: int | None) -> Deed:
    """Of oneself with one's own id as owner; a forwarded card of somebody else has another or none."""
    chat = _chat(scene, person_id)
    person = scene.books.people[person_id]
    contact = present({
        "phone_number": phone, "first_name": person.first_name, "user_id": owner_id,
    })  # fmt: skip
    message = _message(scene, chat, person_id, "contact")
    return _deliver(scene, chat, replace(message, extra={"contact": contact}))


def press(scene: Scene, person_id: int, label: str) -> Deed:
    """A button of the reply keyboard below the chat: sends its label, or the own contact if it asks for it."""
    chat = _chat(scene, person_id)
    key = reply_keyboards.key_labelled(chat, label)
    if key is None:
        shown = ", ".join(reply_keyboards.labels(chat)) or "none"
        raise Impossible(f"no key {label!r} below chat {chat.id}; there are: {shown}")
    asked = reply_keyboards.asks(key)
    if asked not in {"", "contact"}:
        raise Impossible(f"key {label!r} asks for a {asked}, which nobody has here")
    reply_keyboards.used(chat)
    if asked == "contact":
        return share_own_contact(scene, person_id)
    return say(scene, person_id, label)


def share_own_contact(scene: Scene, person_id: int) -> Deed:
    person = scene.books.people.get(person_id)
    phone = (person.phone if person else "") or "+628125550900"
    return share_contact(scene, person_id, phone, person_id)


def edit(scene: Scene, person_id: int, message_id: int, text: str) -> Deed:
    chat = _chat(scene, person_id)
    old = chat.messages.get(message_id)
    if old is None or old.sender_id != person_id or old.kind != "text":
        raise Impossible(f"message {message_id} is not a text of person {person_id}")
    if not text.strip():
        raise Impossible("an empty text cannot be sent")
    if entities.utf16(text) > MOST_TEXT:
        raise Impossible(f"an edited text has at most {MOST_TEXT} characters")
    written = _text(scene, chat, person_id, text)
    new = replace(written, message_id=message_id, date=old.date, edited=scene.now)
    chat.messages[message_id] = new
    return _told(
        scene, "edited_message", shapes.message(scene.books, scene.account, new), message_id
    )


def forward(scene: Scene, person_id: int, texts: list[str]) -> Deed:
    """Several messages at once, as when somebody forwards a bundle."""
    if not texts or not all(text.strip() for text in texts):
        raise Impossible("an empty text cannot be sent")
    chat = _chat(scene, person_id)
    messages = [
        replace(_text(scene, chat, person_id, text), forwarded_from=person_id) for text in texts
    ]
    return _together(_deliver(scene, chat, message) for message in messages)


def tap(scene: Scene, person_id: int, message_id: int, data: str) -> Deed:
    """Any data: a client can forge it, and buttons of any age can be pressed."""
    chat = _chat(scene, person_id)
    number = len(scene.account.taps) + 1
    made = Tap(f"{scene.account.id}{number:08d}", chat.id, message_id, person_id, data, scene.now)
    scene.account.taps[made.query_id] = made
    content = shapes.callback_query(scene.books, scene.account, made, chat.messages.get(message_id))
    return replace(_told(scene, "callback_query", content, message_id), query_id=made.query_id)


def tap_button(scene: Scene, person_id: int, button: str, message_id: int | None = None) -> Deed:
    """The button with this label, else with this data, in the message or else in the newest that has it."""
    chat = _chat(scene, person_id)
    shown = [
        (message.message_id, entry)
        for message in reversed(chat.messages.values())
        if message_id in {None, message.message_id}
        for row in buttons(message.markup)
        for entry in row
    ]
    for field in ("text", "callback_data"):
        for found_in, entry in shown:
            if entry.get(field) == button:
                return _press(scene, person_id, found_in, entry)
    labels = ", ".join(as_text(entry.get("text")) for _, entry in shown) or "none"
    raise Impossible(f"no button {button!r} in chat {chat.id}; there are: {labels}")


def tap_at(scene: Scene, person_id: int, message_id: int, place: tuple[int, int]) -> Deed:
    chat = _chat(scene, person_id)
    message = chat.messages.get(message_id)
    rows = buttons(message.markup) if message else []
    row, column = place
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise Impossible(f"message {message_id} has no button in row {row}, column {column}")
    return _press(scene, person_id, message_id, rows[row][column])


def block(scene: Scene, person_id: int) -> Deed:
    chat = _existing(scene, person_id)
    if chat.blocked:
        return Deed()
    chat.blocked = True
    return member_changed(scene, chat, person_id, ("member", "kicked"))


def unblock(scene: Scene, person_id: int) -> Deed:
    chat = _existing(scene, person_id)
    if not chat.blocked:
        return Deed()
    chat.blocked = False
    return member_changed(scene, chat, person_id, ("kicked", "member"))


def deactivate(scene: Scene, person_id: int) -> Deed:
    """The person deletes the Telegram account; the bot is told nothing."""
    _existing(scene, person_id).deactivated = True
    return Deed()


def member_changed(scene: Scene, chat: Chat, by: int, change: tuple[str, str]) -> Deed:
    content = shapes.my_chat_member(
        scene.books, scene.account, chat, by=by, change=change, now=scene.now
    )
    return _told(scene, "my_chat_member", content)


def _press(scene: Scene, person_id: int, message_id: int, entry: JsonObject) -> Deed:
    if "callback_data" not in entry:
        raise Impossible(
            f"button {entry.get('text')!r} opens something else; it tells the bot nothing"
        )
    return tap(scene, person_id, message_id, as_text(entry["callback_data"]))


def _chat(scene: Scene, person_id: int, chat_id: int | None = None) -> Chat:
    if person_id not in scene.books.people:
        raise Impossible(f"there is no person {person_id}")
    chats = scene.account.chats
    if chat_id is not None and chat_id != person_id:
        if chat_id not in chats or person_id not in chats[chat_id].people:
            raise Impossible(f"person {person_id} is not in chat {chat_id}")
        return chats[chat_id]
    chat = chats.setdefault(person_id, Chat(person_id, "private"))
    if chat.blocked:
        raise Impossible(f"person {person_id} blocked the bot: unblock first")
    if chat.deactivated:
        raise Impossible(f"person {person_id} deleted the account")
    return chat


def _existing(scene: Scene, person_id: int) -> Chat:
    chat = scene.account.chats.get(person_id)
    if chat is None:
        raise Impossible(f"person {person_id} has no chat with the bot yet")
    return chat


def _message(scene: Scene, chat: Chat, person_id: int, kind: Kind) -> Message:
    return Message(0, chat.id, person_id, scene.now, kind)


def _text(scene: Scene, chat: Chat, person_id: int, text: str) -> Message:
    written = entities.with_detected(entities.plain(text))
    return replace(
        _message(scene, chat, person_id, "text"),
        text=written.text,
        entities=written.entities,
        source=html.escape(written.text, quote=False),
    )


def _deliver(scene: Scene, chat: Chat, message: Message) -> Deed:
    message = replace(message, message_id=scene.account.next_message_id())
    chat.messages[message.message_id] = message
    reply_keyboards.follow_person(chat)
    if not _seen_by_bot(scene.account, chat, message):
        return Deed((message.message_id,))
    content = shapes.message(scene.books, scene.account, message)
    return _told(scene, "message", content, message.message_id)


def _seen_by_bot(account: Account, chat: Chat, message: Message) -> bool:
    if chat.type == "private":
        return True
    spoken_to = message.text.startswith("/") or f"@{account.username}" in message.text
    return chat.member and (spoken_to or message.kind == "service")


def _told(scene: Scene, kind: str, content: JsonObject, message_id: int | None = None) -> Deed:
    update_id = scene.account.updates.add(kind, content, scene.now)
    return Deed(
        () if message_id is None else (message_id,), () if update_id is None else (update_id,)
    )


def _together(deeds: Iterable[Deed]) -> Deed:
    all_of_them = list(deeds)
    return Deed(
        tuple(message for deed in all_of_them for message in deed.message_ids),
        tuple(update for deed in all_of_them for update in deed.update_ids),
    )


def _split(text: str) -> list[str]:
    parts, begin, length = list[str](), 0, 0
    for place, character in enumerate(text):
        units = entities.utf16(character)
        if length + units > MOST_TEXT:
            parts.append(text[begin:place])
            begin, length = place, 0
        length += units
    return [*parts, text[begin:]]
