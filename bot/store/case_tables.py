"""The tables of interviews, of letters to superiors, and of superiors who may have changed. A part of tables.py; no query lives here."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    Integer,
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
    UniqueConstraint("training_id", "person_id"),
    UniqueConstraint("training_id", "number"),
)  # fmt: skip

case_notes = Table(  # what an interviewer wrote down of a call
    "case_notes", metadata, identity(), to("cases.id", "case_id", index=True),
    Column("text", Text, nullable=False), Column("written_by", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

letters = Table(  # the official letter to the superiors of a training
    "letters", metadata,
    to("trainings.id", "training_id", primary_key=True, autoincrement=False),
    Column("number", String(80), nullable=False), Column("dated", Date, nullable=False),
    Column("written_by", BigInteger, nullable=False), Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

superior_checks = Table(  # an alumnus who moved: who rates now? Nobody is asked before the office has said
    "superior_checks", metadata,
    to("trainings.id", "training_id", primary_key=True, autoincrement=False),
    to("people.id", "person_id", primary_key=True, autoincrement=False),
    Column("outcome", String(8), nullable=False, server_default=""),  # "", kept, changed, none
    Column("asked_at", UtcDateTime, nullable=False), Column("settled_at", UtcDateTime),
)  # fmt: skip
