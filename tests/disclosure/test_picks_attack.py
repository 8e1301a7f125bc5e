"""Somebody who knows how ballots are told, and counts back from what is printed.

Written apart from `hrkit.disclosure.chosen.picks`: the attacker writes down *every* ballot there could be,
has each printed, and keeps those that would look like the one in hand.  What they agree on is known.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product

import pytest

from hrkit.disclosure.chosen.picks import picks_follow, picks_told
from hrkit.disclosure.chosen.shares import LEAST

Counts = tuple[int, ...]


def every_ballot(people: int, options: int, each: int) -> Iterator[Counts]:
    """All counts of people who choose so many each: none above the people, together so many a person."""

    def rest(left: int, places: int) -> Iterator[Counts]:
        if places == 0:
            if left == 0:
                yield ()
            return
        for count in range(max(0, left - people * (places - 1)), min(people, left) + 1):
            for more in rest(left - count, places - 1):
                yield (count, *more)

    return rest(people * each, options)


def every_ballot_up_to(people: int, options: int, most: int) -> Iterator[Counts]:
    """All counts of people who choose one option at least, and so many at most."""
    for counts in product(range(people + 1), repeat=options):
        # Who is left may always be given a next option, so long as there are people without it.
        if people <= sum(counts) <= most * people:
            yield counts


def as_printed(people: int, details: int, at_most: int = 0) -> Callable[[Counts], object]:
    def show(counts: Counts) -> object:
        found = picks_told(counts, people, details, at_most)
        if not found.shown:
            return None
        return tuple((i, round(100 * counts[i] / people)) for i in found.alone), found.together

    return show


def one_by_one(people: int) -> Callable[[Counts], object]:
    """What is usual: every share, from ten people."""
    return lambda counts: tuple(round(100 * c / people) for c in counts)


def small_left_out(people: int) -> Callable[[Counts], object]:
    """Also usual: small ones are left blank; one of them is told by the others."""
    return lambda counts: tuple(None if 0 < c < LEAST else round(100 * c / people) for c in counts)


def small_together(people: int) -> Callable[[Counts], object]:
    """Nearly right: three choices behind a joint figure, which may all be one person's."""

    def show(counts: Counts) -> object:
        small = {i for i, c in enumerate(counts) if c < LEAST}
        if not small or max(counts) > people - LEAST:
            return None
        alone = tuple((i, c) for i, c in enumerate(counts) if i not in small)
        return alone, tuple(sorted(small))

    return show


def given_away(
    ballots: Sequence[Counts], people: int, each: int, show: Callable[[Counts], object]
) -> list[tuple[Counts, str]]:
    """Ballots from whose print somebody learns a small count, or that nearly all chose an option."""
    alike: dict[object, list[Counts]] = defaultdict(list)
    for ballot in ballots:
        seen = show(ballot)
        if seen is not None:
            alike[seen].append(ballot)
    found = []
    for seen, group in alike.items():
        for i in range(len(group[0])):
            here = {ballot[i] for ballot in group}
            if len(here) == 1 and 0 < min(here) < LEAST:
                found.append((group[0], f"{min(here)} chose {i}"))
            if min(here) > people - LEAST:
                found.append((group[0], f"all, or nearly all, chose {i}"))
        joint = seen[1] if isinstance(seen, tuple) and len(seen) == 2 else ()
        if joint and isinstance(joint, tuple) and isinstance(joint[0], int):
            behind = min(sum(ballot[i] for i in joint) for ballot in group)
            if 0 < behind < LEAST * min(each, len(joint)) - min(each, len(joint)) + 1:
                found.append((group[0], f"one or two may stand behind {joint}"))
    return found


SIZES = [(10, 4, 2), (11, 4, 3), (12, 5, 2), (10, 5, 3), (10, 6, 2), (7, 6, 3), (6, 7, 3)]


@pytest.mark.parametrize(("people", "options", "each"), SIZES)
def test_no_ballot_gives_a_few_people_away(people: int, options: int, each: int) -> None:
    ballots = list(every_ballot(people, options, each))
    assert len(ballots) > 100
    assert given_away(ballots, people, each, as_printed(people, min(people, 10))) == []


