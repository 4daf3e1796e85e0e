"""Books -> JSON exactly as the Bot API writes it. Pure."""

from datetime import datetime

from bot.simulator.books import Account, Books, Chat, Message, Person, StoredFile, Tap
from bot.simulator.json_types import Json, JsonObject, present


def bot_user(account: Account) -> JsonObject:
    return {
        "id": account.id,
        "is_bot": True,
        "first_name": account.first_name,
        "username": account.username,
    }


def bot_itself(account: Account) -> JsonObject:
    """What getMe says: more than a message's sender does."""
    return {
        **bot_user(account),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def person_user(person: Person) -> JsonObject:
    return present(
        {
            "id": person.id,
            "is_bot": False,
            "first_name": person.first_name,
            "last_name": person.last_name or None,
            "username": person.username or None,
            "language_code": person.language_code or None,
        }
    )


def chat(books: Books, found: Chat) -> JsonObject:
    if found.type != "private":
        return {"id": found.id, "type": found.type, "title": found.title}
    person = books.people[found.id]
    return present(
        {
            "id": found.id,
            "type": "private",
            "first_name": person.first_name,
            "last_name": person.last_name or None,
            "username": person.username or None,
        }
    )


def chat_in_full(books: Books, found: Chat) -> JsonObject:
    return {
        **chat(books, found),
        "accent_color_id": found.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }  # fmt: skip


def message(books: Books, account: Account, found: Message, *, depth: int = 1) -> JsonObject:
    home = account.chats[found.chat_id]
    captioned = found.kind in {"photo", "document", "voice"}
    entities: list[Json] = [entity.as_json() for entity in found.entities]
    inline = found.markup if found.markup and "inline_keyboard" in found.markup else None
    answered = home.messages.get(found.reply_to) if found.reply_to and depth else None
    return present(
        {
            "message_id": found.message_id,
            "from": sender(books, account, found.sender_id),
            "chat": chat(books, home),
            "date": unix(found.date),
            "edit_date": unix(found.edited) if found.edited else None,
            "forward_origin": _origin(books, found),
            "reply_to_message": message(books, account, answered, depth=0) if answered else None,
            "text": found.text if found.kind == "text" else None,
            "entities": entities if entities and not captioned else None,
            **(_media(found.kind, found.file) if found.file else {}),
            "caption": found.text if captioned and found.text else None,
            "caption_entities": entities if entities and captioned else None,
            "reply_markup": inline,
            **(found.extra or {}),
        }
    )


def sender(books: Books, account: Account, user_id: int) -> JsonObject:
    if user_id == account.id:
        return bot_user(account)
    return person_user(books.people[user_id])


def callback_query(books: Books, account: Account, tap: Tap, tapped: Message | None) -> JsonObject:
    """The message of a tap on a deleted one is inaccessible: date 0, and only its ids."""
    shown: JsonObject = {
        "message_id": tap.message_id, "chat": chat(books, account.chats[tap.chat_id]), "date": 0,
    }  # fmt: skip
    return {
        "id": tap.query_id,
        "from": person_user(books.people[tap.person_id]),
        "message": message(books, account, tapped) if tapped else shown,
        "chat_instance": str(-(tap.chat_id * 7919)),
        "data": tap.data,
    }


def my_chat_member(
    books: Books, account: Account, found: Chat, *, by: int, change: tuple[str, str], now: datetime
) -> JsonObject:
    old, new = change
    return {
        "chat": chat(books, found),
        "from": sender(books, account, by),
        "date": unix(now),
        "old_chat_member": _member(account, old),
        "new_chat_member": _member(account, new),
    }


def file(stored: StoredFile) -> JsonObject:
    return {**_identity(stored), "file_path": stored.path}


def unix(moment: datetime) -> int:
    return int(moment.timestamp())


def _identity(stored: StoredFile) -> JsonObject:
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
    }


def _media(kind: str, stored: StoredFile) -> JsonObject:
    named: JsonObject = {**_identity(stored), "file_name": stored.name, "mime_type": stored.mime}
    size: JsonObject = {"width": stored.width, "height": stored.height}
    match kind:
        case "photo":
            return {"photo": [{**_identity(stored), **size}]}
        case "voice":
            return {"voice": {**_identity(stored), "duration": 3, "mime_type": stored.mime}}
        case "sticker":
            looks: JsonObject = {"type": "regular", "is_animated": False, "is_video": False}
            return {"sticker": {**_identity(stored), **size, **looks, "emoji": "👍"}}
        case _:
            return {"document": named}


def _origin(books: Books, found: Message) -> JsonObject | None:
    if found.forwarded_from is None:
        return None
    return {
        "type": "user",
        "sender_user": person_user(books.people[found.forwarded_from]),
        "date": unix(found.date),
    }


def _member(account: Account, status: str) -> JsonObject:
    member: JsonObject = {"status": status, "user": bot_user(account)}
    return {**member, "until_date": 0} if status == "kicked" else member
