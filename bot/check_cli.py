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

from sqlalchemy import Connection

from bot.chat.finding_lines import chat, line
from bot.chat.texts import DEFAULT_LANGUAGE, Texts, load_texts
from bot.check_table import table
from bot.clock import Clock, SystemClock
from bot.errors import BotError, StoreError
from bot.store import questionnaires
from bot.store.database import Database
from bot.survey.checking import Report, check
from bot.survey.coverage import coverage_of
from bot.survey.questionnaire import Questionnaire
from bot.survey.simulating import simulated
from config.settings import SettingsProblem, load_store_settings


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
