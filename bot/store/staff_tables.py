"""The tables of the office itself: who works here, by which invitation. A part of tables.py; no query lives here."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, String, Table, Text

from bot.store import columns
from bot.store.columns import identity, to
from bot.store.moments import UtcDateTime

metadata = columns.metadata

staff = Table(  # who was invited to work here; those that the settings name need no row
    "staff", metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(16), nullable=False),  # administrator, coordinator
    Column("all_trainings", Boolean, nullable=False),  # False: those of staff_trainings
    Column("added_at", UtcDateTime, nullable=False), Column("added_by", BigInteger, nullable=False),
    Column("left_at", UtcDateTime),
)  # fmt: skip

staff_trainings = Table(
    "staff_trainings", metadata,
    Column("chat_id", BigInteger, ForeignKey("staff.chat_id", ondelete="CASCADE"), primary_key=True),
    to("trainings.id", "training_id", primary_key=True, index=True),
)  # fmt: skip

staff_names = Table(  # as Telegram shows them, so that lists and the audit log can be read
    "staff_names", metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
)  # fmt: skip

staff_invitations = Table(  # one-time links; only their hash is kept
    "staff_invitations", metadata, identity(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    to("trainings.id", "training_id", nullable=True, index=True),  # None: all
    Column("gives_up", Boolean, nullable=False),  # a hand-over: whoever invited no longer has the training
    Column("invited_by", BigInteger, nullable=False),
    Column("invited_at", UtcDateTime, nullable=False), Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime), Column("used_by", BigInteger),
    Column("withdrawn_at", UtcDateTime),
)  # fmt: skip
