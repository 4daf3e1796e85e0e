"""After a restart: the present question again for those who were answering when the bot stopped. Telegram keeps a tap for
150 seconds only, and a reply may have been lost between the commit and the sending.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.desk import Desk
from bot.chat.handlers.participant_replies import replies
from bot.chat.outbox import Outbox
from bot.fieldwork import answering, life


@dataclass(frozen=True, slots=True)
class Pause:
    """While no bot ran."""

    stopped_at: datetime  # the last sign of life, at most a minute before a sudden stop
    started_at: datetime


async def pause_before(desk: Desk) -> Pause | None:
    """To be asked before anything of this run is noted. None: this database never saw a bot."""
    stopped_at = await desk.run(life.last_sign)
    return Pause(stopped_at, desk.clock.now()) if stopped_at else None


async def resume_interrupted(desk: Desk, outbox: Outbox, pause: Pause) -> int:
    """To be done when what had waited at Telegram is taken: whose reply was among it has the next question already."""
    interrupted = await desk.run(
        answering.interrupted, desk.study, pause.stopped_at, pause.started_at, desk.clock.now()
    )
    for chat_id, outcome in interrupted:
        outbox.show(chat_id, replies(desk.texts, chat_id, None, outcome))
    return len(interrupted)
