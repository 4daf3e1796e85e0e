"""What hinders the transfer of training: who named which barrier, and which one hinders most. Pure counting.

Alumni and superiors choose from the same codes, so that their views can be set side by side (DOMAIN section 4).
"""

from collections import Counter
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
    given: Mapping[tuple[str, ...], int],
    listed: Collection[str],
    unknown: Collection[str],
) -> Ranking:
    """Rank all `listed` barriers. `given`: (the codes chosen, spaces between; the worst one, where it was asked) -> people.

    Who chose one barrier only has thereby named the main one (B14 is derived then). Whoever chose nothing
    but codes of `unknown` ("do not know") is not counted at all.
    """
    people, without, with_main = 0, 0, 0
    named, main = Counter[str](), Counter[str]()
    for (chosen, answered), times in given.items():
        codes = set(chosen.split()) - set(unknown)
        worst = _worst(codes - {NO_BARRIER}, answered)
        people += times if codes else 0
        without += times if NO_BARRIER in codes else 0
        with_main += times if worst else 0
        named.update(dict.fromkeys(codes, times))
        main[worst] += times
    barriers = [
        Barrier(code, named[code], main[code]) for code in set(listed) - set(unknown) - {NO_BARRIER}
    ]
    return Ranking(
        people, without, with_main,
        tuple(sorted(barriers, key=lambda barrier: (-barrier.named, -barrier.main, barrier.code))),
    )  # fmt: skip


def _worst(barriers: Collection[str], answered: str) -> str:
    if answered in barriers:
        return answered
    return next(iter(barriers)) if len(barriers) == 1 else ""
