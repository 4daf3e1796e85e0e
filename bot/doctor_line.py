"""One line of `python -m bot doctor`. A value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    subject: str
    found: str
    remedy: str = ""  # "": all is well
