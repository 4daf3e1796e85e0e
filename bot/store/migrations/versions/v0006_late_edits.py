"""When a message that gave an answer was last edited. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answer_messages", sa.Column("edited_at", sa.DateTime(timezone=True)))
