"""A response at one moment with what follows from it, and its words: labels piped and answers spelt out. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.survey.attachments import spoken_attachments
from bot.survey.domains import steps
from bot.survey.flow import Walk, in_order, walk
from bot.survey.prompts import OptionView
from bot.survey.questionnaire import Item, Questionnaire, in_language
from bot.survey.readings import OK, spoken_value
from bot.survey.record import Answer, Response

JOINED_WITHIN: Final = timedelta(
    minutes=3
)  # a text without a question may be the rest of an answer
_PIPE: Final = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


@dataclass(frozen=True, slots=True)
class Scene:
    """A response with everything that follows from it at one moment."""

    questionnaire: Questionnaire
    response: Response
    path: Walk
    now: datetime

    @property
    def item(self) -> Item:
        """The current question; only while one is being asked."""
        return self.questionnaire.item(self.response.current or "")

    @property
    def held(self) -> Answer | None:
        return self.path.kept.get(self.response.current or "")


def scene_of(questionnaire: Questionnaire, response: Response, now: datetime) -> Scene:
    return Scene(questionnaire, response, walk(questionnaire, response, now), now)


def is_declined(scene: Scene) -> bool:
    """Declined as a whole, not by an option of the questionnaire; may still change their mind."""
    return scene.response.disposition == "refused" and not scene.path.end


def option_views(scene: Scene, item: Item) -> tuple[OptionView, ...]:
    """The options as the person sees them: filtered, in their own order, ticked or not."""
    ticked = scene.response.chosen
    if not item.options:
        return tuple(
            OptionView(code, spoken_value(item, code, scene.response.language), code in ticked)
            for code in _own_codes(item)
        )
    shown = in_order(item, scene.path.options.get(item.name, ()), scene.response.seed)
    say = _speaker(scene)
    return tuple(
        OptionView(option.code, say(option.labels), option.code in ticked, number)
        for number, option in enumerate(shown, 1)
    )


def codes_offered(scene: Scene, item: Item) -> Sequence[str]:
    """What a tap may choose, in the author's order."""
    if not item.options:
        return _own_codes(item)
    return [option.code for option in scene.path.options.get(item.name, ())]


def say(scene: Scene, labels: Mapping[str, str]) -> str:
    return _speaker(scene)(labels)


def label(scene: Scene, item: Item) -> str:
    """Its answer in words."""
    answer = scene.path.kept.get(item.name)
    value = scene.path.values[item.name]
    return worded(item, value, scene.response.language, answer.other if answer else "")


def worded(item: Item, value: str, language: str, other: str = "") -> str:
    """A value in words: option labels, the written "other", a decimal comma, a long date."""
    match item.kind:
        case "select_one" | "select_multiple":
            return _choice_label(item, value.split(), other, language)
        case "rank":
            return _ranking(item, value.split(), language)
        case "integer" | "decimal" | "range" | "date" | "time" | "datetime":
            return spoken_value(item, value, language) if value else ""
        case "text" | "audio" | "image" | "file":
            return spoken_attachments(value, language)
        case _:
            return value


def ordinal(path: Walk, item: Item) -> int:
    return next((place for place, other in enumerate(path.asked, 1) if other is item), 1)


def latest_text(scene: Scene) -> Item | None:
    """The question before this one, when it was answered just now in writing."""
    kept = [held for held in scene.path.kept.values() if held.item != scene.response.current]
    last = max(kept, key=lambda held: held.at, default=None)
    if last is None or not last.value or scene.now - last.at > JOINED_WITHIN:
        return None
    item = scene.questionnaire.item(last.item)
    return item if item.kind == "text" else None


def _own_codes(item: Item) -> Sequence[str]:
    return (OK,) if item.kind == "acknowledge" else steps(item)


def _speaker(scene: Scene) -> Callable[[Mapping[str, str]], str]:
    """Turns labels into text: in the person's language, with ${names} replaced."""

    def piped(found: re.Match[str]) -> str:
        try:
            return label(scene, scene.questionnaire.item(found[1]))
        except KeyError:
            return ""

    return lambda labels: _PIPE.sub(piped, in_language(labels, scene.response.language))


def _choice_label(item: Item, codes: list[str], other: str, language: str) -> str:
    words = (
        other if option.free_text and other else in_language(option.labels, language)
        for option in item.options
        if option.code in codes
    )
    return ", ".join(words)


def _ranking(item: Item, codes: list[str], language: str) -> str:
    options = [found for code in codes if (found := item.option(code))]
    return ", ".join(
        f"{place}. {in_language(option.labels, language)}"
        for place, option in enumerate(options, 1)
    )
