"""`python -m bot COMMAND`: finds the command's room and goes there. No logic; each room is loaded only when asked for.

Ctrl-C is no fault: whatever does not end by itself then is ended here, without a traceback; also while this module itself is
still loading. What comes before it is Python's own start.
"""

import sys
from types import ModuleType, TracebackType


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write("Stopped.\n")
    else:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _end

import gc  # noqa: E402  # from here on Ctrl-C is met
import importlib  # noqa: E402
import signal  # noqa: E402

COMMANDS = {
    "run": ("bot.app", "the bot itself (settings from the environment or .env)"),
    "demo": ("bot.demo.main", "a class of thirty goes through the whole job, without an account"),
    "tour": ("bot.demo.tour.main", "the same to play with in the browser, with a guided panel"),
    "simulator": ("bot.simulator.server", "a local Telegram"),
    "pretest": ("bot.pretest", "walk through a questionnaire in the terminal"),
    "check": ("bot.check_cli", "find what is wrong with a questionnaire, before respondents do"),
    "template": ("bot.template_cli", "save a questionnaire as a workbook, to be changed in Excel"),
    "import-roster": ("bot.roster_cli", "read a roster workbook, write the personal links"),
    "export": ("bot.export_cli", "write the tables for the analyst"),
    "recordings": (
        "bot.recordings_cli",
        "voice messages of interviews, to be written down by hand",
    ),
    "backup": ("bot.backup_cli", "copy the database, also while the bot runs"),
    "restore": ("bot.restore_cli", "put a backup in its place; who was erased since stays erased"),
    "move-database": ("bot.move_cli", "from SQLite to PostgreSQL, compared row by row"),
    "doctor": (
        "bot.doctor_cli",
        "look at all that the bot needs; what is wrong comes with its remedy",
    ),
    "migrate": ("bot.migrate_cli", "bring the database to this version"),
}

STOPPED = 128 + signal.SIGINT  # as a shell says it


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in COMMANDS:
        print("python -m bot COMMAND, one of:")
        for name, (_, purpose) in COMMANDS.items():
            print(f"  {name:14} {purpose}")
        return 0 if argv in ([], ["--help"], ["-h"]) else 2
    try:
        return int(_room(COMMANDS[argv[0]][0]).main(argv[1:]))
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # one is enough
        sys.stderr.write("Stopped.\n")
        return STOPPED


def _room(name: str) -> ModuleType:
    """What loading makes stays until the end: to look for garbage in it takes a fifth of the start, and time ever after."""
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
