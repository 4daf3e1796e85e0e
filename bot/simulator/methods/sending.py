"""New messages of a bot: text, photo, document, voice, and the chat action. Each passes the limits before it has effect. Pure."""

from dataclasses import dataclass

from bot.simulator import shapes
from bot.simulator.books import Action, Chat, Kind, Message, NewFile, StoredFile
from bot.simulator.entities import Formatted
from bot.simulator.json_types import Json, as_int, as_object
from bot.simulator.keyboards import reply_markup
from bot.simulator.methods.turn import (
    Turn,
    Upload,
    chat_to_write_in,
    formatted_caption,
    formatted_text,
    source_html,
)
from bot.simulator.pictures import picture_size
from bot.simulator.refusals import bad_request, too_many
from bot.simulator.reply_keyboards import follow_bot

MOST_PHOTO_BYTES, MOST_FILE_BYTES = 10 * 1024 * 1024, 50 * 1024 * 1024
MOST_PHOTO_SIDES, MOST_PHOTO_RATIO = 10_000, 20
TYPES = {  # as tdlib/td names them
    "photo": "Photo", "document": "Document", "voice": "VoiceNote", "sticker": "Sticker",
}  # fmt: skip
ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    kind: Kind
    formatted: Formatted
    source: str
    file: StoredFile | NewFile | None = None


def send_message(turn: Turn) -> Json:
    formatted = formatted_text(turn)
    content = Content("text", formatted, source_html(turn, "text"))
    return _send(turn, chat_to_write_in(turn), content)


def send_photo(turn: Turn) -> Json:
    return _send_file(turn, "photo")


def send_document(turn: Turn) -> Json:
    return _send_file(turn, "document")


def send_voice(turn: Turn) -> Json:
    return _send_file(turn, "voice")


def send_sticker(turn: Turn) -> Json:
    return _send_file(turn, "sticker")


def send_chat_action(turn: Turn) -> Json:
    action = turn.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_to_write_in(turn)
    chat.actions.append(action)
    chat.action = Action(action, turn.instant)
    return True


def _send_file(turn: Turn, kind: Kind) -> Json:
    chat = chat_to_write_in(turn)
    caption = formatted_caption(turn)
    content = Content(kind, caption, source_html(turn, "caption"), _file(turn, kind))
    return _send(turn, chat, content)


def _file(turn: Turn, kind: Kind) -> StoredFile | NewFile:
    """An uploaded part, one named by `attach://`, or a file_id of before."""
    given = turn.text(kind)
    upload = turn.uploads.get(given.removeprefix("attach://") or kind)
    if upload is not None:
        return NewFile(kind, upload.name, upload.mime, upload.content, _check(kind, upload))
    if given.startswith("attach://"):
        raise bad_request("file must be non-empty")
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    known = turn.account.files.get(given)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad_request(f"can't use file of type {TYPES[known.kind]} as {TYPES[kind]}")
    return known


def _check(kind: Kind, upload: Upload) -> tuple[int, int]:
    """The sides of a picture, (0, 0) for other files; or a refusal."""
    size = len(upload.content)
    if not size:
        raise bad_request("file must be non-empty")
    if size > MOST_FILE_BYTES:
        raise bad_request("file is too big")
    if kind != "photo":
        return (0, 0)
    if size > MOST_PHOTO_BYTES:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; "
            f"the maximum size is {MOST_PHOTO_BYTES} bytes"
        )
    sides = picture_size(upload.content)
    if sides is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(sides) > MOST_PHOTO_SIDES or max(sides) > MOST_PHOTO_RATIO * min(sides):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return sides


def _send(turn: Turn, chat: Chat, content: Content) -> Json:
    markup = reply_markup(turn.parameters.get("reply_markup"), private=chat.type == "private")
    reply_to = _reply_to(turn, chat)
    _pass_limits(turn, chat)
    file = (
        turn.books.keep(turn.account, content.file)
        if isinstance(content.file, NewFile)
        else content.file
    )
    message = Message(
        message_id=turn.account.next_message_id(),
        chat_id=chat.id,
        sender_id=turn.account.id,
        date=turn.now,
        kind=content.kind,
        text=content.formatted.text,
        entities=content.formatted.entities,
        source=content.source,
        markup=markup,
        file=file,
        reply_to=reply_to,
    )
    chat.messages[message.message_id] = message
    follow_bot(chat, message)
    turn.books.sent += 1
    return shapes.message(turn.books, turn.account, message)


def _reply_to(turn: Turn, chat: Chat) -> int | None:
    reply = as_object(turn.json("reply_parameters"))
    if not reply:
        return None
    message_id = as_int(reply.get("message_id"))
    if message_id in chat.messages:
        return message_id
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _pass_limits(turn: Turn, chat: Chat) -> None:
    wait = turn.account.limits.retry_after(chat.id, turn.instant)
    if wait is not None:
        raise too_many(wait)
