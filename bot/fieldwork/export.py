"""The tables for the analyst: responses.csv, codebook.csv, trainings.csv. Pseudonyms only; read from a read connection.

1. The columns are the contract of DESIGN section 8, which evaluation/frames.py documents.
2. One row per response and item, and one with an empty item for every issued response. The order is fixed.
3. `flag` holds the words of survey/quality.py, spaces between: of the whole on the row without an item, of
   an answer on its own row.
4. A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.
Rows are written round by round, so a year of answers never stands in memory.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection

from bot.fieldwork.interview_export import printable
from bot.store import exports, office_sheets, released, trainings
from bot.store import rounds as stored_rounds
from bot.store.exports import Exported
from bot.store.rounds import Round
from bot.store.trainings import Training
from bot.survey import codebook
from bot.survey.case_selection import INTERVIEW
from bot.survey.quality import Given, Pace, flags_of, pace_of
from bot.survey.questionnaire import Questionnaire
from bot.survey.study import Study

RESPONSE_COLUMNS = (
    "training", "training_title", "cohort", "round", "role", "respondent", "about", "unit_group",
    "grade_group", "instructor", "disposition", "issued_at", "completed_at", "questionnaire",
    "version", "item", "value", "missing", "seconds", "revised", "flag", "proxy",
)  # fmt: skip
TRAINING_COLUMNS = (
    "training", "title", "cohort", "starts_on", "ends_on", "participants", "superiors_pairs",
    "rounds", "next_step", "competences",
    "office_budget_planned", "office_budget_used", "office_in_plan", "office_needs_analysis",
    "office_selection", "office_skm", "office_skm_before", "office_skm_after", "office_note",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_INSTRUCTOR = re.compile(r"\$\{(instruktur_\d)\}")


def write_tables(connection: Connection, study: Study, folder: Path) -> None:
    _write(folder / "responses.csv", RESPONSE_COLUMNS, _response_rows(connection, study))
    _write(folder / "codebook.csv", codebook.COLUMNS, _codebook_rows(connection))
    _write(folder / "trainings.csv", TRAINING_COLUMNS, _training_rows(connection, study))


def safe(text: str) -> str:
    """As a spreadsheet may open it."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        _write_rows(file, columns, rows)


def _write_rows(file: IO[str], columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    writer = csv.writer(file)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe(row.get(column, "")) for column in columns])


def _response_rows(connection: Connection, study: Study) -> Iterator[Mapping[str, str]]:
    known = exports.questionnaires_by_id(connection)
    for training in trainings.all_of_them(connection):
        for opened in _in_plan_order(connection, study, training):
            role = study.rounds[opened.kind].role if opened.kind in study.rounds else ""
            common = {
                "training": training.code, "training_title": training.title,
                "cohort": training.cohort, "round": opened.kind, "role": role,
            }  # fmt: skip
            yield from _anonymous_rows(connection, opened, common, known)
            pace = pace_of(exports.times_of_round(connection, opened.id))
            for response in exports.of_round(connection, opened.id):
                form = known[response.questionnaire_id]
                shown = _nameless(response, opened) if form.anonymous else response
                if opened.kind == INTERVIEW:
                    shown = printable(connection, opened, shown, form)
                if not shown.released:
                    yield from _rows_of(shown, common, form, pace)


def _anonymous_rows(
    connection: Connection,
    opened: Round,
    common: Mapping[str, str],
    known: Mapping[int, Questionnaire],
) -> Iterator[Mapping[str, str]]:
    """Each under a key of its own, which no other round has; the day is the Monday of its week."""
    for row in released.of_round(connection, opened.id):
        form = known[row.questionnaire_id]
        base = {
            **common, "respondent": f"a{row.key}", "disposition": row.disposition,
            "issued_at": _moment(opened.opened_at), "questionnaire": form.name,
            "completed_at": f"{row.week.isoformat()}T00:00:00+00:00", "version": form.version,
        }  # fmt: skip
        yield base
        places = {item.name: place for place, item in enumerate(form.items)}
        for name in sorted(row.answers, key=lambda one: places.get(one, len(places))):
            given = row.answers[name]
            yield {
                **base, "instructor": _instructor(form, name, row.hidden), "item": name,
                "value": given["value"], "missing": given["missing"], "revised": "0",
            }  # fmt: skip


