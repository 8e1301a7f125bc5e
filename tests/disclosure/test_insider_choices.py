"""With ``insider: true`` tables of choices are proved against readers who know one answer of the group.

As in the attacks on shares and ballots every table there could be is written down and printed, and those
that look alike are kept; here the reader takes the answer that she knows from each of them, whichever it
is, and looks at what is left of the others.  With the raised thresholds alone she finds two of them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, product
from pathlib import Path

import pytest
import yaml

from hrkit.disclosure.chosen.joint import told_jointly
from hrkit.disclosure.chosen.picks import picks_follow, picks_told
from hrkit.disclosure.chosen.shares import LEAST, behind, may_follow, told
from hrkit.disclosure.chosen.votes import first_told
from hrkit.model.engagement_file import load

from .test_ballots import EVERY, Town, even
from .test_choices import Office
from .test_joint_attack import Crowd, Ends, arrays, beside, counts, every_crowd, random_crowd
from .test_picks_attack import every_ballot, every_ballot_up_to
from .test_shares_attack import between, every_table

Counts = tuple[int, ...]
#: Ten and five, each one more.
DETAILS, SCORES = 11, 6
STRICT = behind(True)


def others(table: Counts, known: Iterable[int]) -> Counts:
    return tuple(count - (i in known) for i, count in enumerate(table))


def learned(rests: Sequence[Counts], people: int) -> str:
    """What tables of the others, of so many people, agree on that is about one or two of them."""
    for i in range(len(rests[0])):
        here = {rest[i] for rest in rests}
        if len(here) == 1 and 0 < min(here) < LEAST:
            return f"{min(here)} others chose {i}"
        if min(here) > people - LEAST:
            return f"all others, or nearly all, chose {i}"
    return ""


def alike(
    tables: Iterable[Counts], show: Callable[[Counts], Hashable | None]
) -> Mapping[Hashable, list[Counts]]:
    found: dict[Hashable, list[Counts]] = defaultdict(list)
    for table in tables:
        seen = show(table)
        if seen is not None:
            found[seen].append(table)
    return found


# ------------------------------------------------------------------------------- one of several


def printed(least: int) -> Callable[[Counts], Hashable | None]:
    def show(table: Counts) -> Hashable | None:
        found = told(table, DETAILS, least)
        if not found.shown:
            return None
        return found.together, tuple((i, table[i]) for i in found.alone)

    return show


def told_of_shares(n: int, categories: int, least: int) -> list[tuple[int, str]]:
    found = []
    for group in alike(every_table(n, categories), printed(least)).values():
        for known in range(categories):
            rests = [others(table, {known}) for table in group if table[known]]
            if rests and (said := learned(rests, n - 1)):
                found.append((known, said))
    return found


SHARES = [(11, 2), (11, 3), (11, 4), (12, 4), (13, 3), (16, 4), (12, 5), (11, 6), (21, 3)]


@pytest.mark.parametrize(("n", "categories"), SHARES)
def test_no_table_gives_a_few_away_to_one_of_them(n: int, categories: int) -> None:
    assert told_of_shares(n, categories, STRICT) == []


@pytest.mark.parametrize(("n", "categories"), SHARES)
def test_with_the_raised_threshold_alone_one_of_them_finds_two_others(
    n: int, categories: int
) -> None:
    found = told_of_shares(n, categories, LEAST)
    assert any(said.startswith("2 others") for _, said in found)
    assert any(said.startswith("all others") for _, said in found)


def test_most_tables_that_are_no_secret_are_told_to_insiders_too() -> None:
    tables = [t for t in every_table(20, 3) if min(t) >= STRICT]
    assert tables and all(told(t, DETAILS, STRICT).shown for t in tables)
    assert not any(told(t, DETAILS, STRICT).together for t in tables)
    shown = [told(t, DETAILS, STRICT).shown for t in every_table(20, 4) if max(t) <= 20 - STRICT]
    assert sum(shown) / len(shown) > 0.9


# ------------------------------------------------------------------------------- so many of a list


def told_of_ballots(
    n: int, options: int, each: int, least: int, *, up_to: bool
) -> list[tuple[tuple[int, ...], str]]:
    def show(table: Counts) -> Hashable | None:
        found = picks_told(table, n, min(n, DETAILS), each if up_to else 0, least)
        if not found.shown:
            return None
        return found.together, tuple((i, table[i]) for i in found.alone)

    sizes = range(1, each + 1) if up_to else (each,)
    choices = [one for size in sizes for one in combinations(range(options), size)]
    most = each * (n - 1)
    low = n - 1 if up_to else most
    every = (every_ballot_up_to if up_to else every_ballot)(n, options, each)
    found = []
    for seen, group in alike(every, show).items():
        joint: tuple[int, ...] = seen[0]  # type: ignore[index]
        for known in choices:
            rests = [
                rest
                for table in group
                if min(rest := others(table, known)) >= 0
                and max(rest) < n
                and low <= sum(rest) <= most
            ]
            if not rests:
                continue
            if said := learned(rests, n - 1):
                found.append((known, said))
            # Choices behind the joint figure, and the fewest people who can have made them.
            made = [sum(rest[i] for i in joint) for rest in rests]
            may = min(each, len(joint)) if joint else 1
            if joint and min(made) > 0 and len(set(made)) == 1 and -(-made[0] // may) < LEAST:
                found.append((known, f"one or two others may be behind {joint}"))
    return found


BALLOTS = [(11, 4, 2), (12, 5, 2), (11, 5, 3), (11, 6, 2), (8, 6, 3)]
UP_TO = [(11, 3, 2), (11, 4, 2), (11, 4, 3), (8, 4, 3)]
EVERY_KIND = [*((one, False) for one in BALLOTS), *((one, True) for one in UP_TO)]


@pytest.mark.parametrize(("size", "up_to"), EVERY_KIND)
def test_no_ballot_gives_a_few_away_to_one_of_them(size: tuple[int, int, int], up_to: bool) -> None:
    assert told_of_ballots(*size, STRICT, up_to=up_to) == []


@pytest.mark.parametrize(("size", "up_to"), [((11, 4, 2), False), ((11, 4, 2), True)])
def test_with_the_raised_threshold_alone_a_ballot_would(
    size: tuple[int, int, int], up_to: bool
) -> None:
    assert told_of_ballots(*size, LEAST, up_to=up_to)


def test_most_ballots_are_told_to_insiders_too() -> None:
    rng, shown = random.Random(2), 0
    for _ in range(200):
        found = [0] * 9
        for _ in range(40):
            for one in rng.sample(range(9), 3):
                found[one] += 1
        shown += picks_told(found, 40, DETAILS, least=STRICT).shown
    assert shown == 200


# ------------------------------------------------------------------------------- two ratings


@cache
def _jointly(kinds: Crowd, least: int) -> Hashable | None:
    found = told_jointly(*arrays(kinds), DETAILS, least)
    if not found.shown:
        return None
    table = counts(kinds)
    return found.together, tuple(table[place] for place in found.alone)


def told_of_ratings(n: int, first: Ends, second: Ends, least: int) -> list[str]:
    """Beside both means and spreads, somebody's two ratings known."""
    seen: dict[Hashable, list[Crowd]] = defaultdict(list)
    anyhow: dict[Hashable, list[Crowd]] = defaultdict(list)
    for crowd in every_crowd(n, first, second):
        around = beside(crowd)
        anyhow[around].append(crowd)
        said = _jointly(crowd, least)
        if said is not None:
            seen[around, said].append(crowd)
    found = []
    for (around, _), group in seen.items():  # type: ignore[misc]
        for known in {kind for crowd in group for kind in crowd}:
            place = {(known[1] > known[0]) - (known[1] < known[0]) + 1}
            rests = {others(counts(crowd), place) for crowd in group if known in crowd}
            before = {others(counts(crowd), place) for crowd in anyhow[around] if known in crowd}
            said = learned(sorted(rests), n - 1)
            # What the means tell by themselves is not the table's.
            if said.endswith(("others chose 0", "others chose 1", "others chose 2")):
                found += [said] if not learned(sorted(before), n - 1) else []
    return found


