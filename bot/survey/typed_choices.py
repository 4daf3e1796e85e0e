"""Options as people type them instead of tapping: "3", "no. 3", "3️⃣", "Sangat  Setuju.", "setuju 👍", "kadang2". Pure.

Whatever may mean two options means none: it is asked again rather than guessed. Never raises.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_SIGNS: Final = frozenset(
    {"So", "Sk", "Me", "Cf", "Co", "Cn"}
)  # emoji, their tones, joiners, keycaps
_EMOJI_STYLE: Final = "\ufe0f"
_NUMBER: Final = re.compile(
    r"(?:(?:nomor|nomer|no|pilihan|opsi|jawaban|number|option)\b\.?\s*|#)?\(?([0-9]{1,3})[.):]?"
)
_NUMBER_AND_LABEL: Final = re.compile(r"([0-9]{1,3})[.):]?\s+(.+)")
_TWICE: Final = re.compile(r"\b([a-z]{3,})2\b")  # "kadang2"
_DASHES: Final = re.compile(r"\s*[-\u2010-\u2015]\s*")
_AROUND: Final = " .,!\"'\u201c\u201d\u2018\u2019"


def choice(text: str, labels: Sequence[str]) -> int | None:
    """Which label is meant: by its words, its number in the list, or by the only one that begins so.

    Where the labels carry numbers of their own ("0 - belum", "1 - sudah"), those are meant.
    """
    wanted = _folded(text)
    folded = [_folded(label) for label in labels]
    if wanted in folded:
        return folded.index(wanted)
    plain = _plain(text)
    if not plain:
        return None
    plain_labels = [_plain(label) for label in labels]
    if plain_labels.count(plain) == 1:
        return plain_labels.index(plain)
    if number := _NUMBER.fullmatch(_without_signs(wanted)):
        return _numbered(int(number[1]), folded)
    begins = _only(plain, plain_labels)
    return _agreeing(wanted, labels) if begins is None else begins


def choices(text: str, labels: Sequence[str]) -> tuple[int, ...] | None:
    """Several, separated by commas, semicolons, line breaks or "dan": all must be readable."""
    if (whole := choice(text, labels)) is not None:
        return (whole,)
    text = _without_signs(text)
    separators = r"[\s,;&]+" if re.fullmatch(r"[0-9\s,;&]+", text) else r"[,;&\n]|\bdan\b|\band\b"
    parts = [part for part in re.split(separators, text) if part.strip()]
    found = [choice(part, labels) for part in parts]
    meant = tuple(dict.fromkeys(index for index in found if index is not None))
    return meant if meant and None not in found else None


def _agreeing(wanted: str, labels: Sequence[str]) -> int | None:
    """A number with a label, as in "3. setuju": only if both mean the same."""
    found = _NUMBER_AND_LABEL.fullmatch(wanted)
    if found is None:
        return None
    by_number, by_label = choice(found[1], labels), choice(found[2], labels)
    return by_label if by_number == by_label else None


def _only(plain: str, labels: Sequence[str]) -> int | None:
    begins = [index for index, label in enumerate(labels) if label.startswith(plain)]
    return begins[0] if len(begins) == 1 else None


def _numbered(wanted: int, labels: Sequence[str]) -> int | None:
    found = [re.match(r"([0-9]{1,3})(?![0-9])", label) for label in labels]
    own = [int(number[1]) if number else None for number in found]
    place = wanted - 1 if 1 <= wanted <= len(labels) else None
    if sum(number is not None for number in own) <= 1:
        return place
    meant = {at for at, number in enumerate(own) if number == wanted}
    if place is not None and own[place] is None:
        meant.add(place)
    return meant.pop() if len(meant) == 1 else None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(_AROUND)


def _plain(text: str) -> str:
    """Without emoji, hyphens and the shorthand of doubled words."""
    words = _TWICE.sub(r"\1 \1", _DASHES.sub(" ", _without_signs(_folded(text))))
    return " ".join(words.split()).strip(_AROUND)


def _without_signs(text: str) -> str:
    return "".join(
        letter
        for letter in text
        if letter != _EMOJI_STYLE and unicodedata.category(letter) not in _SIGNS
    ).strip()
