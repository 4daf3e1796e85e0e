"""`python -m evaluation.microdata`: single answers, coarsened, as CSV and SPSS files with their codebook.

A class of its own: everything else this room writes has passed the gate of disclosure, this has not. Only
administrators are given it, and the bot notes down who was. The same input writes the same bytes.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from evaluation.command import made_folder, run
from evaluation.frames import read_responses, read_tables
from evaluation.microdata.cases import Cases, cases_of
from evaluation.microdata.coarse import by_question, coarsened
from evaluation.microdata.listing import codebook_markdown, codebook_workbook
from evaluation.microdata.questions import questions_of
from evaluation.microdata.safe import csv_bytes
from evaluation.microdata.sav import sav
from evaluation.study import Plan, read_study
from evaluation.texts import Texts, read_texts


def main(arguments: Sequence[str] | None = None) -> int:
    return run(_write, _parser().parse_args(arguments))


def _write(options: argparse.Namespace) -> None:
    made, out = _made(options), made_folder(options.out)
    for name, content in made.items():
        (out / name).write_bytes(content)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.microdata", description="Single answers, coarsened: CSV, SPSS and codebook."
    )  # fmt: skip
    parser.add_argument("responses", type=Path, help="responses.csv, one row per response and item")
    parser.add_argument("codebook", type=Path, help="codebook.csv, one row per item and code")
    parser.add_argument("--trainings", type=Path, required=True, help="trainings.csv")
    parser.add_argument("--study", type=Path, required=True, help="study.toml")
    parser.add_argument("--texts", type=Path, required=True, help="folder of the .po files")
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day written into the files")
    parser.add_argument("--language", default="id")
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    return parser


def _made(options: argparse.Namespace) -> dict[str, bytes]:
    """File name -> content."""
    plan, texts = read_study(options.study), read_texts(options.texts, options.language)
    codebook = read_tables(options.responses, options.codebook, options.trainings).codebook
    rows = read_responses(options.responses)  # checked, and read again as it stands
    rows = by_question(coarsened(rows, plan), codebook)
    files = [
        cases_of(rows, questions_of(codebook, name), name, texts)
        for name in sorted(set(rows["questionnaire"]) - {""})
    ]
    made_on = options.as_of or _last_day(list(rows["completed_on"]), list(rows["issued_on"]))
    return {
        "microdata.csv": csv_bytes(rows),
        **{f"{cases.questionnaire}.sav": _sav(cases, plan, made_on) for cases in files},
        **_codebook(files, plan, texts, made_on),
    }


def _sav(cases: Cases, plan: Plan, made_on: date) -> bytes:
    variables = [column.variable for column in cases.columns]
    return sav(variables, cases.rows(), cases.sets, plan.organiser, made_on)


def _codebook(files: list[Cases], plan: Plan, texts: Texts, made_on: date) -> dict[str, bytes]:
    return {
        "codebook.xlsx": codebook_workbook(files, plan.organiser, texts, made_on),
        "codebook.md": codebook_markdown(files, texts).encode(),
    }


def _last_day(*days: list[str]) -> date:
    known = [day for some in days for day in some if day]
    return date.fromisoformat(max(known)) if known else date(1970, 1, 1)


if __name__ == "__main__":
    sys.exit(main())
