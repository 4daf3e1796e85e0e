"""A B A B ...: legs of both bots in turn, so that whatever else the machine does meets both alike."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.phones import Leg
from tests.bench.rivals import ours, theirs


@dataclass(frozen=True, slots=True)
class Legs:
    ours: tuple[Leg, ...]
    theirs: tuple[Leg, ...]

    @property
    def ratio(self) -> float:
        """The middle one of the pairs' ratios."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return median(mine.per_second / other.per_second for mine, other in pairs)


async def race(folder: Path, people: int, legs: int) -> Legs:
    for name in ("ours", "theirs"):
        (folder / name).mkdir()
    async with ours(folder / "ours", people * legs) as mine, theirs(folder / "theirs") as other:
        ran = [(await mine.leg(people), await other.leg(people)) for _ in range(legs)]
    return Legs(tuple(pair[0] for pair in ran), tuple(pair[1] for pair in ran))


def table(legs: Legs) -> str:
    return (
        f"{'':24}{'replies/s':>10}{'p50':>9}{'p99':>9}\n"
        + _row("ours, FULL durability", legs.ours)
        + _row("ConversationHandler", legs.theirs)
        + f"ours is {legs.ratio:.2f} times as fast (median of {len(legs.ours)} interleaved pairs)\n"
    )


def _row(name: str, legs: tuple[Leg, ...]) -> str:
    waits = sorted(wait for leg in legs for wait in leg.waits)
    middle, late = (waits[int(share * (len(waits) - 1))] * 1000 for share in (0.5, 0.99))
    return (
        f"{name:24}{median(leg.per_second for leg in legs):10.0f}{middle:6.0f} ms{late:6.0f} ms\n"
    )
