"""In which language somebody answered, and whether faster than anybody can read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add the columns; of those who answered before, neither is known."""
    op.add_column("respondents", sa.Column("language", sa.String(16)))
    op.add_column("respondents", sa.Column("hasty", sa.Integer))
