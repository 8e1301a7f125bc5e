"""The plain case: groups that share nobody, none of them near an end of the scale.

Then nothing can be computed about a small set, and the long proof (`protect`) is not needed.
Publish the exact totals ``T`` of disjoint groups of ``n`` people each, on a scale from ``a`` to
``b``.  A set of ``s < k`` people of one group can all have answered ``a`` if the others can make up
the rest, ``T − s·a ≤ b·(n − s)``, and all ``b`` if ``T − s·b ≥ a·(n − s)``.  Both sides move one way
with ``s``, so it is enough that they hold for ``s = k − 1``: then every small set of one group may
have any mean from ``a`` to ``b``, whatever else is known of the other groups, and so may a set
across groups, whose parts vary freely.  A mean of the groups' means adds nothing that the means
did not say.  No group is unanimous at an end, and no small set's total is fixed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["plainly_safe"]


def plainly_safe(
    n: npt.ArrayLike, total: npt.ArrayLike, k: int, scale: tuple[float, float]
) -> bool:
    """Whether the means of disjoint groups may be published without further proof.

    Parameters
    ----------
    n, total
        Size and sum of answers of each group that would be published; all have ``n ≥ k``.
    k
        Threshold.
    scale
        Lowest and highest answer.

    Returns
    -------
    bool
        True is a proof; False says only that this argument does not reach.
    """
    size, sums = np.asarray(n, dtype=float), np.asarray(total, dtype=float)
    low, high = scale
    s = k - 1
    all_low = sums - s * low <= high * (size - s) + 1e-9
    all_high = sums - s * high >= low * (size - s) - 1e-9
    return bool((size >= k).all() and (all_low & all_high).all())
