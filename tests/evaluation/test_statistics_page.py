"""docs/statistics.md: every statistic and every kind of cell stands there with tests that exist."""

import ast
import inspect
from functools import cache
from importlib import import_module

import pytest

from evaluation.catalogue import KINDS
from tests.evaluation.tables import ROOT

MODULES = (
    "numbers", "scales", "rates", "change", "promoters", "reliability", "weighting", "nonresponse", "barriers",
)  # fmt: skip
_, FUNCTIONS, CELLS = (ROOT / "docs/statistics.md").read_text(encoding="utf-8").split("\n## ")


def rows(section: str) -> list[list[str]]:
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


@cache
def names_in(name: str) -> frozenset[str]:
    tree = ast.parse((ROOT / f"tests/evaluation/test_{name}.py").read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def public(module: str) -> set[str]:
    found = inspect.getmembers(import_module(f"evaluation.{module}"), inspect.isfunction)
    return {
        f"{module}.{name}"
        for name, function in found
        if not name.startswith("_") and function.__module__ == f"evaluation.{module}"
    }


def test_every_public_statistic_stands_once():
    expected = {name for module in MODULES for name in public(module)}
    assert sorted(row[0] for row in rows(FUNCTIONS)) == sorted(expected)


def test_every_kind_of_cell_stands_once():
    assert sorted(row[0] for row in rows(CELLS)) == sorted(kind.kind for kind in KINDS)


@pytest.mark.parametrize(
    "named", [*(cell for row in rows(FUNCTIONS) for cell in row[2::2] if cell), *(row[1] for row in rows(CELLS))]
)  # fmt: skip
def test_every_test_that_is_named_exists(named: str):
    file, _, test = named.partition("::")
    assert f"test_{test}" in names_in(file)


def test_every_statistic_has_a_golden_value():
    assert [row[0] for row in rows(FUNCTIONS) if not (row[1] and row[2])] == []


def test_an_oracle_is_named_with_its_test():
    assert [row[0] for row in rows(FUNCTIONS) if bool(row[3]) != bool(row[4])] == []
