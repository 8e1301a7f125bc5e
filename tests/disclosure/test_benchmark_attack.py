"""Nobody recognises an organisation in a benchmark: an attacker who reads all pages of all clients.

What a client's page prints is read here from `places`, which is all it prints of others.  The attacker
knows the rules, can run them on whatever she thinks an organisation's means might be, and keeps what
would have printed the same pages.
"""

from __future__ import annotations

import dataclasses
import itertools
import math

import numpy as np
import pytest
from scipy import optimize

from hrkit.disclosure.derived.place import DRAWN_SUM, places
from hrkit.disclosure.portfolio.decide import IssuedNorms, compared_with
from hrkit.disclosure.portfolio.entries import BroughtIn
from hrkit.disclosure.portfolio.proof import (
    APART,
    ERROR,
    ROW_ERROR,
    apart_enough,
    drawn_error,
    drawn_for_row,
)
from hrkit.disclosure.released import LEAST, OTHERS, tidy

from .portfolios import DIMENSIONS, SCALES, again, decided, entry, portfolio, score

GRID = [v / 10 for v in range(10, 51)]


def pages(entries: list[BroughtIn], issued: IssuedNorms, without: str = "") -> list[object]:
    """Everything that the pages of all clients print of others, but for the page of one of them."""
    return [
        places({(s.measure, s.group): s for s in one.figures}, compared_with(issued, one.organisation), SCALES)
        for one in entries
        if one.organisation != without
    ]  # fmt: skip


def with_mean(
    entries: list[BroughtIn], id: str, key: tuple[str, str], mean: float
) -> list[BroughtIn]:
    def changed(one: BroughtIn) -> BroughtIn:
        figures = tuple(
            score(*key, mean, s.n or 9) if (s.measure, s.group) == key else s for s in one.figures
        )
        return dataclasses.replace(one, figures=figures)

    return [changed(one) if one.organisation == id else one for one in entries]


_Rows = dict[tuple[str, str], dict[str, float]]


def mean_of(row: dict[str, float], error: int = 0) -> int:
    """A printed mean, in tenths, if this error was drawn; made here anew."""
    total = sum(round(10 * v) for v in row.values()) + error
    return min(max(math.floor(total / len(row) + 0.5 + 1e-9), 10), 50)


def mean_chance(row: dict[str, float], told: int) -> float:
    """How likely this mean is told of these means, over all errors that may be drawn."""
    return sum(
        _often(error, ROW_ERROR) for error in range(-300, 301) if mean_of(row, error) == told
    )


def spread_of(rows: _Rows, side: str) -> float:
    each = [list(row.values()) for (_, group), row in rows.items() if group == side]
    centres = [sum(row) / len(row) for row in each]
    parts = [
        sum((v - centre) ** 2 for v in row) / (len(row) - 1)
        for row, centre in zip(each, centres, strict=True)
    ]
    return math.sqrt(sum(parts) / len(parts))


def spread_after(rows: _Rows, side: str, error: int) -> int:
    """A printed spread, in tenths, if this error was drawn; made here anew."""
    return max(1, math.floor((round(100 * spread_of(rows, side)) + error) / 10 + 0.5))


def chance(rows: _Rows, side: str, told: int) -> float:
    """How likely this spread is told of these means, over all errors that may be drawn."""
    return sum(
        _often(error) for error in range(-200, 201) if spread_after(rows, side, error) == told
    )


def _often(error: int, size: float = ERROR) -> float:
    q = math.exp(-1 / size)
    return (1 - q) / (1 + q) * q ** abs(error)


