"""Whom deliveries give away: single answers, people's scores, means of small sets; sizes; words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from .facts import Delivery
from .programme import Programme, Who
from .reading import OWN, Linear, Reading, Spectrum, read
from .world import Measure, State, Unknown, World

TINY = 1e-6


@dataclass(frozen=True)
class Recovered:
    """Something about somebody that is known from what was printed.

    Attributes
    ----------
    what
        ``answer``, ``person`` (her mean), ``set``, ``unanimous``, ``size`` or ``comment``; ``near``
        where one distribution says it of any so many of its people.
    measure, who
        On what, and of whom.
    low, high, truth
        What is known, and what is so.
    """

    what: str
    measure: str
    who: frozenset[str]
    low: float
    high: float
    truth: float
    how: str = ""


@dataclass(frozen=True)
class Target:
    """A mean that one would like to know."""

    what: str
    measure: str
    weights: Mapping[Unknown, float]
    how: str

    @property
    def who(self) -> frozenset[Who]:
        """Whom it is about."""
        return frozenset(u[:2] for u in self.weights)


def attack(
    world: World,
    deliveries: Sequence[tuple[int, Delivery]],
    *,
    margin: float = 1.0,
    thorough: bool = False,
    pillars: bool = False,
    topics: Sequence[str] = (),
) -> tuple[list[Recovered], Reading]:
    """Read all deliveries of an organisation and return what they give away.

    Parameters
    ----------
    deliveries
        Each with the number of the state in which it was made.
    margin
        A mean counts as known when its bounds lie closer together, in points.
    thorough
        Look for whole answers too where fractions leave a little more room.
    pillars
        Join all dimensions through the pillars.
    topics
        Dimensions to attack; all if empty.
    """
    if topics:
        deliveries = [(state, _about(world, delivery, topics)) for state, delivery in deliveries]
    reading = read(world, deliveries)
    k = min(d.threshold for _, d in deliveries)
    found: list[Recovered] = []
    measures = world.questions.measures
    for topic in topics or sorted({m.dimension for m in measures.values()}):
        about = [m for m in measures.values() if m.dimension == topic]
        bounds = reading.bounds.get(topic, [])
        found += solved(world, about, bounds, _issued(world, deliveries), k, margin, thorough)
    if pillars and world.questions.pillars:
        everything = [b for bounds in reading.bounds.values() for b in bounds]
        about = [m for m in measures.values() if not m.single]
        found += solved(
            world, about, everything, _issued(world, deliveries), k, margin, False, few=True
        )
    found += unanimous(world, reading, deliveries)
    found += comments(world, reading, deliveries)
    return found, reading


def _about(world: World, delivery: Delivery, topics: Sequence[str]) -> Delivery:
    """What a report says about some dimensions."""
    wanted = {m.id for m in world.questions.measures.values() if m.dimension in topics}
    return replace(delivery, means=tuple(f for f in delivery.means if f.measure in wanted))


def _issued(
    world: World, deliveries: Sequence[tuple[int, Delivery]]
) -> list[tuple[State, Delivery]]:
    return [(world.states[i], d) for i, d in deliveries]


# ------------------------------------------------------------------------------- the answers


def solved(
    world: World,
    measures: Sequence[Measure],
    bounds: Sequence[Linear | Spectrum],
    issued: Sequence[tuple[State, Delivery]],
    k: int,
    margin: float,
    thorough: bool,
    few: bool = False,
) -> list[Recovered]:
    """Which means about few people the bounds leave less room than the margin."""
    if not bounds:
        return []
    keys = {key for m in measures for key in m.keys}
    touched = {u for b in bounds for u in (b.weights if isinstance(b, Linear) else b.answers)}
    keys |= {u[2] for u in touched}
    everyone = {
        (state.wave, id, key, run)
        for state, _ in issued
        for id, person in state.people.items()
        for key, run in person.runs.items()
        if key in keys
    }
    targets = [t for m in measures for t in _targets(world, m, issued, k)]
    if few:
        targets = [t for t in targets if t.what == "person"]
    # Nobody whom no bound touches can be known.
    reached = {u[:2] for u in touched}
    targets = [t for t in targets if t.who <= reached and set(t.weights) & touched]
    marks = list({t.who for t in targets if len(t.who) > 1})
    answers = sorted({u for u in everyone | touched if u[:2] in reached})
    programme = Programme(answers, bounds, marks)
    vectors: dict[bytes, tuple[np.ndarray, Target]] = {}
    for target in targets:
        vector = programme.target(target.weights)
        vectors.setdefault(vector.tobytes(), (vector, target))
    chosen = list(vectors.values())
    rng = np.random.default_rng(len(answers))
    lone = np.zeros(programme.count)
    for blocks in programme.blocks:
        for at in blocks[0].at.values():
            lone[at] = 1.0
    for n in range(6):
        push = rng.choice([-1.0, 1.0], programme.count)
        programme.solve(push * (lone if n % 2 else 1.0) + (lone * push * 3 if not n % 2 else 0))
    found = []
    for vector, target in chosen:
        if programme.reached(vector) >= margin - TINY:
            continue
        ends = programme.ends(vector)
        if ends is None:
            continue
        low, high = _tight(ends, target)
        if thorough and margin - TINY <= high - low < margin + 0.6:
            closer = programme.ends(vector, whole=True)
            if closer is not None:
                low, high = _tight(closer, target)
        if high - low < margin - 1e-5:
            truth = sum(w * world.answers[u] for u, w in target.weights.items())
            assert low - 1e-4 <= truth <= high + 1e-4, (target, low, high, truth)
            near = target.what == "set" and _near(
                target, high - low, bounds, answers, _names(world, measures, issued), margin, k
            )
            found.append(
                Recovered(
                    "near" if near else target.what,
                    target.measure,
                    frozenset(w for _, w in target.who),
                    low,
                    high,
                    truth,
                    target.how,
                )
            )
    return found


def _names(
    world: World, measures: Sequence[Measure], issued: Sequence[tuple[State, Delivery]]
) -> Mapping[int, set[frozenset[Unknown]]]:
    """What every set with a name of its own is made of, by version."""
    found = {}
    for version, (state, delivery) in enumerate(issued):
        found[version] = {
            frozenset(u for id in people for u in valid[id])
            for measure in measures
            for valid in (_valid(world, measure, state),)
            for _, people in _sets(state, delivery, valid)
        }
    return found


def _near(
    target: Target,
    width: float,
    bounds: Sequence[Linear | Spectrum],
    answers: Sequence[Unknown],
    named: Mapping[int, set[frozenset[Unknown]]],
    margin: float,
    k: int,
) -> bool:
    """Whether a set is known no better than any so many of one printed group.

    Where nearly all of ten or more answer alike, so does everybody one may think of; that much
    is printed on purpose.  And somebody who joins or leaves makes a set of those who stay that
    was none when a number was printed: of "four of five" one knows as much as of the fifth.

    What was printed before a set had a name cannot be taken back when it gets one: of five of whom
    one is erased, four stay, and of any four of them one knew so much on the day before.  A reader
    gains the name alone, which she has from life and not from a report; to have none to gain, no
    unit could be shown of which one answer is bounded at all.  So it excuses only what the versions
    before the name say by themselves, to a hair: whatever a later one adds is found.

    Those who joined a group between two versions, or left it, are as good as printed, where they
    are as many as it takes: what is known of any so many of them is known of those who came first.
    """
    mine = frozenset(target.weights)
    first = min((v for v, sets in named.items() if mine in sets), default=0)
    earlier = [b for b in bounds if b.version < first]
    if earlier:
        then = Programme(answers, earlier, [target.who])
        ends = then.ends(then.target(target.weights))
        if ends is not None and _width(ends, target) <= width + 1e-3:
            return True
    groups: dict[tuple[int, frozenset[Unknown]], list[Linear | Spectrum]] = {}
    for b in bounds:
        about = frozenset(b.weights) if isinstance(b, Linear) else b.answers
        if mine < about:
            groups.setdefault((b.version, about), []).append(b)
    for said in _of_one_group(target.who, bounds):
        known = sorted(
            {u for b in said for u in (b.weights if isinstance(b, Linear) else b.answers)}
        )
        if mine <= set(known):
            alone = Programme(known, said, [target.who])
            ends = alone.ends(alone.target(target.weights))
            if ends is not None and _width(ends, target) <= width + 1e-3:
                return True
    for (version, about), said in groups.items():
        of_its_own = mine in named[version]
        people = {u[:2] for u in about}
        if len(people) >= OWN or not of_its_own:
            alone = Programme(sorted(about), said, [target.who])
            ends = alone.ends(alone.target(target.weights))
            if ends is not None and _width(ends, target) <= width + 1e-3:
                return True
        whole = next((b for b in said if isinstance(b, Linear)), None)
        others = {u: w for u, w in whole.weights.items() if u not in mine} if whole else {}
        # A named set of four among five may still be a hair narrower than a whole point.
        if (
            (of_its_own and width < 0.9 * margin)
            or not others
            or {u[:2] for u in others} & target.who
        ):
            continue
        rest = Target("set", target.measure, _even(others), "the others")
        both = Programme(answers, bounds, [target.who, rest.who])
        ends = both.ends(both.target(rest.weights))
        scale = len(rest.who) / len(target.who)
        if ends and _width(ends, rest) > margin and _width(ends, rest) * scale <= width + 0.1:
            return True
    if any(mine in sets for sets in named.values()):
        return False
    for known, said in _came(mine, bounds, k):
        alone = Programme(known, said, [target.who])
        ends = alone.ends(alone.target(target.weights))
        if ends is not None and _width(ends, target) <= width + 1e-3:
            return True
    return False


def _came(
    mine: frozenset[Unknown], bounds: Sequence[Linear | Spectrum], k: int
) -> Iterator[tuple[list[Unknown], list[Linear | Spectrum]]]:
    """What two versions print of one group on a question, with these among those who came or went."""
    groups: dict[tuple[int, frozenset[Unknown]], list[Linear | Spectrum]] = {}
    for b in bounds:
        about = frozenset(b.weights) if isinstance(b, Linear) else b.answers
        groups.setdefault((b.version, about), []).append(b)
    for (_, few), said in groups.items():
        for (_, many), more in groups.items():
            came = many - few
            if not (few < many and mine < came):
                continue
            bars = all(any(isinstance(b, Spectrum) for b in those) for those in (said, more))
            if len({u[:2] for u in came}) >= (OWN if bars else k):
                yield sorted(many), [*said, *more]


def _of_one_group(
    who: frozenset[Who], bounds: Sequence[Linear | Spectrum]
) -> Iterator[list[Linear | Spectrum]]:
    """What each version prints of one group of ten or more with these people, on all questions."""
    about: dict[int, list[tuple[frozenset[Who], Linear | Spectrum]]] = {}
    for b in bounds:
        people = frozenset(u[:2] for u in (b.weights if isinstance(b, Linear) else b.answers))
        several = any(word in b.why for word in (" total", " gap", " change"))
        if who < people and len(people) >= OWN and not several:
            about.setdefault(b.version, []).append((people, b))
    for said in about.values():
        largest = max((people for people, _ in said), key=len)
        yield [b for people, b in said if people <= largest]


def _even(weights: Mapping[Unknown, float]) -> dict[Unknown, float]:
    """As a mean: weights that sum to one."""
    total = sum(weights.values())
    return {u: w / total for u, w in weights.items()}


def _width(ends: tuple[float, float], target: Target) -> float:
    low, high = _tight(ends, target)
    return float(high - low)


def _tight(ends: tuple[float, float], target: Target) -> tuple[float, float]:
    """Equal weights stand on a grid: whole answers have whole sums."""
    weights = set(np.round(list(target.weights.values()), 12))
    if len(weights) != 1:
        return ends
    step = weights.pop()
    return np.ceil(ends[0] / step - 1e-4) * step, np.floor(ends[1] / step + 1e-4) * step


def _targets(
    world: World, measure: Measure, issued: Sequence[tuple[State, Delivery]], k: int
) -> Iterator[Target]:
    """Every person's answer or score, and the means of small sets, as of each issue."""
    seen: set[frozenset[tuple[Unknown, float]]] = set()

    def fresh(target: Target) -> Iterator[Target]:
        key = frozenset(target.weights.items())
        if target.weights and key not in seen:
            seen.add(key)
            yield target

    values: list[dict[str, dict[Unknown, float]]] = []
    for state, _ in issued:
        mine = _valid(world, measure, state)
        values.append(mine)
        what = "answer" if measure.single else "person"
        for id, weights in mine.items():
            yield from fresh(Target(what, measure.id, weights, id))
    for n, (state, delivery) in enumerate(issued):
        for name, people in _sets(state, delivery, values[n]):
            if 1 < len(people) < k:
                yield from fresh(_mean(measure, [values[n][id] for id in people], name))
    for i, j in combinations(range(len(issued)), 2):
        if issued[i][0].wave != issued[j][0].wave:
            continue
        shown = _printed(issued[i][1], measure) & _printed(issued[j][1], measure)
        for name, a, b in (
            ("joined or changed", values[i], values[j]),
            ("left or changed", values[j], values[i]),
        ):
            state = issued[j if b is values[j] else i][0]
            moved = [
                id
                for id, weights in b.items()
                if a.get(id) != weights and state.people[id].perspective in shown
            ]
            for label, people in _named(state, issued[j][1], moved):
                if 1 < len(people) < k:
                    how = f"{name} between {i} and {j} in {label}"
                    yield from fresh(_mean(measure, [b[id] for id in people], how))


