"""The interview: one Response and one Reply in, the next Response and what to show out. Pure; total; no clock.

    begin(questionnaire, response, now)             first card (or the present one, when begun before)
    answer(questionnaire, response, reply, now)     a tap, a text, anything else
    resume(questionnaire, response, now)            the same place again after a pause or a refusal
    revise(questionnaire, response, item, now)      back to one item, from anywhere
    amend(questionnaire, response, correction, now) an edited message changes the answer it gave
    decline(questionnaire, response, now)           refused, until they change their mind
    current(questionnaire, response, now)           the prompt once more; changes nothing

A wrong reply is never an exception: it comes back as a notice on the same prompt. `now` should be in
the zone of the training: "besok" and today() read its calendar day. Completeness and what is left:
progress.py. The values themselves: record.py and prompts.py.
"""

from dataclasses import replace
from datetime import datetime

from bot.survey.amending import amended, joined_turn, said_anew
from bot.survey.cards import prompt_of
from bot.survey.moves import (
    COMPLETE_SHARE,
    cleared,
    moved,
    placed,
    recalculated,
    recorded_turn,
    taken_up,
)
from bot.survey.outcomes import Aside, Cleared, Given, Joined, Outcome, Same, Turned
from bot.survey.prompts import Awaiting, Notice, Prompt
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import (
    Answer,
    Attached,
    Correction,
    Disposition,
    Recorded,
    Reply,
    Response,
    Stage,
    Tap,
    Turn,
    Typed,
    Unsupported,
)
from bot.survey.replies import outcome_of
from bot.survey.scene import Scene, is_declined, scene_of
from bot.survey.taps import left_review

__all__ = [
    "Answer",
    "Attached",
    "Awaiting",
    "Correction",
    "Disposition",
    "Recorded",
    "Reply",
    "Response",
    "Stage",
    "Tap",
    "Turn",
    "Typed",
    "Unsupported",
    "amend",
    "answer",
    "begin",
    "current",
    "decline",
    "resume",
    "revise",
]


def begin(
    questionnaire: Questionnaire,
    response: Response,
    now: datetime,
    *,
    complete_share: float = COMPLETE_SHARE,
) -> Turn:
    if response.begun_at is not None or response.stage == "closed":
        return resume(questionnaire, response, now)
    begun = replace(response, begun_at=now, disposition="partial", stage="asking")
    scene = scene_of(questionnaire, begun, now)
    return moved(scene, recalculated(scene), complete_share)


def answer(
    questionnaire: Questionnaire,
    response: Response,
    reply: Reply,
    now: datetime,
    *,
    double_tap_seconds: float = 0.0,
    complete_share: float = COMPLETE_SHARE,
) -> Turn:
    scene = _scene(questionnaire, response, now)
    if response.stage == "closed":
        return _turn(scene)
    outcome = outcome_of(scene, reply, double_tap_seconds)
    return _turn_of(scene, scene, outcome, complete_share)


def resume(questionnaire: Questionnaire, response: Response, now: datetime) -> Turn:
    """After a pause the clock of the card starts again; after a refusal or a review the interview goes on."""
    scene = _scene(questionnaire, response, now)
    if response.stage == "review":
        return _turn_of(scene, scene, left_review(scene), COMPLETE_SHARE)
    if response.stage == "done" and response.disposition == "refused":
        return taken_up(scene)
    if scene.response.stage == "asking":
        scene = replace(scene, response=replace(scene.response, shown_at=now))
    return _turn(scene)


def revise(questionnaire: Questionnaire, response: Response, item: str, now: datetime) -> Turn:
    scene = _scene(questionnaire, response, now)
    if response.stage == "closed":
        return _turn(scene)
    if all(item != asked.name for asked in scene.path.asked):
        return _turn(scene, Notice("tombol_lama"))
    return moved(scene, (), COMPLETE_SHARE, item)


def amend(
    questionnaire: Questionnaire,
    response: Response,
    correction: Correction,
    now: datetime,
    *,
    complete_share: float = COMPLETE_SHARE,
) -> Turn:
    """The message that gave an answer was edited: the answer follows, the person stays where they are."""
    scene = _scene(questionnaire, response, now)
    if response.stage == "closed":
        return _turn(scene)
    if is_declined(scene):
        return _turn(scene, Notice("suntingan_setelah_menolak"))
    if not correction.is_new:
        return amended(scene, correction, complete_share)
    if scene.response.stage != "asking" or scene.response.current != correction.item:
        return _turn(scene, Notice("suntingan_tidak_berlaku"))
    anew, outcome = said_anew(scene, correction)
    return _turn_of(scene, anew, outcome, complete_share)


def decline(questionnaire: Questionnaire, response: Response, now: datetime) -> Turn:
    scene = scene_of(questionnaire, response, now)
    if response.stage == "closed":
        return _turn(scene)
    declined = replace(
        response, stage="done", disposition="refused", current=None, awaiting="", chosen=(),
        revision=response.revision + 1,
    )  # fmt: skip
    return _turn(replace(scene, response=declined))


def current(questionnaire: Questionnaire, response: Response, now: datetime) -> Prompt:
    return prompt_of(_scene(questionnaire, response, now))


def _scene(questionnaire: Questionnaire, response: Response, now: datetime) -> Scene:
    """The scene; should the current question no longer apply (a day has passed), the first open one."""
    scene = scene_of(questionnaire, response, now)
    if response.stage != "asking" or any(
        response.current == item.name for item in scene.path.asked
    ):
        return scene
    return placed(scene, None, COMPLETE_SHARE)


def _turn(scene: Scene, notice: Notice | None = None) -> Turn:
    return Turn(scene.response, prompt_of(scene, notice))


def _turn_of(shown: Scene, scene: Scene, outcome: Outcome, complete_share: float) -> Turn:
    """`shown` is what the person sees, and what stays if the outcome changes nothing."""
    match outcome:
        case Same(notice):
            return _turn(shown, notice)
        case Aside(stepped, notice, new_card):
            return _stepped(scene, stepped, notice, new_card=new_card)
        case _:
            return _changed(scene, outcome, complete_share)


def _changed(
    scene: Scene, outcome: Turned | Given | Cleared | Joined, complete_share: float
) -> Turn:
    match outcome:
        case Turned(item):
            return moved(scene, (), complete_share, item)
        case Given():
            return recorded_turn(scene, outcome, complete_share)
        case Cleared():
            return cleared(scene, complete_share)
        case Joined(item, text):
            return joined_turn(scene, item, text, complete_share)


def _stepped(scene: Scene, stepped: Response, notice: Notice | None, *, new_card: bool) -> Turn:
    """A tick or another page leaves the card where it is: every button on it stays good, however quick the next tap."""
    if new_card:
        stepped = replace(stepped, revision=stepped.revision + 1, shown_at=scene.now)
    return _turn(replace(scene, response=stepped), notice)
