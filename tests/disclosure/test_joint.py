"""The joint proof by itself: what several printed numbers say together about one, or a few."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from hrkit.disclosure.proof.aims import Aims
from hrkit.disclosure.proof.dealt import Deals
from hrkit.disclosure.proof.joint import Proof
from hrkit.disclosure.proof.pooled import Pooled
from hrkit.disclosure.proof.solver import solve, solver_of
from hrkit.disclosure.proof.system import System
from hrkit.disclosure.proof.told import Printed, Target, Unknown
from hrkit.disclosure.proof.ways import ways

Answers = Sequence[Sequence[int | None]]
FIVE: list[list[int | None]] = [[3, 4, 2], [2, 3, 4], [4, 2, 3], [3, 3, 3], [2, 4, 3]]


def unknown(person: int, question: int, value: int) -> Unknown:
    return (person, f"q{question}", value)


def mean(answers: Answers, question: int, who: Sequence[int] = (), slack: float = 0.0) -> Printed:
    """The mean of a question, of some or all who answered it."""
    told = {i: v for i in who or range(len(answers)) if (v := answers[i][question]) is not None}
    middle = sum(told.values()) / len(told)
    weights = {unknown(i, question, v): 1 / len(told) for i, v in told.items()}
    return Printed(weights, ((None, middle - slack, middle + slack),), f"mean {question} {who}")


def dimension(answers: Answers, slack: float = 0.0, who: Sequence[int] = ()) -> Printed:
    """The mean of each person's mean."""
    weights, total = {}, 0.0
    people = who or range(len(answers))
    for i in people:
        mine = [(j, v) for j, v in enumerate(answers[i]) if v is not None]
        weights |= {unknown(i, j, v): 1 / len(mine) / len(people) for j, v in mine}
        total += sum(v for _, v in mine) / len(mine) / len(people)
    return Printed(weights, ((None, total - slack, total + slack),), f"dimension {who}")


def spread(answers: Answers, question: int) -> Printed:
    """How many gave each answer."""
    told = {i: v for i, line in enumerate(answers) if (v := line[question]) is not None}
    counts = Counter(told.values())
    ends = tuple(
        (tuple(float(w == v) for w in range(1, 6)), counts[v], counts[v]) for v in range(1, 6)
    )
    return Printed(
        {unknown(i, question, v): 1.0 for i, v in told.items()}, ends, f"spread {question}"
    )


def of(answers: Answers, *sets: Sequence[int], strict: bool = False) -> list[Target]:
    """Each answer of each person, their mean, and the means of sets over all questions."""
    found = []
    for people in [*([i] for i in range(len(answers))), *sets]:
        said = [unknown(i, j, v) for i in people for j, v in enumerate(answers[i]) if v is not None]
        found.append(Target(dict.fromkeys(said, 1 / len(said)), frozenset({0}), strict))
        if len(people) == 1:
            found += [Target({u: 1.0}) for u in said]
    return found


def statements(answers: Answers) -> list[Printed]:
    return [mean(answers, j) for j in range(len(answers[0]))]


def test_one_silence_and_an_exact_mean_confine() -> None:
    assert not Proof([*statements(FIVE), dimension(FIVE)], of(FIVE), (1, 5)).narrow()
    answers = [*FIVE, [None, 4, 3]]
    proof = Proof([*statements(answers), dimension(answers)], of(answers), (1, 5))
    assert proof.narrow()
    # Without one of the statements, or without the dimension, there is room again; and back.
    assert not proof.narrow({"mean 0 ()"})
    assert not proof.narrow({"dimension ()"})
    assert proof.narrow()
    assert not Proof([*statements(answers), dimension(answers, 0.5)], of(answers), (1, 5)).narrow()


def test_two_silences_hide_each_other_but_not_their_sum() -> None:
    answers = [*FIVE, [None, 4, 3], [3, None, 2]]
    for slack, known in ((0.0, True), (0.6, False)):
        rows = [*statements(answers), dimension(answers, slack)]
        assert Proof(rows, of(answers, [5, 6]), (1, 5)).narrow() is known


