"""What hinders the transfer of training: who named which barrier, and which one hinders most. Pure counting.

Alumni and superiors choose from the same codes, so that their views can be set side by side (DOMAIN section 4).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

NO_BARRIER = "tidak_ada"  # the exclusive "there is none": counts as an answer, is no barrier
OTHER_BARRIER = "lainnya"  # written in words: a barrier, but no rule can say what helps against it


@dataclass(frozen=True, slots=True)
class Barrier:
    code: str
    named: int  # of n people
    main: int  # of those who have a main barrier


@dataclass(frozen=True, slots=True)
class Ranking:
    """n people answered, `without` of them "none"; `with_main` have a main barrier; the most named first."""

    n: int
    without: int
    with_main: int
    barriers: tuple[Barrier, ...]


def rank(
    chosen: Mapping[str, Collection[str]],
    main: Mapping[str, str],
    listed: Collection[str],
    unknown: Collection[str],
) -> Ranking:
    """Rank all `listed` barriers. `chosen`: person -> codes; `main`: person -> the worst one, where it was asked.

    Who chose one barrier only has thereby named the main one (B14 is derived then). Whoever chose nothing
    but codes of `unknown` ("do not know") is not counted at all.
    """
    informed = {who: set(codes) - set(unknown) for who, codes in chosen.items()}
    informed = {who: codes for who, codes in informed.items() if codes}
    worst = {
        who: _worst(codes - {NO_BARRIER}, main.get(who, "")) for who, codes in informed.items()
    }
    barriers = [
        Barrier(
            code,
            sum(1 for codes in informed.values() if code in codes),
            sum(1 for answer in worst.values() if answer == code),
        )
        for code in set(listed) - set(unknown) - {NO_BARRIER}
    ]
    return Ranking(
        len(informed),
        sum(1 for codes in informed.values() if NO_BARRIER in codes),
        sum(1 for answer in worst.values() if answer),
        tuple(sorted(barriers, key=lambda barrier: (-barrier.named, -barrier.main, barrier.code))),
    )


def _worst(barriers: Collection[str], answered: str) -> str:
    if answered in barriers:
        return answered
    return next(iter(barriers)) if len(barriers) == 1 else ""
