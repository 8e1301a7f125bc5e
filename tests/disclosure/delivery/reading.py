"""What each printed number says, and about whom: rounded numbers become bounds on answers.

The reader knows who answered which question when, how scores are made, how numbers are rounded
and how intervals are computed.  What she is not told is whether a version printed a group as it
stands or as it stood at an earlier issue; that she finds by trying, and takes the oldest that
agrees with the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from math import ceil, floor, lcm, sqrt

from scipy.special import stdtrit

from .facts import ALL, Change, Delivery, Gap, Mean, tidy
from .said import said
from .world import Measure, Unknown, World, hybrid

#: From so many answers an interval rests on the group's own variance.
OWN = 10
TINY = 1e-6


class _Said:
    """Something that was printed; `why` begins with the version: ``v2 trust org leader``."""

    why: str

    @property
    def version(self) -> int:
        """Number of the version that said so."""
        return int(self.why.split()[0].removeprefix("v"))


@dataclass(frozen=True)
class Linear(_Said):
    """A weighted sum of answers lies between two bounds."""

    weights: Mapping[Unknown, float]
    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Spectrum(_Said):
    """A sum over answers of what each value counts lies between two bounds."""

    answers: frozenset[Unknown]
    worth: tuple[float, ...]
    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Cell:
    """Whom a printed mean is about, as the reader takes it; plain where one state gives all of it."""

    version: int
    fact: Mean
    people: Mapping[str, Mapping[Unknown, float]]
    state: int
    said: int = 0
    plain: bool = False

    @cached_property
    def n(self) -> int:
        """How many."""
        return len(self.people)

    @cached_property
    def weights(self) -> dict[Unknown, float]:
        """How the mean is made of answers."""
        return {u: w / self.n for one in self.people.values() for u, w in one.items()}

    @cached_property
    def step(self) -> float:
        """Means lie on multiples of this."""
        return 1 / (self.n * lcm(*(len(one) for one in self.people.values())))


@dataclass
class Reading:
    """Everything that was read out of some deliveries.

    Attributes
    ----------
    bounds
        What is known, all of it true.
    cells
        The printed means, with whom they are about.
    unexplained
        Printed means that fit no state of the organisation, earlier or present.
    mistaken
        Bounds that are not true: numbers made otherwise than the reader thinks.
    doubted
        Rules by which no number is read, since one of them was wrong somewhere.
    squares
        Of a printed mean's people, the least and the most of their squared deviations together,
        where its interval rests on their own spread: by version, measure, unit and group.
    """

    bounds: dict[str, list[Linear | Spectrum]] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    unexplained: list[tuple[int, Mean]] = field(default_factory=list)
    mistaken: list[str] = field(default_factory=list)
    doubted: frozenset[str] = frozenset()
    squares: dict[tuple[int, str, str, str], tuple[float, float]] = field(default_factory=dict)


def read(world: World, deliveries: Sequence[tuple[int, Delivery]]) -> Reading:
    """Read deliveries, each with the number of the state it was made of."""
    found = Reading()
    heard: list[tuple[str, str, Linear | Spectrum]] = []
    for version, (_, delivery) in enumerate(deliveries):
        same = [i for i, d in deliveries[: version + 1] if d.wave == delivery.wave]
        cells = _cells(world, version, delivery, same, found)
        numbers = said(
            {key: c.n for key, c in cells.items()}, delivery.groups, world.questions.instrument
        )
        cells = {key: replace(cell, said=numbers[key]) for key, cell in cells.items()}
        found.cells += cells.values()
        heard += _bounds(world, version, delivery, cells, found)
    empty = _reckoned_from_print(
        world, deliveries, {u for s in world.states for u, up in s.above.items() if not up}
    )
    heard = [one for one in heard if one[0] not in empty]
    # A rule that is wrong once is not the rule by which these numbers are made.
    wrong = {rule for rule, _, bound in heard if rule and not _holds(world, bound)}
    found.doubted = frozenset(wrong)
    for rule, topic, bound in heard:
        if rule in wrong:
            continue
        if _holds(world, bound):
            found.bounds.setdefault(topic, []).append(bound)
        else:
            found.mistaken.append(bound.why)
    return found


def _weighing(world: World, delivery: Delivery, measure: str) -> set[str]:
    """Groups that make a total: whoever rates its own work there does not."""
    own = world.questions.raters.get(measure, frozenset())
    return {g for g, members in delivery.groups.items() if members and not set(members) <= own}


def _reckoned_from_print(
    world: World, deliveries: Sequence[tuple[int, Delivery]], roots: set[str]
) -> set[str]:
    """Rules whose numbers always are what one gets from other printed numbers: they tell nothing."""
    off: dict[str, list[float]] = {TOTAL: [], GAP: [], CHANGE: [], DISTANCE: []}
    for _, delivery in deliveries:
        means = {(f.measure, f.group): f.mean for f in delivery.means if f.unit in roots}
        for (measure, group), total in means.items():
            weigh = _weighing(world, delivery, measure)
            sides = [m for (of, g), m in means.items() if of == measure and g in weigh]
            if group == ALL and sides:
                off[TOTAL].append(max(0.0, abs(total - sum(sides) / len(sides)) - 0.05))
        for gap in delivery.gaps:
            ends = [means.get((gap.measure, side)) for side in (gap.second, gap.first)]
            if None not in ends:
                off[GAP].append(abs(gap.difference - (ends[0] - ends[1])))
        for change in delivery.changes:
            off[CHANGE].append(abs(change.difference - (change.now - change.before)))
        for one in delivery.distances:
            apart = one.distance + means.get((one.measure, one.group), -one.distance)
            off[DISTANCE].append(abs(apart - round(apart)))
    return {rule for rule, far in off.items() if far and max(far) < 1e-6}


def _holds(world: World, bound: Linear | Spectrum) -> bool:
    if isinstance(bound, Linear):
        truth = sum(w * world.answers[u] for u, w in bound.weights.items())
    else:
        truth = sum(bound.worth[world.answers[u] - 1] for u in bound.answers)
    return bound.low - TINY <= truth <= bound.high + TINY


# ---------------------------------------------------------------------------- whom it is about


def _cells(
    world: World, version: int, delivery: Delivery, states: Sequence[int], found: Reading
) -> dict[tuple[str, str, str], Cell]:
    """Each printed mean but those over perspectives, with whom it is about."""
    measures = {**world.questions.measures, **world.questions.pillars}
    shares = {(s.measure, s.group): s.shares for s in delivery.shares}
    above = world.states[states[-1]].above
    printed = {
        ((f.measure, f.unit, f.group), (f.n, f.mean))
        for f in (
            cell.fact for cell in found.cells if world.states[cell.state].wave == delivery.wave
        )
    }
    chosen = {}
    for fact in delivery.means:
        if fact.group == ALL or fact.measure not in measures:
            continue
        cells = list(_fitting(world, version, delivery, fact, measures[fact.measure], states))
        bars = shares.get((fact.measure, fact.group)) if above[fact.unit] is None else None
        cells = [c for c in cells if not bars or _agrees(world, c, bars)] or cells
        if cells:
            # The same number as before tells nothing new: the oldest is taken.  One that was not
            # there before is about the people of now, if it can be, or of whoever was not held back.
            at, said = (fact.measure, fact.unit, fact.group), (fact.n, fact.mean)
            now = [c for c in cells if c.plain and c.state == states[-1]]
            chosen[at] = (
                now[0] if now and (at, said) not in printed else min(cells, key=lambda c: c.state)
            )
        else:
            found.unexplained.append((version, fact))
    return chosen


def _who(cell: Cell) -> frozenset[Unknown]:
    return frozenset(u for one in cell.people.values() for u in one)


def _agrees(world: World, cell: Cell, shares: tuple[float, ...]) -> bool:
    """Whether a printed distribution is that of these answers."""
    given = Counter(world.answers[u] for u in _who(cell))
    return all(abs(given[v] / cell.n - share) < 0.0051 for v, share in enumerate(shares, 1))


def _fitting(
    world: World, version: int, delivery: Delivery, fact: Mean, measure: Measure,
    states: Sequence[int],
) -> Iterator[Cell]:  # fmt: skip
    group, _, level = fact.group.partition("/")
    perspectives = delivery.groups.get(group, (group,))
    plain = [(i, i, i) for i in states]
    mixed = [(p, t, a) for p in states for t in states for a in states if not p == t == a]
    # Who went and came again may wait like any newcomer.
    for tries, waits in ((plain, False), (mixed, False), (plain, True), (mixed, True)):
        seen: set[frozenset[Unknown]] = set()
        for p, t, a in tries:
            people = _members(world, (p, t, a), measure, fact.unit, perspectives, level)
            if waits:
                people = {id: w for id, w in people.items() if id not in world.states[p].again}
            if not people or (fact.n is not None and len(people) != fact.n):
                continue
            mean = sum(w * world.answers[u] for one in people.values() for u, w in one.items())
            if abs(tidy(mean / len(people)) - fact.mean) > TINY:
                continue
            cell = Cell(version, fact, people, max(p, a), plain=p == t == a and not waits)
            if (who := _who(cell)) not in seen:
                seen.add(who)
                yield cell
        if seen:
            return


def _members(
    world: World, of: tuple[int, int, int], measure: Measure, unit: str,
    perspectives: tuple[str, ...], level: str,
) -> dict[str, dict[Unknown, float]]:  # fmt: skip
    """People of one time, in the tree of another, with their answers of a third."""
    p, t, a = of
    state = world.states[p]
    if not p == t == a:
        state = hybrid(state, world.states[t], world.states[a])
    return dict(world.members(state, measure, unit, perspectives, level))


# ------------------------------------------------------------------------------ what it says


#: Rules by which intervals may be made; a bound without one is plain rounding.
CENTRE, OWN_VARIANCE, OWN_OR_USUAL = "centre", "own variance", "own variance or usual"
#: And those of numbers that are made of several means.
TOTAL, GAP, CHANGE, DISTANCE = "total", "gap", "change", "distance"
#: How far the answers of those who answered twice go together.
LINKED = "linked"
#: A mean of those whose rows bear no sign: who they are is guessed.
WITHOUT = "without"

Heard = Iterator[tuple[str, str, "Linear | Spectrum"]]


def _bounds(
    world: World,
    version: int,
    delivery: Delivery,
    cells: Mapping[tuple[str, str, str], Cell],
    found: Reading,
) -> Heard:
    """What each number says: the rule it rests on, the dimension it is about, the bound."""
    measures = {**world.questions.measures, **world.questions.pillars}
    root = next(u for u, above in world.states[-1].above.items() if above is None)
    usual = _usual(world, cells, root)
    # A statement's interval rests on its own spread where its distribution stands beside it.
    shared = {(one.measure, one.group) for one in delivery.shares}
    statements = {key for m in measures.values() if not m.single for key in m.keys}
    plain = {(id, group) for id, _, group in cells if id in statements} - shared
    for (id, unit, group), cell in cells.items():
        topic, why = measures[id].dimension or id, f"v{version} {id} {unit} {group}"
        yield "", topic, _tight(cell, *_range(cell.fact), why)
        for rule, low, high in _by_interval(cell, usual.get(_kind(world, id)), root):
            yield rule, topic, _tight(cell, low, high, f"{why} {rule}")
        own = _own(cell, usual.get(_kind(world, id)), root)
        if own is not None and own[0] == OWN_OR_USUAL and (id, group) in plain:
            own = None
        if own is not None:
            rule, *spread = own
            found.squares[version, id, unit, group] = (spread[0], spread[1])
            make = _squares if measures[id].single else _outermost
            for bound in make(cell, (spread[0], spread[1]), why):
                yield rule, topic, bound
    for id in {fact.measure for fact in delivery.means} & set(measures):
        yield from _total(delivery, version, measures[id], cells, root, world)
    yield from _distances(delivery, version, cells, root)
    for gap in delivery.gaps:
        first, second = (cells.get((gap.measure, root, g)) for g in (gap.first, gap.second))
        if first is None or second is None:
            continue
        weights = _sum([(second.weights, 1), (first.weights, -1)])
        why = f"v{version} {gap.measure} gap"
        yield from _rounded(GAP, measures[gap.measure].dimension, weights, gap.difference, gap, why)
    for change in delivery.changes:
        asked = measures.get(change.measure)
        topic = (asked.dimension if asked else "") or change.measure
        for bound in _changed(world, version, change, cells, found, root):
            yield CHANGE, topic, bound
        for bound in _linked(world, version, change, cells, found, root):
            yield LINKED, topic, bound
    for bare in delivery.without:
        cell = cells.get((bare.measure, root, bare.group))
        # The worst of readers knows whose rows bear a sign.
        signed = world.states[cell.state].people if cell else {}
        people = {
            id: w
            for id, w in (cell.people if cell else {}).items()
            if id not in signed or not signed[id].signs
        }
        if cell is not None and len(people) == bare.n:
            fact = Mean(bare.measure, root, bare.group, bare.mean, bare.n)
            part = Cell(version, fact, people, cell.state)
            why = f"v{version} {bare.measure} without"
            yield WITHOUT, measures[bare.measure].dimension, _tight(part, *_range(fact), why)
    for one in delivery.shares:
        cell = cells.get((one.measure, root, one.group))
        for value, share in enumerate(one.shares) if cell else ():
            low, high = (
                ceil((share - 0.005) * cell.n - TINY),
                floor((share + 0.005) * cell.n + TINY),
            )
            worth = tuple(float(v == value) for v in range(5))
            why = f"v{version} {one.measure} share {value}"
            topic = measures[one.measure].dimension
            yield "", topic, Spectrum(_who(cell), worth, low, high, why)


def _rounded(
    rule: str,
    topic: str,
    weights: Mapping[Unknown, float],
    value: float,
    fact: Mean | Gap,
    why: str,
) -> Heard:
    """A printed number, and the middle of its interval as another rounding of it."""
    yield rule, topic, Linear(weights, value - 0.05, value + 0.05, why)
    cut = isinstance(fact, Mean) and (fact.low is None or fact.low <= 1 or fact.high >= 5)
    if fact.low is not None and fact.high is not None and not cut:
        middle = (fact.low + fact.high) / 2
        yield rule, topic, Linear(weights, middle - 0.05, middle + 0.05, f"{why} middle")


def _total(
    delivery: Delivery, version: int, measure: Measure,
    cells: Mapping[tuple[str, str, str], Cell], root: str, world: World,
) -> Heard:  # fmt: skip
    """The mean over the perspectives that experience it: each weighs the same."""
    facts = [f for f in delivery.means if f.measure == measure.id and f.unit == root]
    total = next((f for f in facts if f.group == ALL), None)
    weigh = _weighing(world, delivery, measure.id)
    shown = [f for f in facts if f.group in weigh]
    sides = [c for f in shown if (c := cells.get((f.measure, root, f.group)))]
    if total is None or not sides or len(shown) != len(sides):
        return
    whole = _sum([(c.weights, 1 / len(sides)) for c in sides])
    topic, why = measure.dimension or measure.id, f"v{version} {measure.id} total"
    yield from _rounded(TOTAL, topic, whole, total.mean, total, why)


def _distances(
    delivery: Delivery, version: int, cells: Mapping[tuple[str, str, str], Cell], root: str
) -> Heard:
    """Target minus mean; the target, a whole number here, stands beside it."""
    for one in delivery.distances:
        cell = cells.get((one.measure, root, one.group))
        if cell is not None:
            middle = round(one.distance + cell.fact.mean) - one.distance
            why = f"v{version} {one.measure} distance"
            yield (
                DISTANCE,
                one.measure,
                Linear(cell.weights, middle - 0.05, middle + 0.05, why),
            )


def _changed(
    world: World, version: int, change: Change,
    cells: Mapping[tuple[str, str, str], Cell], found: Reading, root: str,
) -> Iterator[Linear]:  # fmt: skip
    """The difference of two waves' means, for one group (totals follow from the groups)."""
    both = _twice(world, change, cells, found, root)
    if both is None:
        return
    now, then = both
    why = f"v{version} {change.measure} change"
    weights = _sum([(now.weights, 1), (then.weights, -1)])
    yield Linear(weights, change.difference - 0.05, change.difference + 0.05, why)
    for cell, value in ((now, change.now), (then, change.before)):
        yield Linear(cell.weights, value - 0.05, value + 0.05, why)


