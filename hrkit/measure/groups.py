"""Scores of groups, and how sure of them one can be.

A group's score is the mean of its respondents' scores.  The interval around it
is a *moderated* t interval: the group's own variance is drawn towards the
variance usual within groups, as if four further answers had shown that usual
spread.  In groups of five the own variance is close to noise (and the bootstrap,
which knows nothing else, covers 84 % instead of 95 %).  Below ten respondents
the own variance is not used at all: a mean with its standard deviation gives
every single answer away.  The price is a small error where a group really is
more divided than most.

The total over perspectives is the mean of the perspectives' means, not of all
people in one pool: otherwise a change in *who* answers looks like a change in
what they think.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, codes_of, floats, moments, ratio, t_quantile

__all__ = [
    "PRIOR_ANSWERS",
    "TotalScore",
    "group_scores",
    "mean_interval",
    "moderated_variance",
    "total_score",
]

#: Weight of the pooled variance, in answers (methods page, "interval of a mean").
PRIOR_ANSWERS = 4.0


def group_scores(scores: pd.DataFrame, groups: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Mean and variance of respondents' scores per dimension and group.

    Parameters
    ----------
    scores
        Columns respondent, dimension, score (NaN: no score), one row for each pair.
    groups
        Series: the group of each respondent, indexed by respondent.  DataFrame with
        columns respondent and group: a respondent may be in several groups (a unit
        and all units above it).  A missing group is left out.

    Returns
    -------
    DataFrame
        dimension, group, n, mean, var (divisor n - 1; NaN below two), pooled_var (the
        within-group variance of the dimension, pooled over the groups given) and
        pooled_groups (number of groups it rests on: with one, it *is* that group's
        own variance and protects nobody).

    Notes
    -----
    Pooled variance: sum of squared deviations from the group means over the sum of
    n - 1, the mean square within; Searle, Casella & McCulloch 1992, Variance Components,
    chapter 3.
    """
    dims, names = codes_of(scores["dimension"])
    people, respondents = codes_of(scores["respondent"])
    matrix = np.full((len(respondents), len(names)), np.nan)
    keep = (dims >= 0) & (people >= 0)
    matrix[people[keep], dims[keep]] = floats(scores["score"])[keep]
    if isinstance(groups, pd.DataFrame):
        member, label = pd.Index(groups["respondent"]), groups["group"]
    else:
        member, label = groups.index, groups
    codes, labels = codes_of(label)
    rows = respondents.get_indexer(member)
    known = rows >= 0
    found = moments(matrix[rows[known]], codes[known], len(labels))
    return pd.DataFrame(
        {
            "dimension": np.repeat(np.asarray(names, dtype=object), len(labels)),
            "group": np.tile(np.asarray(labels, dtype=object), len(names)),
            "n": found.n.T.ravel(),
            "mean": found.mean.T.ravel(),
            "var": found.var.T.ravel(),
            "pooled_var": np.repeat(found.pooled_var, len(labels)),
            "pooled_groups": np.repeat(found.pooled_groups, len(labels)),
        }
    )


def moderated_variance(n: int, var: float, pooled_var: float) -> float:
    """A group's variance, drawn towards the usual one as if four more answers had shown that.

    See `mean_interval`, which does the same for many groups.
    """
    return (PRIOR_ANSWERS * pooled_var + (n - 1) * var) / (n + PRIOR_ANSWERS - 1)


