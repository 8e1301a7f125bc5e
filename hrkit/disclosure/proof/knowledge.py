"""What a reader of published means knows, and about whom it must not tell too much.

Turns published means into equations about totals of classes, and atoms into the sets
that criterion 3 protects.  A mean to one decimal with its number of answers is an interval
for their total.  For whole answers of up to ten people only one total lies in it; the
same exactness is assumed for any values of up to ten people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.programme import Equation, Floats, Headcount, Inputs
from hrkit.disclosure.proof.rowspace import RowSpace
from hrkit.errors import DisclosureError, Problem

__all__ = ["Earlier", "Known", "Parts", "grid_of", "published", "reader_inputs"]

Parts = tuple[frozenset[int], ...]

_TINY = 1e-9
# Scores of up to ten items stand on a grid of tenths or coarser; finer ones on none.
_FINEST = 10


def published(values: npt.ArrayLike, parts: Iterable[Iterable[int]], decimals: int = 1) -> float:
    """Return the value printed for a mean of means: halves are rounded up.

    Parameters
    ----------
    values
        Shape (R,); NaN is no valid answer and left out.
    parts
        Respondents of each part.
    decimals
        Decimals shown.
    """
    answers = np.asarray(values, dtype=np.float64)
    mean = float(np.mean([np.nanmean(answers[sorted(part)]) for part in parts]))
    step = 10.0**-decimals
    # A half that binary fractions miss by a hair is a half.
    return float(round(floor(mean / step + 0.5 + _TINY) * step, decimals))


@dataclass(frozen=True)
class Earlier:
    """A mean of this measure that is public already.

    Attributes
    ----------
    id
        Its name.
    parts
        Respondents who had answered then.  Those who are not there any more, or gave
        another answer, have indices of their own from the number of values on, the same
        in all earlier rows.
    value
        The value as published.  Without it, the mean of the answers if all are still there;
        otherwise the row counts in criteria 2 and 5 only.
    decimals
        Decimals it was published with, None if unrounded.
    """

    id: Hashable
    parts: Parts
    value: float | None = None
    decimals: int | None = 1


def grid_of(answers: Floats, scale: tuple[float, float]) -> int | None:
    """Return the steps to a point on which all answers and the scale's ends stand, if any."""
    given = np.append(answers[np.isfinite(answers)], scale)
    for steps in range(1, _FINEST + 1):
        if np.abs(given * steps - np.round(given * steps)).max() <= 1e-7:
            return steps
    return None


@dataclass(frozen=True)
class Known:
    """One measure and the classes into which what is published divides its respondents.

    Attributes
    ----------
    answers
        Shape (R,); NaN is no valid answer.
    atoms
        Shape (R,).
    cells
        Cell of each respondent in `space`; indices from R on are those who left.
    space
        What is published.
    k
        Threshold.
    scale
        Lowest and highest possible value.
    decimals
        Decimals shown, None for all.
    grid
        Answers are multiples of 1/grid; None if of nothing.
    """

    answers: Floats
    atoms: npt.NDArray[np.int_]
    cells: Mapping[int, int]
    space: RowSpace
    k: int
    scale: tuple[float, float]
    decimals: int | None
    grid: int | None

    @cached_property
    def classes(self) -> Mapping[int, int]:
        """Class of each respondent whom some published row is about."""
        uses, classes = self.space.uses, self.space.classes
        return {r: classes[cell] for r, cell in self.cells.items() if uses.get(cell)}

    @cached_property
    def sizes(self) -> Floats:
        """Respondents per class; the last class is everybody else and confined by nothing."""
        counts = Counter(self.classes.values())
        last = max(self.space.classes, default=-1) + 1
        return np.array([counts[cls] for cls in range(last)] + [len(self.answers)], dtype=float)

    def answer(self, respondent: int) -> float:
        """Return an answer, NaN if it is not there any more."""
        return self._said[respondent] if respondent < len(self._said) else np.nan

    @cached_property
    def _said(self) -> list[float]:
        return self.answers.tolist()

    def remembers(self, row: Parts) -> bool:
        """Whether all answers of a row are still there."""
        return all(np.isfinite(self.answer(r)) for part in row for r in part)

    @cached_property
    def totals(self) -> Floats | None:
        """True class totals in units of the grid; None when some answers are gone."""
        totals = np.zeros(len(self.sizes))
        for r, cls in self.classes.items():
            totals[cls] += self.answer(r)
        totals[-1] = self.scale[0] * self.sizes[-1]
        if not np.isfinite(totals).all():
            return None
        return np.round(totals * self.grid) if self.grid else totals