def _twice(
    world: World, change: Change, cells: Mapping[tuple[str, str, str], Cell], found: Reading,
    root: str,
) -> tuple[Cell, Cell] | None:  # fmt: skip
    """A group as it was printed now, and as it was printed last of the wave before."""
    now = cells.get((change.measure, root, change.group))
    then = [
        c
        for c in found.cells
        if (c.fact.measure, c.fact.unit, c.fact.group) == (change.measure, root, change.group)
        and world.states[c.state].wave == change.since
    ]
    return None if now is None or not then else (now, then[-1])


def _linked(
    world: World, version: int, change: Change,
    cells: Mapping[tuple[str, str, str], Cell], found: Reading, root: str,
) -> Iterator[Linear]:  # fmt: skip
    """Nobody's two answers lie further from a line through all of them than the squares allow.

    Of the linked, r with the squares of either wave gives those of ``x - b y`` for any b:
    ``A - 2 b r sqrt(A B) + b² B``.  So for each of them ``x - b y`` lies near its mean over them,
    which is a row, however little is known of either.
    """
    both = _twice(world, change, cells, found, root)
    if both is None or change.linked is None or change.together is None:
        return
    now, then = both
    who = [id for id in now.people if id in then.people]
    squares = [
        found.squares.get((cell.version, change.measure, root, change.group)) for cell in both
    ]
    if len(who) != change.linked or squares[0] is None or squares[1] is None:
        return
    # Of a part of the group one knows the most only.
    ends = [
        (sqrt(max(0.0, low)) if len(who) == cell.n else 0.0, sqrt(max(0.0, high)))
        for cell, (low, high) in zip(both, squares, strict=True)
    ]
    # Rounded down to a tenth, and at most nine of them.
    least = change.together if change.together > -0.85 else -1.0
    most = change.together + 0.1 if change.together < 0.85 else 1.0
    slope = (least + most) / 2 * ends[0][1] / max(ends[1][1], 1e-9)
    m, why = len(who), f"v{version} {change.measure} linked"
    for b in dict.fromkeys((1.0, -1.0, round(slope, 3))):
        # Convex in both, so the most lies at a corner.
        worst = max(
            x * x - 2 * b * r * x * y + b * b * y * y
            for x in ends[0]
            for y in ends[1]
            for r in (least, most)
        )
        far = sqrt(max(0.0, worst) * (m - 1) / m)
        if far >= 2.0 * (1 + abs(b)):
            continue
        mean = _sum(
            [(now.people[id], 1 / m) for id in who] + [(then.people[id], -b / m) for id in who]
        )
        for id in who:
            mine = _sum([(now.people[id], 1.0), (then.people[id], -b)])
            yield Linear(_sum([(mine, 1.0), (mean, -1.0)]), -far, far, why)


