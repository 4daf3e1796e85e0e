"""The message about the results: asked for, written, approved. A handler awaits one transaction and sends nothing."""

from collections.abc import Callable, Mapping
from functools import partial

from telegram import Update

from bot.chat import news_screens
from bot.chat.desk import Desk
from bot.chat.handlers import forms
from bot.chat.handlers.staff_only import answered
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing
from bot.chat.round_buttons import RoundAction, RoundPress
from bot.fieldwork import result_news
from bot.fieldwork.permits import Action
from bot.fieldwork.result_news import NewsPage
from bot.fieldwork.staff import Asked
from bot.survey.typed import cleaned


async def on_press(desk: Desk, update: Update, press: RoundPress) -> list[Outgoing]:
    action, event = PRESSES[press.action]
    draw = partial(news_screens.news, desk.texts, desk.study.office)
    asked = Asked(action, press.training_id, {"round": press.id})
    return await answered(desk, update, asked, partial(event, round_id=press.id), draw)


async def on_typed(desk: Desk, update: Update) -> list[Outgoing]:
    """The three sentences; who may no longer write them is refused by the training they are about."""
    training_id = await desk.run(result_news.asked_training, chat_of(update))
    if not training_id:
        return await forms.on_text(desk, update)
    text = cleaned(update.message.text or "") if update.message is not None else ""
    event = partial(result_news.take_sentences, text=text)
    draw = partial(news_screens.news, desk.texts, desk.study.office)
    return await answered(desk, update, Asked("write result news", training_id), event, draw)


PRESSES: Mapping[RoundAction, tuple[Action, Callable[..., NewsPage]]] = {
    "news": ("write result news", result_news.page),
    "newsagain": ("write result news", result_news.write_again),
    "newsdrop": ("write result news", result_news.give_up),
    "newsyes": ("send result news", result_news.send),
}
