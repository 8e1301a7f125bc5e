"""Organisations live, reports leave the kit in several versions, and somebody reads them all.

Every seed is another organisation: small units, sides of four to twelve, "don't know" and blanks,
late and corrected answers (imported again, or in the form), people and units that move or merge,
people who ask to be erased, two sittings, raised and lowered thresholds, a second wave.
What an attacker learns from all versions together must not be about fewer people than the
threshold; see `delivery.attack` for what counts as learnt.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import correlation, variance
from typing import Any

import pytest

from hrkit import load_instrument

from . import deliveries, formats
from .delivery.attack import Recovered, attack
from .delivery.ballots import told_of
from .delivery.counting import sizes
from .delivery.facts import Change, Count, Delivery, Mean, People, Picked, Shares, Ways, tidy
from .delivery.kinds import kinds
from .delivery.naive import Naive
from .delivery.play import Organisation, play
from .delivery.programme import Programme
from .delivery.reading import CENTRE, OWN_OR_USUAL, WITHOUT, read
from .delivery.world import Questionnaire, Standing, State, World

QUESTIONS = Questionnaire(load_instrument("partnership"))
#: On so many dimensions people answer in the short lives, which are thirty: each is among them in nine at least.
FEW = 3


class ReadBack:
    """The kit, of whose versions (the last, or every one) the files of one kind are read back.

    Where it is the last only, whole reports are read of the long lives, the others of the short.
    """

    def __init__(self, seed: int, last: bool) -> None:
        self.turn, self.last = seed, last
        self.kinds = list(formats.KINDS)
        if last:
            self.kinds = [k for k in self.kinds if (k in formats.WHOLE) == (seed % 4 == 0)]
            self.turn = seed // 4 if seed % 4 == 0 else seed

    def __getattr__(self, name: str) -> Any:
        return getattr(deliveries, name)

    def issued(self, folder: Path, wave: str) -> Delivery:
        told = deliveries.issued(folder, wave)
        return told if self.last else self.read(folder, wave, told)

    def read(self, folder: Path, wave: str, told: Delivery) -> Delivery:
        """A version, with what stands in its files: no number that is not among those told."""
        kind = self.kinds[self.turn % len(self.kinds)]
        self.turn += 1
        text = formats.read_back(folder, wave, kind)
        unknown = formats.untold(text, told, kind)
        assert not unknown, (kind, unknown[:5])
        return replace(told, texts=(*told.texts, text))


def given_away(seed: int, folder: Path, *, thorough: bool = False) -> list[object]:
    """Let an organisation live with the kit, and attack everything it issued."""
    kit = ReadBack(seed, not thorough)
    short = not thorough and seed % 4 > 0
    organisation = play(seed, folder, kit, short=short, few=FEW if short else 0)
    if not thorough:
        number, told = organisation.deliveries[-1]
        organisation.deliveries[-1] = number, kit.read(folder, told.wave, told)
    found, reading = attack(
        organisation.world, organisation.deliveries, thorough=thorough, pillars=thorough
    )
    # Numbers that are about nobody in particular would be wrong numbers.
    assert not reading.unexplained, (seed, reading.unexplained[:3], organisation.told)
    assert reading.cells or all(not d.means for _, d in organisation.deliveries)
    # A reader who misunderstands how numbers are made learns less than she could.
    assert reading.doubted <= {CENTRE, OWN_OR_USUAL, WITHOUT}, (seed, reading.doubted)
    assert not reading.mistaken, (seed, reading.mistaken[:3])
    return [
        *(one for one in found if one.what != "near"),
        *sizes(organisation.world, organisation.deliveries),
        *kinds(organisation.world, organisation.deliveries),
        *told_of(organisation.world, organisation.deliveries),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_nobody_is_recovered_from_all_versions_of_a_delivery(seed: int, tmp_path: Path) -> None:
    assert given_away(seed, tmp_path / "c") == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1500))
def test_nobody_is_recovered_from_many_deliveries(seed: int, tmp_path: Path) -> None:
    assert given_away(seed, tmp_path / "c", thorough=True) == []


class Printing:
    """The kit, whose reports are read from their files; what they say is in the tables too."""

    def __getattr__(self, name: str) -> Any:
        return getattr(deliveries, name)

    def issued(self, folder: Path, wave: str) -> Delivery:
        tables = deliveries.issued(folder, wave)
        files = deliveries.printed(folder, wave, QUESTIONS)
        known = {(m.measure, m.unit, m.group): m.mean for m in tables.means}
        assert files.means
        for one in files.means:
            assert known[one.measure, one.unit, one.group] == one.mean, one
        assert {(g.measure, g.difference) for g in files.gaps} <= {
            (g.measure, g.difference) for g in tables.gaps
        }
        return replace(files, threshold=tables.threshold, invited=tables.invited)


def from_files(seed: int, folder: Path, *, once: bool = False) -> list[Recovered]:
    """Attack what stands in the files of every version, or of one."""
    if once:
        played = Organisation(seed, folder, Printing())
        played.found()
        played.issue()
    else:
        played = play(seed, folder, Printing(), short=True)
    found, reading = attack(played.world, played.deliveries)
    assert reading.cells
    assert not reading.unexplained
    return [one for one in found if one.what != "near"]


@pytest.mark.slow
def test_nobody_is_recovered_from_the_files_of_a_report(tmp_path: Path) -> None:
    assert from_files(3, tmp_path / "c", once=True) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2000, 2010))
def test_nobody_is_recovered_from_the_files_of_many(seed: int, tmp_path: Path) -> None:
    assert from_files(seed, tmp_path / "c") == []


# ------------------------------------------------------- an attacker that cannot fail is worthless


def test_a_kit_that_only_hides_small_groups_is_seen_through(tmp_path: Path) -> None:
    """The same organisations, with a kit that has a threshold and no more."""
    seen: Counter[str] = Counter()
    for seed in (0, 1, 2, 3, 8):
        played = play(seed, tmp_path / str(seed), Naive(QUESTIONS), short=True)
        found, reading = attack(played.world, played.deliveries, topics=("trust",))
        assert not reading.unexplained
        seen.update({one.what for one in found})
        seen.update({"size"} if sizes(played.world, played.deliveries) else ())
    often = {what for what, times in seen.items() if times > 1}
    assert {"answer", "set", "size", "comment"} <= often
    assert "person" in seen


def test_words_of_a_small_side_and_of_somebody_who_waits_are_seen() -> None:
    people = {f"p{i}": ("org", "leader", {"trust.01": 2 + i % 3}) for i in range(12)}
    people |= {f"h{i}": ("org", "hr", {"trust.01": 3}) for i in range(2)}
    world = small_world(people, ORG)
    late = {**people, "late": ("org", "leader", {"trust.01": 5})}
    add_state(world, late, ORG)
    groups = {"leader": ("leader",), "hr": ("hr",)}
    row = Mean("trust.01", "org", "leader", mean_of([2 + i % 3 for i in range(12)]), 12)
    texts = ("one #p3# two", "three #h1# four", "five #late# six")
    versions = [Delivery("w1", groups, 5, (row,), texts=said) for said in (texts[:2], texts)]
    found, _ = attack(world, list(enumerate(versions)))
    written = [(next(iter(f.who)), f.how) for f in found if f.what == "comment"]
    assert written == [("h1", "v0 side of 2"), ("h1", "v1 side of 2"), ("late", "v1 waits")]


def small_world(
    people: dict[str, tuple[str, str, dict[str, int]]],
    above: dict[str, str | None],
    wave: str = "w1",
) -> World:
    """One state of a few people: id to unit, perspective and answers."""
    world = World(QUESTIONS)
    add_state(world, people, above, wave)
    return world


def add_state(
    world: World, people: dict[str, tuple[str, str, dict[str, int]]],
    above: dict[str, str | None], wave: str = "w1",
) -> None:  # fmt: skip
    """A further state; an answer that differs from the last is a further run."""
    standing = {}
    for id, (unit, face, said) in people.items():
        runs = {}
        for key, value in said.items():
            run = max((u[3] for u in world.answers if u[:3] == (wave, id, key)), default=-1)
            if run < 0 or world.answers[wave, id, key, run] != value:
                run += 1
            world.answers[wave, id, key, run] = value
            runs[key] = run
        standing[id] = Standing(unit, face, "", runs)
    world.states.append(State(wave, standing, above))


def mean_of(values: list[int]) -> float:
    return tidy(sum(values) / len(values))


ORG: dict[str, str | None] = {"org": None}


def draw(rng: random.Random, n: int, keys: list[str]) -> dict[str, tuple[str, str, dict[str, int]]]:
    return {f"p{i}": ("org", "leader", {key: rng.randint(2, 5) for key in keys}) for i in range(n)}


def test_a_bystander_who_changes_another_answer_hides_nobody() -> None:
    """Two complete another answer, one joins: on what the two did not touch she stands alone."""
    keys = ["trust.01", "trust.08"]
    before = draw(random.Random(1), 9, keys)
    after = {id: (u, f, dict(said)) for id, (u, f, said) in before.items()}
    for id in ("p0", "p1"):
        del before[id][2]["trust.08"]
    after["new"] = ("org", "leader", {"trust.01": 2, "trust.08": 4})
    world = small_world(before, ORG)
    add_state(world, after, ORG)
    rows = [
        Mean(
            "trust.01",
            "org",
            "leader",
            mean_of([p[2]["trust.01"] for p in state.values()]),
            len(state),
        )
        for state in (before, after)
    ]
    versions = [Delivery("w1", {"leader": ("leader",)}, 5, (row,)) for row in rows]
    found, _ = attack(world, list(enumerate(versions)))
    assert [(f.what, f.who, f.low, f.high) for f in found] == [("answer", {"new"}, 2, 2)]


def test_a_unit_that_moves_between_two_versions_is_the_difference_of_two_areas() -> None:
    rng = random.Random(2)
    people = draw(rng, 10, ["trust.01"])
    people = {
        id: ("big" if i < 7 else "small", face, said)
        for i, (id, (_, face, said)) in enumerate(people.items())
    }
    units: dict[str, str | None] = {"org": None, "north": "org", "south": "org", "big": "north"}
    world = small_world(people, {**units, "small": "north"})
    add_state(world, people, {**units, "small": "south"})
    values = [said["trust.01"] for _, _, said in people.values()]
    first = Mean("trust.01", "north", "leader", mean_of(values), 10)
    second = Mean("trust.01", "north", "leader", mean_of(values[:7]), 7)
    versions = [Delivery("w1", {"leader": ("leader",)}, 5, (row,)) for row in (first, second)]
    found, _ = attack(world, list(enumerate(versions)))
    assert any(f.what == "set" and f.who == {"p7", "p8", "p9"} for f in found)
    assert all(f.low - 1e-6 <= f.truth <= f.high + 1e-6 for f in found)


def test_what_a_dimension_adds_to_its_statements_is_seen() -> None:
    """One of five does not know one statement, which is withheld: the dimension's mean tells."""
    keys, more = list(QUESTIONS.measures["roles"].keys), 0
    for seed in range(8):
        rng = random.Random(seed)
        people = {
            f"p{i}": ("org", "hr", {key: rng.choice([3, 4, 5, 5]) for key in keys})
            for i in range(5)
        }
        del people["p0"][2][keys[0]]
        world = small_world(people, ORG)
        facts = []
        for id in ("roles", *keys[1:]):
            cell = dict(world.members(world.states[0], QUESTIONS.measures[id], "org", ("hr",), ""))
            mean = sum(w * world.answers[u] for one in cell.values() for u, w in one.items())
            facts.append(Mean(id, "org", "hr", tidy(mean / len(cell)), len(cell)))
        told = [Delivery("w1", {"hr": ("hr",)}, 5, tuple(part)) for part in (facts, facts[1:])]
        found, alone = (attack(world, [(0, one)], thorough=True)[0] for one in told)
        more += len(found) > len(alone)
    assert more > 1


