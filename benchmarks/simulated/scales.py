"""Scores, reliability, agreement, and units: the coefficients of the appendix."""

from __future__ import annotations

import numpy as np

from hrkit import measure
from simulated.people import GRID, Population, answer, chances, people, score
from simulated.printed import covers
from simulated.run import Cell, Run, Table, num, pct


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
    options = chances(population)
    given = options @ np.arange(1.0, 6.0)
    mean = given.mean(axis=0)
    covariance = (given - mean).T @ (given - mean) / GRID
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
            rows.append((round(truth, 2), n, covers(interval, truth), width, wander))
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
        rows.append((count, covers(interval, truth), num(interval[1] - interval[0]),
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
