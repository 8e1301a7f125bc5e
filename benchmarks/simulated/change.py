"""Change between waves: what can be told, and what moves though nobody's opinion does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import made_up
import numpy as np
import pandas as pd

from hrkit import measure
from hrkit.disclosure.derived import decisions
from hrkit.disclosure.derived.frame import (
    difference,
)
from hrkit.disclosure.released import Certainty, ChosenChange
from simulated.people import draw, people
from simulated.printed import drawn
from simulated.run import FIVE, Cell, Floats, Run, Table, num, pct


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
            drawn(people(3.2, 0.8), n, times + 1, rng, 0.64))]  # fmt: skip
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
