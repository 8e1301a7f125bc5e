"""What was chosen in two waves: compared from what both print, named where chance would not explain it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from scipy import stats

from hrkit import load_instrument
from hrkit.disclosure.chosen.picks import picks_told
from hrkit.disclosure.chosen.shares import LEAST
from hrkit.disclosure.derived.chosen_since import _detectable, chosen_since, level_of
from hrkit.disclosure.released import Ballot, Certainty, ChosenChange, Group, Released, Why, tidy
from hrkit.model.instrument import Instrument

GROUPS = (Group("top", ("top",)), Group("leader", ("leader",)), Group("hr", ("hr",)))


@pytest.fixture(scope="module")
def kit() -> Instrument:
    return load_instrument("partnership")


def options_of(instrument: Instrument) -> tuple[str, ...]:
    assert instrument.ballot is not None
    return tuple(choice.value for choice in instrument.ballot.facet.scale.choices)


def row(instrument: Instrument, group: str, counts: Sequence[int], people: int) -> Ballot:
    """A ballot as the gate tells it."""
    assert instrument.ballot is not None
    told, names = picks_told(counts, people, 10), options_of(instrument)
    if not told.shown:
        return Ballot(instrument.ballot.key, group, told.why)
    return Ballot(
        instrument.ballot.key,
        group,
        Why.SHOWN,
        people,
        tuple(names[i] for i in told.alone),
        tuple(tidy(counts[i] / people, 2) for i in told.alone),
        tuple(names[i] for i in told.together),
        tidy(sum(counts[i] for i in told.together) / people, 2),
    )


def earlier(instrument: Instrument, *ballots: Ballot) -> Released:
    return Released(
        "acme", "w1", instrument.id, instrument.version, False, 5, 10, GROUPS, (), ballots=ballots
    )


def compared(kit: Instrument, old: Sequence[Ballot], new: Sequence[Ballot]):
    return chosen_since(kit, kit, GROUPS, new, earlier(kit, *old))


EVEN = (20,) * 9  # of sixty people
MOVED = (45, 5, 18, 19, 17, 19, 19, 19, 19)


def test_a_share_that_moved_is_named_and_the_others_are_not(kit: Instrument) -> None:
    found = compared(kit, [row(kit, "leader", EVEN, 60)], [row(kit, "leader", MOVED, 60)])
    first, second, *rest = found
    assert (first.option, first.before, first.now, first.difference) == ("roles", 0.33, 0.75, 0.42)
    assert first.certainty is Certainty.TENDS
    assert (second.difference, second.certainty) == (-0.25, Certainty.TENDS)
    assert len(rest) == 7
    assert all(c.certainty is Certainty.UNKNOWN for c in rest)


def test_what_nobody_was_asked_now_is_compared_with_nothing(kit: Instrument) -> None:
    assert compared(kit, [row(kit, "leader", EVEN, 60)], []) == ()


def test_every_word_follows_fisher_s_test_over_the_whole_page(kit: Instrument) -> None:
    """Against another program, on random pairs of tables of both sides."""
    rng, named, several = random.Random(3), 0, set()
    for _ in range(60):
        n = {g: rng.choice((12, 30, 60, 100)) for g in ("leader", "hr")}
        tables = [[row(kit, g, drawn(rng, n[g]), n[g]) for g in n] for _ in range(2)]
        found = compared(kit, *tables)
        several.add(len(found))
        for c in found:
            a, b = round(c.before * n[c.group]), round(c.now * n[c.group])
            p = stats.fisher_exact([[a, n[c.group] - a], [b, n[c.group] - b]])[1]
            alpha = 1 - 0.95 ** (1 / len(found))
            assert (c.certainty is Certainty.TENDS) == (p < alpha), c
            named += c.certainty is Certainty.TENDS
    assert named > 20
    assert max(several) == 18


def drawn(rng: random.Random, people: int) -> list[int]:
    ready, counts = [rng.choice((1, 2, 5)) for _ in range(9)], [0] * 9
    for _ in range(people):
        places = list(range(9))
        for _ in range(3):
            (one,) = rng.choices(places, [ready[i] for i in places])
            places.remove(one)
            counts[one] += 1
    return counts


def test_the_smallest_change_that_is_named_is_the_smallest(kit: Instrument) -> None:
    found = compared(kit, [row(kit, "leader", EVEN, 60)], [row(kit, "leader", MOVED, 60)])
    c = found[2]
    assert c.detectable is not None
    alpha = 1 - 0.95 ** (1 / 9)

    def told(step: float) -> bool:
        ways = [round(60 * (c.before + s)) for s in (step, -step)]
        tests = [stats.fisher_exact([[20, 40], [b, 60 - b]])[1] for b in ways if 0 <= b <= 60]
        return any(p < alpha for p in tests)

    assert told(c.detectable)
    assert not told(c.detectable - 0.02)  # of sixty people one is nearly two in a hundred


def test_a_dozen_see_next_to_nothing_and_say_so(kit: Instrument) -> None:
    few = [row(kit, "hr", (4,) * 9, 12)]
    # Four of twelve: not even nine of twelve later would be more than chance explains.
    assert {c.detectable for c in compared(kit, few, few)} == {None}
    half = [row(kit, "hr", (9, 3, 3, 3, 3, 3, 3, 3, 6), 12)]
    assert all(c.certainty is Certainty.UNKNOWN for c in compared(kit, few, half))


def test_what_stands_together_in_one_wave_is_not_compared(kit: Instrument) -> None:
    few = row(kit, "leader", (1, 1, 2, 3, 18, 18, 18, 14, 15), 30)
    assert few.together
    found = compared(kit, [row(kit, "leader", (10,) * 9, 30)], [few])
    assert {c.option for c in found} == set(few.values)


def test_only_sides_only_what_both_waves_show_and_only_the_same_list(kit: Instrument) -> None:
    whole = [row(kit, g.id, EVEN, 60) for g in GROUPS]
    assert {c.group for c in compared(kit, whole, whole)} == {"leader", "hr"}
    small = [whole[0], whole[1], row(kit, "hr", (3,) * 9, 9)]
    assert {c.group for c in compared(kit, small, whole)} == {"leader"}
    assert {c.group for c in compared(kit, whole, small)} == {"leader"}
    other = replace(kit, id="other")
    for name, changed in (("sections", ()),):
        assert (
            chosen_since(replace(other, **{name: changed}), kit, GROUPS, whole, earlier(kit)) == ()
        )
    rated = load_instrument("partnership-1")
    assert chosen_since(kit, rated, GROUPS, whole, earlier(kit, *whole)) == ()
    # Who was pooled with others then is other people.
    pooled = replace(earlier(kit, *whole), groups=(Group("hr", ("hr", "pay")), *GROUPS[:2]))
    assert {c.group for c in chosen_since(kit, kit, GROUPS, whole, pooled)} == {"leader"}


# ------------------------------------------------------------------- what it gives away: nothing


def alike(rng: random.Random, kit: Instrument, counts: Sequence[int], people: int) -> list[int]:
    """Other counts that print the same, if they can be found by moving a few choices about."""
    told = row(kit, "leader", counts, people)
    for _ in range(200):
        other = list(counts)
        for _ in range(rng.randint(1, 3)):
            a, b = rng.sample(range(9), 2)
            if other[a] and other[b] < people:
                other[a], other[b] = other[a] - 1, other[b] + 1
        if other != list(counts) and row(kit, "leader", other, people) == told:
            return other
    return list(counts)


def test_the_comparison_is_made_of_what_both_waves_print_and_of_nothing_else(
    kit: Instrument,
) -> None:
    """Whoever counts in another way what prints the same gets the same comparison: it tells no count."""
    rng, other = random.Random(8), 0
    for _ in range(120):
        n = rng.choice((12, 13, 30, 250, 251))
        first, second = drawn(rng, n), drawn(rng, n)
        again = [alike(rng, kit, counts, n) for counts in (first, second)]
        other += again != [first, second]
        rows = [[row(kit, "leader", c, n)] for c in (first, second, *again)]
        assert compared(kit, *rows[:2]) == compared(kit, *rows[2:])
    assert other > 40


def test_a_change_that_could_have_been_named_is_one_that_the_gate_would_show() -> None:
    """It leaves as many who choose otherwise as a share that is printed: one more where readers know one answer."""
    differ = 0
    for people in range(11, 26):
        for chose in range(people - LEAST + 1):
            share = tidy(chose / people, 2)
            found = [
                _detectable(share, people, people, level_of(9), least)
                for least in (LEAST, LEAST + 1)
            ]
            for least, step in zip((LEAST, LEAST + 1), found, strict=True):
                furthest = max(chose, people - least - chose) / people
                assert step is None or step <= furthest + 0.0101  # two printed shares
            differ += found[0] != found[1]
    assert differ > 0


def test_many_people_are_told_from_the_nearest_counts_that_print_so(kit: Instrument) -> None:
    """Of a thousand a printed share leaves ten counts open; none of them may name what another would not."""
    old = [row(kit, "leader", (400, 200, *[343] * 6, 342), 1000)]
    new = [row(kit, "leader", (464, 200, *[334] * 6, 332), 1000)]
    c: ChosenChange = compared(kit, old, new)[0]
    assert (c.before, c.now) == (0.4, 0.46)
    p = stats.fisher_exact([[404, 596], [455, 545]])[1]
    assert (c.certainty is Certainty.TENDS) == (p < 1 - 0.95 ** (1 / 9))