def test_unanimity_shows_in_bars_and_in_the_mean_alone() -> None:
    people = {f"p{i}": ("org", "leader", {"trust.01": 4}) for i in range(12)}
    world = small_world(people, ORG)
    row = Mean("trust.01", "org", "leader", 4.0, 12)
    bars = Shares("trust.01", "leader", (0.0, 0.0, 0.0, 1.0, 0.0))
    for shares in ((), (bars,)):
        found, _ = attack(
            world, [(0, Delivery("w1", {"leader": ("leader",)}, 5, (row,), shares=shares))]
        )
        assert any(f.what == "unanimous" for f in found)
        assert any(f.what == "answer" for f in found) == bool(shares)


def test_how_far_answers_go_together_binds_the_two_of_everybody() -> None:
    """Of twelve who are linked one knows how far each moved, better than from their two answers."""
    rng, groups = random.Random(5), {"leader": ("leader",), "hr": ("hr",)}
    then = {
        f"p{i}": ("org", "leader", {"trust.01": rng.choice([2, 3, 3, 4, 5])}) for i in range(12)
    }
    now = {
        id: (unit, face, {"trust.01": min(5, said["trust.01"] + (id == "p3"))})
        for id, (unit, face, said) in then.items()
    }
    few = {f"h{i}": ("org", "hr", {"trust.01": 3}) for i in range(6)}
    world = small_world({**then, **few}, ORG)
    add_state(world, {**now, **few}, ORG, "w2")
    said = [[p[2]["trust.01"] for p in wave.values()] for wave in (then, now)]
    versions = []
    for wave, given in zip(("w1", "w2"), said, strict=True):
        spread = tidy(((4 + 11 * variance(given)) / 15) ** 0.5)
        row = Mean("trust.01", "org", "leader", mean_of(given), 12, spread=spread)
        # A side of a few says what is usual.
        usual = Mean("trust.01", "org", "hr", 3.0, 6, spread=1.0)
        # Its interval rests on its own spread, since its distribution stands beside it.
        bars = Shares(
            "trust.01", "leader", tuple(round(given.count(v) / 12, 2) for v in range(1, 6))
        )
        versions.append(Delivery(wave, groups, 5, (row, usual), shares=(bars,)))
    means = [one.means[0].mean for one in versions]
    assert correlation(*said) > 0.9
    for linked, together in ((12, 0.9), (12, None), (11, 0.9)):
        change = Change(
            "trust.01", "leader", "w1", *means, round(means[1] - means[0], 1),
            linked=linked, together=together,
        )  # fmt: skip
        told = [(0, versions[0]), (1, replace(versions[1], changes=(change,)))]
        reading = read(world, told)
        assert not reading.mistaken and not reading.doubted
        heard = [b for b in reading.bounds["trust"] if b.why.endswith("linked")]
        # Whoever is linked has to be known.
        assert bool(heard) == (linked == 12 and together is not None)
    told = [(0, versions[0]), (1, replace(versions[1], changes=(replace(change, linked=12),)))]
    heard = read(world, told).bounds["trust"]
    moved = {("w1", "p3", "trust.01", 0): -1.0, ("w2", "p3", "trust.01", 0): 1.0}
    widths = []
    for bounds in (heard, [b for b in heard if not b.why.endswith("linked")]):
        programme = Programme(sorted(world.answers), bounds)
        ends = programme.ends(programme.target(moved))
        assert ends is not None and ends[0] <= 1 <= ends[1]
        widths.append(ends[1] - ends[0])
    assert widths[0] < 0.75 * widths[1]


