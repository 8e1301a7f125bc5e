"""Small groups whose exact size follows from the numbers of people that are printed.

This reader does not know who answered.  She has all printed counts of all versions (beside means,
in the tables of who answered, by unit), the numbers invited, and the words that stand where there
is no number: "too few answers" is one to four, "no answers" none, "protected" as many as the
threshold.  Whoever has a value has answered; units add up along the tree; and what was printed of
the same people in another version still holds.

What she does not know: whose numbers were too low where more have answered than were invited; where
somebody stood who was erased, of whom she sees only that fewer are counted in all (so a unit that
was counted before may have lost as many); and nothing is a secret that was printed, or followed from
what was, while the threshold was lower, or while everybody invited had answered and that was said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from scipy import sparse

from .facts import Delivery
from .world import State, World

#: Unit, group and measure; the measure of having answered at all is empty.
Node = tuple[str, str, str]
#: A number of people between two bounds: the people, what is printed, and of whom.
#: Last, whether it is said outright, of as many as may be counted.
Row = tuple[Node, frozenset[str], int, float, bool]

TINY = 1e-6
_MANY = 200


@dataclass(frozen=True)
class Counted:
    """A small group whose size has one value only."""

    version: int
    node: Node
    n: int


def sizes(world: World, deliveries: Sequence[tuple[int, Delivery]]) -> list[Counted]:
    """Every small group that can be counted, as of each issue."""
    days = [_Day(world, world.states[i], d) for i, d in deliveries]
    found = []
    for number, day in enumerate(days):
        same = [n for n, other in enumerate(days) if other.state.wave == day.state.wave]
        rows = list(_heard(days, same, number))
        k = day.delivery.threshold
        for group in day.delivery.groups:
            few = list(_sizes(day, group, rows, k))
            known = _no_secret(days, [n for n in same if n < number], group, k) if few else set()
            found += [
                Counted(number, node, n)
                for node, n in few
                if (node[2], day.nodes[node]) not in known
            ]
    return found


def _heard(days: Sequence[_Day], of: Sequence[int], number: int) -> Iterator[Row]:
    """What some versions say of a day; where fewer are counted in all, some were erased anywhere."""
    for n in of:
        for node, people, low, high, plain in days[n].rows(days[: n + 1]):
            ends = [d.whole(node[1]) for d in (days[min(n, number)], days[max(n, number)])]
            lost = 0 if None in ends else max(0, (ends[0] or 0) - (ends[1] or 0))
            if n < number:
                low = max(0, low - lost)
            elif n > number:
                high += lost
            yield node, people, low, high, plain


def _no_secret(
    days: Sequence[_Day], before: Sequence[int], group: str, k: int
) -> set[tuple[str, frozenset[str]]]:
    """Measure and people that were counted while they were enough, or stood where all have answered."""
    found = set()
    for n in before:
        day = days[n]
        if group not in day.delivery.groups:
            continue
        rows = list(_heard(days, [e for e in before if e <= n], n))
        enough = day.delivery.threshold
        if enough < k:
            counted = _sizes(day, group, rows, k)
            found |= {(node[2], day.nodes[node]) for node, n in counted if n >= enough}
        full = _read(day, group, rows).full
        inside = (node for node in day.nodes if any(node[0] in day.state.within[u] for u in full))
        found |= {(node[2], day.nodes[node]) for node in inside if node[1] == group}
    return found


@dataclass(frozen=True)
class _Day:
    """The people of an issue by unit, group and measure, and what it printed of their numbers."""

    world: World
    state: State
    delivery: Delivery

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Measures of which numbers are printed by unit."""
        return (
            "",
            *sorted({c.measure for c in self.delivery.counts if "." not in c.measure} - {""}),
        )

    @cached_property
    def people(self) -> Mapping[Node, frozenset[str]]:
        """Whoever stands directly in a unit."""
        known = self.world.questions.measures | dict(self.world.questions.pillars)
        found: dict[Node, set[str]] = {}
        for id, person in self.state.people.items():
            for group, names in self.delivery.groups.items():
                if person.perspective not in names:
                    continue
                for measure in self.measures:
                    if not measure or self.world.questions.weights(known[measure], person):
                        found.setdefault((person.unit, group, measure), set()).add(id)
        return {node: frozenset(ids) for node, ids in found.items()}

    @cached_property
    def nodes(self) -> Mapping[Node, frozenset[str]]:
        """Whoever stands in a unit or below it."""
        return {
            (unit, group, measure): frozenset().union(
                *(self.people.get((u, group, measure), frozenset()) for u in inside)
            )
            for unit, inside in self.state.within.items()
            for group in self.delivery.groups
            for measure in self.measures
        }

    def whole(self, group: str) -> int | None:
        """How many are said to have answered in all."""
        root = self.delivery.root
        told = (
            c.n for c in self.delivery.counts if (c.unit, c.group, c.measure) == (root, group, "")
        )
        return next(told, None)

    def rows(self, until: Sequence[_Day]) -> Iterator[Row]:
        """What it says of how many, with whom that is about: a group may stand as on an earlier day."""
        k = self.delivery.threshold
        said: dict[Node, tuple[int, float]] = {
            (c.unit, c.group, c.measure): (c.n, c.n)
            for c in self.delivery.counts
            if "." not in c.measure
        }
        said |= dict.fromkeys(((u, g, "") for u, g in self.delivery.few), (1, k - 1))
        marks: dict[Node, tuple[int, float]] = {}
        for (measure, unit, group), why in self.delivery.marks.items():
            if measure in self.measures:
                marks[unit, group, measure] = {
                    "nobody": (0, 0), "small": (1, k - 1), "protected": (k, np.inf),
                }.get(why, (0, k - 1))  # fmt: skip
        # Words of a group that stands as on an earlier day are as vague as they were on that day.
        vague = {
            (node[1], node[2])
            for node, ends in marks.items()
            for day in (self, *self._stands(node[1], until))
            if ends[0] == k and len(day.nodes.get(node, ())) < k
        }
        said |= {n: e for n, e in marks.items() if not (e[0] == k and n[1:] in vague)}
        for node, (low, high) in said.items():
            people = self._about(node, low, high, until)
            if people is not None:
                yield node, people, low, high, low == high >= k

    def _stands(self, group: str, until: Sequence[_Day]) -> Sequence[_Day]:
        """The last day on which as many of a group had answered in all as are told now."""
        root, whole = (self.delivery.root, group, ""), self.whole(group)
        days = [day for day in reversed(until) if len(day.nodes.get(root, ())) == whole]
        return days[:1]

    def _about(
        self, node: Node, low: float, high: float, until: Sequence[_Day]
    ) -> frozenset[str] | None:
        """Of whom something is said: of today, or of a day on which as many had answered in all."""
        fits = [
            (day, people)
            for day in reversed(until)
            if (people := day.nodes.get(node)) is not None and low <= len(people) <= high
        ]
        whole, root = self.whole(node[1]), (self.delivery.root, node[1], "")
        as_many = [people for day, people in fits if len(day.nodes.get(root, ())) == whole]
        return next(iter(as_many or [people for _, people in fits]), None)


