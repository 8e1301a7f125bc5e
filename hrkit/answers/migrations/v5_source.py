"""Whether a form was typed in from paper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Add the column; of those who answered before, it is not known."""
    op.add_column("respondents", sa.Column("source", sa.String(16)))
