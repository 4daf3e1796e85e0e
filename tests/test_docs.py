"""The documents tell the truth: what they name exists, and what exists is named."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.fieldwork import export
from bot.survey import codebook
from evaluation import frames
from tests.report_pages import PAGES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout.split()
# A sabotage copy is not a checkout; there the files on the disk are looked at.
FILES = [ROOT / name for name in TRACKED] or [
    path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts
]


def text_files():
    for path in FILES:
        if path.suffix in {".png", ".xlsx"} or not path.exists():
            continue
        yield path, path.read_text(encoding="utf-8")


def test_every_file_the_readme_links_to_exists():
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_pictures_of_the_tour_are_those_of_the_script_each_shown_and_small():
    script = (ROOT / "tests/screenshots.py").read_text(encoding="utf-8")
    shown = set(re.findall(r"\(docs/screenshots/([a-z-]+)\.png\)", README))
    kept = {path.stem: path for path in (ROOT / "docs/screenshots").glob("*.png")}
    assert shown == kept.keys()
    assert len(shown) >= 6
    assert {name for name in shown if f'"{name}"' not in script} == set()
    assert [path.name for path in kept.values() if path.stat().st_size > 250_000] == []


def test_the_pages_of_the_report_are_those_of_the_script_each_shown_and_small():
    kept = {path.stem: path for path in (ROOT / "docs/report").glob("*.png")}
    assert kept.keys() == PAGES.keys() == set(re.findall(r"\(docs/report/([a-z]+)\.png\)", README))
    assert [path.name for path in kept.values() if path.stat().st_size > 150_000] == []


def test_every_make_command_of_the_readme_exists():
    named = set(re.findall(r"`?make ([a-z]+)", README)) - {"and", "it"}
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert named
    assert named <= targets


def test_every_bot_command_of_the_readme_is_dispatched():
    dispatcher = (ROOT / "bot/__main__.py").read_text(encoding="utf-8")
    named = set(re.findall(r"python -m bot ([a-z-]+)", README))
    assert {name for name in named if f'"{name}"' not in dispatcher} == set()


def test_the_continuous_integration_calls_the_readmes_test_command():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in README
    assert re.search(r"^make test$", script, re.MULTILINE)
    assert re.search(r"^make check$", script, re.MULTILINE)


def test_the_documented_table_columns_are_those_written_and_those_read():
    documented = re.sub(r"\s+", " ", README)
    for written, read in (
        (export.RESPONSE_COLUMNS, frames.RESPONSE_COLUMNS),
        (codebook.COLUMNS, frames.CODEBOOK_COLUMNS),
    ):
        assert ", ".join(written) in documented
        assert set(read) <= set(written)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_file_has_hashes_and_no_address(name: str):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith(("-i", "--index", "-f"))]
    pinned = [line for line in lines if "==" in line.split("--hash")[0]]
    hashes = [line for line in lines if "--hash=sha256:" in line]
    assert len(pinned) > 30
    assert len(hashes) >= len(pinned)


def test_every_direct_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for wanted in project["project"]["dependencies"]:
        name = re.split(r"[\[>=<]", wanted)[0]
        assert re.search(rf"^{re.escape(name)}(\[[a-z,]+\])?==", locked, re.MULTILINE), name


def test_no_file_names_a_package_registry_or_a_home_folder():
    registries = [part + ".org" for part in ("pypi", "files.pythonhosted", "registry.npmjs")]
    forbidden = [*registries, "/root" + "/", "/home" + "/", "/work" + "/main"]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path, text in text_files()
        for word in forbidden
        if word in text
    ]
    assert found == []


def test_every_nip_in_the_repository_is_invented():
    """Serials of real people never reach the 900s (DOMAIN 1.6)."""
    candidate = re.compile(
        r"(?<!\d)(19[4-9]\d|200\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(19|20)\d{4}[12](\d{3})(?!\d)"
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path, text in text_files()
        if path.name not in {"requirements.txt", "requirements-dev.txt"}
        for match in candidate.finditer(text)
        if 1 <= int(match.group(5)) <= 900  # 000 is nobody's: such a NIP is invalid
    ]
    assert found == []
