"""The gains tracker's chapter, its sheet for the meeting, its worksheets and what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrkit.blocks import (
    Block,
    Callout,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
    Together,
    b,
)
from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.report.chapter import Chapter, Recipe, charted
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.report.handouts.room import GROUND, room
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.gains.chart import run_chart
from hrkit.tools.gains.findings import GAINS, TOOL, Gain, GainFigure, gains
from hrkit.tools.gains.forms import FORMS
from hrkit.tools.gains.runs import BASELINE, Verdict
from hrkit.tools.gains.said import decimals, figure, formula, percent, value, verdict

__all__ = ["CHAPTER", "CLAIMS", "FORMS", "SHEETS", "STEPS"]

#: Figures from which a chart is drawn, and charts a page holds.
_DRAWN = 3
#: How often a chart in which nothing changed shows a sign, with monthly figures a year on (see `CLAIMS`).
_BY_CHANCE = 0.1


def tracker(ctx: Context) -> tuple[Block, ...]:
    """A line a gain: before, now, target, what may be said; then a chart of each that has figures enough."""
    w, found = ctx.words, gains(ctx.records)
    if not found:
        return (
            Heading(w("gains.title.nothing"), new_page=True),
            Callout(w("gains.nothing")),
        )
    drawn = [gain for gain in found if _shown(gain) >= _DRAWN]
    charts: list[Block] = []
    for gain in drawn:
        head = w(f"gains.gain.{gain.id}")
        charts.append(
            Together(
                (
                    Heading(head, level=3),
                    run_chart(ctx, gain),
                    *((Note(w("gains.events", text=said)),) if (said := _events(gain)) else ()),
                )
            )
        )
    source = Note(w("gains.source"))
    return (
        Heading(_title(ctx, found), new_page=True),
        Paragraph(w("gains.lead"), lead=True),
        Table(
            tuple(w(f"gains.table.{name}") for name in ("gain", "before", "now", "target", "said")),
            tuple(_row(ctx, gain) for gain in found),
            widths=(2.7, 1.3, 1.5, 1.5, 2.0),
            compact=True,
            summary=w("gains.table.summary"),
        ),
        Note(_rule(ctx, found)),
        # Beneath the table or on the next page, but all in one place, whatever the language; and the
        # source with them, which would begin a page of its own.
        Together((Heading(w("gains.charts"), level=2), *charts, source)) if charts else source,
    )


def _rule(ctx: Context, found: Sequence[Gain]) -> str:
    """What counts as a sign, how often one is chance, and how often any of those on this page is."""
    w = ctx.words
    charts = sum(gain.run.middle is not None for gain in found)
    rule = w("gains.rule", n=BASELINE)
    if charts < 2:
        return rule
    share = round(1 - (1 - _BY_CHANCE) ** charts, 1)
    return f"{rule} {w('gains.together', n=charts, share=w.percent(share))}"


def _events(gain: Gain) -> str:
    return gain.line.field("events")


def _shown(gain: Gain) -> int:
    return sum(one.value is not None for one in gain.figures)


def _title(ctx: Context, found: Sequence[Gain]) -> str:
    told = sum(gain.run.verdict.told for gain in found)
    w = ctx.words
    if not told:
        return w("gains.title.early")
    if told == len(found):
        return w("gains.title.all")
    return w("gains.title.told", n=told, all=len(found))


def _row(ctx: Context, gain: Gain) -> tuple[Text, ...]:
    w = ctx.words
    exactly = gain.line.field("exactly") or w(f"gains.definition.{gain.how.gain}.{gain.how.id}")
    source = w("gains.from", source=gain.line.field("source"), owner=gain.line.field("owner"))
    name = (
        b(w(f"gains.gain.{gain.id}")),
        Span(f"\n{exactly}"),
        Span(f"\n{source}", "mute"),
    )
    before = gain.before[-1:] if gain.run.middle is None else ()
    return (
        name,
        _median(ctx, gain) if gain.run.middle is not None else _last(ctx, gain, before),
        _last(ctx, gain, gain.after[-1:]),
        _target(ctx, gain),
        _word(ctx, gain),
    )


def _median(ctx: Context, gain: Gain) -> Text:
    middle = gain.run.middle or 0.0
    n = sum(one.value is not None for one in gain.before)
    return (
        b(value(ctx, gain, middle)),
        Span(f"\n{ctx.words('gains.median', n=n)}", "mute"),
    )


def _last(ctx: Context, gain: Gain, figures: Sequence[GainFigure]) -> Text:
    if not figures:
        return ctx.words("gains.missing")
    one = figures[-1]
    made = formula(ctx, gain, one)
    rest = "\n".join(part for part in (made, ctx.words.month(one.period)) if part)
    return (b(figure(ctx, gain, one)), Span(f"\n{rest}", "mute"))


def _target(ctx: Context, gain: Gain) -> Text:
    import datetime as dt

    w, line = ctx.words, gain.line
    if gain.target is None:
        return w("gains.no_target")
    by = line.field("by")
    rest = [w("gains.by", date=w.month(dt.date.fromisoformat(by)))] if by else []
    rest += [line.field("set_by")] if line.field("set_by") else []
    said = value(ctx, gain, gain.target)
    return (b(said), Span("\n" + "\n".join(rest), "mute")) if rest else (b(said),)


def _word(ctx: Context, gain: Gain) -> Text:
    w = ctx.words
    said = verdict(ctx, gain)
    spans = [b(said) if gain.run.verdict.told else Span(said)]
    if gain.at_target:
        spans.append(Span(f"\n{w('gains.at_target')}", "mute"))
    return tuple(spans)


def worksheet(ctx: Context) -> Worksheet:
    """Every shown figure with what it was made of."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = []
    for gain in gains(ctx.records):
        for one in gain.figures:
            when = w("gains.table.before") if one in gain.before else w("gains.table.since")
            made: Cell = figure(ctx, gain, one)
            if one.value is not None:
                places = decimals(gain)
                kind = "percent" if percent(gain) else "plain"
                rounded = round(one.value, places + 2 if percent(gain) else places)
                made = Number(rounded, places, kind)  # type: ignore[arg-type]
            rows.append(
                (
                    w(f"gains.gain.{gain.id}"),
                    w.month(one.period),
                    when,
                    made,
                    formula(ctx, gain, one),
                )
            )
    head = tuple(
        w(f"gains.table.{name}") for name in ("gain", "period", "when", "figure", "formula")
    )
    return Worksheet(w("gains.worksheet"), w("gains.worksheet_title"), head, tuple(rows))


