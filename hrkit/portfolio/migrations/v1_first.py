"""The tables as they first were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make them in an empty database."""
    op.create_table(
        "benchmarks_meta",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("created", sa.Date, nullable=False),
    )
    op.create_table(
        "issues",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("wave", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("norms", sa.Text, nullable=False),
        sa.Column("members", sa.Text, nullable=False),
    )
    op.create_table(
        "shown",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("organisation", sa.String(200), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_table(
        "brought",
        sa.Column("wave", sa.String(200), primary_key=True),
        sa.Column("organisation", sa.String(200), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
