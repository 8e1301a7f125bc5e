"""How sure a printed share is: of those who answered a question by choice, how many chose something.

A share is printed to a whole per cent beside the number of answers, so the number behind it is
known to whoever reads both.  Its interval says how it may lie among people like these.
"""

from __future__ import annotations

from hrkit.disclosure.released import Share
from hrkit.measure import proportion_interval, proportion_tail

__all__ = ["chosen", "portion", "reaches"]


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


def reaches(share: float, n: int, least: float, alpha: float = 0.05) -> bool:
    """Whether at least so large a share of people like these is behind a printed share.

    The interval must lie above it, and so many answers must be rare where it were just that large:
    far out in its tail Wilson's interval alone is too short, and among many shares of a page that
    would tell something on more pages than are meant.

    >>> reaches(0.46, 24, 0.25), reaches(0.42, 24, 0.25)
    (True, False)
    """
    count = round(share * n)
    return portion(share, n, alpha)[0] >= least and proportion_tail(count, n, least) <= alpha
