"""One page a dimension: level, what we see, the statements, what the next level looks like, next steps."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Grid,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Span,
    Table,
    Text,
    b,
    plain,
    walk,
)
from hrkit.disclosure.released import Band, Distribution, Score, Why
from hrkit.model.instrument import Item, Section
from hrkit.report import findings
from hrkit.report.chapter import Chapter
from hrkit.report.context import Context
from hrkit.report.counting import at_least, behind
from hrkit.report.sections.titles import dimension_title
from hrkit.report.silence import on_dimension
from hrkit.report.standing import next_step, today
from hrkit.report.steps import chosen, rests_on
from hrkit.report.worksheets.results import statements
from hrkit.report.worksheets.spread import distributions

__all__ = ["answers", "dimension", "dimension_pages", "spreads"]


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
        _standing(ctx, section),
        *_said(ctx, section, shown),
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


def _standing(ctx: Context, section: Section) -> Table:
    """The two sides, a row each: average with its interval, answers, level."""
    w, grid = ctx.words, ctx.instrument.has_grid
    rows = []
    for group in _main(ctx):
        score = ctx.score(section, group)
        told: list[Text] = [
            ctx.label(group),
            ctx.with_interval(score),
            behind(ctx, score) if score.n else "–",
        ]
        rows.append((*told, *((_level(ctx, section, group),) if grid else ())))
    names = ("who", "mean", "n", *(("level",) if grid else ()))
    return Table(
        tuple(w(f"report.dimension.standing.{name}") for name in names),
        tuple(rows),
        align=("left", "right", "right", *(("left",) if grid else ())),
        widths=(2.1, 1.7, 0.9, *((5.0,) if grid else ())),
        compact=True,
        summary=w("report.dimension.standing.table"),
    )


def _said(ctx: Context, section: Section, shown: list[str]) -> tuple[Block, ...]:
    """What was found about the statements, and what is to be said of the total."""
    found, total = what_we_see(ctx, section, shown), _total(ctx, section)
    *before, last = [plain(text) for text in found] or [""]
    spans = [*([Span(f"{last} ")] if last else []), *([Span(total, "mute")] if total else [])]
    return (*(Paragraph(text) for text in before), *((Paragraph(tuple(spans)),) if spans else ()))


def _level(ctx: Context, section: Section, group: str) -> Text:
    """A side's level, drawn and by name; two where the interval crosses a boundary."""
    w, band = ctx.words, ctx.released.band(section.id, group)
    if not band.shown or band.low is None or band.high is None:
        return "–"
    low, high = (ctx.level_name(level, section) for level in (band.low, band.high))
    fields = {"level": band.low, "level2": band.high, "name": low, "name2": high}
    said = w("report.dimension.level", n=1 + (band.high > band.low), **fields)
    return (Span(steps(ctx, band), "steps"), Span(f"  {said}"))


def steps(ctx: Context, band: Band) -> str:
    """The levels of an instrument as full and empty steps."""
    levels = [one.level for one in ctx.instrument.levels]
    on = range(band.low or 0, (band.high or -1) + 1)
    return "".join("▮" if level in on else "▯" for level in levels)


def _total(ctx: Context, section: Section) -> str:
    """Who of the sides is missing and why; the total, or why there is none."""
    w = ctx.words
    main = _main(ctx)
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
        said.append(w("report.dimension.total", mean=ctx.with_interval(total)))
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
                group=ctx.in_text(group),
                best=_number(section, by[found.high]),
                a=ctx.mean(ctx.score(found.high, group)),
                worst=_number(section, by[found.low]),
                b=ctx.mean(ctx.score(found.low, group)),
            )
        )
    return [*texts, *on_dimension(ctx, section, shown)]


def _quoted(ctx: Context, item: Item) -> str:
    mark = "↓ " if item.marked else ""
    return mark + ctx.wording(item).rstrip(".")


def _statements(ctx: Context, section: Section) -> tuple[Block, ...]:
    """The statements by number: both sides' means and spread, then what everybody else says."""
    w, main = ctx.words, _main(ctx)
    spread = _spread(ctx, section, main)
    silent = any(one and one.dont_know >= 0.005 for _, found in spread for one in found)
    columns = [(w("report.dimension.statement"), 5.7)]
    # A heading of one long word takes two lines.
    labels = [ctx.label(group, short=True) for group in main]
    columns += [(label, 1.25 if len(label) > 10 else 0.9) for label in labels]
    wide = 3.6 if len(spread) == 1 else 2.2
    labels = [ctx.label(group, short=True) for group, _ in spread]
    columns += [(w("report.dimension.answers", group=label), wide) for label in labels]
    columns += [(w("report.dimension.ways_out"), 1.15)] if silent else []
    rows: list[tuple[Text, ...]] = []
    for i, item in enumerate(section.scored):
        key = section.measure(item)
        row: list[Text] = [(b(f"{_number(section, item)} "), Span(_quoted(ctx, item)))]
        row += [_value(ctx, ctx.score(key, g)) for g in main]
        row += [_bar(found[i]) for _, found in spread]
        row += [_out(ctx, [found[i] for _, found in spread])] if silent else []
        rows.append(tuple(row))
    numbers = len(main)
    table = Table(
        tuple(name for name, _ in columns),
        tuple(rows),
        align=("left", *["right"] * numbers, *["left"] * len(spread), *["right"] * silent),  # type: ignore[arg-type]
        widths=tuple(width for _, width in columns),
        compact=True,
        summary=w("report.dimension.table"),
    )
    return (
        table,
        *_legend(ctx, section, [g for g, _ in spread], silent),
        *_others(ctx, section, main),
    )


