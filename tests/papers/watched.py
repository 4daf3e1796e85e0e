"""A document that remembers every line of text it drew, and where: so that a test sees what nothing locked here can read out of a PDF."""

import atexit
from dataclasses import dataclass
from types import MethodType
from typing import Any

from fpdf import FPDF

LETTERS: dict[str, Any] = {}
INSIDE = 0.3  # millimetres that rounding may take


@dataclass(frozen=True, slots=True)
class Line:
    page: int
    left: float
    top: float
    right: float  # of its cell
    bottom: float
    width: float  # of its letters
    text: str


class Watched(FPDF):
    def __init__(self) -> None:
        super().__init__(format="A4")
        self.drawn: list[Line] = []

    def _render_styled_text_line(self, text_line: Any, *args: Any, **options: Any) -> bool:
        """The one place of fpdf2 through which `cell` and `multi_cell` draw."""
        left, is_tried = self.x, not isinstance(self._out, MethodType)
        broken = super()._render_styled_text_line(text_line, *args, **options)
        text = "".join(fragment.string for fragment in text_line.fragments)
        if not is_tried and text.strip():
            given = dict(zip(("h", "border", "new_x", "new_y"), args, strict=False)) | options
            room = text_line.max_width or self.w - self.r_margin - left
            height = given.get("h") or self.font_size
            top = self.y - height if str(given.get("new_y", "")).endswith("NEXT") else self.y
            self.drawn.append(
                Line(self.page, left, top, left + room, top + height, text_line.text_width, text)
            )
        return broken

    def add_font(self, family: Any = None, style: Any = "", fname: Any = None, **_: Any) -> None:
        """Read once for all documents of a process: it takes longer than drawing a page."""
        key = f"{family.lower()}{style}"
        if key not in LETTERS:
            super().add_font(family, style, fname)
            LETTERS[key] = self.fonts[key]
            atexit.register(LETTERS[key].ttfont.close)
        self.fonts[key] = LETTERS[key]

    def text_of(self, page: int) -> str:
        return "\n".join(line.text for line in self.drawn if line.page == page)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.drawn)

    def outside(self) -> list[Line]:
        """What is not wholly on the paper, with a margin of 8 mm that every printer has, or too long for its cell."""
        return [
            line
            for line in self.drawn
            if line.left < 8 or line.top < 8 or line.bottom > self.h - 8
            or line.right > self.w - 8 + INSIDE
            or line.width > line.right - line.left + INSIDE
        ]  # fmt: skip
