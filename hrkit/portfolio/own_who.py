"""Who takes part in a portfolio's benchmark, how many answered, and who is missing."""

from __future__ import annotations

from hrkit.blocks import Block, Bullets, Callout, Heading, Paragraph, Table
from hrkit.blocks.worksheets import Worksheet
from hrkit.disclosure.portfolio.entries import BroughtIn
from hrkit.portfolio.view import PortfolioView

__all__ = ["who"]


def who(view: PortfolioView) -> tuple[tuple[Block, ...], Worksheet]:
    """The page on organisations that take part and those that do not, and its worksheet."""
    w = view.words
    sides = view.sides or view.pattern.instrument.sides
    rows = [
        (entry.client, *(_answered(view, entry, side) for side in sides), _state(view, entry))
        for entry in sorted(view.entries, key=lambda one: one.client.casefold())
    ]
    rows += [(name, *("–" for _ in sides), what) for name, what in sorted(view.broken.items())]
    columns = (
        w("benchmark.who.organisation"),
        *(w("benchmark.who.answered", group=view.side(side)) for side in sides),
        w("benchmark.who.state"),
    )
    told = [said for side in sides if (said := _response(view, side))]
    listed = ", ".join(
        w(f"benchmark.who.sector.{kind}", k=count)
        for kind in ("public", "company", "unsaid")
        if (count := sum((entry.sector or "unsaid") == kind for entry in view.here))
    )
    total = len(view.entries) + len(view.broken)
    blocks: tuple[Block, ...] = (
        Heading(w("benchmark.who.title"), new_page=True, id="who"),
        Callout(w("benchmark.own.warning"), "warning"),
        Paragraph(w("benchmark.who.lead", n=len(view.here), all=total), lead=True),
        Bullets((*told, *([w("benchmark.who.sectors", list=listed)] if listed else []))),
        Paragraph(w("benchmark.who.missing")),
        Table(
            columns,
            tuple(rows),
            align=("left", *["right"] * len(sides), "left"),  # type: ignore[arg-type]
            widths=(3.4, *[1.5] * len(sides), 2.4),
            compact=True,
            summary=w("benchmark.who.summary"),
        ),
    )
    return blocks, Worksheet(
        w("benchmark.who.sheet"), w("benchmark.who.title"), columns, tuple(rows)
    )


def _answered(view: PortfolioView, entry: BroughtIn, side: str) -> str:
    invited, answered = next(((i, a) for s, i, a in entry.turnout if s == side), (None, None))
    if answered is None:
        return "–"
    if invited is None:
        return str(answered)
    return view.words("benchmark.who.of", a=answered, b=invited)


def _state(view: PortfolioView, entry: BroughtIn) -> str:
    w, why = view.words, view.decided.left_out.get(entry.organisation)
    if why:
        return w(f"benchmark.who.why.{why}")
    if entry.organisation in view.decided.waiting:
        return w("benchmark.who.waiting")
    return w(f"benchmark.who.{'draft' if entry.state == 'draft' else 'counted'}")


def _response(view: PortfolioView, side: str) -> str:
    """Invited and answered over the organisations of which both are known."""
    known = [
        (invited, answered)
        for entry in view.here
        for of, invited, answered in entry.turnout
        if of == side and invited and answered is not None
    ]
    if not known:
        return ""
    w, shares = view.words, [answered / invited for invited, answered in known]
    b_, a = sum(i for i, _ in known), sum(x for _, x in known)
    return w(
        "benchmark.who.response",
        group=view.side(side),
        a=a,
        b=b_,
        share=w.percent(a / b_),
        n=len(known),
        low=w.percent(min(shares)),
        high=w.percent(max(shares)),
    )
