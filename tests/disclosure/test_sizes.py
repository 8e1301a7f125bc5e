"""No small unit is counted by numbers, words and versions together.

``reader`` goes through every way in which people can have answered: what the programme says must
be what she finds.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hrkit.disclosure.cells import groups_of
from hrkit.disclosure.derived.silence import answered_in_units
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.kept.past import Past
from hrkit.disclosure.keys import keys_of
from hrkit.disclosure.measures import measures_of, usual_variance
from hrkit.disclosure.proof import count
from hrkit.disclosure.proof.count import Census, Ways, counted
from hrkit.disclosure.released import Score, Turnout, Why
from hrkit.disclosure.sizes import Counting, sizes_hidden
from hrkit.disclosure.tables import Made
from hrkit.disclosure.turnout import invited_of
from hrkit.disclosure.wave import wave_of
from hrkit.model.engagement import Invited

from .offices import INSTRUMENT, Somebody, issue, office, people, responses

TREE: dict[str, str | None] = {"root": None, "a": "root", "b": "root", "a1": "a", "a2": "a"}
WITHIN = {
    "root": frozenset(TREE), "a": frozenset({"a", "a1", "a2"}),
    **{leaf: frozenset({leaf}) for leaf in ("b", "a1", "a2")},
}  # fmt: skip
LEAVES = ("a1", "a2", "b")


def total(own: Mapping[str, int], unit: str) -> int:
    return sum(own[leaf] for leaf in LEAVES if leaf in WITHIN[unit])


def reader(
    ends: Mapping[str, tuple[int, int | None]], invited: Mapping[str, int]
) -> list[dict[str, int]]:
    """All that agrees with what is printed."""
    found = []
    for values in itertools.product(*(range(invited[leaf] + 1) for leaf in LEAVES)):
        own = dict(zip(LEAVES, values, strict=True))
        if all(
            low <= total(own, u) <= (99 if high is None else high)
            for u, (low, high) in ends.items()
        ):
            found.append(own)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_a_unit_is_counted_where_every_way_gives_one_number(seed: int) -> None:
    rng = random.Random(seed)
    own = {leaf: rng.choice((0, 1, 2, 4, 5, 6)) for leaf in LEAVES}
    invited = {leaf: n + rng.choice((0, 1, 3)) for leaf, n in own.items()}
    size = {u: total(own, u) for u in TREE}
    ends: dict[str, tuple[int, int | None]] = {}
    for unit, n in size.items():
        said = rng.choice(("exact", "word", "nothing"))
        if said == "exact":
            ends[unit] = (n, n)
        elif said == "word":
            ends[unit] = (5, None) if n >= 5 else (1, 4) if n else (0, 0)
    census = Census(
        TREE,
        WITHIN,
        {(u, ""): n for u, n in size.items()},
        {(u, ""): e for u, e in ends.items()},
        {u: invited.get(u) for u in TREE},
    )
    ways = reader(ends, invited)
    assert own in ways
    secret = [(u, "") for u, n in size.items() if 0 < n < 5]
    if not secret:
        return
    known = {u for u, _ in secret if len({total(way, u) for way in ways}) == 1}
    assert {u for u, _ in counted(census, secret)} == known


@pytest.mark.parametrize("seed", range(6))
def test_what_was_found_for_one_question_serves_the_next_and_changes_no_answer(seed: int) -> None:
    rng = random.Random(seed)
    own = {leaf: rng.choice((1, 2, 4, 5, 6)) for leaf in LEAVES}
    size = {(u, ""): total(own, u) for u in TREE}
    size |= {(u, "m"): max(n - rng.randint(0, 1), 0) for (u, _), n in size.items() if u in LEAVES}
    size |= {(u, "m"): sum(size[leaf, "m"] for leaf in LEAVES if leaf in WITHIN[u]) for u in TREE}
    secret = [node for node, n in size.items() if 0 < n < 5]
    kept, answers = Ways(), set()
    for _ in range(12):
        ends = {node: (n, n) for node, n in size.items() if rng.random() < 0.6}
        census = Census(TREE, WITHIN, size, ends, dict.fromkeys(TREE))
        found = counted(census, secret, kept)
        assert found == counted(census, secret)
        answers.add(found)
    assert len(answers) > 1


def test_whoever_has_a_value_has_answered() -> None:
    """Nine have answered, five of them in one part; four have a value in the other: four it is."""
    tree: dict[str, str | None] = {"root": None, "a": "root", "b": "root"}
    within = {"root": frozenset(tree), "a": frozenset({"a"}), "b": frozenset({"b"})}
    size = {
        ("root", ""): 9,
        ("a", ""): 5,
        ("b", ""): 4,
        ("root", "x"): 8,
        ("a", "x"): 4,
        ("b", "x"): 4,
    }
    ends: dict[tuple[str, str], tuple[int, int | None]] = {("root", ""): (9, 9), ("a", ""): (5, 5)}
    census = Census(tree, within, size, ends, {})
    assert counted(census, [("b", "")]) == {("b", "")}
    alone = Census(tree, within, size, {("root", ""): (9, 9), ("root", "x"): (8, 8)}, {})
    assert not counted(alone, [("b", ""), ("b", "x")])
    low = Census(tree, within, size, {**ends, ("root", "x"): (8, 8), ("a", "x"): (4, 4)}, {})
    assert counted(low, [("b", "x")]) == {("b", "x")}


# ------------------------------------------------------------------- through the door

UNITS = (("root", None), ("a", "root"), ("b", "root"), ("a1", "a"), ("a2", "a"))


def told(made: Made, measure: str = "trust") -> dict[str, tuple[int | None, str]]:
    """Unit to what is said of the leaders there: a number, or a word."""
    rows = [s for s in made.released.scores if s.measure == measure and s.group == "leader"]
    return {s.unit: (s.n, s.why.value) for s in rows}


def reading(*said: Mapping[str, tuple[int | None, str]], k: int = 5) -> set[str]:
    """Small units of which only one number agrees with all that is said of the same people."""
    ends: dict[str, tuple[int, int | None]] = {}
    for one in said:
        # Where all units are protected, that says nothing of any.
        vague = Why.SMALL not in {one[unit][1] for unit in TREE if unit != "root" and unit in one}
        for unit in TREE:
            n, why = one.get(unit, (None, Why.NOBODY.value))
            if n is not None:
                new: tuple[int, int | None] = (n, n)
            elif why == Why.PROTECTED:
                new = (0, None) if vague else (k, None)
            else:
                new = (0, 0) if why == Why.NOBODY else (1, k - 1)
            low, high = ends.get(unit, (0, None))
            tops = [top for top in (high, new[1]) if top is not None]
            ends[unit] = (max(low, new[0]), min(tops) if tops else None)
    ways = reader(ends, dict.fromkeys(LEAVES, 12))
    assert ways
    hidden = [unit for unit in TREE if all(unit not in one or one[unit][0] is None for one in said)]
    return {u for u in hidden if len(s := {total(w, u) for w in ways}) == 1 and 0 < s.pop() < k}


@pytest.mark.parametrize(
    "sizes", [(5, 1, 7), (6, 2, 9), (5, 0, 9), (8, 1, 5), (3, 1, 5), (6, 4, 6)]
)
def test_words_beside_a_number_count_nobody(sizes: tuple[int, int, int]) -> None:
    everybody = [p for unit, n in zip(LEAVES, sizes, strict=True) for p in people(n, unit=unit)]
    assert reading(told(issue(office(UNITS), everybody))) == set()


@pytest.mark.parametrize("seed", range(6))
def test_numbers_of_two_versions_count_nobody(seed: int) -> None:
    """Between them only others have answered: what was printed of the leaders still holds."""
    rng = random.Random(seed)
    sizes = [rng.choice((1, 2, 4, 5, 6, 8)) for _ in LEAVES]
    everybody: list[Somebody] = [
        p for unit, n in zip(LEAVES, sizes, strict=True) for p in people(n, unit=unit)
    ]
    everybody += people(9, "hr")
    invited = tuple(
        Invited("w1", unit, "leader", n + rng.choice((0, 2)))
        for unit, n in zip(LEAVES, sizes, strict=True)
    )
    engagement = office(UNITS, invited=invited)
    first = issue(engagement, everybody)
    second = issue(engagement, everybody + people(6, "hr", name="late"), first)
    assert reading(told(first), told(second)) == set()


THREE = (("root", None), ("a", "root"), ("b", "root"), ("c", "root"))
SIZES = {"a": 9, "b": 4, "c": 8}


def left(
    units: tuple[tuple[str, str | None], ...],
    sizes: Mapping[str, int],
    asked: Mapping[str, int],
    small: str,
    *names: str,
) -> list[set[str]]:
    """Of each measure, the units that may stand where all might but a small one."""
    everybody = [p for unit, n in sizes.items() for p in people(n, unit=unit)]
    invited = tuple(Invited("w1", unit, "leader", n) for unit, n in asked.items())
    engagement = office(units, invited=invited)
    wave = wave_of(responses(everybody), INSTRUMENT, [unit for unit, _ in units])
    groups = groups_of(wave, 5)
    drafts = {}
    for one in measures_of(wave, engagement, groups, usual_variance(wave, groups, 10)):
        n = tuple(int(cell.who.sum()) for cell in one.cells)
        free = frozenset((unit, "leader") for unit, _ in units if unit != small)
        if one.id in names:
            drafts[one.id] = Draft(one, n, (3.0,) * len(n), (1.0,) * len(n), shown=free)
    past = Past(wave, measures=keys_of(INSTRUMENT), root="root")
    counting = Counting(engagement, groups, past, invited_of(engagement, "w1", groups), 5)
    found = sizes_hidden(drafts, counting)
    return [{unit for unit, _ in found[name].shown if unit != "root"} for name in names]


def beside_each_other(asked: Mapping[str, int]) -> set[str]:
    """Nine, four and eight leaders, of so many invited."""
    return left(THREE, SIZES, asked, "b", "trust")[0]


def test_a_unit_whose_number_follows_from_every_measure_costs_one_unit() -> None:
    """Three of twelve in one area: its nine go, on all measures; nobody in the other area does."""
    units = (("root", None), ("a", "root"), ("b", "root"), *((f"{u}{i}", u) for u in "ab" for i in (1, 2)))  # fmt: skip
    sizes = {"a1": 3, "a2": 9, "b1": 7, "b2": 8}
    asked = {unit: n + 2 for unit, n in sizes.items()}
    for found in left(units, sizes, asked, "a1", "trust", "roles", "chain"):
        assert found == {"a", "b", "b1", "b2"}


def in_a_table(asked: Mapping[str, int]) -> set[str]:
    """Units beside which stands how many answered, where 21 did in all."""
    rows = answered_in_units(
        [Score("trust", unit, "leader", Why.SHOWN, n=SIZES[unit]) for unit in ("a", "c")],
        [Turnout("root", "leader", 21, 21)],
        ["trust"],
        dict(THREE),
        {("root", "leader"): sum(asked.values())}
        | {(unit, "leader"): n for unit, n in asked.items()},
        5,
    )
    return {row.unit for row in rows if row.answered is not None}


def test_where_everybody_invited_has_answered_no_size_is_a_secret() -> None:
    assert beside_each_other(SIZES) == in_a_table(SIZES) == {"a", "c"}


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"a": 9, "b": 3, "c": 8}, id="too few"),
        pytest.param({"a": 10, "b": 3, "c": 8}, id="even by chance"),
        pytest.param({"a": 13, "b": 0, "c": 8}, id="nobody"),
        pytest.param({"a": 9, "b": 9, "c": 8}, id="too many"),
    ],
)
def test_a_number_invited_that_is_wrong_hides_no_less_and_no_more(asked: Mapping[str, int]) -> None:
    """The true number in its place would be known to nobody; what is printed still adds up."""
    assert beside_each_other(asked) == {"a"}
    assert len(in_a_table(asked)) <= 1


def test_a_reason_is_told_where_it_counts_nobody() -> None:
    everybody = people(9, unit="a1") + people(3, unit="a2") + people(3, unit="b") + people(9)
    marks = told(issue(office(UNITS), everybody))
    assert Why.SMALL in {why for _, why in marks.values()}


def test_numbers_that_follow_along_the_tree_are_those_that_a_programme_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ends passed from unit to unit hold the truth, and spare programmes without changing an answer."""
    known = spared = asked = 0
    push = count._Reader.push

    def counting(self: Any, aim: Any) -> None:
        nonlocal asked
        asked += 1
        push(self, aim)

    for seed in range(30):
        rng = random.Random(seed)
        tree: dict[str, str | None] = {"org": None}
        for i in range(9):
            tree[f"u{i}"] = rng.choice(list(tree))
        within = {u: frozenset(v for v in tree if u in lineage(tree, v)) for u in tree}
        own = {(u, m): 0 for u in tree for m in ("", "a", "b")}
        for u in tree:
            own[u, ""] = rng.choice([0, 1, 2, 3, 6])
            for m in ("a", "b"):
                own[u, m] = rng.randint(max(0, own[u, ""] - 1), own[u, ""])
        size = {(u, m): sum(own[v, m] for v in within[u]) for u, m in own}
        # Of some that are small it is told that they are.
        ends = {
            node: (n, n) if n >= 5 else (1, 4)
            for node, n in size.items()
            if n and rng.random() < (0.7 if n >= 5 else 0.4)
        }
        invited = {u: size[u, ""] if rng.random() < 0.3 else None for u in tree}
        census = count.Census(tree, within, size, ends, invited)
        secret = [node for node, n in size.items() if 0 < n < 5] or [("org", "")]
        asked = 0
        with monkeypatch.context() as patch:
            patch.setattr(count._Reader, "push", counting)
            quick = count.counted(census, secret)
            few, asked = asked, 0
            patch.setattr(
                count._Reader, "sure", lambda self, nodes: np.zeros(len(nodes), dtype=bool)
            )
            plain = count.counted(census, secret)
        assert quick == plain
        known += len(quick)
        spared += asked - few
    assert known > 10 and spared > 5, (known, spared)


