"""What a tap on a button means where the person stands. Pure.

Buttons are old, doubled or invented: a tap counts only for the item and revision it was drawn for,
and aims at a state, so that the same tap twice does nothing twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.survey.cards import text_limit
from bot.survey.defaults import proposed
from bot.survey.domains import most_ticked, with_ticked
from bot.survey.months import DATES, is_day, month_view
from bot.survey.outcomes import (
    Aside,
    Cleared,
    Given,
    Joined,
    Outcome,
    Same,
    Turned,
    constrained,
    given,
    held_codes,
    ticked_codes,
    to_rank,
    value_of,
)
from bot.survey.paging import is_long, turned
from bot.survey.probes import probe_after
from bot.survey.prompts import COLLECTING, Notice
from bot.survey.record import Action, Response, Tap
from bot.survey.scene import Scene, codes_offered, is_declined, latest_text, option_views

DOUBLE_SECONDS: Final = 5.0  # how long the second half of a double tap may be under way
CLOCKS_APART_SECONDS: Final = 2.0  # of two replicas; more, and the clock was set back

_OLD: Final = Notice("tombol_lama")
_TICKING: Final[frozenset[Action]] = frozenset({"on", "off", "done", "page"})
_EXPLAINED: Final = frozenset({"other", "clock"})  # what was chosen waits for its words or its hour
_CHOSEN_BY_ONE: Final = frozenset({"select_one", "range", "acknowledge"})
_TICKED: Final = frozenset({"select_multiple", "rank"})


def tapped(scene: Scene, tap: Tap, double_tap_seconds: float) -> Outcome:
    response = scene.response
    if tap.action == "review":
        reviewing = replace(response, stage="review", view="")  # the ticks wait, too
        return Same() if response.stage == "review" else Aside(reviewing)
    if response.stage != "asking":
        return _tapped_outside(scene, tap)
    # Ticks may be quicker than the redrawn card; a second "done" must not skip the text just asked for.
    ticking = tap.action in _TICKING and not _writing(response)
    if tap.item != response.current or (tap.revision != response.revision and not ticking):
        return Same(None if _is_echo(scene, tap) else _OLD)
    if -CLOCKS_APART_SECONDS <= _seconds_shown(scene) < double_tap_seconds:
        return Same()
    take = _MOVES.get(tap.action)
    return take(scene, tap) if take else Same(_OLD)


def left_review(scene: Scene) -> Outcome:
    """Back to where one was, with the ticks; or on, if that question was answered or is asked no more."""
    response = scene.response
    if is_declined(scene):
        return Aside(replace(response, stage="done"))
    is_asked = any(item.name == response.current for item in scene.path.asked)
    return Aside(replace(response, stage="asking", view="")) if is_asked else Turned(None)


def _tapped_outside(scene: Scene, tap: Tap) -> Outcome:
    """In the review, or after the end."""
    response = scene.response
    if tap.action == "page" and response.stage == "review":
        view = turned("", tap.value)
        return (
            Same() if view == response.view else Aside(replace(response, view=view), new_card=False)
        )
    if tap.revision != response.revision:
        return Same(None if _is_echo(scene, tap) else _outside_notice(scene))
    if tap.action == "edit" and any(tap.item == item.name for item in scene.path.asked):
        return Turned(tap.item)
    if tap.action in {"submit", "back"} and response.stage == "review":
        return left_review(scene)
    return Same(_outside_notice(scene))


def _outside_notice(scene: Scene) -> Notice | None:
    if scene.response.stage == "review":
        return _OLD
    return None if is_declined(scene) else Notice("tombol_lama_selesai")


def _is_echo(scene: Scene, tap: Tap) -> bool:
    """The second half of a double tap: drawn on the card before, and it wanted what has happened."""
    if tap.revision != scene.response.revision - 1 or _seconds_shown(scene) > DOUBLE_SECONDS:
        return False
    answer = scene.path.kept.get(tap.item)
    if tap.action == "choose":
        waits = scene.response.awaiting in _EXPLAINED and tap.value in scene.response.chosen
        return waits or (answer is not None and answer.value == tap.value)
    return tap.action not in {"on", "off"}


def _seconds_shown(scene: Scene) -> float:
    shown = scene.response.shown_at
    return (scene.now - shown).total_seconds() if shown else float("inf")


def _chosen(scene: Scene, tap: Tap) -> Outcome:
    item, code, awaiting = scene.item, tap.value, scene.response.awaiting
    if awaiting == "which":
        return given(scene, (code,)) if code in scene.response.chosen else Same(_OLD)
    if item.kind in DATES:
        return _day_chosen(scene, code)
    if item.kind not in _CHOSEN_BY_ONE or code not in codes_offered(scene, item):
        return Same(_OLD)
    return given(scene, (code,))


def _day_chosen(scene: Scene, code: str) -> Outcome:
    if scene.response.awaiting or not is_day(code):
        return Same(_OLD)
    if scene.item.kind == "datetime":
        return Aside(replace(scene.response, awaiting="clock", chosen=(code,)))
    return given(scene, (code,))


def _ticked(scene: Scene, tap: Tap) -> Outcome:
    item, response = scene.item, scene.response
    if (
        item.kind not in _TICKED
        or tap.value not in codes_offered(scene, item)
        or _writing(response)
    ):
        return Same(_OLD)
    before = ticked_codes(response)
    if (tap.action == "on") == (tap.value in before):
        return Same()
    if tap.action == "on":
        return _more_ticked(scene, tap.value, before)
    if item.kind == "rank" and tap.value != before[-1]:
        return Same()  # only the last place can be taken back: an old button
    chosen = tuple(code for code in before if code != tap.value)
    return Aside(replace(response, chosen=chosen, awaiting=""), new_card=False)


def _more_ticked(scene: Scene, code: str, before: tuple[str, ...]) -> Outcome:
    item = scene.item
    chosen = (*before, code) if item.kind == "rank" else with_ticked(item, before, code)
    most = most_ticked(item)
    if most is not None and len(chosen) > most:
        return Same(Notice("terlalu_banyak_pilihan", {"maks": str(most)}))
    listed = [view.code for view in option_views(scene, item)]
    if item.kind == "rank" and to_rank(scene) == len(listed) == len(chosen) + 1:
        chosen = (*chosen, *(other for other in listed if other not in chosen))  # only one is left
    return Aside(replace(scene.response, chosen=chosen, awaiting=""), new_card=False)


def _paged(scene: Scene, tap: Tap) -> Outcome:
    """Another page of the options, or another month; the same page again changes nothing."""
    response = scene.response
    if scene.item.kind in DATES:
        view = month_view(tap.value)
    else:
        view = (
            turned(response.view, tap.value) if is_long(option_views(scene, scene.item)) else None
        )
    if view is None or _writing(response):
        return Same(_OLD)
    return Same() if view == response.view else Aside(replace(response, view=view), new_card=False)


def _emptied(scene: Scene, _tap: Tap) -> Outcome:
    """Start over: the ranking, or an answer in several messages."""
    response = scene.response
    if response.awaiting in COLLECTING:
        return Cleared()
    if scene.item.kind != "rank":
        return Same(_OLD)
    emptied = replace(response, chosen=(), awaiting="")
    return Aside(emptied, new_card=False) if response.chosen else Same()


def _appended(scene: Scene, _tap: Tap) -> Outcome:
    response = scene.response
    before = latest_text(scene)
    if response.awaiting != "append" or before is None:
        return Same(_OLD)
    return Joined(before.name, response.chosen[-1])


def _stayed(_scene: Scene, _tap: Tap) -> Outcome:
    return Same()


def _finished_ticking(scene: Scene, _tap: Tap) -> Outcome:
    response = scene.response
    if response.awaiting == "other":
        return _left_unexplained(scene)
    if response.awaiting in COLLECTING:
        is_probed = response.awaiting == "more" and probe_after(scene)
        return Aside(replace(response, awaiting="probe")) if is_probed else Turned(None)
    if scene.item.kind not in _TICKED or _writing(response):
        return Same(_OLD)
    codes = ticked_codes(response)
    if not codes:
        return Same(Notice("pilih_dahulu"))
    return given(scene, codes)


def _back(scene: Scene, _tap: Tap) -> Outcome:
    response = scene.response
    if response.awaiting not in {"", *COLLECTING}:
        return Aside(replace(response, awaiting="", chosen=_standing(scene)))
    before = None
    for item in scene.path.asked:
        if item.name == response.current:
            break
        before = item
    return Turned(before.name) if before else Same()


def _skipped(scene: Scene, tap: Tap) -> Outcome:
    confirmed = tap.action == "skip_yes"
    item, response = scene.item, scene.response
    if response.awaiting.startswith("other"):
        return _left_unexplained(scene)
    if response.awaiting in COLLECTING:
        return Turned(None)  # what came so far is an answer
    if confirmed and response.awaiting != "skip_confirm":
        return Same(_OLD)
    if item.required and not confirmed and not response.skip_confirmed:
        return Aside(replace(response, awaiting="skip_confirm", chosen=_standing(scene)))
    return Given("", "refused" if item.required else "skipped", confirms_skip=confirmed)


def _standing(scene: Scene) -> tuple[str, ...]:
    """What is ticked when the person steps back to the card: ticks are kept, a half choice is not."""
    if scene.item.kind in _TICKED:
        return ticked_codes(scene.response)
    return held_codes(scene)


def _part_kept(scene: Scene, _tap: Tap) -> Outcome:
    item, response = scene.item, scene.response
    match response.awaiting:
        case "keep_part":
            return constrained(scene, response.chosen[-1][: text_limit(scene, item)].strip())
        case "other_part":
            part = response.chosen[-1][: text_limit(scene, item)].strip()
            return Given(value_of(item, ticked_codes(response)), other=part)
        case _:
            return Same(_OLD)


def _writing(response: Response) -> bool:
    return response.awaiting in {"other", "other_part", "keep_part", "probe"}


def _left_unexplained(scene: Scene) -> Outcome:
    """Leave "Lainnya" without new words: whoever comes back to it keeps what was written before."""
    former = scene.held.other if scene.held else ""
    return Given(value_of(scene.item, ticked_codes(scene.response)), other=former)


def _kept(scene: Scene, _tap: Tap) -> Outcome:
    if scene.held:
        return Turned(None)
    value = proposed(scene, scene.item)
    if not value or scene.response.awaiting:
        return Same(_OLD)
    return given(scene, value.split() if scene.item.options else (value,))


_MOVES: Final[Mapping[Action, Callable[[Scene, Tap], Outcome]]] = {
    "choose": _chosen,
    "on": _ticked,
    "off": _ticked,
    "done": _finished_ticking,
    "back": _back,
    "skip": _skipped,
    "skip_yes": _skipped,
    "skip_no": _back,
    "keep": _kept,
    "keep_part": _part_kept,
    "page": _paged,
    "clear": _emptied,
    "append": _appended,
    "stay": _stayed,
}
