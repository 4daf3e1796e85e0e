"""What one reply means where the person stands: taps (taps.py), typed text, and whatever else a chat can carry. Pure."""

from dataclasses import replace

from bot.survey.cards import text_limit, too_long
from bot.survey.domains import read, refuse_unsupported
from bot.survey.outcomes import (
    Aside,
    Given,
    Outcome,
    Same,
    constrained,
    given,
    is_free,
    ticked_codes,
    value_of,
)
from bot.survey.prompts import Notice
from bot.survey.record import Reply, Tap, Typed
from bot.survey.scene import Scene, option_views
from bot.survey.taps import tapped
from bot.survey.typed import cleaned


def outcome_of(scene: Scene, reply: Reply, double_tap_seconds: float) -> Outcome:
    if isinstance(reply, Tap):
        return tapped(scene, reply, double_tap_seconds)
    if scene.response.stage != "asking":
        return Same()
    if isinstance(reply, Typed):
        return _typed(scene, cleaned(reply.text))
    item, response = scene.item, scene.response
    if response.awaiting.startswith("other"):
        return Same(Notice("tulisan_diperlukan"))
    views = option_views(scene, item)
    return Same(refuse_unsupported(item, views, reply.kind, response.language, scene.now))


def _typed(scene: Scene, text: str) -> Outcome:
    if not text:
        return Same(Notice("tulisan_diperlukan"))
    if scene.response.awaiting.startswith("other"):
        return _other_written(scene, text)
    return _written(scene, text) if scene.item.kind == "text" else _read(scene, text)


def _written(scene: Scene, text: str) -> Outcome:
    if len(text) > text_limit(scene, scene.item):
        waiting = replace(scene.response, awaiting="keep_part", chosen=(text,))
        return Aside(waiting, too_long(scene, scene.item, text))
    return constrained(scene, text)


def _read(scene: Scene, text: str) -> Outcome:
    item, response = scene.item, scene.response
    value = read(item, option_views(scene, item), text, response.language, scene.now)
    if isinstance(value, str):
        return given(scene, value.split() if item.options else (value,), typed=text)
    if item.kind == "select_multiple" and is_free(item, response.chosen):
        return _other_written(scene, text)
    return Same(value)


def _other_written(scene: Scene, text: str) -> Outcome:
    item, response = scene.item, scene.response
    codes = ticked_codes(response)
    waiting = replace(response, awaiting="other_part", chosen=(*codes, text))
    if len(text) > text_limit(replace(scene, response=waiting), item):
        return Aside(waiting, too_long(replace(scene, response=waiting), item, text))
    return Given(value_of(item, codes), other=text)
