"""summary.json: every number behind the text and the picture, for the bot, for tests and for the curious.

Holds published numbers and counts only; what disclosure holds back is not in it.
"""

import json
from dataclasses import asdict

from evaluation.digest import stories
from evaluation.disclosure import as_json
from evaluation.rates import rr1, rr2
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
            }
            for result in results.trainings
        },
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
        "new": entry.new,
        "n": None if entry.release is None else entry.release.n,
        "cells": [] if entry.release is None else [as_json(cell) for cell in entry.release.cells],
    }
