"""What was refused to people who are not staff, in the audit log: forged buttons, links of others, links that have expired.

The log cannot be erased, so they stand in it by a pseudonym that only the deployment's secret could make.
"""

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import Connection

from bot.errors import FieldworkError, LinkRefused
from bot.store import audit
from bot.store import staff as stored

REFUSED = "refused"
NOT_MINE = "send link back"
NOBODY = "#"  # they were promised that nothing of them is kept: not even a pseudonym


def actor_of(connection: Connection, chat_id: int, secret: bytes) -> str:
    """The chat id of who is or was staff."""
    if stored.was_ever(connection, chat_id):
        return str(chat_id)
    digest = hmac.new(secret, f"stranger:{chat_id}".encode(), hashlib.sha256)
    return f"#{digest.hexdigest()[:8]}"


def note_refused(
    connection: Connection, actor: str, refused: FieldworkError, now: datetime
) -> None:
    wanted = "open link" if isinstance(refused, LinkRefused) else "answer survey"
    detail = {"wanted": wanted, "why": refused.text_key}
    audit.note(connection, actor, REFUSED, detail, now)


def note_not_mine(connection: Connection, now: datetime) -> None:
    """A link reached somebody it was not meant for, and they said so."""
    audit.note(connection, NOBODY, NOT_MINE, {}, now)
