"""What to work on first: stated importance times the gap to the target.

Importance is *stated*: asked for, not derived from correlations (those of nine dimensions
among sixty people are noise).  A gap is the shortfall against the target the client set;
what is above target is no priority.

An order of nine is easily made and easily wrong.  So the respondents are drawn again and
again, with replacement and within their perspective, and the order is made anew each
time: the report shows how far a dimension's place wanders, and how often it is among
the first three.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, Ints, codes_of, floats, ratio

__all__ = ["priorities", "priority"]

# Larger perspectives are resampled as this many equal random parts.
_PARTS = 200


def priority(importance: npt.ArrayLike, score: npt.ArrayLike, target: npt.ArrayLike) -> Floats:
    """Importance times shortfall against the target.

    Parameters
    ----------
    importance, score, target
        On their scales; they broadcast, NaN is missing.

    Returns
    -------
    ndarray
        0 where the target is reached, NaN where any of the three is missing.

    Notes
    -----
    The weighted gap of importance-performance analysis: Martilla & James 1977, Journal of
    Marketing 41(1), 77-79; as a product: Hawes & Rao 1985, Journal of Health Care Marketing
    5(4), 19-25.
    """
    shortfall = np.maximum(floats(target) - floats(score), 0.0)
    return np.asarray(floats(importance) * shortfall)


def _ranks(values: Floats) -> Ints:
    """Places along the last axis, 1 the largest; NaN last, ties in the order given."""
    order = np.argsort(np.where(np.isnan(values), np.inf, -values), axis=-1, kind="stable")
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(1, values.shape[-1] + 1), axis=-1)
    return places


def _parts(values: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Sum and count of values per resampling part, a person or many: (parts, columns)."""
    ok = np.isfinite(values)
    filled = np.where(ok, values, 0.0)
    if len(values) <= _PARTS:
        return filled, ok.astype(np.float64)
    # Equal random parts have independent totals: drawing parts gives the errors of
    # drawing people, at a cost that does not grow with their number.
    part = rng.permutation(np.arange(len(values)) % _PARTS)
    sums = np.stack([np.bincount(part, column, _PARTS) for column in filled.T], axis=1)
    counts = np.stack([np.bincount(part, column, _PARTS) for column in ok.T], axis=1)
    return np.asarray(sums, dtype=np.float64), np.asarray(counts, dtype=np.float64)


def _row_means(stack: Floats) -> Floats:
    """Mean over the first axis, of what is there."""
    ok = np.isfinite(stack)
    return ratio(np.where(ok, stack, 0.0).sum(axis=0), ok.sum(axis=0))


def priorities(
    importance: npt.ArrayLike,
    scores: npt.ArrayLike,
    target: npt.ArrayLike,
    dimensions: Sequence[str],
    perspectives: pd.Series | npt.ArrayLike | None = None,
    *,
    resamples: int = 1_000,
    top: int = 3,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Order the dimensions by priority and show how stable the order is.

    Parameters
    ----------
    importance, scores
        Shape (R, D), each respondent's stated importance of and score on each dimension;
        NaN is missing.  `importance` may be (D,), fixed numbers from elsewhere.
    target
        Shape (D,) or one number, on the scale of the scores.
    dimensions
        D names.
    perspectives
        Shape (R,); means are means of perspective means, and respondents are drawn within
        their perspective.  None: one pool.  A missing perspective is left out.
    resamples, seed
        Number of resamples (0: none) and seed.
    top
        Size of the group of first places whose stability is given.
    level
        Level of the interval of the place.

    Returns
    -------
    DataFrame
        In order of priority: dimension, importance, score, target, gap, priority, rank,
        rank_low, rank_high (interval of the place), in_top (share of resamples among the
        first `top`), same_rank (share with this very place).  Without priority: last, NaN.

    Raises
    ------
    ValueError
        If the shapes do not agree.

    Notes
    -----
    Priority: `priority`.  Bootstrap of ranks: Goldstein & Spiegelhalter 1996, JRSS A 159,
    385-443; Hall & Miller 2009, Annals of Statistics 37, 3929-3959 (ties and near-ties make
    it cautious).  Perspectives of more than 200 people are drawn as 200 random parts.
    """
    score, stated = floats(scores), floats(importance)
    d = len(dimensions)
    if score.ndim != 2 or score.shape[1] != d or stated.shape not in ((d,), score.shape):
        raise ValueError(f"{d} dimensions, but scores {score.shape}, importance {stated.shape}")
    goal = np.broadcast_to(floats(target), (d,))
    fixed = stated.ndim == 1
    both = score if fixed else np.hstack([score, stated])
    codes = np.zeros(len(score), dtype=np.intp)
    if perspectives is not None:
        codes, _ = codes_of(perspectives)
    rng = np.random.default_rng(seed)

    seen, drawn = [], []
    for code in range(int(codes.max(initial=-1)) + 1):
        sums, counts = _parts(both[codes == code], rng)
        size = len(sums)
        if not size:
            continue
        seen.append(ratio(sums.sum(axis=0), counts.sum(axis=0)))
        if resamples:
            times = rng.multinomial(size, np.full(size, 1 / size), size=resamples).astype(float)
            drawn.append(ratio(times @ sums, times @ counts))

    def split(means: Floats) -> tuple[Floats, Floats, Floats]:
        s, i = means[..., :d], stated if fixed else means[..., d:]
        return s, np.broadcast_to(i, s.shape), priority(i, s, goal)

    observed = _row_means(np.stack(seen)) if seen else np.full(both.shape[1], np.nan)
    mean, weight, value = split(observed)
    rank = _ranks(value)
    known = np.isfinite(value)
    low, high, in_top, same = (np.full(d, np.nan) for _ in range(4))
    if drawn:
        places = _ranks(split(_row_means(np.stack(drawn)))[2])
        tail = (1 - level) / 2
        low, high = np.quantile(places, [tail, 1 - tail], axis=0, method="nearest").astype(float)
        in_top, same = (places <= top).mean(axis=0), (places == rank).mean(axis=0)
    table = pd.DataFrame(
        {
            "dimension": list(dimensions),
            "importance": weight,
            "score": mean,
            "target": goal,
            "gap": goal - mean,
            "priority": value,
            "rank": np.where(known, rank, np.nan),
            "rank_low": low,
            "rank_high": high,
            "in_top": in_top,
            "same_rank": same,
        }
    )
    table.loc[~known, ["rank_low", "rank_high", "in_top", "same_rank"]] = np.nan
    return table.iloc[np.argsort(rank)].reset_index(drop=True)