def test_a_number_about_nobody_is_named() -> None:
    world = small_world(draw(random.Random(3), 9, ["trust.01"]), ORG)
    wrong = Delivery("w1", {"leader": ("leader",)}, 5, (Mean("trust.01", "org", "leader", 1.1, 9),))
    _, reading = attack(world, [(0, wrong)])
    assert len(reading.unexplained) == 1


def test_a_set_that_gets_its_name_later_excuses_only_what_was_out_before() -> None:
    """One of five is erased: of the four, one knows what one knew of any four; no version may add to it."""
    said = [3, 4, 4, 5, 3, 4, 5, 3, 4, 4]
    people = {
        f"p{i}": ("a" if i < 5 else "b", "leader", {"trust.01": v}) for i, v in enumerate(said)
    }
    world = small_world(people, {"org": None, "a": "org", "b": "org"})
    stay = {id: one for id, one in people.items() if id != "p4"}
    add_state(world, stay, {"org": None, "a": "org", "b": "org"})
    bars = Shares("trust.01", "leader", (0.0, 0.0, 0.3, 0.5, 0.2))
    a, org = mean_of(said[:5]), mean_of(said)
    groups = {"leader": ("leader",)}
    rows = (Mean("trust.01", "org", "leader", org, 10), Mean("trust.01", "a", "leader", a, 5))
    first = Delivery("w1", groups, 5, rows, shares=(bars,))
    for more, expected in (
        ((), {"near"}),
        ((Mean("trust.01", "org", "leader", mean_of(said[:4] + said[5:]), 9),), {"set", "answer"}),
    ):
        found, _ = attack(world, [(0, first), (1, Delivery("w1", groups, 5, more))])
        about = [f for f in found if {"p0", "p1", "p2", "p3"} == f.who or f.who == {"p4"}]
        assert {f.what for f in about} == expected


