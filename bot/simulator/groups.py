"""Groups: a person makes one and adds the bot, removes it, or turns it into a supergroup. Pure functions on the books."""

from bot.simulator import shapes
from bot.simulator.books import Chat, Message
from bot.simulator.people import Deed, Impossible, Scene, member_changed

FIRST_GROUP, FIRST_SUPERGROUP = 4_000_000_000, 1_002_000_000_000


def create(scene: Scene, title: str, people: list[int]) -> tuple[Chat, Deed]:
    unknown = [person for person in people if person not in scene.books.people]
    if unknown or not people:
        raise Impossible(f"a group needs people that exist; unknown: {unknown}")
    chat = Chat(-(FIRST_GROUP + len(scene.account.chats)), "group", title, people=set(people))
    scene.account.chats[chat.id] = chat
    deed = member_changed(scene, chat, people[0], ("left", "member"))
    _note(scene, chat, people[0])
    return chat, deed


def remove_bot(scene: Scene, chat_id: int) -> Deed:
    chat = _group(scene, chat_id)
    chat.member = False
    return member_changed(scene, chat, min(chat.people), ("member", "kicked"))


def upgrade(scene: Scene, chat_id: int) -> Chat:
    """The group lives on under a new id; calls with the old one are refused and name it."""
    old = _group(scene, chat_id)
    new = Chat(-(FIRST_SUPERGROUP + len(scene.account.chats)), "supergroup", old.title)
    new.people = set(old.people)
    scene.account.chats[new.id] = new
    old.migrated_to = new.id
    return new


def _group(scene: Scene, chat_id: int) -> Chat:
    chat = scene.account.chats.get(chat_id)
    if chat is None or chat.type == "private":
        raise Impossible(f"there is no group {chat_id}")
    return chat


def _note(scene: Scene, chat: Chat, by: int) -> None:
    """The line "A added the bot": a service message, which the bot gets as well."""
    account = scene.account
    message = Message(
        account.next_message_id(), chat.id, by, scene.now, "service",
        extra={"group_chat_created": True},
    )  # fmt: skip
    chat.messages[message.message_id] = message
    account.updates.add("message", shapes.message(scene.books, account, message), scene.now)
