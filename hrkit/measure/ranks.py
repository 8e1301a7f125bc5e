"""How often one side is higher: comparisons that use only the order of the values.

"In 70 of 100 pairs of a leader and an HR person, the leader's score is the higher one" needs no
normal distribution and no unit.  Ties count half.  Brunner and Munzel's test belongs to this
chance and allows the two sides to differ in spread.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hrkit.measure._arrays import Floats, finite, t_quantile, t_two_sided

__all__ = ["BrunnerMunzel", "MannWhitney", "brunner_munzel", "mann_whitney", "superiority"]

_NAN = float("nan")


def superiority(x: npt.ArrayLike, y: npt.ArrayLike) -> float:
    """Chance that a value of `x` exceeds one of `y`, ties counted half; NaN if a side is empty.

    Parameters
    ----------
    x, y
        Shapes (m,) and (n,); NaN is left out.

    Returns
    -------
    float
        0 to 1, 0.5 where neither side tends to be higher.

    Notes
    -----
    Vargha & Delaney 2000, Journal of Educational and Behavioral Statistics 25, 101-132
    (the measure A); computed from sorted values, not from all pairs.
    """
    a, b = finite(x), np.sort(finite(y))
    if not len(a) or not len(b):
        return _NAN
    below, upto = np.searchsorted(b, a, side="left"), np.searchsorted(b, a, side="right")
    return float((below.sum() + upto.sum()) / (2 * len(a) * len(b)))


@dataclass(frozen=True, slots=True)
class MannWhitney:
    """Mann-Whitney U of the first sample and its two-sided p-value."""

    u: float
    p: float


def mann_whitney(x: npt.ArrayLike, y: npt.ArrayLike) -> MannWhitney:
    """Mann-Whitney U with tie and continuity correction; NaN p where undefined.

    Parameters
    ----------
    x, y
        Shapes (m,) and (n,); NaN is left out.

    Returns
    -------
    MannWhitney
        U of `x`, 0 to m n.

    Notes
    -----
    Mann & Whitney 1947, Annals of Mathematical Statistics 18, 50-60; tie correction: Lehmann
    1975, Nonparametrics, chapter 1.  Kept to compare with other programs: it tests equal
    distributions, which two groups of different spread violate without any gap.
    """
    from scipy import special

    a, b = finite(x), finite(y)
    m, n = len(a), len(b)
    u = superiority(a, b) * m * n
    _, ties = np.unique(np.concatenate([a, b]), return_counts=True)
    total = m + n
    if not m or not n or total < 2:
        return MannWhitney(u, _NAN)
    spread = m * n / 12 * (total + 1 - float((ties**3.0 - ties).sum()) / (total * (total - 1)))
    if spread <= 0:
        return MannWhitney(u, _NAN)
    z = max(abs(u - m * n / 2) - 0.5, 0.0) / np.sqrt(spread)
    return MannWhitney(u, float(min(2 * special.ndtr(-z), 1.0)))


@dataclass(frozen=True, slots=True)
class BrunnerMunzel:
    """Brunner-Munzel test.

    Attributes
    ----------
    statistic, df, p
        Positive where the second sample tends to be higher, as other programs have it.
    p_hat, low, high
        P(X < Y) + P(X = Y)/2 and its interval (not cut to 0 and 1).
    reason
        "", "fewer than two values", "complete separation" or "no variance".
    """

    statistic: float
    df: float
    p: float
    p_hat: float
    low: float
    high: float
    reason: str


def brunner_munzel(x: npt.ArrayLike, y: npt.ArrayLike, level: float = 0.95) -> BrunnerMunzel:
    """Test whether one of two groups tends to higher values, without assuming equal spread.

    Parameters
    ----------
    x, y
        Shapes (m,) and (n,); NaN is left out.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    BrunnerMunzel
        With NaN and a reason where the variance estimate is 0.

    Notes
    -----
    Brunner & Munzel 2000, Biometrical Journal 42, 17-25, statistic W_BF with the t
    approximation; the interval is theirs as in R's lawstat.
    """
    from scipy import stats

    a, b = finite(x), finite(y)
    m, n = len(a), len(b)
    p_hat = superiority(b, a)
    if m < 2 or n < 2:
        return BrunnerMunzel(_NAN, _NAN, _NAN, p_hat, _NAN, _NAN, "fewer than two values")
    pooled = stats.rankdata(np.concatenate([a, b]))

    def placement_variance(overall: Floats, own: Floats) -> float:
        return float((overall - own).var(ddof=1))

    s1 = placement_variance(pooled[:m], stats.rankdata(a))
    s2 = placement_variance(pooled[m:], stats.rankdata(b))
    e1, e2 = m * s1, n * s2
    if e1 + e2 <= 1e-12:
        reason = "complete separation" if p_hat in (0.0, 1.0) else "no variance"
        return BrunnerMunzel(_NAN, _NAN, _NAN, p_hat, _NAN, _NAN, reason)
    difference = float(pooled[m:].mean() - pooled[:m].mean())
    w = m * n * difference / ((m + n) * float(np.sqrt(e1 + e2)))
    df = (e1 + e2) ** 2 / (e1**2 / (m - 1) + e2**2 / (n - 1))
    se = float(np.sqrt(s1 / (m * n**2) + s2 / (n * m**2)))
    half = float(t_quantile(0.5 + level / 2, df)) * se
    p = float(t_two_sided(w, df))
    return BrunnerMunzel(w, df, p, p_hat, p_hat - half, p_hat + half, "")
