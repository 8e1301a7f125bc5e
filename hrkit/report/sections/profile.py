"""Profile and differences on one page: a chart and the table behind it."""

from __future__ import annotations

from dataclasses import replace

from hrkit.blocks import (
    Block,
    Callout,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
    Text,
)
from hrkit.disclosure.released import ALL, Certainty, Why
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.charts.marks import Row
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context, fill
from hrkit.report.counting import behind
from hrkit.report.sections.gaps import conversation, fewer_than_ten, sentence
from hrkit.report.sections.scorecard import difference
from hrkit.report.sections.titles import message

__all__ = ["profile"]

#: Inches of a row of the chart: nine of them leave room for the table on the same page.
ROW = 0.27
#: Groups a chart can bear; names a title and sentences a page can bear.
SERIES, NAMED, TOLD = 4, 2, 2


def profile(ctx: Context) -> tuple[Block, ...]:
    """How each group sees the dimensions and where the two sides differ: picture and table.

    Where nothing may be shown a sentence says so; where a side is missing, the page invites to a
    conversation with names instead of figures.
    """
    w = ctx.words
    if not ctx.instrument.dimensions:
        return ()
    if not findings.with_figures(ctx.released, ctx.instrument, ctx.root):
        return (
            Heading(w("report.profile.title"), new_page=True, id="profile"),
            Callout(ctx.nothing, "warning"),
        )
    low, high = ctx.scale
    notes = [w("report.profile.note", low=low, high=high)]
    notes.append(w("report.bands_note" if ctx.sides else "report.profile.intervals"))
    notes += [w("report.gaps.few")] if fewer_than_ten(ctx) else []
    notes += [w("report.profile.alone")] if _alone(ctx) else []
    notes += [w("report.profile.not_asked")] if _some_not_asked(ctx) else []
    return (
        _head(ctx),
        *_said(ctx),
        *_about(ctx),
        _chart(ctx),
        _table(ctx),
        Note(" ".join(notes)),
        *_ask(ctx),
    )


def _head(ctx: Context) -> Heading:
    """The dimensions on which the two sides differ, by name; else what a side rates highest and lowest."""
    w, topic = ctx.words, ctx.words("report.profile.title")
    gaps = findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root)
    if gaps:
        names = [ctx.name(f.section) for f in gaps[:NAMED]]
        key, listed = "differ", w.join(names)
        if len(gaps) > NAMED:
            # "A, B and 2 more": the joint stands before what is counted.
            key, listed = "differ_more", ", ".join(w.in_list(name, names) for name in names)
        title = w(f"report.profile.{key}", list=listed, n=len(gaps) - len(names))
        return message(topic, title, "profile")
    if any(gap.shown for gap in ctx.released.gaps):
        return message(topic, w("report.profile.no_difference"), "profile")
    return Heading(topic, new_page=True, id="profile")


def _said(ctx: Context) -> tuple[Block, ...]:
    """The differences in sentences, then what each side rates highest and lowest."""
    w = ctx.words
    matter = findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root)
    told: list[Text] = [sentence(ctx, f.section, f.gap) for f in matter[:TOLD] if f.gap]
    spread = [text for one in ctx.sides or ctx.series if (text := _spread(ctx, one.group))]
    told += spread[: max(1, 2 - len(told))]
    if not told and len(ctx.instrument.dimensions) > 1:
        told = [w("report.profile.lead_even")]
    return tuple(Paragraph(text) for text in told)


def _about(ctx: Context) -> tuple[Block, ...]:
    """What the instrument says of a perspective that is shown; each sentence once."""
    w = ctx.words
    keys = [f"report.profile.about.{id}" for g in ctx.groups for id in g.perspectives]
    return tuple(Paragraph(text) for text in dict.fromkeys(w(key) for key in keys if key in w))


