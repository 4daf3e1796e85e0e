"""The tables of interviews. A part of tables.py; no query lives here."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store import rights_tables
from bot.store.columns import identity, to
from bot.store.moments import UtcDateTime

metadata = rights_tables.metadata

cases = Table(  # an alumnus selected for an interview; the office sees K01, and a name only after `called_at`
    "cases", metadata, identity(),
    to("trainings.id", "training_id"), to("people.id", "person_id", index=True),
    Column("number", Integer, nullable=False),
    Column("branch", String(16), nullable=False),  # berhasil, belum_berhasil: nobody is told
    Column("score", Float, nullable=False),
    Column("selected_at", UtcDateTime, nullable=False),
    Column("called_at", UtcDateTime),  # when they asked to be called or met instead
    Column("quotes_seen_at", UtcDateTime),  # what may be quoted, as it was then
    Column("permission", String(8), nullable=False, server_default=""),  # as given in a call
    UniqueConstraint("training_id", "person_id"),
    UniqueConstraint("training_id", "number"),
)  # fmt: skip

case_notes = Table(  # what an interviewer wrote down of a call
    "case_notes", metadata, identity(), to("cases.id", "case_id", index=True),
    Column("text", Text, nullable=False), Column("written_by", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

recordings = Table(  # a voice message of an interview; the sound is sealed, and goes with its answer
    "recordings", metadata, identity(), to("responses.id", "response_id", index=True),
    Column("item", String(64), nullable=False),
    Column("file_id", String(200), nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("sealed", LargeBinary),  # None: not fetched
    Column("kept_at", UtcDateTime),
    Column("transcript", Text), Column("written_at", UtcDateTime),  # None: not transcribed
    Column("failures", Integer, nullable=False, server_default="0"),  # of the step that is next
    Column("due_at", UtcDateTime, nullable=False),  # when that step may be tried
    UniqueConstraint("response_id", "file_id"),
)  # fmt: skip
