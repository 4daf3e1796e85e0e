"""Taps answered, files and chats looked up, a chat left. Pure."""

from bot.simulator import shapes
from bot.simulator.books import Account, Chat, StoredFile
from bot.simulator.entities import utf16
from bot.simulator.json_types import Json
from bot.simulator.methods.turn import Turn, chat_known, chat_to_write_in
from bot.simulator.refusals import QUERY_TOO_OLD, bad_request
from bot.simulator.updates import TAP_LIFETIME

MOST_ANSWER = 200
MOST_DOWNLOAD_BYTES = 20 * 1024 * 1024


def answer_callback_query(turn: Turn) -> Json:
    tap = turn.account.taps.get(turn.text("callback_query_id"))
    if tap is None or turn.now - tap.at > TAP_LIFETIME:
        raise bad_request(QUERY_TOO_OLD)
    if utf16(turn.text("text")) > MOST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answered, tap.text, tap.alert = True, turn.text("text"), turn.flag("show_alert")
    return True


def get_file(turn: Turn) -> Json:
    file_id = turn.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = turn.account.files.get(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > MOST_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return shapes.file(file)


def file_at(account: Account, path: str) -> StoredFile | None:
    return next((file for file in account.files.values() if file.path == path), None)


def get_chat(turn: Turn) -> Json:
    return shapes.chat_in_full(turn.books, chat_known(turn))


def leave_chat(turn: Turn) -> Json:
    chat = chat_to_write_in(turn)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.member = False
    _tell(turn, turn.account, chat)
    return True


def _tell(turn: Turn, account: Account, chat: Chat) -> None:
    changed = shapes.my_chat_member(
        turn.books, account, chat, by=account.id, change=("member", "left"), now=turn.now
    )
    account.updates.add("my_chat_member", changed, turn.now)
