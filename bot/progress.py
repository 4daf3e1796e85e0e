"""The ticker's hand for how a sending goes: it edits the message of whoever confirmed it, when that says something new.

What was shown is noted only after Telegram took it, so a restart or a flood-wait costs no last word.
"""

from datetime import datetime

from bot.chat import board_screens
from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.outgoing import EditMessage
from bot.errors import TryLater
from bot.fieldwork import boards


async def show_boards(desk: Desk, outbox: Outbox, now: datetime) -> int:
    """How many were edited."""
    edited = 0
    for board in await desk.run(boards.to_show, now):
        edit = EditMessage(board.chat_id, board.message_id, board_screens.board(desk.texts, board))
        delivered = await outbox.initiate(board.chat_id, [edit])
        if not isinstance(delivered, TryLater):
            await desk.run(boards.note_shown, board)
            edited += 1
    return edited
