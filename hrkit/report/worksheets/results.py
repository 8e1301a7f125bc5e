"""Sheets of the profile, the levels, the gaps, the statements, the turnout and the reliability."""

from __future__ import annotations

from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.disclosure.released import ALL, Gap, tidy
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.charts.marks import Row
from hrkit.report.charts.plotted import scores
from hrkit.report.context import Context
from hrkit.report.turnout import few
from hrkit.report.worksheets.cells import INTERVAL, columns, count, interval, mean, number, share

__all__ = ["gaps", "importance", "levels", "profile", "reliability", "statements", "turnout"]


def profile(ctx: Context) -> Worksheet:
    """A row per dimension and perspective, the mean over perspectives last.

    "Don't know" is given where the report has pages of dimensions that name it.
    """
    w = ctx.words
    pages = any("dimensions" in part for part in ctx.profile["parts"].values())
    rows: list[tuple[Cell, ...]] = []
    for section in ctx.instrument.dimensions:
        shown = [g.id for g in ctx.released.groups if ctx.score(section, g.id).shown]
        silent = findings.silence(ctx.released, section, shown, ctx.root)
        named = silent.scores[0].group if silent else ""
        for group in (*(g.id for g in ctx.groups), ALL):
            score = ctx.score(section, group)
            said = share(score.dont_know) if group == named and pages else None
            rows.append(
                (
                    ctx.name(section),
                    ctx.label(group),
                    *interval(ctx, score),
                    count(ctx, score),
                    said,
                )
            )
    names = ["perspective", *INTERVAL, "n", "dont_know"]
    if not any(row[-1] for row in rows):
        names, rows = names[:-1], [row[:-1] for row in rows]
    return Worksheet(
        w("appendix.sheet.profile"),
        w("appendix.title.profile"),
        (w("report.profile.dimension"), *columns(ctx, *names)),
        tuple(rows),
        (w("appendix.note.all", all=ctx.label(ALL)),),
    )


def levels(ctx: Context) -> Worksheet | None:
    """The level band of each dimension for each side, in numbers and names."""
    if not ctx.instrument.has_grid:
        return None
    w = ctx.words
    sides = [one.group for one in ctx.sides or ()] or [g.id for g in ctx.groups][:1]
    rows: list[tuple[Cell, ...]] = []
    for section in ctx.instrument.dimensions:
        for group in sides:
            band = ctx.released.band(section.id, group)
            told = (ctx.name(section), ctx.label(group))
            if not band.shown or band.low is None or band.high is None:
                rows.append((*told, w(f"report.why.{band.why.value}"), None, None))
                continue
            names = dict.fromkeys((ctx.level_name(band.low), ctx.level_name(band.high)))
            levels_ = (Number(band.low, 0), Number(band.high, 0))
            rows.append((*told, *levels_, " – ".join(names)))
    return Worksheet(
        w("appendix.sheet.levels"),
        w("appendix.title.levels"),
        (
            w("report.profile.dimension"),
            *columns(ctx, "perspective", "level_low", "level_high", "level_name"),
        ),
        tuple(rows),
    )


def gaps(ctx: Context) -> Worksheet | None:
    """The two sides' means, their difference and its interval."""
    if ctx.sides is None:
        return None
    w, (first, second) = ctx.words, ctx.sides
    names = {"first": first.label, "second": second.label}
    rows = tuple(
        (ctx.name(section), *_gap(ctx, gap))
        for section in ctx.instrument.dimensions
        if (gap := ctx.released.gap(section.id, ctx.root)) is not None
    )
    return Worksheet(
        w("appendix.sheet.gaps"),
        w("appendix.title.gaps", **names),
        (
            w("report.profile.dimension"),
            first.label,
            f"{first.label}: n",
            second.label,
            f"{second.label}: n",
            *columns(ctx, "difference", "low", "high", "certainty"),
        ),
        rows,
        (w("appendix.note.gaps", **names),),
    )


def gaps_once(ctx: Context) -> Worksheet | None:
    """The same beside the profile, where the report has no page of differences of its own."""
    own = any("gaps" in part for part in ctx.profile["parts"].values())
    return None if own else gaps(ctx)


def _gap(ctx: Context, gap: Gap) -> tuple[Cell, ...]:
    scores = [ctx.score(gap.measure, group) for group in (gap.first, gap.second)]
    sides = tuple(cell for score in scores for cell in (mean(ctx, score), count(ctx, score)))
    if not gap.shown or gap.difference is None:
        return (*sides, ctx.words(f"report.why.{gap.why.value}"), None, None, None)
    ends = [None if end is None else Number(end, 1, "signed") for end in (gap.low, gap.high)]
    certainty = ctx.words(f"report.certainty.{gap.certainty.value}")
    return (*sides, Number(gap.difference, 1, "signed"), *ends, certainty)


