"""How well the items of a dimension hang together: Cronbach's alpha, and each item beside the others.

Alpha estimates the share of a sum score's variance that the items have in common, and assumes that
every item measures the common factor equally well; omega does not (`hrkit.measure.unidimensional`).
A maturity index may be *formative* (its items make the level, rather than show it): then neither
number says much, and the report says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

from hrkit.measure._arrays import Floats, floats, moments, ratio
from hrkit.measure._covariance import Missing, covariance

__all__ = [
    "Alpha",
    "alpha",
    "alpha_by_group",
    "feldt_interval",
    "item_rest",
]

_NAN = float("nan")


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
    c, n = covariance(values, missing)
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
    c, _ = covariance(values, missing)
    own, row, total = np.diag(c), c.sum(axis=1), c.sum()
    rest = total - 2 * row + own
    usable = (own > 1e-12) & (rest > 1e-12)
    below = np.sqrt(np.where(usable, own * rest, 1.0))
    return np.where(usable, (row - own) / below, np.nan)
