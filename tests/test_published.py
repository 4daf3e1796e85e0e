"""What the analyst made is made anew when the register of releases was changed meanwhile, and not for ever."""

import pytest

from bot.published import MOST_TIMES, NotSettled, published


@pytest.mark.parametrize("lost", [0, 1, MOST_TIMES - 1])
async def test_it_is_made_anew_until_it_counts(lost: int) -> None:
    made: list[int] = []

    async def make() -> int:
        made.append(len(made))
        return made[-1]

    async def publish(one: int) -> bool:
        return one >= lost

    assert await published(make, publish) == lost
    assert len(made) == lost + 1


async def test_a_register_that_never_stands_still_is_an_error() -> None:
    async def make() -> str:
        return "made"

    async def publish(_: str) -> bool:
        return False

    with pytest.raises(NotSettled):
        await published(make, publish)
