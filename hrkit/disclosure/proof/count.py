"""Which small units a reader of numbers of people can count (HiGHS).

The unknowns are numbers of people who stand directly in a unit, measure by measure.  Numbers that
are printed are sums of them along the tree; whoever has a value on a measure has answered; and no
more have answered than were invited.  A unit is counted where the fewest and the most that agree
with all this are one whole number.  Any two ways in which people can have answered settle every
unit in which they differ, and the true one is one; and what follows from a unit and its neighbours at
a time (`squeeze`) is known: so most units need no programme of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.solver import model_of, solve, solver_of
from hrkit.disclosure.proof.squeeze import squeezed

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Census", "Ways", "counted"]

Node = tuple[str, str]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

_TINY = 1e-6
_MANY = 10.0**6
#: So few units are asked for one by one, and so many ways are kept for the next question.
_FEW, _KEPT = 3, 80


@dataclass(frozen=True)
class Census:
    """Numbers of people by unit (with all below it) and measure; ``""`` is having answered at all.

    Attributes
    ----------
    tree, within
        Unit to the one above it, and to all units in it.
    size
        The truth.
    ends
        What is known of it, and is so: fewest and most (None for any number).
    invited
        Unit to the number invited, where that is known.
    """

    tree: Mapping[str, str | None]
    within: Mapping[str, frozenset[str]]
    size: Mapping[Node, int]
    ends: Mapping[Node, tuple[int, int | None]]
    invited: Mapping[str, int | None]


@dataclass
class Ways:
    """What was found of a group, kept from one question to the next: they are asked with little changed."""

    points: dict[object, Floats] = field(default_factory=dict)
    layouts: dict[object, _Layout] = field(default_factory=dict)
    answers: dict[object, frozenset[Node]] = field(default_factory=dict)

    def layout(self, census: Census, measures: Sequence[str]) -> tuple[object, _Layout]:
        """The unknowns of a tree and some measures, and their name."""
        name = tuple(census.tree.items()), tuple(measures)
        if name not in self.layouts:
            self.layouts[name] = _Layout(census, measures)
        return name, self.layouts[name]


def counted(census: Census, secret: Sequence[Node], ways: Ways | None = None) -> frozenset[Node]:
    """Which of some units have one size only."""
    ways = Ways() if ways is None else ways
    known = (census.size, census.ends, census.invited, census.tree)
    question = (*(frozenset(one.items()) for one in known), tuple(secret))
    if question not in ways.answers:
        ways.answers[question] = _counted(census, secret, ways)
    return ways.answers[question]


def _counted(census: Census, secret: Sequence[Node], ways: Ways) -> frozenset[Node]:
    measures = sorted({"", *(m for _, m in (*census.size, *census.ends))})
    name, layout = ways.layout(census, measures)
    reader = _Reader(census, layout, ways.points.get(name))
    aims = np.array([layout.sum(node) for node in secret])
    rng, left = np.random.default_rng(len(aims)), reader.left(aims)
    # What follows step by step needs no programme.
    sure = reader.sure([secret[n] for n in left.tolist()])
    known, left = left[sure], left[~sure]
    signs, before = np.ones(len(left)), len(left) + 2
    while _FEW < len(left) < before - 1:
        # First all large or all small, then some of them, as long as that tells several apart.
        before = len(left)
        reader.push(signs @ aims[left])
        left = left[reader.left(aims[left])]
        signs = rng.choice([-1.0, 1.0], len(left))
    for n in left.tolist():
        if len(reader.left(aims[[n]])):
            reader.push(aims[n])
    ways.points[name] = reader.points[-_KEPT:]
    left = left[reader.left(aims[left])] if len(left) else left
    return frozenset(secret[n] for n in (*known.tolist(), *left.tolist()))


class _Layout:
    """The unknowns: who stands directly in a unit, measure by measure."""

    def __init__(self, census: Census, measures: Sequence[str]) -> None:
        self.units, self.measures = tuple(census.tree), tuple(measures)
        self._unit = {unit: i for i, unit in enumerate(self.units)}
        self._measure = {measure: i for i, measure in enumerate(measures)}
        self.count = len(self.units) * len(measures)
        self._below = {
            unit: np.array([self._unit[one] for one in below if one in self._unit], dtype=np.intp)
            for unit, below in census.within.items()
        }
        self.children: dict[str, list[str]] = {unit: [] for unit in census.tree}
        for unit, up in census.tree.items():
            if up in self.children:
                self.children[up].append(unit)

    @cached_property
    def below(self) -> Sequence[Sequence[int]]:
        """The units right below each."""
        return [[self._unit[one] for one in self.children[unit]] for unit in self.units]

    def at(self, node: Node) -> int:
        """The place of a unit's own number."""
        return self._unit[node[0]] * len(self.measures) + self._measure[node[1]]

    def places(self, node: Node) -> Ints:
        """The places whose sum is the number of a unit with all below it."""
        return self._below[node[0]] * len(self.measures) + self._measure[node[1]]

    def sum(self, node: Node) -> Floats:
        """A unit's number in terms of the unknowns."""
        found = np.zeros(self.count)
        found[self.places(node)] = 1.0
        return found

    @cached_property
    def answered(self) -> csr_matrix:
        """Whoever has a value on a measure has answered: differences that are none or more."""
        from scipy.sparse import csr_matrix

        others = np.array([n for n, measure in enumerate(self.measures) if measure], dtype=np.intp)
        first = np.arange(len(self.units))[:, None] * len(self.measures)
        column = np.stack(
            [
                np.broadcast_to(first + self._measure[""], (len(self.units), len(others))),
                first + others,
            ],
            axis=-1,
        ).ravel()
        n = len(self.units) * len(others)
        ends = np.arange(n + 1) * 2
        return csr_matrix((np.tile([1.0, -1.0], n), column, ends), shape=(n, self.count))


