"""Tables of people by kind, over versions: ways out, languages, signs of carelessness, links.

Two printed tables that differ, of people of whom fewer than the threshold differ, tell what these
few did: who joined took a way out, a row with a sign came.  As everywhere, a table that is printed
again of the people of an earlier issue tells nothing new: the oldest issue that it fits is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .facts import Delivery, tidy
from .world import DONT_KNOW, NOT_RELEVANT, State, World

#: A person to what kind of person that is, in one state.
Table = Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """A few people of whom two tables tell what they did."""

    what: str
    versions: tuple[int, int]
    who: frozenset[str]


def kinds(world: World, deliveries: Sequence[tuple[int, Delivery]]) -> list[Told]:
    """Whom tables of two versions tell of."""
    found: list[Told] = []
    for what, printed, table, fits in _tables(world, deliveries):
        made: list[tuple[int, Hashable, Table]] = []
        for version, said in printed.items():
            wave = deliveries[version][1].wave
            for index, delivery in deliveries[: version + 1]:
                mine = table(world.states[index])
                if delivery.wave == wave and fits(said, mine):
                    made.append((version, said, mine))
                    break
        for (i, one, then), (j, two, now) in combinations(made, 2):
            k = min(deliveries[i][1].threshold, deliveries[j][1].threshold)
            same = deliveries[i][1].wave == deliveries[j][1].wave
            few = frozenset(p for p in {*then, *now} if then.get(p) != now.get(p))
            if same and one != two and 0 < len(few) < k:
                found.append(Told(what, (i, j), few))
    return found


def _tables(
    world: World, deliveries: Sequence[tuple[int, Delivery]]
) -> Iterator[tuple[str, dict[int, Hashable], Callable[[State], Table], Callable[..., bool]]]:
    """Name, what each version printed, whom it is about, and whether it may be of these people."""
    by: dict[tuple[str, ...], dict[int, Hashable]] = {}
    for version, (_, delivery) in enumerate(deliveries):
        for way in delivery.ways:
            said = (way.n, way.dont_know, way.not_relevant, way.together)
            by.setdefault(("ways", way.measure, way.group), {})[version] = said
        spoken = frozenset((p.id, p.n) for p in delivery.people if p.kind == "language")
        if spoken:
            by.setdefault(("languages",), {})[version] = spoken
        for one in delivery.people:
            if one.kind == "sign":
                by.setdefault(("sign", one.id), {})[version] = one.n
        for change in delivery.changes:
            if change.linked is not None:
                linked = (change.linked, change.together)
                by.setdefault(("linked", change.measure, change.group), {})[version] = linked
    for key, printed in by.items():
        faces = dict(deliveries[min(printed)][1].groups).get(key[-1], ())
        yield " ".join(key), printed, *_of(world, key, faces)


def _of(
    world: World, key: tuple[str, ...], faces: Sequence[str]
) -> tuple[Callable[[State], Table], Callable[..., bool]]:
    if key[0] == "languages":
        return (
            lambda state: {id: p.language for id, p in state.people.items()},
            lambda said, table: {n for _, n in said} == set(Counter(table.values()).values()),
        )
    if key[0] == "sign":
        return (
            lambda state: {
                id: "yes" if (p.signs if key[1] == "any" else key[1] in p.signs) else "no"
                for id, p in state.people.items()
            },
            lambda said, table: said == sum(v == "yes" for v in table.values()),
        )
    if key[0] == "linked":
        measure = world.questions.measures[key[1]]
        return (
            lambda state: {
                id: str(sorted(weights))
                for id, weights in world.members(state, measure, _root(state), tuple(faces), "")
            },
            lambda said, table: said[0] <= len(table),
        )

    def ways(state: State) -> Table:
        return {
            id: p.ways.get(key[1], "rated")
            for id, p in state.people.items()
            if p.perspective in faces and (key[1] in p.ways or key[1] in p.runs)
        }

    def fits(said: tuple[int, float | None, float | None, float | None], table: Table) -> bool:
        count, n = Counter(table.values()), len(table)
        if n != said[0]:
            return False
        true = (count[DONT_KNOW], count[NOT_RELEVANT], count[DONT_KNOW] + count[NOT_RELEVANT])
        return all(
            share is None or abs(share - tidy(100 * number / n) / 100) < 0.006
            for share, number in zip(said[1:], true, strict=True)
        )

    return ways, fits


def _root(state: State) -> str:
    return next(unit for unit, above in state.above.items() if above is None)
