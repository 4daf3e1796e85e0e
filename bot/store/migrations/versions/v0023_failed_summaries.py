"""How often a week's summary could not be made. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "summaries", sa.Column("failures", sa.Integer(), server_default="0", nullable=False)
    )
