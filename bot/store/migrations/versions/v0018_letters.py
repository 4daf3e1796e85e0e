"""Superiors: the letter of a training, who answers in their place, and whose superior is to be confirmed. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("responses", sa.Column("proxy", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column(
        "enrolments", sa.Column("unsure_since", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "letters",
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"],
            name=op.f("fk_letters_training_id"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("training_id", name=op.f("pk_letters")),
    )  # fmt: skip