@pytest.mark.parametrize("seed", [6, 12, 19, 31])
def test_whoever_knows_everything_but_one_mean_cannot_tell_two_values_a_point_apart(
    seed: int,
) -> None:
    """All others lay side by side what they know, the organisation's other means with it.

    Every value of the scale might have printed the same, and of two a point apart none is more than four times
    as likely as the other; so it is with what the spread says, and where there is none.
    """
    count = 11 + seed % 14
    entries = portfolio(np.random.default_rng(seed), count, apart=(0.35, 0.8)[seed % 2])
    issued = decided(entries).issued
    told = {side: round(10 * value) for side, value in issued.norms.spread}
    printed = {(row.measure, row.side): round(10 * row.mean) for row in issued.norms.rows}
    rows: _Rows = {k: dict(row) for k, row in issued.members.items()}
    asked = 0
    for key, row in rows.items():
        for id, mean in list(row.items())[:: 1 + len(row) // 6]:
            likely: dict[int, float] = {}
            for v in GRID:
                row[id] = v
                likely[round(10 * v)] = mean_chance(row, printed[key])
            assert all(
                0 < one < 4 * likely.get(v + step, one)
                for v, one in likely.items()
                for step in range(-10, 11)
            ), (id, key)
            spreads = []
            for v in (max(1.0, mean - 0.5), mean, min(5.0, mean + 0.5)):
                row[id] = v
                if key[1] in told:
                    spreads.append(chance(rows, key[1], told[key[1]]))
            row[id] = mean
            assert not spreads or max(spreads) < 4 * min(spreads), (id, key, spreads)
            asked += 1
    assert asked >= 4 * len(rows)


@pytest.mark.parametrize("seed", range(40))
def test_whether_a_row_is_told_hangs_on_nobody_s_mean(seed: int) -> None:
    """Forty portfolios, some of them near an end of the scale: every row that eleven have stands."""
    rng = np.random.default_rng(seed)
    entries = portfolio(rng, 11 + seed % 14, apart=(0.1, 0.35, 0.8)[seed % 3])
    entries = [
        dataclasses.replace(
            one,
            figures=tuple(
                score(s.measure, s.group, min(5.0, (s.mean or 0) + seed / 20), s.n or 9)
                for s in one.figures
            ),
        )
        for one in entries
    ]
    keys = {key for one in entries for key in one.means}
    having = {key: sum(key in one.means for one in entries) for key in keys}
    found = decided(entries)
    assert set(found.issued.members) == {key for key, n in having.items() if n >= LEAST}
    assert found.held == ()


def test_two_printings_tell_no_more_than_one() -> None:
    """The error is drawn once: with others, and in another wave, the sums carry the same."""
    rng = np.random.default_rng(11)
    first = portfolio(rng, 16)
    one = decided(first).issued
    more = [*first, *portfolio(rng, 9, first=60)]
    two = decided(more, [one], row_error=lambda: 999).issued
    assert two.members != one.members and two.errors == one.errors
    later = [dataclasses.replace(e, wave="w2") for e in first]
    again_ = decided(later, [one, two], "w2", row_error=lambda: 999).issued
    assert again_.errors == one.errors and again_.norms.rows == one.norms.rows
    # What stands is printed as it stands, whatever it was printed with.
    bare = dataclasses.replace(one, errors={})
    assert decided(first, [bare], row_error=lambda: 99).issued.norms.rows == one.norms.rows


@pytest.mark.parametrize("seed", range(40))
def test_whether_a_spread_is_told_hangs_on_nobody_s_mean(seed: int) -> None:
    """Forty portfolios, near the middle of the scale and its end, close together and far apart."""
    rng = np.random.default_rng(seed)
    entries = portfolio(rng, 11 + seed % 14, apart=(0.1, 0.35, 0.8)[seed % 3])
    issued = decided(entries).issued
    for side in ("leader", "hr"):
        sizes = [len(row) for (_, of), row in issued.members.items() if of == side]
        enough = len(sizes) == len(DIMENSIONS) and min(sizes) > LEAST
        assert (issued.norms.spread_of(side) is not None) == enough
    # The draw is asked, and what it says moves what is told.
    given = {decided(entries, drawn=lambda: e).issued.norms.spread for e in (0, 30)}  # noqa: B023
    assert len(given) == 2 or not issued.norms.spread


def test_the_error_is_drawn_as_often_as_the_proof_says() -> None:
    found = [drawn_error() for _ in range(20_000)]
    for error in (-10, 0, 3):
        assert abs(found.count(error) / len(found) - _often(error)) < 0.01
    assert sum(abs(e) > 15 for e in found) / len(found) < 0.06
    rows = [drawn_for_row() for _ in range(20_000)]
    for error in (-15, 0, 5):
        assert abs(rows.count(error) / len(rows) - _often(error, ROW_ERROR)) < 0.01
    # As much as `place` reckons with.
    assert abs(float(np.std(rows)) / 10 - DRAWN_SUM) < 0.03


@pytest.mark.parametrize("count", [12, 17, 24])
def test_nor_does_it_help_to_run_the_rules_on_what_one_might_have(count: int) -> None:
    """The same of two of them, decision and pages made anew for each mean that they might have."""
    rng = np.random.default_rng(count)
    entries = portfolio(rng, count)
    found = decided(entries, drawn=lambda: 0, row_error=lambda: 0)
    printed = {(row.measure, row.side) for row in found.issued.norms.rows}
    assert len(printed) >= 4
    open_: list[float] = []
    for target in rng.choice(count, 2, replace=False):
        one = entries[int(target)]
        key = next(key for key in one.means if key in printed)
        before = pages(entries, found.issued, one.organisation)
        same = []
        for v in (v for v in GRID if abs(v - one.means[key]) <= 1.2):
            other = with_mean(entries, one.organisation, key, v)
            moved = round(10 * (one.means[key] - v))
            for e in (0, -10, 10):
                # With another error the same would have been told.
                errors = dict.fromkeys(found.issued.members, 0) | {key: moved}
                drawn = iter([errors[k] for k in sorted(errors)])
                tried = decided(other, drawn=lambda: e, row_error=lambda: next(drawn))  # noqa: B023
                if pages(other, tried.issued, one.organisation) == before:
                    same.append(v)
                    break
        assert one.means[key] in same
        open_.append(max(same) - min(same))
    assert min(open_) >= 1 - 1e-9, open_
    assert max(open_) > 1.5


def test_an_attacker_finds_an_organisation_in_ranks() -> None:
    """The control: pages that told how many stand lower would give everybody away."""
    rng = np.random.default_rng(5)
    values = [tidy(v) for v in rng.normal(3.2, 0.35, 15)]

    def ranks(means: list[float]) -> list[int]:
        return [sum(other < own for other in means) for own in means]

    target = int(np.argsort(values)[7])
    before = [r for i, r in enumerate(ranks(values)) if i != target]
    same = []
    for v in GRID:
        means = [v if i == target else x for i, x in enumerate(values)]
        if [r for i, r in enumerate(ranks(means)) if i != target] == before:
            same.append(v)
    assert max(same) - min(same) < 0.5


def test_a_page_is_made_of_its_own_release_and_the_norms_alone() -> None:
    """So all pages together say what the norms say: of the others a page is told nothing else."""
    entries = portfolio(np.random.default_rng(1), 14)
    found = decided(entries, row_error=lambda: 0)
    told = compared_with(found.issued, entries[0].organisation)
    assert told.norms == compared_with(found.issued, entries[1].organisation).norms
    own = {key: mean for key, mean in entries[0].means.items() if told.norms.row(*key)}
    assert told.own == own
    for row in told.norms.rows:
        having = [one for one in entries if (row.measure, row.side) in one.means]
        assert row.n == len(having) >= LEAST
        # Every organisation weighs the same, however large it is.
        assert row.mean == tidy(sum(o.means[row.measure, row.side] for o in having) / row.n)
    for place in places({(s.measure, s.group): s for s in entries[0].figures}, told, SCALES):
        assert place.n >= OTHERS


def history(rng: np.random.Generator) -> tuple[list[list[BroughtIn]], list[IssuedNorms]]:
    """Two waves in several versions: organisations join, leave, and late answers come in."""
    issued: list[IssuedNorms] = []
    states: list[list[BroughtIn]] = []
    here, number = portfolio(rng, int(rng.integers(12, 24))), 50
    for wave in ("w1", "w2"):
        if wave == "w2":
            here = [again(rng, one, "w2", float(rng.choice([0.0, 0.15]))) for one in here]
        for _ in range(3):
            states.append(list(here))
            found = decided(here, issued, wave)
            if found.enough and (not issued or found.issued.members != issued[-1].members):
                issued.append(found.issued)
            joining = int(rng.choice([0, 1, 2, 7, 12]))
            here = here + portfolio(rng, joining, wave, number)
            number += joining
            leaving = int(rng.choice([0, 0, 1, 3, 6]))
            here = here[leaving:]
            late = int(rng.choice([0, 1, 3, 8]))
            here = [again(rng, one, wave) if i < late else one for i, one in enumerate(here)]
    return states, issued


@pytest.mark.parametrize("seed", range(6))
def test_no_organisation_is_the_difference_of_two_benchmarks(seed: int) -> None:
    """Over versions and waves: whoever is counted in them knows her own means, and no sum of a few others'."""
    _, issued = history(np.random.default_rng(seed))
    for key in itertools.product(DIMENSIONS[:2], ("leader", "hr")):
        rows = [set(one.members[key].items()) for one in issued if key in one.members]
        rows = [row for i, row in enumerate(rows) if row not in rows[:i]]
        for then, now in itertools.combinations(rows, 2):
            assert all(len(x) == 0 or len(x) >= APART for x in (now - then, then - now))
        atoms = sorted(set().union(*rows)) if rows else []
        matrix = np.array([[atom in row for atom in atoms] for row in rows], dtype=float)
        for reader in sorted({id for id, _ in atoms})[:3]:
            own = np.array(
                [[atom == mine for atom in atoms] for mine in atoms if mine[0] == reader]
            )
            known = np.vstack([matrix, own.astype(float)])
            rank = np.linalg.matrix_rank(known)
            others = [i for i, atom in enumerate(atoms) if atom[0] != reader]
            alone = np.eye(len(atoms))[others][::3]
            pairs = itertools.combinations(range(min(len(alone), 4)), 2)
            for one in (*alone, *(alone[i] + alone[j] for i, j in pairs)):
                assert np.linalg.matrix_rank(np.vstack([known, one])) == rank + 1


@pytest.mark.parametrize("seed", range(4))
def test_who_assumes_that_nothing_else_changed_cannot_place_a_newcomer(seed: int) -> None:
    """A linear programme over everybody's means, as open as the printed numbers leave them."""
    _, issued = history(np.random.default_rng(100 + seed))
    key = ("a", "leader")
    rows = [one.members[key] for one in issued if key in one.members]
    atoms = sorted(set().union(*(row.items() for row in rows)))
    place = {atom: i for i, atom in enumerate(atoms)}
    upper, limits = [], []
    for one, row in zip((one for one in issued if key in one.members), rows, strict=True):
        line = np.zeros(len(atoms) + 1)
        line[[place[atom] for atom in row.items()]] = 1 / len(row)
        line[-1] = 1 / len(row)
        printed = next(r.mean for r in one.norms.rows if (r.measure, r.side) == key)
        upper += [line, -line]
        limits += [printed + 0.05, 0.05 - printed]
    reader = atoms[0][0]
    # The error of the sum is the same in all of them, and larger than this in one case of twenty.
    bounds = [
        *((mean, mean) if id == reader else (1.0, 5.0) for id, mean in atoms),
        (-2.2, 2.2),
    ]
    for atom in [atom for atom in atoms if atom[0] != reader][:: max(1, len(atoms) // 6)]:
        cost = np.zeros(len(atoms) + 1)
        cost[place[atom]] = 1
        ends = [
            optimize.linprog(s * cost, A_ub=np.array(upper), b_ub=limits, bounds=bounds).fun * s
            for s in (1, -1)
        ]
        assert ends[1] - ends[0] >= 1


def test_one_more_organisation_waits_and_six_do_not() -> None:
    rng = np.random.default_rng(3)
    first = portfolio(rng, 25)
    one = decided(first).issued
    joined = decided([*first, *portfolio(rng, 1, first=60)], [one])
    assert joined.issued.members == one.members
    assert joined.waiting == ("o60",)
    gone = decided(first[1:], [one])
    assert gone.issued.members == one.members
    many = decided([*first, *portfolio(rng, 9, first=60)], [one])
    assert any(len(row) > 25 for row in many.issued.members.values())


def test_a_late_answer_changes_nothing_until_six_have_changed() -> None:
    rng = np.random.default_rng(4)
    entries = portfolio(rng, 15)
    one = decided(entries).issued
    later = [again(rng, entries[0], "w1", 0.4), *entries[1:]]
    found = decided(later, [one])
    assert found.issued.members == one.members and found.issued.norms.spread == one.norms.spread
    assert found.waiting == (entries[0].organisation,)


def test_what_takes_a_few_out_of_three_rows_is_refused() -> None:
    """Pair by pair six have come and gone; all three together would give three of them away."""
    ids = [f"o{i:02}" for i in range(30)]

    def row(chosen: list[str]) -> dict[str, float]:
        return dict.fromkeys(chosen, 3.0)

    halves = [row(ids[:12]), row(ids[12:24])]
    assert not apart_enough(row(ids[:12]), [row(ids[:13])])
    # Two halves and the whole are one equation less, and give nobody away.
    assert apart_enough(row(ids[:24]), halves)
    # Whoever is in neither half of it is the difference of the three.
    assert not apart_enough(row(ids[:27]), halves)


def test_figures_near_an_end_are_shown_like_all_others() -> None:
    """A row that was missing there would say so; what is told of it is nothing beyond the scale."""
    entries = [entry(f"o{i:02}", {("a", "leader"): 4.9}) for i in range(12)]
    for error, mean in ((0, 4.9), (-7, 4.8), (40, 5.0)):
        (row,) = decided(entries, row_error=lambda: error).issued.norms.rows  # noqa: B023
        assert row.mean == mean
    ((_, told, n),) = [
        (p.measure, p.others, p.n)
        for p in pages(entries[:1], decided(entries, row_error=lambda: 40).issued)[0]  # type: ignore[attr-defined]
    ]
    assert told <= 5.0 and n == 11


def test_fewer_than_eleven_are_no_benchmark() -> None:
    entries = portfolio(np.random.default_rng(7), LEAST - 1)
    assert not decided(entries).enough
    mixed = [*entries, dataclasses.replace(entries[0], organisation="z", takes_part=False)]
    found = decided(mixed)
    assert not found.enough and found.left_out == {"z": "own"}


def test_who_wants_to_be_in_none_is_in_none() -> None:
    rng = np.random.default_rng(8)
    entries = portfolio(rng, 14)
    out = dataclasses.replace(entries[3], takes_part=False)
    fixed = {"drawn": lambda: 0, "row_error": lambda: 0}
    one = decided([*entries[:3], out, *entries[4:]], **fixed)
    assert all(out.organisation not in row for row in one.issued.members.values())
    assert one.issued == decided([*entries[:3], *entries[4:]], **fixed).issued
