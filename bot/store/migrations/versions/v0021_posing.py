"""From which message of a chat on an answer to the present question may come. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "accounts",
        sa.Column("answers_after", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column(
        "accounts",
        sa.Column("told_early", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