def test_a_mean_of_today_beside_one_of_yesterday_is_the_newcomers() -> None:
    answers = [[3], [2], [4], [3], [2], [5]]
    rows = [mean(answers, 0, range(5)), mean(answers, 0)]
    assert Proof(rows, of(answers), (1, 5)).narrow()
    assert not Proof(rows[:1], of(answers), (1, 5)).narrow()
    assert not Proof(rows[1:], of(answers), (1, 5)).narrow()


def test_a_distribution_beside_the_mean_of_a_unit() -> None:
    """Nobody answered below 3, so the four others of a unit are known well."""
    answers = [[v] for v in (5, 4, 4, 4, 3, 3, 3, 4, 3, 3, 4, 3)]
    unit, rest = mean(answers, 0, range(5)), mean(answers, 0)
    four = of(answers, range(4))
    assert not Proof([unit, rest], four, (1, 5)).narrow()
    told = Proof([unit, rest, spread(answers, 0)], four, (1, 5))
    assert told.narrow()
    assert not told.narrow({"spread 0"})


def test_what_one_large_group_says_of_any_of_its_people_is_printed_on_purpose() -> None:
    answers = [[4], [4], [4], [4], [4], [4], [4], [4], [4], [4], [3], [5]]
    rows = [mean(answers, 0), spread(answers, 0)]
    three = [t for t in of(answers, range(3)) if len(t.people) > 1]
    assert not Proof(rows, three, (1, 5)).narrow()
    strict = [Target(t.weights, t.named, strict=True) for t in three]
    assert Proof(rows, strict, (1, 5)).narrow()
    assert Proof(rows, three, (1, 5), large=13).narrow()


def test_what_is_out_already_is_not_held_against_the_new() -> None:
    answers = [[5], [5], [5], [5], [4], [3], [2], [3]]
    old = mean(answers, 0, range(5))
    out = Printed(old.weights, old.ends)
    new = mean(answers, 0, range(8), slack=0.05)
    targets = of(answers, range(4))
    assert Proof([old], targets, (1, 5)).narrow()
    assert not Proof([out, new], targets, (1, 5)).narrow()


def test_numbers_that_nobody_can_have_given_are_not_safe() -> None:
    answers = [[3], [2], [4], [3], [2]]
    odd = Printed(mean(answers, 0).weights, ((None, 5.5, 5.6),), "odd")
    assert Proof([odd], of(answers), (1, 5)).narrow()


def test_a_solver_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    import highspy

    for _ in range(2):
        solver_of(highspy.HighsLp()).run()
    assert capfd.readouterr() == ("", "")


def divided(seed: int) -> tuple[list[Printed], list[Target]]:
    """Two units of one group with blanks: statements, distributions, the dimension by unit."""
    rng = random.Random(seed)
    answers = [
        [None if rng.random() < 0.1 else min(5, max(1, round(rng.gauss(3.5, 1)))) for _ in range(3)]
        for _ in range(16)
    ]
    answers = [line if any(line) else [3, 3, 3] for line in answers]
    rows = [*statements(answers), *(spread(answers, j) for j in range(3))]
    rows += [dimension(answers, 0.05), dimension(answers, 0.05, range(9))]
    return rows, of(answers, range(9, 13), range(6, 9))


@pytest.mark.parametrize("seed", range(12))
def test_answers_dealt_anew_settle_what_a_programme_would(seed: int) -> None:
    rows, targets = divided(seed)
    truth = {u: float(u[2]) for row in rows for u in row.weights}
    plain, quick = Proof(rows, targets, (1, 5)), Proof(rows, targets, (1, 5), truth=truth)
    for gone in ({}, {"spread 0"}, {"spread 0", "spread 1", "spread 2"}, {"dimension ()"}):
        assert quick.narrow(gone) == plain.narrow(gone)


def test_answers_dealt_anew_agree_with_everything_printed() -> None:
    apart = 0
    for seed in range(12):
        rows, targets = divided(seed)
        truth = {u: float(u[2]) for row in rows for u in row.weights}
        system = System(rows, targets, (1, 5))
        deals, rng = Deals(system, truth), np.random.default_rng(seed)
        points = np.array([point for _ in range(10) for point in deals.at_random(rng)])
        sums = (system.matrix @ points.T).T
        assert (sums >= system.low - 1e-6).all() and (sums <= system.high + 1e-6).all()
        low, high = system.bounds
        assert (points >= low).all() and (points <= high).all()
        apart += len(points) > 10
        # Of somebody who was erased nobody knows the answers.
        assert Deals(system, dict(list(truth.items())[1:])).truth is None
    assert apart > 6


