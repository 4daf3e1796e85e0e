"""The prompt for a Response as it stands: the question with its piped words, the review, the thanks. Pure.

Decides nothing about what comes next; it only words (in the author's labels) where the person is.
"""

from typing import Final

from bot.survey.attachments import is_spoken, spoken_seconds, voice_seconds
from bot.survey.defaults import proposed
from bot.survey.domains import LONGEST_OTHER, longest, maximum, takes_voice
from bot.survey.months import month_shown
from bot.survey.outcomes import is_free, ticked_codes
from bot.survey.paging import page_number, paged
from bot.survey.progress import left_of
from bot.survey.prompts import (
    COLLECTING,
    Ask,
    Closed,
    Notice,
    OptionView,
    Page,
    Prompt,
    Review,
    ReviewRow,
    Thank,
)
from bot.survey.questionnaire import Item
from bot.survey.readings import clock_example, spoken_value
from bot.survey.record import Answer
from bot.survey.scene import Scene, is_declined, label, option_views, ordinal, say, worded

_SAID_AGAIN: Final = {"skip_confirm": "yakin_dilewati", "append": "sambung_jawaban"}


def prompt_of(scene: Scene, notice: Notice | None = None) -> Prompt:
    match scene.response.stage:
        case "asking":
            return _ask(scene, notice)
        case "review":
            return _review(scene, notice)
        case "done":
            return _thank(scene, notice)
        case "closed":
            return Closed()


def _ask(scene: Scene, notice: Notice | None) -> Ask:
    item, response = scene.item, scene.response
    held = scene.held
    previous = _previous(scene, item)
    place, total = _progress(scene, item)
    proposal = "" if held else proposed(scene, item)
    options, page = _options(scene, item)
    return Ask(
        item=item,
        text=say(scene, item.labels),
        hint=say(scene, item.hints),
        options=options,
        notes=_notes_before(scene, item),
        position=place,
        total=total,
        section=say(scene, item.section),
        previous_label=label(scene, scene.questionnaire.item(previous.item)) if previous else "",
        previous_missing=previous.missing if previous and not previous.value else "",
        answer_label=label(scene, item) if held else "",
        proposal=worded(item, proposal, response.language) if proposal else "",
        notice=notice or _standing_notice(scene, item),
        can_back=response.awaiting not in {"", *COLLECTING} or ordinal(scene.path, item) > 1,
        can_skip=response.awaiting not in {"which", *COLLECTING},
        can_keep=(held is not None or bool(proposal)) and not response.awaiting,
        awaiting=response.awaiting,
        page=page,
        month=month_shown(scene),
        ranked=_ranked(scene, item),
        ticked=len(ticked_codes(response)) if item.kind == "select_multiple" else 0,
        takes_voice=takes_voice(item),
        is_spoken=held is not None and takes_voice(item) and is_spoken(held.value),
        left=left_of(scene.path),
        maximum=LONGEST_OTHER if response.awaiting.startswith("other") else maximum(item),
    )


def _review(scene: Scene, notice: Notice | None) -> Review:
    rows = tuple(
        ReviewRow(
            item.name,
            _told_apart(scene, item),
            label(scene, item),
            scene.path.kept[item.name].missing,
        )
        for item in scene.path.asked
        if item.name in scene.path.kept
    )
    unanswered = 0 if scene.path.end else len(scene.path.asked) - len(rows)
    return Review(rows, unanswered, notice, page_number(scene.response.view))


def _told_apart(scene: Scene, item: Item) -> str:
    """In a repeat the same question stands several times: its title says which one it is."""
    question = say(scene, item.labels)
    title = say(scene, item.section) if "[" in item.name else ""
    return f"{title}: {question}" if title else question


def _options(scene: Scene, item: Item) -> tuple[tuple[OptionView, ...], Page | None]:
    response = scene.response
    if response.awaiting == "which":
        language = response.language
        readings = response.chosen
        return tuple(OptionView(one, spoken_value(item, one, language)) for one in readings), None
    views = option_views(scene, item)
    if item.kind == "range":
        return views, None
    if item.kind == "rank":
        views = tuple(view for view in views if not view.chosen)
    return paged(response.view, views)


