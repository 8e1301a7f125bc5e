"""Tables that change over the years: each step is an Alembic script, all of them one transaction.

A wing keeps its steps in a folder of its own, ``v1_….py``, ``v2_….py``; the revision *is* the
number that its tables carry.  The number stands in the wing's own table and not in Alembic's, so
that an older hrkit, which knows nothing of Alembic, still reads it and refuses what is too new.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

__all__ = ["latest", "upgrade"]


def upgrade(connection: Connection, steps: Path, version: int) -> int:
    """Bring tables from one version to the latest.

    Parameters
    ----------
    connection
        In a transaction that may write; it is neither committed nor rolled back here.
    steps
        Folder of the scripts.
    version
        What the tables are now; 0 for none.

    Returns
    -------
    int
        The version they have now.
    """
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    script = _scripts(steps)
    wanted = list(script.iterate_revisions("head", str(version) if version else "base"))
    with Operations.context(MigrationContext.configure(connection)):
        for step in reversed(wanted):
            step.module.upgrade()
    return int(wanted[0].revision) if wanted else version


def latest(steps: Path) -> int:
    """The newest version that a folder of scripts knows."""
    return int(_scripts(steps).get_current_head() or 0)


def _scripts(steps: Path) -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(steps), version_locations=[str(steps)])
