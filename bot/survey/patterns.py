"""Regular expressions that authors write, kept from running away. Pure.

Python's matcher backtracks: a pattern such as (a+)+ can take longer than a life. It would run in
the one thread that writes, so a pattern's worst case is bounded when the form is loaded: in how many
ways it can match, at most, and from that, how long a text it may be tried on. A longer text does not match.

    a+  [0-9]*       as many ways as the text is long: one power of its length
    a?  a|b  a{1,3}  a few ways: they multiply
    (...){3}         three times the ways of what is in the brackets
    (a+)+  (a|aa)*   ways without a bound: refused
"""

import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from bot.survey.xpath_values import ExpressionError

LONGEST_PATTERN: Final = 300
LONGEST_TEXT: Final = 4_096
SHORTEST_TEXT: Final = 40  # a pattern that cannot afford even this is refused
BUDGET: Final = math.log2(3_000_000)  # ways to match, as a power of 2

_PIECE: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P<\w+>|\(\?[a-zA-Z-]*[:=!)]|\(\?<[=!]|[()|]"
    r"|[*+?][?+]?|\{\d*(?:,\d*)?\}[?+]?|.",
    re.DOTALL,
)
_COUNTED: Final = re.compile(r"\{(\d*)(,?)(\d*)\}")
_REFERS_BACK: Final = re.compile(r"\(\?(?:P=|\()|(?<!\\)(?:\\\\)*\\[1-9]")


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that is wrong or may run away."""
    if len(pattern) > LONGEST_PATTERN:
        raise ExpressionError(f"The pattern is longer than {LONGEST_PATTERN} characters.")
    _compiled(pattern)
    if _REFERS_BACK.search(pattern):
        raise ExpressionError("The pattern refers back to a group, which may run away.")
    if _longest_text(pattern) < SHORTEST_TEXT:
        raise ExpressionError(
            "The pattern has too many repetitions and may run away. Use fixed counts such as {5}."
        )


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text matches, as ODK has it."""
    if len(text) > _longest_text(pattern):
        return False
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ExpressionError(f"The pattern is wrong ({error}).") from error


@lru_cache(maxsize=512)
def _longest_text(pattern: str) -> int:
    cost = _cost(pattern)
    left = BUDGET - cost.bits
    if left < 0:
        return 0
    if not cost.powers:
        return LONGEST_TEXT
    return min(LONGEST_TEXT, int(2 ** (left / cost.powers)))


@dataclass(frozen=True, slots=True)
class _Cost:
    """At most 2 ** bits * (length of the text) ** powers ways to match."""

    powers: int = 0
    bits: float = 0.0

    @property
    def varies(self) -> bool:
        return self.powers > 0 or self.bits > 0

    def then(self, other: "_Cost") -> "_Cost":
        return _Cost(self.powers + other.powers, self.bits + other.bits)

    def times(self, count: int) -> "_Cost":
        return _Cost(self.powers * count, self.bits * count)


@dataclass(slots=True)
class _Bracket:
    """What was read since a bracket opened."""

    before: _Cost = _Cost()  # of the present alternative, without `last`
    last: _Cost = _Cost()  # what a quantifier would repeat
    alternatives: list[_Cost] = field(default_factory=list)

    def add(self, cost: _Cost) -> None:
        self.before, self.last = self.before.then(self.last), cost

    def turn(self) -> None:
        self.alternatives.append(self.before.then(self.last))
        self.before = self.last = _Cost()

    def close(self) -> _Cost:
        self.turn()
        powers = max(one.powers for one in self.alternatives)
        bits = max(one.bits for one in self.alternatives)
        return _Cost(powers, bits + math.log2(len(self.alternatives)))


def _cost(pattern: str) -> _Cost:
    open_brackets = [_Bracket()]
    for piece in _PIECE.findall(pattern):
        bracket = open_brackets[-1]
        if piece.startswith("(") and not piece.endswith(")"):
            open_brackets.append(_Bracket())
        elif piece == ")":
            inner = open_brackets.pop()
            open_brackets[-1].add(inner.close())
        elif piece == "|":
            bracket.turn()
        elif piece[0] in "*+?" or (piece[0] == "{" and _COUNTED.match(piece)):
            bracket.last = _repeated(bracket.last, piece)
        else:
            bracket.add(_Cost())
    return open_brackets[0].close()


def _repeated(cost: _Cost, quantifier: str) -> _Cost:
    least, most = _counts(quantifier)
    if most is None:
        if cost.varies:
            raise ExpressionError("The pattern repeats a repetition, which may run away.")
        return _Cost(powers=1)
    return cost.times(most).then(_Cost(bits=math.log2(most - least + 1)))


def _counts(quantifier: str) -> tuple[int, int | None]:
    """From, to; None is without end."""
    if quantifier[0] in "*+":
        return 0, None
    if quantifier[0] == "?":
        return 0, 1
    counted = _COUNTED.match(quantifier)
    least, comma, most = counted.groups() if counted else ("1", "", "")
    if not comma:
        return int(least or 0), int(least or 0)
    return int(least or 0), int(most) if most else None
