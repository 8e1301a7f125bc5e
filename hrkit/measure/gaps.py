"""The gap between leaders and HR: how large, how sure, how often.

Three readings of one gap.  *How large*: the difference of means in points of the scale,
with Welch's interval, and Hedges' g for comparison with other studies.  *How often*:
the chance that a leader drawn at random scores higher than an HR person drawn at random,
ties counted half; it needs no normal distribution and can be said in words.  *How sure*:
the Brunner-Munzel test belongs to that chance, from ten people a side; below that, and
where the two sides do not overlap at all (there the statistic divides by zero, though it
is the largest gap possible), an exact permutation test.

Signs: the first sample is the leaders', positive means leaders score higher.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from hrkit.measure._arrays import finite
from hrkit.measure.differences import difference_interval, welch
from hrkit.measure.groups import mean_interval
from hrkit.measure.permutation import permutation_test
from hrkit.measure.ranks import brunner_munzel, superiority

__all__ = ["GapEstimate", "HedgesG", "gap", "hedges_g"]

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


@dataclass(frozen=True, slots=True)
class GapEstimate:
    """Leader-HR gap on one dimension; positive where leaders score higher.

    Attributes
    ----------
    n_leaders, n_hr, mean_leaders, mean_hr
        Sizes and means of the two sides.
    difference, low, high
        Difference of means with Welch's or the moderated interval, in points.
    g, g_low, g_high
        Hedges' g and its non-central t interval.
    superiority, superiority_low, superiority_high
        P(leader > HR) + P(=)/2, and its Brunner-Munzel interval cut to 0 and 1.
    test, p
        "brunner-munzel" with its p-value, "permutation" with the mid-p value, or "none".
    reason
        "" or why something is NaN.
    """

    n_leaders: int
    n_hr: int
    mean_leaders: float
    mean_hr: float
    difference: float
    low: float
    high: float
    g: float
    g_low: float
    g_high: float
    superiority: float
    superiority_low: float
    superiority_high: float
    test: Literal["brunner-munzel", "permutation", "none"]
    p: float
    reason: str


def gap(
    leaders: npt.ArrayLike,
    hr: npt.ArrayLike,
    level: float = 0.95,
    *,
    rank_test_from: int = 10,
    pooled_var: float | None = None,
    own_variance_from: int = 10,
    seed: int = 0,
) -> GapEstimate:
    """Measure the gap between leaders' and HR's scores on one dimension.

    Parameters
    ----------
    leaders, hr
        Shapes (m,) and (n,), respondents' scores; NaN is left out.
    level
        Confidence level, 0 to 1.
    rank_test_from
        From this size on *both* sides Brunner-Munzel, below it permutation (mid-p).
    pooled_var, own_variance_from
        Variance usual within groups.  With it, a side below `own_variance_from` makes the
        interval a moderated one (see `mean_interval`, `difference_interval`), as Welch's would
        give that side's answers away.
    seed
        Seed of the permutation test where it has to sample.

    Returns
    -------
    Gap
        Every part that can be computed; NaN and a reason for the rest.

    Notes
    -----
    The parts and their sources: `welch`, `difference_interval`, `hedges_g`, `superiority`,
    `brunner_munzel` and `permutation_test`.  Brunner-Munzel from ten a side: Brunner & Munzel 2000;
    permutation below: Neubert & Brunner 2007, Computational Statistics & Data Analysis 51,
    5192-5204.
    """
    a, b = finite(leaders), finite(hr)
    m, n = len(a), len(b)
    mean1, mean2 = (float(s.mean()) if len(s) else _NAN for s in (a, b))
    var1, var2 = (float(s.var(ddof=1)) if len(s) > 1 else _NAN for s in (a, b))
    table = welch(m, mean1, var1, n, mean2, var2, level)
    if pooled_var is not None and min(m, n) < own_variance_from:
        parts = mean_interval(
            [m, n], [mean1, mean2], [var1, var2], pooled_var, own_variance_from=own_variance_from
        )
        (e1, e2), (f1, f2) = parts["se"], parts["df"]
        table = difference_interval(mean1, e1, f1, mean2, e2, f2, level)
    difference, low, high = (float(table[c].iloc[0]) for c in ("difference", "low", "high"))
    effect = hedges_g(a, b, level)
    ranks = brunner_munzel(a, b, level)
    test: Literal["brunner-munzel", "permutation", "none"] = "none"
    p = _NAN
    if min(m, n) >= rank_test_from and not ranks.reason:
        test, p = "brunner-munzel", ranks.p
    elif min(m, n) > 0:
        test, p = "permutation", permutation_test(a, b, seed=seed).mid_p
    reasons = dict.fromkeys(r for r in (str(table["reason"].iloc[0]), ranks.reason) if r)
    bounds = np.clip([1 - ranks.high, 1 - ranks.low], 0, 1)
    return GapEstimate(
        m,
        n,
        mean1,
        mean2,
        difference,
        low,
        high,
        effect.g,
        effect.low,
        effect.high,
        superiority(a, b),
        float(bounds[0]),
        float(bounds[1]),
        test,
        p,
        "; ".join(reasons),
    )