def _ranked(scene: Scene, item: Item) -> tuple[OptionView, ...]:
    if item.kind != "rank":
        return ()
    views = {view.code: view for view in option_views(scene, item)}
    return tuple(views[code] for code in ticked_codes(scene.response) if code in views)


def _thank(scene: Scene, notice: Notice | None) -> Thank:
    if is_declined(scene):
        return Thank("refused", "", notice)
    return Thank(scene.path.end, "" if scene.path.end else _closing_notes(scene), notice)


def _standing_notice(scene: Scene, item: Item) -> Notice | None:
    """What has to be said again whenever the card is shown in this state."""
    match scene.response.awaiting:
        case "" if item.kind == "select_multiple" and _is_unexplained(scene, item):
            return Notice("tulis_lainnya_sekarang")
        case "keep_part" | "other_part":
            return too_long(scene, item, scene.response.chosen[-1])
        case "clock":
            return _hour_missing(scene, item)
        case "more" | "probed" | "probe":
            return _received(scene, item)
        case "skip_confirm" if message := say(scene, item.required_messages):
            return Notice("yakin_dilewati_sebab", {"sebab": message})
        case awaiting:
            key = _SAID_AGAIN.get(awaiting)
            return Notice(key) if key else None


def _hour_missing(scene: Scene, item: Item) -> Notice:
    language = scene.response.language
    day = spoken_value(item, scene.response.chosen[-1], language)
    return Notice("jam_hari_itu", {"hari": day, "contoh": clock_example(language)})


def _received(scene: Scene, item: Item) -> Notice:
    if scene.response.awaiting == "probe":
        return Notice("gali", {"pertanyaan": say(scene, item.probes[0])})
    last = scene.held.value.rpartition("\n")[2] if scene.held else ""
    if (seconds := voice_seconds(last)) is None:
        return Notice("tulisan_diterima")
    return Notice("suara_diterima", {"durasi": spoken_seconds(seconds, scene.response.language)})


def _is_unexplained(scene: Scene, item: Item) -> bool:
    """The option "Lainnya" has just been ticked, and its text is missing."""
    written = scene.held.other if scene.held else ""
    return not written and is_free(item, scene.response.chosen)


def too_long(scene: Scene, item: Item, text: str) -> Notice:
    most = text_limit(scene, item)
    return Notice("terlalu_panjang", {"panjang": str(len(text)), "maks": str(most)})


def text_limit(scene: Scene, item: Item) -> int:
    return LONGEST_OTHER if scene.response.awaiting.startswith("other") else longest(item)


def _progress(scene: Scene, item: Item) -> tuple[int, int]:
    """Question N of about M; at the frontier N never falls, even when an edit closed a branch."""
    place = ordinal(scene.path, item)
    if item.name in scene.path.kept:
        return place, max(len(scene.path.asked), scene.response.furthest)
    reached = max(place, scene.response.furthest)
    open_after = sum(other.name not in scene.path.kept for other in scene.path.asked[place:])
    return reached, reached + open_after


def _previous(scene: Scene, item: Item) -> Answer | None:
    """The latest answer before this question, so that a slip is seen on the next card."""
    before = scene.path.asked[: ordinal(scene.path, item) - 1]
    answers = [scene.path.kept[other.name] for other in before if other.name in scene.path.kept]
    return max(reversed(answers), key=lambda answer: answer.at, default=None)


def _notes_before(scene: Scene, item: Item) -> tuple[str, ...]:
    notes: list[str] = []
    for other in scene.path.shown:
        if other is item:
            break
        notes = [] if other.asked else [*notes, _noted(scene, other)]
    return tuple(notes)


def _noted(scene: Scene, item: Item) -> str:
    """A note, or a question that is read-only with its value below."""
    value = label(scene, item) if item.read_only else ""
    return "\n".join(part for part in (say(scene, item.labels), value) if part)


def _closing_notes(scene: Scene) -> str:
    notes: list[str] = []
    for item in scene.path.shown:
        notes = [] if item.asked else [*notes, _noted(scene, item)]
    return "\n\n".join(notes)
