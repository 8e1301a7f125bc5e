"""Take a file with answers, or several: the whole of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hrkit.answers.imports import Added
from hrkit.commands.understood import paths, understand
from hrkit.text import in_one_line

__all__ = ["Imported", "ImportedPart", "import_answers"]


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
            [*(f"note: {in_one_line(note)}" for note in self.notes), *called, *map(str, self.parts)]
        )


def import_answers(
    file: str | Path | Sequence[str | Path],
    into: str | Path,
    *,
    mapping: str | Path | Sequence[str | Path] | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    replace: bool = False,
    doubles: str | None = None,
    twice: str | None = None,
    name: str = "",
) -> Imported:
    """Take a file, or several, into one engagement or over a folder of them: all of it, or nothing.

    Parameters
    ----------
    file
        The file: filled-in templates, an export, a file that a form of `hrkit form` has saved, or a
        folder of these.  Of several files all are taken, under one name, or none.
    into
        An engagement's folder; with a mapping that names organisations, a folder of such.
    mapping
        For a file that another program wrote; of several files one for all, or one each.
    encoding
        Of a text file; counts before what the mapping says.
    sheet
        Of a workbook; counts before what the mapping says.
    replace
        A coded row takes the place of what the store holds under its code.
    doubles
        ``same`` or ``other``: what rows are that seem to be in the store already, or in another of
        the files.
    twice
        ``last`` or ``first``: which row counts where several have one code; refused if not said.
    name
        What the import is called when it is listed or undone; its day if empty.

    Raises
    ------
    HrkitError
        With every problem at once; nothing was taken then.
    """
    from hrkit.answers.store import open_store

    understood = understand(
        paths(file),
        Path(into),
        mapping=None if mapping is None else paths(mapping),
        encoding=encoding,
        sheet=sheet,
        replace=replace,
        doubles=doubles,
        twice=twice,
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
