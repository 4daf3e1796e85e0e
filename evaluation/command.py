"""What the commands of this room share: their arguments, reading the tables, evaluating them. Writes no file but the register."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from evaluation.errors import EvaluationError
from evaluation.frames import Tables, read_tables
from evaluation.period import period_of
from evaluation.register import read_register, write_register
from evaluation.releases import Register
from evaluation.results import Results, evaluate
from evaluation.study import Plan, read_study
from evaluation.texts import Texts, read_texts
from evaluation.values import in_calendar


@dataclass(frozen=True, slots=True)
class Evaluated:
    plan: Plan
    texts: Texts
    tables: Tables
    results: Results


def parser_of(prog: str, description: str, out: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=prog, description=description)
    parser.add_argument("responses", type=Path, help="responses.csv, one row per response and item")
    parser.add_argument("codebook", type=Path, help="codebook.csv, one row per item and code")
    parser.add_argument("--trainings", type=Path, required=True, help="trainings.csv")
    parser.add_argument("--study", type=Path, required=True, help="study.toml")
    parser.add_argument("--texts", type=Path, required=True, help="folder of the .po files")
    parser.add_argument(
        "--releases", type=Path, help="register of published numbers, read and written"
    )
    parser.add_argument(
        "--as-of", help="ISO time with offset; default: the last time in the responses"
    )
    parser.add_argument("--language", default="id")
    parser.add_argument("--out", type=Path, required=True, help=out)
    return parser


def evaluated(options: argparse.Namespace, week: str | None = None) -> Evaluated:
    """EvaluationError for the first thing that is wrong with the input."""
    plan = read_study(options.study)
    texts = read_texts(options.texts, options.language)
    tables = read_tables(options.responses, options.codebook, options.trainings)
    register = Register() if options.releases is None else read_register(options.releases)
    period = period_of(week, _as_of(options.as_of, tables), plan)
    return Evaluated(plan, texts, tables, evaluate(tables, plan, period, register))


def run(action: Callable[[argparse.Namespace], None], options: argparse.Namespace) -> int:
    """Exit 0, or 2 with one line for the operator: what is wrong with the input, or which file cannot be written."""
    try:
        action(options)
    except EvaluationError as wrong:
        sys.stderr.write(f"evaluation: {wrong}\n")
    except OSError as wrong:
        name = Path(str(wrong.filename or options.out)).name
        sys.stderr.write(f"evaluation: {name}: cannot be written ({wrong.strerror}).\n")
    else:
        return 0
    return 2


def made_folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise EvaluationError(
            "--out", f"{path.name!r} is no folder and cannot become one."
        ) from wrong
    return path


def publish(options: argparse.Namespace, made: Evaluated) -> None:
    """Last of all: only what was written has been published."""
    if options.releases is not None:
        write_register(options.releases, made.results.register)


def _as_of(text: str | None, tables: Tables) -> datetime:
    if text is None:
        last = tables.last_moment()
        if last is None:
            raise EvaluationError("--as-of", "is needed, since the responses hold no time.")
        return last
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise EvaluationError("--as-of", f"{text!r} is not an ISO time.") from wrong
    if moment.tzinfo is None:
        raise EvaluationError("--as-of", f"{text!r} has no offset such as +07:00.")
    try:
        return in_calendar(moment, text)
    except ValueError as wrong:
        raise EvaluationError("--as-of", f"{wrong}.") from wrong
