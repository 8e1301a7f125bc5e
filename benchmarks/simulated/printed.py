"""What a report prints of made-up people: means with their spread, and the shapes they come in."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from hrkit import measure
from hrkit.disclosure.derived.frame import (
    CONVENTIONAL,
    Estimate,
    estimate,
)
from hrkit.disclosure.released import Score, Why, tidy
from simulated.people import Population, draw, people
from simulated.run import Floats, pct

#: Spread that scores commonly have: what is usual at a client counts as no less.
COMMON = 4 * CONVENTIONAL["dimension"]
SHAPES: Mapping[str, Population] = {
    "bell-shaped, SD 0.8": people(3.2, 0.8),
    "bell-shaped, SD 0.5": people(3.2, 0.5),
    "skewed, SD 0.8": people(3.4, 0.8, "skewed"),
    "at the ceiling, mean 4.4": people(4.4, 0.5),
    "two camps, SD 1.0": people(3.0, 1.0, "camps"),
}


def covers(interval: Floats, truth: npt.ArrayLike) -> float:
    """Share of intervals (2, times) that contain the truth, in per cent."""
    return pct(
        (interval[0] <= np.asarray(truth) + 1e-9) & (interval[1] >= np.asarray(truth) - 1e-9)
    )


def as_released(n: int, mean: float, var: float, usual: float) -> Estimate:
    """The estimate behind a group's printed mean: as `disclosure.means` and `derived` make it."""
    variance = float(measure.moderated_variance(n, var, usual)) if n >= 10 else usual
    found = estimate(
        Score("x", "org", "leader", Why.SHOWN, n, tidy(mean), spread=max(0.1, tidy(variance**0.5)))
    )
    assert found is not None
    return found


def drawn(
    population: Population, n: int, times: int, rng: np.random.Generator, usual: float
) -> list[Estimate]:
    """So many released means of n people."""
    found = draw(population, (n, times), rng)
    pairs = zip(found.mean(axis=0).tolist(), found.var(axis=0, ddof=1).tolist(), strict=True)
    return [as_released(n, mean, var, usual) for mean, var in pairs]
