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

import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

from hrkit import measure

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "methods.md"
FIGURES = ROOT / "docs" / "figures"
SEED = 20_261_121
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
        """Number of repetitions, at least 20."""
        return max(20, round(full * self.size))

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
        "as published": measure.mean_interval(n, mean, var, pooled),
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
            "n = 5, published: pooled only (%)",
            "n = 5, if its own SD counted (%)",
            "n = 8, published: pooled only (%)",
            "n = 8, if its own SD counted (%)",
            "n = 10, published: moderated (%)",
            "n = 20, published: moderated (%)",
        ),
        tuple(rows),
        f"This is the price of not using a small group's own spread: where a group of five is half "
        f"as divided again as usual, its interval covers the truth in {rows[2][1]} % of cases, "
        f"and where it is twice as divided in {rows[3][1]} %.",
    )


def coverage_finite(run: Run) -> Table:
    """Take groups of which a known number was invited; the truth is the mean of all invited."""
    times, rng, usual = run.times(4000), run.rng("coverage_finite"), people(3.2, 0.8)
    rows: list[tuple[Cell, ...]] = []
    for n, invited in ((5, 6), (5, 8), (5, 15), (8, 10), (10, 14), (20, 25), (64, 80)):
        everyone = draw(usual, (invited, times), rng)
        others = draw(usual, (9 * n, times), rng)
        codes = np.repeat(np.arange(10), n)
        found = measure.moments(np.concatenate([everyone[:n], others]), codes, 10)
        given = (n, found.mean[0], found.var[0], found.pooled_var)
        tables = [measure.mean_interval(*given, number) for number in (None, invited)]
        both = [t[["low", "high"]].to_numpy().T for t in tables]
        truth = everyone.mean(axis=0)
        rows.append((f"{n} of {invited}", *(_covers(i, truth) for i in both),
                     *(num(i[1] - i[0]) for i in both)))  # fmt: skip
    return Table(
        "coverage_finite",
        (
            "answered",
            "without correction (%)",
            "published (%)",
            "width without",
            "width, published",
        ),
        tuple(rows),
        f"With the number invited the interval is as wide as it needs to be: {rows[1][4]} instead of "
        f"{rows[1][3]} points for five of eight. The correction takes those who kept silent to be like "
        f"those who answered.",
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
        f"{rows[4][2]} %.",
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


def _rank_p(x: Floats, y: Floats) -> tuple[float, float]:
    """P-values of the rule in `hrkit.measure.gap` and of Brunner-Munzel without fallback."""
    plain = measure.brunner_munzel(x, y).p
    if min(len(x), len(y)) >= 10 and np.isfinite(plain):
        return plain, plain
    return measure.permutation_test(x, y).mid_p, plain


def _gap_tables(x: Floats, y: Floats, pooled: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Low, high and Welch's p of y - x for columns of people, as the report computes them."""
    (m, n), zeros = (len(x), len(y)), [np.zeros(len(s), dtype=int) for s in (x, y)]
    a, b = (measure.moments(s, z, 1) for s, z in zip((x, y), zeros, strict=True))
    table = measure.welch(n, b.mean[0], b.var[0], m, a.mean[0], a.var[0])
    p = table["p"].to_numpy()
    if min(m, n) < 10:
        one, two = (
            measure.mean_interval(s.n[0], s.mean[0], s.var[0], pooled, own_variance_from=10**9)
            for s in (a, b)
        )
        table = measure.difference_interval(
            b.mean[0], two["se"], two["df"], a.mean[0], one["se"], one["df"]
        )
    return table["low"].to_numpy(), table["high"].to_numpy(), p


def false_alarms(run: Run) -> Table:
    """Count alarms at 5 % where the two sides do not differ."""
    times, rng = run.times(1000), run.rng("false_alarms")
    cases = {
        "equal, SD 0.8": (people(3.0, 0.8), people(3.0, 0.8)),
        "SD 0.5 against 1.0": (people(3.0, 0.5), people(3.0, 1.0)),
        "ceiling, mean 4.4": (people(4.4, 0.5), people(4.4, 0.5)),
    }
    rows: list[tuple[Cell, ...]] = []
    for m, n in _SIDES:
        for name, (one, two) in cases.items():
            x, y = draw(one, (m, times), rng), draw(two, (n, times), rng)
            pooled = (true_sd(one) ** 2 + true_sd(two) ** 2) / 2
            low, high, p = _gap_tables(x, y, pooled)
            ranks = np.array([_rank_p(a, b) for a, b in zip(x.T, y.T, strict=True)])
            exact = pct(ranks[:, 0] < 0.05) if min(m, n) < 10 else pct(
                [measure.permutation_test(a, b).mid_p < 0.05
                 for a, b in zip(x.T[: times // 2], y.T[: times // 2], strict=True)]
            )  # fmt: skip
            rows.append((f"{m} v {n}", name, pct((low > 0) | (high < 0)), pct(p < 0.05), exact,
                         pct(ranks[:, 1] < 0.05), pct(ranks[:, 0] < 0.05)))  # fmt: skip
    return Table(
        "false_alarms",
        ("sides", "answers", "published interval excludes 0 (%)", "Welch p < .05 (%)",
         "permutation mid-p < .05 (%)", "Brunner-Munzel alone (%)", "rule of `gap` (%)"),
        tuple(rows),
        f"Where nothing differs, an alarm at the 5 % level should sound in 5 % of cases. At five "
        f"against five, Brunner-Munzel alone sounds in {rows[0][5]} %, permutation with mid-p in "
        f"{rows[0][4]} %.",
    )  # fmt: skip


def separation(run: Run) -> Table:
    """Count how often two sides do not overlap, where Brunner-Munzel has no value."""
    times, rng = run.times(1500), run.rng("separation")
    rows: list[tuple[Cell, ...]] = []
    for m, n in _SIDES:
        for gap in (1.0, 2.0):
            x = draw(people(3 - gap / 2, 0.5), (m, times), rng).T
            y = draw(people(3 + gap / 2, 0.5), (n, times), rng).T
            ranks = [measure.brunner_munzel(a, b) for a, b in zip(x, y, strict=True)]
            undefined = np.array([bool(r.reason) for r in ranks])
            told = [
                _rank_p(a, b)[0] < 0.05 for a, b in zip(x[undefined], y[undefined], strict=True)
            ]
            rows.append((f"{m} v {n}", gap, pct(undefined), pct(told) if told else "-"))
    return Table(
        "separation",
        ("sides", "true gap", "Brunner-Munzel undefined (%)", "of these, permutation p < .05 (%)"),
        tuple(rows),
        f"At five a side and a true gap of two points the test has no value in {rows[1][2]} % of cases, "
        f"precisely where the gap is largest; the permutation test answers in all of them.",
    )


def nine_gaps(run: Run) -> Table:
    """Say of nine gaps what the report says: alarms without a gap, and findings with one."""
    times, rng = run.times(1000), run.rng("nine_gaps")
    rows: list[tuple[Cell, ...]] = []
    for m, n in (*_SIDES, (20, 20)):
        cells: list[Cell] = [f"{m} v {n}"]
        for gap in (0.0, 0.5, 1.0):
            x = family([3.0] * 9, 0.8, (m, times), rng).reshape(m, -1)
            y = family([3.0 + gap, *([3.0] * 8)], 0.8, (n, times), rng).reshape(n, -1)
            both = np.concatenate([x, y])
            codes = np.repeat([0, 1], [m, n])
            m2 = measure.moments(both, codes, 2).m2.sum(axis=0).reshape(times, 9)
            pooled = np.repeat(m2.sum(axis=1) / (9 * (m + n - 2)), 9)
            low, high, p = (part.reshape(times, 9) for part in _gap_tables(x, y, pooled))
            tends = (low > 0) | (high < 0)
            clear = np.array([measure.holm(row) < 0.05 for row in p]) & (min(m, n) >= 10)
            told = tends | clear
            if gap:
                cells += [pct(told[:, 0]), pct(clear[:, 0])]
            else:
                cells += [pct(told.any(axis=1)), pct(clear.any(axis=1))]
        rows.append(tuple(cells))
    return Table(
        "nine_gaps",
        ("sides", "no gap: any of nine \"tends\" or more (%)", "no gap: any \"clear\" (%)",
         "gap 0.5: told (%)", "gap 0.5: \"clear\" (%)", "gap 1.0: told (%)", "gap 1.0: \"clear\" (%)"),
        tuple(rows),
        f"Without any gap, at least one of nine dimensions \"tends to differ\" in {rows[0][1]} % of "
        f"reports at five against five; \"clear\" is wrong in {rows[2][2]} % at 64 against 12. A true gap "
        f"of half a point is missed more often than found: at ten against ten it is told in "
        f"{rows[1][3]} % of cases.",
    )  # fmt: skip


def gap_intervals(run: Run) -> Table:
    """Hold the intervals of a gap against the truth."""
    times, rng = run.times(500), run.rng("gap_intervals")
    leaders, hr = people(2.8, 0.8), people(3.5, 0.7)
    difference = true_mean(leaders) - true_mean(hr)
    p, q = pmf(leaders), pmf(hr)
    chance = float(p @ (np.cumsum(q) - q / 2))
    rows: list[tuple[Cell, ...]] = []
    for m, n in _SIDES:
        weighted = (m - 1) * true_sd(leaders) ** 2 + (n - 1) * true_sd(hr) ** 2
        g = difference / np.sqrt(weighted / (m + n - 2))
        usual = (true_sd(leaders) ** 2 + true_sd(hr) ** 2) / 2
        x, y = draw(leaders, (times, m), rng), draw(hr, (times, n), rng)
        found = [measure.gap(a, b, pooled_var=usual) for a, b in zip(x, y, strict=True)]
        pairs = {
            difference: [(f.low, f.high) for f in found],
            g: [(f.g_low, f.g_high) for f in found],
            chance: [(f.superiority_low, f.superiority_high) for f in found],
        }
        rows.append((f"{m} v {n}", *(_covers(np.array(v).T, truth) for truth, v in pairs.items()),
                     num([f.high - f.low for f in found])))  # fmt: skip
    return Table(
        "gap_intervals",
        (
            "sides",
            "difference (%)",
            "Hedges' g (%)",
            "P(leader > HR) (%)",
            "width of the difference",
        ),
        tuple(rows),
        f"The interval of the difference covers the truth in {rows[0][1]} to {rows[2][1]} %. That of the "
        f"chance that a leader scores higher covers it in {rows[0][3]} % at five against five, which is "
        f"one reason why it is shown from ten.",
    )


def partners(run: Run) -> Table:
    """Let HR partners serve several leaders, without any gap, and test the paired gap."""
    times, rng = run.times(600), run.rng("partners")
    usual = people(3.2, 0.8)
    rows: list[tuple[Cell, ...]] = []
    for count, each in ((24, 1), (12, 2), (8, 3), (6, 4), (4, 6)):
        who = np.repeat(np.arange(count), each)
        pairs = len(who)
        shared = rng.normal(size=(times, count))[:, who] * np.sqrt(0.7)
        hr = usual.centre + usual.spread * (shared + np.sqrt(0.3) * rng.normal(size=(times, pairs)))
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
        f"independent covers the truth in {rows[3][2]} %, the one by partner in {rows[3][3]} %.",
    )  # fmt: skip


# Priorities

_LEADERS = (2.6, 3.8, 2.4, 3.5, 3.1, 3.3, 2.3, 2.7, 2.5)
_HR = (3.5, 3.9, 3.6, 4.0, 3.4, 2.8, 2.6, 2.9, 2.7)
_IMPORTANCE = np.array([4.2, 4.1, 4.4, 4.0, 3.9, 4.3, 3.6, 3.8, 3.4])


def _importance(n: int, rng: np.random.Generator) -> Floats:
    latent = _IMPORTANCE + rng.normal(0, 0.4, (n, 1)) + rng.normal(0, 0.75, (n, 9))
    return np.asarray(np.clip(np.rint(latent), 1, 5))


def _client(m: int, n: int, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """One sample of a client: scores, stated importance, and importance derived by correlation."""
    scores = np.concatenate([family(_LEADERS, 0.8, (m,), rng), family(_HR, 0.8, (n,), rng)])
    overall = scores @ (_IMPORTANCE - 3) / (_IMPORTANCE - 3).sum()
    rating = np.clip(np.rint(overall + rng.normal(0, 0.6, len(scores))), 1, 5)
    derived = np.array([np.corrcoef(rating, column)[0, 1] for column in scores.T])
    return scores, _importance(m + n, rng), derived


def priorities(run: Run) -> Table:
    """Ask a second sample of the same people: does the order of priorities come back?"""
    times, rng = run.times(150), run.rng("priorities")
    names = [str(i) for i in range(9)]
    rows: list[tuple[Cell, ...]] = []
    for m, n in ((5, 5), (20, 8), (64, 12), (500, 60)):
        sides = np.repeat([0, 1], [m, n])
        found: list[tuple[float, ...]] = []
        for _ in range(times):
            first, second = _client(m, n, rng), _client(m, n, rng)
            tables = [
                measure.priorities(c[i], c[0], 4.0, names, sides, resamples=200 if i == 1 else 0)
                for c in (first, second)
                for i in (1, 2)
            ]
            orders = [[int(d) for d in t["dimension"]] for t in tables]
            tops = [set(order[:3]) for order in orders]
            means = [np.mean([c[0][:m].mean(axis=0), c[0][m:].mean(axis=0)], axis=0)
                     for c in (first, second)]  # fmt: skip
            stated = [c[1].mean(axis=0) for c in (first, second)]
            said = float(tables[0]["in_top"].iloc[:3].mean())
            found.append((
                len(tops[0] & tops[2]) / 3, tops[0] == tops[2], said, len(tops[1] & tops[3]) / 3,
                float(stats.kendalltau(*means).statistic),
                float(stats.spearmanr(*stated).statistic),
                float(stats.spearmanr(first[2], second[2]).statistic),
            ))  # fmt: skip
        mean = np.array(found, dtype=float).mean(axis=0)
        rows.append((f"{m} + {n}", *(pct(x) for x in mean[:4]), *(num(x) for x in mean[4:])))
    return Table(
        "priorities",
        ("answers", "of the first three, again first three (%)", "all three again (%)",
         "share the report gives (%)", "the same with derived importance (%)",
         "order of dimensions: tau", "stated importance: rho", "derived importance: rho"),
        tuple(rows),
        f"With 64 leaders and 12 HR partners, {rows[2][1]} % of the first three priorities are among the "
        f"first three of a second sample, and the report says {rows[2][3]} %. Stated importance "
        f"comes back (rank correlation {rows[2][6]}), derived importance hardly ({rows[2][7]}).",
    )  # fmt: skip


# What gives answers away


def _multisets(options: int) -> npt.NDArray[np.intp]:
    return np.array(list(combinations_with_replacement(range(options), 5)), dtype=np.intp)


def _weights(sets: npt.NDArray[np.intp], chance: Floats) -> Floats:
    """Chance of each multiset of five answers."""
    counts = np.stack([(sets == option).sum(axis=1) for option in range(len(chance))], axis=1)
    ways = 120 / special.factorial(counts).prod(axis=1)
    return np.asarray(ways * (chance**counts).prod(axis=1))


def _determined(keys: Sequence[Floats], owner: npt.NDArray[np.intp], weight: Floats) -> float:
    """Share of cases in which what is published leaves one possible owner."""
    shown = np.stack([np.round(k * 100).astype(np.int64) for k in keys], axis=1)
    _, at = np.unique(shown, axis=0, return_inverse=True)
    pairs = np.unique(np.stack([at.ravel(), owner], axis=1), axis=0)
    possible = np.bincount(pairs[:, 0])
    return pct(weight[possible[at.ravel()] == 1].sum() / weight.sum())


def _rounded(values: npt.ArrayLike, decimals: int) -> Floats:
    return np.asarray(np.floor(np.asarray(values, dtype=float) * 10**decimals + 0.5 + 1e-9)
                      / 10**decimals)  # fmt: skip


def leaks(run: Run) -> Table:
    """Count exactly how often what is published about five people gives all five answers."""
    usual = people(3.2, 0.8)
    items, fifths = _multisets(5), _multisets(21)
    cases = {
        "an item": (items + 1.0, _weights(items, _options(usual)[:, 2].mean(axis=0))),
        "an item at the ceiling": (
            items + 1.0, _weights(items, _options(people(4.4, 0.5))[:, 2].mean(axis=0))
        ),
        "a dimension score": (SCORES[fifths], _weights(fifths, pmf(usual))),
    }  # fmt: skip
    found: dict[str, list[Cell]] = {}
    for values, weight in cases.values():
        moments = measure.moments(values.ravel(), np.repeat(np.arange(len(values)), 5), len(values))
        mean, var = moments.mean[:, 0], moments.var[:, 0]
        sd = np.sqrt(var)
        plain = measure.mean_interval(5, mean, var, np.nan, own_variance_from=0)
        kit = measure.mean_interval(5, mean, var, 0.64)
        who = np.arange(len(values))
        shown: dict[str, list[Floats]] = {
            "mean (1 decimal)": [_rounded(mean, 1)],
            "mean and SD (1 decimal)": [_rounded(mean, 1), _rounded(sd, 1)],
            "mean and SD (2 decimals)": [_rounded(mean, 2), _rounded(sd, 2)],
            "mean, interval from own SD (1 decimal)": [
                _rounded(x, 1) for x in (mean, plain["low"], plain["high"])
            ],
            "mean, published interval (1 decimal)": [
                _rounded(x, 1) for x in (mean, kit["low"], kit["high"])
            ],
        }
        for name, keys in shown.items():
            found.setdefault(name, []).append(_determined(keys, who, weight))
    rows = tuple((name, *cells) for name, cells in found.items())
    return Table(
        "leaks",
        ("published about five people", *(f"{name}: all five answers known (%)" for name in cases)),
        rows,
        f"The mean of an item with its SD to two decimals gives all five answers in {rows[2][1]} % of "
        f"cases; the published interval adds nothing to the mean ({rows[4][1]} % with it, {rows[0][1]} % "
        f"without). What the mean alone gives, near the ends of the scale, is for the criteria to withhold.",
    )


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
    rows = []
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
    """Work out the smallest change that leaves the noise, and how often it is then found."""
    times, rng = run.times(3000), run.rng("detectable")
    rows: list[tuple[Cell, ...]] = []
    for n, invited in ((5, None), (8, None), (12, None), (20, None), (64, None), (8, 10), (64, 80)):
        line = measure.mean_interval(n, 3.0, 0.64, 0.64, invited).iloc[0]
        size = float(
            measure.minimum_detectable_change(line["se"], line["se"], line["df"], line["df"])[0]
        )
        told = []
        for moved in (0.0, size):
            waves = []
            for level in (3.0 - moved / 2, 3.0 + moved / 2):
                whole = draw(people(round(level, 3), 0.8), (invited or n, times), rng)
                # Those invited are the population; else the mean of many more is asked about.
                waves.append(
                    whole[:n].mean(axis=0) - (whole.mean(axis=0) - level if invited else 0)
                )
            told.append(pct(np.abs(waves[1] - waves[0]) > size))
        rows.append((n, invited or "not known", round(size, 2), *told))
    return Table(
        "detectable",
        ("n in each wave", "invited", "minimum detectable change", "told without a change (%)",
         "told when the change is that large (%)"),
        tuple(rows),
        f"With eight answers a wave a change has to reach {rows[1][2]} points to leave the noise, with 64 "
        f"{rows[4][2]}. A true change of just that size is told in about half of all cases: \"not told\" "
        f"is not \"unchanged\".",
    )  # fmt: skip


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
        rows.append((count, f"{pct(middle.low, 0):.0f}-{pct(middle.high, 0):.0f} %",
                     pct(overlap[pairs]), lowest if lowest is not None else "never",
                     pct((low <= 0.5) & (high >= 0.5)), pct(covered)))  # fmt: skip
    return Table(
        "benchmark",
        ("organisations", "95 % interval of the middle one's rank", "pairs whose intervals overlap (%)",
         "places from last to the first that is clear of it", "intervals that contain the middle (%)",
         "coverage (%)"),
        tuple(rows),
        f"Among ten organisations the middle one's percentile is anything from {rows[0][1]}, and the "
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
    import pandas as pd

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
        kit = [measure.total_change(parts[0].loc[i], parts[1].loc[i]) for i in range(times)]
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
            omegas = [measure.omega(g).value for g in groups[: max(20, times // 8)]]
            interval = np.array([(f.low, f.high) for f in found]).T
            ends = np.nanquantile(omegas, [0.05, 0.95])
            rows.append((round(truth, 2), n, _covers(interval, truth), num(interval[1] - interval[0]),
                         f"{ends[0]:.2f}-{ends[1]:.2f}"))  # fmt: skip
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
        rows.append((count, _covers(interval, truth), num(interval[1] - interval[0]),
                     f"{ends[0]:.2f}-{ends[1]:.2f}"))  # fmt: skip
    return Table(
        "units",
        ("units of 5 to 11", "coverage of ICC(1) (%)", "width", "ICC(2), 5th to 95th percentile"),
        tuple(rows),
        f"With a true ICC(1) of .10, its interval is {rows[0][2]} wide with five units and {rows[1][2]} "
        f"with ten; ICC(2) is anything from {rows[1][3]} with ten.",
    )


EXPERIMENTS: tuple[Callable[[Run], Table], ...] = (
    score_rule, coverage, coverage_shapes, coverage_divided, coverage_finite, levels, lowest_of_nine,
    false_alarms, separation, nine_gaps, gap_intervals, partners, priorities, leaks, leaks_gap,
    detectable, benchmark, shrinkage, response_mix, reliability, agreement, units,
)  # fmt: skip


def simulate(run: Run, workers: int = 2) -> dict[str, Table]:
    """Run every experiment; the result does not depend on the number of workers."""
    if workers < 2:
        return {table.name: table for table in map(_one, EXPERIMENTS, [run] * len(EXPERIMENTS))}
    with ProcessPoolExecutor(workers) as pool:
        found = pool.map(_one, EXPERIMENTS, [run] * len(EXPERIMENTS))
        return {table.name: table for table in found}


def _one(experiment: Callable[[Run], Table], run: Run) -> Table:
    return experiment(run)
