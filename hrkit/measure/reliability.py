"""How well the items of a dimension hang together: Cronbach's alpha and McDonald's omega.

Both estimate the share of a sum score's variance that the items have in common.
Alpha assumes that every item measures the common factor equally well; omega
estimates how well each does.  Programs differ in what they call omega: here it is
the one-factor model, by maximum likelihood on the covariances (what lavaan gives)
or by minimum residuals on the correlations (what psych gives).  A maturity index
may be *formative* (its items make the level, rather than show it): then neither
number says much, and the report says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

from hrkit.measure._arrays import Floats, floats, moments, ratio
from hrkit.measure.factor import fit_minres, fit_ml

__all__ = [
    "Alpha",
    "Missing",
    "Omega",
    "OneFactor",
    "alpha",
    "alpha_by_group",
    "feldt_interval",
    "item_rest",
    "omega",
    "one_factor",
]

Missing = Literal["listwise", "pairwise"]
_NAN = float("nan")
# Respondents handled at once.
_BLOCK = 65_536


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha with Feldt's interval; `reason` says why a value is NaN.

    Attributes
    ----------
    value, low, high
        Alpha and its interval, at most 1, below 0 possible.
    items, n
        Number of items, and of respondents the covariances rest on (pairwise: the
        fewest that any pair of items shares, so that the interval is not too narrow).
    reason
        "", "fewer than two items", "fewer than two respondents" or "no variance".
    """

    value: float
    low: float
    high: float
    items: int
    n: int
    reason: str


@dataclass(frozen=True, slots=True)
class Omega:
    """McDonald's omega of a one-factor model; `reason` says why a value is NaN or doubtful.

    Attributes
    ----------
    value
        Omega total, 0 to 1.
    loadings, uniquenesses
        One number per item, in the metric analysed (covariance or correlation).
    n, method, converged
        Respondents, the estimator, and whether the search ended at a minimum.
    reason
        "", "fewer than three items", "fewer than two respondents", "no variance",
        "covariances not positive definite" or "a uniqueness at its bound" (Heywood
        case: a value is given, to be read with care).
    """

    value: float
    loadings: tuple[float, ...]
    uniquenesses: tuple[float, ...]
    n: int
    method: str
    converged: bool
    reason: str


@dataclass(frozen=True, slots=True)
class OneFactor:
    """How well one factor explains the correlations of a dimension's items.

    Attributes
    ----------
    chi2, df
        Likelihood-ratio statistic n · F, and its degrees of freedom J (J - 3) / 2.
    cfi, srmr
        Comparative fit index, and standardised root mean square residual.
    n, reason
        Respondents, and why the values are NaN: "fewer than four items" (three are explained by
        one factor whatever they are), or a reason of `Omega`.
    """

    chi2: float
    df: int
    cfi: float
    srmr: float
    n: int
    reason: str


def _covariance(values: npt.ArrayLike, missing: Missing) -> tuple[Floats, int]:
    """Return the covariance matrix (divisor n - 1) and the number of respondents behind it."""
    matrix = floats(values)
    if matrix.ndim != 2:
        raise ValueError(f"answers must be respondents x items, not of shape {matrix.shape}")
    if missing not in ("listwise", "pairwise"):
        raise ValueError(f"missing is 'listwise' or 'pairwise', not {missing!r}")
    items = matrix.shape[1]
    # Any point near the middle will do as origin: it costs no digits and changes no covariance.
    head = matrix[:_BLOCK]
    seen = np.isfinite(head)
    origin = ratio(np.where(seen, head, 0.0).sum(axis=0), seen.sum(axis=0))
    origin = np.where(np.isfinite(origin), origin, 0.0)
    n, sums, products = (np.zeros((items, items)) for _ in range(3))
    for start in range(0, len(matrix), _BLOCK):
        block = matrix[start : start + _BLOCK] - origin
        ok = np.isfinite(block)
        if missing == "listwise":
            block = block[ok.all(axis=1)]
            mask = np.ones_like(block)
        else:
            mask = ok.astype(np.float64)
            block[~ok] = 0.0
        n += mask.T @ mask
        sums += block.T @ mask
        products += block.T @ block
    fewest = int(n.min()) if n.size else 0
    if fewest < 2:
        return np.full(n.shape, np.nan), fewest
    # Each pair is centred at its own means: those of the respondents who have both.
    return (products - sums * sums.T / n) / (n - 1), fewest


