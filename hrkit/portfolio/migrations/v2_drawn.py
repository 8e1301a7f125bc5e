"""Behind each row stands the error with which it is told, too; no table changes, but an older kit could not read it."""

from __future__ import annotations

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Rows of before have none."""
