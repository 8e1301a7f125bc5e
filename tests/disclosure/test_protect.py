"""Each criterion on an organisation small enough to see through."""

from __future__ import annotations

import pickle
import time
from itertools import count

import numpy as np
import pytest

from hrkit.disclosure.proof.protect import Candidate, Decision, Earlier, Reason, protect, published
from hrkit.errors import DisclosureError

from .attacker import attack
from .organisations import Shape, atom_codes, people_of, released

NAN = float("nan")


def group(name: str, *parts: range | list[int], priority: int = 0) -> Candidate:
    return Candidate(name, tuple(frozenset(part) for part in parts), priority)


def mixed(n: int) -> np.ndarray:
    """Answers that pin nobody: 2, 4, 3, 2, 4, 3, ..."""
    return np.array([2.0, 4.0, 3.0])[np.arange(n) % 3]


def decide(values: np.ndarray, *groups: Candidate, **options: object) -> Decision:
    atoms = options.pop("atoms", np.zeros(len(values), dtype=int))
    return protect(values, atoms, groups, **options)  # type: ignore[arg-type]


def test_small_groups_are_withheld_and_say_so() -> None:
    decision = decide(mixed(9), group("four", range(4)), group("five", range(4, 9)))
    assert decision == Decision(("five",), {"four": Reason.SMALL})


def test_answers_count_and_not_people() -> None:
    values = mixed(6)
    values[:2] = NAN
    assert decide(values, group("six", range(6))).withheld == {"six": Reason.SMALL}


def test_every_part_of_a_mean_of_means_counts() -> None:
    assert decide(mixed(14), group("mean", range(10), range(10, 14))).withheld == {
        "mean": Reason.SMALL
    }
    assert decide(mixed(15), group("mean", range(10), range(10, 15))).released == ("mean",)
    assert decide(mixed(15), Candidate("none", ())).withheld == {"none": Reason.SMALL}


def test_threshold_can_be_raised() -> None:
    assert decide(mixed(9), group("nine", range(9)), k=10).withheld == {"nine": Reason.SMALL}


def test_whole_minus_part_is_protected() -> None:
    """The more important of the two is published."""
    whole, part = group("whole", range(13), priority=1), group("part", range(9), priority=2)
    assert decide(mixed(13), part, whole) == Decision(("whole",), {"part": Reason.PROTECTED})
    part = group("part", range(9), priority=0)
    assert decide(mixed(13), whole, part).released == ("part",)
    assert decide(mixed(14), group("whole", range(14)), part).withheld == {}


def test_four_groups_together_give_one_person_away() -> None:
    """No two of these rows differ by fewer than five people."""
    a, b, c, d = range(1, 10), range(10, 18), range(18, 25), range(25, 31)
    groups = [
        group("1ab", [0, *a, *b]), group("cd", [*c, *d]), group("ac", [*a, *c]), group("bd", [*b, *d]),
    ]  # fmt: skip
    decision = decide(mixed(31), *groups, atoms=np.arange(31))
    assert decision == Decision(("1ab", "cd", "ac"), {"bd": Reason.PROTECTED})


@pytest.mark.parametrize("end", [1.0, 5.0])
def test_unanimous_at_an_end_is_protected(end: float) -> None:
    everybody = np.full(8, end)
    assert decide(everybody, group("team", range(8))).withheld == {"team": Reason.PROTECTED}
    assert decide(np.full(8, 3.0), group("team", range(8))).released == ("team",)


def test_a_unanimous_group_cannot_be_computed_either() -> None:
    """Whole minus rest is a group of five, large enough, but all of them said 5."""
    values = np.concatenate([mixed(9), np.full(5, 5.0)])
    decision = decide(
        values,
        group("whole", range(14)),
        group("rest", range(9), priority=1),
        group("happy", range(9, 14), priority=1),
    )
    assert decision.released == ("whole",)
    assert set(decision.withheld.values()) == {Reason.PROTECTED}


def test_bounds_of_atoms() -> None:
    """Four of five with a mean of 4.8 have 4.75 to 5; of five with 4.0 a whole point."""
    atoms = np.array([0, 1, 1, 1, 1])
    team = group("team", range(5))
    assert decide(np.array([4.0, 5, 5, 5, 5]), team, atoms=atoms).released == ()
    assert decide(np.array([4.0, 4, 4, 4, 4]), team, atoms=atoms).released == ("team",)
    assert decide(np.array([4.0, 5, 5, 5, 5]), team).released == ("team",)
    # The same four as a group that was asked for.
    assert decide(np.array([4.0, 5, 5, 5, 5]), team, group("four", range(4))).released == ()


