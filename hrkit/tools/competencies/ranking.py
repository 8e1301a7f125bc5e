"""From counts below and above to an order, how firm it is, and how two orders go together.

*Ranked discrepancies* (Narine and Harder 2021, *Advancements in Agricultural Development* 2(2), 96-111): of each
competency the share of people who rate strength today above importance, less the share who rate it below.  The lowest
is needed most.  An order of 29 that rests on some twenty people is mostly chance at its top, so before anything is
said of places

1. competencies must differ at all: Cochran's Q over them lies beyond what equal ones give (5 % of pages);
2. each is drawn towards the mean of all by as much as its own uncertainty says (empirical Bayes: Efron and Morris
   1975, *Journal of the American Statistical Association* 70, 311-319); a competency's probability of being among the
   first ten is the share of such draws in which it is.

People who see everything darkly see it so for all competencies; that takes from the differences between
competencies, and counting competencies as independent errs to the safe side.  All of it is made of released numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np
import numpy.typing as npt

__all__ = ["FIRST", "Balance", "Order", "agreement", "by_means", "likely", "tau_b"]

Floats = npt.NDArray[np.float64]

#: So many are "the first"; so many draws; chance that equal competencies are said to differ, which with ten
#: people is nearer to 5 %.
FIRST, DRAWS, PAGE = 10, 2000, 0.03
#: Orders are alike in the main from so much agreement (our judgement).
ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Balance:
    """How strength lies to importance in one group: shares (0-1) of people.

    Attributes
    ----------
    below, above
        Rated strength below importance, and above it.
    n
        People.
    exact
        Whether both are printed; else one of them stands for fewer than three people, or both are
        made of the means.
    """

    below: float
    above: float
    n: int
    exact: bool = True

    @property
    def rds(self) -> float:
        """The ranked discrepancy score, in per cent from −100 to 100."""
        return 100 * (self.above - self.below)

    @property
    def variance(self) -> float:
        """Of `rds` / 100, from shares drawn in a little, so that none is certain."""
        below, above = (
            (share * self.n + 0.5) / (self.n + 1.5) for share in (self.below, self.above)
        )
        return max(below + above - (above - below) ** 2, 1 / self.n) / self.n


@dataclass(frozen=True, slots=True)
class Order:
    """How two orders go together: Kendall's τ_b with its interval, and what is said of it."""

    tau: float
    low: float
    high: float
    said: str


def by_means(first: float, second: float, spreads: tuple[float, float], n: int) -> Balance:
    """What two means let expect where the counts are withheld; ratings are taken as normal and unrelated.

    Unrelated ratings spread wider, so this lies nearer to zero than the counts it stands for.
    """
    wide = max(sqrt(spreads[0] ** 2 + spreads[1] ** 2), 0.5)
    gap = second - first
    below, above = _normal((-0.5 - gap) / wide), 1 - _normal((0.5 - gap) / wide)
    return Balance(below, above, n, exact=False)


