"""Somebody who knows how tables of shares are made, and counts back from what is printed.

Written apart from `hrkit.disclosure.chosen.shares` on purpose: the attacker does not reason about tables
but writes down *every* table there could be, has each printed, and keeps those that would look
like the one in hand.  What all of these agree on is known.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product

import pytest

from hrkit.disclosure.chosen.shares import LEAST, may_follow, plain, told, total_of

DETAILS = 10

Counts = tuple[int, ...]
#: What a reader sees of a table: shares given alone, in whole per cent, and the rest.
Printed = tuple[object, ...]


def every_table(n: int, categories: int) -> Iterator[Counts]:
    for bars in combinations(range(n + categories - 1), categories - 1):
        edges = (-1, *bars, n + categories - 1)
        yield tuple(b - a - 1 for a, b in pairwise(edges))


def as_printed(counts: Counts) -> Printed | None:
    found = told(counts, DETAILS)
    if not found.shown:
        return None
    n = sum(counts)
    alone = tuple((i, round(100 * counts[i] / n)) for i in found.alone)
    return (n, alone, found.together, round(100 * sum(counts[i] for i in found.together) / n))


def one_by_one(counts: Counts) -> Printed | None:
    """What is usual: every share, from ten answers."""
    n = sum(counts)
    return (n, tuple(round(100 * c / n) for c in counts)) if n >= DETAILS else None


def small_left_out(counts: Counts) -> Printed | None:
    """Also usual: a small share is left blank, and can be counted back from the others."""
    n = sum(counts)
    return (n, tuple(None if 0 < c < LEAST else round(100 * c / n) for c in counts))


def small_together(counts: Counts) -> Printed | None:
    """Nearly right: what is small is given together, however little that is."""
    n = sum(counts)
    small = tuple(i for i, c in enumerate(counts) if 0 < c < LEAST)
    alone = tuple((i, round(100 * c / n)) for i, c in enumerate(counts) if i not in small)
    return (n, alone, small, round(100 * sum(counts[i] for i in small) / n))


def given_away(
    tables: Sequence[Counts], show: Callable[[Counts], Printed | None]
) -> list[tuple[Counts, str]]:
    """Tables from whose print somebody learns a small count, or what nearly everybody chose."""
    alike: dict[Printed, list[Counts]] = defaultdict(list)
    for table in tables:
        seen = show(table)
        if seen is not None:
            alike[seen].append(table)
    found = []
    for group in alike.values():
        for i in range(len(group[0])):
            here = {table[i] for table in group}
            if len(here) == 1 and 0 < min(here) < LEAST:
                found.append((group[0], f"category {i} holds {min(here)}"))
            if min(table[i] - sum(table) for table in group) > -LEAST:
                found.append((group[0], f"all, or nearly all, chose {i}"))
    return found


@pytest.mark.parametrize(("n", "categories"), [*product((10, 11, 13, 16), (2, 3, 4)), (12, 5), (21, 3), (10, 6)])  # fmt: skip
def test_no_table_gives_a_few_people_away(n: int, categories: int) -> None:
    assert given_away(list(every_table(n, categories)), as_printed) == []


@pytest.mark.parametrize("show", [one_by_one, small_left_out, small_together])
def test_the_attacker_finds_what_other_rules_give_away(
    show: Callable[[Counts], Printed | None],
) -> None:
    assert given_away(list(every_table(12, 4)), show)


@pytest.mark.parametrize("n", range(1, DETAILS))
def test_fewer_than_ten_are_never_told(n: int) -> None:
    assert not any(told(table, DETAILS).shown for table in every_table(n, 3))


def test_most_tables_that_are_no_secret_are_told() -> None:
    """A rule that shows nothing would pass every attack."""
    tables = [t for t in every_table(20, 3) if min(t) >= LEAST]
    assert all(plain(table, DETAILS) for table in tables)
    shown = [told(t, DETAILS).shown for t in every_table(20, 4) if max(t) <= 20 - LEAST]
    assert sum(shown) / len(shown) > 0.9


def test_the_total_says_nothing_of_a_group_that_is_withheld() -> None:
    """With the shares of all people, twelve leaders shown and ten alike withheld were computed."""
    shown = {"yes": 0.5, "no": 0.25}
    totals = {
        tuple(total_of([shown], ["yes", "no"]).items())
        for _withheld in ((10, 0), (0, 10), (5, 5))  # it is not even asked for them
    }
    assert totals == {(("yes", 0.5), ("no", 0.25))}
    other = {"yes": 0.3, "partly": 0.4}
    assert total_of([shown, other], ["yes", "partly", "no"]) == {"yes": 0.4}


# ------------------------------------------------------------------------------- versions


def between(now: Mapping[int, int], then: Mapping[int, int], categories: int) -> list[str]:
    """What two full tables, and who is in which, tell of those who came and those who went."""
    came = sorted(who for who in now if then.get(who) != now[who])
    went = sorted(who for who in then if now.get(who) != then[who])
    change = [
        sum(p == i for p in now.values()) - sum(p == i for p in then.values())
        for i in range(categories)
    ]
    found = []
    ways = [
        (plus, minus)
        for plus in every_table(len(came), categories)
        if min(minus := tuple(p - d for p, d in zip(plus, change, strict=True))) >= 0
    ]
    for side, people in ((0, came), (1, went)):
        for i in range(categories):
            here = {way[side][i] for way in ways}
            if people and len(here) == 1 and 0 < min(here) < LEAST:
                found.append(f"of {len(people)} people {min(here)} chose {i}")
            if people and min(here) > len(people) - LEAST:
                found.append(f"of {len(people)} people nearly all chose {i}")
    return found


def moved(rng: random.Random, then: Mapping[int, int], categories: int) -> dict[int, int]:
    """Some people leave, join, or think again; newcomers are often of one mind."""
    leaving, changing, alike = rng.choice((0, 0, 0.3)), rng.choice((0, 0, 0.1)), rng.random() < 0.3
    now = {who: place for who, place in then.items() if rng.random() >= leaving}
    for who in list(now):
        if rng.random() < changing:
            now[who] = rng.randrange(categories)
    mind = rng.randrange(categories)
    for who in range(rng.choice((0, 1, 4, 9, 10, 14, 20))):
        now[1000 + who] = mind if alike else rng.randrange(categories)
    return now


def named(answers: Mapping[int, int]) -> dict[str, int]:
    return {str(who): place for who, place in answers.items()}


def test_two_versions_say_together_no_more_than_each_alone() -> None:
    rng = random.Random(7)
    passed = leaking = 0
    for _ in range(1500):
        categories = rng.choice((2, 3))
        then = {who: rng.randrange(categories) for who in range(rng.choice((10, 12, 18)))}
        now = moved(rng, then, categories)
        if now == then or not now:
            continue
        leaks = between(now, then, categories)
        leaking += bool(leaks)
        if may_follow(named(now), named(then), categories, DETAILS):
            passed += 1
            assert leaks == [], (then, now)
    # Both happen: versions that would leak, and versions that may be shown.
    assert passed > 30 and leaking > 100


def test_nothing_changed_is_no_change() -> None:
    then = {str(who): who % 3 for who in range(12)}
    assert may_follow(dict(then), then, 3, DETAILS)
    assert not may_follow(then | {"99": 0}, then, 3, DETAILS)
    assert not may_follow(then | {"0": 1}, then, 3, DETAILS)
