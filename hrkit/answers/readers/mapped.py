"""An export of another survey program, read by a mapping: of one organisation, or of many.

The mapping says what each column means (`hrkit.answers.readers.mapping`); where its columns stand
in this file is found by `hrkit.answers.readers.placing`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path

from hrkit.answers.files.read import read_table
from hrkit.answers.files.table import CellRow, CellTable
from hrkit.answers.readers.editions import say_edition
from hrkit.answers.readers.extra import heading_rows, say_heading_rows
from hrkit.answers.readers.layout import Layout
from hrkit.answers.readers.mapping import Mapped, load_mapping
from hrkit.answers.readers.owner import made_for, refuse_another
from hrkit.answers.readers.placing import layout_of, places
from hrkit.answers.readers.rows import collect, expected, gather, refused
from hrkit.answers.readers.shaping import headed, kept, one_row_a_person
from hrkit.answers.readers.surveys import recognised
from hrkit.answers.readers.surveys.reading import without_missing
from hrkit.answers.readers.surveys.status import sorted_out
from hrkit.answers.readers.surveys.tool import Heads
from hrkit.answers.readers.targets import askable
from hrkit.answers.readers.twice import Which, asked_of
from hrkit.answers.responses import Reading
from hrkit.errors import AnswersError, Problem
from hrkit.model.engagement import Engagement
from hrkit.text import Lookup, normal, shown

__all__ = []


#: From an organisation as the file names it to its engagement and that one's name; or the problem.
Find = Callable[[str], "tuple[str, Engagement] | Problem"]


def read_mapped(
    path: str | Path,
    mapping: str | Path,
    engagement: Engagement,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    twice: Which = "",
) -> Reading:
    """Read an export of one organisation by a mapping.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv``.
    mapping
        The mapping's YAML file.
    engagement
        The organisation's.
    encoding, sheet, twice
        Count before what the mapping says of them.

    Raises
    ------
    AnswersError
        With every problem of the mapping, or of the file, at once; also if the mapping splits
        rows by organisation.
    """
    mapped = load_mapping(mapping, engagement, file=Path(path).name)
    if mapped.organisation:
        where = mapped.source.where(("organisation",))
        raise AnswersError(
            f"{Path(path).name} was not taken.",
            [
                Problem(
                    where,
                    "the mapping splits the rows into several organisations",
                    "name the folder that holds all engagements, or leave organisation out",
                )
            ],
        )
    problems: list[Problem] = []
    own, engagement = engagement, mapped.answered(engagement)
    table, heads, place, notes = _open(path, mapped, problems, encoding, sheet)
    refuse_another(table, engagement)
    notes += say_edition(table.name, engagement, own)
    layout = _settled(table, layout_of(mapped, place, engagement, heads), heads, mapped, twice)
    table = without_missing(table, layout, notes)
    return collect(table, layout, engagement, problems, notes)


def read_portfolio(
    path: str | Path,
    mapping: str | Path,
    find: Find,
    engagements: Iterable[Engagement],
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    twice: Which = "",
) -> dict[str, tuple[Engagement, Reading]]:
    """Read an export of many organisations: each one's rows by its own engagement.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv``.
    mapping
        The mapping's YAML file, with ``organisation``.
    find
        From what stands in that column, or what the mapping says for it, to name and engagement.
    engagements
        All that can be read; the mapping is checked against those that have rows.
    encoding, sheet, twice
        Count before what the mapping says of them.

    Raises
    ------
    AnswersError
        With every problem of the mapping, or of the file, at once.
    """
    known = tuple(engagements)
    mapped = load_mapping(mapping, file=Path(path).name)
    if not mapped.organisation:
        raise AnswersError(
            f"{Path(path).name} was not taken.",
            [
                Problem(
                    mapped.source.name,
                    "does not say which column is the organisation",
                    "add organisation: COLUMN, or name one engagement's folder",
                )
            ],
        )
    problems: list[Problem] = []
    table, heads, place, notes = _open(path, mapped, problems, encoding, sheet)
    understood = not problems
    if mapped.organisation not in place:
        load_mapping(mapping, *known, file=Path(path).name)
        raise refused(table.name, problems)
    rows = table.rows
    for engagement in map(mapped.answered, known[:1]):
        layout = layout_of(mapped, place, engagement, heads)
        if {one.key for one in mapped.targets.values()} <= set(askable(engagement.instrument)):
            extra = heading_rows(table, expected(table, layout, engagement))
            rows = tuple(row for row in rows if row.number not in extra)
            problems += [say_heading_rows(table, extra)] if extra else []
    homes: dict[str, tuple[Engagement, list[CellRow]]] = {}
    column, folders = place[mapped.organisation], mapped.folders
    unknown: dict[str, Problem] = {}
    for row in rows:
        text = row.cell(column).strip()
        if not text:
            problems.append(
                Problem(table.where(row.number, column), "the organisation is blank", "fill it in")
            )
            continue
        if text in unknown:
            continue
        home = find(folders.get(text) or text)
        if isinstance(home, Problem):
            unknown[text] = home
            continue
        homes.setdefault(home[0], (home[1], []))[1].append(row)
    load_mapping(mapping, *(engagement for engagement, _ in homes.values()), file=Path(path).name)
    problems += unknown.values()
    found, left = {}, []
    for name, (engagement, own) in homes.items():
        part = dataclasses.replace(table, rows=tuple(own))
        asked = mapped.answered(engagement)
        layout = _settled(table, layout_of(mapped, place, asked, heads), heads, mapped, twice)
        said = [*notes, *say_edition(table.name, asked, engagement)]
        part = without_missing(part, layout, said)
        reading, wrong = gather(part, layout, asked, said, understood=understood)
        problems += wrong
        if reading.rows:
            found[name] = (engagement, reading)
        else:
            left += [f"{name}: {note}" for note in reading.notes if note not in notes]
    if not problems and not found:
        problems.append(Problem(table.name, "holds no answers", "fill in a row for each person"))
    if problems:
        raise refused(table.name, problems)
    return {
        name: (engagement, dataclasses.replace(reading, notes=(*reading.notes, *left)))
        for name, (engagement, reading) in found.items()
    }


def _open(
    path: str | Path,
    mapped: Mapped,
    problems: list[Problem],
    encoding: str | None,
    sheet: str | None,
) -> tuple[CellTable, Heads, dict[str, int], list[str]]:
    """The table, where in it the mapping's columns stand, and what is to be said of them."""
    data = mapped.data
    named = set(map(normal, mapped.columns))
    table = read_table(
        path,
        recognise=lambda text: normal(text) in named,
        encoding=encoding or data.get("encoding"),
        delimiter=data.get("delimiter"),
        sheet=sheet or data.get("sheet"),
        skip=int(data.get("skip", 0)),
    )
    notes: list[str] = []
    wrote = recognised(table)
    table = wrote.as_meant(table) if wrote else table
    table, heads = headed(table, mapped.header_rows)
    if "long" in data:
        table, heads = one_row_a_person(table, heads, mapped)
    place = places(table, heads, mapped, problems, notes)
    table = kept(table, mapped, place, notes)
    tool = recognised(table)
    if tool is not None:
        decided = [place[c] for what in ("keep", "drop") for c in data.get(what, ()) if c in place]
        left, said = sorted_out(table, heads._replace(rows=table.rows), tool, decided)
        table = dataclasses.replace(
            table, rows=tuple(row for row in table.rows if row.number not in left)
        )
        notes += said
    # A column that is absent has been listed; the cells of the others are checked all the same.
    if mapped.ignores_rest:
        used = set(place.values())
        rest = [
            shown(table.header.cell(column)) or "a column without a heading"
            for column in range(table.width)
            if column not in used and not made_for(table.header.cell(column))
        ]
        if rest:
            notes.append(f"{table.name}: left out, as the mapping says: {', '.join(rest)}.")
    return table, heads, place, notes


def _settled(
    table: CellTable, layout: Layout, heads: Heads, mapped: Mapped, twice: Which
) -> Layout:
    """With what the file itself says that its codes stand for, and which sheet of a code counts."""
    tool = recognised(table)
    times = [
        c for c, names in enumerate(heads.names) if tool and tool.kind(names) in ("time", "status")
    ]
    labels = {c: Lookup(table.labels[c]) for c in layout.questions if c in table.labels}
    twice = twice or asked_of(mapped.data.get("twice"))
    return dataclasses.replace(layout, labels=labels, twice=twice, times=tuple(times))
