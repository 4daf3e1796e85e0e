"""A report that may be longer than a message: of every list as many lines as fit, the rest is a number. Pure; plain text.

The whole of it then comes as a text file before the message.
"""

import html
from collections.abc import Callable, Sequence

from bot.chat.outgoing import Outgoing, Rows, Screen, SendDocument, SendMessage
from bot.chat.shortening import clipped, units

LONGEST = 3500  # UTF-16 units of one message, with room for what follows the lists
LONGEST_LINE = 400
Part = tuple[str, list[str]]  # a heading ("" for none) and its lines


def whole(head: str, parts: Sequence[Part], closing: str) -> str:
    return "\n\n".join([head, *(_listed(*part) for part in parts), closing])


def fitted(head: str, parts: Sequence[Part], closing: str, more: Callable[[int], str]) -> str:
    """`more` says how many lines of a list are left out. The first parts get their room first."""
    room = LONGEST - units(whole(head, [(heading, []) for heading, _ in parts], closing)) - 200
    shown: list[Part] = []
    for heading, lines in parts:
        kept: list[str] = []
        for line in lines:
            short = clipped(line, LONGEST_LINE)
            if units(short) + 1 > room:
                break
            room -= units(short) + 1
            kept.append(short)
        if len(kept) < len(lines):
            kept.append(more(len(lines) - len(kept)))
        shown.append((heading, kept))
    return whole(head, shown, closing)


def messages(
    chat_id: int, text: str, short: str, rows: Rows, *, file_name: str, caption: str
) -> list[Outgoing]:
    """`text` as one message when it fits, else `short`, with the whole before it as a file."""
    if units(text) <= LONGEST:
        return [SendMessage(chat_id, Screen(html.escape(text, quote=False), rows))]
    return [
        SendDocument(chat_id, text.encode(), file_name, caption),
        SendMessage(chat_id, Screen(html.escape(short, quote=False), rows)),
    ]


def _listed(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([heading, *lines] if heading else lines)
