"""`make bench`: answers a second end to end, our bot beside a ConversationHandler bot, in one interleaved run."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.bench.race import race, table

WANTED = 3.0


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--people", type=int, default=64)
    parser.add_argument("--legs", type=int, default=5, help="of each bot")
    parser.add_argument("--folder", type=Path, help="where the database stands: a disk, not memory")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="bungo-bench-", dir=given.folder) as folder:
        legs = asyncio.run(race(Path(folder), given.people, given.legs))
    sys.stdout.write(table(legs))
    return 0 if legs.ratio >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
