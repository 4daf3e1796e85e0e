"""A button of a card, as it came back: from untrusted data to a tap on an item, or on none. Pure; stores nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Action, Tap

_ACTIONS: Mapping[str, Action] = {
    name: name
    for name in (
        "choose", "on", "off", "done", "back", "skip", "skip_yes", "skip_no", "keep", "keep_part",
        "review", "edit", "submit", "page", "clear", "append", "stay",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tapped:
    """An answer button, as it came: nothing in it is trusted."""

    response_id: int
    position: int
    revision: int
    action: str
    value: str = ""


def trusted(questionnaire: Questionnaire, tapped: Tapped) -> Tap:
    """A button that cannot have been ours becomes one for no item, which is stale everywhere."""
    if tapped.position >= len(questionnaire.items) or tapped.action not in _ACTIONS:
        return Tap("choose", "", -1)
    item = questionnaire.items[tapped.position]
    value = tapped.value
    if value.startswith("#") and value[1:].isdecimal():
        index = int(value[1:])
        value = item.options[index].code if index < len(item.options) else ""
    return Tap(_ACTIONS[tapped.action], item.name, tapped.revision, value)
