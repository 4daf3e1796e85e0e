"""For which training a personal link was made. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("links") as links:
        links.add_column(sa.Column("training_id", sa.Integer(), nullable=True))
        links.create_foreign_key(
            "fk_links_training_id", "trainings", ["training_id"], ["id"], ondelete="CASCADE"
        )
