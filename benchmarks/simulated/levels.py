"""Levels, bands of levels, and the lowest of nine."""

from __future__ import annotations

import numpy as np

from hrkit import measure
from simulated.people import Population, answer, family, people, score, true_mean
from simulated.run import Cell, Run, Table, num, pct


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
