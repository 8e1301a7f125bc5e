"""The scorecard in place of a bare list of contents: a dimension a row, then the rest of the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from hrkit.blocks import Block, Card, Contents, Grid, Note, Paragraph, Span, Table, Text, b
from hrkit.disclosure.released import ALL, Certainty, Gap, Priority
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.sections.gaps import ask_each_other
from hrkit.report.sections.statements import steps
from hrkit.report.sections.titles import message

__all__ = ["certainty_cards", "difference", "scorecard"]

#: How a difference is framed in a table, by how sure it is; every chart frames it so.
_FRAMES = {Certainty.CLEAR: "filled", Certainty.TENDS: "outlined"}


def scorecard(ctx: Context) -> tuple[Block, ...]:
    """Both sides' level and mean, difference, change, place on the decision list, page.

    Without any dimension that has a figure it is a list of contents as in any document.
    """
    w, sections = ctx.words, ctx.instrument.dimensions
    if not sections or not ctx.groups:
        return (Contents(w("report.page.contents")),)
    pages = any("dimensions" in part for part in ctx.profile["parts"].values())
    ids = tuple(f"dimension-{section.id}" for section in sections) if pages else ()
    columns = _columns(ctx, pages)
    table = Table(
        tuple(column.name for column in columns),
        tuple(tuple(column.cell(section) for column in columns) for section in sections),
        align=tuple(column.align for column in columns),
        widths=tuple(column.width for column in columns),
        compact=True,
        summary=w("report.scorecard.table"),
    )
    notes = (*(("note_levels",) if ctx.instrument.has_grid else ()), _ranked_by(ctx))
    said = [w(f"report.scorecard.{name}") for name in notes]
    changed = _changed(ctx, _groups(ctx))
    if changed:
        said.append(w("report.scorecard.note_change", group=ctx.in_text(changed)))
    return (
        message(w("report.scorecard.kicker"), _title(ctx), "overview"),
        table,
        *((Note(" ".join(said)),) if ctx.released.priorities else ()),
        *(certainty_cards(ctx) if ctx.sides else ()),
        Contents(w("report.scorecard.rest"), skip=("summary", "overview", *ids)),
        # Every dimension's page has its questions; a report without them has them here.
        *(() if pages else ask_each_other(ctx)),
    )


def _ranked_by(ctx: Context) -> str:
    """What the places on the decision list follow from in this report."""
    found = ctx.released.priorities
    weighed = "weighed" if any(one.weight is not None for one in found) else "equal"
    return (
        f"note_{weighed}"
        if any(one.target is not None for one in found)
        else f"note_{weighed}_open"
    )


def _title(ctx: Context) -> str:
    w = ctx.words
    gaps = [ctx.released.gap(s.id, ctx.root) for s in ctx.instrument.dimensions]
    # Of those on which the two can be compared.
    of = sum(1 for gap in gaps if gap and gap.shown)
    if not of:
        return w("report.scorecard.plain")
    n = len(findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root))
    return w("report.scorecard.differ", n=n, of=of) if n else w("report.scorecard.none", n=of)


@dataclass(frozen=True, slots=True)
class _Column:
    """Heading, alignment, width, and how a dimension's cell is made."""

    name: str
    align: Literal["left", "right", "center"]
    width: float
    cell: Callable[[Section], Text]


def _groups(ctx: Context) -> list[str]:
    """The two sides; where there are none, the first two groups."""
    return [one.group for one in ctx.sides or ctx.series[:2]]


def _columns(ctx: Context, pages: bool) -> list[_Column]:
    w, by = ctx.words, {p.measure: p for p in ctx.released.priorities}
    groups = _groups(ctx)
    name = partial(_name, ctx, pages)
    found = [_Column(w("report.profile.dimension"), "left", 4.4, name)]
    width = 2.75 if ctx.instrument.has_grid else 1.2
    found += [
        _Column(ctx.label(group, short=True), "left", width, partial(_side, ctx, group))
        for group in groups
    ]
    if ctx.sides:
        found.append(
            _Column(w("report.scorecard.difference"), "center", 1.0, partial(_difference, ctx))
        )
    changed = _changed(ctx, groups)
    if changed:
        found.append(
            _Column(w("report.scorecard.change"), "right", 1.2, partial(_change, ctx, changed))
        )
    if by:
        found.append(_Column(w("report.scorecard.rank"), "center", 1.05, partial(_rank, by)))
    if pages:
        found.append(_Column(w("report.scorecard.page"), "right", 0.8, _page))
    return found


def _page(section: Section) -> Text:
    return (Span("", link=f"#dimension-{section.id}"),)


def _difference(ctx: Context, section: Section) -> Text:
    return difference(ctx, ctx.released.gap(section.id, ctx.root))


def _name(ctx: Context, pages: bool, section: Section) -> Text:
    name = ctx.name(section)
    return (Span(name, link=f"#dimension-{section.id}"),) if pages else name


def _side(ctx: Context, group: str, section: Section) -> Text:
    """A side's level as it is drawn, its mean, and the level in figures."""
    score, band = ctx.score(section, group), ctx.released.band(section.id, group)
    if not score.shown:
        return ctx.missing(score)
    if not band.shown or not ctx.instrument.has_grid:
        return ctx.mean(score)
    level = (
        f"{band.low}"
        if band.low == band.high
        else f"{band.low}\N{WORD JOINER}–\N{WORD JOINER}{band.high}"
    )
    return (
        Span(steps(ctx, band), "steps"),
        b(ctx.mean(score)),
        Span(f"\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}{level}", "mute"),
    )


def difference(ctx: Context, gap: Gap | None) -> Text:
    """A difference in the frame of its certainty; a dash where there is none to give."""
    if gap is None or gap.difference is None:
        return "–"
    said = ctx.words.signed(gap.difference)
    frame = _FRAMES.get(gap.certainty)
    return (Span(said, frame),) if frame else said  # type: ignore[arg-type]


def _changed(ctx: Context, groups: list[str]) -> str:
    """The first side of which a change to an earlier wave is shown; else everybody."""
    known = {change.group for change in ctx.released.changes}
    return next((group for group in (*groups, ALL) if group in known), "")


def _change(ctx: Context, group: str, section: Section) -> Text:
    found = [c for c in ctx.released.changes if c.measure == section.id and c.group == group]
    if not found:
        return "–"
    one = found[-1]
    said = ctx.words.signed(one.difference)
    return said if one.certainty is Certainty.UNKNOWN else (b(said),)


def _rank(by: Mapping[str, Priority], section: Section) -> Text:
    """The place on the list of what to take up; a dash where the target is reached."""
    one = by.get(section.id)
    return "–" if one is None or one.distance <= 0 else str(one.rank)


def certainty_cards(ctx: Context) -> tuple[Block, ...]:
    """How the three frames of a difference are read."""
    w = ctx.words

    def card(name: str, tone: str) -> tuple[Block, ...]:
        text = Paragraph(w(f"report.scorecard.{name}"))
        return (Card(w(f"report.scorecard.{name}_title"), (text,), tone),)  # type: ignore[arg-type]

    cells = (card("clear", "brand"), card("tends", "accent"), card("unknown", "quiet"))
    return (Grid(cells, (1.0, 1.0, 1.0)),)
