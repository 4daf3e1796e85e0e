"""An answer changed from elsewhere: its message was edited, or a later message belongs to it. The person stays put. Pure."""

from dataclasses import replace
from datetime import timedelta

from bot.survey.cards import prompt_of
from bot.survey.moves import recorded_turn
from bot.survey.outcomes import Aside, Given, Outcome, held_codes
from bot.survey.prompts import Notice
from bot.survey.record import Correction, Response, Turn, Typed
from bot.survey.replies import outcome_of
from bot.survey.scene import Scene, label, scene_of


def amended(scene: Scene, correction: Correction, complete_share: float) -> Turn:
    if correction.item not in scene.path.kept:
        return _refused(scene, "")
    at_item = _asking(scene, correction.item)
    if correction.is_other:
        codes = held_codes(at_item)
        waiting = replace(at_item.response, awaiting="other", chosen=codes)
        at_item = replace(at_item, response=waiting)
    outcome = _explained(at_item, outcome_of(at_item, Typed(correction.text), 0.0))
    if not isinstance(outcome, Given):
        return _refused(scene, correction.item)
    turn = recorded_turn(at_item, replace(outcome, stays=False), complete_share)
    return _put_back(scene, turn, correction.item)


def joined_turn(scene: Scene, name: str, text: str, complete_share: float) -> Turn:
    """A text that found the next question already there goes to the end of the answer before it."""
    codes = scene.response.chosen[:-1]
    here = replace(scene, response=replace(scene.response, awaiting="", chosen=codes))
    held = scene.path.kept.get(name)
    whole = f"{held.value}\n{text}" if held and held.value else text
    return amended(here, Correction(name, whole), complete_share)


def _asking(scene: Scene, name: str) -> Scene:
    """As if the item were asked now; the time it took stays what it was."""
    held = scene.path.kept[name]
    took = timedelta(seconds=held.seconds) if held.seconds is not None else None
    asking = replace(
        scene.response, stage="asking", current=name, awaiting="", chosen=(), view="",
        shown_at=scene.now - took if took is not None else None,
    )  # fmt: skip
    return replace(scene, response=asking)


def _explained(scene: Scene, outcome: Outcome) -> Outcome:
    """Whoever had chosen "Lainnya" and writes the word again keeps what was written there."""
    if isinstance(outcome, Aside) and outcome.response.awaiting == "other" and scene.held:
        return Given(" ".join(outcome.response.chosen), other=scene.held.other)
    return outcome


def _refused(scene: Scene, name: str) -> Turn:
    held = label(scene, scene.questionnaire.item(name)) if name else ""
    return Turn(scene.response, prompt_of(scene, Notice("suntingan_ditolak", {"jawaban": held})))


def _put_back(before: Scene, turn: Turn, changed: str) -> Turn:
    after = scene_of(before.questionnaire, turn.response, before.now)
    after = replace(after, response=_standing(before.response, after))
    new = label(after, after.questionnaire.item(changed)) if changed in after.path.kept else ""
    prompt = prompt_of(after, Notice("jawaban_diubah", {"jawaban": new}))
    return replace(turn, response=after.response, prompt=prompt)


def _standing(before: Response, after: Scene) -> Response:
    """Where the person was, if that is still asked; else where the interview goes on."""
    response = after.response
    if before.stage == "review":
        return replace(response, stage="review", current=None, view=before.view)
    still_asked = any(item.name == before.current for item in after.path.asked)
    if before.stage != "asking" or not still_asked or before.current == response.current:
        return response
    return replace(
        response, stage="asking", current=before.current, awaiting=before.awaiting,
        chosen=before.chosen, view=before.view, shown_at=before.shown_at,
    )  # fmt: skip