def test_sizes_of_small_groups_follow_from_counts_beside_them() -> None:
    people = {f"p{i}": ("a" if i < 6 else "b", "leader", {"trust.01": 3}) for i in range(9)}
    world = small_world(people, {"org": None, "a": "org", "b": "org"})
    counts = (Count("org", "leader", 9), Count("a", "leader", 6))
    told = Delivery("w1", {"leader": ("leader",)}, 5, counts=counts)
    assert [f.n for f in sizes(world, [(0, told)])] == [3]
    alone = Delivery("w1", {"leader": ("leader",)}, 5, counts=counts[:1])
    assert sizes(world, [(0, alone)]) == []


def leaders(a: int, b: int, start: int = 0) -> dict[str, tuple[str, str, dict[str, int]]]:
    """So many in two units, the first of them from a number on."""
    units = ["a"] * (a + start) + ["b"] * b
    return {
        f"p{i}": (unit, "leader", {"trust.01": 3}) for i, unit in enumerate(units) if i >= start
    }


TWO: dict[str, str | None] = {"org": None, "a": "org", "b": "org"}


def counting(*told: tuple[str, int], k: int = 5, **more: Any) -> Delivery:
    """A report that says how many answered where."""
    counts = tuple(Count(unit, "leader", n) for unit, n in told)
    return Delivery("w1", {"leader": ("leader",)}, k, counts=counts, **more)


