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

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, Ints, codes_of, floats, moments, ratio

__all__ = [
    "a_wg", "acceptable_ad", "ad_mean", "ad_median", "agreement", "answer_counts",
    "r_wg", "r_wg_j", "r_wg_j_star",
]  # fmt: skip

Missing = Literal["available", "listwise"]


def _matrix(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None, missing: Missing
) -> tuple[Floats, Ints, int]:
    """Check the shapes; with "listwise" put incomplete respondents in no group."""
    matrix = floats(values)
    matrix = matrix[:, None] if matrix.ndim == 1 else matrix
    group = np.asarray(codes, dtype=np.intp)
    if len(group) != len(matrix):
        raise ValueError(f"{len(matrix)} rows of values but {len(group)} group codes")
    if missing not in ("available", "listwise"):
        raise ValueError(f"missing is 'available' or 'listwise', not {missing!r}")
    if missing == "listwise":
        group = np.where(np.isfinite(matrix).all(axis=1), group, -1)
    return matrix, group, int(group.max(initial=-1)) + 1 if n_groups is None else n_groups


def _chance(sigma2: float | None, scale: tuple[float, float]) -> float:
    """Variance of answers spread evenly over the options: (A^2 - 1) / 12, James et al. 1984."""
    options = scale[1] - scale[0] + 1
    return (options**2 - 1) / 12 if sigma2 is None else float(sigma2)


def _row_mean(table: Floats) -> Floats:
    """Mean over the items that have a value; NaN where none has."""
    ok = np.isfinite(table)
    return ratio(np.where(ok, table, 0.0).sum(axis=1), ok.sum(axis=1))


def r_wg(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None = None, *,
    sigma2: float | None = None, scale: tuple[float, float] = (1, 5), truncate: bool = True,
) -> Floats:  # fmt: skip
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
    James, Demaree & Wolf 1984, Journal of Applied Psychology 69, 85-98, eq. 1.
    """
    matrix, group, count = _matrix(values, codes, n_groups, "available")
    index = 1 - moments(matrix, group, count).var / _chance(sigma2, scale)
    return np.maximum(index, 0.0) if truncate else index


def _mean_variance(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None, missing: Missing
) -> tuple[Floats, Ints]:
    matrix, group, count = _matrix(values, codes, n_groups, missing)
    var = moments(matrix, group, count).var
    return _row_mean(var), np.isfinite(var).sum(axis=1).astype(np.intp)


def r_wg_j(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None = None, *,
    sigma2: float | None = None, scale: tuple[float, float] = (1, 5), missing: Missing = "available",
) -> Floats:  # fmt: skip
    """Agreement on a scale of J items, r_wg(J); grows with J at the same answers.

    Parameters
    ----------
    values, codes, n_groups, sigma2, scale
        As for `r_wg`.
    missing
        "available": each item's variance over those who answered it.  "listwise":
        complete respondents only.

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
    James, Demaree & Wolf 1984, eq. 2: ``J(1 - m) / (J(1 - m) + m)``, m the mean item
    variance over sigma2.
    """
    variance, items = _mean_variance(values, codes, n_groups, missing)
    m = np.minimum(variance / _chance(sigma2, scale), 1.0)
    return ratio(items * (1 - m), items * (1 - m) + m)


def r_wg_j_star(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None = None, *,
    sigma2: float | None = None, scale: tuple[float, float] = (1, 5), missing: Missing = "available",
) -> Floats:  # fmt: skip
    """Agreement r*_wg(J) = 1 - mean item variance / sigma2; does not grow with J.

    Parameters, shapes and errors as for `r_wg_j`.  Values below 0 mean more spread than
    chance and are kept.

    Notes
    -----
    Lindell, Brandt & Whitney 1999, Applied Psychological Measurement 23, 127-135, eq. 6.
    """
    variance, _ = _mean_variance(values, codes, n_groups, missing)
    return 1 - variance / _chance(sigma2, scale)


def a_wg(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None = None, *,
    scale: tuple[float, float] = (1, 5), missing: Missing = "available",
) -> Floats:  # fmt: skip
    """Agreement relative to the largest variance possible at the group's mean, mean over items.

    Parameters, shapes and errors as for `r_wg_j`.

    Returns
    -------
    ndarray
        Shape (G,), -1 to 1.  An item whose mean lies so near an end that the index is
        not defined is left out; NaN where none remains.  Unanimity at an end is 1.

    Notes
    -----
    Brown & Hauenstein 2005, Organizational Research Methods 8, 165-184: eq. 2, bounds
    of the mean ``(L (n - 1) + H) / n`` and ``(H (n - 1) + L) / n``, p. 174.
    """
    matrix, group, count = _matrix(values, codes, n_groups, missing)
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
    return _row_mean(np.where(((mean == low) | (mean == high)) & (n > 1), 1.0, index))


def _medians(column: Floats, group: Ints, n_groups: int) -> Floats:
    """Median of `column` in each group (all values finite, all codes valid)."""
    # One sort for all groups: the values are squeezed into [0, 1) and stacked by group.
    span = float(np.ptp(column)) if len(column) else 0.0
    order = np.argsort(group + (column - column.min(initial=np.inf)) / (2 * span or 1.0))
    n = np.bincount(group, minlength=n_groups)
    start = np.cumsum(n) - n
    out = np.full(n_groups, np.nan)
    some = n > 0
    left, right = (start + (n - 1) // 2)[some], (start + n // 2)[some]
    out[some] = (column[order[left]] + column[order[right]]) / 2
    return out


def _average_deviation(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None, missing: Missing, median: bool
) -> Floats:
    matrix, group, count = _matrix(values, codes, n_groups, missing)
    out = np.full((count, matrix.shape[1]), np.nan)
    for j in range(matrix.shape[1]):
        column = np.ascontiguousarray(matrix[:, j])
        keep = np.isfinite(column) & (group >= 0)
        column, its_group = column[keep], group[keep]
        n = np.bincount(its_group, minlength=count)
        if median:
            middle = _medians(column, its_group, count)
        else:
            middle = ratio(np.bincount(its_group, weights=column, minlength=count), n)
        away = np.bincount(its_group, weights=np.abs(column - middle[its_group]), minlength=count)
        out[:, j] = ratio(away, np.where(n > 1, n, 0))
    return _row_mean(out)


def ad_mean(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None = None, *,
    missing: Missing = "available",
) -> Floats:  # fmt: skip
    """Average deviation from the group's mean, mean over items; in points of the scale.

    Parameters, shapes and errors as for `r_wg_j`.

    Returns
    -------
    ndarray
        Shape (G,), 0 or more; NaN below two answers.

    Notes
    -----
    AD_M(J): Burke, Finkelstein & Dusig 1999, Organizational Research Methods 2, 49-68,
    eq. 1 and 2.
    """
    return _average_deviation(values, codes, n_groups, missing, median=False)


def ad_median(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None = None, *,
    missing: Missing = "available",
) -> Floats:  # fmt: skip
    """Average deviation from the group's median; otherwise as `ad_mean` (Burke et al. 1999)."""
    return _average_deviation(values, codes, n_groups, missing, median=True)


