"""Break the code on purpose: every patch must turn its named test red, or our tests cannot fail.

A patch file opens with lines before the first `diff`/`---`:
    why:  what the small wrong change is
    test: the pytest node that must fail (several lines are allowed: each must fail)

Each patch is applied to a copy of the tree; the tree itself is never touched. A patch that no longer
applies is an error: mend it together with the code it wounds. A failure must be a failed test, not a
collection error, and the same test must be green without the patch.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
COPIED = (
    "bot", "evaluation", "config", "tests", "docs", ".ci", "pyproject.toml", "README.md", "Makefile",
    "Procfile", ".env.example", "CHANGELOG.md",
)  # fmt: skip
TESTS_FAILED = 1  # pytest's exit code; 2 to 5 are collection errors and the like
SECONDS = 240  # for the tests of one patch
SECONDS_UNHARMED = 1200  # for those of all patches, which grow with them
IN_PARALLEL = ("-n", "2", "--dist", "loadfile")
APPLY = ("git", "apply", "-p1", "-C1", "--recount")


@dataclass(frozen=True)
class Wound:
    path: Path
    why: str
    tests: tuple[str, ...]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.sabotage", description=__doc__)
    parser.add_argument("only", nargs="*", help="parts of patch names")
    only = parser.parse_args(argv).only
    wounds = [
        read(path)
        for path in sorted(Path(__file__).parent.glob("*.patch"))
        if not only or any(part in path.name for part in only)
    ]
    wanted = sorted({test for wound in wounds for test in wound.tests})
    healthy = pytest_exit(ROOT, [*IN_PARALLEL, *wanted], SECONDS_UNHARMED)
    if healthy != 0:
        sys.stdout.write(f"The named tests are not green without a patch (exit {healthy}).\n")
        return 1
    with ThreadPoolExecutor(max_workers=2) as pool:
        survivors = sum(pool.map(report, wounds))
    sys.stdout.write(f"{len(wounds)} patches, {survivors} not noticed by their tests\n")
    return 1 if survivors or not wounds else 0


def read(path: Path) -> Wound:
    head = path.read_text(encoding="utf-8").split("\n--- ", 1)[0].splitlines()
    fields = [line.split(": ", 1) for line in head if ": " in line]
    why = next(value for key, value in fields if key == "why")
    return Wound(path, why, tuple(value.strip() for key, value in fields if key == "test"))


def report(wound: Wound) -> bool:
    """True when the wound survived unseen."""
    problem = inflict(wound)
    sys.stdout.write(
        f"{'NOT SEEN' if problem else 'red':8} {wound.path.stem}: {problem or wound.why}\n"
    )
    sys.stdout.flush()
    return bool(problem)


def inflict(wound: Wound) -> str:
    with tempfile.TemporaryDirectory(prefix="sabotage-") as folder:
        house = Path(folder)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, house / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy2(source, house / name)
        applied = subprocess.run(
            [*APPLY, str(wound.path)], cwd=house, capture_output=True, text=True, check=False
        )
        if applied.returncode:
            return f"the patch does not apply: {applied.stderr.strip()[:200]}"
        for test in wound.tests:
            code = pytest_exit(house, [test])
            if code != TESTS_FAILED:
                return f"{test} ended with exit {code}, expected a failed test"
    return ""


def pytest_exit(house: Path, tests: list[str], seconds: float = SECONDS) -> int:
    """Of pytest; -1 when it took longer."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        finished = subprocess.run(
            command, cwd=house, capture_output=True, text=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return -1
    if finished.returncode not in {0, TESTS_FAILED}:
        sys.stdout.write(finished.stdout[-2000:] + finished.stderr[-1000:])
    return finished.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
