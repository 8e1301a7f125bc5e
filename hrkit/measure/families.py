"""Many comparisons at once: Holm's correction within one family.

Nine dimensions compared between the same two sides are one family: with nine looks, one
small p-value is likely to be luck.  Holm's step-down procedure holds the chance of *any*
false alarm in the family, whatever the comparisons have to do with one another.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hrkit.measure._arrays import Floats, floats

__all__ = ["holm"]


def holm(p: npt.ArrayLike) -> Floats:
    """Adjust the p-values of one family.

    Parameters
    ----------
    p
        Shape (M,), 0 to 1; NaN (a comparison that was not made) stays NaN and does not count.

    Returns
    -------
    ndarray
        Shape (M,), adjusted values in the order given, never below the original, at most 1.

    Notes
    -----
    Holm 1979, Scandinavian Journal of Statistics 6, 65-70.
    """
    raw = np.atleast_1d(floats(p))
    out = np.full(raw.shape, np.nan)
    tested = np.flatnonzero(np.isfinite(raw))
    order = tested[np.argsort(raw[tested], kind="stable")]
    steps = raw[order] * np.arange(len(order), 0, -1)
    out[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return out
