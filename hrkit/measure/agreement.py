"""Do the members of a group agree with one another?

Two families of answers.  The *average deviation* stays in the units of the scale:
on average a member is 0.7 points away from the middle of the group.  It is what the
report shows, beside the distribution of the answers.  The *r_wg family* compares the
group's variance with the variance of people answering at random (``sigma2``; 2 for five
options): 1 is full agreement, 0 is chance.  r_wg(J) rises with the number of items
alone and flatters; r*_wg(J) does not, a_wg uses the largest variance possible at the
group's mean instead of chance.  All are computed, none of the three is headlined.

Every function is vectorised over groups: `values` has one row per respondent, `codes`
numbers each row's group from 0, and -1 belongs to no group.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, Ints, codes_of, moments, ratio
from hrkit.measure.deviation import Missing, ad_mean, ad_median, matrix_of, row_mean

__all__ = ["a_wg", "agreement", "r_wg", "r_wg_j", "r_wg_j_star"]


def _chance(sigma2: float | None, scale: tuple[float, float]) -> float:
    """Variance of answers spread evenly over the options: (A^2 - 1) / 12, James et al. 1984."""
    options = scale[1] - scale[0] + 1
    return (options**2 - 1) / 12 if sigma2 is None else float(sigma2)


def r_wg(
    values: npt.ArrayLike,
    codes: npt.ArrayLike,
    n_groups: int | None = None,
    *,
    sigma2: float | None = None,
    scale: tuple[float, float] = (1, 5),
    truncate: bool = True,
) -> Floats:
    """Agreement on single items, ``1 - s^2 / sigma2``.

    Parameters
    ----------
    values
        Shape (R,) or (R, J), on `scale`; NaN is missing.
    codes
        Shape (R,), the group of each row, -1 for none.
    n_groups
        Number of groups G; by default the largest code + 1.
    sigma2
        Variance under chance; by default that of an even spread over `scale`.
    scale
        Lowest and highest answer.
    truncate
        Put values below 0 to 0, as the authors do.

    Returns
    -------
    ndarray
        Shape (G, J), at most 1; NaN below two answers.

    Raises
    ------
    ValueError
        If `values` and `codes` differ in length.

    Notes
    -----
    James, Demaree & Wolf 1984, Journal of Applied Psychology 69, 85-98: r_WG(1).
    """
    matrix, group, count = matrix_of(values, codes, n_groups, "available")
    index = 1 - moments(matrix, group, count).var / _chance(sigma2, scale)
    return np.maximum(index, 0.0) if truncate else index


def _mean_variance(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None, missing: Missing
) -> tuple[Floats, Ints]:
    matrix, group, count = matrix_of(values, codes, n_groups, missing)
    var = moments(matrix, group, count).var
    return row_mean(var), np.isfinite(var).sum(axis=1).astype(np.intp)


def r_wg_j(
    values: npt.ArrayLike,
    codes: npt.ArrayLike,
    n_groups: int | None = None,
    *,
    sigma2: float | None = None,
    scale: tuple[float, float] = (1, 5),
    missing: Missing = "available",
) -> Floats:
    """Agreement on a scale of J items, r_wg(J); grows with J at the same answers.

    Parameters
    ----------
    values
        Shape (R,) or (R, J), the items of a scale; NaN is missing.
    codes
        Shape (R,), the group of each row, -1 for none.
    n_groups
        Number of groups G; by default the largest code + 1.
    sigma2
        Variance under chance; by default that of an even spread over `scale`.
    scale
        Lowest and highest answer.
    missing
        "available": each item over those who answered it.  "listwise": complete
        respondents only.

    Returns
    -------
    ndarray
        Shape (G,), 0 to 1; 0 where the mean variance exceeds chance.

    Raises
    ------
    ValueError
        If the lengths differ or `missing` is unknown.

    Notes
    -----
    James, Demaree & Wolf 1984, Journal of Applied Psychology 69, 85-98:
    ``J(1 - m) / (J(1 - m) + m)``, m the mean item variance over sigma2.
    """
    variance, items = _mean_variance(values, codes, n_groups, missing)
    m = np.minimum(variance / _chance(sigma2, scale), 1.0)
    return ratio(items * (1 - m), items * (1 - m) + m)


def r_wg_j_star(
    values: npt.ArrayLike,
    codes: npt.ArrayLike,
    n_groups: int | None = None,
    *,
    sigma2: float | None = None,
    scale: tuple[float, float] = (1, 5),
    missing: Missing = "available",
) -> Floats:
    """Agreement r*_wg(J) = 1 - mean item variance / sigma2; does not grow with J.

    Parameters
    ----------
    values
        Shape (R,) or (R, J), the items of a scale; NaN is missing.
    codes
        Shape (R,), the group of each row, -1 for none.
    n_groups
        Number of groups G; by default the largest code + 1.
    sigma2
        Variance under chance; by default that of an even spread over `scale`.
    scale
        Lowest and highest answer.
    missing
        "available": each item over those who answered it.  "listwise": complete
        respondents only.

    Returns
    -------
    ndarray
        Shape (G,), at most 1; below 0 (kept) where the spread exceeds chance.

    Raises
    ------
    ValueError
        If the lengths differ or `missing` is unknown.

    Notes
    -----
    Lindell, Brandt & Whitney 1999, Applied Psychological Measurement 23, 127-135.
    """
    variance, _ = _mean_variance(values, codes, n_groups, missing)
    return 1 - variance / _chance(sigma2, scale)


def a_wg(
    values: npt.ArrayLike,
    codes: npt.ArrayLike,
    n_groups: int | None = None,
    *,
    scale: tuple[float, float] = (1, 5),
    missing: Missing = "available",
) -> Floats:
    """Agreement relative to the largest variance possible at the group's mean, mean over items.

    Parameters
    ----------
    values
        Shape (R,) or (R, J), the items of a scale; NaN is missing.
    codes
        Shape (R,), the group of each row, -1 for none.
    n_groups
        Number of groups G; by default the largest code + 1.
    scale
        Lowest and highest answer.
    missing
        "available": each item over those who answered it.  "listwise": complete
        respondents only.

    Returns
    -------
    ndarray
        Shape (G,), -1 to 1.  An item whose mean lies so near an end that the index is
        not defined is left out; NaN where none remains.  Unanimity at an end is 1.

    Raises
    ------
    ValueError
        If the lengths differ or `missing` is unknown.

    Notes
    -----
    Brown & Hauenstein 2005, Organizational Research Methods 8, 165-184; bounds
    of the mean ``(L (n - 1) + H) / n`` and ``(H (n - 1) + L) / n``.
    """
    matrix, group, count = matrix_of(values, codes, n_groups, missing)
    found = moments(matrix, group, count)
    low, high = scale
    n, mean = found.n, found.mean
    largest = (high + low) * mean - mean**2 - high * low
    index = 1 - ratio(2 * found.var, ratio(largest * n, n - 1))
    # A hair of tolerance: the bounds themselves are allowed, in binary as well.
    outside = (mean < ratio(low * (n - 1) + high, n) - 1e-9) | (
        mean > ratio(high * (n - 1) + low, n) + 1e-9
    )
    index = np.where(outside | (n < 2), np.nan, index)
    return row_mean(np.where(((mean == low) | (mean == high)) & (n > 1), 1.0, index))


def agreement(
    values: npt.ArrayLike,
    groups: pd.Series | npt.ArrayLike,
    *,
    sigma2: float | None = None,
    scale: tuple[float, float] = (1, 5),
    missing: Missing = "available",
) -> pd.DataFrame:
    """All agreement indices of one scale, one row per group.

    Parameters
    ----------
    values
        Shape (R, J), the items of one dimension.
    groups
        Shape (R,), any labels; a missing label is left out.
    sigma2, scale, missing
        As for `r_wg_j`.

    Returns
    -------
    DataFrame
        group, n (with at least one answer), ad_mean, ad_median, r_wg_j, r_wg_j_star, a_wg.

    Raises
    ------
    ValueError
        If the lengths differ or `missing` is unknown.

    Notes
    -----
    Each index has its source at the function of its name.
    """
    codes, labels = codes_of(groups)
    matrix, group, count = matrix_of(values, codes, len(labels), missing)
    some = (group >= 0) & np.isfinite(matrix).any(axis=1)
    n = np.bincount(group[some], minlength=count)
    return pd.DataFrame(
        {
            "group": np.asarray(labels, dtype=object),
            "n": n,
            "ad_mean": ad_mean(matrix, group, count),
            "ad_median": ad_median(matrix, group, count),
            "r_wg_j": r_wg_j(matrix, group, count, sigma2=sigma2, scale=scale),
            "r_wg_j_star": r_wg_j_star(matrix, group, count, sigma2=sigma2, scale=scale),
            "a_wg": a_wg(matrix, group, count, scale=scale),
        }
    )
