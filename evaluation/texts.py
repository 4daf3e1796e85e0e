"""Sentences from config/texts/{evaluation,workbook,report}.*.po, and how numbers and dates are written in that language.

No sentence lives in code: a key that is missing is an EvaluationError that names the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from evaluation.errors import EvaluationError
from evaluation.numbers import Interval, half_up

CATALOGUES = ("evaluation", "workbook", "report")


@dataclass(frozen=True, slots=True)
class Texts:
    file: str
    locale: str
    sentences: Mapping[str, str]

    def say(self, key: str, **arguments: object) -> str:
        try:
            return self.sentences[key].format_map(arguments)
        except KeyError as missing:
            raise EvaluationError(self.file, f"{key} lacks {missing}.") from missing
        except (ValueError, IndexError) as wrong:
            raise EvaluationError(self.file, f"{key} cannot be filled in: {wrong}.") from wrong

    def name_of(self, prefix: str, name: str) -> str:
        """A term like `dimensi_materi`; a dimension an author invented is shown as it was written."""
        return self.sentences.get(f"{prefix}_{name}") or name.replace("_", " ").capitalize()


def read_texts(folder: Path, language: str) -> Texts:
    """All catalogues of one language; a language lacks none of them."""
    paths = [folder / f"{room}.{language}.po" for room in CATALOGUES]
    sentences = {key: said for path in paths for key, said in _read(path, language).items()}
    return Texts(", ".join(path.name for path in paths), language, sentences)


def _read(path: Path, language: str) -> dict[str, str]:
    try:
        Locale.parse(language)
        with path.open("rb") as stream:
            catalog = read_po(stream, locale=language, abort_invalid=True)
    except (OSError, ValueError, UnknownLocaleError, PoFileError) as wrong:
        raise EvaluationError(path.name, f"cannot be read ({type(wrong).__name__}).") from wrong
    return {
        str(message.id): str(message.string) for message in catalog if message.id and message.string
    }


def number(texts: Texts, value: float, places: int = 1) -> str:
    pattern = "#,##0." + "0" * places if places else "#,##0"
    return str(format_decimal(half_up(value, places), format=pattern, locale=texts.locale))


def percent(texts: Texts, share: float) -> str:
    """69,2% of a share of 0.6923."""
    return number(texts, share * 100) + "%"


def whole_percent(texts: Texts, share: float) -> str:
    return number(texts, share * 100, 0) + "%"


def span(texts: Texts, interval: Interval, scale: float = 1.0) -> str:
    """56,1-75,8: both ends with one decimal."""
    return f"{number(texts, interval.low * scale)}-{number(texts, interval.high * scale)}"


def short_day(texts: Texts, day: date, *, with_year: bool = False) -> str:
    form = texts.say("bentuk_hari_tahun" if with_year else "bentuk_hari")
    return str(format_date(day, form, locale=texts.locale))


def short_date(texts: Texts, day: date) -> str:
    return str(format_date(day, texts.say("bentuk_tanggal"), locale=texts.locale))


def days(texts: Texts, first: date, last: date) -> str:
    """25-31 Januari 2027; the month and the year of the first day only where they differ."""
    whole = "d MMMM y"
    if first == last:
        return str(format_date(last, whole, locale=texts.locale))
    if first.year != last.year:
        begin = whole
    elif first.month != last.month:
        begin = "d MMMM"
    else:
        begin = "d"
    first_text = format_date(first, begin, locale=texts.locale)
    return f"{first_text}-{format_date(last, whole, locale=texts.locale)}"
