"""Permutation tests that count every possibility instead of drawing some.

Answers are whole numbers, and the scores made of them are fractions with a small
common denominator.  Brought to that denominator, a group's total is a whole number, and
the number of ways to reach each total can be counted one person at a time (dynamic
programming) without listing a single split: 184,756 splits of ten and ten take
milliseconds, and 10^50 take no longer.  Where the values have no such denominator, or the
table of counts would grow too large, a seeded sample of splits stands in.

The *mid-p* value counts half of the splits that are exactly as extreme as the one seen: an
ordinary permutation p-value is too large on average when ties abound, and here they do.
"""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class PermutationTest:
    """Two-sided permutation test.

    Attributes
    ----------
    p, mid_p
        Share of arrangements at least as extreme, and the same with ties counted half.
    arrangements
        Number of arrangements, as a float (it can be huge); those drawn when not exact.
    exact
        True where every arrangement was counted.
    reason
        "" or "no values".
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


def _count_sums(whole: npt.NDArray[np.int64], size: int, top: int) -> Floats:
    """Share of all subsets of `size` values having each sum 0 to `top`."""
    ways = np.zeros((size + 1, top + 1))
    ways[0, 0] = 1.0
    # Shares rather than counts: a person joins a subset of j out of i + 1 with chance j / (i + 1).
    for i, value in enumerate(whole.tolist()):
        joined = np.arange(min(i + 1, size) + 1)[:, None] / (i + 1)
        kept = ways[: len(joined)] * (1 - joined)
        kept[1:, value:] += ways[: len(joined) - 1, : top + 1 - value] * joined[1:]
        ways[: len(joined)] = kept
    return np.asarray(ways[size])


def permutation_test(
    x: npt.ArrayLike, y: npt.ArrayLike, draws: int = _DRAWS, seed: int = 0
) -> PermutationTest:
    """Two-sided permutation test of a difference of means between two groups.

    Parameters
    ----------
    x, y
        Shapes (m,) and (n,); NaN is left out.
    draws, seed
        Size and seed of the sample where an exact count is not possible: values without a
        common denominator, or more than 4e8 additions (sizes up to 9 against 10,000 on
        five-point items stay exact).

    Returns
    -------
    PermutationTest
        NaN with a reason where a side is empty.

    Notes
    -----
    Fisher 1935, The Design of Experiments, section 21; counted as in Pagano & Tritchler
    1983, JASA 78, 435-440; mid-p: Lancaster 1961, JASA 56, 223-234.  Sampled p-values
    count the observed split as one of the draws (Phipson & Smyth 2010, Stat. Appl. Genet.
    Mol. Biol. 9:39).
    """
    from scipy import special

    a, b = finite(x), finite(y)
    m, total = min(len(a), len(b)), len(a) + len(b)
    if m == 0:
        return PermutationTest(_NAN, _NAN, 0.0, False, "no values")
    pooled = np.concatenate([a, b] if len(a) <= len(b) else [b, a])
    splits = float(special.binom(total, m))
    whole = _lattice(pooled)
    if whole is not None:
        # The sum of a subset cannot exceed that of its largest m values.
        top = int(np.sort(whole)[-m:].sum())
        if total * m * (top + 1) <= _EXACT_WORK:
            share = _count_sums(whole, m, top)
            # |mean difference| grows with |sum - expected|; times `total` all is whole.
            distance = np.abs(np.arange(top + 1) * total - m * int(whole.sum()))
            seen = abs(int(whole[:m].sum()) * total - m * int(whole.sum()))
            more, equal = share[distance > seen].sum(), share[distance == seen].sum()
            return PermutationTest(*_p_values(float(more), float(equal), 1.0), splits, True, "")
    rng = np.random.default_rng(seed)
    centred = pooled - pooled.mean()
    seen_at = abs(float(centred[:m].sum()))
    hair = 1e-9 * max(float(np.abs(centred).sum()), 1e-300)
    drawn = np.empty(draws)
    block = max(1, 4_000_000 // total)
    for start in range(0, draws, block):
        count = min(block, draws - start)
        order = rng.random((count, total)).argpartition(m - 1, axis=1)[:, :m]
        drawn[start : start + count] = np.abs(centred[order].sum(axis=1))
    more, equal = (drawn > seen_at + hair).sum(), (np.abs(drawn - seen_at) <= hair).sum()
    p, mid = _p_values(float(more), float(equal) + 1, draws + 1.0)
    return PermutationTest(p, mid, float(draws), False, "")


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