def test_where_somebody_stood_who_was_erased_a_reader_does_not_know() -> None:
    """Six and eight; then thirteen in all: five and eight, or six and seven."""
    world = small_world(leaders(6, 8), TWO)
    add_state(world, leaders(5, 8, start=1), TWO)
    first = counting(("org", 14), ("a", 6), ("b", 8), k=6)
    assert sizes(world, [(0, first), (1, counting(("org", 13), k=6))]) == []
    beside = counting(("org", 13), ("b", 8), k=6)
    assert [(f.version, f.n) for f in sizes(world, [(0, first), (1, beside)])] == [(1, 5)]


def test_what_was_counted_under_a_lower_threshold_is_no_secret() -> None:
    """Five were enough; under seven they are few, and a word beside what is out says nothing new."""
    world = small_world(leaders(5, 9), TWO)
    add_state(world, leaders(5, 9), TWO)
    few = {("", unit, "leader"): "small" for unit in "ab"}
    before = counting(("org", 14), ("b", 9))
    after = counting(("org", 14), k=7, marks=few)
    assert sizes(world, [(0, before), (1, after)]) == []
    # Where it was not to be had before, the new version gives it away; so it does of four.
    vague = counting(("org", 14))
    assert [
        f.version for f in sizes(world, [(0, vague), (1, counting(("org", 14), ("b", 9), k=7))])
    ]
    world = small_world(leaders(4, 9), TWO)
    add_state(world, leaders(4, 9), TWO)
    told = [(n, counting(("org", 13), ("b", 9), k=k)) for n, k in enumerate((5, 7))]
    assert [(f.version, f.n) for f in sizes(world, told)] == [(0, 4), (1, 4)]


