"""`make sabotage` takes minutes; that a patch fits the code no longer is seen here, with the change that moved it."""

import subprocess
from pathlib import Path

import pytest

from tests.sabotage.__main__ import APPLY, ROOT

PATCHES = sorted(Path(__file__).parent.glob("*.patch"))


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_patch_fits_the_code_it_wounds(patch: Path):
    applied = subprocess.run(
        [*APPLY, "--check", str(patch)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert applied.returncode == 0, applied.stderr
