"""What changed between two waves, and what change could have been seen at all.

Anonymous waves cannot be linked person by person: the two waves are two samples and
Welch's interval applies.  Where people are linked by consent, the differences within
people count (`linked_change`).  The *minimum detectable change* says how large a change
would have to be to leave the noise: it is given before anyone reads meaning into a tenth
of a point.

Differences are taken between unrounded means and rounded last.  Items whose wording changed
are never trended: such rows keep their means and lose their difference.  Totals are compared
over the perspectives released in *both* waves, else a perspective that joins looks like a
change of mind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, floats
from hrkit.measure.differences import difference_interval, half_width, welch
from hrkit.measure.groups import TotalScore, total_score
from hrkit.measure.pairs import PairedGap, paired_gap

__all__ = [
    "TotalChange",
    "change",
    "linked_change",
    "minimum_detectable_change",
    "total_change",
]

_NAN = float("nan")


def minimum_detectable_change(
    se1: npt.ArrayLike,
    se2: npt.ArrayLike,
    df1: npt.ArrayLike,
    df2: npt.ArrayLike,
    level: float = 0.95,
) -> Floats:
    """Smallest change that would leave the noise of the two waves.

    Parameters
    ----------
    se1, se2, df1, df2
        Standard errors and degrees of freedom of the two means; they broadcast.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    ndarray
        ``t sqrt(se1^2 + se2^2)`` in points, at least one-dimensional; NaN where a standard
        error is missing, 0 where both are 0.

    Notes
    -----
    The t quantile has Satterthwaite's (1946) degrees of freedom.  The form with repeated
    measurements of one person is the "smallest detectable change" of de Vet et al. 2006,
    Health and Quality of Life Outcomes 4:54; here the errors are those of group means.
    """
    a, b, f1, f2 = np.broadcast_arrays(*(np.atleast_1d(floats(x)) for x in (se1, se2, df1, df2)))
    return half_width(a, b, f1, f2, level)[0]


def change(
    first: pd.DataFrame,
    second: pd.DataFrame,
    on: list[str] | None = None,
    level: float = 0.95,
    *,
    comparable: pd.Series | None = None,
    decimals: int = 1,
    errors: Literal["own", "given"] = "own",
) -> pd.DataFrame:
    """Change of every mean between two waves whose people are not linked.

    Parameters
    ----------
    first, second
        One row per mean: the columns `on`, and n, mean, var (divisor n - 1), as
        `group_scores` returns them; with "given" se and df (see `mean_interval`), not var.
    on
        Columns that identify a mean; by default dimension and group.
    level
        Confidence level, 0 to 1.
    comparable
        True or False per value of the first column of `on`: False where the wording
        changed.  What it does not name is comparable.
    decimals
        Places of the column `shown`.
    errors
        "own": Welch's interval from each group's own variance.  "given": the standard
        errors of the tables, which below ten respondents do not give the answers away.

    Returns
    -------
    DataFrame
        The columns `on` (means present in both waves, in the order of `second`), n_first,
        mean_first, n_second, mean_second, difference (second minus first), low, high, se,
        df, p, detectable (minimum detectable change), shown (the unrounded difference,
        rounded) and reason: "", "wording changed" or a reason of `welch` or
        `difference_interval`; p is NaN with "given".

    Raises
    ------
    ValueError
        If `errors` is unknown.

    Notes
    -----
    Welch's interval, see `welch`; the minimum detectable change with each wave's own
    standard error is its half-width.
    """
    if errors not in ("own", "given"):
        raise ValueError(f"errors is 'own' or 'given', not {errors!r}")
    keys = on or ["dimension", "group"]
    columns = [*keys, "n", "mean", *(["var"] if errors == "own" else ["se", "df"])]
    both = second[columns].merge(first[columns], on=keys, how="inner", suffixes=("_2", "_1"))
    mean1, mean2 = floats(both["mean_1"]), floats(both["mean_2"])
    if errors == "own":
        n1, n2, var1, var2 = (floats(both[c]) for c in ("n_1", "n_2", "var_1", "var_2"))
        table = welch(n2, mean2, var2, n1, mean1, var1, level)
        table["detectable"] = (table["high"] - table["low"]) / 2
    else:
        se1, se2, df1, df2 = (floats(both[c]) for c in ("se_1", "se_2", "df_1", "df_2"))
        table = difference_interval(mean2, se2, df2, mean1, se1, df1, level).assign(p=np.nan)
    out = both[keys].assign(
        n_first=both["n_1"],
        mean_first=both["mean_1"],
        n_second=both["n_2"],
        mean_second=both["mean_2"],
        difference=table["difference"],
        low=table["low"],
        high=table["high"],
        se=table["se"],
        df=table["df"],
        p=table["p"],
        detectable=table["detectable"],
        shown=table["difference"].round(decimals) + 0.0,  # no "-0.0"
        reason=table["reason"],
    )
    if comparable is not None:
        same = both[keys[0]].map(lambda key: bool(comparable.get(key, True))).astype(bool)
        numbers = ["difference", "low", "high", "se", "df", "p", "detectable", "shown"]
        out.loc[~same, numbers] = np.nan
        out.loc[~same, "reason"] = "wording changed"
    return out


def linked_change(
    first: npt.ArrayLike, second: npt.ArrayLike, level: float = 0.95, *, seed: int = 0
) -> PairedGap:
    """Change within people who are linked between the waves, second minus first.

    Parameters
    ----------
    first, second
        Shape (P,), the two scores of each person; a person with a NaN is left out.
    level, seed
        As for `paired_gap`.

    Returns
    -------
    PairedGap
        Its `difference` is second minus first.

    Raises
    ------
    ValueError
        If the lengths differ.

    Notes
    -----
    Paired t interval and sign-flip test, see `paired_gap`.
    """
    return paired_gap(second, first, level=level, seed=seed)


@dataclass(frozen=True, slots=True)
class TotalChange:
    """Change of the total between two waves.

    Attributes
    ----------
    first, second
        The two totals over the perspectives released in both waves.
    difference, low, high
        Second minus first, unrounded, and its interval.
    detectable
        Minimum detectable change.
    perspectives
        The perspectives compared.
    reason
        "", "no common perspective" or "no variance".
    """

    first: TotalScore
    second: TotalScore
    difference: float
    low: float
    high: float
    detectable: float
    perspectives: tuple[str, ...]
    reason: str


def total_change(
    first: pd.DataFrame,
    second: pd.DataFrame,
    scale: tuple[float, float] = (1.0, 5.0),
    level: float = 0.95,
) -> TotalChange:
    """Compare the totals of two waves over the perspectives released in both.

    Parameters
    ----------
    first, second
        One row per released perspective: perspective, mean, se, df (see `mean_interval`).
    scale
        Ends of the scale, for the intervals of the two totals.
    level
        Confidence level, 0 to 1.

    Returns
    -------
    TotalChange
        NaN with a reason where no perspective is in both.

    Notes
    -----
    Errors propagated as in `total_score`; see `minimum_detectable_change`.
    """
    columns = ["perspective", "mean", "se", "df"]
    a = first.loc[first["mean"].notna(), columns].set_index("perspective")
    b = second.loc[second["mean"].notna(), columns].set_index("perspective")
    common = [name for name in b.index if name in a.index]
    a, b = a.loc[common], b.loc[common]
    old = total_score(floats(a["mean"]), floats(a["se"]), floats(a["df"]), scale, level)
    new = total_score(floats(b["mean"]), floats(b["se"]), floats(b["df"]), scale, level)
    names = tuple(str(name) for name in common)
    difference = new.mean - old.mean
    if not common or old.reason or new.reason:
        reason = "no variance" if common else "no common perspective"
        return TotalChange(old, new, difference, _NAN, _NAN, _NAN, names, reason)
    se1, se2, df1, df2 = (np.array([x]) for x in (old.se, new.se, old.df, new.df))
    half = float(half_width(se1, se2, df1, df2, level)[0][0])
    return TotalChange(old, new, difference, difference - half, difference + half, half, names, "")