def test_a_number_invited_that_is_too_low_bounds_nobody() -> None:
    world = small_world(leaders(9, 4), TWO)
    for a, b in ((9, 3), (10, 3)):
        asked = {("org", "leader"): a + b, ("a", "leader"): a, ("b", "leader"): b}
        whole = counting(("org", 13), invited=asked)
        assert sizes(world, [(0, whole)]) == []
        beside = counting(("org", 13), ("a", 9), invited=asked)
        assert [f.n for f in sizes(world, [(0, beside)])] == [4]
    asked = {("org", "leader"): 13, ("a", "leader"): 9, ("b", "leader"): 4}
    full = counting(("org", 13), ("a", 9), invited=asked)
    assert sizes(world, [(0, full)]) == []
    # Once it is no secret how many they are it is none later, as long as they are the same people.
    add_state(world, leaders(9, 4), TWO)
    silent = counting(("org", 13), ("a", 9))
    assert sizes(world, [(0, full), (1, silent)]) == []
    assert [(f.version, f.n) for f in sizes(world, [(0, silent), (1, silent)])] == [(0, 4), (1, 4)]
    fewer = small_world(leaders(9, 4), TWO)
    add_state(fewer, leaders(8, 4, start=1), TWO)
    after = counting(("org", 12), ("a", 8))
    assert sizes(fewer, [(0, full), (1, after)]) == []
    add_state(fewer, leaders(9, 3), TWO)
    assert [f.n for f in sizes(fewer, [(0, full), (2, counting(("org", 12), ("a", 9)))])] == [3]


def test_organisations_do_what_they_are_meant_to(tmp_path: Path) -> None:
    """Over some seeds everything happens that can happen between two versions."""

    class Idle(Naive):
        """Issues reports in which nothing stands."""

        def issued(self, folder: Path, wave: str) -> Delivery:
            return Delivery(wave, {})

    told: list[str] = []
    for seed in range(40):
        played: Organisation = play(seed, tmp_path / str(seed), Idle(QUESTIONS))
        told += played.told
        assert 2 <= len(played.deliveries) <= 5
    for event in ("late", "corrected", "in the form", "sat twice", "moved", "now under", "merged",
                  "erased", "threshold", "frozen"):  # fmt: skip
        assert any(event in one for one in told), event


def test_a_newcomer_is_known_from_tables_of_kinds() -> None:
    """Two versions, one more person: her language, her sign and the way out she took."""
    people = {f"p{i}": ("org", "leader", {"trust.01": 3}) for i in range(12)}
    world = small_world(people, ORG)
    add_state(world, {**people, "late": ("org", "leader", {})}, ORG)
    for n, state in enumerate(world.states):
        world.states[n] = State(
            state.wave,
            {
                id: replace(
                    p,
                    language="da" if id == "late" or id < "p2" else "en",
                    signs=frozenset({"long"} if id == "late" or id > "p5" else ()),
                    ways={"trust.01": "dk"} if id == "late" else {},
                )
                for id, p in state.people.items()
            },
            state.above,
        )
    groups = {"leader": ("leader",)}

    def version(n: int) -> Delivery:
        said = [dict(Counter(p.language for p in world.states[n].people.values()))]
        signed = sum(bool(p.signs) for p in world.states[n].people.values())
        told = tuple(People("language", id, count) for id, count in said[0].items())
        return Delivery(
            "w1",
            groups,
            people=(*told, People("sign", "any", signed)),
            ways=(Ways("trust.01", "leader", 12 + n, round(n / 13, 2), 0.0, None),),
        )

    versions = [(n, version(n)) for n in range(2)]
    found = kinds(world, versions)
    assert {one.what for one in found} == {"ways trust.01 leader", "languages", "sign any"}
    assert all(one.who == {"late"} for one in found)
    # The first again tells nothing new.
    assert kinds(world, [versions[0], (1, versions[0][1])]) == []


