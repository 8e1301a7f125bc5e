"""Do units differ, and how far can a unit's mean be trusted?

ICC(1) is the share of an answer's variance that lies between units; ICC(2) is how
reliably the units' means tell them apart.  Units differ in size, so the size that
enters is k0, an average that counts large units less than their share; some programs
take the plain mean size instead, hence the option.  The same two variances, estimated
by REML, draw the mean of a small unit towards the mean of all: the less the data say
about a unit, the more it borrows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import codes_of, floats, moments, ratio

__all__ = ["Icc", "VarianceComponents", "icc", "shrunken_means", "variance_components"]

_NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Icc:
    """Intraclass correlations of a one-way layout; `reason` says why a value is NaN.

    Attributes
    ----------
    icc1, icc1_low, icc1_high
        ICC(1) and its interval; below 0 where units differ less than chance.
    icc2, icc2_low, icc2_high
        ICC(2) and its interval; far below 0 possible.
    size
        Group size used in ICC(1): k0 or the plain mean.
    f, df_between, df_within, p
        One-way analysis of variance.
    groups, n
        Number of groups with an answer, and of answers.
    reason
        "", "fewer than two groups", "no group of two" or "no variance within groups".
    """

    icc1: float = _NAN
    icc1_low: float = _NAN
    icc1_high: float = _NAN
    icc2: float = _NAN
    icc2_low: float = _NAN
    icc2_high: float = _NAN
    size: float = _NAN
    f: float = _NAN
    df_between: int
    df_within: int
    p: float = _NAN
    groups: int
    n: int
    reason: str = ""


def icc(
    values: npt.ArrayLike,
    groups: pd.Series | npt.ArrayLike,
    size: Literal["k0", "mean"] = "k0",
    level: float = 0.95,
) -> Icc:
    """ICC(1) and ICC(2) of one score over groups, with F-based intervals.

    Parameters
    ----------
    values
        Shape (R,), one score per respondent; NaN is missing.
    groups
        Shape (R,), any labels; a missing label is left out.
    size
        "k0": ``(N - sum n_i^2 / N) / (g - 1)``; "mean": N / g, as R's multilevel does.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    Icc
        NaN with a reason where undefined.

    Raises
    ------
    ValueError
        If `size` is unknown or the lengths differ.

    Notes
    -----
    Bartko 1976, Psychological Bulletin 83, 762-765; k0 and ICC(2): Bliese 2000, in Klein
    & Kozlowski, Multilevel Theory, p. 349-381.  Intervals: Shrout & Fleiss 1979,
    Psychological Bulletin 86, 420-428: exact for equal groups, approximate
    otherwise.
    """
    from scipy import stats

    if size not in ("k0", "mean"):
        raise ValueError(f"size is 'k0' or 'mean', not {size!r}")
    codes, labels = codes_of(groups)
    found = moments(values, codes, len(labels))
    some = found.n[:, 0] > 0
    n, mean, m2 = found.n[some, 0], found.mean[some, 0], found.m2[some, 0]
    g, total = len(n), int(n.sum())
    df1, df2 = g - 1, total - g

    def nothing(reason: str) -> Icc:
        return Icc(df_between=df1, df_within=df2, groups=g, n=total, reason=reason)

    if g < 2:
        return nothing("fewer than two groups")
    if df2 < 1:
        return nothing("no group of two")
    grand = float((n * mean).sum() / total)
    between = float((n * (mean - grand) ** 2).sum()) / df1
    within = float(m2.sum()) / df2
    if within <= 1e-14 * max(1.0, grand**2):
        return nothing("no variance within groups")
    k = (total - float((n.astype(float) ** 2).sum()) / total) / df1 if size == "k0" else total / g
    f = between / within
    tail = (1 - level) / 2
    # The interval of the F ratio's population value carries over to both correlations.
    f_low = f / float(stats.f.ppf(1 - tail, df1, df2))
    f_high = f * float(stats.f.ppf(1 - tail, df2, df1))

    def one(x: float) -> float:
        return (x - 1) / (x + k - 1)

    def two(x: float) -> float:
        return 1 - 1 / x if x > 0 else float("-inf")

    return Icc(
        icc1=one(f),
        icc1_low=one(f_low),
        icc1_high=one(f_high),
        icc2=two(f),
        icc2_low=two(f_low),
        icc2_high=two(f_high),
        size=k,
        f=f,
        df_between=df1,
        df_within=df2,
        p=float(stats.f.sf(f, df1, df2)),
        groups=g,
        n=total,
    )


@dataclass(frozen=True, slots=True)
class VarianceComponents:
    """Variances between and within groups.

    Attributes
    ----------
    mean
        Mean over groups by generalised least squares.
    between, within
        tau^2 and sigma^2 (variances, not standard deviations); `between` may be 0.
    groups, n
        Number of groups with an answer, and of answers.
    reason
        "", "fewer than two groups" or "no group of two".
    """

    mean: float
    between: float
    within: float
    groups: int
    n: int
    reason: str


def variance_components(
    n: npt.ArrayLike, mean: npt.ArrayLike, var: npt.ArrayLike
) -> VarianceComponents:
    """Estimate variance between and within groups by REML from the groups' moments.

    Parameters
    ----------
    n, mean, var
        Shape (G,), size, mean and variance (divisor n - 1) of each group; groups without
        an answer are left out, groups of one need no variance.

    Returns
    -------
    VarianceComponents
        NaN with a reason where the groups cannot tell the two apart.

    Raises
    ------
    ValueError
        If the lengths differ.

    Notes
    -----
    Restricted likelihood of the one-way random model, profiled to the single ratio
    tau^2 / sigma^2: Searle, Casella & McCulloch 1992, Variance Components, chapter 6.
    Its minimum is searched on a coarse grid, then by Brent's method.
    """
    from scipy import optimize

    size, centre, own = np.broadcast_arrays(*(np.atleast_1d(floats(x)) for x in (n, mean, var)))
    keep = (size > 0) & np.isfinite(centre)
    size, centre, own = size[keep], centre[keep], own[keep]
    g, total = len(size), int(size.sum())
    if g < 2:
        return VarianceComponents(_NAN, _NAN, _NAN, g, total, "fewer than two groups")
    several = (size > 1) & np.isfinite(own)
    within_ss = float(((size - 1) * own)[several].sum())
    # A group whose variance was not handed over counts as one observation with its mean.
    df_within = float((size - 1)[several].sum())
    if df_within < 1:
        return VarianceComponents(_NAN, _NAN, _NAN, g, total, "no group of two")
    if within_ss <= 1e-14:
        between = float(centre.var(ddof=1))
        return VarianceComponents(float(centre.mean()), between, 0.0, g, total, "")
    df = df_within + g - 1

    def solve(lam: float) -> tuple[float, float, float]:
        weight = size / (1 + size * lam)
        grand = float((weight * centre).sum() / weight.sum())
        q = within_ss + float((weight * (centre - grand) ** 2).sum())
        deviance = df * np.log(q) + np.log1p(size * lam).sum() + np.log(weight.sum())
        return float(deviance), grand, q / df

    grid = np.linspace(-16, 12, 113)
    at = np.array([solve(float(np.exp(x)))[0] for x in grid])
    best = int(at.argmin())
    left, right = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    refined = optimize.minimize_scalar(
        lambda x: solve(float(np.exp(x)))[0],
        bounds=(left, right),
        method="bounded",
        options={"xatol": 1e-10},
    )
    lam = float(np.exp(refined.x))
    # Below this the ratio is zero for every purpose: the smallest deviance is at the edge.
    if best == 0 or solve(0.0)[0] <= solve(lam)[0] + 1e-12:
        lam = 0.0
    _, grand, sigma2 = solve(lam)
    return VarianceComponents(grand, lam * sigma2, sigma2, g, total, "")


def shrunken_means(
    n: npt.ArrayLike, mean: npt.ArrayLike, components: VarianceComponents, mark_below: float = 0.9
) -> pd.DataFrame:
    """Draw each group's mean towards the mean of all groups.

    Parameters
    ----------
    n, mean
        Shape (G,), size and mean of each group.
    components
        From `variance_components`.
    mark_below
        A group whose own mean weighs less than this is marked (our judgement: 0.9).

    Returns
    -------
    DataFrame
        n, mean, weight (lambda, 0 to 1), shrunken, marked.  A group without an answer has
        weight 0 and the mean of all.

    Notes
    -----
    ``lambda mean + (1 - lambda) grand`` with ``lambda = tau^2 / (tau^2 + sigma^2 / n)``: the
    empirical Bayes estimate, Efron & Morris 1975, JASA 70, 311-319; Bryk & Raudenbush
    1992, Hierarchical Linear Models, chapter 3.
    """
    size, centre = np.broadcast_arrays(np.atleast_1d(floats(n)), np.atleast_1d(floats(mean)))
    tau2, sigma2 = components.between, components.within
    weight = ratio(size * tau2, size * tau2 + sigma2)
    # No variance at all: every mean is the mean of all, whatever the weight.
    weight = np.where((size > 0) & (tau2 + sigma2 == 0), 1.0, weight)
    weight = np.where((size <= 0) & np.isfinite(components.mean), 0.0, weight)
    own = np.where(weight > 0, centre, 0.0)
    shrunken = weight * own + (1 - weight) * components.mean
    return pd.DataFrame(
        {
            "n": size,
            "mean": centre,
            "weight": weight,
            "shrunken": shrunken,
            "marked": weight < mark_below,
        }
    )
