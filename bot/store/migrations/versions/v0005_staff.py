"""Staff and their invitations; the audit log can only grow. Imports nothing of today's tables.

Whoever rebuilds the table `audit` on SQLite later (batch mode) must make its triggers again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER audit_no_{what} BEFORE {what} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()
"""


def upgrade() -> None:
    _staff()
    _staff_invitations()
    _append_only()


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("all_trainings", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_staff")),
    )
    op.create_table(
        "staff_trainings",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["staff.chat_id"],
            name=op.f("fk_staff_trainings_chat_id"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"],
            name=op.f("fk_staff_trainings_training_id"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", "training_id", name=op.f("pk_staff_trainings")),
    )  # fmt: skip
    op.create_index(op.f("ix_staff_trainings_training_id"), "staff_trainings", ["training_id"])
    op.create_table(
        "staff_names",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_staff_names")),
    )


def _staff_invitations() -> None:
    op.create_table(
        "staff_invitations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=True),
        sa.Column("gives_up", sa.Boolean(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"],
            name=op.f("fk_staff_invitations_training_id"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_invitations_token_hash")),
    )  # fmt: skip
    op.create_index(op.f("ix_staff_invitations_training_id"), "staff_invitations", ["training_id"])


def _append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(SQLITE.format(what=what))
    else:
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_TRIGGER)
