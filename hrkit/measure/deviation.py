"""Average deviation: how far a group's members are from its middle, in points of the scale.

On average a member is 0.7 points away from the group's mean: a number anyone can read, and
the one the report shows beside the distribution of the answers.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from hrkit.measure._arrays import Floats, Ints, floats, ratio

__all__ = ["acceptable_ad", "ad_mean", "ad_median", "answer_counts"]

Missing = Literal["available", "listwise"]


def matrix_of(
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


def row_mean(table: Floats) -> Floats:
    """Mean over the items that have a value; NaN where none has."""
    ok = np.isfinite(table)
    return ratio(np.where(ok, table, 0.0).sum(axis=1), ok.sum(axis=1))


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
    values: npt.ArrayLike,
    codes: npt.ArrayLike,
    n_groups: int | None,
    missing: Missing,
    median: bool,
) -> Floats:
    matrix, group, count = matrix_of(values, codes, n_groups, missing)
    out = np.full((count, matrix.shape[1]), np.nan)
    for j in range(matrix.shape[1]):
        column = np.ascontiguousarray(matrix[:, j])
        keep, its_group = np.isfinite(column) & (group >= 0), group
        if not keep.all():
            column, its_group = column[keep], group[keep]
        n = np.bincount(its_group, minlength=count)
        if median:
            middle = _medians(column, its_group, count)
        else:
            middle = ratio(np.bincount(its_group, weights=column, minlength=count), n)
        away = np.bincount(its_group, weights=np.abs(column - middle[its_group]), minlength=count)
        out[:, j] = ratio(away, np.where(n > 1, n, 0))
    return row_mean(out)


def ad_mean(
    values: npt.ArrayLike,
    codes: npt.ArrayLike,
    n_groups: int | None = None,
    *,
    missing: Missing = "available",
) -> Floats:
    """Average deviation from the group's mean, mean over items; in points of the scale.

    Parameters
    ----------
    values
        Shape (R,) or (R, J), the items of a scale; NaN is missing.
    codes
        Shape (R,), the group of each row, -1 for none.
    n_groups
        Number of groups G; by default the largest code + 1.
    missing
        "available": each item over those who answered it.  "listwise": complete
        respondents only.

    Returns
    -------
    ndarray
        Shape (G,), 0 or more; NaN below two answers.

    Raises
    ------
    ValueError
        If the lengths differ or `missing` is unknown.

    Notes
    -----
    AD_M(J): Burke, Finkelstein & Dusig 1999, Organizational Research Methods 2, 49-68.
    """
    return _average_deviation(values, codes, n_groups, missing, median=False)


def ad_median(
    values: npt.ArrayLike,
    codes: npt.ArrayLike,
    n_groups: int | None = None,
    *,
    missing: Missing = "available",
) -> Floats:
    """Average deviation from the group's median, mean over items; in points of the scale.

    Parameters
    ----------
    values
        Shape (R,) or (R, J), the items of a scale; NaN is missing.
    codes
        Shape (R,), the group of each row, -1 for none.
    n_groups
        Number of groups G; by default the largest code + 1.
    missing
        "available": each item over those who answered it.  "listwise": complete
        respondents only.

    Returns
    -------
    ndarray
        Shape (G,), 0 or more, never above `ad_mean`; NaN below two answers.

    Raises
    ------
    ValueError
        If the lengths differ or `missing` is unknown.

    Notes
    -----
    AD_Md(J): Burke, Finkelstein & Dusig 1999, Organizational Research Methods 2, 49-68.
    """
    return _average_deviation(values, codes, n_groups, missing, median=True)


def acceptable_ad(options: int) -> float:
    """Largest average deviation that counts as agreement on a scale of so many options.

    Parameters
    ----------
    options
        Number of answer options, 2 or more.

    Returns
    -------
    float
        In points of the scale.

    Notes
    -----
    Options / 6, rounded to one decimal: 0.8 for five, 1.2 for seven.  Burke & Dunlap
    2002, Organizational Research Methods 5, 159-172.
    """
    return round(options / 6, 1)


def answer_counts(
    values: npt.ArrayLike,
    codes: npt.ArrayLike,
    n_groups: int | None = None,
    *,
    scale: tuple[int, int] = (1, 5),
) -> Ints:
    """Distribution of answers: how often each option was chosen.

    Parameters
    ----------
    values
        Shape (R,) or (R, J), whole numbers on `scale`; others and NaN are not counted.
    codes
        Shape (R,), the group of each row, -1 for none.
    n_groups
        Number of groups G; by default the largest code + 1.
    scale
        Lowest and highest option.

    Returns
    -------
    ndarray
        Shape (G, J, A), A the number of options.

    Raises
    ------
    ValueError
        If the lengths differ.

    Notes
    -----
    Plain counts; no source needed.
    """
    matrix, group, count = matrix_of(values, codes, n_groups, "available")
    options = scale[1] - scale[0] + 1
    out = np.zeros((count, matrix.shape[1], options), dtype=np.intp)
    for j in range(matrix.shape[1]):
        step = matrix[:, j] - scale[0]
        keep = (group >= 0) & (step >= 0) & (step < options) & (step == np.floor(step))
        cell = group[keep] * options + step[keep].astype(np.intp)
        out[:, j] = np.bincount(cell, minlength=count * options).reshape(count, options)
    return out
