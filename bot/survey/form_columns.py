"""How a cell of a form becomes a value, and which words our own columns know. Pure.

A cell that means nothing is an UnknownWord with the words that would do; the caller knows the row.
"""

import re
from collections.abc import Collection, Mapping
from typing import cast

from bot.survey.questionnaire import End, Labels, Missing

ITEM_COLUMNS = frozenset({
    "dimension", "level", "moment", "pair", "scm", "ltsi", "voice", "probes",
    "once_per_respondent", "store_as", "repeat_max",
})  # fmt: skip
OPTION_COLUMNS = frozenset({
    "score", "exclusive", "missing", "end", "free_text", "fixed", "group", "ltsi", "standard",
    "update_superior",
})  # fmt: skip
MOMENTS = ("now", "retro_pre", "followup")
LEVELS = ("1", "2", "3", "4")

_YES = frozenset({"yes", "true", "true()", "1", "ya"})
_NO = frozenset({"", "no", "false", "false()", "0", "tidak"})
MISSING_CODES = ("not_asked", "not_applicable", "skipped", "refused", "dont_know")
ENDS = ("refused", "ineligible", "wrong_person")
_TRANSLATION = re.compile(r".*\((?P<code>[A-Za-z]{2,3})\)\s*")


class UnknownWord(ValueError):
    """The text says which words would do."""


def yes(cell: object) -> bool:
    word = str(cell or "").strip().lower()
    if word not in _YES | _NO:
        raise UnknownWord("Write yes, or leave the cell empty.")
    return word in _YES


def one_of(cell: object, words: Collection[str]) -> str:
    word = str(cell or "").strip()
    if word and word not in words:
        raise UnknownWord(f"Write one of: {', '.join(words)}.")
    return word


def missing(cell: object) -> Missing:
    return cast("Missing", one_of(cell, MISSING_CODES))


def end(cell: object) -> End:
    return cast("End", one_of(cell, ENDS))


def number(cell: object) -> float | None:
    word = str(cell if cell is not None else "").strip()
    if not word:
        return None
    try:
        return float(word)
    except ValueError:
        raise UnknownWord("Write a number, such as 2 or 2.5.") from None


def probes(cell: object, default: str) -> tuple[Labels, ...]:
    """Several, with // between them; the first of one language is the first of the other."""
    written = {
        language: [part.strip() for part in text.split("//") if part.strip()]
        for language, text in labels(cell, default).items()
    }
    most = max(map(len, written.values()), default=0)
    return tuple(
        {language: parts[place] for language, parts in written.items() if place < len(parts)}
        for place in range(most)
    )


def labels(cell: object, default: str) -> Labels:
    """The texts by language code, of what pyxform gives for label, hint or message."""
    if cell is None:
        return {}
    if isinstance(cell, Mapping):
        return {language_code(str(language), default): str(text) for language, text in cell.items()}
    return {default: str(cell)}


def language_code(heading: str, default: str) -> str:
    """The code in "Bahasa Indonesia (id)"; without brackets the heading itself."""
    if heading == "default":
        return default
    written = _TRANSLATION.fullmatch(heading)
    return written["code"].lower() if written else heading.strip().lower()
