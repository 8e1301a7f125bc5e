"""From a continuous score to a maturity level, without claiming more than is known.

The score comes first.  Rounding it to a level is wrong in almost a third of cases in
groups of five, so the level is a *band* ("2-3") whenever the score's interval crosses a
boundary.  And a partnership is not a partnership of one: levels 4 and 5 are held back
while one side's whole interval lies a level lower, however well the other side thinks of
it.  (A gate on the lowest of nine dimension means was tried and dropped: the smallest of
nine noisy numbers is always too low.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["BOUNDARIES", "LevelRange", "level_band"]

# Our judgement: half-way between the levels of a five-point scale.
BOUNDARIES = (1.5, 2.5, 3.5, 4.5)
# The gate never pushes below this: it holds the upper levels back, it does not grade down.
_UNGATED = 3


@dataclass(frozen=True, slots=True)
class LevelRange:
    """Level or band of levels; 0 and 0 where there is no score.

    Attributes
    ----------
    low, high
        Lowest and highest level, 1 to 5; equal where the level is clear.
    held_back
        True where the gate lowered the band.
    by
        The sides that did: their names, or their numbers from 0.
    """

    low: int
    high: int
    held_back: bool
    by: tuple[str | int, ...]


def level_band(
    mean: float,
    low: float,
    high: float,
    sides: Sequence[tuple[float, float]] | Mapping[str, tuple[float, float]] = (),
    boundaries: Sequence[float] = BOUNDARIES,
) -> LevelRange:
    """Say which level a score stands for.

    Parameters
    ----------
    mean, low, high
        The score and its interval.  Without an interval (NaN) the score's own level.
    sides
        Interval (low, high) of each side, e.g. leaders and HR; NaN holds nothing back.
    boundaries
        Ascending lower ends of levels 2, 3, ...; a score on a boundary has the upper level,
        an interval that only touches a boundary from below does not cross it.

    Returns
    -------
    Band
        0, 0 for a NaN score.

    Notes
    -----
    Boundaries, band and gate are our own judgement; there is no source to cite.
    """
    ends = np.asarray(boundaries, dtype=float)
    if not np.isfinite(mean):
        return LevelRange(0, 0, False, ())

    def at(score: float) -> int:
        return int((ends <= score + 1e-9).sum()) + 1

    def upto(score: float) -> int:
        return int((ends < score - 1e-9).sum()) + 1

    own = at(mean)
    bottom = min(at(low), own) if np.isfinite(low) else own
    top = max(upto(high), own) if np.isfinite(high) else own
    named = sides.items() if isinstance(sides, Mapping) else enumerate(sides)
    reach = {name: upto(side[1]) for name, side in named if np.isfinite(side[1])}
    # Each side allows the levels its interval still touches.
    allowed = max(min(reach.values(), default=top), _UNGATED)
    by = tuple(name for name, level in reach.items() if level < top and top > _UNGATED)
    held = top > allowed
    return LevelRange(min(bottom, allowed), min(top, allowed), held, by if held else ())
