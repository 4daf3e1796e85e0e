"""How a voice message, a photo or a file stands in an answer, and how it is told to a person. Pure.

An answer is text. Each attachment is one token in it: [voice 72 FILE_ID], [photo FILE_ID], [file FILE_ID name.pdf]. So a text
answer of several messages may mix both, the export carries it as it is, and whoever has the bot's token can fetch the file
by its id. A person who types such a token fools only the eye: Telegram gives nothing for an id that it did not give out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.survey.record import Attached

MARK_OF_VOICE: Final = "[voice "
LETTERS_A_SECOND: Final = 12
# What is larger is asked for anew at once: of a voice message that is what the bot keeps, of the rest what Telegram gives to bots.
MOST_BYTES: Final[Mapping[str, int]] = {
    "voice": 10_000_000, "photo": 20_000_000, "file": 20_000_000,
}  # fmt: skip
_TOKEN: Final = re.compile(
    r"\[(?:voice (?P<seconds>\d{1,6}) (?P<voice>\S{1,200})|photo (?P<photo>\S{1,200})"
    r"|file (?P<file>\S{1,200})(?: (?P<name>[^\]\n]{0,100}))?)\]"
)
_NO_PART_OF_A_NAME: Final = re.compile(r"[\[\]\s]+")


@dataclass(frozen=True, slots=True)
class Voice:
    file_id: str
    seconds: int


def token(attached: Attached) -> str:
    """Its caption, if any, stands in the line below."""
    caption = attached.caption.strip()
    return _alone(attached) + (f"\n{caption}" if caption else "")


def spoken_attachments(text: str, language: str) -> str:
    """Signs instead of tokens: a microphone with the length, a picture, a paper clip with the name."""
    return _TOKEN.sub(lambda found: _sign(found, language), text)


def holds_attachment(text: str) -> bool:
    return _TOKEN.search(text) is not None


def is_spoken(text: str) -> bool:
    return bool(voices_in(text))


def voices_in(text: str) -> tuple[Voice, ...]:
    return tuple(
        Voice(found["voice"], int(found["seconds"]))
        for found in _TOKEN.finditer(text)
        if found["voice"]
    )


def written_down(text: str, transcripts: Mapping[str, str]) -> str:
    """With what was said in the place of each voice message that was transcribed."""

    def said(found: re.Match[str]) -> str:
        return transcripts.get(found["voice"] or "") or found[0]

    return _TOKEN.sub(said, text)


def without_voice(text: str) -> str:
    """When an answer is taken back; that something was said stays."""
    return _TOKEN.sub(lambda found: "[...]" if found["voice"] else found[0], text)


def without_files(text: str) -> str:
    """When a recording or a file may be fetched no more; that there was one stays."""
    return _TOKEN.sub("[...]", text)


def voice_seconds(text: str) -> int | None:
    """Of a text that is one voice message."""
    found = _TOKEN.fullmatch(text)
    return int(found["seconds"]) if found and found["voice"] else None


def said_letters(text: str) -> int:
    """How much it says: a second of voice counts as what one speaks in it."""
    seconds = sum(voice.seconds for voice in voices_in(text))
    return len(_TOKEN.sub("", text).strip()) + seconds * LETTERS_A_SECOND


def spoken_seconds(seconds: int, language: str) -> str:
    minute, second = ("menit", "detik") if language == "id" else ("min", "s")
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} {minute}"] * (minutes > 0) + [f"{rest} {second}"] * (
        rest > 0 or not minutes
    )
    return " ".join(parts)


def _alone(attached: Attached) -> str:
    match attached.kind:
        case "voice":
            return f"[voice {attached.seconds} {attached.file_id}]"
        case "photo":
            return f"[photo {attached.file_id}]"
        case "file":
            name = _NO_PART_OF_A_NAME.sub(" ", attached.name).strip()[:100]
            return f"[file {attached.file_id}{' ' if name else ''}{name}]"


def _sign(found: re.Match[str], language: str) -> str:
    if found["voice"]:
        return f"🎤 {spoken_seconds(int(found['seconds']), language)}"
    if found["photo"]:
        return "📷"
    return f"📎 {found['name'] or ''}".strip()
