"""How an expression reads the questions of a repeat, once the repeat is written out instance by instance. Pure.

A chat asks a repeat as so many questions as it has instances, each with a name of its own. So an expression is
rewritten when the form is loaded, once for each place it stands in:

    inside, in the third instance   ${umur}          ${umur[3]}, whatever that instance is called
                                    position(..)     3
                                    indexed-repeat(${umur}, ${anak}, position(..) - 1)    the answer in the second
    outside                         ${umur}          each(${umur[1]}, ${umur[2]}, ...): the answers given, in order
                                    count(${anak})   how many instances there are; anak is the repeat
                                    indexed-repeat(${umur}, ${anak}, 2)    the answer in the second

Text in quotes stays as it is, but for the second half of jr:choice-name, which names an item. sum, min, max, count,
join and concat go through the answers that were given; ODK would make a sum with an unanswered one "not a number".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PIECE = re.compile(
    r"(?P<choice>jr:choice-name\s*\(\s*\$\{\s*[^}]*\}\s*,\s*['\"]\$\{\s*[^}]*\}['\"]\s*\))"
    r"|'[^']*'|\"[^\"]*\""
    r"|indexed-repeat\s*\(\s*\$\{\s*(?P<indexed>[^}\s]+)\s*\}\s*,\s*\$\{\s*[^}]*\}\s*,(?P<before>(?=\s*position\s*\(\s*\.\.\s*\)\s*-))?"
    r"|count\s*\(\s*\$\{\s*(?P<counted>[^}\s]+)\s*\}\s*\)"
    r"|(?P<position>\bposition\s*\(\s*\.\.\s*\))"
    r"|\$\{\s*(?P<name>[^}\s]+)\s*\}"
)
_NAME = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


@dataclass(frozen=True, slots=True)
class Repeat:
    name: str
    count: str  # how many instances there are: a number, or an expression
    items: Mapping[str, tuple[str, ...]]  # a question -> its name in each instance


def inside(source: str, repeat: Repeat, place: int) -> str:
    """As instance number `place`, counted from 1, reads it."""

    def written(found: re.Match[str]) -> str:
        if found["position"]:
            return str(place)
        if names := repeat.items.get(found["indexed"] or ""):
            known = place - (found["before"] is not None)
            return f"indexed-repeat({_listed(names[:known], len(names))},"
        if found["counted"]:
            return _outside(found, repeat)
        return (
            inside_text(found[0], repeat, place) if found["choice"] or found["name"] else found[0]
        )

    return _PIECE.sub(written, source)


def inside_text(text: str, repeat: Repeat, place: int) -> str:
    """A label, a hint or a message of instance number `place`."""

    def own(found: re.Match[str]) -> str:
        names = repeat.items.get(found[1])
        return f"${{{names[place - 1]}}}" if names else found[0]

    return _NAME.sub(own, text)


def outside(source: str, repeat: Repeat) -> str:
    """As any item before or behind the repeat reads it."""
    return _PIECE.sub(lambda found: _outside(found, repeat), source)


def _outside(found: re.Match[str], repeat: Repeat) -> str:
    if found["counted"] == repeat.name:
        return repeat.count
    if names := repeat.items.get(found["indexed"] or ""):
        return f"indexed-repeat({_listed(names, len(names))},"
    if names := repeat.items.get(found["counted"] or ""):
        return f"count(each({_listed(names)}))"
    if names := repeat.items.get(found["name"] or ""):
        return f"each({_listed(names)})"
    return found[0]


def _listed(names: tuple[str, ...], count: int = 0) -> str:
    """As many as `count`: instances that come later are not answered yet."""
    return ", ".join([*(f"${{{name}}}" for name in names), *["''"] * (count - len(names))])
