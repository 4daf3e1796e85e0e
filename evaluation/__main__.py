"""`python -m evaluation`: three tables in, the weekly summary out as text, picture, workbook and numbers.

A week without news has no picture, one honest line is enough. Exit 0, or 2 with one line that says what is wrong with the input. Holds no logic; the same input writes the same
bytes. The bot starts this as a process of its own and never imports it.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from evaluation.digest import has_news
from evaluation.errors import EvaluationError
from evaluation.frames import Tables, read_tables
from evaluation.numbers_file import numbers_of
from evaluation.period import period_of
from evaluation.register import read_register, write_register
from evaluation.releases import Register
from evaluation.results import Results, evaluate
from evaluation.study import Plan, read_study
from evaluation.summary import weekly_text
from evaluation.texts import Texts, read_texts
from evaluation.workbook.book import results_workbook


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        _summarise(options)
    except EvaluationError as wrong:
        print(f"evaluation: {wrong}", file=sys.stderr)  # noqa: T201  the operator's line
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description="Evaluate the answers: weekly summary as text, picture, workbook, numbers."
    )  # fmt: skip
    parser.add_argument("responses", type=Path, help="responses.csv, one row per response and item")
    parser.add_argument("codebook", type=Path, help="codebook.csv, one row per item and code")
    parser.add_argument("--trainings", type=Path, required=True, help="trainings.csv")
    parser.add_argument("--study", type=Path, required=True, help="study.toml")
    parser.add_argument("--texts", type=Path, required=True, help="folder of evaluation.*.po")
    parser.add_argument(
        "--releases", type=Path, help="register of published numbers, read and written"
    )
    parser.add_argument(
        "--as-of", help="ISO time with offset; default: the last time in the responses"
    )
    parser.add_argument("--week", help="ISO week in which the summary is sent, such as 2027-W05")
    parser.add_argument("--language", default="id")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        help="folder for summary.txt, .png, .json and results.xlsx",
    )
    return parser


def _summarise(options: argparse.Namespace) -> None:
    plan = read_study(options.study)
    texts = read_texts(options.texts, options.language)
    tables = read_tables(options.responses, options.codebook, options.trainings)
    register = Register() if options.releases is None else read_register(options.releases)
    period = period_of(options.week, _as_of(options.as_of, tables), plan)
    results = evaluate(tables, plan, period, register)
    text = weekly_text(results, plan, texts)
    picture = _picture(results, plan, texts) if has_news(results, plan) else None
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "summary.txt").write_text(text, encoding="utf-8")
    (options.out / "summary.png").unlink(missing_ok=True)
    if picture is not None:
        (options.out / "summary.png").write_bytes(picture)
    (options.out / "results.xlsx").write_bytes(results_workbook(results, tables, plan, texts))
    (options.out / "summary.json").write_text(numbers_of(results, plan), encoding="utf-8")
    if options.releases is not None:  # last: only what was written has been published
        write_register(options.releases, results.register)


def _picture(results: Results, plan: Plan, texts: Texts) -> bytes:
    from evaluation.charts import draw_week  # noqa: PLC0415  matplotlib is not loaded in a quiet week

    return draw_week(results, plan, texts)


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
    return moment


if __name__ == "__main__":
    sys.exit(main())
