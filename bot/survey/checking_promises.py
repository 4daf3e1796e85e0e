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
from bot.survey.findings import Finding
from bot.survey.form_checks import PIPED
from bot.survey.form_columns import UnknownWord
from bot.survey.questionnaire import Item, Questionnaire
from bot.survey.timing import minutes
from bot.survey.walking import choices_of, dice, walked
from bot.survey.xlsform import Form

WALKS: Final = 500
SHARE: Final = 0.9
# Hidden values that say something of the training, the same for a whole class; every other one points to a person.
OF_THE_CLASS: Final = frozenset({
    "nama_pelatihan", "penyelenggara", "instruktur_1", "instruktur_2", "kompetensi_1", "kompetensi_2",
    "tgl_pelatihan", "tgl_tutup",
})  # fmt: skip

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
    items = {item.name: item for item in form.questionnaire.items}
    for item in items.values():
        row = form.sheets.item(item.name)
        for column in _tied_by(item):
            words = {"butir": item.name, "kolom": column}
            yield Finding("cek_anonim_tautan", "survey", row, words)
        for name in sorted(_piped(item)):
            if name in items and _tells_of_a_person(items[name]):
                words = {"butir": item.name, "nama": name}
                yield Finding("cek_anonim_kutip", "survey", row, words)


def _tied_by(item: Item) -> Iterator[str]:
    """The columns that tie an answer to the same person's answers elsewhere."""
    if item.pair:
        yield "pair"
    if item.store_as:
        yield "store_as"
    if item.once_per_respondent:
        yield "once_per_respondent"


def _piped(item: Item) -> set[str]:
    texts = (*item.labels.values(), *item.hints.values(), *item.constraint_messages.values())
    return {name for text in texts for name in PIPED.findall(text)}


def _tells_of_a_person(item: Item) -> bool:
    return item.kind != "hidden" or item.name not in OF_THE_CLASS
