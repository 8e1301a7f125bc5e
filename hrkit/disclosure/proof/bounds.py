"""How closely published means confine the answers of a few.

Hidden totals have bounds even where they cannot be computed: every answer lies on the
scale, so a group of five with a mean of 4.8 confines each of its members to 4-5.  The
*width* of a set of respondents is the largest minus the smallest mean that agrees with
all published values and the ends of the scale.  `too_narrow` finds the published rows that
have to go until every given set is at least so wide.

The unknowns are the totals of *classes*: respondents whom no published row tells apart.
Part of a class needs no unknown of its own: the rest of it can be anywhere on the scale.
Where answers stand on a grid (items: whole points; complete dimensions: fifths) the totals
are integers in its unit, and so they are for a reader who looks for them.

A width is shown to suffice by two feasible points, whatever way they were found, and
one point serves all sets at once.  So most sets need no programme: moving the true answers
along the null space of the rows gives points that settle nearly all of them.  The others get
two linear programmes each; the optimum of a linear programme is an outer bound,
so too small a one is proof of the opposite.  If the optimum is not on the grid the same is
asked as an integer programme.  What cannot be settled within the budget counts as too narrow.

Sources: Fischetti and Salazar, "Solving the cell suppression problem on tabular data with
linear constraints", Management Science 47 (2001), 1008-1027 (the attacker's programmes,
protection levels); Hundepool et al., "Statistical disclosure control" (2012), chapter 4.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.programme import Floats, Inputs
from hrkit.disclosure.proof.reader import Reader

__all__ = ["too_narrow"]

_TINY = 1e-6
# So many points are compared with all sets at a time, which bounds the memory.
_CHUNK = 16


@dataclass(frozen=True)
class _Seen:
    """The range of every set over the feasible points found so far.

    A set's total is the sum of its *units*: so many respondents of one class.
    """

    inputs: Inputs
    classes: npt.NDArray[np.intp]
    counts: Floats
    members: npt.NDArray[np.intp]
    most: Floats
    least: Floats
    need: Floats

    def after(self, points: Floats) -> _Seen:
        """Take further feasible points into account, one a row of class totals."""
        most, least = self.most, self.least
        lowest, highest = self.inputs.ends
        rest = self.inputs.sizes[self.classes] - self.counts
        for i in range(0, len(points), _CHUNK):
            totals = points[i : i + _CHUNK, self.classes]
            up = np.minimum(highest * self.counts, totals - lowest * rest)
            down = np.maximum(lowest * self.counts, totals - highest * rest)
            most = np.maximum(most, _summed(up, self.members).max(axis=0))
            least = np.minimum(least, _summed(down, self.members).min(axis=0))
        return replace(self, most=most, least=least)

    def worst(self) -> int | None:
        """Return the set that lacks most, None when every set is wide enough."""
        if not len(self.need):
            return None
        lack = self.need - (self.most - self.least)
        t = int(lack.argmax())
        return t if lack[t] > _TINY else None

    def open(self, t: int) -> bool:
        return bool(self.need[t] - (self.most[t] - self.least[t]) > _TINY)

    def asking(self, t: int, need: float) -> _Seen:
        """Ask less of one set."""
        changed = self.need.copy()
        changed[t] = min(changed[t], need)
        return replace(self, need=changed)


def too_narrow(inputs: Inputs, budget_seconds: float) -> frozenset[int]:
    """Return the indices of the equations to withdraw so that every set is wide enough.

    Of the rows that hold a narrow set in place (those with a non-zero dual) the least
    important goes first.  Fewer rows leave more freedom, so a set once wide enough
    stays so.  What rows that are out already confine is only kept from getting narrower.

    Parameters
    ----------
    inputs
        What is published and what is to be protected.
    budget_seconds
        Processor time; when it is used up all rows near an unsettled set go.

    Raises
    ------
    DisclosureError
        If no answers at all agree with the rows: earlier values of other people.
    """
    clock = time.process_time() + budget_seconds
    equations = inputs.equations
    every = used = frozenset(range(len(equations)))
    fixed = frozenset(i for i in used if equations[i].rank is None)
    reader = Reader(inputs, used)
    seen = _unseen(inputs).after(_moved(inputs, reader.any_point(budget_seconds)))
    judged: set[int] = set()
    while (t := seen.worst()) is not None:
        left = clock - time.process_time()
        if left <= 0:
            return every - _far(inputs, used, seen)
        width, points, holding = reader.width(t, left)
        seen = seen.after(points)
        if not seen.open(t):
            continue
        if fixed and t not in judged:
            # Perhaps earlier releases alone confine this set: no more can be asked then.
            judged.add(t)
            before, _, _ = Reader(inputs, fixed).width(t, left)
            if before > -np.inf:
                seen = seen.asking(t, before)
            continue
        removable = (holding if width < seen.need[t] - _TINY else frozenset()) - fixed
        removable = removable or reader.touching(t) - fixed or used - fixed
        if removable:
            used -= {max(removable, key=lambda i: equations[i].rank or 0)}
            reader = Reader(inputs, used)
        else:
            seen = seen.asking(t, -np.inf)
    return every - used


def _unseen(inputs: Inputs) -> _Seen:
    """Return the state before any point is known."""
    units: dict[tuple[int, int], int] = {}
    longest = max((len(target) for target in inputs.targets), default=0)
    members = np.zeros((len(inputs.targets), longest), dtype=np.intp)
    units[(0, 0)] = 0  # nobody: fills up short targets
    for t, target in enumerate(inputs.targets):
        members[t, : len(target)] = [units.setdefault(unit, len(units)) for unit in target]
    listed = list(units)
    counts = np.array([count for _, count in listed], dtype=np.float64)
    need = inputs.margin * counts[members].sum(axis=1)
    nothing = np.full(len(inputs.targets), np.inf)
    return _Seen(
        inputs,
        np.array([cls for cls, _ in listed], dtype=np.intp),
        counts,
        members,
        -nothing,
        nothing,
        need,
    )


def _moved(inputs: Inputs, start: Floats) -> Floats:
    """Move a feasible point along each direction as far as the scale allows, both ways."""
    lowest, highest = inputs.ends
    points = [start]
    for move in inputs.moves:
        where = np.fromiter(move.keys(), dtype=np.intp)
        step = np.fromiter(move.values(), dtype=np.float64)
        up = highest * inputs.sizes[where] - start[where]
        down = lowest * inputs.sizes[where] - start[where]
        for sign in (1.0, -1.0):
            room = np.where(sign * step > 0, up, down) / (sign * step)
            length = room.min()
            length = np.floor(length + _TINY) if inputs.on_grid else length
            if length > 0:
                point = start.copy()
                point[where] += sign * length * step
                points.append(point)
    return np.array(points)


def _far(inputs: Inputs, used: frozenset[int], seen: _Seen) -> frozenset[int]:
    """Return the rows to keep: those that share nobody with a set that is not settled.

    Where earlier rows are out, a row can work through them on others: none is kept.
    """
    fixed = frozenset(i for i in used if inputs.equations[i].rank is None)
    if fixed:
        return fixed
    unsettled = [t for t in range(len(inputs.targets)) if seen.open(t)]
    near = {cls for t in unsettled for cls, _ in inputs.targets[t]}
    return frozenset(i for i in used if near.isdisjoint(inputs.equations[i].weights))


def _summed(units: Floats, members: npt.NDArray[np.intp]) -> Floats:
    total = np.zeros((len(units), len(members)))
    for column in members.T:
        total += units[:, column]
    return total