def acceptable_ad(options: int) -> float:
    """Largest average deviation that counts as agreement on a scale of so many options.

    Notes
    -----
    Options / 6, rounded to one decimal: 0.8 for five, 1.2 for seven.  Burke & Dunlap
    2002, Organizational Research Methods 5, 159-172, eq. 11.
    """
    return round(options / 6, 1)


def answer_counts(
    values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int | None = None, *,
    scale: tuple[int, int] = (1, 5),
) -> Ints:  # fmt: skip
    """Distribution of answers: how often each option was chosen.

    Parameters
    ----------
    values
        Shape (R,) or (R, J), whole numbers on `scale`; others and NaN are not counted.
    codes, n_groups
        As for `r_wg`.
    scale
        Lowest and highest option.

    Returns
    -------
    ndarray
        Shape (G, J, A), A the number of options.

    Notes
    -----
    Plain counts; no source needed.
    """
    matrix, group, count = _matrix(values, codes, n_groups, "available")
    options = scale[1] - scale[0] + 1
    out = np.zeros((count, matrix.shape[1], options), dtype=np.intp)
    for j in range(matrix.shape[1]):
        step = matrix[:, j] - scale[0]
        keep = (group >= 0) & (step >= 0) & (step < options) & (step == np.floor(step))
        cell = group[keep] * options + step[keep].astype(np.intp)
        out[:, j] = np.bincount(cell, minlength=count * options).reshape(count, options)
    return out


def agreement(
    values: npt.ArrayLike, groups: pd.Series | npt.ArrayLike, *, sigma2: float | None = None,
    scale: tuple[float, float] = (1, 5), missing: Missing = "available",
) -> pd.DataFrame:  # fmt: skip
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
    matrix, group, count = _matrix(values, codes, len(labels), missing)
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
