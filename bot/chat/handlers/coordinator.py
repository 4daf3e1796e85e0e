"""What the coordinator writes and taps. A handler awaits one transaction and returns what to show; it sends nothing."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from telegram import Update

from bot.chat import follow_up_screens, office_screens, staff_screens
from bot.chat.class_link import class_photo
from bot.chat.desk import Desk
from bot.chat.handlers import reports, sheets
from bot.chat.handlers.administrator import invited
from bot.chat.handlers.staff_only import answered, forged
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen
from bot.chat.staff_buttons import Action, StaffPress, decode
from bot.fieldwork import follow_ups, inviting, staffing, trainings
from bot.fieldwork.follow_ups import Preview
from bot.fieldwork.staff import Asked
from bot.fieldwork.trainings import StaffPage


async def on_trainings(desk: Desk, update: Update) -> list[Outgoing]:
    """/pelatihan."""
    draw = partial(staff_screens.overview, desk.texts)
    return await answered(desk, update, Asked("list trainings"), trainings.overview, draw)


async def on_follow_up(desk: Desk, update: Update) -> list[Outgoing]:
    """/tindaklanjut."""
    draw = partial(follow_up_screens.choose_follow_up, desk.texts)
    return await answered(desk, update, Asked("list follow-ups"), follow_ups.followable, draw)


async def on_press(desk: Desk, update: Update) -> list[Outgoing]:
    query = update.callback_query
    press = decode(query.data or "") if query is not None else None
    if press is None:
        return await forged(desk, update)
    return await PRESSES[press.action](desk, update, press)


async def _list(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    """Its number is that of a page."""
    draw = partial(staff_screens.overview, desk.texts)
    event = partial(trainings.overview, page=press.training_id)
    return await answered(desk, update, Asked("list trainings"), event, draw)


async def _details(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    asked = Asked("look at training", press.training_id)
    draw = partial(staff_screens.details, desk.texts)
    return await answered(desk, update, asked, trainings.details, draw)


async def _class_link(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    def draw(page: StaffPage) -> list[Outgoing]:
        return [
            class_photo(
                desk.texts, desk.study.office, page, chat_of(update),
                secret=desk.secret, bot_username=desk.bot_username,
            )
        ]  # fmt: skip

    asked = Asked("show class QR", press.training_id)
    return await answered(desk, update, asked, trainings.show_class_link, draw)


async def _preview(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    """What would be sent: in short, word for word, or to whom not."""
    draws: Mapping[str, Callable[[Preview], Screen]] = {
        "preview": partial(follow_up_screens.preview, desk.texts, desk.study.office),
        "whole": partial(follow_up_screens.whole_messages, desk.texts, desk.study.office),
        "missed": partial(follow_up_screens.who_gets_none, desk.texts),
    }
    asked = Asked("preview follow-up", press.training_id, _detail(press))
    event = partial(follow_ups.preview, day=press.day, kind=_kind(press))
    return await answered(desk, update, asked, event, draws[press.action])


async def _days(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    asked = Asked("preview follow-up", press.training_id, _detail(press))
    draw = partial(follow_up_screens.choose_day, desk.texts)
    event = partial(follow_ups.days, kind=_kind(press))
    return await answered(desk, update, asked, event, draw)


async def _send(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    asked = Asked("trigger follow-up", press.training_id, _detail(press))
    event = partial(
        follow_ups.confirm, day=press.day, board_message_id=_message_id(update), kind=_kind(press)
    )
    draw = partial(follow_up_screens.confirmed, desk.texts)
    return await answered(desk, update, asked, event, draw)


async def _undo(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    asked = Asked("take back follow-up", press.training_id, _detail(press))
    draw = partial(follow_up_screens.taken_back, desk.texts)
    event = partial(follow_ups.take_back, kind=_kind(press))
    return await answered(desk, update, asked, event, draw)


async def _cancel(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    def draw(page: StaffPage) -> Screen:
        return Screen(desk.texts.say("dibatalkan", page.language))

    asked = Asked("cancel follow-up", press.training_id)
    return await answered(desk, update, asked, follow_ups.cancel_follow_up, draw)


def _kind(press: StaffPress) -> str:
    return follow_ups.PEERS if press.of_peers else follow_ups.FOLLOW_UP


def _detail(press: StaffPress) -> dict[str, str | int]:
    """For the log: of which round, where it is not that of the alumni."""
    return {"round": follow_ups.PEERS} if press.of_peers else {}


def _message_id(update: Update) -> int | None:
    query = update.callback_query
    return query.message.message_id if query is not None and query.message is not None else None


async def _ask_hand_over(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    asked = Asked("look at training", press.training_id)
    draw = partial(office_screens.ask_hand_over, desk.texts)
    return await answered(desk, update, asked, staffing.ask_hand_over, draw)


async def _hand_over(desk: Desk, update: Update, press: StaffPress) -> list[Outgoing]:
    asked = Asked("hand over training", press.training_id)
    event = inviting.hand_over if press.action == "pass" else inviting.invite
    return await answered(desk, update, asked, event, invited(desk, update))


PRESSES: Mapping[Action, Callable[[Desk, Update, StaffPress], Awaitable[list[Outgoing]]]] = {
    "list": _list,
    "detail": _details,
    "qr": _class_link,
    "preview": _preview,
    "whole": _preview,
    "missed": _preview,
    "days": _days,
    "send": _send,
    "undo": _undo,
    "cancel": _cancel,
    "handover": _ask_hand_over,
    "share": _hand_over,
    "pass": _hand_over,
    "sheet": sheets.on_open,
    "closesheet": sheets.on_close,
    "report": reports.on_report,
}
