"""The first slides: whose it is, the message, and every dimension in one table."""

from __future__ import annotations

from hrkit.blocks import Callout, Card, Note, Paragraph, Plot, Table, plain
from hrkit.blocks.slides import Part, Slide
from hrkit.disclosure.released import Certainty, Priority
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.charts.marks import Row
from hrkit.report.charts.plotted import scores
from hrkit.report.context import Context
from hrkit.report.counting import behind
from hrkit.report.left_out import more, no_gap
from hrkit.report.running import confidentiality, marks, report_date, subtitle, title
from hrkit.report.sections.gaps import sentence
from hrkit.report.sections.headline import headline as message
from hrkit.report.sections.summary import chooser
from hrkit.report.slides.figures import about, in_profile, missing

__all__ = ["cover", "headline", "overview"]


def cover(ctx: Context) -> tuple[Slide, ...]:
    """Title, client, wave, who made it and when, how it may be used."""
    consultant = ctx.engagement.consultant
    contact = " · ".join(x for x in (consultant.email, consultant.phone) if x)
    lines = (
        ctx.engagement.client,
        subtitle(ctx),
        " · ".join(x for x in (consultant.signature, ctx.words.date(report_date(ctx))) if x),
        contact,
        confidentiality(ctx),
    )
    parts: list[Part] = [Paragraph(line, lead=not n) for n, line in enumerate(lines) if line]
    if marks(ctx):
        parts.append(Callout(marks(ctx), "warning"))
    notes = (ctx.words("slides.notes.cover"),)
    return (Slide(title(ctx), tuple(parts), notes, "cover"),)


def _plot(ctx: Context) -> Plot | None:
    """Both sides on each dimension, the widest difference first; every group where there are none."""
    sections = findings.with_figures(ctx.released, ctx.instrument, ctx.root)
    if not sections:
        return None
    series = ctx.sides or ctx.series

    def apart(section: Section) -> float:
        gap = ctx.released.gap(section.id, ctx.root) if ctx.sides else None
        return -abs(gap.difference) if gap and gap.difference is not None else 1.0

    rows = [
        Row(ctx.name(s), tuple(ctx.score(s, one.group) for one in series))
        for s in sorted(sections, key=apart)
    ]
    w = ctx.words
    name = (
        w("charts.gaps", first=ctx.sides[0].label, second=ctx.sides[1].label)
        if ctx.sides
        else w("charts.profile")
    )
    return scores(ctx.theme, w, name, rows, series, ctx.scale, lambda score: behind(ctx, score))


def headline(ctx: Context) -> tuple[Slide, ...]:
    """The report's first sentence over the two sides on every dimension."""
    if not in_profile(ctx, "summary", "profile", "gaps"):
        return ()
    w = ctx.words
    plot = _plot(ctx)
    if plot is None:
        return ()
    found = findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root, 3)
    told = tuple(Paragraph(sentence(ctx, f.section, f.gap)) for f in found if f.gap)
    cards: list[Part] = []
    if ctx.sides:
        lines = (*told, *more(ctx, "gaps", len(told))) or (Paragraph(no_gap(ctx)),)
        cards.append(Card(w("report.summary.divides"), lines, "accent"))
    strong = findings.strengths(ctx.released, ctx.instrument, ctx.root)
    if strong:
        names = w.join([ctx.name(f.section) for f in strong])
        cards.append(Card(w("report.summary.carries"), (Paragraph(names),)))
    asked = [q for f in found[:2] for q in ctx.talk(f.section, 2)]
    notes = (w("slides.notes.guess"), *asked, *_all_missing(ctx, plot))
    return (Slide(plain(message(ctx)), (plot, *cards, *about(ctx, plot)), notes),)


def _all_missing(ctx: Context, plot: Plot) -> tuple[str, ...]:
    gone = missing(plot)
    return (ctx.words("slides.withheld", list="; ".join(gone)),) if gone else ()


def overview(ctx: Context) -> tuple[Slide, ...]:
    """A line a dimension: level of each side, difference and how sure it is, importance, order."""
    if not in_profile(ctx, "contents", "profile", "gaps"):
        return ()
    w = ctx.words
    sections = findings.with_figures(ctx.released, ctx.instrument, ctx.root)
    if len(sections) < 2:
        return ()
    sides = [one.group for one in ctx.sides or ()] or [g.id for g in ctx.groups][:1]
    ranks = {p.measure: p for p in ctx.released.priorities}
    asked = any(p.weight is not None for p in ranks.values())
    columns = [w("report.profile.dimension")]
    for group in sides:
        label = ctx.label(group, short=True)
        columns.append(w("slides.level", group=label) if ctx.instrument.has_grid else label)
    if ctx.sides:
        columns += [w("appendix.column.difference"), w("appendix.column.certainty")]
    weight = "chosen" if ctx.instrument.ballot else "importance"
    columns += [w(f"appendix.column.{weight}")] if asked else []
    columns += [w("slides.order")] if ranks else []
    rows = []
    for section in sections:
        row = [ctx.name(section), *(_level(ctx, section, group) for group in sides)]
        row += _gap(ctx, section) if ctx.sides else []
        priority = ranks.get(section.id)
        row += [_weight(ctx, priority)] if asked else []
        row += [str(priority.rank) if priority and priority.distance > 0 else "–"] if ranks else []
        rows.append(tuple(row))
    many = len(columns)
    table = Table(
        tuple(columns),
        tuple(rows),
        caption=w("slides.overview"),
        align=("left",) * many,  # type: ignore[arg-type]
        widths=(
            3.2,
            *[1.25] * len(sides),
            *((1.0, 2.7) if ctx.sides else ()),
            *[1.1] * (many - 1 - len(sides) - 2 * bool(ctx.sides)),
        ),
        summary=w("slides.overview"),
    )
    notes = [Note(_names(ctx))] if ctx.instrument.has_grid else []
    return (Slide(w("slides.overview"), (table, *notes), (w("slides.notes.surprise"),)),)


def _weight(ctx: Context, one: Priority | None) -> str:
    """Importance as it was asked; of a choice, whose it is, since rows differ in that."""
    if one is None:
        return "–"
    whose = chooser(ctx, one) if one.chosen is not None else ""
    return ctx.weight(one) + (f" ({ctx.label(whose, short=True)})" if whose else "")


def _level(ctx: Context, section: Section, group: str) -> str:
    if not ctx.instrument.has_grid:
        return ctx.mean(ctx.score(section, group))
    band = ctx.released.band(section.id, group)
    if not band.shown or band.low is None or band.high is None:
        return ctx.words(f"report.why.{band.why.value}")
    return str(band.low) if band.low == band.high else f"{band.low}–{band.high}"


def _gap(ctx: Context, section: Section) -> list[str]:
    w, gap = ctx.words, ctx.released.gap(section.id, ctx.root)
    if gap is None:
        return ["–", "–"]
    if not gap.shown or gap.difference is None:
        return [w(f"report.why.{gap.why.value}"), "–"]
    certainty = gap.certainty or Certainty.UNKNOWN
    return [w.signed(gap.difference), w(f"report.certainty.{certainty.value}")]


def _names(ctx: Context) -> str:
    low, high = ctx.scale
    listed = " · ".join(f"{i} {ctx.level_name(i)}" for i in range(low, high + 1))
    return ctx.words("slides.levels", list=listed)
