"""summary.json: every number behind the text and the picture, for the bot, for tests and for the curious.

Holds published numbers and counts only; what disclosure holds back is not in it.
"""

import json
from dataclasses import asdict

from evaluation.digest import stories
from evaluation.indicators import Line
from evaluation.rates import rr1, rr2
from evaluation.register import as_json
from evaluation.releases import Release
from evaluation.results import Results, RoundResult
from evaluation.study import Plan


def numbers_of(results: Results, plan: Plan) -> str:
    """JSON text with sorted keys, so that the same input gives the same bytes."""
    whole = {
        "period": {name: day.isoformat() for name, day in asdict(results.period).items()},
        "index": {"name": plan.index_name, "factor": plan.factor, "source": plan.index_source},
        "k": plan.k,
        "trainings": {
            result.training.code: {
                "title": result.training.title,
                "rounds": {entry.round.kind: _round(entry) for entry in result.rounds},
                "indicators": {
                    indicator.name: [_line(line) for line in indicator.lines]
                    for indicator in result.indicators
                },
            }
            for result in results.trainings
        },
        "pooled": {
            kind: {
                "n": pooled.n,
                "cells": _cells(pooled, grouped=False),
                "groups": _cells(pooled, grouped=True),
            }
            for kind, pooled in results.pooled.items()
        },
        "instructors": [
            {
                "scope": sheet.scope, "name": sheet.name, "n": sheet.cell.n,
                "index": sheet.cell.numbers["index"], "others": sheet.others,
                "number_of_others": sheet.number_of_others,
            }
            for sheet in results.instructors
        ],
        "differing": [asdict(each) for each in results.differing],
        "told": [
            {
                "training": story.result.training.code,
                "actions": [asdict(action) | {"due": action.due.isoformat()} for action in story.actions],
            }
            for story in stories(results, plan)
        ],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def _round(entry: RoundResult) -> dict[str, object]:
    counts = entry.counts
    return {
        "state": entry.round.state,
        "counts": asdict(counts) | {"eligible": counts.eligible, "answered": counts.answered},
        "rr1": rr1(counts),
        "rr2": rr2(counts),
        "rates": {each.role: asdict(each.rates) for each in entry.rates},
        "new": entry.new,
        "n": None if entry.release is None else entry.release.n,
        "cells": _cells(entry.release, grouped=False),
        "groups": _cells(entry.release, grouped=True),
        "withheld": [asdict(each) for each in entry.withheld],
        "moved": [asdict(each) for each in entry.moved],
        "participation": [asdict(each) for each in entry.participation],
        "texts": {quotes.item: len(quotes.texts) for quotes in entry.quotes},
    }


def _cells(release: Release | None, *, grouped: bool) -> list[dict[str, object]]:
    cells = () if release is None else release.cells
    return [as_json(cell) for cell in cells if bool(cell.group) == grouped]


def _line(line: Line) -> dict[str, object]:
    return {
        "item": line.item, "code": line.code, "round": line.round,
        "n": None if line.cell is None else line.cell.n,
        "share": None if line.share is None else asdict(line.share),
    }  # fmt: skip
