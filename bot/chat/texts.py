"""The sentences people read, by key and language, from the .po files of config/texts.

1. msgid is the key, msgstr the template with {placeholders}; a template may hold <b>, arguments are HTML-escaped.
2. A date reads "Rabu, 3 Februari 2027", a moment "Rabu, 3 Februari 2027 pukul 09.00 WIB" (in the zone it carries).
3. Loading refuses a key that one language lacks, or whose placeholders differ: better at the start than in a chat.

No sentence is written here and none is chosen here.
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from string import Formatter

from babel.messages.pofile import PoFileError, read_po

from bot.chat.rewording import Templates, reworded
from bot.errors import StudyError
from bot.fieldwork.dates import long_date

Value = str | int | float | date | datetime
DEFAULT_LANGUAGE = "id"
ROOMS = (
    "chat",
    "check",
    "classes",
    "exports",
    "forms",
    "interviews",
    "letters",
    "machine",
    "papers",
    "peers",
    "reports",
    "rights",
    "roster",
    "rounds",
    "staff",
)  # the sentences of evaluation are its own


@dataclass(frozen=True, slots=True)
class Texts:
    sentences: Mapping[str, Mapping[str, str]]  # language -> key -> template
    reader: Mapping[str, Templates] = field(
        default_factory=dict
    )  # language -> English -> that language

    def say(self, key: str, language: str, /, **arguments: Value) -> str:
        """For a message, which is HTML: whatever is piped in is escaped."""
        spoken = {
            name: html.escape(spell(value, language), quote=False)
            for name, value in arguments.items()
        }
        return self._template(key, language).format_map(spoken)

    def plain(self, key: str, language: str, /, **arguments: Value) -> str:
        """For a button, an alert, a file name: nothing is escaped."""
        spoken = {name: spell(value, language) for name, value in arguments.items()}
        return self._template(key, language).format_map(spoken)

    def reworded(self, text: str, language: str) -> str:
        """What the reader of forms says in English."""
        return reworded(self.reader.get(language, {}), text)

    def languages(self) -> tuple[str, ...]:
        return tuple(self.sentences)

    def keys(self) -> frozenset[str]:
        return frozenset(self.sentences[DEFAULT_LANGUAGE])

    def _template(self, key: str, language: str) -> str:
        return self.sentences.get(language, self.sentences[DEFAULT_LANGUAGE])[key]


def load_texts(directory: Path, rooms: Sequence[str] = ROOMS) -> Texts:
    """The files NAME.LANGUAGE.po of these rooms (those that speak in the chat), as one."""
    sentences: dict[str, dict[str, str]] = {DEFAULT_LANGUAGE: {}}
    paths = (path for room in rooms for path in directory.glob(f"{room}.*.po"))
    for path in sorted(paths):
        language = path.name.split(".")[-2]
        sentences.setdefault(language, {}).update(_sentences(path))
    for language, of_language in sentences.items():
        _compare(sentences[DEFAULT_LANGUAGE], of_language, language)
    return Texts(sentences, _reader(directory))


def placeholders(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def spell(value: Value, language: str) -> str:
    if isinstance(value, datetime):
        at = " pukul " if language == DEFAULT_LANGUAGE else " at "
        return f"{long_date(value, language)}{at}{value:%H.%M} {value.tzname()}"
    if isinstance(value, date):
        return long_date(value, language)
    if isinstance(value, float):
        text = f"{value:g}"
        return text.replace(".", ",") if language == DEFAULT_LANGUAGE else text
    return str(value)


def _sentences(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as wrong:
        raise StudyError(f"{path.name} is not a .po file: {wrong}") from wrong
    for message in catalog:
        if isinstance(message.id, str) and message.id:
            if not message.string:
                raise StudyError(f"{path.name}: {message.id} has no text. Write its msgstr.")
            yield message.id, str(message.string)


def _reader(directory: Path) -> Mapping[str, Templates]:
    found = {
        path.name.split(".")[-2]: dict(_sentences(path)) for path in directory.glob("reader.*.po")
    }
    for templates in found.values():
        for english, other in templates.items():
            if placeholders(english) != placeholders(other):
                raise StudyError(
                    f"config/texts: reader: {english} has other placeholders than {other}"
                )
    return found


def _compare(default: Mapping[str, str], other: Mapping[str, str], language: str) -> None:
    if lacking := sorted(default.keys() ^ other.keys()):
        raise StudyError(
            f"config/texts: {', '.join(lacking)} stands in only one of the languages "
            f"{DEFAULT_LANGUAGE} and {language}. Add it to the other."
        )
    for key, template in default.items():
        if placeholders(template) != placeholders(other[key]):
            raise StudyError(
                f"config/texts: {key} has other placeholders in {language} than in "
                f"{DEFAULT_LANGUAGE}. Use the same ones."
            )
