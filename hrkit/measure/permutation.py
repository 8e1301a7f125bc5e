"""Tests by rearrangement: signs flipped within pairs, people shuffled between two sides.

**Signs.**  Every possibility is counted instead of some being drawn.  Answers are whole numbers, and the scores made of them are fractions with a small common
denominator.  Brought to that denominator, differences are whole numbers, and the number of ways
to reach each total can be counted one pair at a time (dynamic programming) without listing a
single arrangement of signs.  Where the values have no such denominator, or the table of counts
would grow too large, a list of all signs or a seeded sample of them stands in.

The *mid-p* value counts half of the arrangements that are exactly as extreme as the one seen: an
ordinary p-value is too large on average when ties abound, and here they do.

**Sides.**  Shuffled people answer whether two groups are *alike in everything*.  A difference of
means alone then passes for one where only the spread differs, and the more so the smaller the more
divided side is.  Each difference divided by its own standard error keeps to its level wherever
means are equal (Janssen 1997); that is the test here, and the other is an option for comparison.
Nothing that is printed rests on either: both need everybody's answers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, Ints, finite, floats

__all__ = ["PermutationTest", "permutation_test", "sign_flip_test"]

_NAN = float("nan")
# Largest number of additions for an exact count (well under a second).
_EXACT_WORK = 400_000_000
# Splits drawn where counting is not possible, and signs flipped in full below 2^20.
_DRAWS = 9_999
_ENUMERATE = 20
# Up to so many ways to part two sides, all are looked at: ten and ten have 184,756.
_SPLITS = 200_000


@dataclass(frozen=True, slots=True)
class PermutationTest:
    """Two-sided test by arrangements.

    Attributes
    ----------
    p, mid_p
        Share of arrangements at least as extreme, and the same with ties counted half.
    arrangements
        Number of arrangements, as a float (it can be huge); those drawn when not exact.
    exact
        True where every arrangement was counted.
    reason
        "", "no values", or "fewer than two values" on a side.
    """

    p: float
    mid_p: float
    arrangements: float
    exact: bool
    reason: str


def _lattice(values: Floats) -> npt.NDArray[np.int64] | None:
    """Return the values as whole numbers on a common grid, or None if they have none."""
    if not len(values):
        return np.zeros(0, dtype=np.int64)
    away = values - values.min()
    # Means of up to 60 items, means over up to 12 with some left out, decimals.
    for step in (*range(1, 61), 100, 420, 840, 1000, 2520, 27720):
        scaled = away * step
        whole = np.rint(scaled)
        # Tables hold scores rounded to some nine digits; ties must survive that.
        if np.abs(scaled - whole).max() < 1e-6 * max(1.0, step / 100):
            return np.asarray(whole, dtype=np.int64)
    return None


def _p_values(more: float, equal: float, total: float) -> tuple[float, float]:
    return min((more + equal) / total, 1.0), min((more + equal / 2) / total, 1.0)


def permutation_test(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    studentised: bool = True,
    draws: int = _DRAWS,
    seed: int = 0,
) -> PermutationTest:
    """Two-sided test of a difference of means by shuffling people between two sides.

    Parameters
    ----------
    x, y
        Shapes (m,) and (n,); NaN is left out.
    studentised
        Divide every difference by its own standard error, the two sides' variances apart, as
        Welch does.  Without it the test is Fisher's of the plain difference: exact where both
        sides are alike in everything, and wrong where they differ in spread only.
    draws, seed
        Size and seed of the sample where there are more than 200,000 ways to part the sides.

    Returns
    -------
    PermutationTest
        NaN with a reason where a side is too small to have a mean, or a variance.

    Notes
    -----
    Fisher 1935, The Design of Experiments, section 21.  Studentised: Janssen 1997, Statistics &
    Probability Letters 36, 9-21; Chung & Romano 2013, Annals of Statistics 41, 484-507 (exact
    where the sides are alike in everything, and of the right level in large samples wherever
    means are equal).  Mid-p: Lancaster 1961, JASA 56, 223-234.  Of a sample, the way that was seen
    is one of the draws: Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39.  Where no side of
    a split has any variance, a difference is larger than any other.
    """
    a, b = finite(x), finite(y)
    if not len(a) or not len(b):
        return PermutationTest(_NAN, _NAN, 0.0, False, "no values")
    if studentised and min(len(a), len(b)) < 2:
        return PermutationTest(_NAN, _NAN, 0.0, False, "fewer than two values")
    first = a if len(a) <= len(b) else b
    pooled = np.concatenate([first, b if first is a else a])
    m, total = len(first), len(pooled)
    pooled = pooled - pooled.mean()
    seen = _extremity(pooled, np.arange(m)[None], studentised)[0]
    splits = math.comb(total, m)
    if exact := splits <= _SPLITS:
        found = _extremity(pooled, _splits(total, m), studentised)
    else:
        rng, found = np.random.default_rng(seed), np.empty(draws)
        block = max(1, 4_000_000 // total)
        for start in range(0, draws, block):
            shuffled = rng.random((min(block, draws - start), total)).argpartition(m - 1, axis=1)
            found[start : start + block] = _extremity(pooled, shuffled[:, :m], studentised)
    # Equal splits are reckoned in another order; their last digits say nothing.
    equal = np.isclose(found, seen, rtol=1e-9, atol=0.0)
    more = (found > seen) & ~equal
    own = 0.0 if exact else 1.0
    p, mid = _p_values(float(more.sum()), float(equal.sum()) + own, len(found) + own)
    return PermutationTest(p, mid, float(splits if exact else draws), exact, "")


@lru_cache(maxsize=4)
def _splits(total: int, m: int) -> Ints:
    """All ways to choose m of so many: (ways, m)."""
    return np.fromiter(chain.from_iterable(combinations(range(total), m)), np.intp).reshape(-1, m)


def _extremity(pooled: Floats, picks: Ints, studentised: bool) -> Floats:
    """How far apart the means of both sides are, for each choice of the first: (choices,)."""
    m, total = picks.shape[1], len(pooled)
    n = total - m
    picked = pooled[picks]
    sums = picked.sum(axis=1)
    apart = np.abs(sums / m - (pooled.sum() - sums) / n)
    if not studentised:
        return np.asarray(apart)
    squares = (picked**2).sum(axis=1)
    whole = float((pooled**2).sum())
    inside = np.maximum(squares - sums**2 / m, 0.0) / (m * (m - 1))
    others = np.maximum(whole - squares - (pooled.sum() - sums) ** 2 / n, 0.0) / (n * (n - 1))
    hair = 1e-12 * whole
    error = np.sqrt(np.where(inside + others <= hair, 0.0, inside + others))
    far = np.where(apart > 1e-6 * math.sqrt(whole), np.inf, 0.0)
    return np.asarray(np.divide(apart, error, out=far, where=error > 0))


def cluster_codes(labels: npt.ArrayLike) -> Ints:
    """Number the clusters from 0; every missing label is a cluster of its own."""
    codes, found = pd.factorize(pd.Series(np.asarray(labels).ravel()))
    missing = codes < 0
    codes = codes.astype(np.intp)
    codes[missing] = len(found) + np.arange(missing.sum())
    return codes


def sign_flip_test(
    differences: npt.ArrayLike,
    clusters: npt.ArrayLike | None = None,
    draws: int = _DRAWS,
    seed: int = 0,
) -> PermutationTest:
    """Two-sided sign-flip test that the mean of paired differences is 0.

    Parameters
    ----------
    differences
        Shape (P,), one per pair; NaN is left out.
    clusters
        Shape (P,), the HR partner of each pair: pairs of one partner are not independent,
        so their signs flip together.  None: every pair on its own.
    draws, seed
        Size and seed of the sample where neither an exact count (differences on a common
        grid) nor a list of all signs (up to 20 clusters) is possible.

    Returns
    -------
    PermutationTest
        NaN with a reason without any pair.

    Raises
    ------
    ValueError
        If `clusters` has another length.

    Notes
    -----
    Fisher 1935, The Design of Experiments, section 21 (Darwin's maize); one sign per
    cluster: Cameron, Gelbach & Miller 2008, Review of Economics and Statistics 90, 414-427.
    """
    values = floats(differences).ravel()
    keep = np.isfinite(values)
    if clusters is not None:
        codes = cluster_codes(clusters)
        if len(codes) != len(values):
            raise ValueError(f"{len(values)} differences but {len(codes)} clusters")
        _, codes = np.unique(codes[keep], return_inverse=True)
        values = np.asarray(np.bincount(codes, weights=values[keep]), dtype=np.float64)
    else:
        values = values[keep]
    if not len(values):
        return PermutationTest(_NAN, _NAN, 0.0, False, "no values")
    flips = float(2.0 ** min(len(values), 1023))
    away = np.abs(values)
    # A zero joins the list so that the grid is measured from 0, not from the smallest.
    whole = _lattice(np.concatenate([[0.0], away]))
    if whole is not None and len(whole) * (int(whole.sum()) + 1) <= _EXACT_WORK:
        top = int(whole.sum())
        # Sum of the differences kept positive; the signed total is twice that minus `top`.
        share = np.zeros(top + 1)
        share[0] = 1.0
        for value in whole[1:].tolist():
            moved = share / 2
            moved[value:] += share[: top + 1 - value] / 2
            share = moved
        distance = np.abs(2 * np.arange(top + 1) - top)
        positive = int(whole[1:][values > 0].sum())
        seen = abs(2 * positive - top)
        more, equal = share[distance > seen].sum(), share[distance == seen].sum()
        return PermutationTest(*_p_values(float(more), float(equal), 1.0), flips, True, "")
    seen_at = abs(float(values.sum()))
    hair = 1e-9 * float(away.sum())
    if len(values) <= _ENUMERATE:
        sums: Floats = np.zeros(1)
        for value in away.tolist():
            sums = np.concatenate([sums + value, sums - value])
        exact, extra = True, 0.0
    else:
        rng = np.random.default_rng(seed)
        sums, exact, extra = np.zeros(draws), False, 1.0
        block = max(1, 4_000_000 // len(values))
        for start in range(0, draws, block):
            count = min(block, draws - start)
            signs = rng.integers(0, 2, (count, len(values))) * 2 - 1
            sums[start : start + count] = signs @ away
    drawn = np.abs(sums)
    more, equal = (drawn > seen_at + hair).sum(), (np.abs(drawn - seen_at) <= hair).sum()
    p, mid = _p_values(float(more), float(equal) + extra, len(sums) + extra)
    return PermutationTest(p, mid, float(len(sums)), exact, "")
