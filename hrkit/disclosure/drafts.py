"""One measure: its cells, what was published of it before, and what was decided of each cell.

A *cell* is whom a mean is about: a group in a unit, or one level of the leadership chain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.cells import PART, Cell
from hrkit.disclosure.proof.protect import Earlier
from hrkit.disclosure.released import Why
from hrkit.disclosure.why import why_none

__all__ = ["NOTHING_BEFORE", "Before", "Draft", "Measure"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Measure:
    """One thing that is measured.

    Attributes
    ----------
    id
        Dimension id, pillar id or question key.
    values
        Shape (R,); NaN is no valid answer.
    use
        Shape (R,): the rows that count; the others stand beside them for the proofs only.
    silent
        Shape (R,): share of "don't know" among what was asked and answered; NaN for nothing.
    scale
        Lowest and highest value.
    usual
        Variance usual within groups, for the intervals of small ones.
    within
        The same for units and levels of the chain; None where there are none.
    cells
        Whom means are wanted for, most important first.
    partial
        Shape (R,): who rated something, and too little for a value; None where one answer is enough.
    """

    id: str
    values: Floats
    use: Bools
    silent: Floats
    scale: tuple[float, float]
    usual: float
    cells: Sequence[Cell]
    partial: Bools | None = None
    within: float | None = None

    @cached_property
    def by_id(self) -> Mapping[tuple[str, str], Cell]:
        """The cells by their ids."""
        return {cell.id: cell for cell in reversed(self.cells)}

    @cached_property
    def valid(self) -> Bools:
        """Shape (R,): the rows that count and have a value."""
        return self.use & np.isfinite(self.values)

    def why(self, cell: Cell, k: int) -> Why:
        """Why a cell that is withheld has no number."""
        if (cell.id, k) not in self._whys:
            who = cell.who & self.use
            partial = None if self.partial is None else self.partial[who]
            self._whys[cell.id, k] = why_none(self.values[who], self.silent[who], partial, k)
        return self._whys[cell.id, k]

    @cached_property
    def _whys(self) -> dict[tuple[tuple[str, str], int], Why]:
        return {}


@dataclass(frozen=True)
class Before:
    """What was published of a measure before, in terms of its rows.

    Attributes
    ----------
    rows
        See `hrkit.disclosure.proof.protect`.
    same
        Shape (R,): the row that stands for each, with the same person and the same answers.
    owner
        Shape (R,): the first row of the same person.
    lost
        Whether what was shown of units cannot be told any more.
    numbers
        Cell to the numbers of answers that were printed of it.
    lacking
        Cell to those of these numbers whose people are not all there any more, while others came.
    kin
        The same of other measures that share questions with this one.
    apart
        Groups of which several went without a trace while others came: of the whole only is told.
    """

    rows: tuple[Earlier, ...] = ()
    same: npt.NDArray[np.intp] | None = None
    owner: npt.NDArray[np.intp] | None = None
    lost: bool = False
    numbers: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    lacking: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    kin: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()

    def near(self, cell: tuple[str, str], n: int, k: int) -> bool:
        """Whether a cell of the same name was printed with one to ``k`` − 1 answers more or fewer.

        Whoever they are, and however many came and went: the number is what a reader compares.  Where
        somebody went without a trace, the same number is near too: they may be among those who came.
        What was kept back beside a dimension then is of the same people now, if they came again.
        """
        if n in self.lacking.get(cell, ()):
            return True
        if cell not in self.numbers and any(abs(n - then) < k for then in self.kin.get(cell, ())):
            return True
        return any(0 < abs(n - then) < k for then in self.numbers.get(cell, ()))

    def unsure(self, whole: tuple[str, str], n: int, k: int) -> bool:
        """Whether a group lacks somebody, and its number is not far enough from before to be of others.

        Who went without a trace may be among those who came: then units and levels of now beside those
        of then are about a few, and nobody here knows whom.
        """
        cells = (*self.lacking, *self.kin)
        if not any(group.partition(PART)[0] == whole[1] for _, group in cells):
            return False
        known = whole in self.numbers or whole in self.kin
        return not known or self.near(whole, n, k)

    def part(self, rows: Bools) -> frozenset[int]:
        """The rows that stand for those of a mask."""
        found = np.flatnonzero(rows)
        return frozenset((found if self.same is None else self.same[found]).tolist())

    @property
    def people(self) -> Mapping[int, int]:
        """Row to another of the same person."""
        if self.owner is None:
            return {}
        return {i: int(o) for i, o in enumerate(self.owner.tolist()) if i != o}


NOTHING_BEFORE = Before()


@dataclass(frozen=True)
class Draft:
    """A measure's cells with what was decided about them.

    Attributes
    ----------
    n, mean, var
        Of each cell; the variance only of those in the whole organisation.
    shown
        Ids of the cells whose mean is released, the mean over perspectives among them.
    own
        Ids of those cells whose interval may rest on their own spread.
    vague
        Ids of cells of which, withheld, no reason is told but that: see `sizes`.
    """

    measure: Measure
    n: tuple[int, ...]
    mean: tuple[float, ...]
    var: tuple[float, ...]
    shown: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    own: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    vague: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def why(self, cell: tuple[str, str], k: int) -> Why:
        """Why a cell that is withheld has no number."""
        if cell in self.vague:
            return Why.PROTECTED
        found = self.measure.by_id.get(cell)
        return Why.NOBODY if found is None else self.measure.why(found, k)

    def rows(self, cell: tuple[str, str]) -> Bools:
        """Shape (R,): who counts in a cell with a value; nobody where there is no such cell."""
        found = self.measure.by_id.get(cell)
        if found is None:
            return np.zeros(len(self.measure.values), dtype=bool)
        return found.who & self.measure.valid
