"""Answers of anonymous forms, without their person. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "responses", sa.Column("released", sa.Boolean(), nullable=False, server_default="0")
    )
    op.create_table(
        "released_answers",
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("disposition", sa.String(length=16), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"],
            name=op.f("fk_released_answers_round_id"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaires.id"],
            name=op.f("fk_released_answers_questionnaire_id"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_released_answers")),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index(op.f("ix_released_answers_round_id"), "released_answers", ["round_id"])
