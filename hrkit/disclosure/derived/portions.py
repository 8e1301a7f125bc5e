"""How sure a printed share is: of those who answered a question by choice, how many chose something.

A share is printed to a whole per cent beside the number of answers, so the number behind it is
known to whoever reads both.  Its interval says how it may lie among people like these.
"""

from __future__ import annotations

from hrkit.disclosure.released import Share
from hrkit.measure import proportion_interval

__all__ = ["chosen", "portion"]


def chosen(share: Share, value: str) -> float | None:
    """The share that chose a value, as printed (0-1); None where it is not printed by itself.

    A value nobody chose is 0 where the table is shown and says nothing of it; one that is given
    together with others has no share of its own.
    """
    if not share.shown or value in share.together:
        return None
    return dict(zip(share.values, share.shares, strict=True)).get(value, 0.0)


def portion(share: float, n: int, alpha: float = 0.05) -> tuple[float, float]:
    """The interval of a printed share of n answers.

    Parameters
    ----------
    share
        As printed, 0-1 to a whole per cent.
    n
        Answers behind it.
    alpha
        Chance that the interval misses.

    Returns
    -------
    tuple of float
        Lower and upper end, 0-1 (`hrkit.measure.proportion_interval`).
    """
    low, high = proportion_interval(round(share * n), n, 1 - alpha)
    return float(low[0]), float(high[0])