def reader_inputs(
    known: Known,
    *,
    shown: Sequence[Parts],
    earlier: Sequence[Earlier],
    withheld: Iterable[frozenset[int]],
    margin: float,
) -> Inputs:
    """Put together what `too_narrow` asks for.

    Parameters
    ----------
    known
        The measure; its `space` holds `shown` and `earlier`.
    shown
        Rows that may be published as far as the other criteria go, most important first.
    earlier
        Rows published before.
    withheld
        Groups asked for and not shown; the small ones are to be protected.
    margin
        Width asked for, in points.
    """
    unit = float(known.grid or 1)
    equations = [
        _equation(known, row, rank, None, known.decimals) for rank, row in enumerate(shown)
    ]
    equations += [
        _equation(known, row.parts, None, row.value, row.decimals)
        for row in earlier
        if row.value is not None or known.remembers(row.parts)
    ]
    classes = (*known.space.classes, len(known.sizes) - 1)
    moves = [
        {classes[cell]: change for cell, change in move.items()}
        for move in known.space.null_vectors()
    ]
    moves.append({classes[-1]: 1})
    used = set(known.classes.values())
    return Inputs(
        known.sizes,
        (known.scale[0] * unit, known.scale[1] * unit),
        margin * unit,
        known.grid is not None,
        tuple(equations),
        tuple(sorted(_targets(known, withheld))),
        tuple(move for move in moves if used.issuperset(move) or classes[-1] in move),
        known.totals,
    )


def _equation(
    known: Known, row: Parts, rank: int | None, value: float | None, decimals: int | None
) -> Equation:
    """Return a row about class totals; `value` is None for a row about present answers."""
    people, unit = sum(map(len, row)), known.grid or 1
    weights: dict[int, float] = {}
    true = 0.0
    for part in row:
        # A plain mean gives a total; a mean of means is brought to the same order.
        weight = people / (len(row) * len(part))
        for cls, count in Counter(known.classes[r] for r in part).items():
            weights[cls] = weights.get(cls, 0.0) + weight * count / known.sizes[cls]
        true += weight * unit * sum(known.answer(r) for r in part)
    plain, half = len(row) == 1, 0.0 if decimals is None else 0.5 * 10.0**-decimals
    whole, here = plain and known.grid is not None, not np.isnan(true)
    if here and value is not None and abs(true / (people * unit) - value) > half + 1e-6:
        raise _changed(people)
    true = float(round(true)) if whole and here else true
    # Whoever shows values unrounded later does so for those of before.
    exact = known.decimals is None or (plain and people * 2 * half <= 1 + _TINY)
    if here and exact:
        return Equation(weights, true, true, rank)
    if value is None:
        value = published(known.answers, row, decimals or 0)
    middle, off = value * people * unit, half * people * unit
    if decimals is None:
        middle = float(round(middle)) if whole else middle
        return Equation(weights, middle, middle, rank)
    low, high = middle - off, middle + off
    if whole:
        # Halves are rounded up (`published`), but where the truth is known neither end counts:
        # the sets are then safe however a reader thinks that halves are rounded.
        low, high = ceil(low + (_TINY if here else -_TINY)), floor(high - _TINY)
    if here:
        low, high = min(low, true), max(high, true)
    return Equation(weights, float(low), float(high), rank)


def _changed(people: int) -> DisclosureError:
    problem = Problem(
        "earlier releases",
        f"a mean of {people} answers is another now",
        "count respondents who changed an answer as others than before",
    )
    return DisclosureError(
        "What was published before cannot come from these respondents.", [problem]
    )


def _targets(known: Known, withheld: Iterable[frozenset[int]]) -> set[Headcount]:
    """Return the sets that criterion 3 protects."""
    k, here = known.k, len(known.answers)
    pieces: Counter[tuple[int, int]] = Counter()
    for r, cls in known.classes.items():
        # Who left is known to have left: those of one class are an atom.
        pieces[cls, known.atoms[r] if r < here else -1] += 1
    small: dict[int, Counter[int]] = {}
    for (cls, _), count in pieces.items():
        if count < k:
            small.setdefault(cls, Counter())[count] += 1
    targets: set[Headcount] = {((cls, 1),) for cls, _ in pieces}
    for cls, counts in small.items():
        targets |= {((cls, a),) for a in counts}
        pairs = [(a, b) for a, b in combinations(sorted(counts.elements()), 2) if a + b < k]
        targets |= {((cls, a + b),) for a, b in pairs}
    for (one, ours), (two, theirs) in combinations(sorted(small.items()), 2):
        targets |= {((one, a), (two, b)) for a in ours for b in theirs if a + b < k}
    last = len(known.sizes) - 1
    for group in withheld:
        if 0 < len(group) < k:
            targets.add(tuple(sorted(Counter(known.classes.get(r, last) for r in group).items())))
    return targets