def test_a_number_that_was_not_told_is_seen_in_a_text() -> None:
    told = Delivery(
        "w1",
        {"leader": ("leader",)},
        means=(Mean("trust", "org", "leader", 3.4, 12, 3.0, 3.8),),
        counts=(Count("org", "leader", 12),),
        invited={("org", "leader"): 16},
    )
    text = "On 21 November: 3.4 (3.0 to 3.8; n = 12), 75 % of 16; version 1.0.0"
    assert formats.untold(text, told, "html") == []
    for more in ("n = 3", "4.7", "31 %", str(formats.WAITING)):
        assert len(formats.untold(f"{text} and {more}", told, "html")) == 1
    assert len(formats.untold("Unit a 12 of 16, Unit b 3 of 16", told, "response")) == 1


# ------------------------------------------------------------------------ what is chosen of a list


def choosers(choices: dict[str, tuple[str, ...]]) -> dict[str, Standing]:
    return {id: Standing("org", "leader", picked=picked) for id, picked in choices.items()}


def as_shown(choices: dict[str, tuple[str, ...]], names: tuple[str, ...]) -> Picked:
    """What is usual: every share, of whomever."""
    n = len(choices)
    shares = {o: round(sum(o in c for c in choices.values()) / n, 2) for o in names}
    return Picked("leader", n, shares, (), 0.0)


def test_a_choice_shown_twice_tells_of_the_one_who_came_between() -> None:
    scale = QUESTIONS.instrument.ballot.facet.scale
    names = tuple(choice.value for choice in scale.choices)
    rng = random.Random(6)
    first = {f"p{i}": tuple(sorted(rng.sample(names, 3))) for i in range(30)}
    later = {**first, "new": tuple(sorted(names[:3]))}
    world = World(QUESTIONS)
    told = []
    for choices in (first, later):
        world.states.append(State("w1", choosers(choices), ORG))
        row = as_shown(choices, names)
        told.append(Delivery("w1", {"leader": ("leader",)}, 5, picked=(row,)))
    found = told_of(world, list(enumerate(told)))
    assert {(one.option, one.n) for one in found if one.who == {"new"}} == {
        (o, int(o in names[:3])) for o in names
    }
    # Either alone says nothing of anybody, and so do both of two waves: everybody chooses anew.
    assert told_of(world, [(0, told[0])]) == []
    world.states[1] = replace(world.states[1], wave="w2")
    assert told_of(world, [(0, told[0]), (1, replace(told[1], wave="w2"))]) == []


def test_one_who_chose_what_nobody_else_did_is_seen_in_full_shares() -> None:
    scale = QUESTIONS.instrument.ballot.facet.scale
    names = tuple(choice.value for choice in scale.choices)
    rng = random.Random(7)
    choices = {f"p{i}": tuple(sorted(rng.sample(names[1:], 3))) for i in range(24)}
    choices["p0"] = tuple(sorted(names[:3]))
    world = World(QUESTIONS)
    world.states.append(State("w1", choosers(choices), ORG))
    told = Delivery("w1", {"leader": ("leader",)}, 5, picked=(as_shown(choices, names),))
    assert [(one.option, one.n) for one in told_of(world, [(0, told)])] == [(names[0], 1)]


@pytest.mark.parametrize("seed", [4, 16])
def test_nobody_is_recovered_from_two_waves_whose_people_are_linked(
    seed: int, tmp_path: Path
) -> None:
    """A life in which two dozen more answer, all of them twice: what goes together is printed."""
    life = Organisation(seed, tmp_path / "c", deliveries)
    life.found()
    life._more("org", "leader", 26)
    life._write()
    life._take(list(life.people))
    life.issue()
    life.kit.freeze(life.folder, life.wave)
    life.wave = "w2"
    life.waves.append("w2")
    for id in list(life.people):
        if life.rng.random() < 0.3:
            life._answers(id)
        life.people[id].comment = ""
    life._write()
    life._take(list(life.people))
    life.issue()
    found, reading = attack(life.world, life.deliveries)
    assert any(b.why.endswith("linked") for heard in reading.bounds.values() for b in heard)
    assert not reading.unexplained and not reading.mistaken
    assert reading.doubted <= {CENTRE, OWN_OR_USUAL, WITHOUT}
    assert [one for one in found if one.what != "near"] == []
    assert kinds(life.world, life.deliveries) == []
