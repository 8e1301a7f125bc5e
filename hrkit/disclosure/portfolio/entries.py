"""What an organisation brings into a benchmark: a few of its released figures, never an answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hrkit.disclosure.released import Released, Score, Why
from hrkit.model.engagement import Engagement

__all__ = ["BroughtIn", "entry_from_json", "entry_of", "entry_to_json"]


@dataclass(frozen=True)
class BroughtIn:
    """One organisation's part in a benchmark.

    Attributes
    ----------
    organisation, client
        Id of its engagement, and its name.
    wave, instrument, version
        What was asked, and when.
    figures
        Released scores of the whole organisation, of each dimension by each side; ``group`` is the
        perspective that names the side.
    turnout
        Side, how many were invited and how many answered, where the release tells it.
    sector, country
        As far as the engagement says.
    state
        ``draft`` while its wave is open, or ``final``.
    takes_part
        False for one that wants to be in no benchmark.
    """

    organisation: str
    client: str
    wave: str
    instrument: str
    version: str
    figures: tuple[Score, ...] = ()
    turnout: tuple[tuple[str, int | None, int | None], ...] = ()
    sector: str = ""
    country: str = ""
    state: str = ""
    takes_part: bool = True
    synthetic: bool = False

    @cached_property
    def means(self) -> Mapping[tuple[str, str], float]:
        """Printed means by dimension and side."""
        return {(s.measure, s.group): s.mean for s in self.figures if s.mean is not None}


def entry_of(engagement: Engagement, wave: str, released: Released) -> BroughtIn:
    """An organisation's part, from what was issued of its wave.

    Parameters
    ----------
    engagement
        As it was asked and released.
    wave
        Id of the wave, as the portfolio calls it.
    released
        An issued version; nothing else of the organisation is looked at.
    """
    instrument, root = engagement.instrument, engagement.root.id
    figures, turnout = [], []
    # Without sides each perspective that is shown stands for itself.
    for side in instrument.sides or instrument.perspectives[:1]:
        group = released.group(side)
        if group is None:
            continue
        for section in instrument.dimensions:
            score = released.score(section.id, group.id, root)
            if score.why is Why.SHOWN and score.mean is not None:
                figures.append(dataclasses.replace(score, group=side, unit=""))
        row = next((t for t in released.answering if (t.unit, t.group) == (root, group.id)), None)
        turnout.append((side, row.invited if row else None, row.answered if row else None))
    return BroughtIn(
        engagement.id,
        engagement.client,
        wave,
        released.instrument,
        released.version,
        tuple(figures),
        tuple(turnout),
        engagement.sector,
        engagement.country,
        released.state,
        engagement.benchmark,
        engagement.synthetic,
    )


def entry_to_json(entry: BroughtIn) -> dict[str, Any]:
    """As plain JSON values."""
    return dataclasses.asdict(entry)


def entry_from_json(data: Mapping[str, Any]) -> BroughtIn:
    """From the values that `entry_to_json` made."""
    figures = tuple(Score(**{**row, "why": Why(row["why"])}) for row in data["figures"])
    turnout = tuple((side, invited, answered) for side, invited, answered in data["turnout"])
    return BroughtIn(**{**data, "figures": figures, "turnout": turnout})
