"""What the law asks for: requests, erasures, answers without their person. A part of
tables.py; no query lives here.
"""

from sqlalchemy import JSON, BigInteger, Column, Date, ForeignKey, Integer, String, Table, Text

from bot.store import draft_tables
from bot.store.columns import identity, to
from bot.store.moments import UtcDateTime

metadata = draft_tables.metadata

released_answers = Table(  # of anonymous forms, taken off their person; see released.py
    "released_answers", metadata,
    Column("key", String(16), primary_key=True),  # random: the only order there is
    to("rounds.id", "round_id", index=True),
    Column("questionnaire_id", Integer, ForeignKey("questionnaires.id"), nullable=False),
    Column("disposition", String(16), nullable=False),  # complete, partial
    Column("week", Date, nullable=False),  # its Monday
    Column("hidden", JSON, nullable=False), Column("answers", JSON, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

erasures = Table(  # who was erased, as keyed hashes: neither a list nor an older backup brings them back
    "erasures", metadata,
    Column("key", String(32), primary_key=True), Column("at", UtcDateTime, primary_key=True),
    Column("wiped_at", UtcDateTime),  # when it was gone from the bytes of the file too
)  # fmt: skip

requests = Table(  # what a person asked of us under the law: access, correction, deletion
    "requests", metadata, identity(),
    Column("person_code", String(16), nullable=False), Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False), Column("asked_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False), Column("done_at", UtcDateTime),
    Column("outcome", String(12), nullable=False, server_default=""),  # done, refused
    Column("closed_by", BigInteger),  # chat id of the administrator
    Column("remind_at", UtcDateTime, index=True),  # when the administrators hear of it next
)  # fmt: skip