def feldt_interval(alpha: float, n: int, items: int, level: float = 0.95) -> tuple[float, float]:
    """Confidence interval of an alpha.

    Parameters
    ----------
    alpha
        Observed alpha, at most 1.
    n, items
        Number of respondents and of items, both at least 2.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    tuple
        Lower and upper limit; NaN twice where undefined.

    Notes
    -----
    ``1 - (1 - alpha) F`` with F quantiles on n - 1 and (n - 1)(items - 1) degrees of
    freedom: Feldt, Woodruff & Salih 1987, Applied Psychological Measurement 11,
    93-103, p. 95, formulas 6 and 7 (after Feldt 1965, Psychometrika 30, 357-370).
    """
    from scipy import special

    if n < 2 or items < 2 or not np.isfinite(alpha):
        return _NAN, _NAN
    tail = (1 - level) / 2
    low, high = special.fdtri(n - 1, (n - 1) * (items - 1), np.array([1 - tail, tail]))
    return float(1 - (1 - alpha) * low), float(1 - (1 - alpha) * high)


def alpha(values: npt.ArrayLike, missing: Missing = "listwise", level: float = 0.95) -> Alpha:
    """Cronbach's alpha of the items of one dimension.

    Parameters
    ----------
    values
        Shape (R, J), reversed items already turned; NaN is missing.
    missing
        "listwise" uses complete respondents, "pairwise" all respondents that each
        pair of items shares (what psych calls raw alpha).
    level
        Confidence level of Feldt's interval.

    Returns
    -------
    Alpha
        Value NaN with a reason where it is undefined.

    Raises
    ------
    ValueError
        If `values` is not a matrix or `missing` is unknown.

    Notes
    -----
    ``J / (J - 1) (1 - trace(C) / sum(C))``: Cronbach 1951, Psychometrika 16, 297-334.
    """
    c, n = _covariance(values, missing)
    items = len(c)
    total = float(c.sum())
    if items < 2:
        return Alpha(_NAN, _NAN, _NAN, items, n, "fewer than two items")
    if n < 2:
        return Alpha(_NAN, _NAN, _NAN, items, n, "fewer than two respondents")
    if not total > 1e-12 * max(float(np.trace(c)), 1e-12):
        return Alpha(_NAN, _NAN, _NAN, items, n, "no variance")
    value = items / (items - 1) * (1 - float(np.trace(c)) / total)
    return Alpha(value, *feldt_interval(value, n, items, level), items, n, "")


