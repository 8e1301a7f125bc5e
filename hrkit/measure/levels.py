"""From a continuous score to a maturity level, without claiming more than is known.

The score comes first.  Rounding it to a level is wrong in almost a third of cases in
groups of five, so the level is a *band* ("2-3") whenever the score's interval crosses a
boundary.  (A gate on the lowest of nine dimension means was tried and dropped: the smallest of
nine noisy numbers is always too low.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["BOUNDARIES", "LevelRange", "level_band"]

# Our judgement: half-way between the levels of a five-point scale.
BOUNDARIES = (1.5, 2.5, 3.5, 4.5)


@dataclass(frozen=True, slots=True)
class LevelRange:
    """Lowest and highest level, 1 to 5, equal where the level is clear; 0 and 0 without a score."""

    low: int
    high: int


def level_band(
    mean: float, low: float, high: float, boundaries: Sequence[float] = BOUNDARIES
) -> LevelRange:
    """Say which level a score stands for.

    Parameters
    ----------
    mean, low, high
        The score and its interval, unrounded.  Without an interval (NaN) the score's own level.
    boundaries
        Ascending lower ends of levels 2, 3, ...; a score on a boundary has the upper level,
        an interval that only touches a boundary from below does not cross it.

    Returns
    -------
    LevelRange
        0, 0 for a NaN score.

    Notes
    -----
    Boundaries and band are our own judgement; there is no source to cite.
    """
    steps = np.asarray(boundaries, dtype=float)
    if not np.isfinite(mean):
        return LevelRange(0, 0)
    own = int((steps <= mean + 1e-9).sum()) + 1
    bottom = min(int((steps <= low + 1e-9).sum()) + 1, own) if np.isfinite(low) else own
    top = max(int((steps < high - 1e-9).sum()) + 1, own) if np.isfinite(high) else own
    return LevelRange(bottom, top)
