"""What the sides ask of each other and win by it, as the chapter prints it."""

from __future__ import annotations

from hrkit.blocks import Block, Bullets, Heading, Paragraph, Table, Text
from hrkit.report.context import Context
from hrkit.tools.blueprint.agreed import GAINS, TOOL, promises
from hrkit.tools.blueprint.tasks import named

__all__ = ["gains", "promised"]


def promised(ctx: Context) -> tuple[Block, ...]:
    """What is asked of each other, and how much of it stands."""
    w, asked = ctx.words, promises(ctx.records)
    if not asked:
        return ()
    lines: list[Text] = []
    for line, both in asked:
        kind = line.field("kind")
        said = w(
            "blueprint.promise.line",
            **{"from": named(w, line.field("from"))},
            **{"return": line.field("return").rstrip(".") or "–"},
            to=named(w, line.field("to")),
            kind=w(f"blueprint.kind.{kind}") if kind else "–",
            see=line.field("see").rstrip("."),
        )
        lines.append(said if both else f"{said} ({w('blueprint.promise.open')})")
    stand = sum(both for _, both in asked)
    return (
        Heading(w("blueprint.promise.title"), level=2),
        Paragraph(w("blueprint.promise.count", n=stand, of=len(asked))),
        Bullets(tuple(lines)),
    )


def gains(ctx: Context) -> tuple[Block, ...]:
    """What each party wins and gives, in its own words."""
    w, lines = ctx.words, ctx.records.sheet(TOOL, GAINS)
    if not lines:
        return ()
    names = ("gain", "give")
    return (
        Heading(w("blueprint.form.gains.title"), level=2),
        Table(
            (w("blueprint.column.party"), *(w(f"blueprint.column.{one}") for one in names)),
            tuple(
                (
                    named(w, line.scope.removeprefix("party:")),
                    *(line.field(one) or "–" for one in names),
                )
                for line in lines
            ),
            widths=(1.3, 3.0, 3.0),
            compact=True,
            summary=w("blueprint.form.gains.title"),
        ),
    )
