"""A class: opened in two replies, watched while it is on. A handler awaits one transaction and returns what to show."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from zoneinfo import ZoneInfo

from telegram import Update

from bot.chat import class_screens
from bot.chat.class_buttons import ClassAction, ClassPress, decode_class
from bot.chat.class_link import class_qr
from bot.chat.desk import Desk
from bot.chat.handlers import contents, letters, links, moves, paper, papers, superiors, walk_ins
from bot.chat.handlers.staff_only import answered, forged, in_place, visit_of
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen, SendMessage, ShowClassCard
from bot.fieldwork import class_day, class_opening
from bot.fieldwork.class_opening import AskDay, AskTitle
from bot.fieldwork.class_view import ClassView
from bot.fieldwork.staff import Asked
from bot.survey.typed import cleaned

Drawn = Screen | list[Outgoing]
OPEN = Asked("open class")


async def on_open_class(desk: Desk, update: Update) -> list[Outgoing]:
    """/bukakelas, with the title behind it or without."""
    event = partial(class_opening.ask_title, given=_behind_command(update))
    return await answered(desk, update, OPEN, event, partial(class_screens.asked, desk.texts))


async def on_typed_title(desk: Desk, update: Update) -> list[Outgoing]:
    event = partial(class_opening.take_title, text=_text(update))
    return await answered(desk, update, OPEN, event, partial(class_screens.asked, desk.texts))


async def on_typed_day(desk: Desk, update: Update) -> list[Outgoing]:
    event = partial(class_opening.take_day, text=_text(update))
    return await answered(desk, update, OPEN, event, _day_taken(desk, update))


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    """Callback data beginning with `w`."""
    query = update.callback_query
    press = decode_class(query.data or "") if query is not None else None
    if press is None:
        return await forged(desk, update)
    return await PRESSES[press.action](desk, update, press)


def card_of(desk: Desk, update: Update, view: ClassView) -> ShowClassCard:
    screen = class_screens.live_card(desk.texts, view)
    return ShowClassCard(chat_of(update), screen, view.training.id)


async def _new(desk: Desk, update: Update, _press: ClassPress) -> list[Outgoing]:
    """The button "Buka kelas tanpa daftar"; what it stood under stays."""

    def draw(question: AskTitle | AskDay) -> list[Outgoing]:
        return [SendMessage(chat_of(update), class_screens.asked(desk.texts, question))]

    return await answered(desk, update, OPEN, class_opening.ask_title, draw)


async def _day(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(class_opening.tap_day, ahead=min(press.one, len(class_screens.DAYS) - 1))
    return await answered(desk, update, OPEN, event, _day_taken(desk, update))


async def _stop(desk: Desk, update: Update, _press: ClassPress) -> list[Outgoing]:
    def draw(language: str) -> Screen:
        return Screen(desk.texts.say("kelas_batal", language))

    return await answered(desk, update, OPEN, class_opening.cancel, draw)


def _day_taken(desk: Desk, update: Update) -> Callable[[AskDay | ClassView], Drawn]:
    def draw(done: AskDay | ClassView) -> Drawn:
        if isinstance(done, AskDay):
            return class_screens.asked(desk.texts, done)
        desk.job_asked.set()  # the sheet for the wall follows
        said = in_place(update, visit_of(desk, update), class_screens.opened(desk.texts, done))
        photo = class_qr(
            desk.texts, desk.study.office, (done.training.id, done.training.full_title),
            chat_of(update), done.language,
            secret=desk.secret, bot_username=desk.bot_username,
        )  # fmt: skip
        return [said[-1], photo, _group_text(desk, update, done), card_of(desk, update, done)]

    return draw


async def _watch(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    def draw(view: ClassView) -> list[Outgoing]:
        return [card_of(desk, update, view)]

    asked = Asked("watch class", press.training_id)
    return await answered(desk, update, asked, class_day.watch, draw)


async def _group(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    def draw(done: ClassView) -> list[Outgoing]:
        return [_group_text(desk, update, done)]

    return await answered(
        desk, update, Asked("show class QR", press.training_id), class_opening.as_it_stands, draw
    )


async def _missing(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    def draw(found: class_day.Missing) -> list[Outgoing]:
        return [SendMessage(chat_of(update), class_screens.missing(desk.texts, found))]

    asked = Asked("list missing", press.training_id)
    return await answered(desk, update, asked, class_day.missing, draw)


async def _extend(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    draw = partial(class_screens.live_card, desk.texts)
    asked = Asked("extend class", press.training_id)
    return await answered(desk, update, asked, class_day.extend, draw)


async def _begin(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    draw = partial(class_screens.live_card, desk.texts)
    asked = Asked("begin evaluation", press.training_id)
    return await answered(desk, update, asked, class_day.begin_evaluation, draw)


def _group_text(desk: Desk, update: Update, done: ClassView) -> SendMessage:
    text = class_screens.group_text(
        desk.texts, done, secret=desk.secret, bot_username=desk.bot_username,
        coordinator=visit_of(desk, update).name, office=desk.study.office.organiser,
        today=desk.clock.now().astimezone(ZoneInfo(done.training.zone)).date(),
    )  # fmt: skip
    return SendMessage(chat_of(update), Screen(text))


def _text(update: Update) -> str:
    return cleaned(update.message.text or "") if update.message is not None else ""


def _behind_command(update: Update) -> str:
    words = _text(update).split(maxsplit=1)
    return words[1] if len(words) > 1 else ""


Pressed = Callable[[Desk, Update, ClassPress], Awaitable[list[Outgoing]]]
PRESSES: Mapping[ClassAction, Pressed] = {
    "new": _new, "day": _day, "stop": _stop, "watch": _watch, "group": _group, "missing": _missing,
    "extend": _extend, "begin": _begin, "walkins": walk_ins.on_waiting, "walkin": walk_ins.on_walk_in,
    "search": walk_ins.on_search, "match": walk_ins.on_match, "extra": walk_ins.on_extra,
    "undo": walk_ins.on_undo, "keyin": paper.on_key_in, "sheet": paper.on_sheet,
    "keystop": paper.on_stop, "move": moves.on_move, "keep": moves.on_keep,
    "links": links.on_ask, "makelinks": links.on_make,
    "supwait": superiors.on_waiting, "supkeep": superiors.on_keep, "supnew": superiors.on_new,
    "supnone": superiors.on_nobody,
    "letters": letters.on_letters, "letternum": letters.on_number, "letterlist": letters.on_list,
    "letterall": letters.on_make, "letter": letters.on_make,
    "papers": papers.on_papers, "printclass": papers.on_class_sheet,
    "printblank": papers.on_blank, "printnamed": papers.on_named, "printcodes": papers.on_codes,
    "about": contents.on_contents, "aboutwrite": contents.on_write, "aboutsave": contents.on_save, "aboutstop": contents.on_stop,
}  # fmt: skip
