"""A large sending at Telegram's real limits, in short; 3,000 invitations are for `make soak`. In real time."""

from tests.soak.inviting import sending, theoretical_seconds


async def test_a_sending_keeps_near_telegrams_limits_and_never_beyond(sqlite_url: str):
    async with sending(sqlite_url, 90) as at:
        await at.until(1, 20)
        took = await at.until(90, 20)
        assert at.refused == 0
        assert took < 2 * theoretical_seconds(90)
        await at.until_board_says("90 dari 90", 10)
