"""The consultant's own report of a portfolio: made of released figures, and naming organisations.

It is marked on every page and goes to none of the organisations; what these get are pages of their own
(`hrkit.report.sections.benchmark`).  The parts have the names of a report's.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.blocks import Block, Callout, Cover, Heading, Note, Paragraph, Table
from hrkit.blocks.shown import Shown
from hrkit.blocks.worksheets import Number, Worksheet
from hrkit.disclosure.portfolio.proof import APART
from hrkit.disclosure.released import LEAST
from hrkit.errors import HrkitError
from hrkit.portfolio.own_apart import bands, differ
from hrkit.portfolio.own_who import who
from hrkit.portfolio.view import PortfolioView

__all__ = ["PARTS", "PortfolioReport"]

#: The cells of the notebook.
PARTS = ("front", "picture", "back")


@dataclass(frozen=True)
class PortfolioReport(PortfolioView):
    """A portfolio as its consultant reads it."""

    def part(self, name: str) -> Shown:
        """One part of the report.

        Raises
        ------
        HrkitError
            If there is no such part.
        """
        made = {"front": self._front, "picture": self._picture, "back": self._back}
        if name not in made:
            raise HrkitError(f"The report has no part {name!r}; it has {', '.join(PARTS)}.")
        blocks, sheets = made[name]()
        return Shown(blocks, self.stamp, self.mark, sheets)

    def _front(self) -> tuple[tuple[Block, ...], tuple[Worksheet, ...]]:
        w, info = self.words, self.info
        cover = Cover(
            title=info.title,
            subtitle=info.subtitle,
            author=info.author,
            date=info.date,
            confidentiality=w("benchmark.own.mark"),
            mark=self.mark,
        )
        blocks, sheet = who(self)
        return (info, cover, *blocks), (sheet,)

    def _picture(self) -> tuple[tuple[Block, ...], tuple[Worksheet, ...]]:
        if not self.apart:
            w = self.words
            said = w("benchmark.own.none", n=len(self.here), least=LEAST)
            return (Heading(w("benchmark.apart.title"), new_page=True), Callout(said)), ()
        blocks, sheet = differ(self)
        sheets = [sheet]
        for side in self.sides:
            rows = [one for one in self.apart if one.side == side]
            if rows:
                more, table = bands(self, side, rows)
                blocks, sheets = (*blocks, *more), [*sheets, table]
        return blocks, tuple(sheets)

    def _back(self) -> tuple[tuple[Block, ...], tuple[Worksheet, ...]]:
        w, norms = self.words, self.norms
        head = Heading(w("benchmark.norms.title"), new_page=True, id="norms")
        if not norms.rows:
            said = w("benchmark.own.none", n=len(self.here), least=LEAST)
            return (head, Callout(said)), ()
        columns = (
            w("report.profile.dimension"),
            w("appendix.column.perspective"),
            w("benchmark.apart.n"),
            w("benchmark.apart.mean"),
        )
        rows = [
            (self.name(row.measure), self.side(row.side), row.n, row.mean)
            for row in sorted(norms.rows, key=lambda row: self.order(row.measure, row.side))
        ]
        table = Table(
            columns,
            tuple((name, side, str(n), w.number(mean)) for name, side, n, mean in rows),
            align=("left", "left", "right", "right"),
            compact=True,
            summary=w("benchmark.norms.summary"),
        )
        listed = ", ".join(f"{self.side(side)} {w.number(value)}" for side, value in norms.spread)
        held = [
            w("benchmark.page.item", dimension=self.name(measure), side=self.side(side))
            for measure, side in self.decided.held
        ]
        more = [w("benchmark.norms.spread", list=listed)] if listed else []
        more += [w("benchmark.norms.held", list=", ".join(held))] if held else []
        if self.decided.waiting:
            more.append(w("benchmark.norms.waiting", n=len(self.decided.waiting), apart=APART))
        if norms.day:
            more.append(w("benchmark.norms.number", number=norms.number, day=w.date(norms.day)))
        sheet = Worksheet(
            w("benchmark.norms.sheet"),
            w("benchmark.norms.title"),
            columns,
            tuple((name, side, Number(n, 0), Number(mean)) for name, side, n, mean in rows),
        )
        lead = Paragraph(w("benchmark.norms.lead"), lead=True)
        return (head, lead, table, *(Note(text) for text in more)), (sheet,)
