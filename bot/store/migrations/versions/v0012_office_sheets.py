"""The office's own sheet of each training. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_sheets",
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"],
            name=op.f("fk_office_sheets_training_id"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaires.id"],
            name=op.f("fk_office_sheets_questionnaire_id"),
        ),
        sa.PrimaryKeyConstraint("training_id", name=op.f("pk_office_sheets")),
    )  # fmt: skip
