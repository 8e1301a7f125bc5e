"""What to take first: importance × distance to the target, and how firm that order is.

Importance is a mean where it is rated, and the share who chose the dimension where it is chosen.
"""

from __future__ import annotations

from dataclasses import replace

from hrkit.blocks import Block, Heading, Note, Paragraph, Table, Text
from hrkit.disclosure.released import Priority
from hrkit.model.instrument import Question, Section
from hrkit.model.language import Words
from hrkit.report import findings
from hrkit.report.charts.importance import Point, importance_map
from hrkit.report.claims import FIRM, OPEN
from hrkit.report.context import Context, fill
from hrkit.report.sections.chosen import drawn
from hrkit.report.sections.naming import fill_names
from hrkit.report.sections.titles import opening

__all__ = ["first", "importance"]


def first(ctx: Context, count: int = 3) -> tuple[Priority, ...]:
    """The first ``count`` of the decision list."""
    return findings.to_take_up(ctx.released, count)


def importance(ctx: Context) -> tuple[Block, ...]:
    """The map and the order; nothing where no importance may be shown."""
    w = ctx.words
    if ctx.instrument.ballot is not None:
        return _chosen(ctx, ctx.instrument.ballot)
    by = {p.measure: p for p in ctx.released.priorities}
    pairs = [
        (s, stated, by[s.id].score)
        for s in ctx.instrument.dimensions
        if s.importance and s.id in by and (stated := by[s.id].importance) is not None
    ]
    if not pairs:
        return ()
    order = {p.measure: i for i, p in enumerate(first(ctx), 1)}
    targets = {s.id: ctx.engagement.target(s.id) for s, *_ in pairs}
    common = set(targets.values())
    ranks = {p.measure: p.rank for p in ctx.released.priorities}
    numbers = ranks if len(ranks) == len(pairs) else {}
    points = [
        Point(ctx.name(s), x, y, order.get(s.id, 0), numbers.get(s.id, 0), targets[s.id])
        for s, x, y in pairs
    ]
    firmness = _firmness(ctx)
    chart = importance_map(
        ctx.theme,
        w,
        points,
        across=_across(pairs[0][0]),
        scale=ctx.scale,
        ends=_ends(ctx, pairs[0][0]),
        target=next(iter(common)) if len(common) == 1 else None,
        height=3.9 - 0.25 * (max(0, len(firmness) - 2) + (len(common) > 1)),
    )
    page = (
        *opening(w("sections.importance.title"), _lead(ctx), "importance"),
        *(Paragraph(text) for text in firmness),
        # The table below has every figure: nobody hears them twice.
        replace(chart, alt=w("report.alt.in_table", title=w("sections.importance.title"))),
        Note(_note(ctx, bool(order), len(common - {None}) > 1)),
        *_table(ctx),
    )
    return page


def _chosen(ctx: Context, question: Question) -> tuple[Block, ...]:
    """What was chosen, and the order; nothing where there is no order."""
    if not ctx.released.priorities:
        return ()
    w = ctx.words
    weighed = any(p.chosen is not None for p in ctx.released.priorities)
    return (
        *opening(w("sections.importance.title"), _lead(ctx), "importance"),
        *(Paragraph(text) for text in _firmness(ctx)),
        *drawn(ctx, question),
        *_table(ctx, _seen(ctx, "sections.chosen.means" if weighed else "sections.chosen.plain")),
    )


def _seen(ctx: Context, key: str) -> str:
    """Whose distance, and whose choice, the order is made of."""
    whose = {p.group for p in ctx.released.priorities}
    if len(whose) == 1:
        return ctx.words(f"{key}_one", group=ctx.in_text(min(whose)))
    return ctx.words(key)


def _note(ctx: Context, ordered: bool, own_targets: bool) -> str:
    w = ctx.words
    whose = {p.group for p in ctx.released.priorities}
    if len(whose) == 1:
        parts = [w("sections.importance.means_one", group=ctx.in_text(min(whose)))]
    else:
        parts = [w("sections.importance.means")]
    parts += [w("sections.importance.order")] if ordered else []
    parts += [w("sections.importance.dashes")] if own_targets else []
    return " ".join(parts)


def _across(section: Section) -> tuple[int, int]:
    assert section.importance is not None
    scale = section.importance.facets[0].scale
    return scale.low, scale.high


def _ends(ctx: Context, section: Section) -> tuple[str, str]:
    assert section.importance is not None
    choices = section.importance.facets[0].scale.choices
    return ctx.text(choices[0].label), ctx.text(choices[-1].label)


def _name(ctx: Context, measure: str) -> str:
    return next(ctx.name(s) for s in ctx.instrument.dimensions if s.id == measure)


def _lead(ctx: Context) -> Text:
    w, found = ctx.words, first(ctx, 1)
    if not found:
        return w("sections.importance.lead_reached")
    firm = found[0].first is None or found[0].first >= FIRM
    key = "lead_no_target" if found[0].target is None else "lead" if firm else "lead_open"
    if found[0].weight is None and found[0].target is not None:
        key = "lead_distance"
    return fill(w, f"sections.importance.{key}", ("first",), first=_name(ctx, found[0].measure))


def _firmness(ctx: Context) -> list[Text]:
    """How firm the first three are, in words that follow their share of draws."""
    w = ctx.words
    texts: list[Text] = []
    for key, low, high in (("firm", FIRM, 1.01), ("open", OPEN, FIRM)):
        found = [
            p
            for p in first(ctx, len(ctx.released.priorities))
            if p.first is not None and low <= p.first < high
        ]
        if found:
            names = [_name(ctx, p.measure) for p in found]
            share = _often(w, min(p.first or 0 for p in found))
            fields = {} if key == "open" else {"share": share}
            texts.append(fill_names(w, f"sections.importance.{key}", "list", names, **fields))
    return texts


def _often(w: Words, share: float) -> str:
    """A share of draws; all of them are no certainty."""
    return w.percent(min(share, 0.99))


def _table(ctx: Context, whose: str = "") -> tuple[Block, ...]:
    w, found = ctx.words, sorted(ctx.released.priorities, key=lambda p: p.rank)
    if not found:
        return ()
    firm = any(p.first is not None for p in found)
    weight = "chosen" if ctx.instrument.ballot else "x"
    names = ("who", weight, "score", "target_column", "distance", *(("among",) if firm else ()))
    rows = tuple(
        (
            str(i),
            _name(ctx, p.measure),
            ctx.label(p.group, short=True),
            ctx.weight(p),
            w.number(p.score),
            "–" if p.target is None else w.number(p.target),
            w.number(p.distance),
            *((("–" if p.first is None else _often(w, p.first)),) if firm else ()),
        )
        for i, p in enumerate(found, 1)
    )
    columns = ("#", w("report.profile.dimension"), *(w(f"sections.importance.{n}") for n in names))
    others = len(names)
    title = w("sections.importance.table" if firm else "sections.importance.table_plain")
    note = [whose] if whose else []
    far = "distance_open_note" if any(p.target is None for p in found) else "distance_note"
    note += [w(f"sections.importance.{far}")]
    if not whose and any(p.importance is None for p in found):
        note.append(w("sections.importance.usual_note"))
    note += [w("sections.importance.among_note")] if firm else []
    return (
        Heading(title, level=2),
        Table(
            columns,
            rows,
            align=("left", "left", "left", *["right"] * (others - 1)),  # type: ignore[arg-type]
            widths=(0.25, 3.6, 1.5, *[0.8] * (others - 2), 1.2),
            row_headers=False,
            compact=True,
            summary=title,
        ),
        Note(" ".join(note)),
    )