@pytest.mark.parametrize("usual", [one_by_one, small_left_out, small_together])
def test_the_attacker_finds_what_other_rules_give_away(usual) -> None:
    assert given_away(list(every_ballot(12, 5, 2)), 12, 2, usual(12))


def test_a_joint_figure_may_not_be_one_persons_three_choices() -> None:
    """One of twelve chose three options nobody else did: three choices, and one person."""
    counts = [1, 1, 1, 5, 5, 6, 6, 6, 5]
    found = picks_told(counts, 12, 10)
    behind = [counts[i] for i in found.together]
    assert not found.shown or -(-sum(behind) // 3) >= LEAST


def test_fewer_than_ten_are_never_told_and_unequal_choices_are_no_ballot() -> None:
    assert not any(picks_told(one, 9, 10).shown for one in every_ballot(9, 4, 2))
    with pytest.raises(ValueError, match="equally many"):
        picks_told([5, 5, 5, 6], 10, 10)


def test_most_ballots_that_are_no_secret_are_told() -> None:
    """A rule that shows nothing would pass every attack."""
    rng = random.Random(2)
    shown = whole = 0
    for _ in range(400):
        weights = [rng.random() + 0.3 for _ in range(9)]
        counts = [0] * 9
        for _ in range(40):
            places = list(range(9))
            for _ in range(3):
                (one,) = rng.choices(places, [weights[i] for i in places])
                places.remove(one)
                counts[one] += 1
        found = picks_told(counts, 40, 10)
        shown += found.shown
        whole += found.shown and not found.together
    assert shown == 400 and whole > 380


# ---------------------------------------------------------- up to so many: nothing closes the table

UP_TO = [(10, 3, 2), (10, 4, 2), (11, 4, 3), (7, 5, 3), (6, 5, 2)]


@pytest.mark.parametrize(("people", "options", "most"), UP_TO)
def test_no_ballot_of_up_to_so_many_gives_a_few_people_away(
    people: int, options: int, most: int
) -> None:
    ballots = list(every_ballot_up_to(people, options, most))
    show = as_printed(people, min(people, 10), most)
    assert len(ballots) > 500 and sum(show(one) is not None for one in ballots) > 50
    assert given_away(ballots, people, most, show) == []


def small_alone(people: int, most: int) -> Callable[[Counts], object]:
    """What suggests itself, since nothing closes the table: who is small has no figure, each by itself."""

    def show(counts: Counts) -> object:
        small = tuple(i for i, c in enumerate(counts) if 0 < c < LEAST or c > people - LEAST)
        return tuple((i, c) for i, c in enumerate(counts) if i not in small), small

    return show


def test_what_stands_alone_bounds_what_a_small_one_leaves() -> None:
    """Ten people, up to two each, nineteen choices on three options: the fourth was chosen by one."""
    ballots = list(every_ballot_up_to(10, 4, 2))
    found = {said for _, said in given_away(ballots, 10, 2, small_alone(10, 2))}
    assert "1 chose 0" in found
    assert any("all, or nearly all" in said for said in found)


def told_to_one_of_them(
    ballots: Sequence[Counts], people: int, most: int, show: Callable[[Counts], object]
) -> list[tuple[object, tuple[int, ...]]]:
    """Prints from which somebody who takes part, and knows what she chose, learns of one or two others."""
    alike: dict[object, list[Counts]] = defaultdict(list)
    for ballot in ballots:
        seen = show(ballot)
        if seen is not None:
            alike[seen].append(ballot)
    found = []
    for seen, group in alike.items():
        together = seen[1]  # type: ignore[index]
        own = [o for n in range(1, most + 1) for o in combinations(range(len(group[0])), n)]
        for mine in own if together else ():
            others = [tuple(c - (i in mine) for i, c in enumerate(b)) for b in group]
            left = [
                o
                for o in others
                if min(o) >= 0 and max(o) < people and people - 1 <= sum(o) <= most * (people - 1)
            ]
            behind = {sum(o[i] for i in together) for o in left}
            if behind and max(behind) < LEAST and min(behind) > 0:
                found.append((seen, mine))
    return found


def fewer_behind(people: int, most: int) -> Callable[[Counts], object]:
    """Milder, since no joint figure is printed: three choices behind what is left out are enough."""

    def show(counts: Counts) -> object:
        small = {c for c in counts if c < LEAST}
        for limit in sorted(set(counts)):
            joint = tuple(i for i, c in enumerate(counts) if c <= limit)
            inside = [counts[i] for i in joint]
            if max(counts) > people - LEAST or not small - {0}:
                return None
            if sum(inside) >= LEAST and len(set(inside)) > 1 and limit >= LEAST - 1:
                alone = tuple((i, c) for i, c in enumerate(counts) if i not in joint)
                return (alone, joint) if alone else None
        return None

    return show


@pytest.mark.parametrize(("people", "options", "most"), UP_TO)
def test_nobody_who_takes_part_learns_of_one_or_two_others(
    people: int, options: int, most: int
) -> None:
    ballots = list(every_ballot_up_to(people, options, most))
    strict = as_printed(people, min(people, 10), most)
    assert told_to_one_of_them(ballots, people, most, strict) == []


def test_three_choices_behind_what_is_left_out_are_too_few_for_those_who_take_part() -> None:
    """They may be one person's, and what stands alone bounds them: she who made one sees the others."""
    ballots = list(every_ballot_up_to(10, 4, 2))
    assert told_to_one_of_them(ballots, 10, 2, fewer_behind(10, 2))


def test_every_person_may_be_behind_as_many_of_the_few_as_one_might_choose() -> None:
    counts = (1, 2, 6, 7, 5)
    found = picks_told(counts, 12, 10, 3)
    # Three choices may be one person's; so the next smallest joins them.
    assert found.together == (0, 1, 4)
    assert picks_told((0, 0, 6, 7, 5), 12, 10, 3).together == ()


def test_counts_that_nobody_could_have_chosen_are_refused() -> None:
    for counts in ((5, 4, 0, 0), (10, 10, 10, 1), (11, 0, 0, 0)):
        with pytest.raises(ValueError, match="up to so many"):
            picks_told(counts, 10, 10, 3)


def test_most_choices_of_up_to_three_are_told() -> None:
    """A rule that shows nothing would pass every attack."""
    rng = random.Random(5)
    for people, least in ((14, 250), (24, 360)):
        shown = alone = 0
        for _ in range(400):
            weights = [rng.random() + 0.3 for _ in range(8)]
            counts = [0] * 8
            for _ in range(people):
                places = list(range(8))
                for _ in range(rng.choice((1, 2, 3, 3))):
                    (one,) = rng.choices(places, [weights[i] for i in places])
                    places.remove(one)
                    counts[one] += 1
            found = picks_told(counts, people, 10, 3)
            shown += found.shown
            alone += len(found.alone)
        assert shown >= least and alone / shown > 4


# ------------------------------------------------------------------------------- versions


def between(now: dict[str, frozenset[int]], then: dict[str, frozenset[int]], options: int) -> bool:
    """Whether two whole ballots, and who is in which, tell how a few people chose."""
    came = [who for who in now if then.get(who) != now[who]]
    went = [who for who in then if now.get(who) != then[who]]
    if not came and not went:
        return False
    change = [
        sum(i in c for c in now.values()) - sum(i in c for c in then.values())
        for i in range(options)
    ]
    for people, sign in ((len(came), 1), (len(went), -1)):
        other = len(went) if sign == 1 else len(came)
        for moved in change:
            # Of those who came so many chose it, whatever those who went had chosen.
            least, most = max(0, sign * moved), min(people, sign * moved + other)
            if people and least == most and (0 < least < LEAST or people - LEAST < least):
                return True
            if people and least > people - LEAST:
                return True
    return False


@pytest.mark.parametrize(
    ("seed", "count", "sizes", "up_to"), [(11, 5, (2,), ()), (13, 6, (1, 2, 3), (3,))]
)
def test_two_versions_say_together_no_more_than_each_alone(
    seed: int, count: int, sizes: tuple[int, ...], up_to: tuple[int, ...]
) -> None:
    """Of exactly so many, and of up to so many."""
    rng = random.Random(seed)
    options = [one for n in sizes for one in combinations(range(count), n)]
    passed = leaking = 0
    for _ in range(3000):
        then = {f"p{i}": frozenset(rng.choice(options)) for i in range(rng.choice((12, 20)))}
        now = {who: chosen for who, chosen in then.items() if rng.random() >= 0.05}
        now = dict(then) if rng.random() < 0.6 else now
        mind = rng.random() < 0.3
        for i in range(rng.choice((0, 1, 3, 10, 16, 24))):
            now[f"n{i}"] = frozenset(options[0] if mind else rng.choice(options))
        leaks = between(now, then, count)
        leaking += leaks
        if now != then and picks_follow(now, then, count, 10, *up_to):
            passed += 1
            assert not leaks
    assert passed > 100 and leaking > 100


# ---------------------------------------------------------------------------------- two waves


def newcomer(counts: Counts, people: int, each: int) -> frozenset[tuple[int, ...]]:
    """What one of so many people may have chosen, for all that their counts say."""
    found = set()
    for mine in combinations(range(len(counts)), each):
        others = [count - (i in mine) for i, count in enumerate(counts)]
        if min(others) >= 0 and max(others) <= people - 1:
            found.add(mine)
    return frozenset(found)


def test_two_waves_of_the_same_people_and_one_newcomer_tie_nobody_to_a_choice() -> None:
    """Whoever knows that twelve were there both times still has to allow each of them to choose anew.

    The attacker writes down every pair of waves that prints so, and looks at what the one who came
    may have chosen in any of them: it is what the later wave leaves open by itself.
    """
    show = {n: as_printed(n, 10) for n in (12, 13)}
    every = {n: defaultdict(list) for n in (12, 13)}
    for n, by in every.items():
        for counts in every_ballot(n, 5, 2):
            by[show[n](counts)].append(counts)
    rng, seen = random.Random(12), 0
    ballots = list(combinations(range(5), 2))
    for _ in range(200):
        before = [rng.choice(ballots) for _ in range(12)]
        # Nobody, or next to nobody, changed their mind: the worst a newcomer can meet.
        after = [rng.choice(ballots) if rng.random() < 0.05 else one for one in before]
        after.append(rng.choice(ballots))
        counts = [tuple(sum(i in b for b in w) for i in range(5)) for w in (before, after)]
        then, now = show[12](counts[0]), show[13](counts[1])
        if then is None or now is None:
            continue
        seen += 1
        alone = {one for c in every[13][now] for one in newcomer(c, 13, 2)}
        both = {
            one
            for earlier in every[12][then]
            for later in every[13][now]
            for one in newcomer(later, 13, 2)
            if sum(earlier) == 24
        }
        assert both == alone
        assert len(alone) >= LEAST
    assert seen > 50


def test_how_many_kept_their_choice_would_give_the_newcomer_away() -> None:
    """Why two waves are compared as other people: beside the two tables that number ties them."""
    before = [(0, 1), (0, 2), (1, 2), (3, 4), (2, 3), (0, 4), (1, 3), (2, 4), (0, 3), (1, 4), (0, 1), (2, 3)]  # fmt: skip
    counts = [sum(i in b for b in before) for i in range(5)]
    later = [count + (i in (1, 4)) for i, count in enumerate(counts)]
    assert picks_told(counts, 12, 10).shown
    assert picks_told(later, 13, 10).shown
    left_open = newcomer(tuple(later), 13, 2)
    # "All twelve chose as before" leaves the difference of the two tables, which is her choice.
    tied = {one for one in left_open if all(later[i] - counts[i] == (i in one) for i in range(5))}
    assert len(left_open) == 10
    assert tied == {(1, 4)}
