"""The promise that no other system proves, in short: the whole bot, killed with -9 while people answer and reminders go out.

The long form is `make soak`.
"""

import shutil
from pathlib import Path

from sqlalchemy import make_url

from tests.soak.faulting import week
from tests.soak.killing import killed


async def test_killed_at_any_instant_nothing_acknowledged_is_lost_nothing_doubled_nobody_nagged(
    database_url: str, tmp_path: Path
):
    deaths, wrong = await killed(tmp_path, database_url, size=10, pace=0.05, kills=10, seed=1)
    assert "\n".join(wrong) == ""
    assert deaths.number >= 6
    assert len(deaths.at) >= 3


async def test_under_faults_answers_and_dispositions_are_those_of_a_week_in_which_nothing_goes_wrong(
    sqlite_url: str, tmp_path: Path
):
    (tmp_path / "calm").mkdir()
    calm_url = shutil.copy(str(make_url(sqlite_url).database), tmp_path / "calm")
    calm = await week(
        tmp_path / "calm", f"sqlite:///{calm_url}", size=4, first=6, pace=0.03, seed=None
    )
    rough = await week(tmp_path, sqlite_url, size=4, first=6, pace=0.03, seed=1)
    assert (calm.wrong, rough.wrong) == ([], [])
    assert rough.stored == calm.stored
    assert len(rough.kinds()) >= 4
