"""The paired gap: a leader and the HR partner who serves that leader.

The two people of a pair have the same unit and the same history, so only the difference
within the pair counts.  One HR partner often serves several leaders; those pairs share a
person and are not independent.  The interval then treats the *partner* as the unit that
was drawn, and the test flips the signs of all of a partner's pairs together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hrkit.measure._arrays import floats, t_quantile
from hrkit.measure.permutation import cluster_codes, sign_flip_test

__all__ = ["PairedGap", "paired_gap"]

_NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedGap:
    """Paired gap; positive where leaders score higher.

    Attributes
    ----------
    pairs, partners
        Number of complete pairs and of HR partners in them.
    difference, low, high
        Mean difference and its t interval, in points.
    t, df
        Statistic and degrees of freedom of that interval (partners - 1).
    d_z
        Mean difference over the standard deviation of the differences.
    p, mid_p
        Sign-flip test.
    reason
        "", "no pair", "one pair", "one partner" or "no variance".
    """

    pairs: int
    partners: int
    difference: float = _NAN
    low: float = _NAN
    high: float = _NAN
    t: float = _NAN
    df: float = _NAN
    d_z: float = _NAN
    p: float = _NAN
    mid_p: float = _NAN
    reason: str = ""


def paired_gap(
    leaders: npt.ArrayLike,
    hr: npt.ArrayLike,
    partners: npt.ArrayLike | None = None,
    level: float = 0.95,
    *,
    seed: int = 0,
) -> PairedGap:
    """Measure the gap within pairs on one dimension.

    Parameters
    ----------
    leaders, hr
        Shape (P,), the two scores of each pair; a pair with a NaN is left out.
    partners
        Shape (P,), which HR partner each pair has.  None or missing: a partner of its own.
    level
        Confidence level, 0 to 1.
    seed
        Seed of the sign-flip test where it has to sample.

    Returns
    -------
    PairedGap
        NaN with a reason where undefined.

    Raises
    ------
    ValueError
        If the lengths differ.

    Notes
    -----
    Paired t interval; where a partner has several pairs, the standard error sums each
    partner's deviations first and has partners - 1 degrees of freedom (Liang & Zeger 1986,
    Biometrika 73, 13-22, with the factor C / (C - 1)); with one pair each this *is* the paired
    t interval.  d_z: Cohen 1988, Statistical Power Analysis, p. 48.  Test:
    `sign_flip_test`.
    """
    a, b = floats(leaders).ravel(), floats(hr).ravel()
    if len(a) != len(b):
        raise ValueError(f"{len(a)} leaders but {len(b)} HR scores")
    who = np.arange(len(a)) if partners is None else cluster_codes(partners)
    if len(who) != len(a):
        raise ValueError(f"{len(a)} pairs but {len(who)} partners")
    difference = a - b
    keep = np.isfinite(difference)
    difference = difference[keep]
    _, codes = np.unique(who[keep], return_inverse=True)
    pairs, count = len(difference), int(codes.max(initial=-1)) + 1
    if not pairs:
        return PairedGap(pairs=0, partners=0, reason="no pair")
    test = sign_flip_test(difference, codes, seed=seed)
    mean = float(difference.mean())
    found = PairedGap(pairs=pairs, partners=count, difference=mean, p=test.p, mid_p=test.mid_p)
    if pairs == 1:
        return replace(found, reason="one pair")
    sd = float(difference.std(ddof=1))
    if sd <= 1e-12 * max(1.0, abs(mean)):
        return replace(found, reason="no variance")
    found = replace(found, d_z=mean / sd)
    if count == 1:
        return replace(found, reason="one partner")
    sums = np.bincount(codes, weights=difference - mean)
    se = float(np.sqrt(count / (count - 1) * (sums**2).sum())) / pairs
    if se <= 1e-12:
        return replace(found, reason="no variance")
    half = float(t_quantile(0.5 + level / 2, count - 1)) * se
    return replace(found, low=mean - half, high=mean + half, t=mean / se, df=count - 1.0)
