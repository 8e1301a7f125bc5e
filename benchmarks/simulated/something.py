"""What is said where there is something: strengths that are none, and gaps that are."""

from __future__ import annotations

import made_up

from hrkit.disclosure.derived import decisions
from simulated.nothing import centre_of
from simulated.run import Cell, Run, Table, pct


def claims_strength(run: Run) -> Table:
    """Leaders at 3.5 on every dimension and HR far above it: no dimension is a strength."""
    times, rng = max(4, round(150 * run.size)), run.rng("claims_strength")
    decisions.DRAWS = 100
    rows: list[tuple[Cell, ...]] = []
    for size in made_up.SIZES[:4]:
        told = []
        for shape in ("normal", "skewed"):
            world = made_up.World.of(centre_of(3.5, 0.8, shape), 0.8, shape, at=4.8)
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