def _nameless(response: Exported, opened: Round) -> Exported:
    """Who has not answered an anonymous form counts in the rates, under a pseudonym that no other round has."""
    drawn = hashlib.sha256(f"{opened.id} {response.seed} {response.respondent}".encode())
    return replace(
        response, respondent=f"n{drawn.hexdigest()[:12]}", about="", unit_group="", grade_group="",
        issued_at=opened.opened_at or response.issued_at, completed_at=None, answers=(),
    )  # fmt: skip


def _rows_of(
    response: Exported, common: Mapping[str, str], questionnaire: Questionnaire, pace: Pace
) -> Iterator[Mapping[str, str]]:
    base = {
        **common,
        "respondent": response.respondent, "about": response.about,
        "unit_group": response.unit_group, "grade_group": response.grade_group,
        "disposition": response.disposition, "issued_at": _moment(response.issued_at),
        "completed_at": _moment(response.completed_at),
        "questionnaire": questionnaire.name, "version": questionnaire.version,
        "proxy": "yes" if response.proxy else "",
    }  # fmt: skip
    given = {one.item: Given(one.value, one.seconds, one.revised) for one in response.answers}
    flags = flags_of(questionnaire, given, pace)
    yield {**base, "flag": " ".join(flags.response)}
    places = {item.name: place for place, item in enumerate(questionnaire.items)}
    for answer in sorted(response.answers, key=lambda one: places.get(one.item, len(places))):
        seconds = "" if answer.seconds is None else f"{answer.seconds:.1f}"
        yield {
            **base,
            "instructor": _instructor(questionnaire, answer.item, response.hidden),
            "item": answer.item, "value": answer.value, "missing": answer.missing,
            "seconds": seconds, "revised": str(answer.revised),
            "flag": " ".join(flags.items.get(answer.item, ())),
        }  # fmt: skip


def _instructor(questionnaire: Questionnaire, name: str, hidden: Mapping[str, str]) -> str:
    """Whom the question names, so that no item's name has to be known here."""
    try:
        labels = questionnaire.item(name).labels
    except KeyError:
        return ""
    named = {found for label in labels.values() for found in _INSTRUCTOR.findall(label)}
    return hidden.get(named.pop(), "") if len(named) == 1 else ""


def _codebook_rows(connection: Connection) -> Iterator[Mapping[str, str]]:
    found = exports.questionnaires_by_id(connection).values()
    for questionnaire in sorted(found, key=lambda one: (one.name, one.version)):
        yield from codebook.rows(questionnaire)


def _training_rows(connection: Connection, study: Study) -> Iterator[Mapping[str, str]]:
    sheets = office_sheets.answers_of_all(connection)
    for training in trainings.all_of_them(connection):
        planned = _in_plan_order(connection, study, training)
        described = [_round_of(connection, study, training, one) for one in planned]
        coming = [one for one in described if one["state"] == "planned"]
        enrolled = trainings.enrolled(connection, training.id)
        yield {
            "training": training.code, "title": training.title, "cohort": training.cohort,
            "starts_on": training.starts_on.isoformat(), "ends_on": training.ends_on.isoformat(),
            "participants": str(sum(one.role == "participant" for one in enrolled)),
            "superiors_pairs": str(sum(one.role == "superior" for one in enrolled)),
            "rounds": json.dumps(described),
            "next_step": str(coming[0]["kind"]) if coming else "",
            "competences": json.dumps(trainings.competence_labels(connection, training.id), ensure_ascii=False),
            **{f"office_{name}": value for name, value in sheets.get(training.id, {}).items()},
        }  # fmt: skip


def _round_of(
    connection: Connection, study: Study, training: Training, found: Round
) -> dict[str, str | int]:
    role = study.rounds[found.kind].role if found.kind in study.rounds else "participant"
    people = {one.person_id: one for one in trainings.enrolled(connection, training.id, role)}
    connected = sum(one.connected for one in people.values())
    return {
        "kind": found.kind, "opens_at": _moment(found.opened_at or found.opens_at),
        "closes_at": _moment(found.closes_at), "state": found.state,
        "connected": connected, "not_connected": len(people) - connected,
    }  # fmt: skip


def _in_plan_order(connection: Connection, study: Study, training: Training) -> list[Round]:
    order = {kind: place for place, kind in enumerate(study.rounds)}
    found = stored_rounds.of_training(connection, training.id)
    return sorted(found, key=lambda one: order.get(one.kind, len(order)))


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="seconds")
