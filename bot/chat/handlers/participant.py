"""What a participant or superior does in the chat: each update becomes one event of fieldwork and a list of Outgoing.

A function here awaits one transaction and returns; it sends nothing and decides nothing about the survey. The data of a
button is untrusted: what cannot be read is answered with the present card.
"""

from collections.abc import Callable, Mapping
from functools import partial

from telegram import Contact, MaybeInaccessibleMessage, Message, Update

from bot.chat.buttons import AnswerButton, Press, decode
from bot.chat.desk import Desk
from bot.chat.handlers import staff_only
from bot.chat.handlers.messages import attachment_of, said_now, written_in
from bot.chat.handlers.participant_replies import TappedMessage, replies
from bot.chat.outgoing import Outgoing
from bot.fieldwork import (
    answering,
    calling,
    class_list,
    class_scan,
    consent,
    conversation,
    enrolment,
    link_opening,
    participant_code,
    pausing,
    permitting,
    privacy,
    reviewing,
    staff,
    walk_ins,
)
from bot.fieldwork.conversation import Act, attend
from bot.fieldwork.records import Edition, Visit
from bot.fieldwork.tapping import Tapped
from bot.survey.typed import cleaned


async def on_start(desk: Desk, update: Update) -> list[Outgoing]:
    token = _argument(update)
    return await _attend(desk, update, partial(class_scan.start, token=token))


async def on_continue(desk: Desk, update: Update) -> list[Outgoing]:
    return await _attend(desk, update, answering.resume)


async def on_my_answers(desk: Desk, update: Update) -> list[Outgoing]:
    return await _attend(desk, update, reviewing.my_answers)


async def on_help(desk: Desk, update: Update) -> list[Outgoing]:
    return await _attend(desk, update, conversation.help_text)


async def on_language(desk: Desk, update: Update) -> list[Outgoing]:
    return await _attend(desk, update, conversation.ask_language)


async def on_stop(desk: Desk, update: Update) -> list[Outgoing]:
    return await _attend(desk, update, privacy.stop)


async def on_cancel(desk: Desk, update: Update) -> list[Outgoing]:
    return await _attend(desk, update, privacy.cancel)


async def on_my_data(desk: Desk, update: Update) -> list[Outgoing]:
    return await _attend(desk, update, privacy.my_data)


async def on_correct(desk: Desk, update: Update) -> list[Outgoing]:
    return await _attend(desk, update, privacy.correct)


async def on_erase(desk: Desk, update: Update) -> list[Outgoing]:
    return await _attend(desk, update, privacy.ask_erase)


async def on_tap(desk: Desk, update: Update) -> list[Outgoing]:
    """Callback data beginning with `a` or `p`."""
    query = update.callback_query
    match decode(query.data or "") if query else None:
        case AnswerButton() as button:
            tapped = Tapped(
                button.response_id, button.position, button.revision, button.action, button.value
            )
            act = partial(answering.tap, tapped=tapped)
            return await _attend(desk, update, act, answering.show)
        case Press() as press:
            shown = await _attend(desk, update, PRESSES[press.action](press))
            if press.action == "erase_yes":
                desk.job_asked.set()  # nothing of it may stay in the file either
            return shown
        case None:  # forged, or of an old version: noted
            await desk.run(staff.note_forged, staff_only.visit_of(desk, update))
            return await _attend(desk, update, answering.show)


async def on_unknown_command(desk: Desk, update: Update) -> list[Outgoing]:
    """A command that does not exist is no answer."""
    return await on_help(desk, update)


async def on_other(desk: Desk, update: Update) -> list[Outgoing]:
    """A voice message, a photo or a file may be an answer; a sticker, a place or a contact is none."""
    message = update.message
    attachment = attachment_of(message)
    act: Act = partial(conversation.unsupported, kind=_kind(update))
    if message and message.contact:
        act = partial(conversation.contact, shared=_shared(message, message.contact))
    if message and attachment:
        written = written_in(message, attachment.caption)
        act = partial(conversation.attached, attachment=attachment, written=written)
    return await _attend(desk, update, act, answering.show)


async def on_edited(desk: Desk, update: Update) -> list[Outgoing]:
    """Telegram also reports changes that nobody made, such as a preview of a link: those carry no time of an edit."""
    message = update.edited_message
    if message is None or message.edit_date is None:
        return []
    edition = Edition(said_now(message), message.message_id, message.date, message.edit_date)
    act = partial(conversation.edited, edition=edition)
    return await _attend(desk, update, act, conversation.show_active)


async def on_blocked(desk: Desk, update: Update) -> list[Outgoing]:
    chat = update.effective_chat
    if chat is not None:
        await desk.run(enrolment.blocked, chat.id, desk.clock.now())
    return []


