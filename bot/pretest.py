"""python -m bot pretest FORM: a form asked in the terminal, before it meets a respondent. Needs no bot, no database.

    python -m bot pretest config/questionnaires/post_training.md --with nama_pelatihan="Excel Dasar"
    python -m bot pretest FORM.xlsx --language en --save tests/survey/transcripts/short.txt
    python -m bot pretest FORM.md --replay chat.txt       the same chat with the form as it is now

It writes nothing but the file named after --save.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.clock import Clock, SystemClock
from bot.errors import StudyError
from bot.survey.commands import NotUnderstood
from bot.survey.pretest_walk import walk_through
from bot.survey.questionnaire import Questionnaire
from bot.survey.transcript import Header, played, read
from bot.survey.xlsform import compile_form


def main(arguments: Sequence[str], clock: Clock | None = None) -> int:
    wanted = _parser().parse_args(arguments)
    try:
        questionnaire = compile_form(wanted.form)
    except (StudyError, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    if wanted.replay:
        return _replayed(questionnaire, wanted.replay)
    header = _header(questionnaire, wanted, (clock or SystemClock()).now())
    did = walk_through(questionnaire, header, _line, _show)
    if wanted.save:
        wanted.save.write_text(played(questionnaire, header, did), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot pretest", description="Walk a form.")
    parser.add_argument("form", type=Path, metavar="FORM", help="an XLSForm: .md or .xlsx")
    parser.add_argument("--language", help="id or en; the form's first language by default")
    parser.add_argument("--with", dest="hidden", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--seed", type=int, default=1, help="for the order of shuffled options")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the walk as a transcript")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="play a saved walk again")
    return parser


def _replayed(questionnaire: Questionnaire, path: Path) -> int:
    header, did = read(path.read_text(encoding="utf-8"))
    try:
        sys.stdout.write(played(questionnaire, header, did))
    except NotUnderstood as words:
        sys.stderr.write(f'{path}: "{words}" does not fit what is shown at that point.\n')
        return 1
    return 0


def _header(questionnaire: Questionnaire, wanted: argparse.Namespace, now: datetime) -> Header:
    pairs = (pair.partition("=") for pair in wanted.hidden)
    hidden = {name.strip(): value.strip() for name, _, value in pairs}
    language = wanted.language or questionnaire.languages[0]
    at = now.replace(microsecond=0)
    return Header(questionnaire.name, at, language, wanted.seed, hidden)


def _line() -> str | None:
    try:
        return input("YOU  ")
    except EOFError:
        return None


def _show(line: str) -> None:
    sys.stdout.write(f"{line}\n")
