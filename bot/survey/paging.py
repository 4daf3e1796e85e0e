"""Which options of a long list a card shows: one page of it, or those that a few typed letters find. Pure.

The view of a response says it: "" the first page, "page:3" the third, "find:1:keu" the first page of what holds "keu".
Every option keeps the number it has in the whole list, so that a number typed on any page means the same.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.survey.prompts import OptionView, Page

ON_A_PAGE: Final = 10
LONGEST_UNPAGED: Final = 20  # below it scrolling is easier, and no option is favoured by its page
LONGEST_SEARCH: Final = 40
ALL: Final = "all"
_VIEW: Final = re.compile(
    r"(?:page:(?P<page>[0-9]{1,4})|find:(?P<at>[0-9]{1,4}):(?P<text>.*))", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Seen:
    number: int = 1
    text: str = ""


def is_long(options: Sequence[OptionView]) -> bool:
    return len(options) > LONGEST_UNPAGED


def paged(view: str, options: Sequence[OptionView]) -> tuple[tuple[OptionView, ...], Page | None]:
    if not is_long(options):
        return tuple(options), None
    seen = _seen(view)
    listed = matching(seen.text, options) if seen.text else tuple(options)
    count = max(1, -(-len(listed) // ON_A_PAGE))
    number = min(max(seen.number, 1), count)
    shown = listed[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    return shown, Page(number, count, len(listed), seen.text)


def turned(view: str, to: str) -> str:
    """The view after a tap on a page, or on "all"."""
    if not to.isdecimal():
        return ""
    text = _seen(view).text
    number = int(to[:4])
    return f"find:{number}:{text}" if text else f"page:{number}"


def searching(text: str) -> str:
    return f"find:1:{text[:LONGEST_SEARCH]}"


def page_number(view: str) -> int:
    return max(_seen(view).number, 1)


def page_with(code: str, options: Sequence[OptionView]) -> str:
    """The view in which that option is seen."""
    place = next((at for at, option in enumerate(options) if option.code == code), 0)
    return f"page:{place // ON_A_PAGE + 1}" if is_long(options) and place >= ON_A_PAGE else ""


def matching(text: str, options: Sequence[OptionView]) -> tuple[OptionView, ...]:
    """Every word typed stands somewhere in the label; what begins with it comes first."""
    words = _folded(text[:LONGEST_SEARCH]).split()
    if not words:
        return ()
    labels = [(option, _folded(option.label)) for option in options]
    found = [pair for pair in labels if all(word in pair[1] for word in words)]
    ordered = sorted(found, key=lambda pair: not pair[1].startswith(words[0]))
    return tuple(option for option, _ in ordered)


def _seen(view: str) -> _Seen:
    found = _VIEW.fullmatch(view)
    if not found:
        return _Seen()
    return _Seen(int(found["page"])) if found["page"] else _Seen(int(found["at"]), found["text"])


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = (letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join("".join(letters).split()).strip(" .!?\"'")
