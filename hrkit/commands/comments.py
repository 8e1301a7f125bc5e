"""List the open answers, for the person who passes them for print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hrkit.model import engagement_file as engagements

__all__ = ["list_comments"]


def list_comments(folder: Path, wave: str | None = None) -> Iterator[str]:
    """The open answers with their ids, for the person who passes them for print."""
    from hrkit.answers.store import open_store

    engagement = engagements.load(folder)
    if wave is not None:
        engagement.wave(wave)
    cleared = {comment.id for comment in engagement.comments}
    with open_store(engagement, create=False) as store:
        found = store.comments(wave)
    if found.empty:
        yield "There are no open answers yet."
    for row in found.itertuples():
        mark = "passed " if row.id in cleared else "       "
        yield f"{mark}{row.id}  {row.item}  {' '.join(str(row.text).split())}"
