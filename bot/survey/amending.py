"""An answer changed from elsewhere: its message was edited, or a later message belongs to it. The person stays put. Pure.

1. What the message says now is read as a fresh reply to its question would be; if it is none, the old answer stays and a
   notice says why.
2. What hangs on the answer follows: answers that no longer apply go, questions that are new are asked.
3. The card that the person is at stays as it is, with its ticks and whatever it waits for.
4. The same text once more changes nothing and says nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.survey.cards import prompt_of
from bot.survey.moves import recorded_turn
from bot.survey.outcomes import Aside, Given, Outcome, Same, given, held_codes, is_free
from bot.survey.prompts import COLLECTING, Notice
from bot.survey.readings import needs_choice
from bot.survey.record import Correction, Response, Turn, Typed
from bot.survey.replies import outcome_of, written
from bot.survey.scene import Scene, label, option_views, say, scene_of
from bot.survey.typed import cleaned

LONGEST_QUESTION: Final = 60
LONGEST_ANSWER: Final = 100
_TAKEN_UP: Final = frozenset({"clock", *COLLECTING})  # what is awaited is more of the same answer


def amended(scene: Scene, correction: Correction, complete_share: float) -> Turn:
    if correction.item not in scene.path.kept:
        return _unchanged(scene, Notice("suntingan_tidak_berlaku"))
    at_item = _asking(scene, correction.item)
    if correction.is_other:
        codes = held_codes(at_item)
        if not is_free(at_item.item, codes):
            return _unchanged(scene, Notice("suntingan_tidak_berlaku"))
        waiting = replace(at_item.response, awaiting="other", chosen=codes)
        at_item = replace(at_item, response=waiting)
    outcome = _outcome(at_item, correction)
    if not isinstance(outcome, Given):
        reason = _reason(at_item, outcome)
        return _unchanged(scene, _about(scene, "suntingan_ditolak", correction.item, reason))
    turn = recorded_turn(at_item, replace(outcome, stays=False), complete_share)
    if all(entry.answer.item != correction.item for entry in turn.recorded):
        return _unchanged(scene)
    return _put_back(scene, turn, correction.item)


def joined_turn(scene: Scene, name: str, text: str, complete_share: float) -> Turn:
    """A text that found the next question already there goes to the end of the answer before it."""
    codes = scene.response.chosen[:-1]
    here = replace(scene, response=replace(scene.response, awaiting="", chosen=codes))
    held = scene.path.kept.get(name)
    earlier = (held.value,) if held and held.value else ()
    return amended(here, Correction(name, Typed(text), earlier=earlier), complete_share)


def said_anew(scene: Scene, correction: Correction) -> tuple[Scene, Outcome]:
    """A message that was no answer to the present question is edited into one: as if it came now.

    What it had led to is taken back first, such as a "which one is meant?"; unless it was about more of an answer.
    """
    if scene.response.awaiting in _TAKEN_UP:
        outcome = outcome_of(scene, correction.said, 0.0)
        if not isinstance(outcome, Same):
            return scene, outcome
    anew = _standing_anew(scene, is_other=correction.is_other)
    return anew, outcome_of(anew, correction.said, 0.0)


def _standing_anew(scene: Scene, *, is_other: bool) -> Scene:
    response = scene.response
    text_waits = response.awaiting in {"other_part", "append", "keep_part"}
    codes = response.chosen[:-1] if text_waits else response.chosen
    if is_other and response.awaiting.startswith("other"):
        return replace(scene, response=replace(response, awaiting="other", chosen=codes))
    chosen = codes if scene.item.kind in {"select_multiple", "rank"} else held_codes(scene)
    return replace(scene, response=replace(response, awaiting="", chosen=chosen))


def _asking(scene: Scene, name: str) -> Scene:
    """As if the item were asked now; the time it took stays what it was."""
    held = scene.path.kept[name]
    took = timedelta(seconds=held.seconds) if held.seconds is not None else None
    asking = replace(
        scene.response, stage="asking", current=name, awaiting="", chosen=(), view="",
        shown_at=scene.now - took if took is not None else None,
    )  # fmt: skip
    return replace(scene, response=asking)


def _outcome(scene: Scene, correction: Correction) -> Outcome:
    outcome = outcome_of(scene, correction.said, 0.0)
    if correction.earlier or correction.later:
        return _rejoined(scene, correction, outcome)
    match outcome:
        case Same() if scene.item.kind == "datetime":
            return _same_day(scene, correction) or outcome
        case Aside(response) if response.awaiting == "other":
            return _explained(scene, response.chosen)
        case Aside(response) if response.awaiting == "which":
            return given(
                scene, response.chosen[:1]
            )  # the likeliest; the person is told what it became
        case Aside(response) if response.awaiting == "clock":
            return _same_hour(scene, response.chosen) or outcome
        case _:
            return outcome


def _reason(scene: Scene, outcome: Outcome) -> Notice | None:
    if isinstance(outcome, Same | Aside) and outcome.notice:
        return outcome.notice
    return needs_choice(option_views(scene, scene.item)) if scene.item.options else None


def _rejoined(scene: Scene, correction: Correction, alone: Outcome) -> Outcome:
    """One of the messages of an answer: only the whole has to fit."""
    said = correction.said
    part = alone.value if isinstance(alone, Given) else ""
    if isinstance(said, Typed) and scene.item.kind == "text":
        part = cleaned(said.text)
    return (
        written(scene, "\n".join((*correction.earlier, part, *correction.later))) if part else alone
    )


def _explained(scene: Scene, codes: Sequence[str]) -> Outcome:
    """Whoever had chosen "Lainnya" and writes the word again keeps what was written there."""
    return Given(" ".join(codes), other=scene.held.other if scene.held else "")


def _same_day(scene: Scene, correction: Correction) -> Outcome | None:
    """An hour alone: of the day that was given."""
    day, found, _ = (scene.held.value if scene.held else "").partition("T")
    if not found:
        return None
    waiting = replace(scene.response, awaiting="clock", chosen=(day,))
    return outcome_of(replace(scene, response=waiting), correction.said, 0.0)


def _same_hour(scene: Scene, chosen: Sequence[str]) -> Outcome | None:
    """A day alone: at the hour that was given."""
    _, found, hour = (scene.held.value if scene.held else "").partition("T")
    return given(scene, (f"{chosen[-1]}T{hour}",)) if found else None


def _unchanged(scene: Scene, notice: Notice | None = None) -> Turn:
    return Turn(scene.response, prompt_of(scene, notice))


def _about(scene: Scene, key: str, name: str, because: Notice | None = None) -> Notice:
    item = scene.questionnaire.item(name)
    held = label(scene, item) if name in scene.path.kept else ""
    words = {
        "pertanyaan": _short(say(scene, item.labels), LONGEST_QUESTION),
        "jawaban": _short(held, LONGEST_ANSWER),
    }
    return Notice(key, words, because)


def _short(text: str, longest: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1].rstrip()}…"


def _put_back(before: Scene, turn: Turn, changed: str) -> Turn:
    after = scene_of(before.questionnaire, turn.response, before.now)
    after = replace(after, response=_standing(before.response, after, changed))
    prompt = prompt_of(after, _about(after, "jawaban_diubah", changed))
    return replace(turn, response=after.response, prompt=prompt)


def _standing(before: Response, after: Scene, changed: str) -> Response:
    """Where the person was, if that is still asked; else where the interview goes on."""
    response = after.response
    still_asked = any(item.name == before.current for item in after.path.asked)
    if before.stage == "review":
        back = replace(
            response, stage="review", current=None, awaiting="", chosen=(), view=before.view
        )
        if not still_asked or after.path.end:
            return back
        back = replace(back, current=before.current, awaiting=before.awaiting, chosen=before.chosen)
        return _with_what_is_offered(replace(after, response=back), changed)
    if before.stage != "asking" or not still_asked or after.path.end:
        return response
    back = replace(
        response, stage="asking", current=before.current, awaiting=before.awaiting,
        chosen=before.chosen, view=before.view, shown_at=before.shown_at,
    )  # fmt: skip
    return _with_what_is_offered(replace(after, response=back), changed)


def _with_what_is_offered(scene: Scene, changed: str) -> Response:
    """Ticks stay; those go that the changed answer has taken off the card."""
    response, item = scene.response, scene.item
    if item.name == changed and not response.awaiting:
        return replace(response, chosen=held_codes(scene))
    offered = {option.code for option in scene.path.options.get(item.name, ())}
    if response.awaiting == "other" and not offered.issuperset(response.chosen):
        return replace(response, awaiting="", chosen=())
    if response.awaiting or not item.options:
        return response
    return replace(response, chosen=tuple(code for code in response.chosen if code in offered))
