"""Unit by unit: one side's means as a heat map, as far as the limits for small groups allow."""

from __future__ import annotations

from collections.abc import Collection

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
    Together,
    b,
)
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.released import Between, Certainty, Score, Why
from hrkit.model.engagement import Unit
from hrkit.model.instrument import Section
from hrkit.report.context import Context, fill
from hrkit.report.counting import most
from hrkit.report.sections.naming import fill_names
from hrkit.report.sections.titles import opening
from hrkit.report.theme import ground
from hrkit.report.worksheets.cells import columns, mean, number

__all__ = ["indented", "shade", "tree", "units", "worksheet"]

#: Most columns a page carries; more are printed as a second table.
COLUMNS = 9
#: From so many rows the table runs over more than a page.
LONG = 16
#: Up to so many the whole is short enough to stand beneath something else.
SHORT = 12
_HARD = "\N{NO-BREAK SPACE}"


def tree(ctx: Context) -> tuple[tuple[Unit, int], ...]:
    """Every unit with its depth, each followed by its sub-units, in the order written."""

    def below(unit: Unit, depth: int) -> list[tuple[Unit, int]]:
        found = [(unit, depth)]
        for child in ctx.engagement.units:
            if child.parent == unit.id:
                found += below(child, depth + 1)
        return found

    return tuple(below(ctx.engagement.root, 0))


def indented(ctx: Context, shown: Collection[str]) -> list[tuple[Unit, int]]:
    """The units that are shown, each as deep as shown units lie above it.

    Under the unit before it none may seem to belong whose own parent is left out.
    """
    depth: dict[str, int] = {}
    found = []
    for unit, _ in tree(ctx):
        above = depth.get(unit.parent or "", 0)
        if unit.id in shown:
            found.append((unit, above))
        depth[unit.id] = above + (unit.id in shown)
    return found


def units(ctx: Context) -> tuple[Block, ...]:
    """The heat map; nothing where there is one unit only, a sentence where none may be shown."""
    w, group = ctx.words, _group(ctx)
    if len(ctx.engagement.units) < 2 or not group or not ctx.instrument.dimensions:
        return ()
    sections = ctx.instrument.dimensions
    placed = tree(ctx)
    rows = indented(ctx, {u.id for u, _ in placed if _any(ctx, u, group)})
    head = Heading(w("sections.units.title"), new_page=True, id="units")
    if all(unit.parent is None for unit, _ in rows):
        return (head, Callout(w("sections.units.none")))
    hidden = [u for u, _ in placed if not _any(ctx, u, group)]
    tables = [
        _table(ctx, rows, sections[i : i + COLUMNS], group)
        for i in range(0, len(sections), COLUMNS)
    ]
    use = Bullets(tuple(w(f"sections.units.uses.{i}") for i in (1, 2, 3)))
    card = Together((Card(w("sections.units.use"), (use,)),))
    # A long table runs over pages; its guide stands before it, never alone on the last one.
    before, after = ((card,), ()) if len(rows) > LONG else ((), (card,))
    told = _lead(ctx, rows, group)
    # A short one may stand beneath what comes before it, where it fits whole.
    short = len(rows) <= SHORT and len(tables) == 1
    page = (
        *opening(w("sections.units.title"), told[0], "units", new_page=not short),
        *(Paragraph(text) for text in told[1:]),
        *before,
        *tables,
        Note(_note(ctx, [u for u, _ in rows], group)),
        *(Paragraph(text) for text in _pooled(ctx, hidden, group)),
        *after,
    )
    return (Together(page),) if short else page


def _group(ctx: Context) -> str:
    """The group that is shown: the first side, else the first group with any number."""
    side = ctx.released.group(ctx.instrument.sides[0]) if ctx.instrument.sides else None
    if side and any(side.id == group.id for group in ctx.groups):
        return side.id
    return ctx.groups[0].id if ctx.groups and not ctx.instrument.sides else ""


def _scores(ctx: Context, unit: Unit, group: str) -> list[Score]:
    return [ctx.score(s, group, unit.id) for s in ctx.instrument.dimensions]


def _any(ctx: Context, unit: Unit, group: str) -> bool:
    return any(score.shown for score in _scores(ctx, unit, group))


def shade(ctx: Context, mean: float) -> str:
    """Accent at the low end of the scale over white in its middle to primary at the high end."""
    low, high = ctx.scale
    return ground(ctx.theme, (mean - (low + high) / 2) / ((high - low) / 2))


def _table(
    ctx: Context, rows: list[tuple[Unit, int]], sections: tuple[Section, ...], group: str
) -> Table:
    w = ctx.words
    names = tuple(_short(ctx, s) for s in sections)
    cells, shades = [], []
    for unit, depth in rows:
        scores = [ctx.score(s, group, unit.id) for s in sections]
        cells.append((_unit(ctx, unit, depth, group), *(_cell(ctx, score) for score in scores)))
        grounds = [
            "#f4f6f8"
            if one.mean is None
            else shade(ctx, _drawn(ctx, section, group, unit, one.mean))
            for section, one in zip(sections, scores, strict=True)
        ]
        shades.append(("", *grounds))
    return Table(
        (w("sections.units.unit"), *names),
        tuple(cells),
        align=("left", *["center"] * len(names)),  # type: ignore[arg-type]
        widths=(3.1, *[1.0] * len(names)),
        shades=tuple(shades),
        compact=True,
        summary=w("sections.units.summary", group=ctx.in_text(group)),
    )


def _drawn(ctx: Context, section: Section, group: str, unit: Unit, mean: float) -> float:
    """What a cell is shaded by: the mean drawn towards that of all units, where there are enough."""
    made = _between(ctx, section, group)
    return dict(made.shrunken).get(unit.id, mean) if made else mean


