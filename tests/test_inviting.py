"""A large sending at Telegram's real limits, in short; 3,000 invitations are for `make soak`. In real time."""

import pytest

from bot import metronome, ticker
from tests.soak.inviting import sending, theoretical_seconds


async def test_a_sending_keeps_near_telegrams_limits_and_never_beyond(sqlite_url: str):
    async with sending(sqlite_url, 90) as at:
        await at.until(1, 20)
        took = await at.until(90, 20)
        assert at.refused == 0
        assert took < 2 * theoretical_seconds(90)
        await at.until_board_says("90 dari 90", 10)


async def test_paused_and_then_stopped_at_full_speed_only_what_is_under_way_still_arrives(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(metronome, "TICK_SECONDS", 0.2)
    async with sending(sqlite_url, 200) as at:
        await at.until(40, 20)
        assert await at.pause() <= ticker.CLAIMED_AT_ONCE
        assert at.invited < 100
        await at.until_board_says(f"Dijeda: terkirim {at.invited} dari 200", 10)
        await at.resume()
        await at.until(at.invited + 10, 20)
        assert await at.stop() <= ticker.CLAIMED_AT_ONCE
        await at.until_board_says(f"Dihentikan: terkirim {at.invited} dari 200", 10)
        assert at.invited < 200
        assert at.most_to_one == 1
