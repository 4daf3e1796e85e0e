r"""Which values of an item are worth trying, so that an expression shows every way it can come out. Pure.

A select has its codes. For a number, a date or a text it depends on what the expressions ask of it: where they only
compare it with constants, a value at, between and beyond these constants stands for all others ("complete"). Where
they do anything else with it, the values are good guesses, and nothing may be concluded from trying them all.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations, pairwise
from math import ceil, floor
from typing import Final

from bot.survey.domains import longest, most_ticked, steps
from bot.survey.questionnaire import Item
from bot.survey.typed import number_text

MOST_SUBSETS: Final = 512

_MOST_NAMED: Final = 6  # codes that expressions name

_LITERAL: Final = re.compile(r"""'[^']*'|"[^"]*\"""")
_OWN: Final = re.compile(r"(?<![\w.)\]])\.(?![\w.])")
_QUOTED: Final = r"""(?:'([^']*)'|"([^"]*)")"""
_NUMBER: Final = r"(-?[0-9]+(?:\.[0-9]+)?)"
_BEFORE: Final = r"(?:^|(?<=[(,])|(?<=\band)|(?<=\bor))\s*"
_AFTER: Final = r"(?=\s*(?:$|[),]|and\b|or\b))"
_OPERATOR: Final = r"\s*(?:<=|>=|!=|=|<|>)\s*"


@dataclass(frozen=True, slots=True)
class Values:
    texts: tuple[str, ...]
    complete: bool  # they stand for every value that an answer can have


@dataclass(frozen=True, slots=True)
class _Uses:
    """What the expressions ask of one item."""

    texts: frozenset[str]  # compared with these, or looked for among the codes
    numbers: frozenset[str]
    lengths: frozenset[int]
    ordered: bool  # by < or > with a quoted text
    other: bool  # used in a way that is not understood here

    @property
    def compared(self) -> bool:
        """With anything but ''."""
        return bool((self.texts - {""}) or self.numbers or self.lengths)


def values_of(item: Item, sources: Iterable[str]) -> Values:
    """`sources` are all the expressions that may look at the item; '' (no answer) is always among the values."""
    codes = [option.code for option in item.options] if item.kind == "select_one" else steps(item)
    if codes:
        return Values(("", *codes), complete=True)
    uses = _uses(item, [_about(item, source) for source in sources])
    match item.kind:
        case "select_multiple":
            return _subsets(item, uses)
        case "integer" | "decimal" | "range":
            return _numbers(item, uses)
        case "date":
            return _dates(uses)
        case "text" | "hidden":
            return _texts(item, uses)
        case _:
            some = tuple(option.code for option in item.options[:3])
            return Values(("", *(some or ("x",))), complete=not (uses.compared or uses.other))


def _about(item: Item, source: str) -> str:
    """The expression with "." written as the item's name, when it is the item's own constraint."""
    if source != item.constraint:
        return source
    bare = _LITERAL.split(source)
    quoted = _LITERAL.findall(source)
    named = [_OWN.sub(f"${{{item.name}}}", piece) for piece in bare]
    return "".join(chain.from_iterable(zip(named, [*quoted, ""], strict=True)))


def _uses(item: Item, sources: Sequence[str]) -> _Uses:
    """Takes out of each expression what is understood; whatever still names the item then is not."""
    name = rf"\$\{{\s*{re.escape(item.name)}\s*\}}"
    quoted = [
        rf"{_BEFORE}{name}{_OPERATOR}{_QUOTED}{_AFTER}",
        rf"{_BEFORE}{_QUOTED}{_OPERATOR}{name}{_AFTER}",
    ]
    if item.kind == "select_multiple":
        quoted.append(rf"(?:count-)?selected\(\s*{name}\s*(?:,\s*{_QUOTED}\s*)?\)")
    numbers = [
        rf"{_BEFORE}{name}{_OPERATOR}{_NUMBER}{_AFTER}",
        rf"{_BEFORE}{_NUMBER}{_OPERATOR}{name}{_AFTER}",
    ]
    length = rf"string-length\(\s*{name}\s*\){_OPERATOR}([0-9]+){_AFTER}"
    compared, rest = _taken(quoted, sources)
    figures, rest = _taken(numbers, rest)
    sizes, rest = _taken([length], rest)
    return _Uses(
        texts=frozenset(text for found in compared for text in found.groups() if text is not None),
        numbers=frozenset(found[1] for found in figures),
        lengths=frozenset(int(found[1]) for found in sizes),
        ordered=any(re.search("[<>]", _LITERAL.sub("", found[0])) for found in compared),
        other=any(re.search(name, source) for source in rest),
    )


