"""The figures behind each choice of method, made by simulation: ``make simulate``.

Made-up people answer five statements each on a scale of 1 to 5.  A person has a tendency, a
statement has a difficulty, and what is answered is the rounded sum of both and some noise, cut
to the scale; so the exact distribution of answers and scores is known (`pmf`), and with it
the truth every interval is held against.  Whatever hrkit computes is computed here by
`hrkit.measure` itself; only its rivals (bootstraps) are written out.

Every experiment is a function of a `Run` (seeded, of a size) and returns a `Table`.
`main` writes each as a CSV file, draws four of them, and puts each between its
markers in the methods page.  It also repeats everything at a fiftieth of the size and keeps
those numbers: the test suite makes them anew, and fails when a method has changed and
the page has not.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import re
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations_with_replacement, pairwise
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize, special, stats

from hrkit import measure
from hrkit.answers import quality
from hrkit.disclosure.derived import decisions
from hrkit.disclosure.derived.frame import (
    CONVENTIONAL,
    Estimate,
    difference,
    ends,
    estimate,
    outward,
)
from hrkit.disclosure.released import Certainty, ChosenChange, Score, Why, tidy
from hrkit.report import claims as catalogue
from hrkit.tools import CLAIMS

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
import claims as made_up

PAGE = ROOT / "docs" / "methods.md"
FIGURES = ROOT / "docs" / "figures"
#: The reduced run's numbers.
KEPT = FIGURES / "kept" / "reduced.csv"
SEED = 20_261_121
#: Level of one comparison alone.
FIVE = 0.05
#: Spread that scores commonly have: what is usual at a client counts as no less.
COMMON = 4 * CONVENTIONAL["dimension"]
#: Size of the run that the test suite repeats.
REDUCED = 0.02

Floats = npt.NDArray[np.float64]
Cell = str | int | float

_SHIFTS = np.array([-0.4, -0.2, 0.0, 0.2, 0.4])
_NOISE = 0.75
_GRID = 1000


@dataclass(frozen=True)
class Run:
    """Seed and size of a run; every experiment has random numbers of its own."""

    size: float = 1.0
    seed: int = SEED

    def times(self, full: int) -> int:
        """Number of repetitions, at least six."""
        return max(6, round(full * self.size))

    def rng(self, name: str) -> np.random.Generator:
        """Random numbers that do not depend on which experiment runs first."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])


@dataclass(frozen=True)
class Table:
    """What an experiment found: columns, rows as printed, and how to read it in a sentence."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    reading: str


def pct(share: npt.ArrayLike, decimals: int = 1) -> float:
    """Return a share (or the mean of yes and no) in per cent."""
    return round(100 * float(np.mean(np.asarray(share, dtype=float))), decimals)


def num(value: npt.ArrayLike, decimals: int = 2) -> float:
    """Return a mean, rounded."""
    return round(float(np.mean(np.asarray(value, dtype=float))), decimals) + 0.0


# People


@dataclass(frozen=True)
class Population:
    """People who may answer.

    Attributes
    ----------
    centre, spread
        Middle and standard deviation of people's tendencies.
    shape
        "normal"; "skewed", with a tail of unhappy people; "camps", two halves that differ.
    """

    centre: float = 3.2
    spread: float = 0.75
    shape: Literal["normal", "skewed", "camps"] = "normal"

    def tendency(self, u: Floats) -> Floats:
        """Tendency of the person who stands at share `u` of all."""
        if self.shape == "skewed":
            unit = 1 + np.log(u)
        elif self.shape == "camps":
            within = special.ndtri(np.where(u < 0.5, 2 * u, 2 * u - 1))
            unit = (np.where(u < 0.5, -1.0, 1.0) + 0.3 * within) / np.sqrt(1.09)
        else:
            unit = special.ndtri(u)
        return np.asarray(self.centre + self.spread * unit)


def _options(population: Population) -> Floats:
    """Chance of each answer 1-5 given the tendency: (tendencies, items, options)."""
    tendency = population.tendency((np.arange(_GRID) + 0.5) / _GRID)
    at = tendency[:, None, None] + _SHIFTS[:, None]
    upto = special.ndtr((np.array([1.5, 2.5, 3.5, 4.5]) - at) / _NOISE)
    return np.diff(upto, axis=-1, prepend=0.0, append=1.0)


SCORES = np.arange(5, 26) / 5


@lru_cache(maxsize=512)
def pmf(population: Population) -> Floats:
    """Exact chance of each score 1.0, 1.2 ... 5.0."""
    options = _options(population)
    total = np.ones((_GRID, 1))
    for item in range(len(_SHIFTS)):
        longer = np.zeros((_GRID, total.shape[1] + 4))
        for answer in range(5):
            longer[:, answer : answer + total.shape[1]] += total * options[:, item, [answer]]
        total = longer
    return np.asarray(total.mean(axis=0))


def true_mean(population: Population) -> float:
    """Exact mean of the scores."""
    return float(pmf(population) @ SCORES)


def true_sd(population: Population) -> float:
    """Exact standard deviation of the scores."""
    return float(np.sqrt(pmf(population) @ SCORES**2 - true_mean(population) ** 2))


@lru_cache(maxsize=512)
def people(
    mean: float, sd: float, shape: Literal["normal", "skewed", "camps"] = "normal"
) -> Population:
    """Find the population whose scores have this mean and standard deviation."""

    def miss(at: Floats) -> list[float]:
        found = Population(float(at[0]), abs(float(at[1])), shape)
        return [true_mean(found) - mean, true_sd(found) - sd]

    at = optimize.root(miss, [mean, sd], tol=1e-6).x
    return Population(float(at[0]), abs(float(at[1])), shape)


def answer(tendency: Floats, rng: np.random.Generator, items: int = 5) -> Floats:
    """Let each person answer: shape (..., items)."""
    shifts = np.resize(_SHIFTS, items)
    latent = tendency[..., None] + shifts + rng.normal(0, _NOISE, (*tendency.shape, items))
    return np.asarray(np.clip(np.rint(latent), 1, 5))


def score(answers: Floats, items: int = 5) -> Floats:
    """Scores of respondents on every five items: the last axis becomes the dimension."""
    flat = answers.reshape(-1, answers.shape[-1])
    member = np.arange(flat.shape[1]) // items
    found = measure.scores_from_matrix(flat, None, member).score
    return found.reshape(*answers.shape[:-1], found.shape[1])


def draw(population: Population, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Scores of people drawn at random."""
    return score(answer(population.tendency(rng.random(shape)), rng))[..., 0]


def family(
    levels: Sequence[float], sd: float, shape: tuple[int, ...], rng: np.random.Generator
) -> Floats:
    """Scores on several dimensions, correlated within a person: (*shape, dimensions)."""
    found = [people(level, sd) for level in levels]
    own = rng.normal(size=(*shape, 1))
    mixed = np.sqrt(0.6) * own + np.sqrt(0.4) * rng.normal(size=(*shape, len(levels)))
    tendency = np.array([p.centre for p in found]) + np.array([p.spread for p in found]) * mixed
    return score(answer(tendency, rng).reshape(*shape, -1))


# Intervals of means

_METHODS = ("plain t", "percentile bootstrap", "BCa bootstrap", "moderated t", "as published")
_SHAPES: Mapping[str, Population] = {
    "bell-shaped, SD 0.8": people(3.2, 0.8),
    "bell-shaped, SD 0.5": people(3.2, 0.5),
    "skewed, SD 0.8": people(3.4, 0.8, "skewed"),
    "at the ceiling, mean 4.4": people(4.4, 0.5),
    "two camps, SD 1.0": people(3.0, 1.0, "camps"),
}


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


