"""How the two sides see each dimension: largest difference first, with questions for the talk."""

from __future__ import annotations

from dataclasses import replace

from hrkit.blocks import Block, Bullets, Callout, Card, Grid, Heading, Note, Paragraph, Text
from hrkit.disclosure.released import Certainty, Gap, Why
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.charts.gaps import dumbbell
from hrkit.report.charts.marks import Row
from hrkit.report.context import Context, fill
from hrkit.report.turnout import too_few, whole

__all__ = ["ask_each_other", "conversation", "fewer_than_ten", "gaps", "questions", "sentence"]

#: Why the figures of a side that is large enough are not there, the reason that is told first.
_HELD = (Why.PROTECTED, Why.PARTIAL, Why.SILENT)
#: Answers a side below which no difference is called clear.
TEN = 10
#: Sentences above the chart up to which its rows stand as far apart as is easy to read.
MANY = 3


def gaps(ctx: Context) -> tuple[Block, ...]:
    """The gap page; without two sides large enough, an invitation to a named conversation instead."""
    w = ctx.words
    if not ctx.instrument.sides or not ctx.instrument.dimensions:
        return ()
    head = Heading(w("report.gaps.title"), new_page=True)
    found = [
        (s, gap)
        for s in ctx.instrument.dimensions
        if (gap := ctx.released.gap(s.id, ctx.root)) is not None
    ]
    if ctx.sides is None or not any(gap.shown for _, gap in found):
        return (head, *conversation(ctx))
    found.sort(key=lambda pair: (not pair[1].shown, -abs(pair[1].difference or 0)))
    rows = [
        (Row(ctx.name(s), tuple(ctx.score(s, g) for g in (gap.first, gap.second))), gap)
        for s, gap in found
    ]
    low, high = ctx.scale
    names = [ctx.level_name(i) for i in range(low, high + 1)] if ctx.instrument.has_grid else ()
    matter = findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root)
    told = [f.section for f in matter]
    sentences = tuple(
        Paragraph(sentence(ctx, s, gap)) for s, gap in found if s in told and gap.shown
    ) or (Paragraph(w("report.gaps.none")),)
    # Beneath many sentences the rows stand closer, so that the questions stay on the page.
    chart = dumbbell(
        ctx.theme,
        w,
        rows,
        ctx.sides,
        scale=ctx.scale,
        ends=names or ctx.ends(found[0][0]),
        row_height=0.42 if len(sentences) <= MANY else 0.32,
    )
    few = fewer_than_ten(ctx)
    asked = (told or [s for s, gap in found if gap.shown])[:2]
    cells = tuple((questions(ctx, s),) for s in asked if _has_questions(ctx, s))
    tones = ("brand", "accent")
    cells = tuple((Card(c[0].title, c[0].blocks, tones[i % 2]),) for i, c in enumerate(cells))  # type: ignore[arg-type]
    return (
        head,
        Paragraph(w("report.gaps.lead"), lead=True),
        *sentences,
        chart,
        Note(
            w("report.gaps.note", first=ctx.sides[0].label, second=ctx.sides[1].label)
            + " "
            + w("report.bands_note")
            + (" " + w("report.gaps.few") if few else "")
        ),
        *((Grid(cells, tuple(1.0 for _ in cells)),) if cells else ()),
    )


def sentence(ctx: Context, section: Section, gap: Gap) -> Text:
    """One gap in a sentence whose wording follows its certainty."""
    w = ctx.words
    first, second = ctx.score(section, gap.first), ctx.score(section, gap.second)
    assert gap.difference is not None
    up = gap.difference >= 0
    higher, lower = (gap.second, gap.first) if up else (gap.first, gap.second)
    a, b = (second, first) if up else (first, second)
    fields: dict[str, object] = {
        "dimension": ctx.name(section),
        "higher": ctx.in_text(higher),
        "lower": ctx.in_text(lower),
        "a": ctx.mean(a),
        "b": ctx.mean(b),
    }
    if gap.certainty is not Certainty.UNKNOWN:
        ends = sorted((abs(gap.low or 0), abs(gap.high or 0)))
        fields |= {
            "d": w.number(abs(gap.difference)),
            "low": w.number(ends[0]),
            "high": w.number(ends[1]),
        }
    return fill(w, f"report.gaps.{gap.certainty.value}.higher", ("dimension",), **fields)


def _has_questions(ctx: Context, section: Section) -> bool:
    return bool(ctx.talk(section, 1))


def fewer_than_ten(ctx: Context) -> bool:
    """Whether a side has so few answers on any dimension that no difference is called clear there."""
    return any(
        (ctx.score(gap.measure, group).n or TEN) < TEN
        for gap in ctx.released.gaps
        if gap.shown and gap.unit == ctx.root
        for group in (gap.first, gap.second)
    )


def ask_each_other(ctx: Context) -> tuple[Block, ...]:
    """Questions about the two widest differences, those that chance would not explain first."""
    by = {s.id: s for s in ctx.instrument.dimensions}
    found = [g for id in by if (g := ctx.released.gap(id, ctx.root)) and g.shown]
    matter = [f.section for f in findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root)]
    widest = sorted(found, key=lambda gap: -abs(gap.difference or 0))
    asked = (matter or [by[gap.measure] for gap in widest])[:2]
    cards = [questions(ctx, s) for s in asked if _has_questions(ctx, s)]
    cells = tuple((replace(card, tone="accent" if i else "brand"),) for i, card in enumerate(cards))
    return (Grid(cells, tuple(1.0 for _ in cells)),) if cells else ()


def questions(ctx: Context, section: Section, count: int = 2) -> Card:
    """The talk questions of a dimension as a card."""
    title = ctx.words("report.gaps.ask", dimension=ctx.name(section))
    return Card(title, (Bullets(ctx.talk(section, count)),))


def conversation(ctx: Context, count: int = 6) -> tuple[Block, ...]:
    """Why the sides are not compared, and questions about so many dimensions to talk of instead."""
    w = ctx.words
    small = next(
        (
            side
            for side in ctx.instrument.sides
            if not any(ctx.score(s, _group(ctx, side)).shown for s in ctx.instrument.dimensions)
        ),
        ctx.instrument.sides[-1],
    )
    cards = [questions(ctx, s) for s in ctx.instrument.dimensions if _has_questions(ctx, s)]
    rows = [
        Grid(tuple((card,) for card in cards[i : i + 2]), (1.0, 1.0)[: len(cards[i : i + 2])])
        for i in range(0, min(len(cards), count), 2)
    ]
    label = ctx.label(_group(ctx, small))
    whys = {ctx.score(s, _group(ctx, small)).why for s in ctx.instrument.dimensions}
    why = next((f"response.gap.{w.value}" for w in _HELD if w in whys), "")
    asked = next((one for one in whole(ctx) if one.group == _group(ctx, small)), None)
    if asked is None:
        why = "report.gaps.hidden_nobody"
    elif too_few(ctx, asked):
        why = "report.gaps.hidden_invited"
    said = {"group": label, "k": ctx.released.threshold, "n": asked.invited if asked else 0}
    return (
        Callout(w(why or "report.gaps.hidden_lead", **said)),
        *rows,
    )


def _group(ctx: Context, side: str) -> str:
    found = ctx.released.group(side)
    return found.id if found else side
