"""What a person reads when something went wrong: a friendly sentence, with a code when it was our fault. No traceback.

The log gets the same code with the traceback. Neither gets a name or a text of the person.
"""

import logging
import secrets

from telegram import Update

from bot.chat.outgoing import AnswerTap, Outgoing, Screen, SendMessage
from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.errors import FieldworkError

LOG = logging.getLogger(__name__)


def refusal(texts: Texts, update: Update, refused: FieldworkError) -> list[Outgoing]:
    """The sentence that fieldwork chose."""
    return _say(update, texts.say(refused.text_key, language(update, texts), **refused.arguments))


def apology(texts: Texts, update: Update, code: str) -> list[Outgoing]:
    return _say(update, texts.say("gangguan_kode", language(update, texts), kode=code))


def logged(update: Update, error: BaseException) -> str:
    """Writes the failure to the log under a new code, which it returns."""
    code = secrets.token_hex(3).upper()
    LOG.error("update %d failed, code %s", update.update_id, code, exc_info=error)
    return code


def chat_of(update: Update) -> int:
    """Whose queue the update belongs to. A private chat has the id of its person."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0


def language(update: Update, texts: Texts) -> str:
    """The account's own choice is in the database, which may be what is broken: so the phone's language."""
    spoken = update.effective_user.language_code if update.effective_user else None
    short = (spoken or DEFAULT_LANGUAGE)[:2]
    return short if short in texts.languages() else DEFAULT_LANGUAGE


def _say(update: Update, text: str) -> list[Outgoing]:
    said: list[Outgoing] = [SendMessage(chat_of(update), Screen(text))]
    if update.callback_query is not None:
        return [AnswerTap(update.callback_query.id), *said]
    return said
