"""How far organisations lie apart, and which of them surely stand apart from the others."""

from __future__ import annotations

from hrkit.blocks import Block, Heading, Note, Paragraph, Table, Text, b
from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.disclosure.portfolio.apart import EIGHT, Apart, Standing
from hrkit.disclosure.released import Certainty
from hrkit.portfolio.view import PortfolioView
from hrkit.report.theme import ground

__all__ = ["bands", "differ"]

#: Of the scale on which organisations are compared.
_MIDDLE = 3.0


def differ(view: PortfolioView) -> tuple[tuple[Block, ...], Worksheet]:
    """The page on spread within and between organisations, and its worksheet."""
    w = view.words
    sure = [one for one in view.apart if one.found.differ]
    lead = (
        w("benchmark.apart.some", n=len(sure), all=len(view.apart))
        if sure
        else w("benchmark.apart.none")
    )
    names = ("mean", "within", "between", "icc", "icc2", "n", "differ")
    columns = (w("report.profile.dimension"), *(w(f"benchmark.apart.{n}") for n in names))
    blocks: list[Block] = [
        Heading(w("benchmark.apart.title"), new_page=True, id="apart"),
        Paragraph(lead, lead=True),
    ]
    cells: list[tuple[Cell, ...]] = []
    for side in view.sides:
        rows = [one for one in view.apart if one.side == side]
        if not rows:
            continue
        blocks += [
            Heading(w("benchmark.page.seen", group=view.side(side, "in_text")), level=2),
            Table(
                columns,
                tuple(_spread(view, one) for one in rows),
                align=("left", *["right"] * 6, "left"),  # type: ignore[arg-type]
                widths=(3.0, 1.0, 1.0, 1.0, 0.8, 0.8, 1.1, 1.3),
                compact=True,
                summary=w("benchmark.apart.summary"),
            ),
        ]
        cells += [
            (
                view.name(one.measure),
                view.side(side),
                *(Number(x) for x in (one.mean, one.within, one.between)),
                *(None if x is None else Number(x, 2) for x in (one.found.icc1, one.found.icc2)),
                Number(one.organisations, 0),
                w(f"benchmark.apart.{'sure' if one.found.differ else 'open'}"),
            )
            for one in rows
        ]
    blocks.append(Note(w("benchmark.apart.note")))
    title = w("benchmark.apart.title")
    heads = (columns[0], w("appendix.column.perspective"), *columns[1:])
    return tuple(blocks), Worksheet(w("benchmark.apart.sheet"), title, heads, tuple(cells))


def _spread(view: PortfolioView, one: Apart) -> tuple[Text, ...]:
    w = view.words
    icc = ("–" if x is None else w.number(x, 2) for x in (one.found.icc1, one.found.icc2))
    return (
        view.name(one.measure),
        *(w.number(x) for x in (one.mean, one.within, one.between)),
        *icc,
        str(one.organisations),
        w(f"benchmark.apart.{'sure' if one.found.differ else 'open'}"),
    )


def bands(view: PortfolioView, side: str, rows: list[Apart]) -> tuple[tuple[Block, ...], Worksheet]:
    """The page of one side: who stands apart, and everybody's averages; and its worksheet."""
    w = view.words
    group = view.side(side, "in_text")
    sure = [one for one in rows if any(_stands(s) for s in one.standings)]
    blocks: list[Block] = [
        Heading(w("benchmark.bands.title", group=group), new_page=True, id=f"bands-{side}"),
        Paragraph(w(f"benchmark.bands.{'lead' if sure else 'open'}"), lead=True),
    ]
    if sure:
        columns = [w(f"benchmark.bands.{name}") for name in ("higher", "close", "lower")]
        blocks.append(
            Table(
                (w("report.profile.dimension"), *columns),
                tuple(_band(view, one) for one in sure),
                widths=(2.2, 2.6, 1.6, 2.6),
                compact=True,
                summary=w("benchmark.bands.summary"),
            )
        )
    table, sheet = _averages(view, side, rows)
    shrunk = max(one.organisations for one in rows) >= EIGHT
    note = Note(w(f"benchmark.bands.{'note' if shrunk else 'plain'}"))
    head = Heading(w("benchmark.bands.shrunken"), level=2)
    return (*blocks, head, table, note), sheet


def _stands(one: Standing) -> bool:
    return one.certainty is not Certainty.UNKNOWN


def _band(view: PortfolioView, one: Apart) -> tuple[Text, ...]:
    w = view.words
    sure = [s for s in one.standings if _stands(s)]
    close = len(one.standings) - len(sure)
    listed = [
        ", ".join(f"{view.client(s.organisation)} {_mean(view, s)}" for s in sure if s.higher is up)
        or "–"
        for up in (True, False)
    ]
    middle = w("benchmark.bands.count", n=close) if close else "–"
    return (view.name(one.measure), listed[0], middle, listed[1])


def _mean(view: PortfolioView, one: Standing) -> str:
    value = one.mean if one.shrunken is None else one.shrunken
    return f"{view.words.number(value)}{'*' if one.marked else ''}"


def _cell(view: PortfolioView, one: Standing) -> Text:
    """A mean of the table; bold below the middle of the scale, as the shades' two ends look alike in grey."""
    value = one.mean if one.shrunken is None else one.shrunken
    return (b(_mean(view, one)),) if value < _MIDDLE else _mean(view, one)


def _averages(view: PortfolioView, side: str, rows: list[Apart]) -> tuple[Table, Worksheet]:
    """A row an organisation, by name: an order by height would be a league table."""
    w = view.words
    by = {(one.measure, s.organisation): s for one in rows for s in one.standings}
    there = sorted(
        {organisation for _, organisation in by}, key=lambda id: view.client(id).casefold()
    )
    cells, shades, plain = [], [], []
    for id in there:
        found = [by.get((one.measure, id)) for one in rows]
        cells.append((view.client(id), *(_cell(view, s) if s else "–" for s in found)))
        shades.append(("", *(_shade(view, s) for s in found)))
        plain.append(
            (
                view.client(id),
                *(
                    None if s is None else Number(s.mean if s.shrunken is None else s.shrunken)
                    for s in found
                ),
            )
        )
    names = tuple(_short(view, one.measure) for one in rows)
    group = view.side(side, "in_text")
    summary = w("benchmark.bands.table", group=group)
    head = w("benchmark.who.organisation")
    table = Table(
        (head, *names),
        tuple(cells),
        align=("left", *["center"] * len(names)),  # type: ignore[arg-type]
        widths=(3.1, *[1.0] * len(names)),
        shades=tuple(shades),
        compact=True,
        summary=summary,
    )
    sheet = Worksheet(
        w("benchmark.bands.sheet", side=view.side(side, "short"))[:31],
        summary,
        (head, *(view.name(one.measure) for one in rows)),
        tuple(plain),
        (w(f"benchmark.bands.{'note' if len(there) >= EIGHT else 'plain'}"),),
    )
    return table, sheet


def _short(view: PortfolioView, measure: str) -> str:
    key = f"sections.units.short.{measure}"
    return view.words(key) if key in view.words else view.name(measure)


def _shade(view: PortfolioView, one: Standing | None) -> str:
    if one is None:
        return "#f4f6f8"
    value = one.mean if one.shrunken is None else one.shrunken
    return ground(view.look, (value - _MIDDLE) / 2)
