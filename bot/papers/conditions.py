"""The condition of a question in words that somebody with a pencil can follow: "bila jawaban no. 14: Pasti atau Mungkin". Pure.

It is read off by trying: an expression that looks at one answer is asked what it says to every answer there can be, so that however
the author wrote it, the words are what the chat does. What is known beforehand (the hidden values) is settled here and never printed.
An expression that is beyond that gets no words but a general hint.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.survey.expressions import references
from bot.survey.flow import holds
from bot.survey.questionnaire import Item, Questionnaire, in_language

MOST_NUMBERS = 200  # tried of a number without an end
FEW_EXCEPT = 2  # so many options are said as "bukan"
Joint = Literal["and", "or"]
Asked = Callable[[str], bool]  # what the expression says to such an answer
_TOKEN = re.compile(r"""'[^']*'|"[^"]*"|\$\{[^}]*\}|\(|\)|\b(?:and|or)\b""")


@dataclass(frozen=True, slots=True)
class Condition:
    """`words` "" is: always."""

    words: str = ""
    is_never: bool = False


ALWAYS, NEVER = Condition(), Condition(is_never=True)


@dataclass(frozen=True, slots=True)
class Known:
    """What is settled before anybody answers, and which question has which number on the paper."""

    form: Questionnaire
    values: Mapping[str, str]
    numbers: Mapping[str, int]
    now: datetime
    texts: Texts

    def say(self, key: str, /, **words: str | int) -> str:
        return self.texts.plain(key, DEFAULT_LANGUAGE, **words)


def condition_of(source: str, known: Known) -> Condition:
    source = _bare(source)
    asked = references(source) - known.values.keys()
    if not asked:
        return ALWAYS if holds(source, known.values, known.now) else NEVER
    if len(asked) == 1:
        found = _of_one(source, min(asked), known)
        if found is not None:
            return found
    for joint in ("or", "and"):
        parts = _parts(source, joint)
        if len(parts) > 1:
            return _joined([condition_of(part, known) for part in parts], joint, known)
    return Condition(known.say("cetak_syarat_lain"))


def is_settled(source: str, known: Known) -> bool:
    return not references(source) - known.values.keys()


def _joined(found: Sequence[Condition], joint: Joint, known: Known) -> Condition:
    settles, leaves_out = (ALWAYS, NEVER) if joint == "or" else (NEVER, ALWAYS)
    if settles in found:
        return settles
    words = dict.fromkeys(one.words for one in found if one != leaves_out)
    if not words:
        return leaves_out
    return Condition(known.say(f"cetak_{joint}").join(words))


def _of_one(source: str, name: str, known: Known) -> Condition | None:
    """None: not to be said in words, or no question of the paper."""
    item = next((one for one in known.form.items if one.name == name), None)
    number = known.numbers.get(name)
    if item is None or number is None:
        return None

    def true_of(value: str) -> bool:
        return holds(source, {**known.values, name: value}, known.now)

    match item.kind:
        case "select_one":
            codes = [option.code for option in item.options]
            return _choices(item, number, [code for code in codes if true_of(code)], known)
        case "select_multiple" | "rank":
            return _several(item, number, known, true_of)
        case "integer" | "decimal" | "range":
            return _numbers(number, [(value, true_of(value)) for value in _tried(item)], known)
        case _:
            return _filled(number, true_of, known)


def _choices(item: Item, number: int, true: Sequence[str], known: Known) -> Condition:
    others = [option.code for option in item.options if option.code not in true]
    if not true:
        return NEVER
    if not others:
        return ALWAYS
    key, said = "cetak_syarat_pilihan", list(true)
    if len(others) <= FEW_EXCEPT and len(true) > len(others) + 1:
        key, said = "cetak_syarat_bukan", others
    return Condition(known.say(key, n=number, pilihan=_labels(item, said, known)))


def _several(item: Item, number: int, known: Known, true_of: Asked) -> Condition | None:
    codes = [option.code for option in item.options]
    single = [code for code in codes if true_of(code)]
    if single and len(single) < len(codes):
        others = [code for code in codes if code not in single]
        if len(others) <= FEW_EXCEPT and true_of(""):
            return Condition(known.say("cetak_syarat_tidak_dipilih", n=number, pilihan=_labels(item, others, known)))  # fmt: skip
        return Condition(known.say("cetak_syarat_dipilih", n=number, pilihan=_labels(item, single, known)))  # fmt: skip
    counts = [true_of(" ".join(codes[:count])) for count in range(len(codes) + 1)]
    if all(counts):
        return ALWAYS
    least = counts.index(True) if True in counts else 0
    if not least or not all(counts[least:]):
        return None if any(counts) else NEVER
    return Condition(known.say("cetak_syarat_jumlah", n=number, jumlah=least))


def _numbers(number: int, tried: Sequence[tuple[str, bool]], known: Known) -> Condition | None:
    true = [value for value, is_true in tried if is_true]
    if not true:
        return None
    if len(true) == len(tried):
        return ALWAYS
    places = [place for place, (_, is_true) in enumerate(tried) if is_true]
    if places[-1] - places[0] + 1 != len(places):
        return None
    least, most = true[0].replace(".", ","), true[-1].replace(".", ",")
    if places[-1] == len(tried) - 1:
        return Condition(known.say("cetak_syarat_paling_sedikit", n=number, angka=least))
    if places[0] == 0:
        return Condition(known.say("cetak_syarat_paling_banyak", n=number, angka=most))
    return Condition(known.say("cetak_syarat_antara", n=number, dari=least, sampai=most))


def _filled(number: int, true_of: Asked, known: Known) -> Condition | None:
    empty, written = true_of(""), true_of("x")
    if empty == written:
        return None
    return Condition(known.say("cetak_syarat_diisi" if written else "cetak_syarat_kosong", n=number))  # fmt: skip


def _tried(item: Item) -> Iterator[str]:
    if item.kind != "range" or item.step <= 0:
        yield from map(str, range(MOST_NUMBERS + 1))
        return
    step, at = Decimal(str(item.step)), Decimal(str(item.start))
    for _ in range(MOST_NUMBERS + 1):
        if at > Decimal(str(item.stop)):
            return
        yield format(at.normalize(), "f")
        at += step


def _labels(item: Item, codes: Sequence[str], known: Known) -> str:
    options = (item.option(code) for code in codes)
    labels = [f"\u201c{in_language(one.labels, DEFAULT_LANGUAGE)}\u201d" for one in options if one]
    return known.say("cetak_or").join(labels)


def _bare(source: str) -> str:
    """Without brackets around the whole."""
    source = source.strip()
    while source.startswith("(") and _closes_at_end(source):
        source = source[1:-1].strip()
    return source


def _closes_at_end(source: str) -> bool:
    depth = 0
    for token in _TOKEN.finditer(source):
        depth += (token[0] == "(") - (token[0] == ")")
        if depth == 0 and token[0] == ")":
            return token.end() == len(source)
    return False


def _parts(source: str, joint: Joint) -> list[str]:
    """What stands between `joint` outside all brackets."""
    depth, begin, parts = 0, 0, []
    for token in _TOKEN.finditer(source):
        depth += (token[0] == "(") - (token[0] == ")")
        if depth == 0 and token[0] == joint:
            parts.append(source[begin : token.start()])
            begin = token.end()
    return [*parts, source[begin:]]
