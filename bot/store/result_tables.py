"""The tables of what is told of results: the weekly summary, and the news to those who answered. A part of tables.py."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from bot.store import class_tables
from bot.store.moments import UtcDateTime

metadata = class_tables.metadata

result_news = Table(  # what those who answered are told of the results
    "result_news", metadata,
    Column("round_id", Integer, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("finding", Text, nullable=False), Column("barrier", Text, nullable=False),
    Column("plan", Text, nullable=False), Column("written_by", BigInteger, nullable=False),
    Column("written_at", UtcDateTime, nullable=False), Column("approved_at", UtcDateTime),
)  # fmt: skip

summaries = Table(  # one row per ISO week: whoever inserts it sends it
    "summaries", metadata,
    Column("week", String(10), primary_key=True),  # 2027-W05
    Column("claimed_at", UtcDateTime, nullable=False),
    Column("text", Text), Column("picture", LargeBinary), Column("made_at", UtcDateTime),
    Column("workbook", LargeBinary),
    Column("failures", Integer, nullable=False, server_default="0"),  # so often it could not be made
)  # fmt: skip

summary_deliveries = Table(
    "summary_deliveries", metadata,
    Column("week", String(10), ForeignKey("summaries.week", ondelete="CASCADE"), primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),  # planned, claimed, sent, unreachable, unknown
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip
