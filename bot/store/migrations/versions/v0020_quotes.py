"""When somebody saw what may be quoted of them, and what was permitted in a call. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("quotes_seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "cases",
        sa.Column("permission", sa.String(length=8), server_default="", nullable=False),
    )
    op.add_column("recordings", sa.Column("written_at", sa.DateTime(timezone=True), nullable=True))