def mean_interval(
    n: npt.ArrayLike,
    mean: npt.ArrayLike,
    var: npt.ArrayLike,
    pooled_var: npt.ArrayLike,
    invited: npt.ArrayLike | None = None,
    scale: tuple[float, float] = (1.0, 5.0),
    level: float = 0.95,
    *,
    own_variance_from: int = 10,
) -> pd.DataFrame:
    """Moderated t interval of group means; all inputs broadcast to one length.

    Parameters
    ----------
    n, mean, var
        Size, mean and variance (divisor n - 1) of each group.
    pooled_var
        Variance usual within groups, from `group_scores`.
    invited
        Number of people invited, N; NaN or None where unknown.  Fewer invited than
        answered is an error of the list and counts as unknown.
    scale
        The interval is cut to these ends.
    level
        Confidence level, 0 to 1.
    own_variance_from
        Below this n the pooled variance stands alone; 0 always uses both.

    Returns
    -------
    DataFrame
        low, high, half_width (before the cut), se, df, variance (the one used) and
        reason: "", "no answers", "no variance" or "everyone answered".

    Notes
    -----
    ``s2 = (4 pooled + (n - 1) var) / (n + 3)``, half-width ``t(n + 3) s / sqrt(n)``: the
    posterior variance of Smyth 2004 (Stat. Appl. Genet. Mol. Biol. 3:3, moderated t)
    with its prior degrees of freedom set to four (our judgement).  Times
    ``sqrt((N - n) / (N - 1))``, the finite population correction (Cochran 1977,
    Sampling Techniques, chapter 2): with n = N the half-width is 0.
    """
    size, centre, own, pool, people = np.broadcast_arrays(
        *(np.atleast_1d(floats(x)) for x in (n, mean, var, pooled_var)),
        np.atleast_1d(floats(np.nan if invited is None else invited)),
    )
    size = np.where(np.isfinite(size), size, 0.0)
    # One answer has no variance of its own and needs none: it weighs n - 1 = 0.
    own = np.where(size > 1, own, 0.0)
    both = ratio(PRIOR_ANSWERS * pool + (size - 1) * own, size + PRIOR_ANSWERS - 1)
    variance = np.where(size < own_variance_from, pool, both)
    df = np.where(size > 0, size + PRIOR_ANSWERS - 1, np.nan)
    # Without a pooled variance a large group still speaks for itself.
    alone = ~np.isfinite(pool) & (size >= max(own_variance_from, 2))
    variance, df = np.where(alone, own, variance), np.where(alone, size - 1, df)

    known = np.isfinite(people) & (people >= size) & (size > 0)
    everyone = known & (people == size)
    left = ratio(
        np.where(known, people - size, 1.0), np.where(known & (people > 1), people - 1, 1.0)
    )
    se = np.sqrt(ratio(variance, size) * left)
    se = np.where(everyone, 0.0, se)
    half = t_quantile(0.5 + level / 2, df) * se
    low, high = np.clip(centre - half, *scale), np.clip(centre + half, *scale)
    reason = np.select(
        [(size == 0) | ~np.isfinite(centre), everyone, ~np.isfinite(se)],
        ["no answers", "everyone answered", "no variance"],
        default="",
    )
    return pd.DataFrame(
        {"low": low, "high": high, "half_width": half, "se": se, "df": df, "variance": variance}
    ).assign(reason=reason)


@dataclass(frozen=True, slots=True)
class TotalScore:
    """Mean of perspective means.

    Attributes
    ----------
    mean, low, high
        The total and its interval, on the scale; NaN without any perspective.
    se, df
        Standard error and Satterthwaite's degrees of freedom; df infinite where se is 0.
    perspectives
        Number of perspectives it rests on.
    reason
        Why something is NaN: "", "no perspective" or "no variance".
    """

    mean: float
    low: float
    high: float
    se: float
    df: float
    perspectives: int
    reason: str


def welch_df(variances: Floats, df: Floats) -> float:
    """Satterthwaite's degrees of freedom of a sum of independent variances; inf for a zero sum."""
    total = float(variances.sum())
    # Shares first: the squares of very small variances would underflow.
    shares = variances / total if total > 0 else np.zeros_like(variances)
    bottom = float(ratio(shares**2, df)[shares > 0].sum())
    return 1.0 / bottom if bottom > 0 else float("inf")


def total_score(
    means: npt.ArrayLike,
    se: npt.ArrayLike,
    df: npt.ArrayLike,
    scale: tuple[float, float] = (1.0, 5.0),
    level: float = 0.95,
) -> TotalScore:
    """Mean of the released perspective means, each weighing the same.

    Parameters
    ----------
    means
        Shape (P,), the released perspective means; NaN is left out.
    se, df
        Shape (P,), standard errors and degrees of freedom from `mean_interval`.
    scale
        The interval is cut to these ends.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    TotalScore
        With a single perspective, that perspective's own interval.

    Notes
    -----
    The standard error is propagated over independent perspectives, ``sqrt(sum se^2) / P``,
    with Satterthwaite's degrees of freedom (1946, Biometrics Bulletin 2, 110-114).  The
    moderated variances enter with their own df, so the total is as cautious about small
    groups as its parts.
    """
    centre, error, freedom = np.broadcast_arrays(
        *(np.atleast_1d(floats(x)) for x in (means, se, df))
    )
    keep = np.isfinite(centre)
    count = int(keep.sum())
    if not count:
        nan = float("nan")
        return TotalScore(nan, nan, nan, nan, nan, 0, "no perspective")
    mean = float(centre[keep].mean())
    variances = (error[keep] / count) ** 2
    if not np.isfinite(variances).all():
        nan = float("nan")
        return TotalScore(mean, nan, nan, nan, nan, count, "no variance")
    total_se = float(np.sqrt(variances.sum()))
    total_df = welch_df(variances, freedom[keep])
    half = float(t_quantile(0.5 + level / 2, total_df)) * total_se if total_se > 0 else 0.0
    low, high = (float(np.clip(mean + side * half, *scale)) for side in (-1, 1))
    return TotalScore(mean, low, high, total_se, total_df, count, "")