def _main(ctx: Context) -> list[str]:
    """The two sides; where one of them or both are missing, those who are there first."""
    sides = [one.group for one in ctx.sides or ()]
    known = [g for g in sides if any(g == one.id for one in ctx.groups)]
    return known or [group.id for group in ctx.groups[:2]]


def _number(section: Section, item: Item) -> int:
    return section.items.index(item) + 1


def _value(ctx: Context, score: Score) -> Text:
    """A mean in a narrow column, or one word why there is none."""
    if score.shown and score.mean is not None:
        return ctx.words.number(score.mean)
    return "–" if score.why.absent else ctx.words(f"report.why.short.{score.why.value}")


def _counted(ctx: Context, score: Score) -> Text:
    """A mean and how many it is of."""
    value = _value(ctx, score)
    return f"{value} (n = {behind(ctx, score)})" if score.shown else value


def _bar(one: Distribution | None) -> Text:
    """The shares of answers from the scale's low end to its high end, in whole per cent."""
    if one is None:
        return "–"
    return (Span(" · ".join(f"{share * 100:.0f}" for share in one.shares), "shares"),)


def _out(ctx: Context, found: Sequence[Distribution | None]) -> str:
    return " · ".join("–" if one is None else f"{one.dont_know * 100:.0f}" for one in found)


def _legend(
    ctx: Context, section: Section, spread: Sequence[str], silent: bool
) -> tuple[Block, ...]:
    """What the bars' parts are called, and how a turned statement is read."""
    w = ctx.words
    said: list[Span] = []
    if spread:
        names = " · ".join(_choices(ctx, section))
        said += [Span(w("report.dimension.key") + " "), Span(names, "key")]
        key = "spread" if silent else "spread_only"
        said.append(Span("\n" + w(f"report.dimension.{key}")))
    if any(item.marked for item in section.scored):
        label = _choices(ctx, section)[-1].lower()
        said.append(Span((" " if said else "") + w("report.dimension.turned", label=label)))
    return (Note(tuple(said)),) if said else ()


def _choices(ctx: Context, section: Section) -> list[str]:
    """The scale's answers by name; of two scales in one dimension both."""
    scales = section.score_scales
    return [
        " / ".join(dict.fromkeys(ctx.text(one.label) for one in step))
        for step in zip(*(scale.choices for scale in scales), strict=True)
    ]


def _others(ctx: Context, section: Section, main: Sequence[str]) -> tuple[Block, ...]:
    """Everybody else who was asked: the dimension, and each statement by its number."""
    w = ctx.words
    others = [
        group
        for group in ctx.groups
        if group.id not in main
        and any(
            not ctx.score(key, group.id).why.absent
            for key in (section.id, *(section.measure(item) for item in section.scored))
        )
    ]
    if not others:
        return ()
    items = section.scored
    rows = tuple(
        (
            ctx.label(group.id, short=True),
            _counted(ctx, ctx.score(section, group.id)),
            *(_value(ctx, ctx.score(section.measure(item), group.id)) for item in items),
        )
        for group in others
    )
    names = (w("report.dimension.others"), w("report.dimension.whole"))
    return (
        Table(
            (*names, *(w("report.dimension.nth", n=_number(section, item)) for item in items)),
            rows,
            align=("left", *["right"] * (len(items) + 1)),  # type: ignore[arg-type]
            widths=(2.2, 1.3, *[0.9] * len(items)),
            compact=True,
            summary=w("report.dimension.others"),
        ),
    )


def _spread(
    ctx: Context, section: Section, main: Sequence[str]
) -> list[tuple[str, list[Distribution | None]]]:
    """The distributions of those in the table; else of the group that may show most statements.

    A group that was asked one statement would leave the rest blank, however large it is.
    """

    def of(group: str) -> list[Distribution | None]:
        return [ctx.released.distribution(section.measure(i), group) for i in section.scored]

    found = [(group, of(group)) for group in main]
    found = [(group, some) for group, some in found if 2 * sum(map(bool, some)) > len(some)]
    if found:
        return found[:2]
    known = {g.id: [d for d in of(g.id) if d] for g in ctx.groups}
    known = {group: some for group, some in known.items() if some}
    if not known:
        return []
    most = max(known, key=lambda g: (len(known[g]), max(d.n for d in known[g])))
    return [(most, of(most))]


def spreads(ctx: Context, section: Section) -> list[tuple[str, list[Distribution | None]]]:
    """The distributions that the page shows, by group, in the order of the statements."""
    return _spread(ctx, section, _main(ctx))


def answers(ctx: Context, section: Section) -> list[str]:
    """The names of the answers that a distribution counts, from the scale's low end."""
    return _choices(ctx, section)


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
