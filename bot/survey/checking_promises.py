"""What a form promises on its settings sheet or in its first words, held against what it does. Pure.

minutes     how long it takes at most; also read from the notes before the first question ("sekitar 5 menit")
anonymous   yes: nobody can tell who answered. Then no answer may be piped, and none tied to another round

The minutes are those within which nine of ten random walks end, by the estimate of timing.py.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from typing import Final

from bot.survey import form_columns as columns
from bot.survey.anonymity import quotes, ties
from bot.survey.findings import Finding
from bot.survey.form_columns import UnknownWord
from bot.survey.questionnaire import Questionnaire
from bot.survey.timing import minutes
from bot.survey.walking import choices_of, dice, walked
from bot.survey.xlsform import Form

WALKS: Final = 500
SHARE: Final = 0.9
_SEED: Final = 1
_MINUTES: Final = re.compile(
    r"(?:[0-9]+\s*(?:-|–|sampai|to)\s*)?([0-9]+)\s*(?:menit|minutes?)\b", re.IGNORECASE
)


def promise_findings(form: Form, now: datetime) -> Iterator[Finding]:
    yield from _time_findings(form, now)
    yield from _anonymity_findings(form)


def _time_findings(form: Form, now: datetime) -> Iterator[Finding]:
    written = form.settings.get("minutes", "").strip()
    try:
        set_minutes = columns.number(written)
    except UnknownWord:
        yield Finding("cek_menit_kata", "settings", 2, {"kata": written})
        return
    promised = set_minutes or _said_minutes(form.questionnaire)
    taken = usual_minutes(form.questionnaire, now) if promised else 0.0
    if promised and taken > promised:
        words = {"perkiraan": f"{taken:.0f}" if taken >= promised + 1 else f"{taken:.1f}"}
        yield Finding("cek_terlalu_lama", "settings", 2, {**words, "janji": f"{promised:g}"})


def usual_minutes(questionnaire: Questionnaire, now: datetime) -> float:
    """Within so many minutes nine of ten are through."""
    choices, thrown = choices_of(questionnaire), dice(_SEED)
    language = questionnaire.languages[0]
    taken = sorted(
        minutes(walked(questionnaire, choices, thrown, now).shown, language) for _ in range(WALKS)
    )
    return taken[int(SHARE * (len(taken) - 1))]


def _said_minutes(questionnaire: Questionnaire) -> float | None:
    """Of "15-20 menit" the larger one; only the words before the first question promise anything."""
    notes = takewhile(lambda item: not item.asked, questionnaire.items)
    texts = (text for item in notes for text in item.labels.values())
    said = [float(number) for text in texts for number in _MINUTES.findall(text)]
    return min(said, default=None)


def _anonymity_findings(form: Form) -> Iterator[Finding]:
    word = form.settings.get("anonymous", "")
    try:
        if not columns.yes(word):
            return
    except UnknownWord:
        yield Finding("cek_anonim_kata", "settings", 2, {"kata": word})
        return
    for name, column in ties(form.questionnaire):
        words = {"butir": name, "kolom": column}
        yield Finding("cek_anonim_tautan", "survey", form.sheets.item(name), words)
    for name, quoted in quotes(form.questionnaire):
        words = {"butir": name, "nama": quoted}
        yield Finding("cek_anonim_kutip", "survey", form.sheets.item(name), words)
