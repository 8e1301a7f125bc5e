"""Which import somebody came by, and what an import replaced, so that it can be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """Add the tables and columns; of what was imported before, nothing is known to undo."""
    op.create_table(
        "batches",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("waves", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("replaced", sa.Integer, nullable=False),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "replaced",
        sa.Column("batch", sa.Integer, primary_key=True),
        sa.Column(
            "respondent",
            sa.String(32),
            sa.ForeignKey("respondents.key", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("before", sa.Integer),
        sa.Column("said", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    for table in ("respondents", "imports"):
        op.add_column(table, sa.Column("batch", sa.Integer))