def test_bounds_of_two_atoms_together() -> None:
    values, team = np.array([5.0, 5, 5, 5, 4]), group("team", range(5))
    assert decide(values, team, atoms=np.array([0, 0, 1, 1, 2])).released == ()
    values = np.array([5.0, 5, 5, 4, 4])
    assert decide(values, team, atoms=np.arange(5)).released == ("team",)


def test_bounds_across_groups() -> None:
    """Ten with 4.9: five of them have 24 or 25 points, so the two beside them 6 or 7."""
    values = np.array([5.0] * 9 + [4.0, 3.0, 3.0])
    ten, seven = group("ten", range(10)), group("seven", [*range(5), 10, 11], priority=1)
    atoms = np.array([0] * 5 + [1] * 5 + [2] * 2)
    assert decide(values, ten, seven, atoms=atoms) == Decision(
        ("ten",), {"seven": Reason.PROTECTED}
    )
    values[5:10] = 3.0
    assert decide(values, ten, seven, atoms=atoms).released == ("ten", "seven")


def test_a_wider_margin_withholds_more() -> None:
    values = np.array([4.0, 5, 5, 4, 5])
    assert decide(values, group("team", range(5)), margin=1.0).released == ("team",)
    assert decide(values, group("team", range(5)), margin=3.0).released == ()


def test_unrounded_values_tell_more() -> None:
    """Twelve people and 4.9: 58 to 59 points for the report's reader, 58 if shown in full."""
    values = np.array([5.0] * 11 + [3.0])
    atoms = np.array([0] * 3 + [1] * 9)
    for decimals in (1, None):
        decision = decide(values, group("team", range(12)), atoms=atoms, decimals=decimals)
        assert decision.withheld == {"team": Reason.PROTECTED}
    values = np.array([5.0] * 10 + [2.0, 3.0])
    assert decide(values, group("t", range(12)), decimals=1, margin=3.5).released == ("t",)
    assert decide(values, group("t", range(12)), decimals=1, margin=4.0).released == ("t",)


def test_without_time_nothing_unproved_is_released() -> None:
    rng = np.random.default_rng(1)
    values = np.clip(np.round(rng.normal(4.2, 0.8, 60)), 1, 5)
    rows = [
        group(f"g{i}", rng.choice(60, 20, replace=False).tolist(), priority=i) for i in range(20)
    ]
    atoms = np.arange(60) // 2
    full = decide(values, *rows, atoms=atoms)
    none = decide(values, *rows, atoms=atoms, lp_budget_seconds=0.0)
    assert set(none.released) < set(full.released)


