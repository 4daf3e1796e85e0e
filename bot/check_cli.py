"""python -m bot check FILE...: the questionnaire compiler. Finds what would go wrong in a chat, before a respondent does.

    python -m bot check config/questionnaires/*.md            no line: nothing found
    python -m bot check FORM.xlsx --simulate 1000             and a table of a thousand random people
    python -m bot check FORM.md --database sqlite:///bungo.db and what changed since the version in use

One line a finding, `file: sheet, row: what; remedy`. Exit 2 when one of them is an error (with --strict: also when it
is a warning), or when a simulated person got stuck. Writes nothing but these lines; docs/check.md explains each.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from bot.chat.answer_rows import LONGEST_LABEL
from bot.chat.buttons import LARGEST_ID, AnswerButton, answer_data, decode, option_value
from bot.chat.screens import LONGEST_TEXT
from bot.chat.texts import DEFAULT_LANGUAGE, Texts, load_texts
from bot.check_table import table
from bot.clock import Clock, SystemClock
from bot.errors import BotError, StoreError
from bot.store import questionnaires
from bot.store.database import Database
from bot.survey.checking import Chat, Report, check
from bot.survey.coverage import coverage_of
from bot.survey.findings import Finding
from bot.survey.questionnaire import Questionnaire
from bot.survey.simulating import simulated
from config.settings import SettingsProblem, load_store_settings

MOST_OPTIONS: Final = 20  # one button a row: more than two screens of a phone
FRAME: Final = 250  # section and progress, the previous answer (80), a notice
_LATEST_REVISION: Final = 999_999_999


def main(arguments: Sequence[str], clock: Clock | None = None) -> int:
    wanted = _parser().parse_args(arguments)
    now = (clock or SystemClock()).now()
    try:
        texts = load_texts(load_store_settings().texts_dir)
        former = _former(wanted.database) if wanted.database else {}
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    checked = [_checked(texts, wanted, path, former, now) for path in wanted.files]
    return 0 if all(checked) else 2


def line(texts: Texts, language: str, file: str, finding: Finding) -> str:
    """One finding as its reader sees it; also for whoever sends a form to the bot."""
    place = finding.sheet
    if finding.row is not None:
        place = texts.plain("cek_tempat", language, lembar=place, baris=finding.row)
    grade = texts.plain("cek_peringatan", language) if finding.severity == "warning" else ""
    what = texts.plain(finding.key, language, **finding.arguments)
    remedy = texts.plain(f"{finding.key}_cara", language, **finding.arguments)
    parts = {"berkas": file, "tempat": place, "tingkat": grade, "apa": what}
    if not remedy:
        return texts.plain("cek_baris_saja", language, **parts)
    return texts.plain("cek_baris", language, **parts, cara=remedy)


def chat() -> Chat:
    """What a message of ours can carry, for the compiler."""
    return Chat(LONGEST_LABEL, MOST_OPTIONS, LONGEST_TEXT, FRAME, _fits)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot check", description="Check forms.")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help=".md .xlsx .xls .csv")
    parser.add_argument("--simulate", type=_count, default=0, metavar="N", help="random people")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same people")
    parser.add_argument("--database", metavar="URL", help="compare with the versions kept there")
    parser.add_argument("--lang", choices=("id", "en"), default=DEFAULT_LANGUAGE)
    parser.add_argument("--strict", action="store_true", help="warnings count as errors")
    return parser


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"a number of people, 1 or more, is needed, not {word}")
    return int(word)


def _checked(
    texts: Texts,
    wanted: argparse.Namespace,
    path: Path,
    former: dict[str, Questionnaire],
    now: datetime,
) -> bool:
    report = check(path, chat(), now, former.get)
    for finding in report.findings:
        sys.stdout.write(line(texts, wanted.lang, path.name, finding) + "\n")
    good = not (report.findings if wanted.strict else report.errors)
    return _simulated(texts, wanted, path.name, report, now) and good


def _simulated(
    texts: Texts, wanted: argparse.Namespace, file: str, report: Report, now: datetime
) -> bool:
    """False when somebody got stuck; a form with errors is not simulated."""
    if not wanted.simulate or report.questionnaire is None or report.errors:
        return True
    lives = list(simulated(report.questionnaire, wanted.simulate, wanted.seed, now))
    simulation = coverage_of(report.questionnaire, lives)
    sys.stdout.write(table(texts, wanted.lang, file, wanted.seed, simulation))
    return not simulation.stuck


def _fits(place: int, code: str, at: int) -> bool:
    """Whether the button of an option survives the way to Telegram and back, by the real encoder."""
    button = AnswerButton(LARGEST_ID, place, _LATEST_REVISION, "choose", option_value(code, at))
    try:
        return decode(answer_data(button)) == button
    except ValueError:
        return False


def _former(url: str) -> dict[str, Questionnaire]:
    """The newest version of each questionnaire that the database keeps."""
    file = url.removeprefix("sqlite:///")
    if file != url and not Path(file).is_file():
        raise StoreError(f"{url}: there is no such database. Check --database.")
    return asyncio.run(_read(url))


async def _read(url: str) -> dict[str, Questionnaire]:
    async with await Database.open(url) as database:
        return await database.read(_newest)


def _newest(connection: Connection) -> dict[str, Questionnaire]:
    return {form.name: form for form in questionnaires.newest_of_all(connection)}
