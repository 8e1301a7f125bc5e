"""How far anybody may lie from a mean whose interval rests on the group's own spread."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy.typing as npt

__all__ = ["farthest"]

#: A mean is printed to one decimal.
_HALF = 0.05


def farthest(
    values: npt.NDArray[Any], erased: int = 0, printed: float | None = None
) -> tuple[float, float]:
    """The mean, and how far from it a single value may lie by the sum of all squares.

    No value of n lies further from their mean than √(S (n − 1) / n), S being the sum of squares
    around it (Samuelson 1968, Journal of the American Statistical Association 63, 1522-1525).

    Parameters
    ----------
    values
        Shape (R,): of everybody who is still there.
    erased
        How many more stood behind the mean.  What they said is gone; they are taken to lie as near to
        the mean as the printed one lets them, since a reader may know the squares from an interval.
    printed
        The mean as it was printed; needed where somebody was erased.

    Examples
    --------
    >>> import numpy as np
    >>> mean, far = farthest(np.array([3.0, 3.0, 4.0, 4.0]))
    >>> mean, round(far, 2)
    (3.5, 0.92)
    >>> round(farthest(np.array([3.0, 4.0, 4.0]), 1, 3.5)[1], 2)
    0.84
    """
    n = len(values) + erased
    mean = float(values.mean()) if printed is None or not erased else printed
    squares = float(((values - mean) ** 2).sum())
    if erased:
        off = max(0.0, abs(float((values - mean).sum())) - n * _HALF)
        squares += off**2 / erased
    return mean, sqrt(squares * (n - 1) / n) + _HALF
