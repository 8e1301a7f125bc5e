"""Numbers of people: what stands on the page must not count the few that are withheld.

A unit of nine with a part of five leaves four.  So an exact n, the number invited, and the word that
stands where there is no number are rows like any other: *too few* is one to k − 1, *no answers* is
none, *protected* is k at least.  An area of six with a part that is protected and one of too few
people is five and one.  A reader has them of all measures (whoever has a value has answered) and of
all versions: what was printed of the same people on another day still holds, and units as they were
then are no less secret.

What counts a few is mended in the order of what it costs: first no reason is told for any unit of
the group (all are *protected*, which then says nothing); then units are left out, the least first.
No reason is told either once people went of whom nothing says who and where they were, and none
ever for a level of the leadership chain.

The reader's programme is linear over people who stand directly in a unit, measure by measure
(`proof.count`).  Where everybody invited has answered, and that is printed, no size is a secret: the
numbers invited are known.  Not so where more have answered somewhere than were invited, also where
the whole then comes out even.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from hrkit.disclosure.cells import PART, inside
from hrkit.disclosure.day import Day, Ends, Node, Tree, ends_of, parents_first
from hrkit.disclosure.derived.silence import answered_in_units
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.kept.past import Past
from hrkit.disclosure.kept.versions import VALID, Version
from hrkit.disclosure.proof.count import Census, Ways, counted
from hrkit.disclosure.released import Group, Score, Turnout, Why
from hrkit.disclosure.wave import PRESENCE
from hrkit.model.engagement import Engagement

__all__ = ["Counting", "sizes_hidden"]

#: A measure, and unit and group.
_Place = tuple[str, tuple[str, str]]


@dataclass(frozen=True)
class Counting:
    """What numbers of people are proved against.

    Attributes
    ----------
    invited
        Unit and group to the number invited, where it is known.
    k
        Fewer answers than this are not counted.
    """

    engagement: Engagement
    groups: Sequence[Group]
    past: Past
    invited: Mapping[tuple[str, str], int | None]
    k: int


def sizes_hidden(drafts: Mapping[str, Draft], asked: Counting) -> dict[str, Draft]:
    """Tell no reason, and withhold units, until nobody can count a small one."""
    found = dict(drafts)
    for group in asked.groups:
        names = [
            n for n, d in found.items() if any(_unit(c.id, group, asked) for c in d.measure.cells)
        ]
        if names:
            found |= _Group(group, asked, {n: found[n] for n in names}).settled()
    return _levels_untold(found)


def _levels_untold(drafts: Mapping[str, Draft]) -> dict[str, Draft]:
    """No reason for any level of the leadership chain that has no number.

    Thirteen leaders, of whom seven stand on a level that is shown, one word for *too few* and one for
    *protected*: that is one and five.  Numbers alone count no level, since a small one that lies between
    two of them would have its mean between them too, and that is proved already.
    """
    by = {n: {cell.id for cell in d.measure.cells if cell.part} for n, d in drafts.items()}
    levels = frozenset().union(*by.values())
    return {n: replace(d, vague=d.vague | levels) if by[n] else d for n, d in drafts.items()}


def _unit(cell: tuple[str, str], group: Group, asked: Counting) -> bool:
    return cell[1] == group.id and cell[0] != asked.engagement.root.id


def _without(drafts: Mapping[str, Draft], places: Sequence[_Place]) -> dict[str, Draft]:
    found = dict(drafts)
    for name, cell in places:
        found[name] = replace(found[name], shown=found[name].shown - {cell})
    return found


class _Group:
    """One group's numbers in all units, on all measures that have any, in all versions."""

    def __init__(self, group: Group, asked: Counting, drafts: Mapping[str, Draft]) -> None:
        self._group, self._asked, self._drafts = group, asked, drafts
        engagement = asked.engagement
        self._root = engagement.root.id
        order = engagement.within(self._root)
        by = {unit.id: unit.parent for unit in engagement.units}
        self._tree: Tree = {unit: by[unit] if unit != self._root else None for unit in order}
        # In order of weight; the last goes first.
        self._order = {u: i for i, u in enumerate(order)}
        self._ways = Ways()

    def settled(self) -> dict[str, Draft]:
        """The drafts, so that nobody small is counted."""
        # Where somebody went, numbers of before are of others than a reader thinks, or of the same: a word
        # of now narrows them, whether what is out already counts somebody or not.
        past = self._asked.past
        drafts, told = (
            dict(self._drafts),
            not (past.went.lacks(self._group) or past.went.gone(self._group)),
        )
        while True:
            few = self._few(drafts, told)
            if not few:
                break
            if told:
                told = False
                continue
            choice = self._choice(drafts, few)
            if not choice:
                break
            drafts = _without(drafts, choice)
        if not told:
            vague = frozenset((unit, self._group.id) for unit in self._tree if unit != self._root)
            drafts = {n: replace(d, vague=d.vague | vague) for n, d in drafts.items()}
        return drafts

    def _choice(self, drafts: Mapping[str, Draft], few: frozenset[Node]) -> Sequence[_Place]:
        """What to leave out: the unit with the fewest answers that is enough, of a measure or of all."""
        measures = {name for _, name in few} - {PRESENCE}
        # Who answered at all follows from any measure, also from one on which nobody is counted.
        found = self._units(drafts, [n for n in drafts if n in measures])
        found = found or self._units(drafts, list(drafts))
        by: dict[str, list[_Place]] = {}
        for _, _, place in found:
            by.setdefault(place[0], []).append(place)

        def left(out: Sequence[_Place], of: str | None = None) -> int:
            asked = few if of is None else frozenset(node for node in few if node[1] == of)
            return len(self._few(_without(drafts, out), False, asked) & asked)

        # Where all its units are not enough, none of them is.
        hopeful = {name for name, mine in by.items() if not left(mine, name)}
        for _, _, place in sorted(found):
            if place[0] in hopeful and not left([place], place[0]):
                return [place]
        return self._everywhere(drafts, len(few), left)

    def _everywhere(
        self, drafts: Mapping[str, Draft], few: int, left: Callable[[Sequence[_Place]], int]
    ) -> Sequence[_Place]:
        """Of all measures, the unit with the fewest answers that is enough; else what comes closest."""
        most: dict[str, tuple[int, int]] = {}
        places: dict[str, list[_Place]] = {}
        for n, order, place in self._units(drafts, list(drafts)):
            unit = place[1][0]
            places.setdefault(unit, []).append(place)
            most[unit] = max(most.get(unit, (0, 0)), (n, order))
        best, fewest = None, few
        for unit in sorted(places, key=most.__getitem__):
            still = left(places[unit])
            if still < fewest:
                best, fewest = unit, still
            if not still:
                break
        if best is None:
            best = max(places, key=self._order.__getitem__, default=None)
        return () if best is None else places[best]

    def _units(
        self, drafts: Mapping[str, Draft], names: Sequence[str]
    ) -> list[tuple[int, int, _Place]]:
        """Units that could be left out: answers, place in the order, measure and cell."""
        return [
            (n, -self._order.get(cell.unit, 0), (name, cell.id))
            for name in names
            for cell, n in zip(drafts[name].measure.cells, drafts[name].n, strict=True)
            if not cell.part
            and _unit(cell.id, self._group, self._asked)
            and cell.id in drafts[name].shown
        ]

    def _few(
        self, drafts: Mapping[str, Draft], told: bool, among: frozenset[Node] | None = None
    ) -> frozenset[Node]:
        """Small units that are counted now, or are of before by what would be printed now.

        All, or those among some of which it is asked.
        """
        now = self._now(drafts, told)
        out = [row for day in self._before for row in day.told()]
        # Numbers that may lack somebody are of these people to us, and to a reader of nobody she knows.
        sure = [row for day in self._before if not day.erased for row in day.told()]
        rows = [*now.told(), *out]
        found = self._counted(now, rows, among)
        if found and sure:
            # What is out already is no reason to withhold more.
            found -= self._counted(now, sure, among)
        for day in self._before:
            mine = set(day.told())
            fresh = [row for row in now.told() if row not in mine]
            known = {(m, people) for m, people, _ in fresh}
            if any((node[1], people) in known for node, people in day.nodes.items()):
                known_then = [*sure, *mine] if day.erased else sure
                found |= self._counted(day, rows, among) - self._counted(day, known_then, among)
        return found

    def _counted(
        self,
        day: Day,
        rows: Sequence[tuple[str, frozenset[int], Ends]],
        among: frozenset[Node] | None,
    ) -> frozenset[Node]:
        where: dict[tuple[str, frozenset[int]], list[Node]] = {}
        for node, people in day.nodes.items():
            where.setdefault((node[1], people), []).append(node)
        ends: dict[Node, Ends] = {}
        for measure, people, (low, high) in rows:
            # Of nobody one cannot tell which unit is meant.
            for node in where.get((measure, people), ()) if people else ():
                least, most = ends.get(node, (0, None))
                both = [end for end in (high, most) if end is not None]
                ends[node] = (max(low, least), min(both) if both else None)
        for node, (_, high) in day.said.items():
            if high == 0 and not day.nodes.get(node, frozenset()):
                ends[node] = (0, 0)
        size = {node: len(people) for node, people in day.nodes.items()}
        # A number invited that is too low bounds nobody: a reader cannot know what it should have been.
        wrong = {
            u for u, n in day.invited.items() if n is not None and n < size.get((u, PRESENCE), 0)
        }
        invited = {unit: None if unit in wrong else n for unit, n in day.invited.items()}
        full = [
            day.within[unit]
            for (unit, _), (low, high) in ends.items()
            if low == high and low == invited.get(unit) and wrong.isdisjoint(day.within[unit])
        ]
        secret = [
            node
            for node, n in size.items()
            if 0 < n < self._asked.k
            and (among is None or node in among)
            and not any(node[0] in within for within in full)
        ]
        if not secret:
            return frozenset()
        return counted(Census(day.tree, day.within, size, ends, invited), secret, self._ways)

    # ------------------------------------------------------------------ now and before

    def _now(self, drafts: Mapping[str, Draft], told: bool) -> Day:
        group, k = self._group, self._asked.k
        people = dict(self._present)
        said: dict[Node, Ends] = {}
        n = len(frozenset().union(*self._present.values())) if self._present else 0
        said[self._root, PRESENCE] = (n, n) if n == 0 or n >= k else (1, k - 1)
        for name, draft in drafts.items():
            people |= self._valid(name)
            size = dict(zip((c.id for c in draft.measure.cells), draft.n, strict=True))
            for unit in self._tree:
                cell = (unit, group.id)
                if cell in draft.shown:
                    said[unit, name] = (size[cell], size[cell])
                elif told or unit == self._root:
                    said[unit, name] = ends_of(draft.why(cell, k), k)
        shown = [
            Score(name, unit, group.id, Why.SHOWN, n=ends[0])
            for (unit, name), ends in said.items()
            if name != PRESENCE and (unit, group.id) in drafts[name].shown
        ]
        whole = Turnout(self._root, group.id, n if n == 0 or n >= k else None)
        asked = self._asked.invited
        said |= self._answered(shown, whole, self._tree, asked, k)
        return Day(self._tree, people, said, {u: asked.get((u, group.id)) for u in self._tree})

    def _answered(
        self,
        shown: Sequence[Score],
        whole: Turnout,
        tree: Tree,
        invited: Mapping[tuple[str, str], int | None],
        k: int,
    ) -> dict[Node, Ends]:
        """Who answered in units: printed too, as far as that alone counts nobody."""
        found = answered_in_units(shown, [whole], list(self._drafts), tree, invited, k)
        return {
            (one.unit, PRESENCE): (one.answered, one.answered)
            for one in found
            if one.answered is not None
        }

    @cached_property
    def _present(self) -> Mapping[Node, frozenset[int]]:
        past = self._asked.past
        who = inside(past.wave, self._group) & past.wave.counted(PRESENCE)
        found: dict[Node, set[int]] = {}
        for row in np.flatnonzero(who).tolist():
            unit = past.wave.units[past.wave.unit[row]]
            found.setdefault((unit if unit in self._tree else self._root, PRESENCE), set()).add(
                int(past.owner[row])
            )
        return {node: frozenset(rows) for node, rows in found.items()}

    def _valid(self, name: str) -> Mapping[Node, frozenset[int]]:
        if name not in self._valids:
            past, measure = self._asked.past, self._drafts[name].measure
            who = inside(past.wave, self._group) & measure.use & np.isfinite(measure.values)
            same = past.same(name)
            found: dict[Node, set[int]] = {}
            for row in np.flatnonzero(who).tolist():
                unit = past.wave.units[past.wave.unit[row]]
                place = unit if unit in self._tree else self._root
                found.setdefault((place, name), set()).add(int(same[row]))
            self._valids[name] = {node: frozenset(rows) for node, rows in found.items()}
        return self._valids[name]

    @cached_property
    def _valids(self) -> dict[str, Mapping[Node, frozenset[int]]]:
        return {}

    @cached_property
    def _before(self) -> tuple[Day, ...]:
        """The group in earlier versions."""
        versions = enumerate(self._asked.past.versions)
        return tuple(day for v, version in versions for day in self._then(v, version))

    def _then(self, v: int, version: Version) -> Sequence[Day]:
        past, then = self._asked.past, version.group(self._group.id)
        if then is None or version.tree is None:
            return ()
        member = version.of(then)
        people: dict[Node, set[int]] = {}
        said: dict[Node, Ends] = {}
        lost: dict[str, int] = {}
        root = version.root(past.root)
        for name in (PRESENCE, *self._drafts):
            counts = version.counted(name)
            which = member & ((counts > 0) if name == PRESENCE else (counts == VALID))
            lost[name] = int((past.at[v][which] < 0).sum()) + past.went.missing(v, name, then)
            which &= past.at[v] >= 0
            same = past.owner if name == PRESENCE else past.same(name)
            for e in np.flatnonzero(which).tolist():
                unit = version.units[e] if version.units[e] in version.tree else root
                people.setdefault((unit, name), set()).add(int(same[past.at[v][e]]))
        marks = {
            (s.unit, s.measure): s
            for s in version.released.scores
            if s.group == then.id and s.measure in self._drafts and PART not in s.group
        }
        k = version.released.threshold
        for unit in version.tree:
            for name in self._drafts:
                score = marks.get((unit, name))
                if score is not None and score.shown and score.n is not None:
                    said[unit, name] = (score.n, score.n)
                else:
                    said[unit, name] = ends_of(score.why if score else Why.NOBODY, k)
        asked = self._asked.invited if version.invited is None else version.invited
        for one in version.released.turnout:
            if one.group == then.id:
                n = one.answered
                said[root, PRESENCE] = (1, k - 1) if n is None else (n, n)
                shown = [score for score in marks.values() if score.shown]
                said |= self._answered(shown, one, parents_first(version.tree), asked, k)
        day = Day(
            dict(version.tree),
            {node: frozenset(rows) for node, rows in people.items()},
            said,
            {unit: asked.get((unit, then.id)) for unit in version.tree},
        )
        return tuple(day.guessed(lost, self._asked.k))
