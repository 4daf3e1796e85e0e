"""From an outcome to the next Response: answers recorded, what no longer applies taken out, the next question. Pure."""

from dataclasses import replace
from typing import Final

from bot.survey.cards import prompt_of
from bot.survey.flow import first_unanswered
from bot.survey.outcomes import Given, held_codes
from bot.survey.paging import page_with
from bot.survey.progress import share_answered
from bot.survey.prompts import Awaiting
from bot.survey.questionnaire import Item, Missing
from bot.survey.record import Answer, Disposition, Recorded, Response, Turn
from bot.survey.scene import Scene, option_views, ordinal, scene_of

COMPLETE_SHARE: Final = 0.8

_ENDS: Final[dict[str, Disposition]] = {
    "refused": "refused",
    "ineligible": "ineligible",
    "wrong_person": "other",
}


def taken_up(scene: Scene) -> Turn:
    """Back from a refusal: to the question that was answered with it, or to the first open one."""
    codes = {name: answer.value.split() for name, answer in scene.path.kept.items()}
    refused_at = next(
        (
            item.name
            for item in scene.path.asked
            if any(
                option.end and option.code in codes.get(item.name, ()) for option in item.options
            )
        ),
        None,
    )
    begun_at = scene.response.begun_at or scene.now
    again = replace(scene.response, disposition="partial", begun_at=begun_at)
    return moved(replace(scene, response=again), (), COMPLETE_SHARE, refused_at)


def recorded_turn(scene: Scene, given: Given, complete_share: float) -> Turn:
    """Stores an answer, takes out what no longer applies because of it, and goes on."""
    response, item = scene.response, scene.item
    before = response.answers.get(item.name)
    given = _completed(item, given, before)
    answers = dict(response.answers)
    recorded: tuple[Recorded, ...] = ()
    if before is None or _differs(before, given):
        new = Answer(
            item.name, given.value, given.missing, given.other, _seconds(scene),
            _revised(before, given), at=scene.now,
        )  # fmt: skip
        answers[item.name] = new
        recorded = (Recorded(new, before),)
    confirmed = response.skip_confirmed or given.confirms_skip
    answered = replace(response, answers=answers, skip_confirmed=confirmed)
    after = scene_of(scene.questionnaire, answered, scene.now)
    stays = given.stays and any(item.name == other.name for other in after.path.asked)
    turn = moved(
        after, (*recorded, *recalculated(after)), complete_share, item.name if stays else None
    )
    return waiting(after, turn, response) if stays else turn


def waiting(scene: Scene, turn: Turn, before: Response) -> Turn:
    """Still at the card, which takes more; its clock goes on."""
    awaiting: Awaiting = "probed" if before.awaiting in {"probe", "probed"} else "more"
    more = replace(turn.response, awaiting=awaiting, shown_at=before.shown_at)
    return replace(
        turn, response=more, prompt=prompt_of(scene_of(scene.questionnaire, more, scene.now))
    )


def cleared(scene: Scene, complete_share: float) -> Turn:
    """Takes the present answer out of the data, and asks again."""
    response, name = scene.response, scene.item.name
    taken = response.answers.get(name)
    left = {key: held for key, held in response.answers.items() if key != name}
    after = scene_of(scene.questionnaire, replace(response, answers=left), scene.now)
    turn = moved(after, recalculated(after), complete_share, name)
    return replace(turn, dropped=(*turn.dropped, taken)) if taken else turn


def moved(
    scene: Scene, recorded: tuple[Recorded, ...], complete_share: float, item: str | None = None
) -> Turn:
    response, path = scene.response, scene.path
    applicable = {
        name: held
        for name, held in response.answers.items()
        if name in path.kept or name in path.calculated
    }
    answers = applicable | {entry.answer.item: entry.answer for entry in recorded}
    cleared = replace(response, answers=answers, revision=response.revision + 1)
    there = placed(replace(scene, response=cleared), item, complete_share)
    return Turn(there.response, prompt_of(there), recorded, path.dropped)


def placed(scene: Scene, name: str | None, complete_share: float) -> Scene:
    """At the named question, else at the first open one, else at the end."""
    open_item = first_unanswered(scene.path) if name is None else scene.questionnaire.item(name)
    if open_item is None:
        return replace(scene, response=_ended(scene, complete_share))
    response = scene.response
    disposition = response.disposition if response.disposition == "complete" else "partial"
    held = held_codes(scene, open_item.name)
    reached = ordinal(scene.path, open_item) if open_item.name not in scene.path.kept else 0
    return replace(
        scene,
        response=replace(
            response, stage="asking", current=open_item.name, awaiting="",
            view=page_with(held[0], option_views(scene, open_item)) if held else "",
            chosen=held, shown_at=scene.now, disposition=disposition,
            furthest=max(response.furthest, reached), begun_at=response.begun_at or scene.now,
        ),
    )  # fmt: skip


def _ended(scene: Scene, complete_share: float) -> Response:
    disposition: Disposition = "partial"
    if scene.path.end:
        disposition = _ENDS[scene.path.end]
    elif share_answered(scene.path) >= complete_share:
        disposition = "complete"
    return replace(
        scene.response, stage="done", current=None, awaiting="", chosen=(), view="", shown_at=scene.now,
        disposition=disposition, completed_at=scene.response.completed_at or scene.now,
    )  # fmt: skip


def recalculated(scene: Scene) -> tuple[Recorded, ...]:
    """Calculates are data too: recorded whenever their value changes."""
    answers = scene.response.answers
    return tuple(
        Recorded(Answer(name, value, at=scene.now), answers.get(name))
        for name, value in scene.path.calculated.items()
        if name not in answers or answers[name].value != value
    )


def _completed(item: Item, given: Given, before: Answer | None) -> Given:
    missing = given.missing or _meaning(item, given.value)
    if given.joins and before and before.value:
        return replace(given, value=f"{before.value}\n{given.value}", missing=missing)
    return replace(given, missing=missing)


def _revised(before: Answer | None, given: Given) -> int:
    """A further message of the same answer is no revision of it."""
    return 0 if before is None else before.revised + (not given.joins)


def _meaning(item: Item, value: str) -> Missing:
    """What the author says an option means to the analyst: "Tidak tahu" is dont_know."""
    option = item.option(value)
    return option.missing if option else ""


def _differs(before: Answer, given: Given) -> bool:
    return (before.value, before.missing, before.other) != (
        given.value, given.missing, given.other,
    )  # fmt: skip


def _seconds(scene: Scene) -> float | None:
    shown_at = scene.response.shown_at
    return max((scene.now - shown_at).total_seconds(), 0.0) if shown_at else None
