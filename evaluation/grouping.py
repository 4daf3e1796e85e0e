"""Groups of a roster, the small ones put together, so that all of them can stand beside their total. Pure."""

from collections.abc import Mapping

MERGED = "*"  # the name of the groups put together; texts give it words


def collapsed(sizes: Mapping[str, int], least: int) -> dict[str, str]:
    """Group -> the name under which it is shown: its own, or `MERGED`.

    Groups below `least` become one, and as long as that one is still too small the smallest of the others joins it.
    """
    in_order = sorted(sizes, key=lambda name: (sizes[name], name))
    small = [name for name in in_order if sizes[name] < least]
    large = in_order[len(small) :]
    while small and large and sum(sizes[name] for name in small) < least:
        small.append(large.pop(0))
    return {**dict.fromkeys(small, MERGED), **{name: name for name in large}}
