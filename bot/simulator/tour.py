"""A guided tour that the page shows beside the phones: steps that are ticked off, and actions to press. Pure.

The simulator knows no bot, so what the steps are, when one is done and what an action does is told to it from outside.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    title: str
    text: str
    person: int = 0  # whose phone it happens on, if anybody's
    action: str = ""  # the one that does it for the impatient
    done: bool = False
    note: str = ""  # what was seen when it was ticked off


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    text: str = ""
    action: str = ""  # the one that is running


@dataclass(frozen=True, slots=True)
class Tour:
    title: str
    intro: str
    steps: tuple[Step, ...]
    actions: tuple[Action, ...] = ()
    callback: str = ""  # is told which action was pressed
    progress: Progress = Progress()


class NoSuchPart(LookupError):
    """The tour has no step or action of this name."""


def ticked(tour: Tour, step_id: str, note: str) -> Tour:
    """A step that is done already keeps its first note."""
    found = _only(tour.steps, step_id)
    if found.done:
        return tour
    steps = tuple(
        replace(step, done=True, note=note) if step is found else step for step in tour.steps
    )
    return replace(tour, steps=steps)


def at_work(tour: Tour, action: str, text: str) -> Tour:
    if action:
        action_named(tour, action)
    return replace(tour, progress=Progress(text, action))


def action_named(tour: Tour, name: str) -> Action:
    for action in tour.actions:
        if action.name == name:
            return action
    raise NoSuchPart(f"the tour has no action {name!r}")


def unclear(tour: Tour) -> str | None:
    """What is wrong with a tour that was handed in, as a sentence; None when nothing is."""
    ids = [step.id for step in tour.steps]
    if not ids:
        return "a tour needs steps"
    if twice := _twice(ids) or _twice(action.name for action in tour.actions):
        return f"{twice!r} is there twice"
    names = {action.name for action in tour.actions}
    if unknown := sorted({step.action for step in tour.steps} - names - {""}):
        return f"a step names the action {unknown[0]!r}, which is not among the actions"
    if names and not tour.callback:
        return "actions need a callback"
    return None


def _only(steps: tuple[Step, ...], step_id: str) -> Step:
    for step in steps:
        if step.id == step_id:
            return step
    raise NoSuchPart(f"the tour has no step {step_id!r}")


def _twice(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None
