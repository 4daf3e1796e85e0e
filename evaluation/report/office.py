"""[report] of study.toml: letterhead, number, who signs, the rules behind the evaluation, barrier -> recommendation.

Reads one table of one file; what is missing there is an EvaluationError that names the key.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from evaluation.errors import EvaluationError
from evaluation.values import table, texts

_Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to do about a finding: codes of barriers or names of dimensions that trigger it (DOMAIN section 5)."""

    findings: tuple[str, ...]
    deed: str
    owner: str
    due: str
    success: str


@dataclass(frozen=True, slots=True)
class Office:
    letterhead: tuple[str, ...]
    number: str
    place: str
    signatory_office: str
    signatory_name: str
    signatory_lines: tuple[str, ...]
    legal_basis: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]

    def against(self, finding: str) -> Recommendation | None:
        return next((each for each in self.recommendations if finding in each.findings), None)


def read_office(path: Path) -> Office:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        return _office(table("report", settings["report"]))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise EvaluationError(path.name, f"cannot be read ({type(wrong).__name__}).") from wrong
    except (TypeError, AttributeError) as wrong:
        raise EvaluationError(path.name, f"[report] has a wrong value: {wrong}.") from wrong
    except KeyError as missing:
        raise EvaluationError(
            path.name, f"the key {missing} is missing under [report]."
        ) from missing


def _office(report: _Table) -> Office:
    return Office(
        texts("letterhead", report["letterhead"]), str(report["number"]), str(report["place"]),
        str(report["signatory_office"]), str(report["signatory_name"]),
        texts("signatory_lines", report["signatory_lines"]), texts("legal_basis", report["legal_basis"]),
        tuple(_recommendation(table("recommendations", each)) for each in cast("Sequence[object]", report["recommendations"])),
    )  # fmt: skip


def _recommendation(entry: _Table) -> Recommendation:
    return Recommendation(
        texts("findings", entry["findings"]), str(entry["deed"]), str(entry["owner"]), str(entry["due"]),
        str(entry["success"]),
    )  # fmt: skip
