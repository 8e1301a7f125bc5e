"""What the consultant's report of a portfolio is made of: released figures, a benchmark, words and looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from hrkit.blocks import DocumentInfo
from hrkit.disclosure.portfolio.apart import Apart, apart
from hrkit.disclosure.portfolio.decide import DecidedNorms
from hrkit.disclosure.portfolio.entries import BroughtIn
from hrkit.disclosure.released import Norms
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.model.languages import languages
from hrkit.report.running import page_words
from hrkit.report.theme import Theme, theme

__all__ = ["PortfolioView"]


@dataclass(frozen=True)
class PortfolioView:
    """What every page of the consultant's report reads.

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
    entries: tuple[BroughtIn, ...]
    decided: DecidedNorms
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
    def here(self) -> tuple[BroughtIn, ...]:
        """The organisations that are compared."""
        return tuple(e for e in self.entries if e.organisation not in self.decided.left_out)

    @cached_property
    def apart(self) -> tuple[Apart, ...]:
        """How far they lie apart, in the order of the dimensions."""
        known = {section.id for section in self.pattern.instrument.dimensions}
        found = (one for one in apart(self.here) if one.measure in known)
        return tuple(sorted(found, key=lambda one: self.order(one.measure, one.side)))

    def order(self, measure: str, side: str) -> tuple[int, int]:
        """Side by side, each in the order of the dimensions."""
        listed = [section.id for section in self.pattern.instrument.dimensions]
        return list(self.sides).index(side), listed.index(measure)

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The sides that anybody is shown of."""
        return tuple(dict.fromkeys(score.group for entry in self.here for score in entry.figures))

    def side(self, side: str, form: str = "label") -> str:
        """A side's name."""
        return self.pattern.instrument.people.one(side).name(form, self.language)

    def name(self, measure: str) -> str:
        """A dimension's name."""
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

    def client(self, id: str) -> str:
        """An organisation's name."""
        return next((e.client for e in self.entries if e.organisation == id), id)
