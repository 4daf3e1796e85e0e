"""Which version is in use, and the forms that colleagues sent. Imports nothing of today's tables."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("published_by", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_publications_questionnaire_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(
        op.f("ix_publications_questionnaire_id"), "publications", ["questionnaire_id"], unique=False
    )
    # Until now the version kept last was in use.
    op.execute(
        "INSERT INTO publications (questionnaire_id, at) "
        "SELECT id, created_at FROM questionnaires ORDER BY id"
    )
    op.create_table(
        "form_drafts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("compared_to", sa.Integer(), nullable=True),
        sa.Column("trial", sa.Text(), nullable=True),
        sa.Column("trials", sa.Integer(), server_default="0", nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_drafts")),
    )
    op.create_index(op.f("ix_form_drafts_chat_id"), "form_drafts", ["chat_id"], unique=False)
