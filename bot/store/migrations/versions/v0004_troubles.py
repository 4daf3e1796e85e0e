"""When a round that could not be closed is tried again, and of which updates set aside the administrators were told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "rounds", sa.Column("close_failures", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("rounds", sa.Column("close_again_at", sa.DateTime(timezone=True)))
    op.add_column("poison_updates", sa.Column("told_at", sa.DateTime(timezone=True)))
