"""How long an item takes a person, estimated from its kind and its words. Pure.

    seconds = words shown / READING + DECIDING[kind] + TYPING of what is usually written

READING   184 words a minute: the mean of 17 languages read aloud (Trauzettel-Klosinski and Dietz 2012, the
          IReST texts). Silent reading is faster (238, Brysbaert 2019); the slower one is right for cards on a phone.
TYPING    36 words a minute on a phone (Palin et al. 2019, 37,000 people).
DECIDING, and how many words people write, are our own guesses: no source, not measured; see the pilot.

What the chat says of the minutes left follows study.toml; this is for the author, before there are any answers.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.survey.questionnaire import SILENT, Item, Labels, Language, in_language

READING: Final = 184 / 60  # words a second
TYPING: Final = 36 / 60
USUAL_WORDS: Final = 12  # of an open answer
SPOKEN_WORDS: Final = 40  # of an open answer that may be given by voice: a story is wanted
DECIDING: Final[Mapping[str, float]] = {
    "select_one": 3, "select_multiple": 6, "rank": 12, "acknowledge": 2, "range": 3, "integer": 6,
    "decimal": 6, "date": 8, "time": 6, "datetime": 12, "text": 5, "audio": 5,
}  # fmt: skip
_OTHERWISE: Final = 5.0  # a photo, a file, whatever else is asked


def seconds(item: Item, language: Language) -> float:
    """From the card shown to the answer given; a note takes its reading."""
    texts: list[Labels] = [item.labels, item.hints, *(option.labels for option in item.options)]
    reading = _words(texts, language) / READING
    if not item.asked:
        return 0.0 if item.kind in SILENT else reading
    return reading + DECIDING.get(item.kind, _OTHERWISE) + _writing(item)


def minutes(items: Iterable[Item], language: Language) -> float:
    return sum(seconds(item, language) for item in items) / 60


def _words(texts: Iterable[Labels], language: Language) -> int:
    return sum(len(in_language(text, language).split()) for text in texts)


def _writing(item: Item) -> float:
    if item.kind != "text":
        return 0.0
    return (SPOKEN_WORDS if item.voice else USUAL_WORDS) / TYPING