def _taken(
    patterns: Sequence[str], sources: Sequence[str]
) -> tuple[list[re.Match[str]], list[str]]:
    """What matches one of the patterns, and the expressions without it."""
    found: list[re.Match[str]] = []
    rest = list(sources)
    for pattern in patterns:
        found += [match for source in rest for match in re.finditer(pattern, source)]
        rest = [re.sub(pattern, "true()", source) for source in rest]
    return found, rest


def _subsets(item: Item, uses: _Uses) -> Values:
    exclusive = [option.code for option in item.options if option.exclusive]
    codes = [option.code for option in item.options if not option.exclusive]
    most = min(most_ticked(item) or len(codes), len(codes))
    whole = list(_chosen(codes, most))
    if len(whole) <= MOST_SUBSETS:
        return Values(("", *whole, *exclusive), complete=True)
    named = [code for code in codes if code in uses.texts]
    others = [code for code in codes if code not in uses.texts]
    tried = [
        " ".join(code for code in codes if code in {*few.split(), *others[:more]})
        for few in ("", *_chosen(named, min(most, len(named), _MOST_NAMED)))
        for more in range(len(others) + 1)
        if 0 < len(few.split()) + more <= most
    ]
    beyond = uses.other or uses.ordered or uses.numbers or uses.lengths
    spaced = any(" " in text for text in uses.texts)
    complete = not (beyond or spaced) and len(named) <= _MOST_NAMED
    return Values(("", *dict.fromkeys((*tried, *codes)), *exclusive), complete=complete)


def _chosen(codes: Sequence[str], most: int) -> Iterable[str]:
    few = (combinations(codes, size) for size in range(1, most + 1))
    for place, chosen in enumerate(chain.from_iterable(few)):
        if place > MOST_SUBSETS:
            return
        yield " ".join(chosen)


def _numbers(item: Item, uses: _Uses) -> Values:
    edges = {Decimal(number) for number in uses.numbers}
    edges |= {Decimal(text) for text in uses.texts if re.fullmatch(_NUMBER, text)}
    odd = [text for text in uses.texts if text and not re.fullmatch(_NUMBER, text)]
    ordered = sorted(edges or {Decimal(1)})
    if item.kind == "integer":
        near = {place for edge in ordered for place in (floor(edge), ceil(edge))}
        found = {Decimal(place + by) for place in near for by in (-1, 0, 1)}
    else:
        between = {(low + high) / 2 for low, high in pairwise(ordered)}
        found = {*ordered, *between, ordered[0] - 1, ordered[-1] + 1}
    if item.kind == "range":
        low, high = Decimal(str(item.start)), Decimal(str(item.stop))
        found = {number for number in {*found, low, high} if low <= number <= high}
    texts = tuple(number_text(number) for number in sorted(found))
    return Values(("", *texts), complete=not (uses.other or uses.lengths or odd))


def _dates(uses: _Uses) -> Values:
    days = []
    strange = False
    for text in uses.texts - {""}:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            strange = True
            continue
        days += [day + timedelta(days=by) for by in (-1, 0, 1)]
    tried = sorted(set(days)) or [date(2026, 1, 5)]
    complete = not (uses.other or uses.numbers or uses.lengths or strange)
    return Values(("", *(day.isoformat() for day in tried)), complete=complete)


def _texts(item: Item, uses: _Uses) -> Values:
    edges = sorted(Decimal(number) for number in uses.numbers)
    between = [(low + high) / 2 for low, high in pairwise(edges)]
    beyond = [edges[0] - 1, edges[-1] + 1] if edges else []
    numbers = [number_text(number) for number in (*edges, *between, *beyond)]
    longest_of_item = longest(item) if item.kind == "text" else max(uses.lengths, default=0) + 1
    sizes = {size + by for size in uses.lengths for by in (-1, 0, 1)}
    lengths = ["x" * size for size in sorted(sizes) if 0 < size <= longest_of_item]
    named = sorted(uses.texts - {""})
    mixed = sum(map(bool, (uses.lengths, named, numbers))) > 1
    texts = dict.fromkeys(("", *named, *numbers, "x", *lengths))
    if item.kind == "hidden" and item.default:
        texts[item.default] = None
    return Values(tuple(texts), complete=not (uses.other or mixed or uses.ordered))
