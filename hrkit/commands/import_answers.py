"""Take a file with answers: the whole of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hrkit.answers.imports import DOUBLES, Added
from hrkit.answers.responses import Reading
from hrkit.errors import AnswersError, HrkitError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.portfolio.split import portfolio

__all__ = ["Imported", "ImportedPart", "Understood", "import_answers", "understand"]


@dataclass(frozen=True, slots=True)
class ImportedPart:
    """What one engagement took: rows of the file, and what became of them in the store."""

    name: str
    rows: int
    added: Added

    def __str__(self) -> str:
        counts = [f"{self.added.new} new", f"{self.added.same} already there"]
        counts += [f"{self.added.replaced} replaced"] if self.added.replaced else []
        alike = f"{self.added.alike} exactly like rows that were there"
        return (
            f"{self.name}: {self.rows} rows, {', '.join(counts + [alike] * bool(self.added.alike))}"
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken, engagement by engagement, and what should be said aloud."""

    notes: tuple[str, ...]
    parts: tuple[ImportedPart, ...]

    def __str__(self) -> str:
        names = dict.fromkeys(part.added.batch for part in self.parts if part.added.batch)
        called = [f"note: import {name}: hrkit undo takes it back" for name in names]
        return "\n".join(
            [*(f"note: {note}" for note in self.notes), *called, *map(str, self.parts)]
        )


@dataclass(frozen=True)
class Understood:
    """A file with answers, read and rehearsed: whose each part is, and what is to be said.

    Attributes
    ----------
    parts
        Name (empty where there is one engagement), engagement and reading.
    notes
        What was decided, and what was not read.
    """

    parts: tuple[tuple[str, Engagement, Reading], ...]
    notes: tuple[str, ...]


def understand(
    path: Path,
    folder: Path,
    *,
    mapping: str | Path | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    replace: bool = False,
    doubles: str | None = None,
    rehearsed: bool = True,
) -> Understood:
    """Read a file for the engagement, or the engagements, of a folder, and rehearse taking it.

    Nothing is changed.  ``check`` and ``import`` both come here, so that they take and refuse the
    same.

    Parameters
    ----------
    path
        The file.
    folder
        An engagement's folder; with a mapping that names organisations, a folder of such.
    mapping, encoding, sheet, replace, doubles
        As `import_answers` takes them.
    rehearsed
        Whether each store is asked what it would refuse; one store alone that takes all at once
        or nothing need not be.

    Returns
    -------
    Understood
        What each engagement is to take, and sentences about the file.

    Raises
    ------
    HrkitError
        With every problem at once, of the file and of the stores.
    """
    from hrkit.answers.begun import as_begun
    from hrkit.answers.neighbours import unread_stores
    from hrkit.answers.readers.mapped import read_mapped
    from hrkit.answers.readers.returned import is_returned, read_returned
    from hrkit.answers.readers.template import read_answers

    if not path.exists():
        raise AnswersError(f"There is no file {path}.")
    if doubles and doubles not in DOUBLES:
        raise AnswersError(f"Doubles are {' or '.join(DOUBLES)}, not {doubles!r}.")
    notes: list[str] = []
    if mapping is not None and not (folder / engagements.FILE).is_file():
        parts, notes = portfolio(path, folder, mapping, encoding=encoding, sheet=sheet)
    else:
        engagement = as_begun(engagements.load(folder))
        if mapping is not None:
            reading = read_mapped(path, mapping, engagement, encoding=encoding, sheet=sheet)
        elif is_returned(path):
            if encoding or sheet:
                raise AnswersError(f"{path.name} has no sheet and no encoding.")
            reading = read_returned(path, engagement)
        else:
            reading = read_answers(path, engagement, encoding=encoding, sheet=sheet)
        parts = [("", engagement, reading)]
    notes = [*(note for *_, reading in parts for note in reading.notes), *notes]
    for _, engagement, _ in parts:
        notes += unread_stores(engagement)
    if rehearsed or len(parts) > 1:
        rehearse(path, parts, replace, doubles)
    return Understood(tuple(parts), tuple(dict.fromkeys(notes)))


def import_answers(
    file: str | Path,
    into: str | Path,
    *,
    mapping: str | Path | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    replace: bool = False,
    doubles: str | None = None,
    name: str = "",
) -> Imported:
    """Take a file into one engagement, or over a folder of them: the whole of it, or nothing.

    Parameters
    ----------
    file
        The file: filled-in templates, an export, a file that a form of `hrkit form` has saved, or a
        folder of these.
    into
        An engagement's folder; with a mapping that names organisations, a folder of such.
    mapping
        For a file that another program wrote.
    encoding
        Of a text file; counts before what the mapping says.
    sheet
        Of a workbook; counts before what the mapping says.
    replace
        A coded row takes the place of what the store holds under its code.
    doubles
        ``same`` or ``other``: what rows are that seem to be in the store already.
    name
        What the import is called when it is listed or undone; its day if empty.

    Raises
    ------
    HrkitError
        With every problem at once; nothing was taken then.
    """
    from hrkit.answers.store import open_store

    understood = understand(
        Path(file),
        Path(into),
        mapping=None if mapping is None else Path(mapping),
        encoding=encoding,
        sheet=sheet,
        replace=replace,
        doubles=doubles,
        rehearsed=False,
    )
    undecided = tuple(
        f"{name or engagement.client}: nobody has said yet who will see the report; respondents "
        "should know before they answer (audience in engagement.yml)"
        for name, engagement, _ in understood.parts
        if engagement.undecided
    )
    parts = []
    for whose, engagement, reading in understood.parts:
        with open_store(engagement) as store:
            added = store.add(reading, replace=replace, doubles=doubles or "", name=name)
        parts.append(ImportedPart(whose or engagement.client, reading.rows, added))
    return Imported((*understood.notes, *undecided), tuple(parts))


def rehearse(
    path: Path, parts: list[tuple[str, Engagement, Reading]], replace: bool, doubles: str | None
) -> None:
    """Find out that every store will take its part, before any does.

    Raises
    ------
    HrkitError
        With what all of the stores refuse.
    """
    from hrkit.answers.neighbours import store_file
    from hrkit.answers.store import Store, open_store

    problems: list[Problem] = []
    for name, engagement, reading in parts:
        file = store_file(engagement)
        # A store that is not there holds nothing: what would be refused is found without one.
        fresh = file is not None and not (file.exists() and file.stat().st_size)
        try:
            with (
                Store.open("sqlite://", engagement=engagement)
                if fresh
                else open_store(engagement, create=False, write=False)
            ) as store:
                store.add(reading, replace=replace, doubles=doubles or "", rehearse=True)
        except HrkitError as error:
            if len(parts) == 1:
                raise
            problems += error.problems or (Problem(name, error.summary),)
    if problems:
        raise AnswersError(f"{path.name} was not taken.", problems)