async def on_unblocked(desk: Desk, update: Update) -> list[Outgoing]:
    chat = update.effective_chat
    if chat is not None:
        await desk.run(enrolment.unblocked, chat.id, desk.clock.now())
    return []


async def _attend(desk: Desk, update: Update, act: Act, again: Act | None = None) -> list[Outgoing]:
    visit = visit_of(desk, update)
    outcome = await desk.run(attend, visit, act, again)
    return replies(desk.texts, visit.chat_id, _tapped(update), outcome)


def visit_of(desk: Desk, update: Update) -> Visit:
    chat_id = _chat_id(update)
    return Visit(
        desk.study, chat_id, update.update_id, desk.clock.now(), desk.secret, desk.named,
        poses_below=update.callback_query is None, is_posing=desk.posing[chat_id] > 0,
    )  # fmt: skip


def _shared(message: Message, contact: Contact) -> str:
    """The own phone number; "" for anybody else's card, also a forwarded one."""
    sender = message.from_user
    is_own = sender is not None and contact.user_id == sender.id and not message.forward_origin
    return contact.phone_number if is_own else ""


def _chat_id(update: Update) -> int:
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0


def _tapped(update: Update) -> TappedMessage | None:
    query = update.callback_query
    if query is None:
        return None
    message: MaybeInaccessibleMessage | None = query.message
    return TappedMessage(query.id, message.message_id if message else None)


def _argument(update: Update) -> str:
    words = (update.message.text or "").split(maxsplit=1) if update.message else []
    return cleaned(words[1]) if len(words) > 1 else ""


def _kind(update: Update) -> str:
    message = update.message
    kinds = ("video_note", "sticker", "video", "contact")
    return next((kind for kind in kinds if message and getattr(message, kind, None)), "other")


def _about_round(name: str) -> Callable[[Press], Act]:
    """Notices need the responses of the round first."""

    def act_for(press: Press) -> Act:
        return partial(consent.again, round_id=press.id, more=press.more, what=name)

    return act_for


PRESSES: Mapping[str, Callable[[Press], Act]] = {
    "begin": lambda press: partial(answering.begin, round_id=press.id),
    "refuse": lambda press: partial(consent.refuse, round_id=press.id),
    "enough": lambda press: partial(pausing.stop_reminding, round_id=press.id, key="cukup"),
    "no_reminder": lambda press: partial(
        pausing.stop_reminding, round_id=press.id, key="tanpa_pengingat"
    ),
    **{
        action: lambda press: partial(pausing.snooze, round_id=press.id, action=press.action)
        for action in ("tomorrow", "evening", "morning", "hour")
    },
    "call": lambda press: partial(calling.ask, round_id=press.id),
    "other_time": lambda press: partial(pausing.ask_time, round_id=press.id),
    **{
        action: _about_round(action)
        for action in ("self", "behalf", "notice", "whole_notice", "who_sees")
    },
    "not_for_me": lambda press: partial(consent.not_for_me, round_id=press.id),
    "link_self": lambda _: partial(link_opening.answer_for, more=""),
    "link_behalf": lambda _: partial(link_opening.answer_for, more=consent.ON_BEHALF),
    "link_not_mine": lambda _: link_opening.not_mine,
    "agree": lambda press: partial(answering.agree, round_id=press.id, more=press.more),
    "take": lambda press: partial(answering.take, response_id=press.id),
    "pause": lambda press: partial(pausing.pause, response_id=press.id),
    "look": lambda press: partial(reviewing.review, response_id=press.id),
    "change": lambda press: partial(reviewing.review, response_id=press.id),
    "quotes": lambda press: partial(permitting.show, response_id=press.id),
    "permit": lambda press: partial(permitting.permit, response_id=press.id, more=press.more),
    "pick_name": lambda press: partial(class_list.ask_letters, training_id=press.id),
    "not_listed": lambda press: partial(walk_ins.not_listed, training_id=press.id),
    "share_phone": lambda press: partial(class_list.ask_phone, training_id=press.id),
    "use_code": lambda press: partial(participant_code.ask, training_id=press.id),
    "join": lambda press: partial(walk_ins.join, training_id=press.id),
    "name": lambda press: partial(class_list.choose, person_id=press.id, more=press.more),
    "not_me": lambda press: partial(enrolment.disconnect, person_id=press.id),
    "continue": lambda _: answering.resume,
    "help": lambda _: conversation.help_text,
    "language": lambda press: partial(conversation.set_language, code=press.more),
    "stop_survey": lambda _: privacy.stop_survey,
    "stop_contact": lambda _: privacy.stop_contact,
    "erase": lambda _: privacy.ask_erase,
    "erase_yes": lambda _: privacy.erase,
    "data_file": lambda _: privacy.data_file,
    "cancel": lambda _: privacy.cancel,
}
