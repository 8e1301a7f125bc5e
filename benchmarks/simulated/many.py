"""Shares, ranks among organisations, and means of small ones drawn to the middle."""

from __future__ import annotations

import numpy as np
from scipy import stats

from hrkit import measure
from simulated.people import Population, answer, people, score, true_mean
from simulated.run import Cell, Run, Table, num, pct


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