def _printed(delivery: Delivery, measure: Measure) -> frozenset[str]:
    """Perspectives of which a report printed a mean."""
    groups = {f.group.partition("/")[0] for f in delivery.means if f.measure == measure.id}
    return frozenset(p for g in groups for p in delivery.groups.get(g, ()))


def _named(
    state: State, delivery: Delivery, people: Sequence[str]
) -> Iterator[tuple[str, list[str]]]:
    """Some people by unit and group."""
    if not people:
        return
    groups = (*delivery.groups.items(), ("everybody", ()))
    for unit, inside in state.within.items():
        here = [id for id in people if state.people[id].unit in inside]
        for group, faces in groups if here else ():
            yield (
                f"{unit} {group}",
                [id for id in here if not faces or state.people[id].perspective in faces],
            )


def _value(world: World, measure: Measure, state: State, id: str) -> dict[Unknown, float]:
    """How a person's value is made of her answers; empty where she has none."""
    person = state.people[id]
    weights = world.questions.weights(measure, person)
    return {(state.wave, id, q, person.runs[q]): w for q, w in weights.items()}


def _valid(world: World, measure: Measure, state: State) -> dict[str, dict[Unknown, float]]:
    """Everybody who has a value."""
    mine = {id: _value(world, measure, state, id) for id in state.people}
    return {id: weights for id, weights in mine.items() if weights}


