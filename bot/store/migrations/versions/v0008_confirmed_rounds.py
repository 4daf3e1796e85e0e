"""Rounds that a coordinator confirms, pauses and extends. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("confirmed_at", "planned_opens_at", "paused_at"):
        op.add_column("rounds", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("rounds", sa.Column("board_message_id", sa.BigInteger()))
    op.add_column(
        "rounds", sa.Column("board_shown", sa.String(length=80), server_default="", nullable=False)
    )
    op.add_column(
        "rounds", sa.Column("extended_by", sa.Integer(), server_default="0", nullable=False)
    )