def _sum(terms: Sequence[tuple[Mapping[Unknown, float], float]]) -> dict[Unknown, float]:
    whole: dict[Unknown, float] = {}
    for weights, by in terms:
        for u, w in weights.items():
            whole[u] = whole.get(u, 0.0) + by * w
    return {u: w for u, w in whole.items() if abs(w) > 1e-12}


def _range(fact: Mean) -> tuple[float, float]:
    return max(1.0, fact.mean - 0.05), min(5.0, fact.mean + 0.05 - 1e-9)


def _tight(cell: Cell, low: float, high: float, why: str) -> Linear:
    """As totals on the grid of what whole answers can give."""
    low = ceil(low / cell.step - TINY) * cell.step
    high = floor(high / cell.step + TINY) * cell.step
    return Linear(cell.weights, low, high, why)


# -------------------------------------------------------------------------------- intervals

#: Steps in which a standard deviation is printed, and in which what is usual is reckoned.
DEVIATIONS = tuple(i / 10 for i in range(1, 31))
#: Variance that printing a mean to one decimal adds to it.
PRINTING = 0.1**2 / 12


def _kind(world: World, id: str) -> str:
    """Measures whose small groups share a usual spread."""
    if id in world.questions.pillars:
        return f"pillar of {len(world.questions.pillars[id].keys)}"
    question = world.questions.instrument.keys.get(id)
    return question.item.role if question else "dimension"


