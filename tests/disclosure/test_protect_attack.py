"""What a close reader recovers from what is published: much without `protect`, nothing with it.

The long run over random organisations: ``pytest -m soak``, as many as HRKIT_SOAK says.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from site import addsitedir

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .attacker import Row, attack
from .organisations import (
    Shape,
    atom_codes,
    given_away,
    hidden_below,
    people_of,
    random_shape,
)


def tables(seed: int) -> Shape:
    """Departments by roles, with all totals."""
    return Shape(seed, teams=6, perspectives=4)


def hiding_gives_away(shape: Shape) -> list[str]:
    people = people_of(shape)
    rows = hidden_below(people, shape)
    return [found.how for found in attack(rows, dict(enumerate(atom_codes(people))))]


def test_hiding_small_groups_alone_hides_nothing() -> None:
    """The attack works: of 10 department by role tables nearly all leak, by subtraction alone."""
    leaking = [hiding_gives_away(tables(seed)) for seed in range(10)]
    assert sum("combination" in how for how in leaking) >= 9


def test_the_same_tables_protected_give_nothing_away() -> None:
    for seed in range(8):
        rows, found = given_away(tables(seed))
        assert rows
        assert not found


def test_attacker_finds_a_difference_of_four_groups() -> None:
    groups = [{0, *range(1, 10), *range(10, 18)}, {*range(18, 25), *range(25, 31)}]
    groups += [{*range(1, 10), *range(18, 25)}, {*range(10, 18), *range(25, 31)}]
    values = [69 / 18, 43 / 13, 56 / 16, 51 / 14]
    atoms = {
        i: name
        for name, ids in enumerate([[0], range(1, 10), range(10, 18), range(18, 25), range(25, 31)])
        for i in ids
    }
    rows = [
        Row(i, (frozenset(g),), round(v, 1))
        for i, (g, v) in enumerate(zip(groups, values, strict=True))
    ]
    assert any(found.members == {0} and found.how == "combination" for found in attack(rows, atoms))
    assert not attack(rows[:2], atoms)


def test_attacker_finds_bounds() -> None:
    """Five with a mean of 4.8: four of them, if they are a group, are known to 0.25."""
    row = Row("team", (frozenset(range(5)),), 4.8)
    (found,) = attack([row], {0: "lead", 1: "hr", 2: "hr", 3: "hr", 4: "hr"})
    assert (found.low, found.high) == (4.75, 5.0)
    assert not attack([row], dict.fromkeys(range(5), "hr"))
    # Unanimous at the end: every single answer.
    assert attack([Row("team", (frozenset(range(5)),), 5.0)], dict.fromkeys(range(5), "hr"))


shapes = st.builds(
    Shape,
    seed=st.integers(0, 2**32),
    teams=st.integers(1, 6),
    divisions=st.integers(1, 3),
    perspectives=st.integers(2, 6),
    levels=st.just(1),
    missing=st.sampled_from((0.0, 0.1, 0.3)),
    unanimous=st.sampled_from((0.0, 0.1, 0.4)),
    spread=st.sampled_from((0.4, 0.8, 1.3)),
    centre=st.sampled_from((2.0, 3.5, 4.3)),
    steps=st.sampled_from((1, 5, None)),
    changes=st.integers(0, 7),
    sizes=st.sampled_from(((4, 5), (1, 2, 3, 4, 5, 6, 7, 9), (0, 0, 3, 5, 8, 14), (0, 1, 2))),
    pooled=st.booleans(),
    rounded=st.booleans(),
)


@settings(max_examples=20, deadline=None)
@given(shapes)
def test_protected_organisations_give_nothing_away(shape: Shape) -> None:
    """Nested units, missing answers, unanimous groups, people who leave, join and change."""
    assert given_away(shape)[1] == []


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(((2, False), (3, False), (1, True))))
def test_neither_do_chain_levels_and_pairs(seed: int, finer: tuple[int, bool]) -> None:
    levels, pairs = finer
    shape = Shape(seed, teams=3, perspectives=3, levels=levels, pairs=pairs, changes=seed % 3)
    assert given_away(shape)[1] == []


def attacked(seed: int) -> tuple[int, int, str]:
    """Rows published, groups recovered, and how to see it again."""
    shape = random_shape(seed)
    rows, found = given_away(shape)
    return rows, len(found), f"{shape}: {found[:2]}" if found else ""


@pytest.mark.soak
def test_soak(capsys: pytest.CaptureFixture[str]) -> None:
    count = int(os.environ.get("HRKIT_SOAK", "2000"))
    start = time.monotonic()
    # A new process imports this module by its name, wherever pytest has found it.
    home = str(Path(__file__).parents[__name__.count(".")])
    with ProcessPoolExecutor(
        mp_context=get_context("spawn"), initializer=addsitedir, initargs=(home,)
    ) as workers:
        results = list(workers.map(attacked, range(count), chunksize=10))
    failures = [how for _, recovered, how in results if recovered]
    with capsys.disabled():
        print(
            f"\n{count} organisations, {sum(rows for rows, _, _ in results)} published rows, "
            f"{sum(not rows for rows, _, _ in results)} without any; "
            f"{len(failures)} gave something away; {(time.monotonic() - start) / 60:.1f} minutes"
        )
    assert failures == []
