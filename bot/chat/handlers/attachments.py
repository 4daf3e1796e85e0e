"""What of a Telegram message is a file that a question may take: plain data for the survey. Pure; fetches nothing."""

from telegram import Message

from bot.survey.record import Attached
from bot.survey.typed import cleaned

VOICE = "audio/ogg"


def attachment_of(message: Message | None) -> Attached | None:
    if message is None:
        return None
    caption = cleaned(message.caption or "")
    if spoken := message.voice or message.audio:
        seconds = int(spoken.to_dict()["duration"])  # .duration warns of its coming change
        return Attached("voice", spoken.file_id, seconds, spoken.mime_type or VOICE, "", caption)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attached("photo", largest.file_id, mime="image/jpeg", caption=caption)
    if file := message.document:
        name = cleaned(file.file_name or "")
        return Attached("file", file.file_id, 0, file.mime_type or "", name, caption)
    return None
