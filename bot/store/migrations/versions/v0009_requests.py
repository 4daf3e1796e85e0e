"""The clock of a request, and what became of it. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "requests", sa.Column("outcome", sa.String(12), nullable=False, server_default="")
    )
    op.add_column("requests", sa.Column("closed_by", sa.BigInteger()))
    op.add_column("requests", sa.Column("remind_at", sa.DateTime(timezone=True)))
    op.create_index(op.f("ix_requests_remind_at"), "requests", ["remind_at"])
    op.execute("UPDATE requests SET remind_at = asked_at WHERE done_at IS NULL")
