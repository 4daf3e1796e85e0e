"""A day as people and letters write it. The sentences themselves are not written here."""

from datetime import date

from babel.dates import format_date


def long_date(day: date, language: str = "id") -> str:
    """As in: Rabu, 3 Februari 2027."""
    return format_date(day, "EEEE, d MMMM y", locale=language)


def letter_date(day: date, language: str = "id") -> str:
    """As in: 3 Februari 2027."""
    return format_date(day, "d MMMM y", locale=language)
