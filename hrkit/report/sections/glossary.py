"""The words a reader may stumble over, in plain words."""

from __future__ import annotations

from hrkit.blocks import Block, Heading, Table, Together
from hrkit.model.glossary import listed
from hrkit.report.context import Context

__all__ = ["glossary"]


def glossary(ctx: Context) -> tuple[Block, ...]:
    """A table of the terms this instrument's report uses."""
    w = ctx.words
    rows = []
    for term in listed():
        if term in _unused(ctx) or f"sections.glossary.terms.{term}.term" not in w:
            continue
        fields: dict[str, object] = {}
        if term == "level":
            levels = ctx.instrument.levels
            fields = {
                "first": f"1 ({ctx.text(levels[0].text)})",
                "last": f"5 ({ctx.text(levels[-1].text)})",
            }
        elif term == "protected":
            fields = {"k": ctx.released.threshold}
        # Without a total there is nothing to weigh.
        plain = term == "mean" and not ctx.instrument.dimensions
        key = "general.method.means" if plain else f"sections.glossary.terms.{term}.text"
        rows.append((w(f"sections.glossary.terms.{term}.term"), w(key, **fields)))
    title = w("sections.glossary.title")
    columns = (w("sections.glossary.term"), w("sections.glossary.meaning"))
    table = Table(columns, tuple(rows), widths=(1.0, 3.2), compact=True, summary=title)
    # It shares a page with what stands before it, where there is room for the whole of it.
    return (Together((Heading(title), table)),)


def _unused(ctx: Context) -> set[str]:
    """Terms that no page of this instrument's report speaks of."""
    instrument = ctx.instrument
    unused = set() if instrument.has_grid else {"level", "band"}
    unused |= set() if instrument.sides else {"gap"}
    unused |= set() if instrument.pillars else {"pillar"}
    if not instrument.dimensions:
        unused |= {"dimension", "certainty", "chain"}
    if not any(question.facet.release == "means" for question in instrument.questions()):
        unused |= {"mean", "interval"}
    asked = instrument.ballot or any(s.importance for s in instrument.dimensions)
    unused |= set() if asked else {"importance"}
    # The kit's own instruments speak of the line in their questions, too.
    if not instrument.speaks and not any("/" in score.group for score in ctx.released.scores):
        unused |= {"chain"}
    return unused
