"""Somebody who has both means, both spreads and a joint table, and looks for one or two people in them.

Written apart from `hrkit.disclosure.chosen.joint`: the attacker writes down every group there could be, prints each, and
keeps those that would look like the one in hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from hrkit.disclosure.chosen.joint import told_jointly
from hrkit.disclosure.chosen.shares import LEAST, told
from hrkit.disclosure.released import Why, tidy

DETAILS = 10
#: Of each person both ratings.
Crowd = tuple[tuple[int, int], ...]
Printed = tuple[object, ...]
Ends = tuple[int, int]


def every_crowd(n: int, first: Ends, second: Ends) -> Iterator[Crowd]:
    """All groups of so many whose two ratings lie between these ends."""
    kinds = list(product(*(range(low, high + 1) for low, high in (first, second))))
    yield from combinations_with_replacement(kinds, n)


def counts(crowd: Crowd) -> tuple[int, int, int]:
    found = Counter((b > a) - (b < a) for a, b in crowd)
    return found[-1], found[0], found[1]


def arrays(crowd: Crowd) -> tuple[np.ndarray, np.ndarray]:
    both = np.array(crowd, dtype=float)
    return both[:, 0], both[:, 1]


@cache
def _told(kinds: Crowd) -> Printed | None:
    found = told_jointly(*arrays(kinds), DETAILS)
    if not found.shown:
        return None
    table = counts(kinds)
    return (found.together, *(table[place] for place in found.alone))


def as_shares(crowd: Crowd) -> Printed | None:
    """As any other question is told: means beside it are not thought of."""
    table = counts(crowd)
    found = told(table, DETAILS)
    return (found.together, *(table[i] for i in found.alone)) if found.shown else None


def beside(crowd: Crowd) -> Printed:
    """Means to the last answer, and spreads as printed."""
    first, second = arrays(crowd)
    spreads = (tidy(float(first.std(ddof=1))), tidy(float(second.std(ddof=1))))
    return (first.sum(), second.sum(), *spreads)


def given_away(
    show: Callable[[Crowd], Printed | None], n: int, first: Ends, second: Ends
) -> list[Printed]:
    """What is printed from which somebody learns that one or two lie on a side."""
    alike: dict[Printed, set[tuple[int, int, int]]] = defaultdict(set)
    anyhow: dict[Printed, set[tuple[int, int, int]]] = defaultdict(set)
    for crowd in every_crowd(n, first, second):
        said, table = show(crowd), counts(crowd)
        around = beside(crowd)
        anyhow[around].add(table)
        if said is not None:
            alike[around, said].add(table)
    found = []
    for (around, said), tables in alike.items():
        for i in range(3):
            here, before = ({t[i] for t in some} for some in (tables, anyhow[around]))
            if len(here) == 1 and 0 < min(here) < LEAST and len(before) > 1:
                found.append((around, said, i, min(here)))
    return found


@pytest.mark.parametrize(
    ("n", "first", "second"),
    [(10, (2, 3), (1, 3)), (13, (2, 3), (1, 3)), (12, (3, 3), (1, 5)), (11, (1, 2), (1, 3))],
)
def test_no_table_beside_its_means_tells_of_one_or_two(n: int, first: Ends, second: Ends) -> None:
    assert given_away(_told, n, first, second) == []


def test_shares_as_they_are_told_elsewhere_would() -> None:
    assert given_away(as_shares, 10, (2, 3), (1, 3))


def random_crowd(rng: np.random.Generator, n: int) -> Crowd:
    own = rng.normal(0, 0.5, n)
    first = np.clip(np.rint(4.1 + own + rng.normal(0, 0.7, n)), 1, 5).astype(int)
    second = np.clip(np.rint(rng.uniform(2.6, 4.0) + own + rng.normal(0, 0.8, n)), 1, 5).astype(int)
    return tuple(sorted(zip(first.tolist(), second.tolist(), strict=True)))


def test_an_exchange_that_keeps_every_answer_leads_to_another_table_printed_the_same() -> None:
    """On the scale of five: by trying every exchange, as an attacker who holds both distributions would."""
    rng, seen = np.random.default_rng(5), 0
    for _ in range(150):
        crowd = random_crowd(rng, int(rng.integers(10, 30)))
        said, table = _told(crowd), counts(crowd)
        if said is None or not said[0] or table[said[0][0]] == 0:  # type: ignore[index]
            continue
        seen += 1
        few = said[0][0]  # type: ignore[index]
        others = set()
        for i in range(len(crowd)):
            for j in range(i):
                changed = list(crowd)
                changed[i], changed[j] = (crowd[i][0], crowd[j][1]), (crowd[j][0], crowd[i][1])
                again = tuple(sorted(changed))
                assert beside(again) == beside(crowd)
                if _told(again) == said:
                    others.add(counts(again)[few])
        assert len(others | {table[few]}) > 1
    assert seen > 30


def test_most_tables_are_told() -> None:
    rng = np.random.default_rng(6)
    shown = [_told(random_crowd(rng, 20)) is not None for _ in range(200)]
    assert sum(shown) / len(shown) > 0.9


@pytest.mark.parametrize("n", [1, 5, 9])
def test_fewer_than_ten_have_no_table(n: int) -> None:
    found = told_jointly(np.full(n, 4.0), np.arange(n) % 5 + 1.0, DETAILS)
    assert found.why is Why.SMALL


@pytest.mark.parametrize(
    ("below", "ties", "above", "together"),
    [
        (5, 4, 3, ()),
        (7, 3, 2, (2, 1)),
        (7, 5, 0, (2, 1)),
        (2, 4, 6, (0, 1)),
        (5, 1, 6, (1, 2)),
    ],
)
def test_few_are_given_with_the_ties(
    below: int, ties: int, above: int, together: tuple[int, ...]
) -> None:
    crowd = [(5, 2), (4, 3), (5, 4), (4, 2), (3, 2), (5, 3), (4, 1)][:below]
    crowd += [(3, 3), (4, 4), (2, 2), (5, 5), (4, 4)][:ties]
    crowd += [(3, 4), (2, 4), (4, 5), (3, 5), (1, 2), (2, 3)][:above]
    found = told_jointly(*arrays(tuple(crowd)), DETAILS)
    assert (found.why, found.together) == (Why.SHOWN, together)


@pytest.mark.parametrize(("below", "ties"), [(12, 0), (11, 1), (10, 2), (0, 12), (1, 11)])
def test_of_one_mind_is_not_told(below: int, ties: int) -> None:
    crowd = [(5, 2)] * below + [(4, 4)] * ties
    assert told_jointly(*arrays(tuple(crowd)), DETAILS).why is Why.PROTECTED
