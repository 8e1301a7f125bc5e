"""What a page says in its title: the finding it is about, or soberly that there is none.

A title claims what the catalogue lets it (`hrkit.report.claims`), and names its subject first, so
that a list of titles is a list of contents too.
"""

from __future__ import annotations

from hrkit.blocks import Block, Heading, Paragraph, Text, plain
from hrkit.disclosure.released import ALL, Certainty, Gap, Why
from hrkit.model.instrument import Section
from hrkit.report.context import Context

__all__ = ["dimension_title", "message", "opening"]

#: Characters that a title bears on two or three lines; a longer finding is the page's first sentence.
LONGEST = 130


def message(topic: str, text: Text, id: str = "", *, new_page: bool = True) -> Heading:
    """A title that says something, with the subject of the page in small letters over it."""
    said = plain(text).rstrip()
    said = said[:-1] if said.endswith(".") and ". " not in said else said
    return Heading(said, kicker=topic, id=id, new_page=new_page)


def opening(topic: str, told: Text, id: str, *, new_page: bool = True) -> tuple[Block, ...]:
    """How a page begins: its finding as the title, or a plain title and the finding under it."""
    if not plain(told).strip():
        return (Heading(topic, id=id, new_page=new_page),)
    if len(plain(told)) <= LONGEST:
        return (message(topic, told, id, new_page=new_page),)
    return (Heading(topic, id=id, new_page=new_page), Paragraph(told, lead=True))


def dimension_title(ctx: Context, section: Section) -> str:
    """A dimension's name and what was found about it: a difference, a strength, or neither."""
    name, gap = ctx.name(section), ctx.released.gap(section.id, ctx.root)
    if gap is not None and gap.shown and gap.certainty is not Certainty.UNKNOWN:
        return _differ(ctx, section, gap)
    if section.id in ctx.released.strengths:
        means = _means(ctx, section)
        if means:
            key = "strength" if len(means) > 1 else "strength_one"
            return ctx.words(f"report.title.{key}", dimension=name, means=ctx.words.join(means))
    sides = [one for one in ctx.sides or () if ctx.score(section, one.group).shown]
    listed = ", ".join(
        # A figure stays with the name that it belongs to.
        f"{one.label}\u00a0{ctx.mean(ctx.score(section, one.group))}"
        for one in sides or ctx.series
        if ctx.score(section, one.group).shown
    )
    if gap is not None and gap.shown:
        return ctx.words("report.title.open", dimension=name, list=listed)
    return ctx.words("report.title.figures", dimension=name, list=listed) if listed else name


def _differ(ctx: Context, section: Section, gap: Gap) -> str:
    up = (gap.difference or 0.0) >= 0
    higher, lower = (gap.second, gap.first) if up else (gap.first, gap.second)
    apart = ctx.score(section).why is Why.DIVIDED
    return ctx.words(
        "report.title.apart" if apart else f"report.title.{gap.certainty.value}",
        dimension=ctx.name(section),
        higher=ctx.in_text(higher),
        lower=ctx.in_text(lower),
        a=ctx.mean(ctx.score(section, higher)),
        b=ctx.mean(ctx.score(section, lower)),
    )


def _means(ctx: Context, section: Section) -> list[str]:
    groups = [one.group for one in ctx.sides or ctx.series] or [ALL]
    return [ctx.mean(s) for g in groups if (s := ctx.score(section, g)).shown]
