"""3,000 invitations at the simulator's real limits, by `make soak`: within 5 % of the theoretical time, and Telegram refuses none."""

import sys

import pytest

from bot import metronome, ticker
from tests.soak.inviting import sending, theoretical_seconds

PEOPLE = 3000
MOST_OVER = 1.05
PAUSED_AT = (500, 1500, 2500)


async def test_three_thousand_invitations_take_what_they_must_and_none_is_refused(sqlite_url: str):
    async with sending(sqlite_url, PEOPLE) as at:
        await at.until(1, 60)
        took = await at.until(PEOPLE, 300)
        share = took / theoretical_seconds(PEOPLE)
        sys.stdout.write(f"{PEOPLE} invitations in {took:.1f} s, {share:.3f} of the theoretical time, "
                         f"{at.refused} refused, {at.board_edits} edits of the board\n")  # fmt: skip
        assert at.refused == 0
        assert share < MOST_OVER
        assert at.board_edits > 10


async def test_three_thousand_paused_again_and_again_are_each_invited_once(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(metronome, "TICK_SECONDS", 1)
    async with sending(sqlite_url, PEOPLE) as at:
        for number in PAUSED_AT:
            await at.until(number, 300)
            still = await at.pause()
            sys.stdout.write(f"paused at {number}: {still} under way still arrived\n")
            assert still <= ticker.CLAIMED_AT_ONCE
            await at.until_board_says(f"Dijeda: terkirim {at.invited} dari {PEOPLE}", 10)
            await at.resume()
        await at.until(PEOPLE, 300)
        await at.until_board_says(f"Terkirim {PEOPLE} dari {PEOPLE}", 10)
        assert (at.most_to_one, at.refused) == (1, 0)


async def test_stopped_in_the_middle_of_three_thousand_the_others_are_never_written_to(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(metronome, "TICK_SECONDS", 1)
    async with sending(sqlite_url, PEOPLE) as at:
        await at.until(600, 300)
        still = await at.stop()
        sys.stdout.write(f"stopped at 600: {still} under way still arrived\n")
        assert still <= ticker.CLAIMED_AT_ONCE
        await at.until_board_says(f"Dihentikan: terkirim {at.invited} dari {PEOPLE}", 10)
        assert at.most_to_one == 1
