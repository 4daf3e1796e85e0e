"""The tables of what colleagues bring in: forms and lists that are not in use yet, the office's own sheet. A part of tables.py;
no query lives here.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from bot.store import result_tables
from bot.store.columns import identity, to
from bot.store.moments import UtcDateTime

metadata = result_tables.metadata

form_drafts = Table(  # a form that was sent to the bot and is not in use; what is tried on it is no data
    "form_drafts", metadata, identity(),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("file_name", Text, nullable=False),
    Column("body", Text, nullable=False),  # compiled, as JSON
    Column("compared_to", Integer),  # questionnaires.id whose differences the colleague has seen
    Column("trial", Text),  # the response of who is trying it out, as JSON
    Column("trials", Integer, nullable=False, server_default="0"),  # how often it was tried
    Column("kept_at", UtcDateTime, nullable=False),
)  # fmt: skip

roster_drafts = Table(  # a list that was sent to the bot; its people stand in the file only
    "roster_drafts", metadata, identity(),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("file_id", Text, nullable=False),  # the messenger's own
    Column("file_name", Text, nullable=False),
    to("trainings.id", "training_id", nullable=True),
    Column("state", String(8), nullable=False),  # see roster_drafts.State
    Column("digest", String(64), nullable=False),  # of what would change, as it was shown
    Column("kept_at", UtcDateTime, nullable=False),
)  # fmt: skip

office_sheets = Table(  # the office's own answers on a training; no response of anybody
    "office_sheets", metadata,
    to("trainings.id", "training_id", primary_key=True),
    Column("questionnaire_id", Integer, ForeignKey("questionnaires.id"), nullable=False),
    Column("body", Text, nullable=False),  # a response, as JSON
    Column("updated_by", BigInteger, nullable=False),  # chat id of the colleague
    Column("updated_at", UtcDateTime, nullable=False),
)  # fmt: skip
