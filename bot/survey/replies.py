"""What one reply means where the person stands: taps (taps.py), typed text, voice, photos, files, and the rest. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.survey.attachments import MOST_BYTES, token
from bot.survey.cards import text_limit, too_long
from bot.survey.domains import collects, takes_voice
from bot.survey.flow import permits
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
from bot.survey.paging import is_long, matching, searching
from bot.survey.prompts import COLLECTING, Notice, OptionView
from bot.survey.readings import CODED, Readings, read, read_clock_on, refuse_unsupported
from bot.survey.record import Attached, Reply, Tap, Typed, Unsupported
from bot.survey.scene import Scene, latest_text, option_views
from bot.survey.taps import tapped
from bot.survey.typed import cleaned

_NUMBERS: Final = re.compile(r"[0-9\s,;&]+", re.ASCII)


def outcome_of(scene: Scene, reply: Reply, double_tap_seconds: float) -> Outcome:
    if isinstance(reply, Tap):
        return tapped(scene, reply, double_tap_seconds)
    if scene.response.stage != "asking":
        return Same()
    match reply:
        case Typed(text):
            return _typed(scene, cleaned(text))
        case Attached():
            return _attached(scene, reply)
        case Unsupported(kind):
            return _refused(scene, kind)


def written(scene: Scene, text: str) -> Outcome:
    """A whole text as an answer; one that is too long waits for the person to decide."""
    if len(text) > text_limit(scene, scene.item):
        waiting = replace(scene.response, awaiting="keep_part", chosen=(text,))
        return Aside(waiting, too_long(scene, scene.item, text))
    return constrained(scene, text)


def _typed(scene: Scene, text: str) -> Outcome:
    response, item = scene.response, scene.item
    if not text:
        return Same(Notice("tulisan_diperlukan"))
    if response.awaiting.startswith("other"):
        return _other_written(scene, text)
    if response.awaiting == "clock":
        return _settled(scene, read_clock_on(response.chosen[-1], text, response.language), text)
    match item.kind:
        case "text":
            return _part(scene, text) if collects(item) else written(scene, text)
        case "audio" | "image" | "file":
            return _refused(scene, "text")
        case _:
            return _read(scene, text)


def _part(scene: Scene, text: str) -> Outcome:
    """One message of an answer that may have several."""
    held = scene.held
    if scene.response.awaiting not in COLLECTING or held is None or not held.value:
        first = written(scene, text)
        return replace(first, stays=True) if isinstance(first, Given) else first
    if f"\n{held.value}".endswith(
        f"\n{text}"
    ):  # sent again after a silence, or by the telephone itself
        return Same(Notice("tulisan_diterima"))
    whole = f"{held.value}\n{text}"
    most = text_limit(scene, scene.item)
    if len(whole) > most:
        return Same(Notice("pesan_tidak_muat", {"maks": str(most)}))
    outcome = constrained(scene, whole)
    return Given(text, stays=True, joins=True) if isinstance(outcome, Given) else outcome


def _attached(scene: Scene, attached: Attached) -> Outcome:
    item, kind = scene.item, attached.kind
    if scene.response.awaiting.startswith("other"):
        return _refused(scene, kind)
    spoken = kind == "voice" or (kind == "file" and attached.mime.startswith("audio/"))
    seen = kind == "photo" or (kind == "file" and attached.mime.startswith("image/"))
    value = token(replace(attached, caption=cleaned(attached.caption)))
    is_told = takes_voice(item) and spoken
    is_shown = (item.kind == "image" and seen) or (item.kind == "file" and kind != "voice")
    if not is_told and not is_shown:
        return _refused(scene, kind)
    if attached.size > MOST_BYTES[kind]:
        return Same(_too_large(attached))
    return _part(scene, value) if is_told else constrained(scene, value)


def _too_large(attached: Attached) -> Notice:
    key = "suara_terlalu_besar" if attached.kind == "voice" else "berkas_terlalu_besar"
    return Notice(key, {"maks": str(MOST_BYTES[attached.kind] // 1_000_000)})


def _refused(scene: Scene, kind: str) -> Outcome:
    item, response = scene.item, scene.response
    if response.awaiting.startswith("other"):
        return Same(Notice("tulisan_diperlukan"))
    views = option_views(scene, item)
    return Same(refuse_unsupported(item, views, kind, response.language, scene.now))


def _read(scene: Scene, text: str) -> Outcome:
    item, response = scene.item, scene.response
    views = option_views(scene, item)
    if item.kind != "range" and is_long(views) and (found := _searched(scene, views, text)):
        return found
    value = read(item, views, text, response.language, scene.now)
    if isinstance(value, Notice):
        return _misfit(scene, text, value)
    return _settled(scene, value, text)


def _settled(scene: Scene, value: Readings | Notice, text: str) -> Outcome:
    """The reading that the form takes; where there are two, they are asked back."""
    if isinstance(value, Notice):
        return Same(value)
    item, response = scene.item, scene.response
    readings = value.values
    if len(readings) > 1:
        fitting = [one for one in readings if _permitted(scene, one)]
        readings = tuple(fitting) or readings[:1]
    if len(readings) > 1 and value.asks:
        return Aside(replace(response, awaiting="which", chosen=readings), value.asks)
    first = readings[0]
    if item.kind == "datetime" and "T" not in first:
        return Aside(replace(response, awaiting="clock", chosen=(first,)))
    return given(scene, first.split() if item.kind in CODED else (first,), typed=text)


def _permitted(scene: Scene, value: str) -> bool:
    item = scene.item
    return not item.constraint or permits(item, value, scene.path.values, scene.now)


def _searched(scene: Scene, views: Sequence[OptionView], text: str) -> Outcome | None:
    """In a long list letters search. None: what was typed names its options exactly, and is read as usual."""
    if _NUMBERS.fullmatch(text) or any(text.casefold() == view.label.casefold() for view in views):
        return None
    found = matching(text, views)
    begins = len(found) == 1 and found[0].label.casefold().startswith(text.casefold())
    if begins and scene.item.kind == "select_one":
        return None
    if not found:
        return None if is_free(scene.item, scene.response.chosen) else _not_found(scene, text)
    return Aside(replace(scene.response, view=searching(text), awaiting=""), new_card=False)


def _not_found(scene: Scene, text: str) -> Outcome:
    return _append_offered(scene, text) or Same(Notice("tidak_ditemukan", {"masukan": text[:40]}))


def _misfit(scene: Scene, text: str, notice: Notice) -> Outcome:
    item = scene.item
    if item.kind == "select_multiple" and is_free(item, ticked_codes(scene.response)):
        return _other_written(scene, text)
    return _append_offered(scene, text) or Same(notice)


def _append_offered(scene: Scene, text: str) -> Outcome | None:
    """People write in several messages: the rest of a text finds the next question already there."""
    response = scene.response
    before = latest_text(scene)
    if before is None or scene.item.kind not in CODED:
        return None
    if not any(letter.isalpha() for letter in text):
        return None
    return Aside(replace(response, awaiting="append", chosen=(*ticked_codes(response), text)))


def _other_written(scene: Scene, text: str) -> Outcome:
    item, response = scene.item, scene.response
    codes = ticked_codes(response)
    waiting = replace(response, awaiting="other_part", chosen=(*codes, text))
    if len(text) > text_limit(replace(scene, response=waiting), item):
        return Aside(waiting, too_long(replace(scene, response=waiting), item, text))
    return Given(value_of(item, codes), other=text)
