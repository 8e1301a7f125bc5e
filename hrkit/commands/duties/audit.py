"""Say what was done with an engagement's answers: who, what and when, without any answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.duties.held import called, stores
from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.answers.store import Act

__all__ = ["audit"]


def audit(folder: str | Path) -> tuple[Act, ...]:
    """What was done, oldest first.

    Parameters
    ----------
    folder
        The engagement's folder, with the tools in it; or that of one tool.

    Raises
    ------
    HrkitError
        If the engagement or its store cannot be used.
    """
    found: list[Act] = []
    for at, store in stores(engagements.load(folder), write=False):
        tool = called(at, "").rstrip("/")
        acts = store.acts()
        found += [replace(act, about=f"{tool}: {act.about}") for act in acts] if tool else acts
    return tuple(sorted(found, key=lambda one: one.day))