RATED = [(11, (2, 3), (1, 3)), (13, (2, 3), (1, 3)), (12, (3, 3), (1, 5)), (11, (1, 2), (1, 3))]


@pytest.mark.parametrize(("n", "first", "second"), RATED)
def test_no_table_of_two_ratings_gives_a_few_away_to_one_of_them(
    n: int, first: Ends, second: Ends
) -> None:
    assert told_of_ratings(n, first, second, STRICT) == []


def test_with_the_raised_threshold_alone_two_ratings_would() -> None:
    assert told_of_ratings(11, (2, 3), (1, 3), LEAST)


def test_most_tables_of_two_ratings_are_told_to_insiders_too() -> None:
    import numpy as np

    rng = np.random.default_rng(6)
    shown = [_jointly(random_crowd(rng, 24), STRICT) is not None for _ in range(150)]
    assert sum(shown) / len(shown) > 0.8


# ------------------------------------------------------------------------------- versions


def without_one_each(
    now: Mapping[int, int], then: Mapping[int, int]
) -> Iterator[tuple[dict[int, int], dict[int, int]]]:
    """Both versions without one of those who came, and without one of those who went, each in turn."""
    came = [who for who in now if then.get(who) != now[who]] or [None]
    went = [who for who in then if now.get(who) != then[who]] or [None]
    for one, two in product(came, went):
        yield (
            {who: said for who, said in now.items() if who != one},
            {who: said for who, said in then.items() if who != two},
        )