def statements(ctx: Context, section: Section) -> Worksheet:
    """A row per statement of a dimension and perspective."""
    w, yes = ctx.words, ctx.words("appendix.note.is_turned")
    rows: list[tuple[Cell, ...]] = []
    for item in section.scored:
        for group in ctx.groups:
            score = ctx.score(section.measure(item), group.id)
            if score.why.absent:
                continue
            number_, turned = (
                Number(section.items.index(item) + 1, 0),
                yes if item.reversed else None,
            )
            told = (ctx.name(section), number_, ctx.wording(item), turned, ctx.label(group.id))
            rows.append((*told, *interval(ctx, score)))
    turned_any = any(item.reversed for item in section.scored)
    names = ("number", "statement", "turned", "perspective", *INTERVAL)
    series = ctx.sides or ctx.series[:2]
    drawn = [
        Row(
            f"{section.items.index(item) + 1} {ctx.wording(item).rstrip('.')}",
            tuple(ctx.score(section.measure(item), one.group) for one in series),
        )
        for item in section.scored
    ]
    title = w("charts.statements", dimension=ctx.name(section))
    plots = (scores(ctx.theme, w, title, drawn, series, ctx.scale),) if rows else ()
    return Worksheet(
        w("appendix.sheet.statements"),
        w("appendix.title.statements"),
        (w("report.profile.dimension"), *columns(ctx, *names)),
        tuple(rows),
        (w("appendix.note.turned", yes=yes),) if turned_any else (),
        plots=tuple(plot for plot in plots if plot.series),
    )


def turnout(ctx: Context) -> Worksheet:
    """Who was invited and who answered, fewer than the threshold in words."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = []
    for one in ctx.released.answering:
        if one.unit != ctx.root:
            continue
        hidden = one.answered is None
        rows.append(
            (
                ctx.label(one.group),
                few(ctx, one) if hidden else number(one.answered, 0),
                w("report.method.unknown") if one.invited is None else Number(one.invited, 0),
                None
                if hidden or not one.invited
                else share(tidy((one.answered or 0) / one.invited, 2)),
            )
        )
    names = ("group", "answered", "invited", "share")
    return Worksheet(
        w("appendix.sheet.turnout"),
        w("appendix.title.turnout"),
        tuple(w(f"report.method.turnout_{name}") for name in names),
        tuple(rows),
    )


def reliability(ctx: Context) -> Worksheet:
    """Alpha with its interval, omega, item-rest correlations and the fit of one factor.

    A row per dimension over everybody, then one per perspective that is large enough.
    """
    w = ctx.words
    most = max((len(s.scored) for s in ctx.instrument.dimensions), default=0)
    rows: list[tuple[Cell, ...]] = []
    for section in ctx.instrument.dimensions:
        places = {section.measure(item): section.items.index(item) for item in section.scored}
        found = {r.group: r for r in ctx.released.reliability if r.measure == section.id}
        for group in (ALL, *(g.id for g in ctx.groups)):
            if (one := found.get(group)) is None:
                continue
            rest = {places[key]: value for key, value in one.rest if key in places}
            name = w("appendix.note.everybody") if group == ALL else ctx.label(group)
            rows.append(
                (
                    ctx.name(section),
                    name,
                    Number(one.n, 0),
                    *(number(x, 2) for x in (one.alpha, one.low, one.high, one.omega)),
                    *(number(x, 2) for x in (one.cfi, one.srmr)),
                    *(number(rest.get(i), 2) for i in range(most)),
                )
            )
    low, high = columns(ctx, "low", "high")
    items = tuple(w("appendix.column.item_rest", n=i + 1) for i in range(most))
    return Worksheet(
        w("appendix.sheet.reliability"),
        w("appendix.title.reliability"),
        (
            w("report.profile.dimension"),
            *columns(ctx, "perspective"),
            *("n", "α", low, high, "ω", "CFI", "SRMR"),
            *items,
        ),
        tuple(rows),
        tuple(w(f"appendix.note.{name}") for name in ("item_rest", "one_factor")) if rows else (),
    )


def importance(ctx: Context) -> Worksheet:
    """The decision list with what it rests on, in the order in which to take things up."""
    w = ctx.words
    names_of = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    found = sorted(ctx.released.priorities, key=lambda p: p.rank)
    firm = any(p.first is not None for p in found)
    rows: list[tuple[Cell, ...]] = [
        (
            Number(one.rank, 0),
            names_of[one.measure],
            ctx.label(one.group),
            share(one.chosen) if ctx.instrument.ballot else number(one.importance),
            number(one.score),
            number(one.target),
            Number(one.distance, 1, "signed"),
            *((share(one.first),) if firm else ()),
        )
        for one in found
    ]
    weight = "chosen" if ctx.instrument.ballot else "importance"
    names = ["perspective", weight, "score", "target", "distance"]
    names += ["among"] if firm else []
    notes = (("importance",) if found else ()) + (("among",) if firm else ())
    return Worksheet(
        w("appendix.sheet.importance"),
        w("appendix.title.importance"),
        (*columns(ctx, "rank"), w("report.profile.dimension"), *columns(ctx, *names)),
        tuple(rows),
        tuple(w(f"appendix.note.{name}") for name in notes),
    )