@dataclass(frozen=True)
class _Read:
    """What a day's numbers say of a group: the ends of a node, and where the list invited is wrong or met."""

    true: Mapping[Node, tuple[float, float]]
    outright: frozenset[Node]
    wrong: frozenset[str]
    full: frozenset[str]


def _read(day: _Day, group: str, rows: Sequence[Row]) -> _Read:
    within, invited = day.state.within, day.delivery.invited
    where: dict[tuple[str, frozenset[str]], list[Node]] = {}
    for node, people in day.nodes.items():
        if node[1] == group:
            where.setdefault((node[2], people), []).append(node)
    true: dict[Node, tuple[float, float]] = {}
    # Under a threshold that was lower once; what is printed is printed.
    outright: set[Node] = set()
    for (unit, name, measure), people, low, high, plain in rows:
        same = where.get((measure, people), ())
        own = (unit, name, measure)
        for node in [own] if own in same else same if people else ():
            outright |= {node} if plain else set()
            before = true.get(node, (0.0, np.inf))
            true[node] = (max(low, before[0]), min(high, before[1]))
    # Where more have answered than were invited the list is wrong; what should stand there nobody knows.
    wrong = {u for u in within if len(day.nodes[u, group, ""]) > invited.get((u, group), _MANY)}
    # Where everybody who was invited has answered, and that is printed, no size is a secret.
    full = {
        u
        for (u, _, _), ends in true.items()
        if ends[0] == invited.get((u, group)) and not wrong & within[u]
    }
    return _Read(true, frozenset(outright), frozenset(wrong), frozenset(full))