def test_two_versions_tell_one_of_those_who_came_and_went_no_more() -> None:
    rng = random.Random(9)
    passed = leaking = 0
    for _ in range(250):
        categories = rng.choice((2, 3))
        then = {who: rng.randrange(categories) for who in range(rng.choice((12, 18)))}
        leaving = rng.choice((0, 0, 0.9))
        now = {who: said for who, said in then.items() if rng.random() >= leaving}
        now |= {1000 + i: rng.randrange(categories) for i in range(rng.choice((9, 11, 12, 15)))}
        leaks = any(between(*pair, categories) for pair in without_one_each(now, then))
        leaking += leaks
        pair = [{str(who): said for who, said in one.items()} for one in (now, then)]
        if may_follow(pair[0], pair[1], categories, DETAILS, STRICT):
            passed += 1
            assert not leaks, (then, now)
    assert passed > 15 and leaking > 15


def test_ballots_of_those_who_came_are_held_to_four() -> None:
    then = {f"p{i}": frozenset({i % 3}) for i in range(14)}
    # Of twelve who come three choose alike: each of them sees that two others did.
    came = {f"n{i}": frozenset({place}) for i, place in enumerate((0,) * 5 + (1,) * 4 + (2,) * 3)}
    assert picks_follow(then | came, then, 3, DETAILS)
    assert not picks_follow(then | came, then, 3, DETAILS, least=STRICT)
    more = came | {"n12": frozenset({2})}
    assert picks_follow(then | more, then, 3, DETAILS, least=STRICT)


def test_levels_of_a_vote_are_held_to_four() -> None:
    votes = dict(enumerate([1] * 5 + [3] * 3 + [5] * 6))
    usual, strict = (first_told(votes, SCORES, DETAILS, least) for least in (LEAST, STRICT))
    assert usual.form == "tenths" and None not in (usual.tenths[0], usual.tenths[2])
    assert strict.form != "tenths" or strict.tenths[2] is None


# ------------------------------------------------------------------------------- as it is issued


def strictly(folder: Path) -> None:
    path = folder / "engagement.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump(data | {"protection": {"insider": True}}), "utf-8")


@pytest.mark.parametrize("insider", [False, True])
def test_an_issued_table_has_four_behind_every_share(tmp_path: Path, insider: bool) -> None:
    office = Office(tmp_path)
    if insider:
        strictly(tmp_path)
        office.engagement = load(tmp_path)
    office.come(*["daily"] * 9, *["weekly"] * 10, *["never"] * 3)
    table = office.table()
    assert table.shown and ("never" in table.values) is not insider


@pytest.mark.parametrize("insider", [False, True])
def test_an_issued_ballot_has_four_behind_every_share(tmp_path: Path, insider: bool) -> None:
    town = Town(tmp_path)
    if insider:
        folder = Path(town.engagement.folder)
        strictly(folder)
        town.engagement = load(folder)
    rare = [one for one in EVERY if "renewal" in one.split()][:3]
    town.come([one for one in even(36) if "renewal" not in one.split()] + rare)
    row = town.row()
    assert row.shown and ("renewal" in row.values) is not insider
