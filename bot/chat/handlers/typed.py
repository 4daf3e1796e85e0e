"""A typed text: what was it asked for? Of the office's own questions the table below knows the handler; any other text
is for a form that is tried out, or for the participant's survey.
"""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.handlers import (
    classes,
    contents,
    forms,
    interviews,
    letters,
    news,
    paper,
    sheets,
    superiors,
    walk_ins,
)
from bot.chat.handlers.staff_only import spoken, visit_of
from bot.chat.on_error import chat_of
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.errors import NothingOpen
from bot.fieldwork import (
    class_contents,
    class_opening,
    keying_in,
    matching,
    office_sheet,
    result_news,
)
from bot.fieldwork.confirming import EXPECTING_SUPERIOR
from bot.fieldwork.expecting import expect_nothing
from bot.fieldwork.interviews import EXPECTING_NOTES
from bot.fieldwork.letters import EXPECTING_NUMBER
from bot.fieldwork.typing_in import is_asked

Reply = Callable[[Desk, Update], Awaitable[list[Outgoing]]]
REPLIES: Mapping[str, Reply] = {
    class_opening.EXPECTING_TITLE: classes.on_typed_title,
    class_opening.EXPECTING_DAY: classes.on_typed_day,
    class_contents.EXPECTING_CONTENTS: contents.on_typed,
    matching.EXPECTING_LETTERS: walk_ins.on_letters,
    EXPECTING_NUMBER: letters.on_typed_number,
    EXPECTING_SUPERIOR: superiors.on_typed,
    result_news.EXPECTING_NEWS: news.on_typed,
    EXPECTING_NOTES: interviews.on_note,
    office_sheet.EXPECTING_SHEET: sheets.on_typed,
    keying_in.EXPECTING_LETTERS: paper.on_letters,
    keying_in.EXPECTING_ANSWER: paper.on_text,
}


async def on_text(desk: Desk, update: Update) -> list[Outgoing]:
    taken = await forms.taken(desk, update, REPLIES)
    if not isinstance(taken, str):
        return taken
    try:
        return await REPLIES[taken](desk, update)
    except NothingOpen:
        await desk.run(expect_nothing, chat_of(update))
        raise


async def on_other(desk: Desk, update: Update) -> list[Outgoing]:
    """What is no text answers no question of the office; a document is a list or a form whatever was asked."""
    message = update.message
    if message is None or message.document is None:
        language = await desk.run(is_asked, visit_of(desk, update), REPLIES)
        if language is not None:
            said = desk.texts.say("mohon_tulisan", language or spoken(desk, update))
            return [SendMessage(chat_of(update), Screen(said))]
    return await forms.on_other(desk, update)
