"""What was agreed at the meeting; until then a page to write on: what, who, by when, how it will show."""

from __future__ import annotations

from typing import Literal

from hrkit.blocks import Block, Card, Grid, Heading, PageBreak, Paragraph, Span, Table, b
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.handouts.agreed import agreed_page, has_agreed
from hrkit.report.steps import first_steps

__all__ = ["agreements"]

#: Rows of the form.
ROWS, FEWEST = 5, 4
#: The two rules of the talk, and the tone of their cards.
RULES: tuple[tuple[str, Literal["brand", "accent"]], ...] = (("ask", "brand"), ("who", "accent"))
#: Ground of a cell to write in; light enough to write on, dark enough to be seen in print.
PAPER = "#f1f4f6"


def _rule(name: str, sided: bool) -> str:
    """Who speaks first: each of the two sides or, where an instrument has none, each person."""
    return "rule_ask_all" if name == "ask" and not sided else f"rule_{name}"


def agreements(ctx: Context) -> tuple[Block, ...]:
    """What was agreed, where it is kept; else the form, its first column filled with where to start."""
    if has_agreed(ctx):
        return agreed_page(ctx)
    w = ctx.words
    sided = bool(ctx.engagement.instrument.sides)
    rules = tuple(
        (
            Card(
                w(f"sections.agreements.rule_{name}_title"),
                (Paragraph(w(f"sections.agreements.{_rule(name, sided)}")),),
                tone,
            ),
        )
        for name, tone in RULES
    )
    subjects = _subjects(ctx)
    advised = bool(first_steps(ctx, 1))
    names = ("subject" if advised else "subject_plain", "agree", "who", "when", "works")
    rows = tuple((text, "", "", "", "") for text in subjects)
    page = (
        Heading(w("sections.agreements.title")),
        Paragraph(w("sections.agreements.lead"), lead=True),
        Grid(rules, (1.0, 1.0)),
        Table(
            tuple(w(f"sections.agreements.{n}") for n in names),
            rows,
            widths=(3.0, 3.0, 1.2, 1.1, 2.1),
            compact=True,
            shades=tuple(("", *[PAPER] * 4) for _ in rows),
            summary=w("sections.agreements.summary"),
        ),
        Table(
            tuple(w(f"sections.agreements.{n}") for n in ("date", "names", "next")),
            (("\n\n\n", "", ""),),
            widths=(1.3, 4.0, 2.1),
            compact=True,
            row_headers=False,
            shades=((PAPER,) * 3,),
            summary=w("sections.agreements.signed"),
        ),
    )
    return (PageBreak(), *page)


def _subjects(ctx: Context) -> list[tuple[Span, ...]]:
    """The first of the decision list, with their first step where there is one."""
    rows: list[tuple[Span, ...]] = []
    named: set[str] = set()
    for step in first_steps(ctx, ROWS):
        rows.append(_subject(ctx, step.section, ctx.text(step.action.text)))
        named.add(step.section.id)
    by = {section.id: section for section in ctx.instrument.dimensions}
    for one in findings.to_take_up(ctx.released):
        if len(rows) < FEWEST and one.measure not in named:
            rows.append(_subject(ctx, by[one.measure], ""))
    own = (Span(ctx.words("sections.agreements.own"), "mute"), Span("\n\n\n"))
    return [*rows, *[own] * max(1, FEWEST - len(rows))]


def _subject(ctx: Context, section: Section, step: str) -> tuple[Span, ...]:
    name = b(ctx.name(section))
    return (name, Span(f"\n{step}\n", "mute")) if step else (name, Span("\n\n\n"))
