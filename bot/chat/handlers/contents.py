"""What a class teaches and who teaches it, typed from its details. A handler awaits one transaction and returns what to show."""

from functools import partial

from telegram import Update

from bot.chat import contents_screens
from bot.chat.class_buttons import ClassPress
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing
from bot.fieldwork import class_contents
from bot.fieldwork.class_contents import CONTENTS
from bot.fieldwork.expecting import asked_about
from bot.fieldwork.staff import Asked
from bot.survey.typed import cleaned


async def on_contents(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    draw = partial(contents_screens.contents, desk.texts)
    asked = Asked("look at training", press.training_id)
    return await answered(desk, update, asked, class_contents.show, draw)


async def on_write(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(class_contents.ask, content=CONTENTS[min(press.one, len(CONTENTS) - 1)])
    draw = partial(contents_screens.asked, desk.texts)
    asked = Asked("write class contents", press.training_id)
    return await answered(desk, update, asked, event, draw)


async def on_typed(desk: Desk, update: Update) -> list[Outgoing]:
    training_id, _ = await desk.run(asked_about, chat_of(update))
    text = cleaned(update.message.text or "") if update.message is not None else ""
    event = partial(class_contents.take, text=text)
    draw = partial(contents_screens.typed, desk.texts)
    asked = Asked("write class contents", training_id)
    return await answered(desk, update, asked, event, draw)


async def on_save(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    draw = partial(contents_screens.saved, desk.texts)
    asked = Asked("write class contents", press.training_id)
    return await answered(desk, update, asked, class_contents.save, draw)


async def on_stop(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    draw = partial(contents_screens.contents, desk.texts)
    asked = Asked("look at training", press.training_id)
    return await answered(desk, update, asked, class_contents.stop, draw)
