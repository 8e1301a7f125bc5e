"""What is said where there is nothing to say: every claim under its null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import made_up
import numpy as np
from scipy import optimize, special

from hrkit.answers import quality
from hrkit.disclosure.derived import decisions
from hrkit.tools import CLAIMS
from simulated.people import GRID, NOISE, Population
from simulated.run import Cell, Run, Table, pct

WORLDS: Mapping[str, made_up.World] = {
    "bell-shaped": made_up.World.of(3.5, 0.8),
    "skewed": made_up.World.of(3.5, 0.8, "skewed"),
    "ceiling": made_up.World.of(4.6, 0.7),
}
_FEW = made_up.Size("64 + 8, six units of 8", (8, 8, 8, 8, 8, 8, 16), 8, 6)


def centre_of(mean: float, spread: float, shape: str) -> float:
    """Middle of tendencies whose answers have this mean: the ends of the scale cut them."""

    def miss(centre: float) -> float:
        kind: Any = "skewed" if shape == "skewed" else "normal"
        at = Population(centre, spread, kind).tendency((np.arange(GRID) + 0.5) / GRID)
        steps = special.ndtr((at[:, None] - np.array([1.5, 2.5, 3.5, 4.5])) / NOISE)
        return float(1 + steps.sum(axis=1).mean() - mean)

    return float(optimize.brentq(miss, 1.0, 5.0))


def uneven_worlds() -> Mapping[str, made_up.World]:
    """Where it is hardest: HR twice as divided as the leaders; a unit, and a level, as the others.

    The ends of the scale cut the answers of the divided more, so the middles are such that all
    answers have the same mean; in the middle of the scale nothing has to be mended.
    """
    tail = {spread: centre_of(3.5, spread, "skewed") for spread in (0.5, 1.0)}
    return {
        "HR twice as divided": made_up.World.of(3.0, 0.5, hr=1.0),
        "a unit and a level twice as divided": replace(made_up.World.of(3.0, 0.5), uneven=2.0),
        "HR twice as divided, skewed": made_up.World.of(
            tail[0.5], 0.5, "skewed", hr=1.0, at=tail[1.0]
        ),
    }


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
        (name, size, WORLDS[name])
        for name in WORLDS
        for size in made_up.SIZES[: 5 if name == "bell-shaped" else 4]
    ]
    for name, world in uneven_worlds().items():
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
    even = [row for row in rows if row[1] in WORLDS]
    mean = {
        k: np.mean([float(r[i]) for r in even if r[i] != "true"]) for i, k in enumerate(kinds, 2)
    }
    worst = max(made_up.KINDS, key=lambda k: mean[k])
    whole = ("all of these", "", *(round(float(mean[k]), 1) for k in kinds))
    return Table(
        "claims_null",
        ("leaders + HR", "answers", *(f"{k}: pages (%)" for k in made_up.KINDS),
         "first page: any (%)", "clear: reports (%)"),
        (*even, whole, *(row for row in rows if row[1] not in WORLDS)),
        f"Nothing differs in these organisations. The page that claims most claims \"{worst}\" in "
        f"{mean[worst]:.1f} % of cases on average; anything is called clear in {mean['clear']:.1f} % of "
        f"reports. Each row rests on {times} reports: 5 % of that has a standard error of {100 * (0.0475 / times) ** 0.5:.0f} points.",
    )  # fmt: skip


def _percents(found: Mapping[str, float]) -> list[Cell]:
    return [pct(found[k]) if k in found else "true" for k in (*made_up.KINDS, "front", "clear")]


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