def _covers(interval: Floats, truth: npt.ArrayLike) -> float:
    return pct(
        (interval[0] <= np.asarray(truth) + 1e-9) & (interval[1] >= np.asarray(truth) - 1e-9)
    )


def coverage(run: Run) -> Table:
    """Hold intervals of a mean against the truth, by method and size."""
    usual, times, rng = _SHAPES["bell-shaped, SD 0.8"], run.times(6000), run.rng("coverage")
    rows: list[tuple[Cell, ...]] = []
    for n in (5, 8, 10, 20):
        values, found = _groups(usual, usual, n, times, rng)
        intervals = _t_intervals(found, n)
        few = values[:, : run.times(3000)].T
        both = [bootstraps(part, rng) for part in np.array_split(few, 10)]
        for i, name in enumerate(_METHODS[1:3]):
            intervals[name] = np.concatenate([pair[i] for pair in both]).T
        covered = [_covers(intervals[name], true_mean(usual)) for name in _METHODS]
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
    for name, population in _SHAPES.items():
        cells: list[Cell] = [name]
        for n in (5, 8, 10, 20):
            _, found = _groups(population, population, n, times, rng)
            its = _t_intervals(found, n)
            cells += [_covers(its[m], true_mean(population)) for m in ("plain t", "as published")]
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
            cells.append(_covers(its["as published"], true_mean(own)))
            if n < 10:
                cells.append(_covers(its["moderated t"], true_mean(own)))
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


def _released(n: int, mean: float, var: float, usual: float) -> Estimate:
    """The estimate behind a group's printed mean: as `disclosure.means` and `derived` make it."""
    variance = float(measure.moderated_variance(n, var, usual)) if n >= 10 else usual
    found = estimate(
        Score("x", "org", "leader", Why.SHOWN, n, tidy(mean), spread=max(0.1, tidy(variance**0.5)))
    )
    assert found is not None
    return found


def _drawn(
    population: Population, n: int, times: int, rng: np.random.Generator, usual: float
) -> list[Estimate]:
    """So many released means of n people."""
    found = draw(population, (n, times), rng)
    pairs = zip(found.mean(axis=0).tolist(), found.var(axis=0, ddof=1).tolist(), strict=True)
    return [_released(n, mean, var, usual) for mean, var in pairs]


