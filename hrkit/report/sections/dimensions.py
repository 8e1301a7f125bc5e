"""One page a dimension: level, what we see, the statements, what the next level looks like, next steps."""

from __future__ import annotations

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Span,
    Table,
    Text,
    Together,
    plain,
    walk,
)
from hrkit.disclosure.released import Why
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.chapter import Chapter
from hrkit.report.context import Context
from hrkit.report.counting import at_least
from hrkit.report.sections.statements import (
    answers,
    main_groups,
    number,
    spreads,
    standing,
    statement_table,
)
from hrkit.report.sections.titles import dimension_title
from hrkit.report.silence import on_dimension
from hrkit.report.standing import next_step, today
from hrkit.report.steps import chosen, rests_on
from hrkit.report.worksheets.results import statements
from hrkit.report.worksheets.spread import distributions

__all__ = ["dimension", "dimension_pages"]


def dimension_pages(ctx: Context) -> tuple[Chapter, ...]:
    """All dimensions, a chapter each, with the rows of its statements."""
    sections = ctx.instrument.dimensions
    found = []
    for i, section in enumerate(sections, 1):
        blocks = dimension(ctx, section, i, len(sections))
        drawn = any(isinstance(block, Table) and block.row_headers for block in walk(blocks))
        sheets = (
            (
                statements(ctx, section),
                distributions(ctx, section, spreads(ctx, section), answers(ctx, section)),
            )
            if drawn
            else ()
        )
        rows = tuple(sheet for sheet in sheets if sheet.rows)
        found.append(Chapter(blocks, rows, f"dimensions.{section.id}"))
    return tuple(found)


def dimension(ctx: Context, section: Section, index: int, count: int) -> tuple[Block, ...]:
    """One dimension; without any number that may be shown it says why, and keeps the questions."""
    w = ctx.words
    head: list[Block] = [
        Heading(
            dimension_title(ctx, section),
            kicker=w("report.dimension.kicker", i=index, n=count),
            id=f"dimension-{section.id}",
        ),
    ]
    shown = [g.id for g in ctx.released.groups if ctx.score(section, g.id).shown]
    if not shown:
        reason = ctx.reason(ctx.score(section))
        cards, single = _cards(ctx, section), _single(ctx, section)
        key = (
            "response.no_score"
            if any(isinstance(b, Table) for b in single)
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
        standing(ctx, section),
        *_said(ctx, section, shown),
        *statement_table(ctx, section),
    )
    advice = (*_cards(ctx, section), *_next(ctx, section))
    # Without levels and advice a page holds two of them, each whole.
    if not advice and index > 1:
        return (Together(page),)
    return (PageBreak(), *page, *advice)


def _single(ctx: Context, section: Section) -> tuple[Block, ...]:
    """The statements by themselves, where enough answered one and too few have a score."""
    groups = [group.id for group in ctx.groups]
    rated = any(ctx.score(section.measure(i), g).shown for i in section.scored for g in groups)
    said = tuple(Paragraph(text) for text in on_dimension(ctx, section, groups))
    return (*said, *statement_table(ctx, section)) if rated else said


def _said(ctx: Context, section: Section, shown: list[str]) -> tuple[Block, ...]:
    """What was found about the statements, and what is to be said of the total."""
    found, total = what_we_see(ctx, section, shown), _total(ctx, section)
    *before, last = [plain(text) for text in found] or [""]
    spans = [*([Span(f"{last} ")] if last else []), *([Span(total, "mute")] if total else [])]
    return (*(Paragraph(text) for text in before), *((Paragraph(tuple(spans)),) if spans else ()))


def _total(ctx: Context, section: Section) -> str:
    """Who of the sides is missing and why; the total, or why there is none."""
    w = ctx.words
    main = main_groups(ctx)
    said = [
        f"{ctx.label(g.id, short=True)}: {ctx.mean(ctx.score(section, g.id))}."
        for g in ctx.released.groups
        if g.id not in main
        and not ctx.score(section, g.id).shown
        and not ctx.score(section, g.id).why.absent
        and g.id not in {one.id for one in ctx.groups}
    ]
    said += [
        w("report.dimension.counted", group=ctx.label(g.id, short=True))
        for g in ctx.groups
        if at_least(ctx, ctx.score(section, g.id)) is not None
    ]
    total = ctx.score(section)
    shown = [g for g in ctx.groups if ctx.score(section, g.id).shown]
    own = [g.id for g in shown if set(g.perspectives) <= set(section.self_raters)]
    others = [g.id for g in shown if g.id not in own]
    if total.why is Why.ALONE and own and others:
        fields = {"group": ctx.in_text(others[0]), "groups": _together(ctx, own)}
        said.append(w("report.dimension.self_alone", **fields))
    elif total.why is Why.DIVIDED:
        said.append(w("report.dimension.divided"))
    elif total.shown and len(ctx.released.groups) > 1:
        said.append(
            w("report.dimension.total", mean=ctx.with_interval(total).replace(" ", "\u00a0"))
        )
        if own:
            said.append(w("report.dimension.self", groups=_together(ctx, own)))
    return " ".join(said)


def _together(ctx: Context, groups: list[str]) -> str:
    """Groups in a sentence; one alone keeps its grammatical number."""
    names = [ctx.in_text(group) for group in groups]
    return names[0] if len(names) == 1 else ctx.words.join(names)


def what_we_see(ctx: Context, section: Section, shown: list[str]) -> list[Text]:
    """Up to three sentences, each from one finding: the best and the worst statement, the silence.

    Whether the two sides differ stands in the page's title.
    """
    w = ctx.words
    texts: list[Text] = []
    group = next((g for g in shown if g in ctx.instrument.sides), shown[0])
    found = findings.named_apart(ctx.released, "statements", section.id, group)
    if found:
        by = {section.measure(item): item for item in section.scored}
        texts.append(
            w(
                "report.dimension.extremes",
                group=ctx.as_subject(group),
                best=number(section, by[found.high]),
                a=ctx.mean(ctx.score(found.high, group)),
                worst=number(section, by[found.low]),
                b=ctx.mean(ctx.score(found.low, group)),
            )
        )
    return [*texts, *on_dimension(ctx, section, shown)]


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
    # Questions take more room than what one would see, unless that has two strands.
    widths = (1.1, 0.9) if section.strands else (0.9, 1.1)
    return (Grid(tuple(cells), widths[-len(cells) :]),) if cells else ()


def _next(ctx: Context, section: Section) -> tuple[Block, ...]:
    w = ctx.words
    actions = chosen(ctx, section)[: int(ctx.profile.get("actions", 3))]
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
        widths=(2.1, 4.8, 2.3),
        row_headers=False,
        compact=True,
        summary=w("report.dimension.next"),
    )
    return (Heading(w("report.dimension.next"), level=2), table)