class _Reader:
    def __init__(self, census: Census, layout: _Layout, before: Floats | None) -> None:
        self._census, self._layout = census, layout
        truth, size = np.zeros(layout.count), census.size
        for unit in layout.units:
            for measure in layout.measures:
                under = sum(size.get((u, measure), 0) for u in layout.children[unit])
                truth[layout.at((unit, measure))] = size.get((unit, measure), 0) - under
        self._most = np.full(layout.count, _MANY)
        for unit, below in layout.children.items():
            if below and truth[layout.at((unit, ""))] == 0:
                # Who belongs where is known: nobody stands directly in this unit.
                self._most[[layout.at((unit, m)) for m in layout.measures]] = 0.0
        self._lines()
        self.points = truth[None, :]
        if before is not None:
            self.points = np.vstack([truth, before[self._agree(before)]])

    def _lines(self) -> None:
        from scipy.sparse import csr_matrix, vstack

        layout, census = self._layout, self._census
        told = [
            *census.ends.items(),
            *(((u, ""), (0, most)) for u, most in census.invited.items() if most is not None),
        ]
        places = [layout.places(node) for node, _ in told]
        column = np.concatenate([np.empty(0, dtype=np.intp), *places])
        ends = np.cumsum([0, *map(len, places)])
        shape = (len(told), layout.count)
        every = csr_matrix((np.ones(len(column)), column, ends), shape=shape)
        links = layout.answered
        self._matrix = vstack([every, links], format="csr")
        low = [float(least) for _, (least, _) in told]
        high = [np.inf if most is None else float(most) for _, (_, most) in told]
        self._low = np.array([*low, *[0.0] * links.shape[0]])
        self._high = np.array([*high, *[np.inf] * links.shape[0]])

    def _agree(self, points: Floats) -> npt.NDArray[np.bool_]:
        sums = self._matrix @ points.T
        off = (sums < self._low[:, None] - _TINY) | (sums > self._high[:, None] + _TINY)
        inside = (points <= self._most + _TINY).all(axis=1)
        return np.asarray(inside & ~off.any(axis=0))

    @cached_property
    def _solver(self) -> Any:
        bounds = np.zeros(self._layout.count), self._most
        return solver_of(model_of(self._matrix.tocsc(), bounds, (self._low, self._high)))

    def sure(self, nodes: Sequence[Node]) -> npt.NDArray[np.bool_]:
        """Shape (nodes,): of which the fewest and the most are one, found from unit to unit."""
        layout, census = self._layout, self._census
        told = [(layout.at(node), ends) for node, ends in census.ends.items()]
        told += [
            (layout.at((unit, "")), (0, most))
            for unit, most in census.invited.items()
            if most is not None and unit in layout.children
        ]
        low, high = squeezed(
            told, layout.below, self._most.reshape(len(layout.units), -1), layout.measures.index("")
        )
        at = [layout.at(node) for node in nodes]
        return np.asarray(low.ravel()[at] == high.ravel()[at])

    def push(self, aim: Floats) -> None:
        """Take ways in which people can have answered that have little of something, and much of it."""
        for sign in (1.0, -1.0):
            point = solve(self._solver, sign * aim)
            if point is not None:
                self.points = np.vstack([self.points, point])

    def left(self, aims: Floats) -> Ints:
        """Which numbers are the same in all ways that were found."""
        values = self.points @ aims.T
        apart = np.floor(values.max(axis=0) + _TINY) > np.ceil(values.min(axis=0) - _TINY)
        return np.flatnonzero(~apart)
