"""After a restart: the present question again for those who were answering when the bot stopped. Telegram keeps a tap for
150 seconds only, and a reply may have been lost between the commit and the sending.
"""

from bot.chat.desk import Desk
from bot.chat.handlers.participant_replies import replies
from bot.chat.outbox import Outbox
from bot.fieldwork import answering, life


async def resume_interrupted(desk: Desk, outbox: Outbox) -> int:
    stopped_at = await desk.run(life.last_sign)
    if stopped_at is None:
        return 0
    now = desk.clock.now()
    interrupted = await desk.run(answering.interrupted, desk.study, stopped_at, now)
    for chat_id, outcome in interrupted:
        outbox.show(chat_id, replies(desk.texts, chat_id, None, outcome))
    return len(interrupted)