def test_packs_moved_against_each_other_agree_with_everything_printed() -> None:
    """Also where each of a pack is apart, and where nobody knows the answers any more."""
    for seed in range(12):
        rows, targets = divided(seed)
        system = System(rows, targets, (1, 5))
        packs = system.classes.pack
        rng = np.random.default_rng(seed)
        for groups in (packs, np.arange(len(packs)), packs * 2 + rng.integers(0, 2, len(packs))):
            point = Pooled(system, groups).furthest(rng.normal(size=system.count))
            if point is None:
                # Of those who left something out, the same mixture may not give what is printed.
                continue
            sums = system.matrix @ point
            assert (sums >= system.low - 1e-6).all() and (sums <= system.high + 1e-6).all()
            low, high = system.bounds
            assert (point >= low - 1e-6).all() and (point <= high + 1e-6).all()


@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_with_little_work_lies_within_what_a_programme_finds(seed: int) -> None:
    rows, targets = divided(seed)
    truth = {u: float(u[2]) for row in rows for u in row.weights}
    system = System(rows, targets, (1, 5))
    aims, solver = Aims(system.aims(), system.count), solver_of(system.model())
    ends = ways(system, aims, truth, lambda found, _: np.flatnonzero(found[1] - found[0] < 1.0))
    apart = 0
    for t in range(len(targets)):
        least, most = (solve(solver, sign * aims.one(t)) @ aims.one(t) for sign in (1.0, -1.0))
        assert least - 1e-6 <= ends[0, t] <= ends[1, t] <= most + 1e-6
        apart += most - least >= 1.0 and ends[1, t] - ends[0, t] >= 1.0 - 1e-6
    assert apart > len(targets) / 2


def widths(
    rows: Sequence[Printed], aim: Target, scale: tuple[int, int] = (1, 5)
) -> tuple[float, float]:
    """How far a target may lie apart, by any answers and by whole ones: scipy's solver, answer by answer."""
    known = sorted({u for row in rows for u in row.weights})
    at = {u: i for i, u in enumerate(known)}

    def line(weights: Mapping[Unknown, float]) -> np.ndarray:
        found = np.zeros(len(known))
        for u, w in weights.items():
            found[at[u]] = w
        return found

    said = LinearConstraint(
        np.array([line(row.weights) for row in rows]),
        [row.ends[0][1] for row in rows],
        [row.ends[0][2] for row in rows],
    )
    cost, found = line(aim.weights), []
    for whole in (0, 1):
        ends = [
            milp(sign * cost, constraints=said, integrality=whole, bounds=Bounds(*scale)).fun * sign
            for sign in (1, -1)
        ]
        found.append(ends[1] - ends[0])
    return found[0], found[1]


def test_whole_answers_leave_less_room_than_fractions() -> None:
    """Six are asked five statements and four of them three, one of whom does not know one."""
    six = [[2, 5, 4, 4, 3], [2, 2, 2, 4, 4], [3, 2, 3, 4, 4], [3, 3, 3, 2, 3], [3, 2, 5, 3, 3],
           [3, 3, 3, 3, 5]]  # fmt: skip
    four = [[3, 2, None], [3, 4, 4], [3, 3, 3], [4, 4, 3]]
    answers = [*six, *([*line, None, None] for line in four)]
    rows = [*(mean(answers, j, slack=0.025) for j in range(5)), dimension(answers, 0.025)]
    weights: dict[Unknown, float] = {}
    for i, line in enumerate(four, 6):
        told = [(j, v) for j, v in enumerate(line) if v is not None]
        weights |= {unknown(i, j, v): 1 / len(told) / 4 for j, v in told}
    aim = Target(weights, frozenset({0}))
    any_answers, whole_answers = widths(rows, aim)
    assert any_answers > 1.0 > whole_answers
    assert Proof(rows, [aim], (1, 5)).narrow()
    # Without the dimension's mean nothing is known of the four.
    assert min(widths(rows[:-1], aim)) > 1.0
    assert not Proof(rows[:-1], [aim], (1, 5)).narrow()
