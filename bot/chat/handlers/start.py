"""/start: with an invitation, with another link, or without one. It decides only whose Start it is."""

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.handlers import invitations, participant
from bot.chat.handlers.staff_only import greeting, spoken, visit_of
from bot.chat.outgoing import Outgoing, SendMessage
from bot.fieldwork import inviting, staff


async def on_start(desk: Desk, update: Update) -> list[Outgoing]:
    """Staff who press Start without a link are told what they can do; a link makes them participants too."""
    words = (update.message.text or "").split() if update.message is not None else []
    if len(words) > 1:
        if words[1].startswith(inviting.PREFIX):
            return await invitations.on_link(desk, update, words[1])
        return await participant.on_start(desk, update)
    visit = visit_of(desk, update)
    found = await desk.run(staff.who_is, desk.named, visit.chat_id)
    if found is None:
        return await participant.on_start(desk, update)
    language = await desk.run(staff.language_of, visit.chat_id) or spoken(desk, update)
    return [SendMessage(visit.chat_id, greeting(desk, found, language))]
