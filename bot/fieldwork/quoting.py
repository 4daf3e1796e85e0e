"""What of an interview may be quoted: the person's permission, and what they have seen of it. Each function is part of one transaction.

1. A sentence is quoted only with the permission, and only as the person has seen it: an answer that was changed since, or a voice
   message that was transcribed since, may be retold in other words.
2. The person sees it when the interview is through, and at any time by "Lihat kutipan", with the permission to be changed until
   the round closes. Without an answer nothing is permitted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, cast

from sqlalchemy import Connection

from bot.fieldwork.records import Choice, Reactions, Say
from bot.store import cases, recordings
from bot.store.recordings import Transcript
from bot.store.responses import OpenResponse
from bot.survey.attachments import spoken_attachments, voices_in, written_down
from bot.survey.case_selection import INTERVIEW
from bot.survey.questionnaire import Item, Questionnaire, in_language

PERMISSION_ITEM: Final = "izin"  # the dimension of the question whether it may be quoted
LONGEST: Final = 3000  # letters of one message; what is escaped grows
Permission = Literal["kutip", "ringkas", "tidak", "belum"]
PERMISSIONS: Final[tuple[Permission, ...]] = ("kutip", "ringkas", "tidak")


@dataclass(frozen=True, slots=True)
class Told:
    question: str
    text: str
    is_seen: bool  # by the person, in these very words


def permission_item(form: Questionnaire) -> Item | None:
    return next((item for item in form.items if item.dimension == PERMISSION_ITEM), None)


def permission_of(form: Questionnaire, found: OpenResponse) -> Permission:
    item = permission_item(form)
    given = found.response.answers.get(item.name) if item is not None else None
    known = given is not None and given.value in PERMISSIONS
    return cast("Permission", given.value) if given is not None and known else "belum"


def told(
    form: Questionnaire,
    found: OpenResponse,
    language: str,
    transcripts: Mapping[str, Transcript],
    seen_at: datetime | None,
) -> tuple[Told, ...]:
    """The open answers, in the words of the person; a voice message by what was transcribed, else by its length."""
    texts = {file_id: one.text for file_id, one in transcripts.items()}
    return tuple(
        Told(
            _filled(in_language(item.labels, language), found.response.hidden), said,
            is_seen(given.value, given.at, transcripts, seen_at),
        )
        for item in form.items
        if item.kind == "text" and (given := found.response.answers.get(item.name)) is not None
        and (said := spoken_attachments(written_down(given.value, texts), language))
    )  # fmt: skip


def seen(
    connection: Connection, form: Questionnaire, found: OpenResponse, now: datetime
) -> Reactions:
    """What may be quoted, as messages, and that the person has seen it now. () where there is nothing to permit."""
    if found.round_kind != INTERVIEW or permission_item(form) is None:
        return ()
    case = cases.of_person(connection, found.training_id, found.person_id)
    if case is None:
        return ()
    permission = permission_of(form, found)
    language = found.response.language
    transcripts = recordings.transcripts(connection, found.response.id)
    quotes = told(form, found, language, transcripts, now) if permission == "kutip" else ()
    if quotes:
        cases.note_seen(connection, case.id, now)
    head = Say("kutipan_daftar" if quotes else f"kutipan_{permission}")
    pieces = [Say("kutipan_isi", {"isi": text}) for text in _in_pieces(quotes)]
    *before, last = (head, *pieces)
    choices = tuple(
        Choice("permit", found.response.id, one, key=f"tombol_izin_{one}")
        for one in PERMISSIONS
        if one != permission
    )
    return (*before, Say(last.key, last.arguments, choices))


def is_seen(
    value: str, at: datetime, transcripts: Mapping[str, Transcript], seen_at: datetime | None
) -> bool:
    """`at` is when it was answered."""
    if seen_at is None or at > seen_at:
        return False
    spoken = (transcripts.get(voice.file_id) for voice in voices_in(value))
    return all(one is None or one.at <= seen_at for one in spoken)


def _in_pieces(quotes: tuple[Told, ...]) -> list[str]:
    """As few messages as hold them."""
    pieces: list[str] = []
    for one in quotes:
        text = f"{one.question}\n“{one.text}”"
        if pieces and len(pieces[-1]) + len(text) < LONGEST:
            pieces[-1] += f"\n\n{text}"
        else:
            pieces.append(text)
    return pieces


def _filled(label: str, hidden: Mapping[str, str]) -> str:
    for name, value in hidden.items():
        label = label.replace(f"${{{name}}}", value)
    return label
