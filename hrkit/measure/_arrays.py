"""Small array helpers of the wing: conversion, grouped moments, quiet division.

A group is an integer code, ``-1`` means *in no group*.  Everything per group is
a weighted ``bincount``, so a million respondents cost the same few passes
whether they form nine groups or nine thousand.  Variances take two passes
(mean first, then squared deviations): the one-pass formula loses all digits
when values share a large offset.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["Floats", "Ints", "Moments", "codes_of", "finite", "floats", "moments", "ratio"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


def floats(values: npt.ArrayLike | pd.Series | pd.DataFrame) -> Floats:
    """Return `values` as float64, every kind of missing value as NaN; no copy where none is due."""
    if isinstance(values, pd.Series | pd.DataFrame):
        return np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan))
    return np.asarray(values, dtype=np.float64)


def finite(values: npt.ArrayLike | pd.Series) -> Floats:
    """Return the finite numbers of `values` as one flat array."""
    flat = floats(values).ravel()
    return flat[np.isfinite(flat)]


def ratio(top: npt.ArrayLike, bottom: npt.ArrayLike) -> Floats:
    """Divide without warnings; NaN where the divisor is 0 or either side is missing."""
    a, b = np.broadcast_arrays(floats(top), floats(bottom))
    out = np.full(a.shape, np.nan)
    np.divide(a, b, out=out, where=(b != 0) & np.isfinite(a) & np.isfinite(b))
    return out


def codes_of(labels: pd.Series | npt.ArrayLike) -> tuple[Ints, pd.Index]:
    """Number the distinct labels in sorted order; missing labels become ``-1``.

    Whole numbers that lie close together (the usual respondent key) are numbered
    by a table look-up, which is several times faster than hashing; categories
    keep their own order.
    """
    column = labels if isinstance(labels, pd.Series) else pd.Series(labels)
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.intp), column.cat.categories
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu" and len(column):
        keys = column.to_numpy()
        low, high = int(keys.min()), int(keys.max())
        if high - low <= 4 * len(keys) + 1000:
            used = np.zeros(high - low + 1, dtype=bool)
            used[keys - low] = True
            number = np.cumsum(used, dtype=np.intp) - 1
            return np.asarray(number[keys - low]), pd.Index(np.flatnonzero(used) + low)
    codes, found = pd.factorize(column, sort=True)
    return codes.astype(np.intp), pd.Index(found)


@dataclass(frozen=True, slots=True)
class Moments:
    """Count, mean and sum of squared deviations, each of shape (groups, columns)."""

    n: Ints
    mean: Floats
    m2: Floats

    @property
    def var(self) -> Floats:
        """Variance with divisor n - 1; NaN below two values."""
        return ratio(self.m2, np.where(self.n > 1, self.n - 1, 0))

    @property
    def pooled_var(self) -> Floats:
        """Within-group variance pooled over all groups, shape (columns,); NaN without any."""
        return ratio(self.m2.sum(axis=0), np.maximum(self.n - 1, 0).sum(axis=0))

    @property
    def pooled_groups(self) -> Ints:
        """Number of groups of two or more that the pooled variance rests on, shape (columns,)."""
        return np.asarray((self.n > 1).sum(axis=0), dtype=np.intp)


def moments(values: npt.ArrayLike, codes: npt.ArrayLike, n_groups: int) -> Moments:
    """Count, mean and squared deviations per group and column.

    Parameters
    ----------
    values
        Shape (R,) or (R, D); NaN is missing and leaves only its own column.
    codes
        Shape (R,), 0 to `n_groups` - 1; a negative code belongs to no group.
    n_groups
        Number of groups G, empty ones included.

    Returns
    -------
    Moments
        Arrays of shape (G, D); mean NaN and m2 0 where a group has no value.

    Raises
    ------
    ValueError
        If `values` and `codes` differ in length.

    Notes
    -----
    The two-pass algorithm of Chan, Golub & LeVeque 1983, The American Statistician 37,
    242-247.
    """
    matrix = floats(values)
    matrix = matrix[:, None] if matrix.ndim == 1 else matrix
    group = np.asarray(codes, dtype=np.intp)
    if len(group) != len(matrix):
        raise ValueError(f"{len(matrix)} rows of values but {len(group)} group codes")
    everyone = bool((group >= 0).all())
    shape = (n_groups, matrix.shape[1])
    n, mean, m2 = np.zeros(shape, dtype=np.intp), np.full(shape, np.nan), np.zeros(shape)
    for j in range(matrix.shape[1]):
        column, its_group = np.ascontiguousarray(matrix[:, j]), group
        keep = np.isfinite(column)
        if not everyone:
            keep &= group >= 0
        if not keep.all():
            column, its_group = column[keep], group[keep]
        n[:, j] = np.bincount(its_group, minlength=n_groups)
        total = np.bincount(its_group, weights=column, minlength=n_groups)
        mean[:, j] = ratio(total, n[:, j])
        deviation = column - mean[its_group, j]
        m2[:, j] = np.bincount(its_group, weights=deviation * deviation, minlength=n_groups)
    return Moments(n, mean, m2)


def t_quantile(probability: float, df: npt.ArrayLike) -> Floats:
    """Quantile of Student's t; from `scipy.special`, since `scipy.stats` is slow to load."""
    from scipy import special

    freedom = floats(np.asarray(df, dtype=np.float64))
    # Infinite degrees of freedom are the normal distribution.
    return np.where(
        np.isinf(freedom), special.ndtri(probability), special.stdtrit(freedom, probability)
    )


def t_two_sided(t: npt.ArrayLike, df: npt.ArrayLike) -> Floats:
    """Two-sided p-value of Student's t."""
    from scipy import special

    freedom = floats(np.asarray(df, dtype=np.float64))
    below = -np.abs(floats(np.asarray(t, dtype=np.float64)))
    return 2 * np.where(np.isinf(freedom), special.ndtr(below), special.stdtr(freedom, below))
