"""Intervals of a mean, held against the truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import special

from hrkit import measure
from hrkit.disclosure.derived.frame import (
    ends,
    outward,
)
from hrkit.disclosure.released import tidy
from simulated.people import Population, draw, people, true_mean, true_sd
from simulated.printed import COMMON, SHAPES, covers, drawn
from simulated.run import Cell, Floats, Run, Table, num, pct

_METHODS = ("plain t", "percentile bootstrap", "BCa bootstrap", "moderated t", "as published")


def bootstraps(values: Floats, rng: np.random.Generator, draws: int = 999) -> tuple[Floats, Floats]:
    """Percentile and BCa intervals of the means of rows (Efron 1987, JASA 82, 171-185)."""
    rows, n = values.shape
    mean = values.mean(axis=1, keepdims=True)
    picks = rng.integers(0, n, (draws, n))
    means = np.sort(values[:, picks].mean(axis=2), axis=1)
    z = special.ndtri(np.array([0.025, 0.975]))
    hair = 1e-9
    below = (means < mean - hair).mean(axis=1) + (np.abs(means - mean) <= hair).mean(axis=1) / 2
    z0 = special.ndtri(np.clip(below, 0.5 / draws, 1 - 0.5 / draws))[:, None]
    away = mean - values
    cubes, squares = (away**3).sum(axis=1), (away**2).sum(axis=1)
    speed = (-cubes / (6 * np.maximum(squares, hair) ** 1.5))[:, None]
    shares = special.ndtr(z0 + (z0 + z) / (1 - speed * (z0 + z)))

    def at(share: Floats) -> Floats:
        return np.take_along_axis(means, np.rint(share * (draws - 1)).astype(int), axis=1)

    return at(np.broadcast_to(special.ndtr(z), (rows, 2))), at(shares)


def _groups(
    own: Population, usual: Population, n: int, times: int, rng: np.random.Generator
) -> tuple[Floats, measure.Moments]:
    """One group of n and nine others of that size, many times: values, moments of all ten."""
    values = np.concatenate([draw(own, (n, times), rng), draw(usual, (9 * n, times), rng)])
    return values[:n], measure.moments(values, np.repeat(np.arange(10), n), 10)


def _t_intervals(found: measure.Moments, n: int) -> dict[str, Floats]:
    """Intervals (2, times) of the first group by each variant of `mean_interval`."""
    mean, var, pooled = found.mean[0], found.var[0], found.pooled_var
    variants = {
        "plain t": measure.mean_interval(n, mean, var, np.nan, own_variance_from=0),
        "moderated t": measure.mean_interval(n, mean, var, pooled, own_variance_from=0),
        "as published": measure.mean_interval(n, mean, var, np.maximum(pooled, COMMON**2)),
    }
    return {name: t[["low", "high"]].to_numpy().T for name, t in variants.items()}


def coverage(run: Run) -> Table:
    """Hold intervals of a mean against the truth, by method and size."""
    usual, times, rng = SHAPES["bell-shaped, SD 0.8"], run.times(6000), run.rng("coverage")
    rows: list[tuple[Cell, ...]] = []
    for n in (5, 8, 10, 20):
        values, found = _groups(usual, usual, n, times, rng)
        intervals = _t_intervals(found, n)
        few = values[:, : run.times(3000)].T
        both = [bootstraps(part, rng) for part in np.array_split(few, 10)]
        for i, name in enumerate(_METHODS[1:3]):
            intervals[name] = np.concatenate([pair[i] for pair in both]).T
        covered = [covers(intervals[name], true_mean(usual)) for name in _METHODS]
        widths = [num(intervals[name][1] - intervals[name][0]) for name in _METHODS]
        rows.append((n, *covered, *widths))
    at5 = rows[0]
    return Table(
        "coverage",
        ("n", *(f"{m} (%)" for m in _METHODS), *(f"width, {m}" for m in _METHODS)),
        tuple(rows),
        f"In groups of five the percentile bootstrap covers the truth in {at5[2]} % of cases and "
        f"BCa in {at5[3]} %, though both say 95 %; what hrkit publishes covers it in {at5[5]} % and "
        f"is {at5[10]} points wide on average, against {at5[6]} for plain t.",
    )


def coverage_shapes(run: Run) -> Table:
    """Hold the published interval against other shapes than the bell."""
    times, rng = run.times(3000), run.rng("coverage_shapes")
    rows: list[tuple[Cell, ...]] = []
    for name, population in SHAPES.items():
        cells: list[Cell] = [name]
        for n in (5, 8, 10, 20):
            _, found = _groups(population, population, n, times, rng)
            its = _t_intervals(found, n)
            cells += [covers(its[m], true_mean(population)) for m in ("plain t", "as published")]
        rows.append(tuple(cells))
    published = [float(row[i]) for row in rows for i in (2, 4, 6, 8)]
    return Table(
        "coverage_shapes",
        (
            "answers",
            *(f"{m}, n = {n} (%)" for n in (5, 8, 10, 20) for m in ("plain t", "published")),
        ),
        tuple(rows),
        f"Whatever the shape of the answers, the published interval covers the truth in "
        f"{min(published)} to {max(published)} % of cases, as long as groups are alike in spread.",
    )


def coverage_divided(run: Run) -> Table:
    """Take a group whose own spread is not the usual one."""
    times, rng, usual = run.times(4000), run.rng("coverage_divided"), people(3.0, 0.55)
    rows: list[tuple[Cell, ...]] = []
    for times_usual in (0.75, 1.0, 1.5, 2.0):
        own = people(3.0, 0.55 * times_usual)
        cells: list[Cell] = [f"{times_usual:g} x"]
        for n in (5, 8, 10, 20):
            its = _t_intervals(_groups(own, usual, n, times, rng)[1], n)
            cells.append(covers(its["as published"], true_mean(own)))
            if n < 10:
                cells.append(covers(its["moderated t"], true_mean(own)))
        rows.append(tuple(cells))
    return Table(
        "coverage_divided",
        (
            "own SD, in usual SDs",
            "n = 5, published: the usual one (%)",
            "n = 5, if its own SD counted (%)",
            "n = 8, published: the usual one (%)",
            "n = 8, if its own SD counted (%)",
            "n = 10, published: moderated (%)",
            "n = 20, published: moderated (%)",
        ),
        tuple(rows),
        f"A small group's own spread is not used. What stands in for it is at least {COMMON:g} (here people "
        f"usually differ by less): where a group of five is half as divided again as usual, its interval "
        f"covers the truth in {rows[2][1]} % of cases, and where it is twice as divided in {rows[3][1]} %; in "
        f"one as divided as the others it is too wide ({rows[1][1]} %).",
    )


def coverage_printed(run: Run) -> Table:
    """Hold printed intervals against the mean of people like these on an ordinary day."""
    times, rng = run.times(3000), run.rng("coverage_printed")
    rows: list[tuple[Cell, ...]] = []
    # Whoever else was invited does not matter: they are people like these as well.
    for n, invited in ((5, "not known"), (8, "not known"), (12, "not known"), (14, "14"), (64, "81"),
                       (160, "400")):  # fmt: skip
        cells: list[Cell] = [n, invited]
        for population in SHAPES.values():
            inside = []
            # A truth on a printed tenth would be in or out by a hair: move it between two.
            for moved in (-0.043, -0.021, 0.013, 0.037):
                near = replace(population, centre=population.centre + moved)
                truth, usual = true_mean(near), max(tidy(true_sd(near)), COMMON) ** 2
                for one in drawn(near, n, times // 4, rng, usual):
                    low, high = outward(*ends(one, (1.0, 5.0)))
                    inside.append(low <= truth <= high)
            cells.append(pct(inside))
        rows.append(tuple(cells))
    least = min(float(c) for row in rows for c in row[2:])
    return Table(
        "coverage_printed",
        ("answers", "of invited", *(f"{name} (%)" for name in SHAPES)),
        tuple(rows),
        f"As printed (a mean, a spread and two ends, each to one decimal), the interval covers the "
        f"mean of people like these in at least {least} % of cases, whether or not everybody who was "
        f"invited has answered.",
    )
