"""What a simulated person says to a card: what it wants to hear, or something odd. Pure; random by the dice it is given.

Goes by what the card shows, not by the questionnaire, as a person does.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

from bot.survey.domains import spoken
from bot.survey.prompts import Ask
from bot.survey.questionnaire import Item
from bot.survey.record import Action, Attached, Reply, Response, Tap, Typed, Unsupported

ENOUGH: Final = 0.4  # how often one more tick is not wanted

_FINISHING: Final[Mapping[str, tuple[Action, ...]]] = {
    "skip_confirm": ("skip_yes", "skip_no"),
    "keep_part": ("keep_part",),
    "other_part": ("keep_part",),
    "more": ("done",),
    "probe": ("done",),
    "probed": ("done",),
    "append": ("append", "back", "skip"),
}
_OTHER: Final = "Lain: jaringan internet"
_STORY: Final = "Saya menerapkannya dalam tugas sehari-hari bersama rekan kerja."
_NONSENSE: Final = (
    "asdf",
    "??",
    "31/02/2026",
    "-1",
    "1.250",
    "7",
    "saya tidak paham",
    "\u200b",
    "🙂" * 30,
)
_HOURS: Final = ("08.00", "13.30", "23.59")
_DAY: Final = "25/11/2026"


def wanted_reply(ask: Ask, response: Response, values: Sequence[str], dice: Random) -> Reply:
    if ask.awaiting:
        return _waited_for(ask, response, dice)
    match ask.item.kind:
        case "select_multiple" | "rank":
            return _ticking(ask, response, dice)
        case "audio":
            return Attached("voice", "AwACAgUAAxkBAAIB", seconds=20, mime="audio/ogg")
        case "image":
            return Attached("photo", "AgACAgUAAxkBAAIC", mime="image/jpeg")
        case "file":
            return Attached("file", "BQACAgUAAxkBAAID", mime="application/pdf", name="laporan.pdf")
        case _:
            return _choosing(ask, response, values, dice)


def odd_reply(ask: Ask, response: Response, dice: Random) -> Reply:
    here, revision = ask.item.name, response.revision
    match dice.randrange(6):
        case 0 | 1:
            return skipping(ask, response)
        case 2:
            return Tap("back", here, revision)
        case 3:
            return Tap("review", here, revision)
        case 4:
            return Unsupported("sticker")
        case _:
            return Typed(dice.choice(_NONSENSE))


def skipping(ask: Ask, response: Response) -> Tap:
    action: Action = "skip_yes" if ask.awaiting == "skip_confirm" else "skip"
    return Tap(action, ask.item.name, response.revision)


def _waited_for(ask: Ask, response: Response, dice: Random) -> Reply:
    """The card is in the middle of something: finish it."""
    if ask.awaiting in _FINISHING:
        return Tap(dice.choice(_FINISHING[ask.awaiting]), ask.item.name, response.revision)
    if ask.awaiting == "which":
        return _choosing(ask, response, response.chosen, dice)
    return Typed(dice.choice(_HOURS) if ask.awaiting == "clock" else _OTHER)


def _choosing(ask: Ask, response: Response, values: Sequence[str], dice: Random) -> Reply:
    if ask.options or ask.item.kind == "acknowledge":
        code = dice.choice(ask.options).code if ask.options else ""
        return Tap("choose", ask.item.name, response.revision, code)
    return Typed(_typed(ask.item, response, values, dice))


def _typed(item: Item, response: Response, values: Sequence[str], dice: Random) -> str:
    value = dice.choice([value for value in values if value] or ["7"])
    match item.kind:
        case "integer" | "decimal" | "range":
            return spoken(value, response.language)
        case "time":
            return dice.choice(_HOURS)
        case "datetime":
            return f"{_DAY} {dice.choice(_HOURS)}"
        case _:
            return _STORY if value == "x" else value


def _ticking(ask: Ask, response: Response, dice: Random) -> Tap:
    """Ticks until it seems enough; ranks until all have a place."""
    here, revision = ask.item.name, response.revision
    open_codes = [option.code for option in ask.options if not option.chosen]
    chosen = len(ask.options) - len(open_codes)
    full = not open_codes or (ask.maximum is not None and chosen >= ask.maximum)
    enough = ask.item.kind != "rank" and chosen > 0 and dice.random() < ENOUGH
    if full or enough:
        return Tap("done", here, revision)
    return Tap("on", here, revision, dice.choice(open_codes))