def lineage(tree: Mapping[str, str | None], unit: str) -> set[str]:
    found: set[str] = set()
    at: str | None = unit
    while at is not None:
        found.add(at)
        at = tree[at]
    return found


LEVELS = ("2", "3", "4")


@pytest.mark.parametrize(
    "sizes",
    [(7, 1, 5), (7, 6, 1), (10, 4, 6), (8, 8, 4), (12, 2, 3), (5, 1, 1), (6, 5, 3), (9, 4, 0)],
)
def test_no_level_of_the_chain_is_counted(sizes: tuple[int, int, int]) -> None:
    """By every way in which the leaders can stand on the levels, dimension by dimension."""
    leaders = people(sum(sizes), silent=0.02)
    stands = [level for level, n in zip(LEVELS, sizes, strict=True) for _ in range(n)]
    everybody = [replace(one, level=at) for one, at in zip(leaders, stands, strict=True)]
    released = issue(office(), [*everybody, *people(12, "hr")]).released
    size = {f"leader/{level}": n for level, n in zip(LEVELS, sizes, strict=True)}
    # Where it is said of a few, too, it says nothing of anybody.
    vague = any(s.why is Why.PROTECTED and size.get(s.group, 9) < 5 for s in released.scores)
    words = {Why.SMALL: (1, 4), Why.NOBODY: (0, 0), Why.PROTECTED: (0 if vague else 5, 99)}
    for section in INSTRUMENT.dimensions:
        rows = {s.group: s for s in released.scores if s.measure == section.id}
        whole = rows["leader"].n
        if whole is None:
            continue
        ends = {
            level: (row.n, row.n) if row.n is not None else words[row.why]
            for level in LEVELS
            if (row := rows.get(f"leader/{level}")) is not None
        }
        ways = [
            way
            for way in itertools.product(range(whole + 1), repeat=len(ends))
            if sum(way) == whole
            and all(low <= n <= high for n, (low, high) in zip(way, ends.values(), strict=True))
        ]
        small = [
            i
            for i, level in enumerate(ends)
            if 0 < sum(one.level == level for one in everybody) < 5
        ]
        for i in small:
            assert len({way[i] for way in ways}) > 1, (section.id, ends)
