"""Intervals of shares, and margins of percentages as large public surveys print them.

"62 % positive, plus or minus 6": the margin takes account of how many of the people
invited have answered.  Where nearly everyone answered little is left to chance.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hrkit.measure._arrays import Floats, floats, ratio

__all__ = ["proportion_interval", "proportion_margin", "proportion_tail", "same_share"]


def proportion_interval(
    successes: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Wilson's interval of a share: it has a width at 0 and at 1 too, and stays between them.

    Parameters
    ----------
    successes
        How many of n, 0 to n.
    n
        Number who answered.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    tuple of ndarray
        Lower and upper ends, 0 to 1; inputs broadcast to at least one dimension.  NaN without
        answers, or with more successes than answers.

    Notes
    -----
    ``(p + z²/2n ± z sqrt(p (1 - p) / n + z²/4n²)) / (1 + z²/n)``: Wilson 1927, Journal of the
    American Statistical Association 22, 209-212; recommended by Brown, Cai and DasGupta 2001,
    Statistical Science 16, 101-133.
    """
    from scipy import special

    k, size = np.broadcast_arrays(*(np.atleast_1d(floats(x)) for x in (successes, n)))
    inside = (size > 0) & (k >= 0) & (k <= size)
    p = np.where(inside, ratio(k, size), np.nan)
    z = float(special.ndtri(0.5 + level / 2))
    middle = ratio(p + ratio(z**2, 2 * size), 1 + ratio(z**2, size))
    half = ratio(
        z * np.sqrt(ratio(p * (1 - p), size) + ratio(z**2, 4 * size**2)), 1 + ratio(z**2, size)
    )
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def proportion_margin(
    n: npt.ArrayLike, invited: npt.ArrayLike, share: npt.ArrayLike, level: float = 0.95
) -> Floats:
    """Margin of error of a share, with the finite population correction.

    Parameters
    ----------
    n
        Number who answered.
    invited
        Number invited, N; NaN where unknown, and taken as unknown where below n.
    share
        Share, 0 to 1.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    ndarray
        Half-width in shares (times 100: percentage points); inputs broadcast to at least one
        dimension.  NaN without answers or with a share outside 0 to 1; 0 where everyone
        answered, and at a share of 0 or 1, where the formula knows no better.

    Notes
    -----
    ``z sqrt(p (1 - p) / n) sqrt((N - n) / (N - 1))``: Cabinet Office 2019, Civil Service
    People Survey technical guide, p. 23; Cochran 1977, Sampling Techniques, chapter 3.
    """
    from scipy import special

    size, people, p = np.broadcast_arrays(*(np.atleast_1d(floats(x)) for x in (n, invited, share)))
    inside = (p >= 0) & (p <= 1) & (size > 0)
    spread = np.where(inside, p * (1 - p), np.nan)
    known = np.isfinite(people) & (people >= size)
    left = np.where(known, ratio(people - size, np.where(people > 1, people - 1, 1)), 1.0)
    z = float(special.ndtri(0.5 + level / 2))
    return np.asarray(z * np.sqrt(ratio(spread, size) * left))


def same_share(first: int, of_first: int, second: int, of_second: int) -> float:
    """Fisher's exact test of two shares of different people (two-sided).

    Parameters
    ----------
    first, second
        How many of either group, 0 to as many as there are.
    of_first, of_second
        How many there are in each.

    Returns
    -------
    float
        Chance of shares as unlikely as these, or less likely, if nothing set the groups apart; 1
        where one of them is empty.  Never too small, in groups of any size; often too large.

    Notes
    -----
    Given both groups and how many there are of the one kind in all, the number in the first is
    hypergeometric: Fisher 1935, Journal of the Royal Statistical Society 98, 39-82.  Tables as
    likely as the one at hand, to seven digits, count as such.
    """
    from scipy import special

    total = first + second
    low, high = max(0, total - of_second), min(of_first, total)
    k = np.arange(low, high + 1, dtype=float)

    def ways(n: float, some: Floats) -> Floats:
        found: Floats = special.gammaln(n + 1) - special.gammaln(some + 1)
        return found - special.gammaln(n - some + 1)

    log = ways(of_first, k) + ways(of_second, total - k)
    chance = np.exp(log - log.max())
    alike = chance <= chance[first - low] * (1 + 1e-7)
    return min(1.0, float(chance[alike].sum() / chance.sum()))


def proportion_tail(count: int, n: int, share: float) -> float:
    """How likely so many of n, or more, are where a given share of all would.

    Parameters
    ----------
    count, n
        How many, of how many.
    share
        The share of all, 0-1.

    Returns
    -------
    float
        The upper tail of the binomial distribution, 0-1, exact.

    Notes
    -----
    Source: Clopper and Pearson 1934, *Biometrika* 26, 404-413.

    >>> round(proportion_tail(9, 20, 0.2), 4)
    0.01
    """
    from scipy.stats import binom

    return float(binom.sf(count - 1, n, share))
