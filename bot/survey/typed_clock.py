"""Hours as people type them: "14.30", "pukul 2 siang", "setengah 3 sore", "2 pm", "jam 9". Pure; never raises.

`clocks` gives every reading: an hour from 1 to 11 without a leading zero and without pagi, siang, sore or malam may be
meant either way, and is asked back. "setengah 3" is half past two.
"""

import re
from datetime import time
from typing import Final

from bot.survey.questionnaire import Language

NOON: Final = 12
_FIXED: Final = {
    "tengah hari": time(12), "noon": time(12), "tengah malam": time(0), "midnight": time(0),
}  # fmt: skip
# For each part of the day the hours of a clock face that it turns into hours of the day.
_PARTS: Final = {
    "dini hari": {12: 0, **{hour: hour for hour in range(1, 6)}},
    "subuh": {3: 3, 4: 4, 5: 5},
    "pagi": {hour: hour for hour in range(1, 12)},
    "siang": {10: 10, 11: 11, 12: 12, 1: 13, 2: 14, 3: 15},
    "sore": {2: 14, 3: 15, 4: 16, 5: 17, 6: 18},
    "petang": {4: 16, 5: 17, 6: 18},
    "malam": {**{hour: hour + 12 for hour in range(6, 12)}, 12: 0, **{hour: hour for hour in (1, 2, 3)}},
    "am": {12: 0, **{hour: hour for hour in range(1, 12)}},
    "pm": {12: 12, **{hour: hour + 12 for hour in range(1, 12)}},
}  # fmt: skip
_CLOCK: Final = re.compile(
    r"(?:(?:pukul|pkl\.?|jam|at)\s*)?(?P<half>setengah |half past )?(?P<hour>[0-9]{1,2})"
    r"(?:[.:](?P<minute>[0-5][0-9]))?(?: ?(?P<sign>lewat|lebih|kurang) (?P<more>[0-9]{1,2}))?"
    r"(?: ?(?P<part>dini hari|subuh|pagi|siang|sore|petang|malam|[ap]\.?m\.?))?(?: (?:wib|wita|wit))?"
)


def clocks(text: str) -> tuple[time, ...]:
    words = " ".join(text.lower().split()).strip(" ,!")
    if words in _FIXED:
        return (_FIXED[words],)
    found = _CLOCK.fullmatch(words.rstrip(".") if not words.endswith("m.") else words)
    if found is None:
        return ()
    hours = _hours(int(found["hour"]), found["hour"], (found["part"] or "").replace(".", ""))
    minutes = _minutes(found)
    return tuple(_moved(hour, minutes) for hour in hours)


def clock_text(value: time, language: Language) -> str:
    return f"{value:%H.%M}" if language == "id" else f"{value:%H:%M}"


def _hours(hour: int, written: str, part: str) -> tuple[int, ...]:
    if hour > 23:  # noqa: PLR2004  # the last hour of a day
        return ()
    if part:
        turned = _PARTS[part].get(hour, hour if hour > NOON else None)
        return () if turned is None else (turned,)
    open_either_way = 0 < hour < NOON and not written.startswith("0")
    return (hour, hour + NOON) if open_either_way else (hour,)


def _minutes(found: re.Match[str]) -> int:
    """From the full hour; below zero for "setengah" and "kurang"."""
    if found["half"]:
        return 30 if found["half"].startswith("half") else -30
    more = int(found["more"] or 0)
    return int(found["minute"] or 0) + (-more if found["sign"] == "kurang" else more)


def _moved(hour: int, minutes: int) -> time:
    total = (hour * 60 + minutes) % (24 * 60)
    return time(total // 60, total % 60)
