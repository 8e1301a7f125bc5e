"""A group at one time, as a reader of numbers of people has it: who stood where, what was said of how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from hrkit.disclosure.wave import PRESENCE
from hrkit.disclosure.why import Why

__all__ = ["Day", "Ends", "Node", "Tree", "ends_of", "parents_first", "units_within"]

#: Unit, and measure; `PRESENCE` for having answered at all.
Node = tuple[str, str]
Ends = tuple[int, int | None]
Tree = Mapping[str, str | None]


def units_within(tree: Tree) -> dict[str, frozenset[str]]:
    """Unit to itself and all below it."""
    found: dict[str, set[str]] = {unit: set() for unit in tree}
    for unit in tree:
        up: str | None = unit
        while up is not None:
            found.setdefault(up, set()).add(unit)
            up = tree.get(up)
    return {unit: frozenset(below) for unit, below in found.items()}


def parents_first(tree: Tree) -> dict[str, str | None]:
    """A tree in the order in which sums along it are made.

    >>> list(parents_first({"a": "b", "b": "c", "c": None}))
    ['c', 'b', 'a']
    """
    within = units_within(tree)
    above = {unit: sum(unit in below for below in within.values()) for unit in tree}
    return {unit: tree[unit] for unit in sorted(tree, key=above.__getitem__)}


@dataclass(frozen=True)
class Day:
    """Who stood where at a time, and what was said of how many.

    ``people`` are the rows that stand for them, of who stands directly in a unit; ``said`` is what
    was printed of a unit with all below it; ``invited`` how many were invited there.  Where people of
    then were ``erased`` since, a reader does not know whose numbers lack them.
    """

    tree: Tree
    people: Mapping[Node, frozenset[int]]
    said: Mapping[Node, Ends]
    invited: Mapping[str, int | None]
    erased: bool = False

    @cached_property
    def within(self) -> Mapping[str, frozenset[str]]:
        """Unit to itself and all below it."""
        return units_within(self.tree)

    @cached_property
    def nodes(self) -> Mapping[Node, frozenset[int]]:
        """Who stands in a unit or below it."""
        found: dict[Node, set[int]] = {}
        measures = {measure for _, measure in self.people}
        for unit, below in self.within.items():
            for measure in measures:
                found[unit, measure] = set()
                for one in below:
                    found[unit, measure] |= self.people.get((one, measure), frozenset())
        return {node: frozenset(rows) for node, rows in found.items()}

    def with_erased(self, lost: Mapping[str, int], where: str | None = None) -> Day:
        """The same with those who were erased since: where the numbers that were printed lack them.

        Who lacks nowhere stood anywhere: numbers of units say nothing of her.

        Parameters
        ----------
        lost
            Measure to how many are missing.
        where
            The unit in which they are supposed to have stood; the whole, directly, if None.
        """
        people = {node: set(rows) for node, rows in self.people.items()}
        deepest = sorted(self.within, key=lambda unit: len(self.within[unit]))
        for measure, missing in lost.items():
            ghosts = list(range(-missing, 0))
            for unit in deepest if ghosts else ():
                low, high = self.said.get((unit, measure), (0, None))
                there = sum(len(people.get((u, measure), ())) for u in self.within[unit])
                if low == high and there < low <= there + len(ghosts):
                    place = where if where is not None and where in self.within[unit] else unit
                    stood = people.setdefault((place, measure), set())
                    stood |= {ghosts.pop() for _ in range(low - there)}
            if ghosts:
                top = where or next(unit for unit, up in self.tree.items() if up is None)
                people.setdefault((top, measure), set()).update(ghosts)
        whole = {node: frozenset(rows) for node, rows in people.items()}
        return replace(self, people=whole, erased=any(lost.values()))

    def guessed(self, lost: Mapping[str, int], k: int) -> Iterator[Day]:
        """Where those who were erased may have stood, as far as that matters and was not denied.

        Nothing is kept of where somebody stood who was erased.  Who reads all versions may follow that a
        unit of which a number is asked was theirs: so each small one is supposed to have been.
        """
        yield self.with_erased(lost)
        missing = lost.get(PRESENCE, 0)
        for unit, up in self.tree.items():
            if up is None or not missing:
                continue
            day = self.with_erased(lost, unit)
            if not 0 < len(day.nodes.get((unit, PRESENCE), ())) < k:
                continue
            above = [one for one, below in self.within.items() if unit in below]
            if all(day._agrees(one, measure) for one in above for measure in lost):
                yield day

    def _agrees(self, unit: str, measure: str) -> bool:
        """Whether as many stood there as was said; words may have been said of all alike."""
        low, high = self.said.get((unit, measure), (0, None))
        n = len(self.nodes.get((unit, measure), ()))
        return high is None or low <= n <= high

    def told(self) -> Iterator[tuple[str, frozenset[int], Ends]]:
        """Measure, people and how many are said to be there; what is not so tells nothing."""
        # Where *protected* is said of a few too, it says nothing of anybody.
        vague = any(
            high is None and len(self.nodes.get(node, ())) < low
            for node, (low, high) in self.said.items()
        )
        for node, (low, high) in self.said.items():
            people = None if vague and high is None else self.nodes.get(node)
            if people is not None and low <= len(people) and (high is None or len(people) <= high):
                yield node[1], people, (low, high)


def ends_of(why: Why, k: int) -> Ends:
    """How many a reason speaks of."""
    if why.absent:
        return (0, 0)
    if why is Why.SMALL:
        return (1, k - 1)
    return (k, None) if why is Why.PROTECTED else (0, k - 1)
