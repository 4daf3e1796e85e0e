"""The test of faults in its full length, by `make soak`: ten thousand calls, a tenth of them wrong."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.simulator.fault_plan import CALL_KINDS
from tests.soak.faulting import week

CALLS = 10_000
TOWNS = 5


@pytest.fixture(scope="module")
def counted() -> Iterator[Counter[str]]:
    found: Counter[str] = Counter()
    yield found
    sys.stdout.write(f"{dict(found)}\n")
    assert found["calls"] >= CALLS
    assert all(found[kind] for kind in CALL_KINDS)


@pytest.mark.parametrize("seed", range(TOWNS))
async def test_ten_thousand_calls_with_faults_store_what_calm_ones_store(
    tmp_path: Path, sqlite_url: str, seed: int, counted: Counter[str]
):
    (tmp_path / "calm").mkdir()
    calm_url = shutil.copy(str(make_url(sqlite_url).database), tmp_path / "calm")
    calm = await week(tmp_path / "calm", f"sqlite:///{calm_url}", size=50, pace=0.1, seed=None)
    rough = await week(tmp_path, sqlite_url, size=50, pace=0.3, seed=seed)
    counted.update({"calls": rough.calls, **rough.faults})
    assert "\n".join([*calm.wrong, *rough.wrong]) == ""
    assert rough.stored == calm.stored
