"""What a Telegram message says, as plain data for fieldwork and the survey. Pure; fetches nothing."""

from telegram import Message

from bot.fieldwork.records import Written
from bot.survey.record import Attached, Said, Typed, Unsupported
from bot.survey.typed import cleaned

VOICE = "audio/ogg"


def written_in(message: Message, text: str) -> Written:
    is_forwarded = message.forward_origin is not None
    return Written(cleaned(text), message.date, is_forwarded, message.message_id)


def said_now(message: Message) -> Said:
    """Of an edited message; a command is no answer."""
    if message.text is not None and not message.text.startswith("/"):
        return Typed(cleaned(message.text))
    return attachment_of(message) or Unsupported("other")


def attachment_of(message: Message | None) -> Attached | None:
    if message is None:
        return None
    caption = cleaned(message.caption or "")
    if spoken := message.voice or message.audio:
        seconds = int(spoken.to_dict()["duration"])  # .duration warns of its coming change
        size, mime = spoken.file_size or 0, spoken.mime_type or VOICE
        return Attached("voice", spoken.file_id, seconds, mime, "", caption, size)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        size = largest.file_size or 0
        return Attached("photo", largest.file_id, 0, "image/jpeg", "", caption, size)
    if file := message.document:
        name = cleaned(file.file_name or "")
        size, mime = file.file_size or 0, file.mime_type or ""
        return Attached("file", file.file_id, 0, mime, name, caption, size)
    return None