def _normal(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


def likely(found: Sequence[Balance], seed: int = 0) -> tuple[float, ...] | None:
    """The probability of each of being among the first ten; None where they cannot be told apart."""
    if len(found) <= FIRST:
        return None
    rng = np.random.default_rng(seed)
    value = np.array([one.rds / 100 for one in found])
    variance = np.array([one.variance for one in found])
    q = float(_q(value, variance))
    if q <= np.quantile(_q_of_equals(found, rng), 1 - PAGE):
        return None
    mean, shrunk, spread = _shrunk(value, variance, q)
    drawn = mean + shrunk + spread * rng.standard_normal((DRAWS, len(found)))
    last = np.sort(drawn, axis=1)[:, FIRST - 1 : FIRST]
    return tuple(float(one) for one in (drawn <= last).mean(axis=0))


def _q(value: Floats, variance: Floats) -> Floats:
    """Cochran's Q along the last axis, over values whose variances are known."""
    weight = 1 / variance
    mean = (weight * value).sum(axis=-1, keepdims=True) / weight.sum(axis=-1, keepdims=True)
    return np.asarray((weight * (value - mean) ** 2).sum(axis=-1))


def _q_of_equals(found: Sequence[Balance], rng: np.random.Generator) -> Floats:
    """Q where every competency has the shares of all of them together."""
    n = np.array([one.n for one in found])
    below = sum(one.below * one.n for one in found) / n.sum()
    above = sum(one.above * one.n for one in found) / n.sum()
    shares = [below, max(0.0, 1 - below - above), above]
    counted = np.stack([rng.multinomial(many, shares, size=DRAWS // 4) for many in n], axis=1)
    low, high = ((counted[..., place] + 0.5) / (n + 1.5) for place in (0, 2))
    value = (counted[..., 2] - counted[..., 0]) / n
    variance = np.maximum(low + high - (high - low) ** 2, 1 / n) / n
    return np.asarray(_q(value, variance))


def _shrunk(value: Floats, variance: Floats, q: float) -> tuple[float, Floats, Floats]:
    """The mean of all, and of each how far it is believed to lie from it, and its standard error.

    Between them DerSimonian and Laird's variance (1986, *Controlled Clinical Trials* 7, 177-188).
    """
    weight = 1 / variance
    between = (q - (len(value) - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    between = max(0.0, float(between))
    mean = float((value / (between + variance)).sum() / (1 / (between + variance)).sum())
    held = between / (between + variance)
    return mean, held * (value - mean), np.sqrt(held * variance)


def tau_b(first: Sequence[float], second: Sequence[float]) -> float:
    """Kendall's τ_b of two orders of the same things (Kendall 1945, *Biometrika* 33, 239-251); NaN where one is all ties.

    >>> round(tau_b(range(1, 9), (2, 1, 3, 5, 4, 8, 6, 7)), 3)
    0.714
    """
    return float(_taus(np.asarray(first, dtype=float), np.asarray(second, dtype=float)))


def _taus(first: Floats, second: Floats) -> Floats:
    """τ_b along the last axis: over all pairs of things."""
    one, other = np.triu_indices(first.shape[-1], 1)
    a, b = (np.sign(x[..., one] - x[..., other]) for x in (first, second))
    bottom = np.sqrt((a**2).sum(axis=-1) * (b**2).sum(axis=-1))
    top = (a * b).sum(axis=-1)
    return np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom > 0)


def agreement(first: Sequence[Balance], second: Sequence[Balance], seed: int = 0) -> Order | None:
    """How two groups' orders go together; None where one of them cannot be ordered.

    ``alike`` where the whole interval lies above 0.3: drawing anew adds noise, which only takes from
    agreement.  ``differ`` where it lies below 0.3 and even two groups that had one order would seldom (in
    2.5 % of pages) be drawn so far apart.  Else ``untold``.
    """
    rng = np.random.default_rng(seed)
    values = [[one.rds for one in group] for group in (first, second)]
    tau = tau_b(*values)
    if np.isnan(tau):
        return None
    errors = [np.array([100 * sqrt(one.variance) for one in group]) for group in (first, second)]
    times = DRAWS // 4
    anew = [
        np.array(value) + error * rng.standard_normal((times, len(error)))
        for value, error in zip(values, errors, strict=True)
    ]
    drawn = _taus(anew[0], anew[1])
    low, high = (float(np.quantile(drawn, one)) for one in (0.025, 0.975))
    if low > ALIKE:
        return Order(tau, low, high, "alike")
    if high < ALIKE:
        weight = 1 / errors[0] ** 2, 1 / errors[1] ** 2
        # What one order would be: both groups' mean beside their own levels.
        centred = [np.array(value) - np.mean(value) for value in values]
        common = (weight[0] * centred[0] + weight[1] * centred[1]) / (weight[0] + weight[1])
        one, other = (common + error * rng.standard_normal((times, len(error))) for error in errors)
        if tau < float(np.quantile(_taus(one, other), 0.025)):
            return Order(tau, low, high, "differ")
    return Order(tau, low, high, "untold")
