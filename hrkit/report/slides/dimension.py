"""A slide for each of the first dimensions on the decision list: statements, the ladder, a spread."""

from __future__ import annotations

from hrkit.blocks import Card, Paragraph, plain
from hrkit.blocks.slides import Part, Slide
from hrkit.disclosure.released import Certainty
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.actions import next_step
from hrkit.report.charts.marks import Row
from hrkit.report.charts.plotted import scores, spread
from hrkit.report.context import Context
from hrkit.report.counting import behind
from hrkit.report.sections.gaps import sentence
from hrkit.report.sections.statements import answers, spreads
from hrkit.report.sections.titles import dimension_title
from hrkit.report.slides.figures import about, in_profile, missing

__all__ = ["dimensions"]

#: Dimensions that have slides of their own; the report has a page for each.
_FIRST = 3


def dimensions(ctx: Context) -> tuple[Slide, ...]:
    """The first dimensions of the decision list, in its order."""
    if not in_profile(ctx, "dimensions"):
        return ()
    by = {section.id: section for section in ctx.instrument.dimensions}
    found = [by[p.measure] for p in findings.to_take_up(ctx.released) if p.measure in by]
    return tuple(slide for section in found[:_FIRST] for slide in _slides(ctx, section))


def _slides(ctx: Context, section: Section) -> tuple[Slide, ...]:
    series = ctx.sides or ctx.series
    rows = [
        Row(
            _named(ctx, section, i),
            tuple(ctx.score(section.measure(item), one.group) for one in series),
        )
        for i, item in enumerate(section.scored)
    ]
    shown = [one for k, one in enumerate(series) if any(not r.scores[k].why.absent for r in rows)]
    if not shown or not any(score.shown for row in rows for score in row.scores):
        return ()
    w = ctx.words
    title = w("charts.statements", dimension=ctx.name(section))
    plot = scores(ctx.theme, w, title, rows, series, ctx.scale)
    gone = missing(plot)
    notes = (
        *ctx.talk(section, 3),
        *((w("slides.withheld", list="; ".join(gone)),) if gone else ()),
    )
    n = [f"{x.label} {behind(ctx, s)}" for x in shown if (s := ctx.score(section, x.group)).shown]
    counted = w("slides.answers", list=", ".join(n)) if n else ""
    turned = w("report.dimension.reversed") if any(i.marked for i in section.scored) else ""
    parts: tuple[Part, ...] = (plot, *_ladder(ctx, section), *about(ctx, plot, counted, turned))
    return (Slide(_message(ctx, section), parts, notes), *_spread(ctx, section))


def _named(ctx: Context, section: Section, i: int) -> str:
    item = section.scored[i]
    mark = "↓ " if item.marked else ""
    return f"{section.items.index(item) + 1} {mark}{ctx.wording(item).rstrip('.')}"


def _message(ctx: Context, section: Section) -> str:
    """A difference with its interval; else what the page of the dimension has as its title."""
    gap = ctx.released.gap(section.id, ctx.root)
    if gap is None or not gap.shown or gap.certainty is Certainty.UNKNOWN:
        return dimension_title(ctx, section)
    return plain(sentence(ctx, section, gap))


def _ladder(ctx: Context, section: Section) -> tuple[Card, ...]:
    """Where it stands and what the next step looks like."""
    w = ctx.words
    grid = {level.level: level for level in section.grid}
    step = next_step(ctx.released, ctx.engagement, section)
    if step not in grid:
        return ()
    cards = []
    before = (step or 0) - 1
    if before in grid:
        name = ctx.level_name(before, section)
        title = w("slides.now", level=before, name=name)
        cards.append(Card(title, (Paragraph(ctx.text(grid[before].text)),), "quiet"))
    lows = [b.low for b in ctx.released.bands if b.measure == section.id and b.low]
    key = "keep" if min(lows, default=0) == 5 else "looks"
    title = w(f"report.dimension.{key}", level=step, name=ctx.level_name(step or 0, section))
    cards.append(Card(title, (Paragraph(ctx.text(grid[step or 0].text)),)))
    return tuple(cards)


def _spread(ctx: Context, section: Section) -> tuple[Slide, ...]:
    """How the answers of each group on the dimension's page are spread, where that may be shown."""
    w, found = ctx.words, []
    names = [_named(ctx, section, i) for i in range(len(section.scored))]
    for group, shares in spreads(ctx, section):
        title = w("slides.spread", dimension=ctx.name(section), group=ctx.in_text(group))
        plot = spread(ctx.theme, w, title, names, shares, answers(ctx, section))
        if plot is not None:
            turned = w("slides.turned") if any(i.marked for i in section.scored) else ""
            parts: tuple[Part, ...] = (plot, *about(ctx, plot, w("slides.parts"), turned))
            found.append(Slide(title, parts, (w("slides.notes.surprise"),)))
    return tuple(found[:1])
