"""Somebody who reads a report closely and wants to know what single people answered.

Written apart from `hrkit.disclosure` on purpose, with other means: floating point instead of
exact arithmetic, the null space by singular values instead of elimination, every union of
atoms tried instead of searched, one unknown per atom and a mixed integer programme per set.
The attacker knows who belongs to which group and atom, every published value with its number
of answers, that halves are rounded up, and the grid on which answers stand.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.linalg import null_space
from scipy.optimize import Bounds, LinearConstraint, milp


@dataclass(frozen=True)
class Row:
    """A published number: the mean of the means of `parts`, to one decimal."""

    id: Hashable
    parts: tuple[frozenset[int], ...]
    value: float


@dataclass(frozen=True)
class Recovered:
    """A small group that is not hidden: its mean lies between `low` and `high`."""

    members: frozenset[int]
    low: float
    high: float
    how: str


def attack(
    rows: Sequence[Row],
    atoms: Mapping[int, Hashable],
    *,
    k: int = 5,
    scale: tuple[float, float] = (1.0, 5.0),
    steps: int | None = 1,
    margin: float = 1.0,
    most_atoms: int = 2,
    rounded: bool = True,
) -> list[Recovered]:
    """Return every small group that the published rows give away.

    Parameters
    ----------
    rows
        All that was published, in all versions.
    atoms
        Atom of each person.
    k
        Groups with fewer members are small.
    scale
        Ends of the scale.
    steps
        Answers are multiples of 1/steps; None for any number.
    margin
        A group counts as known when its mean is known to less than that.
    most_atoms
        Bounds are computed for up to so many atoms together.
    rounded
        Whether values are shown to one decimal, or as they are.
    """
    if not rows:
        return []
    people = sorted({p for row in rows for part in row.parts for p in part})
    # No finer than the rows see, no coarser than the atoms.
    keys = {
        p: (atoms[p], tuple(tuple(p in part for part in row.parts) for row in rows)) for p in people
    }
    cells = [
        frozenset(p for p in people if keys[p] == key)
        for key in sorted(set(keys.values()), key=str)
    ]
    matrix = np.array([[_weight(row, cell) for cell in cells] for row in rows])
    found = _combinations(rows, cells, matrix, k)
    return found + _Bounds(rows, cells, scale, steps, rounded).narrow(k, margin, most_atoms)


def _weight(row: Row, cell: frozenset[int]) -> float:
    """Coefficient of each member's answer in the row's mean."""
    person = next(iter(cell))
    return sum(1 / len(part) / len(row.parts) for part in row.parts if person in part)


def _combinations(
    rows: Sequence[Row], cells: list[frozenset[int]], matrix: np.ndarray, k: int
) -> list[Recovered]:
    """Small unions of cells whose sum is a combination of rows."""
    sizes = np.array([len(cell) for cell in cells])
    # Unknown per cell: its members' common answer direction; weights by size.
    free = null_space(matrix * np.sqrt(sizes), rcond=1e-10)
    shadows = free * np.sqrt(sizes)[:, None]
    small = [i for i in range(len(cells)) if sizes[i] < k]
    found = []
    for count in range(1, k):
        chosen = np.array(list(combinations(small, count)), dtype=int).reshape(-1, count)
        chosen = chosen[sizes[chosen].sum(axis=1) < k]
        cast = np.zeros(len(chosen))
        for shadow in shadows.T:
            cast = np.maximum(cast, np.abs(shadow[chosen].sum(axis=1)))
        for union in chosen[cast < 1e-7]:
            wanted = np.zeros(len(cells))
            wanted[union] = 1.0
            recipe = np.linalg.lstsq(matrix.T, wanted, rcond=None)[0]
            mean = float(recipe @ [row.value for row in rows]) / sizes[union].sum()
            members = frozenset().union(*(cells[i] for i in union))
            found.append(Recovered(members, mean, mean, "combination"))
    return found


class _Bounds:
    """Ranges of cell totals, as integers where answers stand on a grid."""

    def __init__(
        self,
        rows: Sequence[Row],
        cells: list[frozenset[int]],
        scale: tuple[float, float],
        steps: int | None,
        rounded: bool,
    ) -> None:
        self.rounded = rounded
        self.rows, self.cells = rows, cells
        self.unit = steps or 1
        self.whole = steps is not None
        self.ends = (scale[0] * self.unit, scale[1] * self.unit)
        # Two unknowns a cell: one member, and the others together.
        self.sizes = np.array([size for cell in cells for size in (1, len(cell) - 1)], float)
        weights = [[_weight(row, cell) for cell in cells for _ in (0, 1)] for row in rows]
        scales = np.array([sum(map(len, row.parts)) for row in rows], float)
        self.matrix = np.array(weights) * scales[:, None]
        limits = np.array([self._interval(row) for row in rows])
        self.low, self.high = limits[:, 0], limits[:, 1]
        self.solutions: list[np.ndarray] = []

    def _interval(self, row: Row) -> tuple[float, float]:
        """Sums (of the size of a total, in grid units) that are printed as the value."""
        n = sum(map(len, row.parts))
        if not self.rounded:
            total = row.value * n * self.unit
            slack = 1e-6
            if len(row.parts) == 1 and self.whole:
                return round(total), round(total)
            return total - slack, total + slack
        if len(row.parts) == 1 and self.whole:
            totals = range(round(self.ends[0] * n), round(self.ends[1] * n) + 1)
            # t / (n * unit) to one decimal, halves up, in whole numbers.
            tenth = n * self.unit
            fits = [t for t in totals if (20 * t + tenth) // (2 * tenth) == round(row.value * 10)]
            return min(fits), max(fits)
        return (
            (row.value - 0.05) * n * self.unit - 1e-9,
            (row.value + 0.05) * n * self.unit + 1e-9,
        )

    def solve(self, cost: np.ndarray) -> np.ndarray | None:
        result = milp(
            cost,
            integrality=np.full(len(cost), int(self.whole)),
            bounds=Bounds(self.ends[0] * self.sizes, self.ends[1] * self.sizes),
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            options={"time_limit": 5.0},
        )
        if result.status == 2:
            raise AssertionError("no answers agree with the published rows")
        if result.status != 0:
            return None
        self.solutions.append(result.x)
        return result.x

    def narrow(self, k: int, margin: float, most_atoms: int) -> list[Recovered]:
        people = [np.eye(len(self.sizes))[2 * i] for i in range(len(self.cells))]
        wholes = [
            np.eye(len(self.sizes))[2 * i] + np.eye(len(self.sizes))[2 * i + 1]
            for i in range(len(self.cells))
        ]
        targets = [(frozenset({min(c)}), v) for c, v in zip(self.cells, people, strict=True)]
        small = [i for i, cell in enumerate(self.cells) if len(cell) < k]
        for count in range(1, most_atoms + 1):
            for chosen in combinations(small, count):
                members = frozenset().union(*(self.cells[i] for i in chosen))
                if len(members) < k and self._siblings(chosen):
                    targets.append((members, sum(wholes[i] for i in chosen)))
        rng = np.random.default_rng(len(self.cells))
        for _ in range(8):
            self.solve(rng.choice([-1.0, 1.0], len(self.sizes)))
        found = []
        for members, indicator in targets:
            if self._spread(indicator) >= margin * self.unit * len(members) - 1e-6:
                continue
            ends = [self.solve(sign * indicator) for sign in (1.0, -1.0)]
            if ends[0] is None or ends[1] is None:
                continue
            low, high = (float(indicator @ end) / self.unit / len(members) for end in ends)
            if high - low < margin - 1e-5:
                found.append(Recovered(members, low, high, "bounds"))
        return found

    def _siblings(self, chosen: Sequence[int]) -> bool:
        """Whether some published number is about all of the cells."""
        columns = self.matrix[:, [2 * i for i in chosen]] != 0
        return bool(columns.all(axis=1).any())

    def _spread(self, indicator: np.ndarray) -> float:
        reached = np.array(self.solutions) @ indicator
        return float(reached.max() - reached.min())
