"""Regular expressions that authors write, kept from running away. Pure.

Python's matcher backtracks: a pattern such as (a+)+ can take longer than a life. It would run in
the one thread that writes, so a pattern's worst case is estimated when the form is loaded and,
from it, how long a text it may be tried on. A longer text does not match.
"""

import re
from functools import lru_cache

from bot.survey.xpath_values import ExpressionError

LONGEST_PATTERN = 300
LONGEST_TEXT = 4_096
SHORTEST_TEXT = 40  # a pattern that cannot afford even this is refused
BUDGET = 3_000_000  # ways to match, as an upper bound

_PIECE = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[:=!]|[()|]|[*+?]\??|\{\d+(?:,\d*)?\}\??|.", re.DOTALL
)
_OPTIONAL = 2  # ways in which "?" matches; harmless after a group, unlike * and +
_COUNTED = re.compile(r"\{(\d+)(,?)(\d*)\}")


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that is wrong or may run away."""
    if len(pattern) > LONGEST_PATTERN:
        raise ExpressionError(f"The pattern is longer than {LONGEST_PATTERN} characters.")
    _compiled(pattern)
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
    unbounded, ways = _cost(pattern)
    if not unbounded:
        return LONGEST_TEXT if ways <= BUDGET else 0
    return min(LONGEST_TEXT, int((BUDGET / ways) ** (1 / unbounded)))


def _cost(pattern: str) -> tuple[int, int]:
    """How many open repetitions, and the product of all that is bounded."""
    unbounded, ways = 0, 1
    varies = [False]  # for each open bracket: does its content match in more than one way?
    last_varies = False  # the same for what was just read
    for piece in _PIECE.findall(pattern):
        width = _width(piece)
        if piece.startswith("("):
            varies.append(False)
        elif piece == ")":
            last_varies = varies.pop()
            varies[-1] = varies[-1] or last_varies
            continue
        elif piece == "|":
            ways, varies[-1] = ways * 2, True
        elif piece.startswith("\\") and piece[1:].isdigit():
            raise ExpressionError("The pattern refers back to a group, which may run away.")
        elif width != 1:
            if last_varies and width != _OPTIONAL:
                raise ExpressionError("The pattern repeats a repetition, which may run away.")
            unbounded, ways = unbounded + (width == 0), ways * max(width, 1)
            varies[-1] = True
        last_varies = False
    return unbounded, ways


def _width(piece: str) -> int:
    """In how many ways a quantifier can repeat: 0 for without limit, 1 for no choice."""
    if piece[0] in "*+":
        return 0
    if piece[0] == "?":
        return _OPTIONAL
    counted = _COUNTED.match(piece)
    if counted is None or not counted[2]:
        return 1
    return int(counted[3]) - int(counted[1]) + 1 if counted[3] else 0
