"""One page a dimension: level, what we see, the statements, what the next level looks like, next steps."""

from __future__ import annotations

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Figure,
    Grid,
    Heading,
    Levels,
    Note,
    PageBreak,
    Paragraph,
    Table,
    Text,
    walk,
)
from hrkit.disclosure.released import ALL, Distribution, Why
from hrkit.model.instrument import Item, Section
from hrkit.report import findings
from hrkit.report.actions import choose
from hrkit.report.chapter import Chapter
from hrkit.report.charts.marks import Row
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context
from hrkit.report.sections.gaps import sentence
from hrkit.report.silence import on_dimension
from hrkit.report.standing import next_step, today
from hrkit.report.steps import rests_on
from hrkit.report.worksheets.results import statements

__all__ = ["dimension", "dimension_pages"]


def dimension_pages(ctx: Context) -> tuple[Chapter, ...]:
    """All dimensions, a chapter each, with the rows of its statements."""
    sections = ctx.instrument.dimensions
    found = []
    for i, section in enumerate(sections, 1):
        blocks = dimension(ctx, section, i, len(sections))
        drawn = any(isinstance(block, Figure) for block in walk(blocks))
        sheet = statements(ctx, section) if drawn else None
        rows = (sheet,) if sheet and sheet.rows else ()
        found.append(Chapter(blocks, rows, f"dimensions.{section.id}"))
    return tuple(found)


def dimension(ctx: Context, section: Section, index: int, count: int) -> tuple[Block, ...]:
    """One dimension; without any number that may be shown it says why, and keeps the questions."""
    w = ctx.words
    head: list[Block] = [
        Heading(
            ctx.name(section),
            kicker=w("report.dimension.kicker", i=index, n=count),
            id=f"dimension-{section.id}",
        ),
    ]
    if ctx.instrument.has_grid:
        head += _levels(ctx, section)
    shown = [g.id for g in ctx.released.groups if ctx.score(section, g.id).shown]
    if not shown:
        reason = ctx.reason(ctx.score(section))
        cards, single = _cards(ctx, section), _single(ctx, section)
        key = (
            "response.no_score"
            if any(isinstance(b, Figure) for b in single)
            else "report.dimension.none"
        )
        return (
            PageBreak(),
            *head,
            Paragraph(ctx.text(section.about), lead=True),
            Callout(w(key, reason=reason)),
            *single,
            *cards,
        )
    page = (
        *head,
        Note(_positions(ctx, section, shown)),
        *_seen(ctx, section, shown),
        *_statements(ctx, section),
        *_cards(ctx, section),
        *_next(ctx, section),
    )
    return (PageBreak(), *page)


def _single(ctx: Context, section: Section) -> tuple[Block, ...]:
    """The statements by themselves, where enough answered one and too few have a score."""
    groups = [group.id for group in ctx.groups]
    rated = any(ctx.score(section.measure(i), g).shown for i in section.scored for g in groups)
    said = tuple(Paragraph(text) for text in on_dimension(ctx, section, groups))
    return (*said, *_statements(ctx, section)) if rated else said


def _levels(ctx: Context, section: Section) -> list[Block]:
    """A bar for each side: its level, or the two levels between which it stands."""
    w = ctx.words
    names = tuple(ctx.level_name(level.level, section) for level in ctx.instrument.levels)
    groups = [one.group for one in ctx.sides or ctx.series[:1]]
    if not any(ctx.released.band(section.id, group).shown for group in groups):
        groups = [ALL]
    bars: list[Block] = []
    for group in groups:
        band = ctx.released.band(section.id, group)
        if not band.shown or band.low is None or band.high is None:
            continue
        on = tuple(range(band.low, band.high + 1))
        label = ctx.label(group, short=True)
        said = w("report.dimension.band_alt", n=len(on), level=band.low, level2=band.high)
        bars.append(Levels(names, on, f"{label}: {said}", label))
    return bars or [Levels(names, (), w("report.dimension.band_none"))]


def _positions(ctx: Context, section: Section, shown: list[str]) -> str:
    """Every group with its interval; then the total, or why there is none."""
    w = ctx.words
    parts = [
        w(
            "report.dimension.position",
            group=ctx.label(g, short=True),
            mean=ctx.with_interval(ctx.score(section, g)),
            n=ctx.score(section, g).n,
        )
        for g in shown
    ]
    hidden = [
        f"{ctx.label(g.id, short=True)}: {ctx.mean(ctx.score(section, g.id))}"
        for g in ctx.released.groups
        if g.id not in shown and not ctx.score(section, g.id).why.absent
    ]
    said = w("report.dimension.positions", list=" · ".join([*parts, *hidden]))
    total = ctx.score(section)
    if total.why is Why.DIVIDED:
        said += " " + w("report.dimension.divided")
    elif total.shown and len(ctx.released.groups) > 1:
        said += " " + w("report.dimension.total", mean=ctx.with_interval(total))
        own = [g.id for g in ctx.groups if set(g.perspectives) <= set(section.self_raters)]
        if own:
            names = w.join([ctx.in_text(g) for g in own])
            said += " " + w("report.dimension.self", groups=names)
    return said


def _seen(ctx: Context, section: Section, shown: list[str]) -> tuple[Block, ...]:
    texts = what_we_see(ctx, section, shown)
    if not texts:
        return ()
    head = Heading(ctx.words("report.dimension.see"), level=2)
    return (head, *(Paragraph(text) for text in texts))


