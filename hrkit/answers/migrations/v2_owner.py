"""Whose answers these are, what was asked, what a release was made from, how a frozen wave was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Add the columns; a store of before says nothing in them until it is next written."""
    for name in ("engagement", "client", "place"):
        op.add_column("meta", sa.Column(name, sa.Text))
    op.add_column("releases", sa.Column("basis", sa.Text))
    for name in ("audit", "settings"):
        op.add_column("waves", sa.Column(name, sa.Text))
    op.create_table(
        "asked",
        sa.Column("wave", sa.Text, primary_key=True),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
