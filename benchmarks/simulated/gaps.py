"""Differences of two sides: false alarms, intervals, and partners who serve several leaders."""

from __future__ import annotations

import numpy as np

from hrkit import measure
from hrkit.disclosure.derived.frame import (
    difference,
)
from hrkit.disclosure.released import tidy
from simulated.people import answer, draw, people, pmf, score, true_mean, true_sd
from simulated.printed import COMMON, as_released, covers
from simulated.run import FIVE, Cell, Run, Table, num, pct

SIDES = ((5, 5), (10, 10), (64, 12))


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
    for m, n in (*SIDES, (64, 8)):
        for name, (one, two) in cases.items():
            x, y = draw(one, (m, times), rng), draw(two, (n, times), rng)
            # Pooled over sides of ten and more, the larger makes it; and never less than the usual.
            kept = [(k, true_sd(p) ** 2) for k, p in ((m, one), (n, two)) if k >= 10]
            pooled = sum(k * v for k, v in kept) / max(1, sum(k for k, _ in kept))
            usual = max(tidy(np.sqrt(pooled)), COMMON) ** 2
            told = []
            for a, b in zip(x.T, y.T, strict=True):
                pair = [as_released(len(v), v.mean(), v.var(ddof=1), usual) for v in (a, b)]
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
    for m, n in SIDES:
        weighted = (m - 1) * true_sd(leaders) ** 2 + (n - 1) * true_sd(hr) ** 2
        g = true / np.sqrt(weighted / (m + n - 2))
        usual = max(tidy(np.sqrt(weighted / (m + n - 2))), COMMON) ** 2
        x, y = draw(leaders, (times, m), rng), draw(hr, (times, n), rng)
        both = [
            [as_released(len(v), v.mean(), v.var(ddof=1), usual) for v in pair]
            for pair in zip(x, y, strict=True)
        ]
        one = [difference(a, b, FIVE) for a, b in both]
        sizes = [measure.hedges_g(b, a) for a, b in zip(x, y, strict=True)]
        ranks = [measure.brunner_munzel(a, b) for a, b in zip(x, y, strict=True)]
        covered = [
            covers(np.array([(e.low, e.high) for e in found]).T, truth)
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
            covers(np.array([(f.low, f.high) for f in found]).T, 0.0) for found in (alone, kit)
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
