"""What a spreadsheet cell says, as text, day, phone number or grade. Pure."""

import re
from datetime import date, datetime

import phonenumbers

from bot.survey.typed_days import day

LONGEST = 300
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DASHES = re.compile(r"[-–—_.\s]*")
_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|GETTING_DATA|SPILL!)", re.IGNORECASE
)
_SEVERAL = re.compile(r"[/,;|\n]| dan | atau ")
_GRADE = re.compile(r"\b(IV|III|II|I)\s*[/.\-( ]\s*([A-Ea-e])\b")
_RANKS = (
    ("pembina utama madya", "IV/d"), ("pembina utama muda", "IV/c"), ("pembina utama", "IV/e"),
    ("pembina tk i", "IV/b"), ("pembina tingkat i", "IV/b"), ("pembina", "IV/a"),
    ("penata muda tk i", "III/b"), ("penata muda tingkat i", "III/b"), ("penata muda", "III/a"),
    ("penata tk i", "III/d"), ("penata tingkat i", "III/d"), ("penata", "III/c"),
    ("pengatur muda tk i", "II/b"), ("pengatur muda tingkat i", "II/b"), ("pengatur muda", "II/a"),
    ("pengatur tk i", "II/d"), ("pengatur tingkat i", "II/d"), ("pengatur", "II/c"),
    ("juru muda tk i", "I/b"), ("juru muda tingkat i", "I/b"), ("juru muda", "I/a"),
    ("juru tk i", "I/d"), ("juru tingkat i", "I/d"), ("juru", "I/c"),
)  # fmt: skip


def as_text(value: object) -> str:
    """One line, without what no name contains."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    printable = "".join(one if one.isprintable() else " " for one in str(value))
    return " ".join(printable.split())[:LONGEST]


def as_filled(value: object) -> str:
    """A dash says that there is nothing."""
    text = as_text(value)
    return "" if _DASHES.fullmatch(text) else text


def is_error(value: object) -> bool:
    """What a formula shows that found nothing."""
    return isinstance(value, str) and _ERROR.fullmatch(value.strip()) is not None


def as_date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value)
    try:
        if found := _DAY_FIRST.fullmatch(text):
            day_, month, year = (int(part) for part in found.groups())
            return date(year, month, day_)
        if found := _EIGHT.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_birth_date(value: object, today: date) -> date | None:
    """Also "Muara Bungo, 26 September 1986"."""
    found = as_date(value) or day(as_text(value).rpartition(",")[2].strip(), today)
    return found if found is not None and date(1900, 1, 1) < found <= today else None


def as_phone(value: object) -> str:
    """+62...; what is no phone number stays as it was written, for people to read. Of several the first that is one."""
    text = as_filled(value)
    written = text if "\n" not in str(value) else str(value)
    numbers = (_phone(part.strip()) for part in _SEVERAL.split(written))
    return next((number for number in numbers if number), text)


def is_phone(text: str) -> bool:
    return text.startswith("+") and text[1:].isdecimal()


def as_grade(text: str) -> str:
    """III/a, from "Penata Muda (III/a)", "III a" or the rank alone; anything else stays as it is written."""
    if found := _GRADE.search(text.upper()):
        return f"{found[1]}/{found[2].lower()}"
    plain = " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())
    return next((grade for rank, grade in _RANKS if plain == rank), text)


def _phone(text: str) -> str:
    plain = re.sub(r"^[^\d+(]+", "", text)  # "WA: 0812..."
    number = plain
    if plain.startswith("8"):  # a number that lost its zero
        number = f"0{plain}"
    elif plain.startswith("62"):
        number = f"+{plain}"
    try:
        parsed = phonenumbers.parse(number, "ID")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
