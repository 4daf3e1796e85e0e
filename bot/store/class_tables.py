"""The tables of a class while it is held: until when it is on, its live cards, who was matched, wrong birth dates. A part of
tables.py; no query lives here.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text

from bot.store import staff_tables
from bot.store.columns import identity, to
from bot.store.moments import UtcDateTime

metadata = staff_tables.metadata

classes = Table(  # a training whose class is, or was, on
    "classes", metadata,
    Column("training_id", Integer, ForeignKey("trainings.id", ondelete="CASCADE"), primary_key=True),
    Column("opened_by", BigInteger),  # chat id of the colleague who opened it without a list; None: it had one
    Column("opened_at", UtcDateTime, nullable=False),
    Column("open_until", UtcDateTime, nullable=False),
)  # fmt: skip

class_cards = Table(  # the live card of a class in the chat of a colleague
    "class_cards", metadata,
    to("trainings.id", "training_id", primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
    Column("shown", String(64), nullable=False),  # a hash of what it says, so that it is edited only when that changes
)  # fmt: skip

matches = Table(  # who came without being listed, and turned out to be that person; all that is needed to undo it
    "matches", metadata, identity(),
    to("trainings.id", "training_id", index=True),
    to("people.id", "person_id", index=True),
    Column("name", Text, nullable=False), Column("unit", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("code", String(16), nullable=False),
    Column("moved", JSON, nullable=False),  # {"chat": 7, "responses": [..], "consents": [..], ...}
    Column("matched_by", BigInteger, nullable=False), Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
)  # fmt: skip

relinks = Table(  # somebody with a new account asks to be moved to it
    "relinks", metadata, identity(),
    to("trainings.id", "training_id", index=True),
    to("people.id", "person_id", index=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime), Column("settled_by", BigInteger),
    Column("moved", Boolean),
)  # fmt: skip

wrong_dates = Table(  # birth dates that did not fit; forgotten after a day
    "wrong_dates", metadata, identity(),
    Column("chat_id", BigInteger, nullable=False, index=True),
    to("people.id", "person_id", index=True),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

wrong_codes = Table(  # participant codes that did not fit; whose was meant is not known; forgotten after a day
    "wrong_codes", metadata, identity(),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip
