"""All figures and comparisons of one wave together, and how they are found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hrkit.disclosure.released.answering import LanguageCount, Sign, Silence, Without
from hrkit.disclosure.released.comparisons import (
    Between,
    Change,
    ChosenChange,
    Contrast,
    Gap,
    Priority,
    Uncompared,
)
from hrkit.disclosure.released.figures import (
    ALL,
    Agreement,
    Ballot,
    Band,
    Comment,
    Count,
    Distribution,
    Group,
    Reliability,
    Score,
    Share,
    Turnout,
)
from hrkit.disclosure.why import Why

__all__ = ["BEHIND", "Released"]

#: The fewest people behind a printed share.
BEHIND = 3


@dataclass(frozen=True)
class Released:
    """Everything that may be shown of one wave of one engagement.

    Attributes
    ----------
    wave, draft
        The wave, and whether it is still open: a draft says so on every page.
    frozen
        The day on which the wave was frozen.
    state
        ``preview`` (looked at, recorded nowhere, not to be handed on), ``draft`` (issued, and
        recorded, while the wave is open) or ``final`` (the wave is frozen).
    issued, day
        Which version of the wave this is, from 1, and the day it was first issued; 0 and None for
        what was not issued.
    threshold, details
        The thresholds that were applied.
    waiting
        People whose every late or changed answer is left out, since fewer than the threshold came
        after a version was shown.  Not for print: it counts a few.
    uncompared
        What the changes leave out, because it was not the same in both waves.
    strengths
        Dimensions that both sides surely rate high.
    silences
        Which ways out were taken, where a scale offers two.
    languages
        How many answered in which language; empty where it is known of nobody.
    signs, without
        How many rows bear signs of careless answering, and means without them.
    ballots, chosen_changes
        How many chose each of the dimensions, where importance is chosen; and how that changed.
    sensitive
        Measures that need more answers than the thresholds say, and how many; questions that are
        answered in own words among them.
    insider
        Whether it was proved also against readers who know one answer of every group.
    levels_hold
        Whether no group's level would be another without them; None where it is not told.
    settings
        What was kept of the engagement when the wave was frozen (`hrkit.model.settings`); None
        where nothing was.
    """

    engagement: str
    wave: str
    instrument: str
    version: str
    draft: bool
    threshold: int
    details: int
    groups: tuple[Group, ...]
    scores: tuple[Score, ...]
    gaps: tuple[Gap, ...] = ()
    bands: tuple[Band, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    turnout: tuple[Turnout, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    priorities: tuple[Priority, ...] = ()
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    shares: tuple[Share, ...] = ()
    counts: tuple[Count, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    between: tuple[Between, ...] = ()
    strengths: tuple[str, ...] = ()
    frozen: dt.date | None = None
    waiting: int = 0
    uncompared: tuple[Uncompared, ...] = ()
    silences: tuple[Silence, ...] = ()
    languages: tuple[LanguageCount, ...] = ()
    signs: tuple[Sign, ...] = ()
    without: tuple[Without, ...] = ()
    levels_hold: bool | None = None
    ballots: tuple[Ballot, ...] = ()
    chosen_changes: tuple[ChosenChange, ...] = ()
    sensitive: tuple[tuple[str, int], ...] = ()
    insider: bool = False
    state: str = "preview"
    issued: int = 0
    day: dt.date | None = None
    settings: Mapping[str, Any] | None = None

    @cached_property
    def _scores(self) -> dict[tuple[str, str, str], Score]:
        return {(s.measure, s.unit, s.group): s for s in self.scores}

    @cached_property
    def _gaps(self) -> dict[tuple[str, str], Gap]:
        return {(g.measure, g.unit): g for g in self.gaps}

    @cached_property
    def _bands(self) -> dict[tuple[str, str], Band]:
        return {(band.measure, band.group): band for band in self.bands}

    @cached_property
    def _contrasts(self) -> dict[tuple[str, str, str], list[Contrast]]:
        found: dict[tuple[str, str, str], list[Contrast]] = {}
        for one in self.contrasts:
            found.setdefault((one.kind, one.measure, one.group), []).append(one)
        return found

    @cached_property
    def _distributions(self) -> dict[tuple[str, str], Distribution]:
        return {(d.measure, d.group): d for d in self.distributions}

    @cached_property
    def answering(self) -> tuple[Turnout, ...]:
        """Who answered, as it may be printed: without the numbers of which only a least is told."""
        return tuple(
            one if one.told is None else replace(one, answered=None) for one in self.turnout
        )

    def least(self, measure: str) -> int:
        """How many have to answer before a mean of a measure is shown."""
        return max([self.threshold, *(n for name, n in self.sensitive if name == measure)])

    @property
    def few(self) -> int:
        """What fewer people than this chose has no share of its own."""
        return BEHIND + self.insider

    @property
    def any_figure(self) -> bool:
        """Whether there is any mean or share at all."""
        means, shares = (s.shown for s in self.scores), (s.shown for s in self.shares)
        return any(means) or any(shares) or any(ballot.shown for ballot in self.ballots)

    @cached_property
    def _silences(self) -> dict[tuple[str, str], Silence]:
        return {(s.measure, s.group): s for s in self.silences}

    def silence(self, measure: str, group: str) -> Silence:
        """Which ways out a group took on a statement, or a row that says nothing is told."""
        return self._silences.get((measure, group), Silence(measure, group, Why.NOBODY))

    @cached_property
    def _shares(self) -> dict[tuple[str, str], Share]:
        return {(s.measure, s.group): s for s in self.shares}

    def share(self, measure: str, group: str) -> Share:
        """The shares of a question in a group, or a row that says nobody was asked."""
        return self._shares.get((measure, group), Share(measure, group, Why.NOBODY))

    def ballot(self, measure: str, group: str) -> Ballot:
        """What a group chose of a list, or a row that says nobody was asked."""
        found = (b for b in self.ballots if (b.measure, b.group) == (measure, group))
        return next(found, Ballot(measure, group, Why.NOBODY))

    def score(self, measure: str, group: str, unit: str) -> Score:
        """The score, or one that says nobody was asked."""
        missing = Score(measure, unit, group, Why.NOBODY)
        return self._scores.get((measure, unit, group), missing)

    def gap(self, measure: str, unit: str) -> Gap | None:
        """The gap between the two sides on a measure, if the instrument has sides."""
        return self._gaps.get((measure, unit))

    def band(self, measure: str, group: str = ALL) -> Band:
        """The level band of a dimension, of one group or of the mean over perspectives."""
        return self._bands.get((measure, group), Band(measure, Why.NOBODY, group=group))

    def contrast(self, kind: str, measure: str = "", group: str = "") -> Contrast | None:
        """The furthest two of a kind; see `Contrast`."""
        return next(iter(self._contrasts.get((kind, measure, group), ())), None)

    def contrasted(self, kind: str, measure: str = "", group: str = "") -> tuple[Contrast, ...]:
        """All comparisons of a kind that were made and kept."""
        return tuple(self._contrasts.get((kind, measure, group), ()))

    def distribution(self, measure: str, group: str) -> Distribution | None:
        """Shares of answers, where they may be shown."""
        return self._distributions.get((measure, group))

    def group(self, perspective: str) -> Group | None:
        """The group in which a perspective is reported."""
        return next((g for g in self.groups if perspective in g.perspectives), None)
