"""Ctrl-C right at the start, before any command has begun."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRESSED_WHILE_LOADING = """
import runpy, sys
class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.modules.pop({module!r}, None)
sys.meta_path.insert(0, Pressed())
sys.argv = ["bot", "doctor"]
runpy.run_module("bot", run_name="__main__")
"""


@pytest.mark.parametrize("module", ["signal", "bot.doctor_cli", "sqlalchemy"])
def test_ctrl_c_while_something_is_being_loaded_is_no_traceback(module: str):
    finished = subprocess.run(
        [sys.executable, "-c", PRESSED_WHILE_LOADING.format(module=module)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert finished.stderr == "Stopped.\n"
    assert finished.returncode in {130, -2}  # as a shell says it, or as the system does


def test_another_fault_keeps_its_traceback():
    program = (
        "import runpy, sys; sys.argv = ['bot']; runpy.run_module('bot'); raise ValueError('x')"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "ValueError: x" in finished.stderr