def what_we_see(ctx: Context, section: Section, shown: list[str]) -> list[Text]:
    """Two to four sentences, each from one finding: the gap, the best and worst statement, the silence."""
    w = ctx.words
    texts: list[Text] = []
    gap = ctx.released.gap(section.id, ctx.root)
    if gap is not None and gap.shown:
        texts.append(sentence(ctx, section, gap))
    group = next((g for g in shown if g in ctx.instrument.sides), shown[0])
    found = findings.named_apart(ctx.released, "statements", section.id, group)
    if found:
        by = {section.measure(item): item for item in section.scored}
        texts.append(
            w(
                "report.dimension.extremes",
                group=ctx.in_text(group),
                best=ctx.wording(by[found.high]).rstrip("."),
                a=_figure(ctx, by[found.high], found.high, group),
                worst=ctx.wording(by[found.low]).rstrip("."),
                b=_figure(ctx, by[found.low], found.low, group),
            )
        )
    return [*texts, *on_dimension(ctx, section, shown)]


def _figure(ctx: Context, item: Item, key: str, group: str) -> str:
    """A statement's mean; of a turned one with a word, since it reads as it was asked."""
    mean = ctx.mean(ctx.score(key, group))
    return ctx.words("report.dimension.turned_figure", mean=mean) if item.marked else mean


def _quoted(ctx: Context, item: Item) -> str:
    mark = "↓ " if item.marked else ""
    return mark + ctx.wording(item).rstrip(".")


def _statements(ctx: Context, section: Section) -> tuple[Block, ...]:
    w = ctx.words
    items = section.scored
    rows = [
        Row(_quoted(ctx, item), tuple(ctx.score(section.measure(item), g.id) for g in ctx.groups))
        for item in items
    ]
    asked = [i for i in range(len(ctx.groups)) if any(not r.scores[i].why.absent for r in rows)]
    series = tuple(ctx.series[i] for i in asked)
    rows = [Row(r.name, tuple(r.scores[i] for i in asked)) for r in rows]
    spread, whose = _spread(ctx, section)
    chart = dots(
        ctx.theme,
        w,
        rows,
        series,
        scale=ctx.scale,
        ends=ctx.ends(section),
        labels=2.7,
        row_height=0.31 if len(items) <= 6 else None,
        spread=spread,
        alt="report.alt.items",
        title=w("charts.statements", dimension=ctx.name(section)),
        answers=_answers(ctx, section),
    )
    notes = []
    if spread:
        key = "spread" if any(s.dont_know for s in section.score_scales) else "spread_only"
        notes.append(w(f"report.dimension.{key}", group=ctx.in_text(whose)))
    if any(item.marked for item in items):
        notes.append(w("report.dimension.reversed"))
    return (chart, *((Note(" ".join(notes)),) if notes else ()))


def _spread(ctx: Context, section: Section) -> tuple[list[Distribution | None], str]:
    """The distributions of the largest group that may show any, in the order of the statements."""
    best: tuple[int, str, list[Distribution | None]] = (0, "", [])
    for group in ctx.groups:
        found = [ctx.released.distribution(section.measure(i), group.id) for i in section.scored]
        n = max((d.n for d in found if d), default=0)
        if n > best[0]:
            best = (n, group.id, found)
    return best[2], best[1]


def _answers(ctx: Context, section: Section) -> tuple[str, ...]:
    """Names of the answers from the lowest; of scales that differ, their values."""
    scales = section.score_scales
    if len(scales) != 1:
        return ()
    return tuple(ctx.text(choice.label) or choice.value for choice in scales[0].choices)


def _cards(ctx: Context, section: Section) -> tuple[Block, ...]:
    w = ctx.words
    cells: list[tuple[Block, ...]] = []
    step = next_step(ctx.released, ctx.engagement, section)
    grid = {level.level: level for level in section.grid}
    if step in grid:
        key = "keep" if today(ctx.released, ctx.engagement, section) == 5 else "looks"
        title = w(f"report.dimension.{key}", level=step, name=ctx.level_name(step or 0, section))
        told: Block = Paragraph(ctx.text(grid[step].text))
        if section.strands:
            named = zip(section.strands, grid[step].strands, strict=True)
            told = Bullets(tuple(f"{ctx.text(name)}: {ctx.text(text)}" for name, text in named))
        cells.append((Card(title, (told,)),))
    asked = ctx.talk(section, 2)
    if asked:
        cells.append((Card(w("report.dimension.talk"), (Bullets(asked),), "accent"),))
    # Questions take more room than what one would see.
    return (Grid(tuple(cells), (0.85, 1.15)[-len(cells) :]),) if cells else ()


def _next(ctx: Context, section: Section) -> tuple[Block, ...]:
    w = ctx.words
    if ctx.library is None:
        return ()
    actions = choose(
        ctx.library,
        ctx.released,
        ctx.engagement,
        section,
        int(ctx.profile.get("actions", 3)),
    )
    if not actions:
        return ()
    who, when, what, why = (
        w(f"report.action.column.{c}") for c in ("owner", "horizon", "action", "rests")
    )
    # Who and when share a column: two narrow ones would break words, and rows over four lines.
    rows = tuple(
        (
            f"{ctx.owner(action.owner)}\n{w(f'report.action.horizon.{action.horizon}')}",
            ctx.text(action.text),
            rests_on(ctx, action, section),
        )
        for action in actions
    )
    table = Table(
        (f"{who} · {when}", what, why),
        rows,
        widths=(1.6, 5.0, 2.3),
        row_headers=False,
        compact=True,
        summary=w("report.dimension.next"),
    )
    return (Heading(w("report.dimension.next"), level=2), table)