def coverage_printed(run: Run) -> Table:
    """Hold printed intervals against the mean of people like these on an ordinary day."""
    times, rng = run.times(3000), run.rng("coverage_printed")
    rows: list[tuple[Cell, ...]] = []
    # Whoever else was invited does not matter: they are people like these as well.
    for n, invited in ((5, "not known"), (8, "not known"), (12, "not known"), (14, "14"), (64, "81"),
                       (160, "400")):  # fmt: skip
        cells: list[Cell] = [n, invited]
        for population in _SHAPES.values():
            inside = []
            # A truth on a printed tenth would be in or out by a hair: move it between two.
            for moved in (-0.043, -0.021, 0.013, 0.037):
                near = replace(population, centre=population.centre + moved)
                truth, usual = true_mean(near), max(tidy(true_sd(near)), COMMON) ** 2
                for one in _drawn(near, n, times // 4, rng, usual):
                    low, high = outward(*ends(one, (1.0, 5.0)))
                    inside.append(low <= truth <= high)
            cells.append(pct(inside))
        rows.append(tuple(cells))
    least = min(float(c) for row in rows for c in row[2:])
    return Table(
        "coverage_printed",
        ("answers", "of invited", *(f"{name} (%)" for name in _SHAPES)),
        tuple(rows),
        f"As printed (a mean, a spread and two ends, each to one decimal), the interval covers the "
        f"mean of people like these in at least {least} % of cases, whether or not everybody who was "
        f"invited has answered.",
    )


# Levels


def levels(run: Run) -> Table:
    """Compare the rounded level and the band with the true level."""
    times, rng = run.times(3000), run.rng("levels")
    centres = np.linspace(1.0, 5.0, 41)
    spread = people(3.0, 0.8).spread
    means = np.array([true_mean(Population(float(c), spread)) for c in centres])
    rows: list[tuple[Cell, ...]] = []
    for n in (5, 8, 10, 20, 64):
        truth = rng.uniform(2.0, 4.0, times)
        centre = np.interp(truth, means, centres)
        values = score(answer(centre + spread * rng.normal(size=(n, times)), rng))[..., 0]
        found = measure.moments(values, np.zeros(n, dtype=int), 1)
        pooled = float(found.var.mean())
        table = measure.mean_interval(n, found.mean[0], found.var[0], pooled)
        nan = float("nan")
        level = np.array([measure.level_band(t, nan, nan).low for t in truth])
        plain = np.array([measure.level_band(m, nan, nan).low for m in found.mean[0]])
        bands = [
            measure.level_band(m, low, high)
            for m, low, high in zip(found.mean[0], table["low"], table["high"], strict=True)
        ]
        low, high = np.array([(b.low, b.high) for b in bands]).T
        rows.append((n, pct(plain != level), pct((level < low) | (level > high)), pct(low == high),
                     pct(high - low == 1), pct(high - low > 1)))  # fmt: skip
    return Table(
        "levels",
        ("n", "rounded level wrong (%)", "band wrong (%)", "band of one level (%)", "of two (%)",
         "of three (%)"),
        tuple(rows),
        f"With five answers a level rounded from the mean is the wrong one in {rows[0][1]} % of cases, "
        f"with 64 still in {rows[4][1]} %; the band leaves the true level out in {rows[0][2]} and "
        f"{rows[4][2]} %. The price: with five answers {rows[0][5]} % of the bands hold three levels.",
    )  # fmt: skip


def lowest_of_nine(run: Run) -> Table:
    """Show why no gate rests on the lowest dimension: the lowest of nine is too low by chance."""
    times, rng = run.times(1500), run.rng("lowest_of_nine")
    rows: list[tuple[Cell, ...]] = []
    for n in (5, 10, 64):
        lowest = family([3.0] * 9, 0.8, (n, times), rng).mean(axis=0).min(axis=1)
        rows.append((n, num(lowest), pct(lowest < 2.5)))
    return Table(
        "lowest_of_nine",
        ("n", "mean of the lowest of nine", "below 2.5 (%)"),
        tuple(rows),
        f"All nine dimensions stand at 3.0 in truth, yet the lowest of the nine is {rows[0][1]} on "
        f"average with five answers, and {rows[2][1]} with 64.",
    )


# Gaps

_SIDES = ((5, 5), (10, 10), (64, 12))


def false_alarms(run: Run) -> Table:
    """Count alarms of one comparison at 5 % where the two sides do not differ."""
    times, rng = run.times(1500), run.rng("false_alarms")
    shuffled = run.times(400)
    cases = {
        "equal, SD 0.8": (people(3.0, 0.8), people(3.0, 0.8)),
        "SD 0.5 against 1.0": (people(3.0, 0.5), people(3.0, 1.0)),
        "ceiling, mean 4.4": (people(4.4, 0.5), people(4.4, 0.5)),
    }
    rows: list[tuple[Cell, ...]] = []
    for m, n in (*_SIDES, (64, 8)):
        for name, (one, two) in cases.items():
            x, y = draw(one, (m, times), rng), draw(two, (n, times), rng)
            # Pooled over sides of ten and more, the larger makes it; and never less than the usual.
            kept = [(k, true_sd(p) ** 2) for k, p in ((m, one), (n, two)) if k >= 10]
            pooled = sum(k * v for k, v in kept) / max(1, sum(k for k, _ in kept))
            usual = max(tidy(np.sqrt(pooled)), COMMON) ** 2
            told = []
            for a, b in zip(x.T, y.T, strict=True):
                pair = [_released(len(v), v.mean(), v.var(ddof=1), usual) for v in (a, b)]
                found = difference(pair[0], pair[1], FIVE)
                told.append(abs(found.value) > found.half)
            a, b = (measure.moments(v, np.zeros(len(v), dtype=int), 1) for v in (x, y))
            p = measure.welch(n, b.mean[0], b.var[0], m, a.mean[0], a.var[0])["p"].to_numpy()
            ranks = [measure.brunner_munzel(i, j).p for i, j in zip(x.T, y.T, strict=True)]
            by = [
                pct([measure.permutation_test(i, j, studentised=s, draws=199, seed=k).p <= FIVE
                     for k, (i, j) in enumerate(zip(x.T[:shuffled], y.T, strict=False))])
                for s in (False, True)
            ]  # fmt: skip
            rows.append(
                (f"{m} v {n}", name, pct(told), pct(p < 0.05), pct(np.array(ranks) < 0.05), *by)
            )
    return Table(
        "false_alarms",
        ("sides", "answers", "the rule of the report, one comparison (%)", "Welch p < .05 (%)",
         "Brunner-Munzel (%)", "shuffled, plain difference (%)", "shuffled, studentised (%)"),
        tuple(rows),
        f"One comparison at 5 %, without a difference: at five against five the rule sounds in "
        f"{rows[0][2]} %, Brunner-Munzel in {rows[0][4]} %. Hardest is a small side twice as divided as "
        f"the large one: {rows[10][2]} % at 64 against 8, where the usual spread stands in for the small "
        f"side's own, and {rows[7][2]} % at 64 against 12. Shuffling people takes that for a difference of "
        f"means in {rows[10][5]} %, divided by its own error in {rows[10][6]} %.",
    )  # fmt: skip


def gap_intervals(run: Run) -> Table:
    """Hold the intervals of a gap, and of its size in other units, against the truth."""
    times, rng = run.times(600), run.rng("gap_intervals")
    leaders, hr = people(2.8, 0.8), people(3.5, 0.7)
    true = true_mean(hr) - true_mean(leaders)
    p, q = pmf(hr), pmf(leaders)
    chance = float(p @ (np.cumsum(q) - q / 2))
    rows: list[tuple[Cell, ...]] = []
    for m, n in _SIDES:
        weighted = (m - 1) * true_sd(leaders) ** 2 + (n - 1) * true_sd(hr) ** 2
        g = true / np.sqrt(weighted / (m + n - 2))
        usual = max(tidy(np.sqrt(weighted / (m + n - 2))), COMMON) ** 2
        x, y = draw(leaders, (times, m), rng), draw(hr, (times, n), rng)
        both = [
            [_released(len(v), v.mean(), v.var(ddof=1), usual) for v in pair]
            for pair in zip(x, y, strict=True)
        ]
        one = [difference(a, b, FIVE) for a, b in both]
        sizes = [measure.hedges_g(b, a) for a, b in zip(x, y, strict=True)]
        ranks = [measure.brunner_munzel(a, b) for a, b in zip(x, y, strict=True)]
        covered = [
            _covers(np.array([(e.low, e.high) for e in found]).T, truth)
            for found, truth in ((one, true), (sizes, g), (ranks, chance))
        ]
        rows.append((f"{m} v {n}", *covered, num([2 * e.half for e in one])))
    return Table(
        "gap_intervals",
        (
            "sides",
            "difference (%)",
            "Hedges' g (%)",
            "P(HR > leader) (%)",
            "width of the difference",
        ),
        tuple(rows),
        f"The interval of one difference covers the truth in at least "
        f"{min(float(row[1]) for row in rows)} % of cases. That of the chance that HR scores higher covers "
        f"it in {rows[0][3]} % at five against five: neither it nor g is printed.",
    )


def partners(run: Run) -> Table:
    """Let HR partners serve several leaders, without any gap, and test the paired gap."""
    times, rng = run.times(600), run.rng("partners")
    usual = people(3.2, 0.8)
    rows: list[tuple[Cell, ...]] = []
    for count, each in ((24, 1), (12, 2), (8, 3), (6, 4), (4, 6)):
        who = np.repeat(np.arange(count), each)
        pairs = len(who)
        common = rng.normal(size=(times, count))[:, who] * np.sqrt(0.7)
        hr = usual.centre + usual.spread * (common + np.sqrt(0.3) * rng.normal(size=(times, pairs)))
        leaders = usual.tendency(rng.random((times, pairs)))
        y, x = score(answer(hr, rng))[..., 0], score(answer(leaders, rng))[..., 0]
        alone = [measure.paired_gap(a, b) for a, b in zip(x, y, strict=True)]
        kit = [measure.paired_gap(a, b, who) for a, b in zip(x, y, strict=True)]
        rows.append((count, each, *(
            _covers(np.array([(f.low, f.high) for f in found]).T, 0.0) for found in (alone, kit)
        ), *(pct([f.mid_p < 0.05 for f in found]) for found in (alone, kit))))  # fmt: skip
    return Table(
        "partners",
        ("HR partners", "leaders each", "interval by pairs (%)", "interval by partner (%)",
         "false alarms by pairs (%)", "false alarms by partner (%)"),
        tuple(rows),
        f"With six partners who serve four leaders each, an interval that takes the 24 pairs to be "
        f"independent covers the truth in {rows[3][2]} %, the one by partner in {rows[3][3]} %. With four "
        f"partners there are 16 ways to flip signs, so that no p can fall below .05.",
    )  # fmt: skip


# Priorities

_LEADERS = (2.6, 3.8, 2.4, 3.5, 3.1, 3.3, 2.3, 2.7, 2.5)
_HR = (3.5, 3.9, 3.6, 4.0, 3.4, 2.8, 2.6, 2.9, 2.7)
_IMPORTANCE = np.array([4.2, 4.1, 4.4, 4.0, 3.9, 4.3, 3.6, 3.8, 3.4])


def _client() -> made_up.World:
    """A client with the means of the demo, and what it holds important."""
    middle = np.full(9, 3.0)
    return made_up.World(
        {"": 3.0},
        {"": 0.75, "hr": 0.75},
        added={
            "leader": tuple(np.array(_LEADERS) - middle),
            "hr": tuple(np.array(_HR) - middle),
            "": tuple((np.array(_LEADERS) + np.array(_HR)) / 2 - middle),
        },
        importance=tuple(_IMPORTANCE),
    )


def priorities(run: Run) -> Table:
    """Ask a second sample of the same people: do the first three come back?"""
    times, rng = run.times(60), run.rng("priorities")
    world = _client()
    truths: dict[bool, set[str]] = {}
    decisions.DRAWS = 10_000
    rows: list[tuple[Cell, ...]] = []
    sizes = (made_up.Size("500 + 60", (500,), 60), *made_up.SIZES[:2],
             made_up.Size("64 + 12", (64,), 12))  # fmt: skip
    for size in sizes:
        found = [one for one, _ in made_up.reports(size, world, times, rng)]
        orders = [
            [p.measure for p in sorted(one.priorities, key=lambda p: p.rank)] for one in found
        ]
        if not truths:
            # The largest samples agree on what comes first where everybody is asked, and on what
            # lies furthest from its target: that is what counts where no choice may be shown.
            far = [[p.measure for p in sorted(one.priorities, key=lambda p: -p.distance)]
                   for one in found]  # fmt: skip
            for weighed, order_of in ((True, orders), (False, far)):
                counts = Counter(m for order in order_of for m in order[:3])
                truths[weighed] = {m for m, _ in counts.most_common(3)}
        truth = truths[any(p.weight is not None for one in found for p in one.priorities)]
        tops = [set(order[:3]) for order in orders]
        said = [[p.first or 0.0 for p in sorted(one.priorities, key=lambda p: p.rank)[:3]]
                for one in found]  # fmt: skip
        firm = [(p.measure in truth) for one in found for p in one.priorities
                if (p.first or 0) >= catalogue.FIRM]  # fmt: skip
        rows.append((
            size.name, pct([len(t & truth) / 3 for t in tops]),
            pct([len(a & b) / 3 for a, b in pairwise(tops)]),
            pct([a == b for a, b in pairwise(tops)]),
            pct(said), num(len(firm) / times), pct(firm) if firm else "-",
        ))  # fmt: skip
    rows = [*rows[1:], rows[0]]
    return Table(
        "priorities",
        ("answers", "of the first three, truly first three (%)", "of the first three, again first three (%)",
         "all three again (%)", "share the report gives (%)", "called firm, a report", "of these, truly first three (%)"),
        tuple(rows),
        f"With 64 leaders and 12 HR partners, {rows[2][1]} % of the first three are truly among the first "
        f"three and {rows[2][2]} % are so again in a second sample; the share beside them says {rows[2][4]} %. "
        f"With five a side nothing that was chosen may be shown: the order is that of the distances, held "
        f"against theirs; it says {rows[0][4]} % where {rows[0][1]} % is true. Where few chose much of it, "
        f"nothing is called firm, so with a dozen in HR that is rare ({rows[2][5]} a report with 64 leaders); "
        f"what is called firm is so in {rows[3][6]} % with 500 and 60, in {rows[2][6]} % with 64 and 12.",
    )  # fmt: skip


# What is said where there is nothing to say

_WORLDS: Mapping[str, made_up.World] = {
    "bell-shaped": made_up.World.of(3.5, 0.8),
    "skewed": made_up.World.of(3.5, 0.8, "skewed"),
    "ceiling": made_up.World.of(4.6, 0.7),
}
_FEW = made_up.Size("64 + 8, six units of 8", (8, 8, 8, 8, 8, 8, 16), 8, 6)


def claims(run: Run) -> Table:
    """Print the catalogue of what a report may claim."""
    return Table(
        "claims",
        ("claim", "page", "what it says", "rule", "family", "null"),
        tuple((c.id, c.page, c.says, c.rule, c.family, c.null) for c in CLAIMS),
        f"{len(CLAIMS)} kinds of sentence say more than the figures beside them; a test fails "
        f"when a section prints one that is not here.",
    )


def claims_null(run: Run) -> Table:
    """Count what is claimed of organisations in which nothing differs."""
    return _null([null_row(run, *case) for case in null_cases()], run)


def null_cases() -> list[tuple[str, made_up.Size, made_up.World]]:
    """Name, size and world of every row; the uneven ones last."""
    found = [
        (name, size, _WORLDS[name])
        for name in _WORLDS
        for size in made_up.SIZES[: 5 if name == "bell-shaped" else 4]
    ]
    for name, world in _uneven().items():
        unit = name.startswith("a unit")
        sizes = made_up.SIZES[2:5] if unit else (made_up.SIZES[0], _FEW, *made_up.SIZES[1:3])
        found += [
            (name, size, world)
            for size in (sizes if "skewed" not in name else sizes[1:2] + sizes[3:])
        ]
    return found


def null_row(run: Run, name: str, size: made_up.Size, world: made_up.World) -> tuple[Cell, ...]:
    """A row, from a stream of its own: it can be run by itself."""
    decisions.DRAWS = 2000
    rng = run.rng(f"claims_null {name} {size.name}")
    found = made_up.rates(size, world, _null_times(run), rng)
    if name == "ceiling":
        found = {k: v for k, v in found.items() if k not in ("strength", "front")}  # it is true
    return (size.name, name, *_percents(found))


def _null_times(run: Run) -> int:
    return max(4, round(120 * run.size))


def _null(rows: Sequence[tuple[Cell, ...]], run: Run) -> Table:
    times, kinds = _null_times(run), (*made_up.KINDS, "front", "clear")
    even = [row for row in rows if row[1] in _WORLDS]
    mean = {
        k: np.mean([float(r[i]) for r in even if r[i] != "true"]) for i, k in enumerate(kinds, 2)
    }
    worst = max(made_up.KINDS, key=lambda k: mean[k])
    whole = ("all of these", "", *(round(float(mean[k]), 1) for k in kinds))
    return Table(
        "claims_null",
        ("leaders + HR", "answers", *(f"{k}: pages (%)" for k in made_up.KINDS),
         "first page: any (%)", "clear: reports (%)"),
        (*even, whole, *(row for row in rows if row[1] not in _WORLDS)),
        f"Nothing differs in these organisations. The page that claims most claims \"{worst}\" in "
        f"{mean[worst]:.1f} % of cases on average; anything is called clear in {mean['clear']:.1f} % of "
        f"reports. Each row rests on {times} reports: 5 % of that has a standard error of {100 * (0.0475 / times) ** 0.5:.0f} points.",
    )  # fmt: skip


def careful(run: Run) -> Table:
    """Count signs of careless answering on people who read."""
    times, rng = run.times(2000), run.rng("careful")
    rows: list[tuple[Cell, ...]] = []
    for centre in (2.2, 3.3, 4.2):
        for noise in (0.5, 0.75, 0.9):
            crowd = made_up.careful_people(times, centre, noise, rng)
            instrument = made_up.place(made_up.SIZES[0])[0].instrument
            signs = [quality.longest_run, quality.straight, quality.contradicts]
            marked = [[sign(one, instrument) for one in crowd.values()] for sign in signs]
            pairs = quality.same_answers(dict(list(crowd.items())[:400]), {})
            rows.append(
                (centre, noise, pct(np.any(marked[:2], axis=0), 2), pct(marked[2], 2), len(pairs))
            )
    most = max(float(c) for row in rows for c in row[2:4])
    return Table(
        "careful",
        ("level", "spread of a statement", "long string (%)", "contradiction (%)", "pairs alike among 400"),
        tuple(rows),
        f"Of people who read what they answer, at most {most} % bear a sign of one kind, and "
        f"{sum(int(row[4]) for row in rows)} pairs look like one person. A report names signs from five rows on.",
    )  # fmt: skip


def _percents(found: Mapping[str, float]) -> list[Cell]:
    return [pct(found[k]) if k in found else "true" for k in (*made_up.KINDS, "front", "clear")]


def _centre(mean: float, spread: float, shape: str) -> float:
    """Middle of tendencies whose answers have this mean: the ends of the scale cut them."""

    def miss(centre: float) -> float:
        kind: Any = "skewed" if shape == "skewed" else "normal"
        at = Population(centre, spread, kind).tendency((np.arange(_GRID) + 0.5) / _GRID)
        steps = special.ndtr((at[:, None] - np.array([1.5, 2.5, 3.5, 4.5])) / _NOISE)
        return float(1 + steps.sum(axis=1).mean() - mean)

    return float(optimize.brentq(miss, 1.0, 5.0))


def _uneven() -> Mapping[str, made_up.World]:
    """Where it is hardest: HR twice as divided as the leaders; a unit, and a level, as the others.

    The ends of the scale cut the answers of the divided more, so the middles are such that all
    answers have the same mean; in the middle of the scale nothing has to be mended.
    """
    tail = {spread: _centre(3.5, spread, "skewed") for spread in (0.5, 1.0)}
    return {
        "HR twice as divided": made_up.World.of(3.0, 0.5, hr=1.0),
        "a unit and a level twice as divided": replace(made_up.World.of(3.0, 0.5), uneven=2.0),
        "HR twice as divided, skewed": made_up.World.of(
            tail[0.5], 0.5, "skewed", hr=1.0, at=tail[1.0]
        ),
    }


def claims_strength(run: Run) -> Table:
    """Leaders at 3.5 on every dimension and HR far above it: no dimension is a strength."""
    times, rng = max(4, round(150 * run.size)), run.rng("claims_strength")
    decisions.DRAWS = 100
    rows: list[tuple[Cell, ...]] = []
    for size in made_up.SIZES[:4]:
        told = []
        for shape in ("normal", "skewed"):
            world = made_up.World.of(_centre(3.5, 0.8, shape), 0.8, shape, at=4.8)
            found = [m for _, m in made_up.reports(size, world, times, rng)]
            told.append(pct([any(one.claim == "strength" for one in said) for said in found]))
        rows.append((size.name, *told))
    return Table(
        "claims_strength",
        ("leaders + HR", "bell-shaped: any strength (%)", "skewed: any strength (%)"),
        tuple(rows),
        f"Any of nine dimensions is wrongly called a strength in at most "
        f"{max(float(c) for row in rows for c in row[1:])} % of reports.",
    )


def claims_power(run: Run) -> Table:
    """A gap in one dimension of nine: how often is it told?"""
    times, rng = max(4, round(100 * run.size)), run.rng("claims_power")
    decisions.DRAWS = 100
    rows: list[tuple[Cell, ...]] = []
    sizes = (made_up.SIZES[0], made_up.Size("10 + 10", (10,), 10), made_up.SIZES[1],
             made_up.Size("64 + 12", (64,), 12), made_up.Size("160 + 40", (160,), 40))  # fmt: skip
    for size in sizes:
        cells: list[Cell] = [size.name]
        for gap in (0.5, 1.0):
            added = {"hr": (gap, *[0.0] * 8)}
            world = made_up.World({"": 3.0}, {"": 0.75}, added=added)
            names = [one for _, one in made_up.reports(size, world, times, rng)]
            first = next(s.id for s in made_up.place(size)[0].instrument.dimensions)
            for claim in ("gap.tends", "gap.clear"):
                cells.append(
                    pct(
                        [any(m.claim == claim and m.of == (first,) for m in said) for said in names]
                    )
                )
        rows.append(tuple(cells))
    return Table(
        "claims_power",
        ("leaders + HR", "gap 0.5: told (%)", "gap 0.5: \"clear\" (%)", "gap 1.0: told (%)",
         "gap 1.0: \"clear\" (%)"),
        tuple(rows),
        f"A true gap of half a point is missed more often than found: at ten against ten it is told in "
        f"{rows[1][1]} % of cases, at 64 against 12 in {rows[3][1]} %. A gap of a whole point is told in "
        f"{rows[1][3]} and {rows[3][3]} %.",
    )  # fmt: skip


# What gives answers away


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
    middle, ceiling = (_options(p)[:, 2].mean(axis=0) for p in (usual, people(4.4, 0.5)))
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
    weight = _weights(items, _options(people(3.2, 0.8))[:, 2].mean(axis=0))
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


# Change, benchmark, total


def detectable(run: Run) -> Table:
    """Read off how large a change must be to be told, and how often one of that size is."""
    times, rng = run.times(60), run.rng("detectable")
    decisions.DRAWS = 100
    rows: list[tuple[Cell, ...]] = []
    for n in (5, 8, 12, 20, 64):
        size = made_up.Size(f"{n} + {n}", (n,), n)
        found = [c for one, _ in made_up.reports(size, made_up.World.of(3.2, 0.75), times, rng)
                 for c in one.changes if c.group == "leader"]  # fmt: skip
        alone = [difference(a, b, FIVE).half for a, b in pairwise(
            _drawn(people(3.2, 0.8), n, times + 1, rng, 0.64))]  # fmt: skip
        rows.append((n, num([c.detectable for c in found]), num(alone)))
    return Table(
        "detectable",
        ("n in each wave", "smallest change that is told, in the report", "if it were the only comparison"),
        tuple(rows),
        f"With eight leaders and eight HR partners a wave, a change of one dimension has to reach "
        f"{rows[1][1]} points to be told, with 64 of each {rows[4][1]}; half of that would often be missed.",
    )  # fmt: skip


def chosen_null(run: Run) -> Table:
    """Count changes of what was chosen that are named: where nothing changed, and where one option did."""
    times, rng = run.times(300), run.rng("chosen_null")
    sizes = (made_up.Size("12 + 12", (12,), 12), made_up.SIZES[2], made_up.SIZES[3],
             made_up.Size("500 + 60", (500,), 60))  # fmt: skip
    alike = made_up.World.of(3.2, 0.75)
    steep = replace(alike, importance=tuple(np.linspace(3.0, 4.6, 9)))
    moved = replace(alike, importance=(6.8, *(4.0,) * 8))
    rows: list[tuple[Cell, ...]] = []
    for size in sizes:
        cells: list[Cell] = [size.name.partition(",")[0]]
        for worlds, kept in (((alike, alike), 0.0), ((steep, steep), 0.0), ((steep, steep), 0.5)):
            pages = [_named(one) for one in made_up.choices(size, worlds, kept, times, rng)]
            cells.append(pct([bool(page) for page in pages]))
        first = made_up.place(size)[0].instrument.dimensions[0].id
        found = [*made_up.choices(size, (alike, moved), 0.0, times // 4, rng)]
        leaders = [c for one in found for c in one if (c.group, c.option) == ("leader", first)]
        sizes_seen = [c.detectable for c in leaders if c.detectable is not None]
        cells += [
            num([c.now - c.before for c in leaders]) if leaders else "",
            pct([c.certainty is not Certainty.UNKNOWN for c in leaders]) if leaders else "",
            num(sizes_seen) if sizes_seen else "none",
        ]
        rows.append(tuple(cells))
    worst = max(float(cell) for row in rows for cell in row[1:4])
    return Table(
        "chosen_null",
        ("leaders + HR", "all alike liked: pages (%)", "some liked more: pages (%)",
         "the same people, half of whom keep their choice: pages (%)",
         "an option liked three times as much: share up by", "named for leaders (%)",
         "smallest change that is named, leaders"),
        tuple(rows),
        f"Where nothing changed, at most {worst} % of pages name a change anywhere; 5 % would be allowed. "
        f"With {rows[0][0]} a share would have to move by {rows[0][6]}, with {rows[1][0]} by {rows[1][6]} to be named.",
    )  # fmt: skip


def _named(found: Sequence[ChosenChange]) -> list[ChosenChange]:
    return [one for one in found if one.certainty is not Certainty.UNKNOWN]


def shares(run: Run) -> Table:
    """Work out exactly how often the margin of a share holds."""
    rows: list[tuple[Cell, ...]] = []
    for n in (10, 30, 100):
        counts = np.arange(n + 1)
        margin = measure.proportion_margin(n, np.nan, counts / n)
        cells: list[Cell] = [n]
        for share in (0.5, 0.8, 0.95):
            inside = np.abs(counts / n - share) <= margin + 1e-9
            cells.append(pct(stats.binom.pmf(counts, n, share)[inside].sum()))
        rows.append(tuple(cells))
    return Table(
        "shares",
        ("n", "share 50 % (%)", "share 80 % (%)", "share 95 % (%)"),
        tuple(rows),
        f"The margin public surveys print holds in {rows[2][1]} % of cases for a share of one half and "
        f"100 answers, but in {rows[0][3]} % for a share of 95 % and ten answers.",
    )


def benchmark(run: Run) -> Table:
    """Show how little a rank among few organisations says."""
    times, rng = run.times(2000), run.rng("benchmark")
    rows: list[tuple[Cell, ...]] = []
    for count in (10, 30, 98):
        values = np.arange(count, dtype=float)
        ranks = [measure.rank_interval(v, np.delete(values, i)) for i, v in enumerate(values)]
        low, high = (np.array([getattr(r, end) for r in ranks]) for end in ("low", "high"))
        overlap = (low[:, None] <= high) & (low <= high[:, None])
        pairs = ~np.eye(count, dtype=bool)
        middle = ranks[count // 2]
        lowest = next((i for i in range(count) if not overlap[0, i]), None)
        covered = []
        for share in (0.1, 0.25, 0.5, 0.75, 0.9):
            others = rng.random((times // 5, count - 1))
            its = [measure.rank_interval(share, row) for row in others]
            covered += [r.low <= share <= r.high for r in its]
        rows.append((count, f"{pct(middle.low, 0):.0f} to {pct(middle.high, 0):.0f} %",
                     pct(overlap[pairs]), lowest if lowest is not None else "never",
                     pct((low <= 0.5) & (high >= 0.5)), pct(covered)))  # fmt: skip
    return Table(
        "benchmark",
        ("organisations", "95 % interval of the middle one's rank", "pairs whose intervals overlap (%)",
         "places from last to the first that is clear of it", "intervals that contain the middle (%)",
         "coverage (%)"),
        tuple(rows),
        f"Among ten organisations the percentile of the middle one is {rows[0][1]}, and the "
        f"intervals of {rows[0][2]} % of all pairs overlap; among 98 still {rows[2][2]} %.",
    )  # fmt: skip


def shrinkage(run: Run) -> Table:
    """Rank thirty organisations of very different size by plain and by shrunken means."""
    times, rng = run.times(400), run.rng("shrinkage")
    sizes = np.repeat([5, 8, 12, 25, 60, 150], 5)
    codes = np.repeat(np.arange(30), sizes)
    spread = people(3.2, 0.8).spread
    centres = np.linspace(2.0, 4.5, 26)
    means = np.array([true_mean(Population(float(c), spread)) for c in centres])
    errors, first = [], []
    for _ in range(times):
        centre = rng.normal(3.2, 0.25, 30)
        truth = np.interp(centre, centres, means)
        own = centre[codes] + spread * rng.normal(size=len(codes))
        found = measure.moments(score(answer(own, rng)), codes, 30)
        table = measure.shrink(found.n[:, 0], found.mean[:, 0], found.var[:, 0])
        both = [table["mean"].to_numpy(), table["shrunken"].to_numpy()]
        errors.append([(estimate - truth) ** 2 for estimate in both])
        first.append([np.isin(estimate.argmax(), np.arange(10)) for estimate in both])
    rms = np.sqrt(np.array(errors).mean(axis=0).reshape(2, 6, 5).mean(axis=2))
    rows: list[tuple[Cell, ...]] = [
        (str(n), num(a), num(b)) for n, a, b in zip(np.unique(sizes), *rms, strict=True)
    ]
    top = np.array(first).mean(axis=0)
    rows.append(("a third, 5 or 8: stands first (%)", *(pct(t) for t in top)))
    return Table(
        "shrinkage",
        ("people who answered", "error of the plain mean", "error of the shrunken mean"),
        tuple(rows),
        f"For an organisation of five, shrinking cuts the usual error from {rows[0][1]} to {rows[0][2]} "
        f"points. By plain means one of the ten smallest of thirty heads the table in {rows[6][1]} % of "
        f"cases, by shrunken means in {rows[6][2]} %; its fair share is 33 %.",
    )


def response_mix(run: Run) -> Table:
    """Change who answers, not what anybody thinks, and watch the total."""
    times, rng = run.times(600), run.rng("response_mix")
    leaders, hr = people(2.8, 0.8), people(3.6, 0.7)

    def wave(counts: tuple[int, int]) -> tuple[list[Floats], list[pd.DataFrame]]:
        sides = [draw(p, (n, times), rng) for p, n in zip((leaders, hr), counts, strict=True)]
        found = [measure.moments(s, np.zeros(len(s), dtype=int), 1) for s in sides]
        pooled = (found[0].m2[0] + found[1].m2[0]) / (sum(counts) - 2)
        return sides, [measure.mean_interval(f.n[0], f.mean[0], f.var[0], pooled).assign(mean=f.mean[0])
                       for f in found]  # fmt: skip

    rows: list[tuple[Cell, ...]] = []
    for before, after in (((40, 20), (40, 20)), ((40, 20), (30, 30)), ((40, 20), (20, 40))):
        waves = [wave(before), wave(after)]
        parts = [pd.concat(t, keys=["leader", "hr"], names=["perspective"]).reset_index(0)
                 for _, t in waves]  # fmt: skip
        kit = [measure.total_change(parts[0].loc[[i]], parts[1].loc[[i]]) for i in range(times)]
        pools = [np.concatenate(sides) for sides, _ in waves]
        one, two = (measure.moments(p, np.zeros(len(p), dtype=int), 1) for p in pools)
        pool = measure.welch(two.n[0], two.mean[0], two.var[0], one.n[0], one.mean[0], one.var[0])
        rows.append((
            f"{before[0]} + {before[1]}, then {after[0]} + {after[1]}",
            num([c.difference for c in kit]), pct([c.low > 0 or c.high < 0 for c in kit]),
            num(pool["difference"]), pct((pool["low"] > 0) | (pool["high"] < 0)),
        ))  # fmt: skip
    return Table(
        "response_mix",
        ("leaders + HR who answered", "published: change", "published: \"change\" (%)",
         "one pool: change", "one pool: \"change\" (%)"),
        tuple(rows),
        f"Nobody's opinion changed. With 20 leaders fewer and 20 HR people more, the mean of one pool "
        f"moves by {rows[2][3]} points and is called a change in {rows[2][4]} % of cases; the mean of "
        f"perspective means moves by {rows[2][1]}, and is called a change in {rows[2][2]} %.",
    )  # fmt: skip


# Scales


def score_rule(run: Run) -> Table:
    """Leave answers out and see what is left of a person's score."""
    times, rng = run.times(20_000), run.rng("score_rule")
    usual = people(3.2, 0.8)
    answers = answer(usual.tendency(rng.random(times)), rng)
    full = score(answers)[:, 0]
    order = rng.random(answers.shape).argsort(axis=1)
    rows: list[tuple[Cell, ...]] = []
    for valid in (5, 4, 3, 2, 1):
        left = np.where(order < valid, answers, np.nan)
        one = np.zeros(5, dtype=int)
        part = measure.scores_from_matrix(left, None, one, minimum=0.0).score[:, 0]
        kept = np.isfinite(measure.scores_from_matrix(left, None, one).score[:, 0])
        rows.append((valid, num(np.sqrt(np.mean((part - full) ** 2))),
                     num(np.corrcoef(part, full)[0, 1]), "yes" if kept.all() else "no"))  # fmt: skip
    return Table(
        "score_rule",
        ("statements answered of five", "usual error of the score", "correlation with the full score",
         "counts"),
        tuple(rows),
        f"Three answers of five still give a score within {rows[2][1]} points of the full one (usual "
        f"error), two within {rows[3][1]}, one within {rows[4][1]}.",
    )  # fmt: skip


def _true_alpha(population: Population) -> float:
    """Alpha of the answers themselves, exact."""
    options = _options(population)
    given = options @ np.arange(1.0, 6.0)
    mean = given.mean(axis=0)
    covariance = (given - mean).T @ (given - mean) / _GRID
    squares = (options @ np.arange(1.0, 6.0) ** 2).mean(axis=0)
    covariance[np.diag_indices(5)] = squares - mean**2
    return float(5 / 4 * (1 - np.trace(covariance) / covariance.sum()))


def reliability(run: Run) -> Table:
    """Hold alpha's interval against the truth, and see how far alpha and omega wander."""
    times, rng = run.times(1000), run.rng("reliability")
    rows: list[tuple[Cell, ...]] = []
    for sd in (0.8, 0.5):
        population = people(3.2, sd)
        truth = _true_alpha(population)
        for n in (30, 100, 300):
            groups = answer(population.tendency(rng.random((times, n))), rng)
            found = [measure.alpha(g) for g in groups]
            interval = np.array([(f.low, f.high) for f in found]).T
            wander = "not shown"
            if n >= 100:
                omegas = [measure.omega(g).value for g in groups[: run.times(400)]]
                ends = np.nanquantile(omegas, [0.05, 0.95])
                wander = f"{ends[0]:.2f} to {ends[1]:.2f}"
            width = num(interval[1] - interval[0])
            rows.append((round(truth, 2), n, _covers(interval, truth), width, wander))
    return Table(
        "reliability",
        ("true alpha", "n", "coverage (%)", "width", "omega, 5th to 95th percentile"),
        tuple(rows),
        f"At n = 30 the interval of an alpha of {rows[3][0]} is {rows[3][3]} wide, at n = 100 "
        f"{rows[4][3]}. On rounded answers Feldt's interval covers {rows[1][2]} and {rows[4][2]} % at "
        f"n = 100.",
    )


def agreement(run: Run) -> Table:
    """Ask the same people more statements: agreement should not rise, r_wg(J) does."""
    times, rng = run.times(400), run.rng("agreement")
    usual = people(3.2, 0.8)
    rows: list[tuple[Cell, ...]] = []
    for n in (5, 10, 20):
        for items in (5, 11, 25):
            given = answer(usual.tendency(rng.random(times * n)), rng, items)
            table = measure.agreement(given, np.repeat(np.arange(times), n))
            ad = table["ad_mean"]
            rows.append((n, items, num(table["r_wg_j"]), num(table["r_wg_j_star"]), num(table["a_wg"]),
                         num(ad), num(ad.std()), pct(ad <= measure.acceptable_ad(5))))  # fmt: skip
    return Table(
        "agreement",
        (
            "n",
            "statements",
            "r_wg(J)",
            "r*_wg(J)",
            "a_wg",
            "AD_M",
            "SD of AD_M",
            "AD_M at most 0.8 (%)",
        ),
        tuple(rows),
        f"The same people with the same opinions: from 5 to 25 statements r_wg(J) rises from {rows[3][2]} "
        f"to {rows[5][2]} at n = 10, while r*_wg(J) stays at {rows[3][3]} and {rows[5][3]} and AD_M at "
        f"{rows[3][5]} and {rows[5][5]}.",
    )


def units(run: Run) -> Table:
    """See how far ICC(1) and ICC(2) wander with the number of units."""
    times, rng = run.times(500), run.rng("units")
    rows: list[tuple[Cell, ...]] = []
    truth = 0.1
    for count in (5, 10, 30):
        codes = np.repeat(np.arange(count), np.resize([5, 8, 11], count))
        found = []
        for _ in range(times):
            between = rng.normal(0, np.sqrt(truth / (1 - truth)) * 0.8, count)
            values = 3.2 + between[codes] + rng.normal(0, 0.8, len(codes))
            found.append(measure.icc(values, codes))
        interval = np.array([(f.icc1_low, f.icc1_high) for f in found]).T
        ends = np.quantile([f.icc2 for f in found], [0.05, 0.95])
        size = num([f.size for f in found], 6)
        rows.append((count, _covers(interval, truth), num(interval[1] - interval[0]),
                     f"{ends[0]:.2f} to {ends[1]:.2f}",
                     num(size * truth / (1 + (size - 1) * truth))))  # fmt: skip
    return Table(
        "units",
        (
            "units of 5 to 11",
            "coverage of ICC(1) (%)",
            "width",
            "ICC(2), 5th to 95th percentile",
            "true ICC(2)",
        ),
        tuple(rows),
        f"With a true ICC(1) of .10, its interval is {rows[0][2]} wide with five units and {rows[1][2]} "
        f"with ten; ICC(2), truly {rows[1][4]}, is found anywhere from {rows[1][3]} with ten.",
    )


EXPERIMENTS: tuple[Callable[[Run], Table], ...] = (
    claims, claims_null, claims_strength, claims_power, careful, score_rule, coverage, coverage_shapes,
    coverage_divided, coverage_printed, levels, lowest_of_nine, false_alarms, gap_intervals, partners,
    priorities, leaks, leaks_gap, detectable, chosen_null, shares, benchmark, shrinkage, response_mix, reliability,
    agreement, units,
)  # fmt: skip


def simulate(run: Run, workers: int = 2) -> dict[str, Table]:
    """Run every experiment; what comes out does not depend on the number of workers."""
    runs = [run] * len(EXPERIMENTS)
    if workers < 2:
        return {table.name: table for table in map(_one, EXPERIMENTS, runs)}
    # On matrices of five by five, threads only wait for one another (fifty times slower).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=fresh) as pool:
        return {table.name: table for table in pool.map(_one, EXPERIMENTS, runs)}


def _one(experiment: Callable[[Run], Table], run: Run) -> Table:
    return experiment(run)


# Files and page


def markdown(table: Table) -> str:
    """Lay a table out for the page, its reading below."""
    lines = [list(table.columns), ["---", *["---:"] * (len(table.columns) - 1)]]
    lines += [[str(cell) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + f"\n\n*Read:* {table.reading}"


def write_csv(table: Table, path: Path) -> None:
    """Write a table with its reading in a first line of its own."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([[f"# {table.reading}"], table.columns, *table.rows])


def read_csv(path: Path) -> Table:
    """Read a table back; every cell is text."""
    with path.open(encoding="utf-8", newline="") as file:
        (reading,), columns, *rows = csv.reader(file)
    return Table(path.stem, tuple(columns), tuple(map(tuple, rows)), reading.removeprefix("# "))


def _all(tables: Mapping[str, Table], claim: str) -> Cell:
    """What `claims_null` found of a claim over all organisations without an effect."""
    found = tables["claims_null"]
    column = next(i for i, name in enumerate(found.columns) if name.startswith(f"{claim}:"))
    return next(row[column] for row in found.rows if row[0] == "all of these")


def in_short(tables: Mapping[str, Table]) -> str:
    """Say the main findings in plain sentences, with the numbers of this run."""
    cell = {name: table.rows for name, table in tables.items()}
    points = (
        f"Five answers give a mean to within about {float(cell['coverage'][0][10]) / 2:.1f} points either "
        f"way, ten to within {float(cell['coverage'][2][10]) / 2:.1f}, twenty to within "
        f"{float(cell['coverage'][3][10]) / 2:.1f} (spread 0.8).",
        f"A level rounded from five answers is the wrong level in {cell['levels'][0][1]} % of cases; hence "
        f"a band of levels.",
        f"A gap of half a point between ten leaders and ten HR people is noticed in "
        f"{cell['claims_power'][1][1]} % of cases, a gap of a whole point in {cell['claims_power'][1][3]} %. "
        f'"We cannot tell" is not "there is none".',
        f'Where there is no gap at all, "appears to be higher" stands somewhere on the page of gaps in '
        f"{_all(tables, 'gap.tends')} % of reports, and anything is called clear in {_all(tables, 'clear')} %.",
        f"Of the first three named from 64 + 12 answers, {cell['priorities'][2][1]} % are truly among "
        f"the first three; from 5 + 5 answers {cell['priorities'][0][1]} %.",
        f"Between two waves of eight leaders and eight HR partners a change has to reach "
        f"{cell['detectable'][1][1]} points to be told, between two of 64 {cell['detectable'][4][1]}.",
        f"Mean and standard deviation of one statement give away all answers of five people in "
        f"{cell['leaks'][2][1]} % of cases; the published interval adds nothing to the mean.",
    )
    return "\n".join(f"- {point}" for point in points)


def on_page(page: str, tables: Mapping[str, Table]) -> str:
    """Put every block of the page between its markers anew.

    Raises
    ------
    ValueError
        If a table has no place on the page, or a place no table.
    """
    blocks = {name: markdown(table) for name, table in tables.items()}
    blocks["in_short"] = in_short(tables)
    pattern = re.compile(r"(<!-- simulate:(\w+) -->\n).*?(<!-- /simulate -->)", re.DOTALL)
    places = [match[2] for match in pattern.finditer(page)]
    if sorted(places) != sorted(blocks):
        odd = sorted(set(places) ^ set(blocks)) or "a name twice"
        raise ValueError(f"markers and tables of the methods page do not match: {odd}")
    return pattern.sub(lambda match: f"{match[1]}{blocks[match[2]]}\n{match[3]}", page)


def cells(tables: Mapping[str, Table]) -> Iterator[tuple[str, str, str, str]]:
    """Give every cell as table, row, column and value."""
    for table in tables.values():
        for number, row in enumerate(table.rows):
            for column, value in zip(table.columns, row, strict=True):
                yield table.name, str(number), column, str(value)


def changed(tables: Mapping[str, Table], path: Path) -> list[str]:
    """Name the cells that differ from the kept ones by more than a rounding."""
    with path.open(encoding="utf-8", newline="") as file:
        kept = {(t, r, c): v for t, r, c, v in list(csv.reader(file))[1:]}
    found = {(t, r, c): v for t, r, c, v in cells(tables)}
    keys = kept.keys() | found.keys()
    return sorted(" / ".join(k) for k in keys if not _alike(kept.get(k, ""), found.get(k, "")))


def _alike(one: str, two: str) -> bool:
    try:
        return abs(float(one) - float(two)) < 0.011
    except ValueError:
        return one == two


#: Chart: table, rows wanted, its columns with their labels, title, axis label.
_CHARTS: Mapping[str, tuple[slice, Mapping[int, str], str, str]] = {
    "coverage": (
        slice(None),
        {1: "plain t", 2: "percentile bootstrap", 3: "BCa bootstrap", 5: "as published"},
        "Intervals that contain the true mean (%); 95 is promised",
        "answers",
    ),
    "coverage_divided": (
        slice(None),
        {1: "n = 5, the usual one", 2: "n = 5, own SD counted", 6: "n = 20, moderated"},
        "Intervals that contain the true mean (%), by how divided a group is",
        "own SD, in usual SDs",
    ),
    "levels": (
        slice(None),
        {1: "rounded level wrong", 2: "band wrong", 3: "band of one level"},
        "Levels and bands (%)",
        "answers",
    ),
    "claims_power": (
        slice(None),
        {1: "gap 0.5", 3: "gap 1.0"},
        'A gap in one dimension of nine: told, "tends" or more (%)',
        "leaders + HR",
    ),
}


def draw_chart(table: Table, path: Path) -> None:
    """Draw some columns of a table as lines, labelled at their ends."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    rows, columns, title, axis = _CHARTS[table.name]
    style: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "hrkit", "font.size": 9.0}
    with mpl.rc_context(style):
        figure, ax = plt.subplots(figsize=(6.4, 3.0), layout="constrained")
        ticks = [str(row[0]) for row in table.rows[rows]]
        ends = [float(table.rows[rows][-1][c]) for c in columns]
        places = _apart(ends, 0.07 * (100 - _floor(table, columns)))
        greys = ("#1f3b5c", "#b35900", "#6b6b6b", "#2f7d6b")
        for (column, label), place, colour in zip(columns.items(), places, greys, strict=False):
            ax.plot(
                ticks, [float(row[column]) for row in table.rows[rows]], "o-", ms=4, color=colour
            )
            ax.annotate(label, (len(ticks) - 0.9, place), va="center", color=colour)
        if "95" in title:
            ax.axhline(95, lw=0.8, ls=":", color="#999999")
        ax.set(title=title, xlabel=axis, ylim=(_floor(table, columns), 102))
        ax.set_xlim(-0.2, len(ticks) + 0.6)
        ax.spines[["top", "right"]].set_visible(False)
        ax.title.set_fontsize(9)
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)


def _floor(table: Table, columns: Mapping[int, str]) -> float:
    lowest = min(float(row[c]) for row in table.rows for c in columns)
    return 10 * float(np.floor(lowest / 10)) if lowest > 50 else 0.0


def _apart(values: Sequence[float], least: float) -> list[float]:
    """Move labels up until none covers another."""
    out = list(values)
    order = np.argsort(values)
    for lower, upper in pairwise(order):
        out[upper] = max(out[upper], out[lower] + least)
    over = max(out) - 101
    return [value - max(over, 0.0) for value in out]


def write(tables: Mapping[str, Table], kept: Mapping[str, Table]) -> None:
    """Write tables, charts, the numbers kept for the tests, and the page."""
    page = on_page(PAGE.read_text(encoding="utf-8"), tables)
    FIGURES.mkdir(exist_ok=True)
    for table in tables.values():
        write_csv(table, FIGURES / f"{table.name}.csv")
    for name in _CHARTS:
        draw_chart(tables[name], FIGURES / f"{name}.svg")
    keep(kept)
    PAGE.write_text(page, encoding="utf-8")


def keep(kept: Mapping[str, Table]) -> None:
    """Write the numbers of a small run, which the tests make again."""
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("table", "row", "column", "value"), *cells(kept)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Make everything anew, or with ``--check`` compare a small run with the one kept."""
    parser = argparse.ArgumentParser(description="Simulate the figures of the methods page.")
    parser.add_argument(
        "--check", action="store_true", help="compare a small run with the one kept"
    )
    parser.add_argument(
        "--keep", action="store_true", help="only keep the numbers of a small run anew"
    )
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--size", type=float, default=1.0, help="of the run (default 1.0)")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    kept = simulate(Run(REDUCED), options.workers)
    if options.check:
        odd = changed(kept, KEPT)
        if odd:
            print("methods have changed; run `make simulate`:", *odd, sep="\n  ", file=sys.stderr)
        return int(bool(odd))
    if options.keep:
        keep(kept)
        return 0
    tables = simulate(Run(options.size), options.workers)
    write(tables, kept)
    for table in tables.values():
        print(f"<!-- simulate:{table.name} -->\n{markdown(table)}\n<!-- /simulate -->\n")
    print(f"{len(tables)} tables in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
