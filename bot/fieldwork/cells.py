"""What a spreadsheet cell says, as text, day or phone number. Pure."""

import re
from datetime import date, datetime

import phonenumbers

LONGEST = 300
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")


def as_text(value: object) -> str:
    """One line, without what no name contains."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    printable = "".join(one if one.isprintable() else " " for one in str(value))
    return " ".join(printable.split())[:LONGEST]


def as_date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value)
    try:
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_phone(value: object) -> str:
    """+62...; what is no phone number stays as it was written, for people to read."""
    text = as_text(value)
    number = f"0{text}" if text.startswith("8") else text
    try:
        parsed = phonenumbers.parse(number, "ID")
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(parsed):
        return text
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
