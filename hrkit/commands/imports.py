"""List what was imported, import by import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.answers.batches import ImportBatch

__all__ = ["Imports", "imports"]


@dataclass(frozen=True)
class Imports:
    """The imports of an engagement that were not undone, oldest first."""

    batches: tuple[ImportBatch, ...]

    def __str__(self) -> str:
        return "\n".join(map(_line, self.batches)) or "Nothing was imported that could be undone."


def imports(folder: str | Path) -> Imports:
    """What was imported, import by import, with the name by which each is undone.

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

    engagement = engagements.load(folder)
    with open_store(engagement, create=False, write=False) as store:
        return Imports(store.imports())


def _line(batch: ImportBatch) -> str:
    counts = [f"{batch.rows} rows", f"{batch.new} new"]
    if batch.in_room:
        people = "1 person" if batch.here == 1 else f"{batch.here} people"
        counts = [f"{people} in a room that has not shown its result"]
    counts += [f"{batch.replaced} replaced"] if batch.replaced else []
    frozen = f"; {', '.join(batch.frozen)} is frozen: not to be undone" if batch.frozen else ""
    return f"{batch.name}  {batch.day}  {', '.join(batch.waves)}: {', '.join(counts)}{frozen}"
