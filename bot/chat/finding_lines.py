"""What the compiler found, in words; and what a message of ours can carry, for the compiler. Pure."""

from dataclasses import dataclass
from typing import Final

from bot.chat.answer_rows import LONGEST_LABEL
from bot.chat.buttons import LARGEST_ID, AnswerButton, answer_data, decode, option_value
from bot.chat.screens import LONGEST_TEXT
from bot.chat.texts import Texts
from bot.survey.checking_texts import Chat
from bot.survey.findings import Finding

MOST_OPTIONS: Final = 20  # one button a row: more than two screens of a phone
FRAME: Final = 250  # section and progress, the previous answer (80), a notice
_LATEST_REVISION: Final = 999_999_999


@dataclass(frozen=True, slots=True)
class Worded:
    place: str
    what: str
    remedy: str  # "" where nothing can be advised


def line(texts: Texts, language: str, file: str, finding: Finding) -> str:
    """One finding as its reader sees it in the terminal."""
    found = worded(texts, language, finding)
    grade = texts.plain("cek_peringatan", language) if finding.severity == "warning" else ""
    parts = {"berkas": file, "tempat": found.place, "tingkat": grade, "apa": found.what}
    if not found.remedy:
        return texts.plain("cek_baris_saja", language, **parts)
    return texts.plain("cek_baris", language, **parts, cara=found.remedy)


def worded(texts: Texts, language: str, finding: Finding) -> Worded:
    place = finding.sheet
    if finding.row is not None:
        place = texts.plain("cek_tempat", language, lembar=place, baris=finding.row)
    words = finding.arguments
    if finding.key == "cek_pembaca":
        words = {name: texts.reworded(text, language) for name, text in words.items()}
    what = texts.plain(finding.key, language, **words)
    remedy = texts.plain(f"{finding.key}_cara", language, **words)
    return Worded(place, what, remedy)


def chat() -> Chat:
    """What a message of ours can carry, for the compiler."""
    return Chat(LONGEST_LABEL, MOST_OPTIONS, LONGEST_TEXT, FRAME, _fits)


def _fits(place: int, code: str, at: int) -> bool:
    """Whether the button of an option survives the way to Telegram and back, by the real encoder."""
    button = AnswerButton(LARGEST_ID, place, _LATEST_REVISION, "choose", option_value(code, at))
    try:
        return decode(answer_data(button)) == button
    except ValueError:
        return False