def _chapters(ctx: Context) -> tuple[Chapter, ...]:
    blocks = tracker(ctx)
    sheet = worksheet(ctx)
    return (Chapter(blocks, charted(blocks, [sheet]) if sheet.rows else (), TOOL),)


def gains_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for the meeting: the figures, other explanations first, and what to stop measuring."""
    w = ctx.words
    found = {gain.id: gain for gain in gains(ctx.records)}
    rows: list[tuple[Text, ...]] = []
    for id in GAINS:
        gain = found.get(id)
        last = gain.figures[-1:] if gain else ()
        now = figure(ctx, gain, last[0]) if gain and last else room(1)
        trap = w(f"gains.trap.{id}")
        named: Text = (b(w(f"gains.gain.{id}")), Span(f"\n{trap}", "mute"))
        aim = value(ctx, gain, gain.target) if gain and gain.target is not None else room(1)
        word = verdict(ctx, gain) if gain else room(1)
        rows.append((named, now, aim, word, room(2), room(2)))
    steps = tuple(w(f"gains.sheet.step.{i}") for i in range(1, 5))
    return (
        Heading(w("gains.sheet.title"), kicker=w("gains.sheet.kicker")),
        Paragraph(w("gains.sheet.rule"), lead=True),
        Table(
            tuple(
                w(f"gains.sheet.column.{name}")
                for name in ("gain", "now", "target", "said", "other", "next")
            ),
            tuple(rows),
            widths=(2.7, 1.1, 1.0, 1.7, 2.2, 2.2),
            compact=True,
            shades=tuple(("", "", "", "", GROUND, GROUND) for _ in rows),
            summary=w("gains.sheet.title"),
        ),
        Paragraph(" · ".join(steps)),
        Note(w("gains.sheet.seen_by")),
    )


def STEPS(ctx: Context) -> tuple[ToolStep, ...]:  # noqa: N802 - a constant's name: what a tool offers
    """Gains that nobody can tell of yet for want of figures from before; and those that got worse."""
    w = ctx.words
    found = []
    for gain in gains(ctx.records):
        name = w(f"gains.gain.{gain.id}")
        if gain.run.verdict in (Verdict.NONE, Verdict.TWO, Verdict.EARLY) and (
            len(gain.before) < BASELINE
        ):
            found.append(
                ToolStep(
                    f"{TOOL}:baseline:{gain.id}",
                    "hr_head",
                    w("gains.step.baseline", gain=name, n=BASELINE),
                    w(f"gains.why.{'baseline' if gain.before else 'none'}", n=len(gain.before)),
                )
            )
        if gain.good is False:
            found.append(
                ToolStep(
                    f"{TOOL}:worse:{gain.id}",
                    "partners",
                    w("gains.step.worse", gain=name),
                    w("gains.why.worse", gain=name),
                    effort="medium",
                )
            )
    return tuple(found)


CHAPTER = Recipe(_chapters)
SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {"gains": gains_sheet}
#: Sheets that lie on their side.
FLAT = frozenset({"gains"})
CLAIMS: tuple[Claim, ...] = (
    Claim(
        "gains.sign",
        "gains",
        "a figure of the organisation's own has changed since the start",
        "a run longer than round(log2 n + 3) or fewer crossings than the 5 % quantile, 12 figures before",
        "each chart by itself: with monthly figures a year on, one unchanged chart of ten",
        "figures without any change, each independent of the last",
        ("gains.verdict.better", "gains.verdict.worse", "gains.title.told", "gains.title.all"),
    ),
)
