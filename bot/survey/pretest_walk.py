"""The terminal walk: a form asked line by line through two callables, so that it can be tested without a terminal. Pure.

What is read is a command of commands.py, or simply what a person would type: "2", a label, a text.
What is written is the transcript itself, so that `--save` is a golden test of the walk just made.
"""

from collections.abc import Callable
from typing import Final

from bot.survey.commands import NotUnderstood, obeyed
from bot.survey.prompts import Thank
from bot.survey.questionnaire import Questionnaire
from bot.survey.transcript import Header, begun, data_lines, turn_lines

STOP: Final = "quit"
_WITH_WORDS: Final = {"tap", "tick", "untick", "type", "send", "edit", "old", "wait", "language"}
_ALONE: Final = {
    "done", "back", "skip", "keep", "keep_part", "skip_yes", "skip_no", "review", "submit", "again",
    "resume", "decline",
}  # fmt: skip


def walk_through(
    questionnaire: Questionnaire,
    header: Header,
    read: Callable[[], str | None],
    show: Callable[[str], None],
) -> tuple[str, ...]:
    """Asks until the end, `quit` or the end of the input; gives back the commands, for `played`."""
    session, turn = begun(questionnaire, header)
    done: list[str] = []
    _show(turn_lines(turn), show)
    while (line := read()) is not None and line.strip() != STOP:
        command = as_command(line.strip())
        try:
            session, turn = obeyed(session, command)
        except NotUnderstood as words:
            show(f"?    {words}")
            continue
        done.append(command)
        _show(turn_lines(turn, command), show)
        if isinstance(turn.prompt, Thank):
            break
    _show(data_lines(session.response), show)
    return tuple(done)


def as_command(line: str) -> str:
    word, _, rest = line.partition(" ")
    known = word in _WITH_WORDS if rest else word in _ALONE
    return line if known else f"type {line}"


def _show(lines: list[str], show: Callable[[str], None]) -> None:
    for line in lines:
        show(line)
