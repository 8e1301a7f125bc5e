"""Codes that were handed out before anybody answered with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Add the table; of a store of before none was handed out."""
    op.create_table(
        "codes",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("wave", sa.Text, primary_key=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("perspective", sa.Text, nullable=False),
        sa.Column("level", sa.Text),
        sa.Column("pair", sa.Text),
        sqlite_with_rowid=False,
    )