@pytest.mark.parametrize("looks", [1, 3, 6])
def test_when_time_runs_out_what_was_withdrawn_stays_so(
    looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock goes a second forward whenever it is looked at."""
    monkeypatch.setattr("hrkit.disclosure.proof.bounds.time.process_time", count().__next__)
    for seed in range(6):
        shape = Shape(seed, teams=6, perspectives=4, centre=4.3)
        people, rows = people_of(shape), released(people_of(shape), shape, seconds=looks)
        assert attack(rows, dict(enumerate(atom_codes(people)))) == []


def test_a_late_answer_changes_nothing_that_is_out() -> None:
    earlier = [Earlier("team", (frozenset(range(8)),), published(mixed(9), [range(8)]))]
    assert decide(mixed(9), group("team", range(9)), earlier=earlier).withheld == {
        "team": Reason.PROTECTED
    }
    assert decide(mixed(9), group("team", range(8)), earlier=earlier).released == ("team",)
    assert decide(mixed(13), group("team", range(13)), earlier=earlier).released == ("team",)


def test_leavers_and_joiners_count_together() -> None:
    """Two left, two joined: four differ.  Three and three: enough."""
    before = [Earlier("team", (frozenset([*range(8), 10, 11]),))]
    assert decide(mixed(10), group("team", range(10)), earlier=before).released == ()
    before = [Earlier("team", (frozenset([*range(8), 11, 12, 13]),), 3.0)]
    assert decide(mixed(11), group("team", range(11)), earlier=before).released == ("team",)


def test_earlier_rows_count_wherever_the_person_went() -> None:
    """One moved from a to b: the old a and the new a differ by that one."""
    before = [Earlier("a", (frozenset(range(7)),)), Earlier("b", (frozenset(range(7, 14)),))]
    moved = [group("new a", range(6)), group("new b", range(6, 14))]
    assert decide(mixed(14), *moved, earlier=before).released == ()


def test_earlier_values_that_cannot_be() -> None:
    before = [Earlier("team", (frozenset(range(6)),), 4.9)]
    with pytest.raises(DisclosureError, match="changed an answer"):
        decide(mixed(11), group("team", range(11)), earlier=before)
    gone = [
        Earlier("a", (frozenset(range(11, 16)),), 2.0),
        Earlier("b", (frozenset(range(11, 16)),), 4.0),
    ]
    with pytest.raises(DisclosureError, match="cannot come from"):
        decide(mixed(11), group("team", range(11)), earlier=gone)


def test_leavers_may_have_answered_off_the_grid() -> None:
    """Two of ten left with scores of thirds; the eight who stay have whole ones."""
    before = [Earlier("team", (frozenset([*range(5), 10, 11, 12, 13, 14]),), 3.23, 2)]
    assert decide(mixed(10), group("team", range(10)), earlier=before).released == ("team",)


def test_what_cannot_be_checked_is_refused_all_at_once() -> None:
    values = np.array([3.0, 9.0, 3.0, 2.0, 1.0])
    with pytest.raises(DisclosureError) as caught:
        decide(values, group("a", range(5)), group("a", range(6)))
    assert len(caught.value.problems) == 3
    assert "9" not in str(caught.value)


def test_nobody_and_nothing() -> None:
    assert decide(np.array([])) == Decision((), {})
    assert decide(np.array([]), group("none", [])).withheld == {"none": Reason.SMALL}
    assert decide(np.array([NAN] * 6), group("six", range(6))).withheld == {"six": Reason.SMALL}


def test_decision_survives_pickling_and_repeats() -> None:
    rows = [group("whole", range(13)), group("part", range(9), priority=1)]
    first, second = decide(mixed(13), *rows), decide(mixed(13), *rows)
    assert pickle.loads(pickle.dumps(first)) == first == second


def test_published_rounds_halves_up() -> None:
    assert published([3.0] * 15 + [4.0] * 5, [range(20)]) == 3.3
    assert published([2.0, 3.0, 5.0, NAN], [[0, 1], [2, 3]]) == 3.8
    assert published([1.0, 2.0, 2.0], [range(3)], 0) == 2.0


def test_a_large_client_takes_seconds() -> None:
    """500 people, 40 nested units x 4 perspectives and totals, 9 dimensions and 45 items."""
    rng = np.random.default_rng(0)
    people, parent = 500, [-1] + [0] * 5 + [1 + u % 5 for u in range(34)]
    unit, face = rng.integers(1, 40, people), rng.choice(4, people, p=[0.6, 0.2, 0.12, 0.08])
    inside = np.zeros((40, people), dtype=bool)
    for person, place in enumerate(unit):
        while place >= 0:
            inside[place, person] = True
            place = parent[place]
    latent = rng.normal(3.5, 0.8, people)[:, None]
    start, shown = time.process_time(), 0
    for _ in range(9):
        answers = np.clip(np.round(latent + rng.normal(0, 0.7, (people, 5))), 1, 5)
        answers[rng.random(answers.shape) < 0.03] = NAN
        for values, units in [(np.nanmean(answers, axis=1), 40), *((a, 1) for a in answers.T)]:
            rows = []
            for u in range(units):
                parts = [
                    np.flatnonzero(inside[u] & (face == f) & np.isfinite(values)).tolist()
                    for f in range(4)
                ]
                rows += [group(f"{u}/{f}", part, priority=u) for f, part in enumerate(parts)]
                large = [part for part in parts if len(part) >= 5]
                rows += [group(f"{u}/mean", *large, priority=u)] if large else []
            shown += len(decide(values, *rows, atoms=unit * 4 + face).released)
    assert shown > 9 * 50 + 45 * 5 * 0.9
    assert time.process_time() - start < 10
