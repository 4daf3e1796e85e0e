"""3,000 invitations at the simulator's real limits, by `make soak`: within 5 % of the theoretical time, and Telegram refuses none."""

import sys

from tests.soak.inviting import sending, theoretical_seconds

PEOPLE = 3000
MOST_OVER = 1.05


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
