"""Say what was done with an engagement's answers: who, what and when, without any answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.answers.store import Act

__all__ = ["audit"]


def audit(folder: str | Path) -> tuple[Act, ...]:
    """What was done, oldest first.

    Parameters
    ----------
    folder
        The engagement's folder.

    Raises
    ------
    HrkitError
        If the engagement or its store cannot be used.
    """
    from hrkit.answers.store import open_store

    with open_store(engagements.load(folder), create=False, write=False) as store:
        return store.acts()
