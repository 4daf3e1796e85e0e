"""The workbook of a weekly summary, beside its text and picture. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("summaries", sa.Column("workbook", sa.LargeBinary()))
