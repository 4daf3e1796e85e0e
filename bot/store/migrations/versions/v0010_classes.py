"""A class that is opened before its list: who came without being listed, live cards, matches, moved accounts. And the mode of
a response. Imports nothing of today's tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "enrolments",
        sa.Column("standing", sa.String(length=8), server_default="listed", nullable=False),
    )
    op.add_column("enrolments", sa.Column("came_at", MOMENT))
    op.add_column(
        "responses", sa.Column("mode", sa.String(length=12), server_default="chat", nullable=False)
    )
    _classes()
    _matches()
    _relinks()
    _wrong_dates()


def _classes() -> None:
    op.create_table(
        "classes",
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("open_until", MOMENT, nullable=False),
        _to("classes", "trainings", "training_id"),
        sa.PrimaryKeyConstraint("training_id", name=op.f("pk_classes")),
    )
    op.create_table(
        "class_cards",
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.String(length=64), nullable=False),
        _to("class_cards", "trainings", "training_id"),
        sa.PrimaryKeyConstraint("training_id", "chat_id", name=op.f("pk_class_cards")),
    )


def _matches() -> None:
    op.create_table(
        "matches",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("matched_by", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        _to("matches", "trainings", "training_id"),
        _to("matches", "people", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
    )
    _index("matches", "training_id", "person_id")


def _relinks() -> None:
    op.create_table(
        "relinks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
        sa.Column("moved", sa.Boolean(), nullable=True),
        _to("relinks", "trainings", "training_id"),
        _to("relinks", "people", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relinks")),
    )
    _index("relinks", "training_id", "person_id")


def _wrong_dates() -> None:
    op.create_table(
        "wrong_dates",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _to("wrong_dates", "people", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_dates")),
    )
    _index("wrong_dates", "chat_id", "person_id")


def _to(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
