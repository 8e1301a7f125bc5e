"""The scorecard in place of a bare list of contents: a dimension a row, then the rest of the report."""

from __future__ import annotations

from hrkit.blocks import Block, Card, Contents, Grid, Note, Paragraph, Span, Table, Text, b
from hrkit.disclosure.released import ALL, Certainty, Gap
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.sections.dimensions import steps
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
    rows = tuple(tuple(make(section) for *_, make in columns) for section in sections)
    table = Table(
        tuple(name for name, *_ in columns),
        rows,
        align=tuple(align for _, align, _, _ in columns),  # type: ignore[misc]
        widths=tuple(width for _, _, width, _ in columns),
        compact=True,
        summary=w("report.scorecard.table"),
    )
    note = "note" if ctx.instrument.has_grid else "note_plain"
    return (
        message(w("report.scorecard.kicker"), _title(ctx), "overview"),
        table,
        *((Note(w(f"report.scorecard.{note}")),) if ctx.released.priorities else ()),
        *(certainty_cards(ctx) if ctx.sides else ()),
        Contents(w("report.scorecard.rest"), skip=("summary", "overview", *ids)),
    )


def _title(ctx: Context) -> str:
    w, of = ctx.words, len(ctx.instrument.dimensions)
    gaps = [ctx.released.gap(s.id, ctx.root) for s in ctx.instrument.dimensions]
    if not any(gap and gap.shown for gap in gaps):
        return w("report.scorecard.plain")
    n = len(findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root))
    return w("report.scorecard.differ", n=n, of=of) if n else w("report.scorecard.none", of=of)


def _columns(ctx: Context, pages: bool):  # type: ignore[no-untyped-def]
    """Heading, alignment, width and how a dimension's cell is made."""
    w, by = ctx.words, {p.measure: p for p in ctx.released.priorities}
    groups = [one.group for one in ctx.sides or ctx.series[:2]]
    found = [(w("report.profile.dimension"), "left", 4.4, lambda s: _name(ctx, s, pages))]
    for group in groups:
        width = 2.6 if ctx.instrument.has_grid else 1.2
        label = ctx.label(group, short=True)
        found.append((label, "left", width, lambda s, g=group: _side(ctx, s, g)))
    if ctx.sides:
        name = w("report.scorecard.difference")
        found.append((name, "center", 1.0, lambda s: difference(ctx, ctx.released.gap(s.id, ctx.root))))
    changed = _changed(ctx, groups)
    if changed:
        name = w("report.scorecard.change", group=ctx.label(changed, short=True))
        found.append((name, "right", 1.1, lambda s: _change(ctx, s, changed)))
    if by:
        found.append((w("report.scorecard.rank"), "center", 1.05, lambda s: _rank(by.get(s.id))))
    if pages:
        link = lambda s: (Span("", link=f"#dimension-{s.id}"),)  # noqa: E731
        found.append((w("report.scorecard.page"), "right", 0.8, link))
    return found


def _name(ctx: Context, section: Section, pages: bool) -> Text:
    name = ctx.name(section)
    return (Span(name, link=f"#dimension-{section.id}"),) if pages else name


def _side(ctx: Context, section: Section, group: str) -> Text:
    """A side's level as it is drawn, its mean, and the level in figures."""
    score, band = ctx.score(section, group), ctx.released.band(section.id, group)
    if not score.shown:
        return "–" if score.why.absent else ctx.words(f"report.why.short.{score.why.value}")
    if not band.shown or not ctx.instrument.has_grid:
        return ctx.mean(score)
    level = f"{band.low}" if band.low == band.high else f"{band.low}\N{WORD JOINER}–\N{WORD JOINER}{band.high}"
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


def _change(ctx: Context, section: Section, group: str) -> Text:
    found = [c for c in ctx.released.changes if c.measure == section.id and c.group == group]
    if not found:
        return "–"
    one = found[-1]
    said = ctx.words.signed(one.difference)
    return said if one.certainty is Certainty.UNKNOWN else (b(said),)


def _rank(one) -> str:  # type: ignore[no-untyped-def]
    return "–" if one is None or one.distance <= 0 else str(one.rank)


def certainty_cards(ctx: Context) -> tuple[Block, ...]:
    """How the three frames of a difference are read."""
    w = ctx.words

    def card(name: str, tone: str) -> tuple[Block, ...]:
        text = Paragraph(w(f"report.scorecard.{name}"))
        return (Card(w(f"report.scorecard.{name}_title"), (text,), tone),)  # type: ignore[arg-type]

    cells = (card("clear", "brand"), card("tends", "accent"), card("unknown", "quiet"))
    return (Grid(cells, (1.0, 1.0, 1.0)),)
