"""The contact contract against an independent model of it, in short: four months of a small office. The long form is `make soak`."""

import ast
from datetime import date
from pathlib import Path

import pytest

from tests.soak.world import drawn_world
from tests.soak.years import compared

MODEL = Path(__file__).parent / "soak"


async def test_four_months_of_contacts_and_summaries_are_where_an_independent_model_puts_them(
    sqlite_url: str,
):
    """With Ramadan, the holidays after it, the office's own days, summer time in Europe, stops of ten hours and of ten days."""
    world = drawn_world(4, date(2026, 12, 7), 135, class_size=5)
    found = await compared(world, sqlite_url)
    assert found.differences == []
    assert len(found.said) >= 8
    assert found.summaries > 20


@pytest.mark.parametrize("name", ["contract.py", "contract_office.py", "world.py"])
def test_the_model_shares_no_code_with_the_bot(name: str):
    tree = ast.parse((MODEL / name).read_text("utf-8"))
    imported = [
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    ] + [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
    assert {one.partition(".")[0] for one in imported} & {"bot", "evaluation"} == set()
