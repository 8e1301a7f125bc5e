"""What the short form shows: tasks of which many leaders cannot say who decides or who does them."""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table, Text, Together
from hrkit.disclosure.derived.frame import PAGE, each
from hrkit.disclosure.derived.portions import chosen, portion, reaches
from hrkit.disclosure.released import Share
from hrkit.model.instrument import DONT_KNOW, Item
from hrkit.report.context import Context
from hrkit.tools.blueprint.tasks import actors, named

__all__ = ["LEAST_SHARE", "Unclear", "short_form", "unclear"]

#: A share that is worth doing something about, whatever the sample (our judgement).
LEAST_SHARE = 0.20
#: Answers that say that nobody can tell who decides, and that nobody does it.
_DECIDES, _DOES = ("nobody", "several", DONT_KNOW), ("nobody",)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A task and the answer that at least a fifth of leaders like these give: ``unclear`` or ``undone``.

    ``low`` is the lower end of the share's interval over everything the page looks at.
    """

    item: Item
    kind: str
    share: float
    n: int
    low: float


def unclear(ctx: Context) -> tuple[Unclear, ...]:
    """What is told of the leaders' answers, the largest shares first; a task once a kind."""
    group = _leaders(ctx)
    asked = [item for item in ctx.instrument.items.values() if "task" in item.tags]
    alpha = each(PAGE, len(asked) * (len(_DECIDES) + len(_DOES)))
    found: dict[tuple[str, str], Unclear] = {}
    for item in asked:
        for kind, facet, answers in (("unclear", 0, _DECIDES), ("undone", 1, _DOES)):
            share = ctx.released.share(item.key(item.facets[facet]), group)
            for value in answers:
                part = chosen(share, value)
                if part and share.n and reaches(part, share.n, LEAST_SHARE, alpha):
                    known = found.get((item.id, kind))
                    if known is None or part > known.share:
                        low = portion(part, share.n, alpha)[0]
                        found[item.id, kind] = Unclear(item, kind, part, share.n, low)
    return tuple(sorted(found.values(), key=lambda one: -one.share))


def _leaders(ctx: Context) -> str:
    side = ctx.instrument.sides[0]
    found = ctx.released.group(side)
    return found.id if found else side


def short_form(ctx: Context) -> tuple[Block, ...]:
    """What leaders answered by themselves; nothing where no share may be shown."""
    w, group = ctx.words, _leaders(ctx)
    asked = [item for item in ctx.instrument.items.values() if "task" in item.tags]
    pairs = [
        (item, [ctx.released.share(item.key(facet), group) for facet in item.facets])
        for item in asked
    ]
    if not any(share.shown for _, shares in pairs for share in shares):
        return ()
    told = unclear(ctx)
    lines: list[Text] = [
        w(
            f"blueprint.short.{kind}",
            list="; ".join(
                w(
                    "blueprint.short.item",
                    task=ctx.wording(one.item),
                    share=w.percent(one.share),
                    low=w.percent(one.low),
                )
                for one in told
                if one.kind == kind
            ),
        )
        for kind in ("unclear", "undone")
        if any(one.kind == kind for one in told)
    ]
    rows = tuple(
        (ctx.wording(item), *(_most(ctx, item, i, share) for i, share in enumerate(shares)))
        for item, shares in pairs
    )
    listed = (
        Heading(w("blueprint.short.title"), level=2),
        Bullets(tuple(lines)) if lines else Paragraph(w("blueprint.short.none")),
        Table(
            (
                w("blueprint.column.task"),
                w("blueprint.short.decided"),
                w("blueprint.short.done"),
            ),
            rows,
            widths=(2.3, 2.55, 2.55),
            compact=True,
            summary=w("blueprint.short.title"),
        ),
        Note(w("blueprint.short.note", details=ctx.released.details)),
    )
    # Fourteen rows are read as one table: they begin a page rather than end on one.
    return (Together(listed),)


def _most(ctx: Context, item: Item, facet: int, share: Share) -> str:
    """The answers given most often, two at most, with their shares as printed."""
    if not share.shown:
        return ctx.words(f"report.why.{share.why.value}")
    scale = item.facets[facet].scale
    labels = {one.value: ctx.text(one.label) for one in (*scale.choices, *scale.ways_out)}
    # Actors are called as they are in the rest of the chapter, which is shorter.
    labels |= {id: named(ctx.words, id) for id in actors(ctx.instrument) if id in labels}
    given = sorted(zip(share.values, share.shares, strict=True), key=lambda one: -one[1])[:2]
    return "; ".join(
        f"{labels[value]}\u00a0{ctx.words.percent(part)}" for value, part in given if part
    )
