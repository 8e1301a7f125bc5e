"""What gives the answers of a few people away, counted exactly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt
from scipy import special

from hrkit import measure
from simulated.people import chances, people, pmf
from simulated.run import Cell, Floats, Run, Table, pct


def _multisets(options: int, n: int = 5) -> Floats:
    """All ways in which `n` people can answer, as steps above the lowest option."""
    return np.array(list(combinations_with_replacement(range(options), n)), dtype=np.float64)


def _weights(sets: Floats, chance: Floats) -> Floats:
    """Chance of each multiset of answers."""
    counts = np.stack([(sets == option).sum(axis=1) for option in range(len(chance))], axis=1)
    ways = special.factorial(sets.shape[1]) / special.factorial(counts).prod(axis=1)
    return np.asarray(ways * (chance**counts).prod(axis=1))


def _seen(keys: Sequence[Floats]) -> npt.NDArray[np.intp]:
    """Number the cases that look alike in what is published."""
    shown = np.stack([np.round(k * 100).astype(np.int64) for k in keys], axis=1)
    return np.unique(shown, axis=0, return_inverse=True)[1].ravel()


def _determined(keys: Sequence[Floats], owner: npt.NDArray[np.intp], weight: Floats) -> float:
    """Share of cases in which what is published leaves one possible owner."""
    at = _seen(keys)
    pairs = np.unique(np.stack([at, owner], axis=1), axis=0)
    possible = np.bincount(pairs[:, 0])
    return pct(weight[possible[at] == 1].sum() / weight.sum())


def _confined(keys: Sequence[Floats], value: Floats, weight: Floats) -> float:
    """Share of cases in which what is published leaves less than a point for `value`."""
    at = _seen(keys)
    low, high = (np.full(at.max() + 1, end) for end in (9.0, 0.0))
    np.minimum.at(low, at, value)
    np.maximum.at(high, at, value)
    return pct(weight[(high - low)[at] < 1 - 1e-9].sum() / weight.sum())


def _rounded(values: npt.ArrayLike, decimals: int) -> Floats:
    scaled = np.asarray(values, dtype=float) * 10**decimals
    return np.asarray(np.floor(scaled + 0.5 + 1e-9) / 10**decimals)


def _published(values: Floats, pooled: float) -> dict[str, list[Floats]]:
    """What could be published about every possible group: a row of answers each."""
    groups, n = values.shape
    found = measure.moments(values.ravel(), np.repeat(np.arange(groups), n), groups)
    mean, var = found.mean[:, 0], found.var[:, 0]
    plain = measure.mean_interval(n, mean, var, np.nan, own_variance_from=0)
    kit = measure.mean_interval(n, mean, var, pooled)
    one = _rounded(mean, 1)
    return {
        "mean (1 decimal)": [one],
        "mean and SD (1 decimal)": [one, _rounded(np.sqrt(var), 1)],
        "mean and SD (2 decimals)": [_rounded(mean, 2), _rounded(np.sqrt(var), 2)],
        "mean, interval from own SD": [one, *(_rounded(plain[c], 1) for c in ("low", "high"))],
        "mean, interval as published": [one, *(_rounded(kit[c], 1) for c in ("low", "high"))],
    }


def leaks(run: Run) -> Table:
    """Count exactly how often what is published about a few people gives all their answers."""
    usual = people(3.2, 0.8)
    items, fifths = _multisets(5), _multisets(21)
    middle, ceiling = (chances(p)[:, 2].mean(axis=0) for p in (usual, people(4.4, 0.5)))
    cases: dict[str, tuple[Floats, Floats]] = {
        "item, n = 5": (items + 1.0, _weights(items, middle)),
        "item at the ceiling, n = 5": (items + 1.0, _weights(items, ceiling)),
        "item, n = 10": (_multisets(5, 10) + 1.0, _weights(_multisets(5, 10), middle)),
        "dimension score, n = 5": (1 + fifths / 5, _weights(fifths, pmf(usual))),
    }
    rows: dict[str, list[Cell]] = {}
    for values, weight in cases.values():
        for name, keys in _published(values, 0.64).items():
            rows.setdefault(name, []).append(_determined(keys, np.arange(len(values)), weight))
    values, weight = cases["dimension score, n = 5"]
    for name, keys in _published(values, 0.64).items():
        rows[name].append(_confined(keys, values[:, 0], weight))
    found = tuple((name, *cells) for name, cells in rows.items())
    return Table(
        "leaks",
        ("published", *(f"{name}: all answers known (%)" for name in cases),
         "dimension score, n = 5: the lowest known within a point (%)"),
        found,
        f"The mean of one item with its SD gives all five answers (though not whose they are) in "
        f"{found[2][1]} % of cases, a textbook interval in {found[3][1]} %; the published interval "
        f"adds nothing to the mean ({found[4][1]} % with it, {found[0][1]} % without). Dimension scores "
        f"hide more (all five known in {found[2][4]} %), but mean and SD place the lowest of five within "
        f"a point in {found[2][5]} % of cases. At the ceiling the mean alone gives the answers in "
        f"{found[0][2]} % of cases: five unanimous ones are withheld, but a mean of 4.8 of five is "
        f"published, and says that one answered 4 and four answered 5.",
    )  # fmt: skip


def leaks_gap(run: Run) -> Table:
    """Count exactly how often the interval of a gap gives a side of five away."""
    items = _multisets(5)
    weight = _weights(items, chances(people(3.2, 0.8))[:, 2].mean(axis=0))
    found = measure.moments((items + 1.0).ravel(), np.repeat(np.arange(126), 5), 126)
    one, two = (i.ravel() for i in np.meshgrid(np.arange(126), np.arange(126), indexing="ij"))
    mean, var = found.mean[:, 0], found.var[:, 0]
    welch = measure.welch(5, mean[one], var[one], 5, mean[two], var[two])
    se = np.sqrt(0.64 / 5)
    pooled = measure.difference_interval(mean[one], se, 8, mean[two], se, 8)
    large = measure.welch(5, mean, var, 64, 3.4, 0.64)
    means = [_rounded(mean[one], 1), _rounded(mean[two], 1)]
    both = weight[one] * weight[two]
    rows: list[tuple[Cell, ...]] = []
    for decimals in (1, 2):
        # Constant sides have no interval; a number of their own stands for "none".
        ends = [_rounded(welch[c].fillna(-9), decimals) for c in ("low", "high")]
        half = [_rounded(pooled[c], decimals) for c in ("low", "high")]
        side = [_rounded(large[c], decimals) for c in ("low", "high")]
        rows.append((decimals, _determined([*means, *ends], one, both),
                     _determined([_rounded(mean, 1), *side], np.arange(126), weight),
                     _determined([*means, *half], one, both)))  # fmt: skip
    return Table(
        "leaks_gap",
        ("decimals", "Welch, 5 v 5 (%)", "Welch, 5 v 64 whose SD is known (%)",
         "pooled variance, as published (%)"),
        tuple(rows),
        f"Welch's interval, printed with the two means to one decimal, gives a side's five answers in "
        f"{rows[0][1]} % of cases (item answers), and in {rows[0][2]} % where the other side is large and "
        f"its SD printed; with the pooled variance it tells {rows[0][3]} %, as the means alone do.",
    )  # fmt: skip