def _mean(measure: Measure, parts: Sequence[Mapping[Unknown, float]], how: str) -> Target:
    weights = {u: w / len(parts) for part in parts for u, w in part.items()}
    return Target("set", measure.id, weights, how)


def _sets(
    state: State, delivery: Delivery, valid: Mapping[str, object]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Groups that have a name: of a unit, a perspective, a level, and where these meet."""
    found: dict[str, list[str]] = {}
    faces = {
        face: {face, *(g for g, names in delivery.groups.items() if face in names)}
        for face in {state.people[id].perspective for id in valid}
    }
    for id in valid:
        person = state.people[id]
        found.setdefault(f"atom {person.unit} {person.perspective} {person.level}", []).append(id)
        found.setdefault(f"{person.perspective}/{person.level}", []).append(id)
        for unit in state.ups.get(person.unit, ()):
            for face in faces[person.perspective]:
                found.setdefault(f"{unit} {face}", []).append(id)
    return ((name, tuple(people)) for name, people in found.items())


# -------------------------------------------------------------------------------- unanimity


def unanimous(
    world: World, reading: Reading, deliveries: Sequence[tuple[int, Delivery]]
) -> list[Recovered]:
    """From ten answers a missing bar beside a printed mean says that all answered alike.

    Only a first version is held to it: in later ones bars are missing for other reasons too.
    """
    found = []
    for cell in reading.cells:
        measure = world.questions.measures.get(cell.fact.measure)
        if measure is None or not measure.single or cell.n < OWN:
            continue
        given = {world.answers[u] for one in cell.people.values() for u in one}
        if len(given) == 1:
            value = float(given.pop())
            found.append(
                Recovered(
                    "unanimous",
                    measure.id,
                    frozenset(cell.people),
                    value,
                    value,
                    value,
                    f"v{cell.version} {cell.fact.group}",
                )
            )
    return found


# --------------------------------------------------------------------------------- comments


def comments(
    world: World, reading: Reading, deliveries: Sequence[tuple[int, Delivery]], details: int = 10
) -> list[Recovered]:
    """Words of somebody who is in no printed group, or in one that is too small for words.

    A comment says who wrote it: ``#person#``.
    """
    found = []
    for version, (index, delivery) in enumerate(deliveries):
        text = "\n".join(delivery.texts)
        state = world.states[index]
        for id, person in state.people.items():
            if f"#{id}#" not in text:
                continue
            group = next(
                (g for g, names in delivery.groups.items() if person.perspective in names), ""
            )
            mine = [c for c in reading.cells if c.version == version and c.fact.group == group]
            waits = bool(mine) and not any(id in c.people for c in mine)
            side = sum(
                p.perspective in delivery.groups.get(group, ()) for p in state.people.values()
            )
            if waits or side < details:
                how = "waits" if waits else f"side of {side}"
                found.append(
                    Recovered("comment", "", frozenset({id}), 0, 0, 0, f"v{version} {how}")
                )
    return found