def _short(ctx: Context, section: Section) -> str:
    key = f"sections.units.short.{section.id}"
    return ctx.words(key) if key in ctx.words else ctx.name(section)


def _unit(ctx: Context, unit: Unit, depth: int, group: str) -> Text:
    """The unit's name, set in by its level, with the largest n of what is shown."""
    n = most(ctx, _scores(ctx, unit, group))
    count = ctx.words("sections.units.n", n=n).replace(" ", _HARD)
    indent = Span(_HARD * 3 * max(0, depth - 1))
    inner = any(child.parent == unit.id for child in ctx.engagement.units)
    name = b(unit.name) if inner else Span(unit.name)
    return (indent, name, Span(f"  {count}", "mute")) if n else (indent, name)


def _cell(ctx: Context, score: Score) -> Text:
    if score.mean is not None:
        said = ctx.words.number(score.mean)
        # Without colour the two ends of the scale look alike: the low half is bold.
        return (b(said),) if score.mean < sum(ctx.scale) / 2 else said
    if score.why.absent:
        return "–"
    word = "hidden" if score.why is Why.PROTECTED else "few"
    return (Span(ctx.words(f"sections.units.{word}"), "mute"),)


def _note(ctx: Context, shown: list[Unit], group: str) -> str:
    w = ctx.words
    low, high = ctx.scale
    whys = {score.why for unit in shown for score in _scores(ctx, unit, group)}
    parts = [w("sections.units.shades", group=ctx.in_text(group), low=low, high=high)]
    if any(one.shrunken for one in ctx.released.between if one.group == group):
        parts.append(w("sections.units.shrunken"))
    if any(ctx.score(s, group).units for s in ctx.instrument.dimensions):
        parts.append(w("sections.units.clusters"))
    if whys & {Why.SMALL, Why.PARTIAL, Why.SILENT}:
        parts.append(w("sections.units.few_note", k=ctx.released.threshold))
    if Why.PROTECTED in whys:
        parts.append(w("sections.units.hidden_note"))
    if Why.NOBODY in whys:
        parts.append(w("sections.units.dash_note"))
    return " ".join(parts)


def _lead(ctx: Context, rows: list[tuple[Unit, int]], group: str) -> list[Text]:
    """The units that surely differ most, if any do; then what is shown."""
    w = ctx.words
    plain = w("sections.units.lead", group=ctx.in_text(group))
    by = {section.id: section for section in ctx.instrument.dimensions}
    made = [c for c in ctx.released.contrasts if c.kind == "units" and c.group == group]
    if not made:
        return [plain]
    sure = [c for c in made if c.certainty is not Certainty.UNKNOWN]
    if not sure:
        return [w("sections.units.unknown"), plain]
    widest = max(sure, key=lambda c: c.difference)
    names = {unit.id: unit.name for unit, _ in rows}
    said = fill(
        w,
        "sections.units.apart",
        ("dimension",),
        dimension=ctx.name(by[widest.measure]),
        high=names[widest.high],
        a=ctx.mean(ctx.score(widest.measure, group, widest.high)),
        low=names[widest.low],
        b=ctx.mean(ctx.score(widest.measure, group, widest.low)),
    )
    others = len({c.measure for c in sure}) - 1
    more = [w("sections.units.more", n=others)] if others else []
    return [said, *more, plain]


def _between(ctx: Context, section: Section, group: str) -> Between | None:
    made = (one for one in ctx.released.between if one.group == group)
    return next((one for one in made if one.measure == section.id), None)


def _pooled(ctx: Context, hidden: list[Unit], group: str) -> list[Text]:
    """Units without any number: why, and in which shown unit their answers count."""
    w = ctx.words
    parts: dict[tuple[str, str], list[str]] = {}
    for unit in hidden:
        whys = {s.why for s in _scores(ctx, unit, group)}
        kind = "hidden" if Why.PROTECTED in whys else "none" if whys == {Why.NOBODY} else "few"
        above = ctx.engagement.unit(unit.parent) if unit.parent else unit
        while above.parent and not _any(ctx, above, group):
            above = ctx.engagement.unit(above.parent)
        # Where nobody answered, nothing counts anywhere.
        parts.setdefault((kind, "" if kind == "none" else above.name), []).append(unit.name)
    return [
        fill_names(
            w,
            f"sections.units.pooled_{kind}",
            "names",
            names,
            parent=parent,
            group=ctx.in_text(group),
        )
        for (kind, parent), names in parts.items()
    ]


def worksheet(ctx: Context) -> Worksheet:
    """The heat map's means: units down, dimensions across; last how far the units differ."""
    w, group = ctx.words, _group(ctx)
    sections = ctx.instrument.dimensions
    rows: list[tuple[Cell, ...]] = []
    for unit, _depth in tree(ctx):
        if not _any(ctx, unit, group):
            continue
        scores = [ctx.score(s, group, unit.id) for s in sections]
        largest = most(ctx, scores)
        counted = number(int(largest), 0) if largest.isdigit() else largest or number(0, 0)
        above = ctx.engagement.unit(unit.parent).name if unit.parent else None
        rows.append((unit.name, above, counted, *(mean(ctx, score) for score in scores)))
    made = [_between(ctx, s, group) for s in sections]
    for name in ("icc1", "icc2"):
        values = [getattr(one, name) if one else None for one in made]
        if any(value is not None for value in values):
            label = w(f"appendix.note.{name}")
            rows.append((label, None, None, *(number(value, 2) for value in values)))
    return Worksheet(
        w("appendix.sheet.units"),
        w("appendix.title.units", group=ctx.label(group)),
        (*columns(ctx, "unit", "part_of", "most"), *(map(ctx.name, sections))),
        tuple(rows),
    )
