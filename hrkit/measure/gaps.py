"""The size of a difference in standard deviations, for comparison with other studies.

Hedges' g is printed nowhere: the report gives differences in points of its own scale.  It is here
for analysis, with its interval; the simulation `gap_intervals` holds that against the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hrkit.measure._arrays import finite

__all__ = ["HedgesG", "hedges_g"]

_NAN = float("nan")
# From this t on the non-central t is replaced by its limit (relative error below 1e-3).
_FAR = 500.0


@dataclass(frozen=True, slots=True)
class HedgesG:
    """Hedges' g and its interval; NaN with a `reason` below two values or without variance."""

    g: float
    low: float
    high: float
    reason: str


def _noncentrality(t: float, df: float, probability: float) -> float:
    """Non-centrality at which the non-central t has `probability` below `t`."""
    from scipy import optimize, special

    if t < 0:  # the distribution function fails for t < 0 with a large non-centrality
        return -_noncentrality(-t, df, 1 - probability)
    # What is sought is a quantile of t S - Z: S the root of a chi-square over df, Z normal.
    # Without Z it would be this, and Z moves it by no more than its own quantile.
    limit = t * float(np.sqrt(2 * special.gammaincinv(df / 2, 1 - probability) / df))
    if t > _FAR:
        return limit
    reach = abs(float(special.ndtri(probability))) + 0.5

    def miss(delta: float) -> float:
        return float(special.nctdtr(df, delta, t)) - probability

    return float(optimize.brentq(miss, limit - reach, limit + reach, xtol=1e-10))


def hedges_g(x: npt.ArrayLike, y: npt.ArrayLike, level: float = 0.95) -> HedgesG:
    """Standardised mean difference with the exact small-sample correction.

    Parameters
    ----------
    x, y
        Shapes (m,) and (n,); NaN is left out.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    HedgesG
        Positive where `x` is higher; the interval is corrected like g itself.

    Notes
    -----
    g = J d with the pooled standard deviation and ``J = G(df/2) / (sqrt(df/2) G((df-1)/2))``:
    Hedges 1981, Journal of Educational Statistics 6, 107-128.  Interval by pivoting
    the non-central t: Cumming & Finch 2001, Educational and Psychological Measurement 61,
    532-574; Steiger & Fouladi 1997.
    """
    from scipy import special

    a, b = finite(x), finite(y)
    m, n = len(a), len(b)
    df = m + n - 2
    if m < 2 or n < 2:
        return HedgesG(_NAN, _NAN, _NAN, "fewer than two values")
    pooled = (((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()) / df
    if pooled <= 1e-14:
        return HedgesG(_NAN, _NAN, _NAN, "no variance")
    d = float((a.mean() - b.mean()) / np.sqrt(pooled))
    j = float(np.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / np.sqrt(df / 2))
    root = float(np.sqrt(1 / m + 1 / n))
    tail = (1 - level) / 2
    low = _noncentrality(d / root, df, 1 - tail) * root * j
    high = _noncentrality(d / root, df, tail) * root * j
    return HedgesG(j * d, low, high, "")
