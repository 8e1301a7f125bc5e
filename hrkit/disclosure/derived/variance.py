"""Whether units differ at all: an analysis of variance of released means, ICC, shrunken means."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hrkit.disclosure.derived.frame import PAGE, ROUNDING, STEP, Estimate, each
from hrkit.disclosure.released import Between, tidy

__all__ = ["variance_between"]


def variance_between(
    measure: str, group: str, units: Mapping[str, Estimate], comparisons: int
) -> Between:
    """ICC(1), ICC(2), their test and shrunken means from means, sizes and the usual spread.

    Parameters
    ----------
    measure, group
        Of which dimension, in which group.
    units
        Two or more, with what is released of each.
    comparisons
        How many dimensions are tested beside this one, which share the page's error.

    Returns
    -------
    Between
        Coefficients to two decimals and from ten units, shrunken means from eight; else None.

    Notes
    -----
    ICC(1) = (MSB − MSW) / (MSB + (k₀ − 1) MSW), ICC(2) = (MSB − MSW) / MSB (Bliese 2000), with
    k₀ for unequal sizes (Donner 1986); the spread within is the one that intervals rest on, with
    its answers less one a unit as degrees of freedom.  In the test it counts with half a printed step
    more: one that is printed a little too small makes units differ on one page of nine.  Shrunken means: λ = τ² / (τ² + σ² / n),
    τ² = (MSB − MSW) / k₀ (James & Stein 1961; Efron & Morris 1975).
    """
    from scipy import special

    n = [one.n for one in units.values()]
    size, count = sum(n), len(n)
    within = sum(one.n * (one.se**2 * one.n) for one in units.values()) / size
    centre = sum(one.n * one.mean for one in units.values()) / size
    between = sum(one.n * (one.mean - centre) ** 2 for one in units.values()) / (count - 1)
    k0 = (size - sum(x * x for x in n) / size) / (count - 1)
    p = float(special.fdtrc(count - 1, max(1, size - count), between / _at_most(units)))
    over = max(0.0, between - within)
    tau = over / k0
    shrunken = tuple(
        (id, tidy(tau / (tau + within / one.n) * (one.mean - centre) + centre))
        for id, one in units.items()
    )
    return Between(
        measure,
        group,
        count,
        p < each(PAGE, comparisons),
        tidy(over / (between + (k0 - 1) * within), 2) if count >= 10 else None,
        tidy(over / between, 2) if count >= 10 and between > 0 else None,
        shrunken if count >= 8 else (),
    )


def _at_most(units: Mapping[str, Estimate]) -> float:
    """The mean square within units if each spread were as large as one that is printed like it."""
    spreads = {
        id: math.sqrt(max(0.0, (one.se**2 - ROUNDING) * one.n)) + STEP for id, one in units.items()
    }
    size = sum(one.n for one in units.values())
    return sum(one.n * (spreads[id] ** 2 + one.n * ROUNDING) for id, one in units.items()) / size
