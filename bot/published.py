"""The ticker's hand for what counts as published: made by the analyst, and made anew when the register was changed meanwhile.

Two outputs may be under way at once, the weekly one and what somebody asked for; each must know what the other shows.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.errors import BotError

MOST_TIMES = 3

T = TypeVar("T")


class NotSettled(BotError):
    """The register was changed each time. Whoever claimed the work leaves it claimed: it is done again later."""


async def published(make: Callable[[], Awaitable[T]], publish: Callable[[T], Awaitable[bool]]) -> T:
    for _ in range(MOST_TIMES):
        made = await make()
        if await publish(made):
            return made
    raise NotSettled("the register of releases was changed while something was made")
