"""The consultant's own report of a portfolio: made of released figures, and naming organisations.

It is marked on every page and goes to none of the organisations; what these get are pages of their own
(`hrkit.report.sections.benchmark`).  The parts have the names of a report's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Cover,
    DocumentInfo,
    Heading,
    Note,
    Paragraph,
    Table,
    Text,
)
from hrkit.blocks.shown import Shown
from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.disclosure.portfolio.apart import EIGHT, Apart, Standing, apart
from hrkit.disclosure.portfolio.decide import Decided
from hrkit.disclosure.portfolio.entries import Entry
from hrkit.disclosure.portfolio.proof import APART
from hrkit.disclosure.released import LEAST, Certainty, Norms
from hrkit.errors import HrkitError
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.model.languages import languages
from hrkit.report.running import page_words
from hrkit.report.theme import Theme, theme, tint

__all__ = ["PARTS", "PortfolioReport"]

#: The cells of the notebook.
PARTS = ("front", "picture", "back")


@dataclass(frozen=True)
class PortfolioReport:
    """A portfolio as its consultant reads it.

    Attributes
    ----------
    pattern
        One of its engagements: what was asked, and in which words and looks.
    entries
        What each organisation brought in.
    decided
        The benchmark as it was issued.
    language
        Code of the language.
    broken
        Names of organisations that could not be read, with what is wrong.
    """

    pattern: Engagement
    entries: tuple[Entry, ...]
    decided: Decided
    language: str
    broken: Mapping[str, str] = field(default_factory=dict)

    @property
    def norms(self) -> Norms:
        """What all clients are shown."""
        return self.decided.issued.norms

    @cached_property
    def words(self) -> Words:
        """The words of the instrument that was asked."""
        return self.pattern.words(self.language)

    @cached_property
    def look(self) -> Theme:
        """Colours and marks."""
        return theme(self.pattern.branding, self.pattern.instrument.people)

    @cached_property
    def here(self) -> tuple[Entry, ...]:
        """The organisations that are compared."""
        return tuple(e for e in self.entries if e.organisation not in self.decided.left_out)

    @cached_property
    def apart(self) -> tuple[Apart, ...]:
        """How far they lie apart, in the order of the dimensions."""
        known = {section.id for section in self.pattern.instrument.dimensions}
        found = (one for one in apart(self.here) if one.measure in known)
        return tuple(sorted(found, key=lambda one: self._order(one.measure, one.side)))

    def _order(self, measure: str, side: str) -> tuple[int, int]:
        """Side by side, each in the order of the dimensions."""
        listed = [section.id for section in self.pattern.instrument.dimensions]
        return list(self._sides).index(side), listed.index(measure)

    @cached_property
    def _sides(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(score.group for entry in self.here for score in entry.figures))

    def _side(self, side: str, form: str = "label") -> str:
        return self.pattern.instrument.people.one(side).name(form, self.language)

    def _name(self, measure: str) -> str:
        found = (s for s in self.pattern.instrument.dimensions if s.id == measure)
        return next((s.name[self.language] for s in found), measure)

    @property
    def stamp(self) -> Mapping[str, str]:
        """What every shown part says it is a part of; see `hrkit.publish.stamps`."""
        return {
            "engagement": "portfolio",
            "wave": self.norms.wave,
            "language": self.language,
            "profile": "portfolio",
            "state": "final",
            "release": str(self.norms.number),
        }

    @property
    def mark(self) -> str:
        """What stands on every page."""
        w = self.words
        made_up = any(entry.synthetic for entry in self.entries)
        return " · ".join(
            ([w("report.cover.synthetic")] if made_up else []) + [w("benchmark.own.short")]
        )

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

    @property
    def info(self) -> DocumentInfo:
        """Title, language, colours and running texts of the document."""
        w, who = self.words, self.pattern.consultant
        day = self.norms.day
        return DocumentInfo(
            title=w("benchmark.own.title"),
            language=self.language,
            subtitle=self._subtitle,
            author=who.signature,
            date=w.date(day) if day else "",
            stamp=day.isoformat() if day else "",
            primary=self.look.primary,
            accent=self.look.accent,
            paper=self.pattern.report.paper,
            header=w("benchmark.own.title"),
            footer=f"{who.signature} · {w('benchmark.own.mark')}",
            mark=self.mark,
            tag=languages()[self.language].tag,
            words=page_words(w),
        )

    @property
    def _subtitle(self) -> str:
        known = {wave.id: wave.name for wave in self.pattern.waves}
        name = known.get(self.norms.wave, {}).get(self.language, self.norms.wave)
        return self.words("benchmark.own.subtitle", n=len(self.here), wave=name)

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
        blocks, sheet = self._who()
        return (info, cover, *blocks), (sheet,)

    def _who(self) -> tuple[tuple[Block, ...], Worksheet]:
        w = self.words
        sides = self._sides or self.pattern.instrument.sides
        rows = [
            (entry.client, *(self._answered(entry, side) for side in sides), self._state(entry))
            for entry in sorted(self.entries, key=lambda one: one.client.casefold())
        ]
        rows += [(name, *("–" for _ in sides), what) for name, what in sorted(self.broken.items())]
        columns = (
            w("benchmark.who.organisation"),
            *(w("benchmark.who.answered", group=self._side(side)) for side in sides),
            w("benchmark.who.state"),
        )
        told = [said for side in sides if (said := self._response(side))]
        listed = ", ".join(
            w(f"benchmark.who.sector.{kind}", k=count)
            for kind in ("public", "company", "unsaid")
            if (count := sum((entry.sector or "unsaid") == kind for entry in self.here))
        )
        total = len(self.entries) + len(self.broken)
        blocks: tuple[Block, ...] = (
            Heading(w("benchmark.who.title"), new_page=True, id="who"),
            Callout(w("benchmark.own.warning"), "warning"),
            Paragraph(w("benchmark.who.lead", n=len(self.here), all=total), lead=True),
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

    def _answered(self, entry: Entry, side: str) -> str:
        invited, answered = next(((i, a) for s, i, a in entry.turnout if s == side), (None, None))
        if answered is None:
            return "–"
        if invited is None:
            return str(answered)
        return self.words("benchmark.who.of", a=answered, b=invited)

    def _state(self, entry: Entry) -> str:
        w, why = self.words, self.decided.left_out.get(entry.organisation)
        if why:
            return w(f"benchmark.who.why.{why}")
        if entry.organisation in self.decided.waiting:
            return w("benchmark.who.waiting")
        return w(f"benchmark.who.{'draft' if entry.state == 'draft' else 'counted'}")

    def _response(self, side: str) -> str:
        """Invited and answered over the organisations of which both are known."""
        known = [
            (invited, answered)
            for entry in self.here
            for of, invited, answered in entry.turnout
            if of == side and invited and answered is not None
        ]
        if not known:
            return ""
        w, shares = self.words, [answered / invited for invited, answered in known]
        b_, a = sum(i for i, _ in known), sum(x for _, x in known)
        return w(
            "benchmark.who.response",
            group=self._side(side),
            a=a,
            b=b_,
            share=w.percent(a / b_),
            n=len(known),
            low=w.percent(min(shares)),
            high=w.percent(max(shares)),
        )

    def _picture(self) -> tuple[tuple[Block, ...], tuple[Worksheet, ...]]:
        if not self.apart:
            w = self.words
            said = w("benchmark.own.none", n=len(self.here), least=LEAST)
            return (Heading(w("benchmark.apart.title"), new_page=True), Callout(said)), ()
        blocks, sheet = self._differ()
        sheets = [sheet]
        for side in self._sides:
            rows = [one for one in self.apart if one.side == side]
            if rows:
                more, table = self._bands(side, rows)
                blocks, sheets = (*blocks, *more), [*sheets, table]
        return blocks, tuple(sheets)

    def _differ(self) -> tuple[tuple[Block, ...], Worksheet]:
        w = self.words
        sure = [one for one in self.apart if one.found.differ]
        lead = (
            w("benchmark.apart.some", n=len(sure), all=len(self.apart))
            if sure
            else w("benchmark.apart.none")
        )
        names = ("mean", "within", "between", "icc", "icc2", "n", "differ")
        columns = (w("report.profile.dimension"), *(w(f"benchmark.apart.{n}") for n in names))
        blocks: list[Block] = [
            Heading(w("benchmark.apart.title"), new_page=True, id="apart"),
            Paragraph(lead, lead=True),
        ]
        cells: list[tuple[Cell, ...]] = []
        for side in self._sides:
            rows = [one for one in self.apart if one.side == side]
            if not rows:
                continue
            blocks += [
                Heading(w("benchmark.page.seen", group=self._side(side, "in_text")), level=2),
                Table(
                    columns,
                    tuple(self._spread(one) for one in rows),
                    align=("left", *["right"] * 6, "left"),  # type: ignore[arg-type]
                    widths=(3.0, 1.0, 1.0, 1.0, 0.8, 0.8, 1.1, 1.3),
                    compact=True,
                    summary=w("benchmark.apart.summary"),
                ),
            ]
            cells += [
                (
                    self._name(one.measure),
                    self._side(side),
                    *(Number(x) for x in (one.mean, one.within, one.between)),
                    *(
                        None if x is None else Number(x, 2)
                        for x in (one.found.icc1, one.found.icc2)
                    ),
                    Number(one.organisations, 0),
                    w(f"benchmark.apart.{'sure' if one.found.differ else 'open'}"),
                )
                for one in rows
            ]
        blocks.append(Note(w("benchmark.apart.note")))
        title = w("benchmark.apart.title")
        heads = (columns[0], w("appendix.column.perspective"), *columns[1:])
        return tuple(blocks), Worksheet(w("benchmark.apart.sheet"), title, heads, tuple(cells))

    def _spread(self, one: Apart) -> tuple[Text, ...]:
        w = self.words
        icc = ("–" if x is None else w.number(x, 2) for x in (one.found.icc1, one.found.icc2))
        return (
            self._name(one.measure),
            *(w.number(x) for x in (one.mean, one.within, one.between)),
            *icc,
            str(one.organisations),
            w(f"benchmark.apart.{'sure' if one.found.differ else 'open'}"),
        )

    def _bands(self, side: str, rows: list[Apart]) -> tuple[tuple[Block, ...], Worksheet]:
        w = self.words
        group = self._side(side, "in_text")
        sure = [one for one in rows if any(self._stands(s) for s in one.standings)]
        blocks: list[Block] = [
            Heading(w("benchmark.bands.title", group=group), new_page=True, id=f"bands-{side}"),
            Paragraph(w(f"benchmark.bands.{'lead' if sure else 'open'}"), lead=True),
        ]
        if sure:
            columns = [w(f"benchmark.bands.{name}") for name in ("higher", "close", "lower")]
            blocks.append(
                Table(
                    (w("report.profile.dimension"), *columns),
                    tuple(self._band(one) for one in sure),
                    widths=(2.2, 2.6, 1.6, 2.6),
                    compact=True,
                    summary=w("benchmark.bands.summary"),
                )
            )
        table, sheet = self._averages(side, rows)
        shrunk = max(one.organisations for one in rows) >= EIGHT
        note = Note(w(f"benchmark.bands.{'note' if shrunk else 'plain'}"))
        head = Heading(w("benchmark.bands.shrunken"), level=2)
        return (*blocks, head, table, note), sheet

    @staticmethod
    def _stands(one: Standing) -> bool:
        return one.certainty is not Certainty.UNKNOWN

    def _client(self, id: str) -> str:
        return next((e.client for e in self.entries if e.organisation == id), id)

    def _band(self, one: Apart) -> tuple[Text, ...]:
        w = self.words
        sure = [s for s in one.standings if self._stands(s)]
        close = len(one.standings) - len(sure)
        listed = [
            ", ".join(
                f"{self._client(s.organisation)} {self._mean(s)}" for s in sure if s.higher is up
            )
            or "–"
            for up in (True, False)
        ]
        middle = w("benchmark.bands.count", n=close) if close else "–"
        return (self._name(one.measure), listed[0], middle, listed[1])

    def _mean(self, one: Standing) -> str:
        value = one.mean if one.shrunken is None else one.shrunken
        return f"{self.words.number(value)}{'*' if one.marked else ''}"

    def _averages(self, side: str, rows: list[Apart]) -> tuple[Table, Worksheet]:
        """A row an organisation, by name: an order by height would be a league table."""
        w = self.words
        by = {(one.measure, s.organisation): s for one in rows for s in one.standings}
        there = sorted(
            {organisation for _, organisation in by}, key=lambda id: self._client(id).casefold()
        )
        cells, shades, plain = [], [], []
        for id in there:
            found = [by.get((one.measure, id)) for one in rows]
            cells.append((self._client(id), *(self._mean(s) if s else "–" for s in found)))
            shades.append(("", *(self._shade(s) for s in found)))
            plain.append(
                (
                    self._client(id),
                    *(
                        None if s is None else Number(s.mean if s.shrunken is None else s.shrunken)
                        for s in found
                    ),
                )
            )
        names = tuple(self._short(one.measure) for one in rows)
        group = self._side(side, "in_text")
        summary = w("benchmark.bands.table", group=group)
        head = w("benchmark.who.organisation")
        table = Table(
            (head, *names),
            tuple(cells),
            align=("left", *["center"] * len(names)),  # type: ignore[arg-type]
            widths=(3.1, *[1.0] * len(names)),
            shades=tuple(shades),
            compact=True,
            summary=summary,
        )
        sheet = Worksheet(
            w("benchmark.bands.sheet", side=self._side(side, "short"))[:31],
            summary,
            (head, *(self._name(one.measure) for one in rows)),
            tuple(plain),
            (w(f"benchmark.bands.{'note' if len(there) >= EIGHT else 'plain'}"),),
        )
        return table, sheet

    def _short(self, measure: str) -> str:
        key = f"sections.units.short.{measure}"
        return self.words(key) if key in self.words else self._name(measure)

    def _shade(self, one: Standing | None) -> str:
        if one is None:
            return "#f4f6f8"
        value = one.mean if one.shrunken is None else one.shrunken
        way = (value - 3) / 2
        colour = self.look.primary if way > 0 else self.look.accent
        # Light enough for ink on either colour.
        return tint(colour, 0.04 + 0.3 * min(1.0, abs(way)))

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
            (self._name(row.measure), self._side(row.side), row.n, row.mean)
            for row in sorted(norms.rows, key=lambda row: self._order(row.measure, row.side))
        ]
        table = Table(
            columns,
            tuple((name, side, str(n), w.number(mean)) for name, side, n, mean in rows),
            align=("left", "left", "right", "right"),
            compact=True,
            summary=w("benchmark.norms.summary"),
        )
        listed = ", ".join(f"{self._side(side)} {w.number(value)}" for side, value in norms.spread)
        held = [
            w("benchmark.page.item", dimension=self._name(measure), side=self._side(side))
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
