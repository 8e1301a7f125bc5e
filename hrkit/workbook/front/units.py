"""A list of units as somebody has it: pasted from anywhere, or a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrkit.commands.new_names import slug
from hrkit.errors import EngagementError, Problem
from hrkit.text import normal, seen, shown

__all__ = ["ListedUnit", "from_sheet", "from_text"]

#: First cells that are a heading: in any language of the kit, and as spreadsheets have it.
_HEADINGS = {
    normal(word)
    for word in (
        "unit", "units", "name", "department", "enhed", "enheder", "navn", "afdeling", "afdelingen",
        "afdelinger", "eenheid", "eenheden", "naam", "organisational unit", "organisationsenhed",
    )
}  # fmt: skip
_MOST = 500


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit of a list: its id, its name and the unit it lies in (the whole organisation's id if it says none)."""

    id: str
    name: str
    parent: str


def from_text(pasted: str, root: str, known: Mapping[str, str]) -> tuple[ListedUnit, ...]:
    """Units from lines: one name a line, indented under the one it lies in; or columns name and parent.

    Parameters
    ----------
    pasted
        As it was pasted: from a text, a list, or cells of a spreadsheet (with tabs between them).
    root
        Id of the whole organisation.
    known
        Units that are there: id to name.  One of them that is listed again stays what it is.

    Raises
    ------
    EngagementError
        With every line that cannot be used.
    """
    lines = [line.rstrip() for line in seen(pasted).splitlines() if line.strip()]
    cells = [re.split(r"\t|;", line) for line in lines]
    if any(len([cell for cell in row[1:] if cell.strip()]) for row in cells if row[0].strip()):
        return _tabled([tuple(cell.strip() for cell in row) for row in cells], root, known)
    names: list[tuple[str, str]] = []
    above: list[tuple[int, str]] = []
    for line in lines:
        name = re.sub(r"^[\s;*•–-]+", "", line).strip()
        depth = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        while above and above[-1][0] >= depth:
            above.pop()
        names.append((name, above[-1][1] if above else ""))
        above.append((depth, name))
    return _units(names, root, known)


def from_sheet(path: Path, root: str, known: Mapping[str, str]) -> tuple[ListedUnit, ...]:
    """Units from a spreadsheet or a CSV file: the first column is the name, the second its parent.

    Raises
    ------
    EngagementError
        With every row that cannot be used.
    AnswersError
        If it is no file that is read.
    """
    from hrkit.answers.files.read import read_table

    table = read_table(path, recognise=lambda word: normal(word) in _HEADINGS)
    return _tabled([row.cells for row in (table.header, *table.rows)], root, known)


def _tabled(
    rows: Sequence[Sequence[str]], root: str, known: Mapping[str, str]
) -> tuple[ListedUnit, ...]:
    if rows and normal(rows[0][0]) in _HEADINGS:
        rows = rows[1:]
    pairs = [
        ((row[0] if row else "").strip(), (row[1] if len(row) > 1 else "").strip()) for row in rows
    ]
    return _units([(seen(name), seen(above)) for name, above in pairs if name], root, known)


def _units(
    names: Sequence[tuple[str, str]], root: str, known: Mapping[str, str]
) -> tuple[ListedUnit, ...]:
    taken = {*known, root}
    by_name = {normal(name): id for id, name in known.items()}
    there = set(by_name)
    seen_here: set[str] = set()
    problems: list[Problem] = []
    made: list[tuple[int, str, str, str]] = []
    for number, (name, above) in enumerate(names, 1):
        if not normal(name) or len(name) > 200:
            problems.append(Problem(f"line {number}", f"{shown(name)} is no name", "correct it"))
            continue
        if normal(name) in seen_here:
            problems.append(
                Problem(
                    f"line {number}", f"{shown(name)} stands twice", "give each a name of its own"
                )
            )
            continue
        seen_here.add(normal(name))
        if normal(name) in there:
            continue
        id = base = slug(name)
        n = 2
        while id in taken:
            id, n = f"{base}-{n}", n + 1
        taken.add(id)
        by_name[normal(name)] = id
        made.append((number, id, name, above))
    found = []
    for number, id, name, above in made:
        parent = by_name.get(normal(above), "") if above else root
        if not parent or parent == id:
            problems.append(
                Problem(
                    f"line {number}", f"{shown(above)} is not in the list", "add it, or correct it"
                )
            )
            continue
        found.append(ListedUnit(id, name, parent))
    if len(names) > _MOST:
        problems.append(Problem("", f"more than {_MOST} units", "leave some out"))
    if not names:
        problems.append(Problem("", "holds no name", "one on each line"))
    if problems:
        raise EngagementError("The list of units cannot be used.", problems)
    return tuple(found)