def _sizes(day: _Day, group: str, rows: Sequence[Row], k: int) -> Iterator[tuple[Node, int]]:
    """Units of a group with fewer than ``k`` people whose size has one value only."""
    within, invited = day.state.within, day.delivery.invited
    read = _read(day, group, rows)
    true, wrong = read.true, read.wrong
    wanted = [
        node
        for node, people in day.nodes.items()
        if node[1] == group
        and 0 < len(people) < k
        and node not in read.outright
        and not any(node[0] in within[u] for u in read.full)
    ]
    if not wanted or not true:
        return
    atoms = [(unit, measure) for unit in within for measure in day.measures]
    at = {atom: i for i, atom in enumerate(atoms)}

    def vector(node: Node) -> np.ndarray:
        found = np.zeros(len(atoms))
        found[[at[u, node[2]] for u in within[node[0]]]] = 1.0
        return found

    lines = [(vector(node), *ends) for node, ends in true.items()]
    for unit in within:
        asked = invited.get((unit, group))
        if asked is not None and unit not in wrong:
            lines.append((vector((unit, group, "")), 0, asked))
        for measure in day.measures[1:]:
            rest = np.zeros(len(atoms))
            rest[at[unit, ""]], rest[at[unit, measure]] = 1.0, -1.0
            lines.append((rest, 0, np.inf))
    # Nobody belongs directly to a unit in which nobody does.
    most = [
        0.0 if len(within[u]) > 1 and not day.people.get((u, group, "")) else float(_MANY)
        for u, _ in atoms
    ]
    yield from _determined(lines, most, [(vector(n), n) for n in wanted], day)


def _determined(
    lines: Sequence[tuple[np.ndarray, float, float]], most: Sequence[float],
    wanted: Sequence[tuple[np.ndarray, Node]], day: _Day,
) -> Iterator[tuple[Node, int]]:  # fmt: skip
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    matrix = sparse.csc_matrix(np.array([line for line, _, _ in lines]))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(most), len(lines)
    model.col_cost_ = np.zeros(len(most))
    model.col_lower_, model.col_upper_ = np.zeros(len(most)), np.array(most)
    model.row_lower_ = np.array([float(low) for _, low, _ in lines])
    model.row_upper_ = np.array([float(high) for _, _, high in lines])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    solver.passModel(model)
    columns = np.arange(len(most), dtype=np.int32)
    points: list[np.ndarray] = []

    def solve(cost: np.ndarray) -> None:
        solver.changeColsCost(len(most), columns, cost)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "no numbers agree"
        points.append(np.array(solver.getSolution().col_value))

    def apart(target: np.ndarray) -> bool:
        values = np.array(points) @ target
        return bool(np.floor(values.max() + TINY) > np.ceil(values.min() - TINY))

    together = np.sum([target for target, _ in wanted], axis=0)
    solve(together)
    solve(-together)
    for target, node in wanted:
        for sign in (1.0, -1.0):
            if not apart(target):
                solve(sign * target)
        if not apart(target):
            yield node, len(day.nodes[node])
