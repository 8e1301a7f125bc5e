"""The maturity grid on paper: whole, as a one-page pulse, and one dimension with room for evidence.

In: an instrument that has a grid.  Out: blocks.  No figure of a survey is on it: a table places
itself first, and sees the numbers afterwards.
"""

from __future__ import annotations

from typing import Literal

from hrkit.blocks import Block, Grid, Heading, Note, Paragraph, Table, Text, Together, b
from hrkit.errors import HrkitError
from hrkit.model.instrument import Instrument, Section
from hrkit.model.language import Words
from hrkit.report.handouts.room import BOX, GROUND, boxes, room

__all__ = ["grid_pages", "pulse_page", "whole_grid", "worksheet"]

#: Lines beside each level to write down what was seen.
EVIDENCE = 8
_LEFT: tuple[Literal["left"], ...] = ("left", "left")
_CENTRE: tuple[Literal["center"], ...] = ("center",)


def whole_grid(instrument: Instrument, words: Words) -> tuple[Block, ...]:
    """The nine rows with all their levels, for a sheet that lies on its side.

    Raises
    ------
    HrkitError
        If the instrument has no grid.
    """
    _demand(instrument)
    found: list[Block] = [
        Heading(words("papers.grid.title")),
        Paragraph(words("papers.grid.lead")),
        *_rule(instrument, words),
    ]
    for section in instrument.dimensions:
        name = Heading(section.name[words.language], level=2)
        found.append(Together((name, _levels(instrument, section, words))))
    return tuple(found)


def grid_pages(instrument: Instrument, words: Words) -> tuple[Block, ...]:
    """The whole grid for an upright page: a row a level, so that strands stand side by side.

    Raises
    ------
    HrkitError
        If the instrument has no grid.
    """
    _demand(instrument)
    language = words.language
    found: list[Block] = [
        Heading(words("papers.grid.title"), new_page=True),
        Paragraph(words("papers.grid.lead"), lead=True),
        *_rule(instrument, words),
    ]
    for section in instrument.dimensions:
        strands = [strand[language] for strand in section.strands]
        rows: tuple[tuple[Text, ...], ...] = tuple(
            (
                (b(f"{row.level} · {instrument.level_name(row.level, section)[language]}"),),
                *([cell[language] for cell in row.strands] if strands else [row.text[language]]),
            )
            for row in section.grid
        )
        table = Table(
            (words("papers.grid.levels"), *(strands or (words("papers.grid.description"),))),
            rows,
            widths=(1.3, *(2.8,) * max(len(strands), 1)),
            compact=True,
            summary=words("papers.grid.summary", dimension=section.name[language]),
        )
        found.append(Together((Heading(section.name[language], level=2), table)))
    return tuple(found)


def worksheet(instrument: Instrument, section: Section, words: Words) -> tuple[Block, ...]:
    """One dimension for the table: its levels with room for evidence beside each, one's own place, what is agreed.

    No figure of a survey is on it, and the levels stand in rows, so that what was seen is written
    beside the level that it shows.

    Raises
    ------
    HrkitError
        If the instrument has no grid.
    """
    _demand(instrument)
    language = words.language
    strands = [strand[language] for strand in section.strands]
    names = strands or [section.name[language]]
    head = (
        words("papers.grid.levels"),
        *(strands or (words("papers.grid.description"),)),
        words("papers.grid.evidence"),
    )
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            (b(f"{row.level} · {instrument.level_name(row.level, section)[language]}"),),
            *([cell[language] for cell in row.strands] if strands else [row.text[language]]),
            room(EVIDENCE),
        )
        for row in section.grid
    )
    wide = (2.2,) * len(strands) if strands else (3.4,)
    placed: tuple[tuple[Text, ...], ...] = tuple(
        (name, _boxes(instrument), _boxes(instrument)) for name in names
    )
    return (
        Heading(section.name[language], kicker=words("sheets.meeting.worksheet")),
        Paragraph(section.about[language]),
        *_rule(instrument, words),
        Table(
            head,
            rows,
            widths=(1.2, *wide, 3.0),
            shades=tuple((*("",) * (len(head) - 1), GROUND) for _ in rows),
            compact=True,
            summary=words("papers.grid.summary", dimension=section.name[language]),
        ),
        Table(
            (
                words("papers.grid.strand" if strands else "report.profile.dimension"),
                words("papers.grid.first"),
                words("papers.grid.agreed"),
            ),
            placed,
            widths=(2.0, 2.4, 2.4),
            compact=True,
            summary=words("papers.grid.agreed"),
        ),
    )


def pulse_page(instrument: Instrument, words: Words) -> tuple[Block, ...]:
    """All dimensions on one page, a row of boxes each: a measurement in five minutes.

    Raises
    ------
    HrkitError
        If the instrument has no grid.
    """
    _demand(instrument)
    language = words.language
    levels = [level.level for level in instrument.levels]
    rows: list[tuple[Text, ...]] = []
    for section in instrument.dimensions:
        strands = [strand[language] for strand in section.strands]
        for i, name in enumerate(strands or [section.about[language]]):
            head: Text = (b(section.name[language]),) if i == 0 else ""
            rows.append((head, name, *(BOX for _ in levels)))
    roles = Table(
        (words("papers.pulse.as"),),
        (
            (
                "   ".join(
                    f"{BOX} {_role(instrument, p, language)}" for p in instrument.perspectives
                ),
            ),
        ),
        widths=(1.0,),
        row_headers=False,
        compact=True,
    )
    return (
        Heading(words("papers.pulse.title")),
        Paragraph(words("papers.pulse.lead"), lead=True),
        roles,
        Table(
            (
                words("report.profile.dimension"),
                words("papers.grid.strand"),
                *(str(level) for level in levels),
            ),
            tuple(rows),
            align=(*_LEFT, *_CENTRE * len(levels)),
            widths=(2.2, 3.4, *(0.5,) * len(levels)),
            summary=words("papers.pulse.title"),
        ),
        Grid(
            ((Note(words("papers.grid.rule")),), (Note(words("papers.pulse.open")),))
            if any(section.strands for section in instrument.dimensions)
            else ((Note(words("papers.pulse.open")),),)
        ),
    )


def _demand(instrument: Instrument) -> None:
    if not instrument.has_grid:
        raise HrkitError(f"{instrument.id} has no grid of levels to print.")


def _rule(instrument: Instrument, words: Words) -> tuple[Block, ...]:
    stranded = any(section.strands for section in instrument.dimensions)
    return (Note(words("papers.grid.rule")),) if stranded else ()


def _levels(instrument: Instrument, section: Section, words: Words) -> Table:
    """A dimension's grid: a row a strand, a column a level."""
    language = words.language
    head = tuple(
        f"{row.level} · {instrument.level_name(row.level, section)[language]}"
        for row in section.grid
    )
    if section.strands:
        rows = tuple(
            (strand[language], *(row.strands[i][language] for row in section.grid))
            for i, strand in enumerate(section.strands)
        )
        columns = (words("papers.grid.strand"), *head)
        widths = (1.1, *(1.6,) * len(head))
    else:
        rows = (tuple(row.text[language] for row in section.grid),)
        columns, widths = head, (1.6,) * len(head)
    return Table(
        columns,
        rows,
        widths=widths,
        row_headers=bool(section.strands),
        compact=True,
        summary=words("papers.grid.summary", dimension=section.name[language]),
    )


def _boxes(instrument: Instrument) -> str:
    return boxes(level.level for level in instrument.levels)


def _role(instrument: Instrument, perspective: str, language: str) -> str:
    return str(instrument.people.one(perspective).name("role", language))
