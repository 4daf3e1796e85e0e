"""The promise that no other system proves, in short: the whole bot, killed with -9 while people answer and reminders go out.

The long form is `make soak`.
"""

from pathlib import Path

from tests.soak.killing import killed


async def test_killed_at_any_instant_nothing_acknowledged_is_lost_nothing_doubled_nobody_nagged(
    database_url: str, tmp_path: Path
):
    deaths, wrong = await killed(tmp_path, database_url, size=10, pace=0.05, kills=10, seed=1)
    assert "\n".join(wrong) == ""
    assert deaths.number >= 6
    assert len(deaths.at) >= 3