def alpha_by_group(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Cronbach's alpha of the same items in many groups at once, over complete respondents.

    Parameters
    ----------
    values
        Shape (R, J), reversed items already turned; NaN is missing.
    codes
        Shape (R,), the group of each row from 0; -1 for none.
    n_groups
        Number of groups G; by default the largest code + 1.
    level
        Confidence level of Feldt's interval.

    Returns
    -------
    DataFrame
        G rows: value, low, high and n; NaN where `alpha` would give NaN.

    Notes
    -----
    ``J / (J - 1) (1 - sum of item variances / variance of the sum)``: Cronbach 1951,
    Psychometrika 16, 297-334; the interval as in `feldt_interval`.
    """
    import pandas as pd
    from scipy import special

    matrix = floats(values)
    group = np.asarray(codes, dtype=np.intp)
    count = n_groups if n_groups is not None else int(group.max(initial=-1)) + 1
    items = matrix.shape[1]
    group = np.where(np.isfinite(matrix).all(axis=1), group, -1)
    found = moments(np.column_stack([matrix, matrix.sum(axis=1)]), group, count)
    n = found.n[:, 0]
    total = found.var[:, -1]
    usable = (n > 1) & (items > 1) & (total > 1e-12)
    parts = ratio(found.var[:, :-1].sum(axis=1), np.where(usable, total, 0.0))
    value = items / max(items - 1, 1) * (1 - parts)
    tail = (1 - level) / 2
    df = np.where(n > 1, n - 1, np.nan).astype(np.float64)
    f_low, f_high = (special.fdtri(df, df * (items - 1), p) for p in (1 - tail, tail))
    return pd.DataFrame(
        {"value": value, "low": 1 - (1 - value) * f_low, "high": 1 - (1 - value) * f_high, "n": n}
    )


def omega(
    values: npt.ArrayLike,
    method: Literal["ml", "minres"] = "ml",
    missing: Missing = "listwise",
) -> Omega:
    """McDonald's omega total of one dimension, from a one-factor model.

    Parameters
    ----------
    values
        Shape (R, J), J at least 3, reversed items already turned; NaN is missing.
    method
        "ml": maximum likelihood, covariance metric (lavaan's convention).
        "minres": minimum residuals, correlation metric (psych's convention).
    missing
        "listwise" or "pairwise", as for `alpha`.

    Returns
    -------
    Omega
        Value NaN with a reason where it is undefined.

    Raises
    ------
    ValueError
        If `values` is not a matrix, or `method` or `missing` is unknown.

    Notes
    -----
    ``(sum l)^2 / ((sum l)^2 + sum psi)``: McDonald 1999, Test Theory, p. 89-90.  One
    factor by maximum likelihood: Lawley & Maxwell 1971, Factor Analysis as a
    Statistical Method, ch. 4; by minimum residuals: Harman & Jones 1966, Psychometrika
    31, 351-368.
    """
    if method not in ("ml", "minres"):
        raise ValueError(f"method is 'ml' or 'minres', not {method!r}")
    c, n = _covariance(values, missing)

    def nothing(reason: str) -> Omega:
        return Omega(_NAN, (), (), n, method, False, reason)

    if len(c) < 3:
        return nothing("fewer than three items")
    if n < 2:
        return nothing("fewer than two respondents")
    variances = np.diag(c)
    if not (variances > 1e-12).all():
        return nothing("no variance")
    sd = np.sqrt(variances)
    r = c / np.outer(sd, sd)
    if np.linalg.eigvalsh(r)[0] < 1e-8:
        return nothing("covariances not positive definite")
    load, psi, converged = fit_ml(r) if method == "ml" else fit_minres(r)
    reason = "a uniqueness at its bound" if (psi < 1.1e-4).any() else ""
    if method == "ml":  # the fit does not depend on the metric, omega does
        load, psi = load * sd, psi * variances
    common = float(load.sum()) ** 2
    load = load if load.sum() >= 0 else -load
    value = common / (common + float(psi.sum()))
    return Omega(value, tuple(load.tolist()), tuple(psi.tolist()), n, method, converged, reason)


def item_rest(values: npt.ArrayLike, missing: Missing = "listwise") -> Floats:
    """Correlation of each item with the sum of the others.

    Parameters
    ----------
    values
        Shape (R, J), reversed items already turned; NaN is missing.
    missing
        "listwise" or "pairwise", as for `alpha`.

    Returns
    -------
    ndarray
        Shape (J,); NaN where an item, or the rest, has no variance, or there is no rest.

    Notes
    -----
    From the covariances C: ``(sum_j C_ij - C_ii) / sqrt(C_ii (S - 2 sum_j C_ij + C_ii))`` with S
    their sum.  Without the item itself, or it would correlate with its own noise: Howard &
    Forehand 1962, Educational and Psychological Measurement 22, 731-735.
    """
    c, _ = _covariance(values, missing)
    own, row, total = np.diag(c), c.sum(axis=1), c.sum()
    rest = total - 2 * row + own
    usable = (own > 1e-12) & (rest > 1e-12)
    below = np.sqrt(np.where(usable, own * rest, 1.0))
    return np.where(usable, (row - own) / below, np.nan)


def one_factor(values: npt.ArrayLike, missing: Missing = "listwise") -> OneFactor:
    """Whether one factor is enough for the items of a dimension.

    Parameters
    ----------
    values
        Shape (R, J), J at least 4, reversed items already turned; NaN is missing.
    missing
        "listwise" or "pairwise", as for `alpha`.

    Returns
    -------
    OneFactor
        NaN with a reason where it is undefined.

    Notes
    -----
    Maximum likelihood (Lawley & Maxwell 1971, ch. 4), answers taken as continuous: with five
    categories the statistic is a guide, not a test.  CFI: Bentler 1990, Psychological Bulletin 107,
    238-246, against items that have nothing in common; SRMR over the J (J + 1) / 2 correlations:
    Bentler 1995, EQS manual.  Often read as good: CFI from .95, SRMR up to .08 (Hu & Bentler 1999,
    Structural Equation Modeling 6, 1-55).  With few degrees of freedom RMSEA misleads (Kenny,
    Kaniskan & McCoach 2015, Sociological Methods & Research 44, 486-507), so it is not given.
    """
    c, n = _covariance(values, missing)
    items = len(c)
    df = items * (items - 3) // 2

    def nothing(reason: str) -> OneFactor:
        return OneFactor(_NAN, df, _NAN, _NAN, n, reason)

    if items < 4:
        return nothing("fewer than four items")
    if n < 2:
        return nothing("fewer than two respondents")
    variances = np.diag(c)
    if not (variances > 1e-12).all():
        return nothing("no variance")
    sd = np.sqrt(variances)
    r = c / np.outer(sd, sd)
    if np.linalg.eigvalsh(r)[0] < 1e-8:
        return nothing("covariances not positive definite")
    load, psi, _ = fit_ml(r)
    model = np.outer(load, load) + np.diag(psi)
    apart = float(np.linalg.slogdet(model)[1] - np.linalg.slogdet(r)[1])
    chi2 = n * (apart + float(np.trace(r @ np.linalg.inv(model))) - items)
    base = max(-n * float(np.linalg.slogdet(r)[1]) - items * (items - 1) / 2, 0.0)
    over = max(chi2 - df, 0.0)
    cfi = 1 - over / max(over, base) if max(over, base) > 0 else 1.0
    lower = np.tril_indices(items)
    srmr = float(np.sqrt(np.mean(((r - model)[lower]) ** 2)))
    reason = "a uniqueness at its bound" if (psi < 1.1e-4).any() else ""
    return OneFactor(chi2, df, cfi, srmr, n, reason)