def _chart(ctx: Context) -> Figure:
    """At most four groups, the two sides first; the table has them all."""
    sections, low, high = ctx.instrument.dimensions, *ctx.scale
    first = [one.group for one in ctx.sides or ()]
    ordered = sorted(ctx.series, key=lambda one: one.group not in first)
    series = [one for one in ctx.series if one in ordered[:SERIES]]
    rows = [Row(ctx.name(s), tuple(ctx.score(s, one.group) for one in series)) for s in sections]
    grid = ctx.instrument.has_grid
    ends = tuple(ctx.level_name(i) for i in range(low, high + 1)) if grid else ctx.ends(sections[0])
    made = dots(ctx.theme, ctx.words, rows, series, scale=ctx.scale, row_height=ROW, ends=ends)
    # The table below has every figure: nobody hears them twice.
    said = ctx.words(
        "report.alt.profile_short",
        low=low,
        high=high,
        groups=ctx.words.join([one.label for one in series]),
    )
    return replace(made, alt=said)


def _ask(ctx: Context) -> tuple[Block, ...]:
    """Where a side is missing, what to talk of instead; else the questions stand elsewhere (`ask_each_other`)."""
    compared = any(
        (gap := ctx.released.gap(s.id, ctx.root)) is not None and gap.shown
        for s in ctx.instrument.dimensions
    )
    return conversation(ctx, 2) if ctx.instrument.sides and not compared else ()


def _spread(ctx: Context, group: str) -> Text:
    """The dimensions a group rates highest and lowest, if more than noise sets them apart."""
    found = ctx.released.contrast("dimensions", "", group)
    if found is None or found.certainty is Certainty.UNKNOWN:
        return ""
    by = {section.id: section for section in ctx.instrument.dimensions}
    fields: dict[str, object] = {
        "group": ctx.as_subject(group),
        "high": ctx.name(by[found.high]),
        "a": ctx.mean(ctx.score(found.high, group)),
        "low": ctx.name(by[found.low]),
        "b": ctx.mean(ctx.score(found.low, group)),
    }
    return fill(ctx.words, "report.profile.lead_spread", ("high", "low"), **fields)


def _table(ctx: Context) -> Table:
    """Both sides with their levels first, then everybody else, the total last."""
    w = ctx.words
    sides = [one.group for one in ctx.sides or ctx.series[:1]]
    wanted = [g.id for g in ctx.groups]
    ordered = [g for g in sides if g in wanted] + [g for g in wanted if g not in sides]
    ordered += [ALL] if len(wanted) > 1 else []
    columns: list[tuple[str, float]] = [(w("report.profile.dimension"), 4.3)]
    rows: list[list[Text]] = [[ctx.name(s)] for s in ctx.instrument.dimensions]
    for group in ordered:
        columns.append((ctx.label(group, short=True), _width(group, sides)))
        for row, section in zip(rows, ctx.instrument.dimensions, strict=True):
            row.append(_cell(ctx, section, group, count=group != ALL))
        if ctx.sides and group == ctx.sides[1].group:
            columns.append((w("report.gaps.difference"), 1.0))
            for row, section in zip(rows, ctx.instrument.dimensions, strict=True):
                row.append(difference(ctx, ctx.released.gap(section.id, ctx.root)))
    return Table(
        tuple(name for name, _ in columns),
        tuple(map(tuple, rows)),
        align=("left", *["right"] * (len(columns) - 1)),  # type: ignore[arg-type]
        widths=tuple(width for _, width in columns),
        compact=True,
        summary=w("report.profile.table"),
    )


def _width(group: str, sides: list[str]) -> float:
    """Of a column: the sides' have the larger numbers, the total's a word where it is not given."""
    return 1.25 if group in sides else 1.2 if group == ALL else 1.02


def _alone(ctx: Context) -> bool:
    """Whether any total would be that of one group."""
    return any(ctx.score(s).why is Why.ALONE for s in ctx.instrument.dimensions)


def _some_not_asked(ctx: Context) -> bool:
    return any(ctx.score(s, g.id).why.absent for s in ctx.instrument.dimensions for g in ctx.groups)


def _cell(ctx: Context, section: Section, group: str, count: bool = True) -> str:
    score = ctx.score(section, group)
    if not score.shown:
        return ctx.missing(score)
    return f"{ctx.mean(score)} ({behind(ctx, score)})" if count else ctx.mean(score)
