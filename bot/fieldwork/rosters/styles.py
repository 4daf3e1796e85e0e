"""Adds coloured copies of cell styles to a workbook's styles part and leaves every other byte as it is. Pure."""

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from bot.fieldwork.rosters.splicing import tag_at

# Light red and yellow, one step beside Excel's own, so that they can be taken away again when the list comes back.
COLOURS: Final[Mapping[str, str]] = {"problem": "FFFFC7CD", "note": "FFFFEB9B"}
_FILL_ID: Final = re.compile(rb"""\s(?:fillId|applyFill)\s*=\s*("[^"]*"|'[^']*')""")
_COUNT: Final = re.compile(rb"""\scount\s*=\s*("[^"]*"|'[^']*')""")
_RGB: Final = re.compile(rb"""\srgb\s*=\s*["']([0-9A-Fa-f]{8})["']""")


class Styles:
    """The styles of one workbook while cells of it are marked."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._prefix = ""
        self._fills: list[bytes] = []
        self._formats: list[bytes] = []
        self._ends: dict[str, tuple[int, int]] = {}  # begin of the list, place before its end tag
        self._read()
        self._new_fills: list[bytes] = []
        self._new_formats: list[bytes] = []
        self._made: dict[tuple[int, str], int] = {}

    def coloured(self, style: int, colour: str) -> int | None:
        """The same style with that colour; without one, the style freed of ours. None: it stays as it is."""
        if not self._formats or style >= len(self._formats):
            return None
        if not colour and not self._is_ours(style):
            return None
        made = self._made.get((style, colour))
        if made is None:
            fill = self._fill(colour) if colour else 0
            made = self._made[style, colour] = self._add(self._filled(self._formats[style], fill))
        return made

    def wrapped(self) -> int | None:
        """A plain style whose text goes on in the next line."""
        if not self._formats:
            return None
        p = self._prefix
        xf = (
            f'<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
            f'<{p}alignment vertical="top" wrapText="1"/></{p}xf>'
        )
        return self._add(xf.encode())

    def xml(self) -> bytes:
        if not self._new_formats:
            return self._xml
        changed = self._xml
        # From the end to the beginning, so that the places before stay right.
        lists = {
            "fills": (self._fills, self._new_fills),
            "cellXfs": (self._formats, self._new_formats),
        }
        for name in sorted(lists, key=lambda one: self._ends[one][0], reverse=True):
            begin, end = self._ends[name]
            old, new = lists[name]
            tag = tag_at(changed, begin)
            counted = _COUNT.sub(b' count="%d"' % (len(old) + len(new)), tag, count=1)
            inside = changed[begin + len(tag) : end] + b"".join(new)
            changed = changed[:begin] + counted + inside + changed[end:]
        return changed

    def _read(self) -> None:
        parser = expat.ParserCreate()
        above: list[str] = []
        begins: list[int] = []

        def begun(name: str, _: Mapping[str, str]) -> None:
            above.append(name.rpartition(":")[2])
            begins.append(parser.CurrentByteIndex)

        def ended(name: str) -> None:
            end, begin = parser.CurrentByteIndex, begins.pop()
            local = above.pop()
            parent = above[-1] if above else ""
            if (parent, local) in {("fills", "fill"), ("cellXfs", "xf")}:
                tag = tag_at(self._xml, begin)
                stop = end if tag.endswith(b"/>") else end + len(tag_at(self._xml, end))
                kept = self._fills if local == "fill" else self._formats
                kept.append(self._xml[begin:stop])
            elif local in {"fills", "cellXfs"} and parent == "styleSheet":
                self._ends[local] = begin, end
                self._prefix = name.removesuffix(local)

        parser.StartElementHandler, parser.EndElementHandler = begun, ended
        try:
            parser.Parse(self._xml, True)
        except expat.ExpatError as wrong:
            raise ValueError("the styles are no XML") from wrong
        if self._ends.keys() != {"fills", "cellXfs"}:
            self._formats.clear()

    def _fill(self, colour: str) -> int:
        p, rgb = self._prefix, COLOURS[colour]
        fill = (
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{rgb}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
        ).encode()
        if fill not in self._new_fills:
            self._new_fills.append(fill)
        return len(self._fills) + self._new_fills.index(fill)

    def _filled(self, xf: bytes, fill: int) -> bytes:
        tag = tag_at(xf, 0)
        bare = _FILL_ID.sub(b"", tag)
        ending = b"/>" if bare.endswith(b"/>") else b">"
        body = bare[: -len(ending)].rstrip()
        return body + b' fillId="%d" applyFill="1"' % fill + ending + xf[len(tag) :]

    def _add(self, xf: bytes) -> int:
        self._new_formats.append(xf)
        return len(self._formats) + len(self._new_formats) - 1

    def _is_ours(self, style: int) -> bool:
        found = re.search(rb"""\sfillId\s*=\s*["'](\d+)["']""", tag_at(self._formats[style], 0))
        place = int(found[1]) if found else 0
        if place >= len(self._fills):
            return False
        rgb = _RGB.search(self._fills[place])
        return rgb is not None and rgb[1].decode().upper() in COLOURS.values()