@lru_cache
def _t(df: int) -> float:
    return float(stdtrit(df, 0.975))


def _reach(cell: Cell, deviation: float) -> float:
    """Half-width of the interval for a standard deviation."""
    n = cell.said or cell.n
    return _t(n + 3) * sqrt(deviation**2 / n + PRINTING)


def _deviation(cell: Cell) -> tuple[float, float] | None:
    """Which printed standard deviations go with a mean: its own, or any that gives its interval."""
    fact = cell.fact
    if fact.spread is not None:
        return fact.spread, fact.spread
    found = []
    for one in DEVIATIONS:
        half = _reach(cell, one)
        # Ends are printed outwards.
        low = floor(max(1.0, fact.mean - half) * 10 + 1e-9) / 10
        high = ceil(min(5.0, fact.mean + half) * 10 - 1e-9) / 10
        if (low, high) == (fact.low, fact.high):
            found.append(one)
    return (found[0], found[-1]) if found else None


def _usual(
    world: World, cells: Mapping[tuple[str, str, str], Cell], root: str
) -> dict[str, tuple[float, float]]:
    """Bounds on the standard deviation that small groups, units and levels share, by kind."""
    found: dict[str, tuple[float, float]] = {}
    for (id, *_), cell in cells.items():
        ends = _deviation(cell)
        if ends is None or _may_be_own(cell, root):
            continue
        kind = _kind(world, id)
        # A pillar's stand-in is no whole tenth.
        slack = 0.05 if kind.startswith("pillar") else 0.0
        before = found.get(kind, (0.0, 4.0))
        found[kind] = max(ends[0] - slack, before[0]), min(ends[1] + slack, before[1])
    # Held-back groups keep intervals of another day: what contradicts tells nothing.
    return {kind: ends for kind, ends in found.items() if ends[0] <= ends[1]}


