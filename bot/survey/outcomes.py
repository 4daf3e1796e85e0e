"""What a reply can come to, and how chosen codes become an answer: limits, constraint, "other". Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.survey.defaults import proposed
from bot.survey.domains import joined, most_ticked
from bot.survey.flow import permits
from bot.survey.prompts import Notice
from bot.survey.questionnaire import Item, Missing
from bot.survey.readings import needs_choice, number_refused
from bot.survey.record import Response
from bot.survey.scene import Scene, option_views, say


@dataclass(frozen=True, slots=True)
class Same:
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A new state of the same question, or the review: nothing is answered."""

    response: Response
    notice: Notice | None = None
    new_card: bool = True  # False: a tick on the card that is already there


@dataclass(frozen=True, slots=True)
class Given:
    value: str
    missing: Missing = ""
    other: str = ""
    confirms_skip: bool = False
    stays: bool = False  # stored, and the card waits for more
    joins: bool = False  # it goes on from what was stored before


@dataclass(frozen=True, slots=True)
class Cleared:
    """The answer of the present question is taken back, and asked again."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The text belongs to the end of an earlier answer."""

    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Turned:
    """To another question; None is the first that is still open."""

    item: str | None


Outcome = Same | Aside | Given | Turned | Cleared | Joined


def given(scene: Scene, codes: Sequence[str], typed: str = "") -> Outcome:
    """Codes (or one number or day) that were tapped or typed: complete, or still to be explained."""
    item = scene.item
    exclusive = any(option.exclusive for option in item.options if option.code in codes)
    if exclusive and len(codes) > 1:
        return Same(needs_choice(option_views(scene, item)))
    most = most_ticked(item)
    if most is not None and len(codes) > most:
        return Same(Notice("terlalu_banyak_pilihan", {"maks": str(most)}))
    if item.kind == "rank" and len(codes) != (wanted := to_rank(scene)):
        missing = {"n": str(wanted), "kurang": str(wanted - len(codes))}
        return Same(Notice("urutkan_semua", missing))
    outcome = constrained(scene, value_of(item, codes), typed)
    if isinstance(outcome, Given) and is_free(item, codes):
        return Aside(replace(scene.response, awaiting="other", chosen=tuple(codes)))
    return outcome


def constrained(scene: Scene, value: str, typed: str = "") -> Outcome:
    item = scene.item
    if not item.constraint or permits(item, value, scene.path.values, scene.now):
        return Given(value)
    if message := say(scene, item.constraint_messages):
        return Same(Notice("author", {"text": message}))
    if item.kind in {"integer", "decimal", "range"}:
        refused = number_refused(item, typed or value, scene.response.language)
        return Same(refused or Notice("jawaban_ditolak"))
    return Same(Notice("jawaban_ditolak"))


def to_rank(scene: Scene) -> int:
    """How many places are to be given: all, unless the form limits it."""
    listed = len(option_views(scene, scene.item))
    return min(most_ticked(scene.item) or listed, listed)


def held_codes(scene: Scene, name: str | None = None) -> tuple[str, ...]:
    """What is ticked when a card is drawn afresh: the answer it already holds, or the one proposed."""
    item = scene.questionnaire.item(name) if name else scene.item
    if not item.options and item.kind not in {"range", "acknowledge"}:
        return ()
    answer = scene.path.kept.get(item.name)
    return tuple((answer.value if answer else proposed(scene, item)).split())


def ticked_codes(response: Response) -> tuple[str, ...]:
    text_waits = response.awaiting in {"other_part", "append"}
    return response.chosen[:-1] if text_waits else response.chosen


def value_of(item: Item, codes: Sequence[str]) -> str:
    if item.kind == "rank":
        return " ".join(codes)
    return joined(item, codes) if item.options else "".join(codes)


def is_free(item: Item, codes: Sequence[str]) -> bool:
    return any(option.free_text for option in item.options if option.code in codes)
