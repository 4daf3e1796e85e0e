"""After a restart: the present question again for those who were answering when the bot stopped. Telegram keeps a tap for
150 seconds only, and a reply may have been lost between the commit and the sending.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.chat.desk import Desk
from bot.chat.handlers.participant_replies import replies
from bot.chat.outbox import Outbox
from bot.chat.updates import Lanes
from bot.fieldwork import answering, life

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pause:
    """While no bot ran."""

    stopped_at: datetime  # the last sign of life, at most a minute before a sudden stop
    started_at: datetime


async def pause_before(desk: Desk) -> Pause | None:
    """To be asked before anything of this run is noted. None: this database never saw a bot."""
    stopped_at = await desk.run(life.last_sign)
    return Pause(stopped_at, desk.clock.now()) if stopped_at else None


async def resume_interrupted(desk: Desk, outbox: Outbox, turns: Lanes, pause: Pause) -> int:
    """To be done when what had waited at Telegram is taken. In each chat's turn: nobody sees a question answered meanwhile."""
    chats = await desk.run(answering.interrupted, pause.stopped_at, pause.started_at)
    shown = [
        turns.turn(chat_id, partial(_show_again, desk, outbox, pause, chat_id)) for chat_id in chats
    ]
    ended = await asyncio.gather(*shown, return_exceptions=True)
    for failed in ended:
        if isinstance(failed, Exception):
            LOG.error("a chat is not shown its question again", exc_info=failed)
    return sum(one for one in ended if isinstance(one, bool))


async def _show_again(desk: Desk, outbox: Outbox, pause: Pause, chat_id: int) -> bool:
    outcome = await desk.run(
        answering.shown_again, desk.study, chat_id, pause.started_at, desk.clock.now()
    )
    if outcome is None:
        return False
    outbox.show(chat_id, replies(desk.texts, chat_id, None, outcome))
    return True
