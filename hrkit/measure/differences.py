"""Differences of two means, and how sure of them one can be.

Two ways to the same interval.  `welch` uses each group's own variance, as every textbook has
it.  `difference_interval` takes the standard errors as given, in practice the moderated ones
of `mean_interval`: below ten respondents a group's own variance must not be told, and Welch's
interval tells it to anyone who can solve for it.
"""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, floats, ratio, t_quantile, t_two_sided

__all__ = ["difference_interval", "t_critical", "welch"]


@functools.lru_cache(maxsize=4096)
def t_critical(alpha: float, df: float) -> float:
    """The value that Student's t leaves, on either side together, with probability ``alpha``."""
    return float(t_quantile(1 - alpha / 2, df))


def half_width(
    se1: Floats, se2: Floats, df1: Floats, df2: Floats, level: float
) -> tuple[Floats, Floats]:
    """Half-width of the interval of a difference, and its degrees of freedom."""
    variance = se1**2 + se2**2
    share1, share2 = ratio(se1**2, variance), ratio(se2**2, variance)
    # A side of which everyone answered has no error, and needs no degrees of freedom.
    bottom = np.where(share1 > 0, ratio(share1**2, df1), 0) + np.where(
        share2 > 0, ratio(share2**2, df2), 0
    )
    df = np.where(np.isfinite(bottom), ratio(1.0, bottom), np.nan)
    half = t_quantile(0.5 + level / 2, df) * np.sqrt(variance)
    return np.where(variance == 0, 0.0, half), df


def welch(
    n1: npt.ArrayLike,
    mean1: npt.ArrayLike,
    var1: npt.ArrayLike,
    n2: npt.ArrayLike,
    mean2: npt.ArrayLike,
    var2: npt.ArrayLike,
    level: float = 0.95,
) -> pd.DataFrame:
    """Difference of two means with Welch's interval, for many pairs of groups at once.

    Parameters
    ----------
    n1, mean1, var1, n2, mean2, var2
        Sizes, means and variances (divisor n - 1); they broadcast to one length.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    DataFrame
        difference (first minus second), low, high, se, t, df, p and reason: "", "fewer than
        two values" or "no variance" (both sides constant: the difference stands, the
        interval and test do not).

    Notes
    -----
    Welch 1947, Biometrika 34, 28-35; degrees of freedom: Satterthwaite 1946.
    """
    a, m1, v1, b, m2, v2 = np.broadcast_arrays(
        *(np.atleast_1d(floats(x)) for x in (n1, mean1, var1, n2, mean2, var2))
    )
    difference = m1 - m2
    few = ~((a > 1) & (b > 1) & np.isfinite(difference))
    e1, e2 = ratio(v1, a), ratio(v2, b)
    flat = ~few & (e1 + e2 <= 1e-14)
    usable = ~few & ~flat
    variance = np.where(usable, e1 + e2, np.nan)
    s1, s2 = ratio(e1, variance), ratio(e2, variance)
    df = ratio(1.0, ratio(s1**2, a - 1) + ratio(s2**2, b - 1))
    se = np.sqrt(variance)
    t = ratio(difference, se)
    half = t_quantile(0.5 + level / 2, df) * se
    return pd.DataFrame(
        {
            "difference": difference,
            "low": difference - half,
            "high": difference + half,
            "se": np.where(flat, 0.0, se),
            "t": t,
            "df": df,
            "p": t_two_sided(t, df),
            "reason": np.select([few, flat], ["fewer than two values", "no variance"], default=""),
        }
    )


def difference_interval(
    mean1: npt.ArrayLike,
    se1: npt.ArrayLike,
    df1: npt.ArrayLike,
    mean2: npt.ArrayLike,
    se2: npt.ArrayLike,
    df2: npt.ArrayLike,
    level: float = 0.95,
) -> pd.DataFrame:
    """Difference of two means from their standard errors, for many pairs at once.

    With the standard errors of `mean_interval` this is the interval for groups below ten:
    Welch's gives a small group's own variance away, and with it, beside the mean, the answers.

    Parameters
    ----------
    mean1, se1, df1, mean2, se2, df2
        Means, their standard errors and degrees of freedom; they broadcast to one length.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    DataFrame
        difference (first minus second), low, high, se, df, detectable (half-width) and reason:
        "", "no answers" or "no variance".

    Notes
    -----
    ``t sqrt(se1^2 + se2^2)`` with the degrees of freedom of Satterthwaite 1946, Biometrics
    Bulletin 2, 110-114.
    """
    m1, e1, f1, m2, e2, f2 = np.broadcast_arrays(
        *(np.atleast_1d(floats(x)) for x in (mean1, se1, df1, mean2, se2, df2))
    )
    difference = m1 - m2
    half, df = half_width(e1, e2, f1, f2, level)
    return pd.DataFrame(
        {
            "difference": difference,
            "low": difference - half,
            "high": difference + half,
            "se": np.sqrt(e1**2 + e2**2),
            "df": df,
            "detectable": half,
            "reason": np.select(
                [~np.isfinite(difference), ~np.isfinite(half)],
                ["no answers", "no variance"],
                default="",
            ),
        }
    )
