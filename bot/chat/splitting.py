"""A text that is longer than a message becomes several, in order; the buttons stand below the last. Pure.

1. It is cut between paragraphs if that may be, else between lines, else between words. Within a word only if there is no other way,
   and never within a character, an escape or a tag: what was bold goes on being bold in the next message.
2. Lengths are of the markup, so a message may come out a little shorter than Telegram would take. A card is one message, whose text
   screens.py makes fit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.chat.outgoing import EditMessage, Outgoing, Screen, SendDocument, SendMessage, SendPhoto
from bot.chat.shortening import closing, followed, pieces_of, shortened, units

LONGEST: Final = 4096  # UTF-16 units of a message
LONGEST_CAPTION: Final = 1024
SURELY_FITS: Final = LONGEST // 2  # characters, of two units at most
_BREAKS: Final = ("\n\n", "\n", " ")


def fitting(outgoing: Iterable[Outgoing]) -> Iterator[Outgoing]:
    for one in outgoing:
        match one:
            case SendMessage() | EditMessage() if len(one.screen.text) > SURELY_FITS:
                yield from _several(one)
            case SendPhoto() | SendDocument() if len(one.caption) > LONGEST_CAPTION // 2:
                yield replace(one, caption=shortened(one.caption, LONGEST_CAPTION))
            case _:
                yield one


def split(text: str, most: int = LONGEST) -> list[str]:
    """HTML, each part of which stands by itself."""
    if units(text) <= most:
        return [text]
    pieces, parts, begins = pieces_of(text), list[str](), 0
    opened: tuple[str, ...] = ()
    while begins < len(pieces):
        ends = _cut(pieces, begins, _reach(pieces, begins, opened, most))
        part = pieces[begins:ends]
        after = _after(opened, part)
        if any(not piece.isspace() and not _is_tag(piece) for piece in part):
            parts.append("".join(opened) + "".join(part).strip() + closing(after))
        begins, opened = ends, after
    return parts


def _several(one: SendMessage | EditMessage) -> Iterator[Outgoing]:
    """An edited message keeps its beginning; the rest comes below."""
    *before, last = split(one.screen.text)
    screens = [*(Screen(text) for text in before), replace(one.screen, text=last)]
    yield replace(one, screen=screens[0])
    for screen in screens[1:]:
        yield SendMessage(one.chat_id, screen)


def _reach(pieces: Sequence[str], begins: int, opened: tuple[str, ...], most: int) -> int:
    """Behind the last piece that fits; one is always taken."""
    used = sum(units(tag) for tag in opened)
    for place in range(begins, len(pieces)):
        piece = pieces[place]
        opened = followed(opened, piece)
        used += units(piece)
        if used + units(closing(opened)) > most and place > begins:
            return place
    return len(pieces)


def _cut(pieces: Sequence[str], begins: int, ends: int) -> int:
    if ends == len(pieces):
        return ends
    for wanted in _BREAKS:
        for place in range(ends, begins + 1, -1):
            if "".join(pieces[place - len(wanted) : place]) == wanted:
                return place
    return ends


def _after(opened: tuple[str, ...], part: Iterable[str]) -> tuple[str, ...]:
    for piece in part:
        opened = followed(opened, piece)
    return opened


def _is_tag(piece: str) -> bool:
    return len(piece) > 1 and piece.startswith("<")
