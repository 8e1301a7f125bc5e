"""The tables as they first were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make them in an empty database."""
    op.create_table(
        "meta",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("created", sa.Date, nullable=False),
    )
    op.create_table(
        "respondents",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("wave", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("perspective", sa.Text, nullable=False),
        sa.Column("level", sa.Text),
        sa.Column("pair", sa.Text),
        sa.Column("code_hash", sa.String(64)),
        sa.UniqueConstraint("wave", "code_hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answers",
        sa.Column(
            "respondent",
            sa.String(32),
            sa.ForeignKey("respondents.key", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("facet", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("id", sa.String(16)),
        sqlite_with_rowid=False,
    )
    op.create_index("answers_id", "answers", ["id"], unique=True)
    op.create_table(
        "imports",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("wave", sa.Text, primary_key=True),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waves",
        sa.Column("wave", sa.Text, primary_key=True),
        sa.Column("frozen_on", sa.Date, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("wave", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("audit", sa.Text, nullable=False),
    )
