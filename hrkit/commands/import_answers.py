"""Take a file with answers: the whole of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hrkit.answers.responses import Reading
from hrkit.errors import AnswersError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.portfolio.split import portfolio, rehearse

__all__ = ["read", "take"]


def read(path: Path, engagement: Engagement, mapping: Path | None, encoding: str | None) -> Reading:
    """A file with answers as the reader it needs understands it."""
    from hrkit.answers.readers.mapping import read_mapped
    from hrkit.answers.readers.template import read_answers

    if mapping is not None:
        return read_mapped(path, mapping, engagement)
    return read_answers(path, engagement, encoding=encoding)


def take(
    path: Path,
    folder: Path,
    *,
    mapping: Path | None = None,
    encoding: str | None = None,
    replace: bool = False,
) -> Iterator[str]:
    """Take a file into one engagement, or over a folder of them; yields what to tell the user.

    Raises
    ------
    HrkitError
        With every problem at once; nothing was taken then.
    """
    if not path.exists():
        raise AnswersError(f"There is no file {path}.")
    if mapping is not None and not (folder / engagements.FILE).is_file():
        readings = portfolio(path, folder, mapping)
    else:
        engagement = engagements.load(folder)
        readings = [("", engagement, read(path, engagement, mapping, encoding))]
    from hrkit.answers.store import open_store

    for note in dict.fromkeys(note for *_, reading in readings for note in reading.notes):
        yield f"note: {note}"
    for name, engagement, _ in readings:
        if engagement.undecided:
            yield (
                f"note: {name or engagement.client}: nobody has said yet who will see the report; "
                "respondents should know before they answer (audience in engagement.yml)"
            )
    rehearse(path, readings, replace)
    for name, engagement, reading in readings:
        with open_store(engagement) as store:
            added = store.add(reading, replace=replace)
        counts = [f"{added.new} new", f"{added.same} already there"]
        counts += [f"{added.replaced} replaced"] if added.replaced else []
        counts += [f"{added.alike} exactly like rows that were there"] if added.alike else []
        yield f"{name or engagement.client}: {reading.rows} rows, {', '.join(counts)}"
