"""Which handler answers an update. A table and what its keys are; no sentence but the one for groups.

Callback data is untrusted; what stands before its first colon names the room: `a` answers, `p` other buttons of a
participant, `k` coordinator, `w` a class, `i` what is keyed in from paper, `r` rounds, `m` administrator, `j` whoever was invited to join the staff, `f` a form that staff sent, `c` its
trial, `d` interviews, `o` the office's own sheet, `l` a list of participants that staff sent. Whatever is no command and no button is a form's or the participant's.
"""

import re
from collections.abc import Awaitable, Callable, Mapping

from telegram import Chat, Update
from telegram.constants import ChatMemberStatus

from bot.chat import on_error
from bot.chat.desk import Desk
from bot.chat.handlers import (
    administrator,
    classes,
    coordinator,
    exports,
    forms,
    interviews,
    invitations,
    moves,
    paper,
    participant,
    reports,
    requests,
    rosters,
    rounds,
    sheets,
    start,
    typed,
)
from bot.chat.outgoing import LeaveChat, Outgoing, Screen, SendMessage

Handler = Callable[[Desk, Update], Awaitable[list[Outgoing]]]

PARTICIPANT_COMMANDS: Mapping[str, Handler] = {
    "start": start.on_start,
    "lanjut": participant.on_continue,
    "jawaban": participant.on_my_answers,
    "bantuan": participant.on_help,
    "help": participant.on_help,
    "bahasa": participant.on_language,
    "berhenti": participant.on_stop,
    "batal": forms.on_cancel,
    "datasaya": participant.on_my_data,
    "koreksi": participant.on_correct,
    "hapus": participant.on_erase,
}
STAFF_COMMANDS: Mapping[str, Handler] = {
    "pelatihan": coordinator.on_trainings,
    "bukakelas": classes.on_open_class,
    "pindahakun": moves.on_moves,
    "tindaklanjut": coordinator.on_follow_up,
    "status": rounds.on_status,
    "jelaskan": rounds.on_explain,
    "formulir": forms.on_forms,
    "laporan": reports.on_reports,
    "ringkasan": administrator.on_summary,
    "banding": administrator.on_comparison,
    "petugas": administrator.on_staff,
    "audit": administrator.on_audit,
    "ekspor": exports.on_export,
    "permintaan": requests.on_requests,
}
COMMANDS = {**PARTICIPANT_COMMANDS, **STAFF_COMMANDS}
BUTTONS: Mapping[str, Handler] = {
    "a": participant.on_tap,
    "p": participant.on_tap,
    "k": coordinator.on_press,
    "m": administrator.on_press,
    "r": rounds.on_press,
    "j": invitations.on_answer,
    "f": forms.on_press,
    "l": rosters.on_press,
    "c": forms.on_trial_tap,
    "o": sheets.on_tap,
    "w": classes.on_press,
    "d": interviews.on_press,
    "i": paper.on_tap,
}
_COMMAND = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s|$)", re.IGNORECASE)


async def answered(desk: Desk, update: Update) -> list[Outgoing]:
    handler = handler_for(update)
    outgoing = [] if handler is None else await handler(desk, update)
    desk.class_changed.set()
    return outgoing


def handler_for(update: Update) -> Handler | None:
    chat = update.effective_chat
    if chat is not None and chat.type != Chat.PRIVATE:
        return on_group
    if update.callback_query is not None:
        return BUTTONS.get(_room_of(update.callback_query.data or ""), participant.on_tap)
    if update.message is not None:
        return _for_message(update.message.text)
    if update.edited_message is not None:
        return participant.on_edited
    if update.my_chat_member is not None:
        return participant.on_blocked if _has_left(update) else participant.on_unblocked
    return None


def command_in(text: str) -> str | None:
    found = _COMMAND.match(text)
    return found.group(1).lower() if found else None


async def on_group(desk: Desk, update: Update) -> list[Outgoing]:
    """Answers would be read by others: say so, and leave."""
    if _has_left(update):
        return []
    chat = on_error.chat_of(update)
    said = desk.texts.say("hanya_pribadi", on_error.language(update, desk.texts))
    return [SendMessage(chat, Screen(said)), LeaveChat(chat)]


def _for_message(text: str | None) -> Handler:
    if text is None:
        return typed.on_other
    return COMMANDS.get(command_in(text) or "", typed.on_text)


def _room_of(data: str) -> str:
    return data.partition(":")[0]


def _has_left(update: Update) -> bool:
    changed = update.my_chat_member
    return changed is not None and changed.new_chat_member.status in {
        ChatMemberStatus.LEFT,
        ChatMemberStatus.BANNED,
    }