def _may_be_own(cell: Cell, root: str) -> bool:
    """Whether an interval may rest on the spread of these very people, and of them alone."""
    fact = cell.fact
    return cell.n >= OWN and fact.unit == root and "/" not in fact.group and fact.units is None


def _by_interval(
    cell: Cell, usual: tuple[float, float] | None, root: str
) -> Iterator[tuple[str, float, float]]:
    """A printed interval may be the unrounded mean, rounded twice more."""
    fact = cell.fact
    if fact.low is None or fact.high is None:
        return
    if fact.low > 1 and fact.high < 5:
        middle = (fact.low + fact.high) / 2
        yield CENTRE, middle - 0.05, middle + 0.05
    if usual is None or _may_be_own(cell, root):
        return
    narrow, wide = (_reach(cell, one) for one in usual)
    low = max(fact.high - 0.05 - wide, fact.low - 0.05 + narrow if fact.low > 1 else 1.0)
    high = min(fact.low + 0.05 + wide, fact.high + 0.05 - narrow if fact.high < 5 else 5.0)
    yield CENTRE, low, high


def _own(
    cell: Cell, usual: tuple[float, float] | None, root: str
) -> tuple[str, float, float] | None:
    """Bounds on the sum of squared deviations in a group whose interval uses its own variance.

    That it does shows where the interval is not the usual one; else it is a guess.
    """
    n, ends = cell.n, _deviation(cell)
    if ends is None or not _may_be_own(cell, root):
        return None
    around = usual or (0.0, 2.0)
    alike = ends[0] <= around[1] and around[0] <= ends[1]
    # A tenth is the least that is printed, whatever lies below it.
    low = max(0.0, ends[0] - 0.05) ** 2 if ends[0] > DEVIATIONS[0] else 0.0
    high = (ends[1] + 0.05) ** 2
    squares = [(n + 3) * one - 4 * drawn**2 for one, drawn in ((low, around[1]), (high, around[0]))]
    return OWN_OR_USUAL if alike else OWN_VARIANCE, max(0.0, squares[0]), squares[1]


def _squares(cell: Cell, spread: tuple[float, float], why: str) -> Iterator[Spectrum]:
    """Squares of the answers to one question, around their mean."""
    low, high = _range(cell.fact)
    centre, slack = (low + high) / 2, (high - low) / 2
    # Σ(x-c)² is the sum of squares around the mean, and n(m-c)².
    worth = tuple((v - centre) ** 2 for v in range(1, 6))
    yield Spectrum(_who(cell), worth, spread[0], spread[1] + cell.n * slack**2, f"{why} spread")


def _outermost(cell: Cell, spread: tuple[float, float], why: str) -> Iterator[Linear]:
    """Nobody lies further from the mean than all the squares together allow."""
    far = sqrt(max(0.0, spread[1]) * (cell.n - 1) / cell.n)
    low, high = _range(cell.fact)
    for weights in cell.people.values() if far < 1.5 else ():
        yield Linear(weights, max(1.0, low - far), min(5.0, high + far), f"{why} outermost")
