"""Tables of a dimension's page: where the two sides stand, its statements by number, everybody else."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import Block, Note, Span, Table, Text, b
from hrkit.disclosure.released import Band, Distribution, Score
from hrkit.model.instrument import Item, Section
from hrkit.report.context import Context
from hrkit.report.counting import behind

__all__ = ["answers", "main_groups", "number", "spreads", "standing", "statement_table", "steps"]


def standing(ctx: Context, section: Section) -> Table:
    """The two sides, a row each: average with its interval, answers, level."""
    w, grid = ctx.words, ctx.instrument.has_grid
    rows = []
    for group in main_groups(ctx):
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


def _quoted(ctx: Context, item: Item) -> str:
    mark = "↓ " if item.marked else ""
    return mark + ctx.wording(item).rstrip(".")


def statement_table(ctx: Context, section: Section) -> tuple[Block, ...]:
    """The statements by number: both sides' means and spread, then what everybody else says."""
    w, main = ctx.words, main_groups(ctx)
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
        row: list[Text] = [(b(f"{number(section, item)} "), Span(_quoted(ctx, item)))]
        row += [_value(ctx, ctx.score(key, g)) for g in main]
        row += [_bar(found[i]) for _, found in spread]
        row += [_out(ctx, [found[i] for _, found in spread])] if silent else []
        rows.append(tuple(row))
    count = len(main)
    table = Table(
        tuple(name for name, _ in columns),
        tuple(rows),
        align=("left", *["right"] * count, *["left"] * len(spread), *["right"] * silent),  # type: ignore[arg-type]
        widths=tuple(width for _, width in columns),
        compact=True,
        summary=w("report.dimension.table"),
    )
    return (
        table,
        *_legend(ctx, section, [g for g, _ in spread], silent),
        *_others(ctx, section, main),
    )


def main_groups(ctx: Context) -> list[str]:
    """The two sides; where one of them or both are missing, those who are there first."""
    sides = [one.group for one in ctx.sides or ()]
    known = [g for g in sides if any(g == one.id for one in ctx.groups)]
    return known or [group.id for group in ctx.groups[:2]]


def number(section: Section, item: Item) -> int:
    """A statement's number on the page and in the form."""
    return section.items.index(item) + 1


def _value(ctx: Context, score: Score) -> Text:
    """A mean in a narrow column, or one word why there is none."""
    if score.shown and score.mean is not None:
        return ctx.words.number(score.mean)
    return ctx.missing(score)


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
            (*names, *(w("report.dimension.nth", n=number(section, item)) for item in items)),
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
    return _spread(ctx, section, main_groups(ctx))


def answers(ctx: Context, section: Section) -> list[str]:
    """The names of the answers that a distribution counts, from the scale's low end."""
    return _choices(ctx, section)
