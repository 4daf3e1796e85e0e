"""What of an interview leaves for the analyst: the words without ways to the sound, and the permission as it counts. Reads only.

While the round is open no permission leaves, because it may still be changed. Afterwards a permission to quote leaves as one only when
the person has seen every answer in these very words; else the story may be retold.
"""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from bot.fieldwork.quoting import is_seen, permission_item
from bot.store import cases, recordings
from bot.store.exports import Exported, ExportedAnswer
from bot.store.rounds import Round
from bot.survey.attachments import without_voice, written_down
from bot.survey.questionnaire import Questionnaire


def printable(
    connection: Connection, opened: Round, response: Exported, form: Questionnaire
) -> Exported:
    transcripts = recordings.transcripts(connection, response.id)
    texts = {file_id: one.text for file_id, one in transcripts.items()}
    seen_at = cases.quotes_seen_at(connection, response.id)
    spoken = {item.name for item in form.items if item.kind == "text"}
    all_seen = all(
        is_seen(one.value, one.at, transcripts, seen_at)
        for one in response.answers
        if one.item in spoken and one.value
    )
    asked = permission_item(form)

    def answers() -> Iterator[ExportedAnswer]:
        for one in response.answers:
            if asked is not None and one.item == asked.name:
                if opened.closed_at is not None:
                    lowered = one.value == "kutip" and not all_seen
                    yield replace(one, value="ringkas") if lowered else one
            elif one.item in spoken:
                yield replace(one, value=without_voice(written_down(one.value, texts)))
            else:
                yield one

    return replace(response, answers=tuple(answers()))
