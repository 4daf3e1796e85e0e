"""`python -m evaluation`: three tables in, the weekly summary out as text, picture, workbook and numbers.

A week without news has neither picture nor workbook, one honest line is enough. Exit 0, or 2 with one line that says what is wrong with the input. Holds no logic; the same input writes the same
bytes. The bot starts this as a process of its own and never imports it.
"""

import argparse
import sys
from collections.abc import Sequence

from evaluation.command import Evaluated, evaluated, made_folder, parser_of, publish, run
from evaluation.digest import has_news
from evaluation.numbers_file import numbers_of
from evaluation.summary import weekly_text

OF_NEWS = ("summary.png", "results.xlsx")


def main(arguments: Sequence[str] | None = None) -> int:
    return run(_summarise, _parser().parse_args(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = parser_of(
        "python -m evaluation", "Evaluate the answers: weekly summary as text, picture, workbook, numbers.",
        "folder for summary.txt, .png, .json and results.xlsx",
    )  # fmt: skip
    parser.add_argument("--week", help="ISO week in which the summary is sent, such as 2027-W05")
    return parser


def _summarise(options: argparse.Namespace) -> None:
    made = evaluated(options, options.week)
    results, plan, texts = made.results, made.plan, made.texts
    text = weekly_text(results, plan, texts)
    news = _news(made) if has_news(results, plan) else {}
    made_folder(options.out)
    (options.out / "summary.txt").write_text(text, encoding="utf-8")
    for name in OF_NEWS:
        (options.out / name).unlink(missing_ok=True)
    for name, content in news.items():
        (options.out / name).write_bytes(content)
    (options.out / "summary.json").write_text(numbers_of(results, plan), encoding="utf-8")
    publish(options, made)


def _news(made: Evaluated) -> dict[str, bytes]:
    """Picture and workbook."""
    from evaluation.charts import draw_week  # noqa: PLC0415  neither matplotlib
    from evaluation.workbook.book import results_workbook  # noqa: PLC0415  nor xlsxwriter is loaded in a quiet week

    drawn = draw_week(made.results, made.plan, made.texts)
    workbook = results_workbook(made.results, made.tables, made.plan, made.texts)
    return dict(zip(OF_NEWS, (drawn, workbook), strict=True))


if __name__ == "__main__":
    sys.exit(main())
