"""The exact search for small sets, against trying every union of cells with fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrkit.disclosure.proof.rowspace import RowSpace, mean_row


def rank(rows: list[list[Fraction]]) -> int:
    """Schoolbook Gaussian elimination."""
    rows = [list(row) for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(found, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for i in range(found + 1, len(rows)):
            factor = rows[i][column] / rows[found][column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def small_sets(sizes: list[int], rows: list[list[Fraction]], k: int) -> set[frozenset[int]]:
    before = rank(rows)
    return {
        frozenset(cells)
        for count in range(1, k)
        for cells in combinations(range(len(sizes)), count)
        if sum(sizes[cell] for cell in cells) < k
        and rank([*rows, [Fraction(cell in cells) for cell in range(len(sizes))]]) == before
    }


def dense(row: dict[int, int], cells: int) -> list[Fraction]:
    return [Fraction(row.get(cell, 0)) for cell in range(cells)]


@st.composite
def publications(draw: st.DrawFn) -> tuple[list[int], list[list[list[int]]], int]:
    cells = draw(st.integers(2, 8))
    sizes = draw(st.lists(st.integers(1, 6), min_size=cells, max_size=cells))
    group = st.lists(st.integers(0, cells - 1), min_size=1, unique=True)
    rows = draw(st.lists(st.lists(group, min_size=1, max_size=3), min_size=1, max_size=8))
    return sizes, rows, draw(st.integers(2, 8))


@settings(max_examples=400, deadline=None)
@given(publications())
def test_every_small_set_is_found_and_none_invented(case) -> None:
    sizes, rows, k = case
    space, known = RowSpace(tuple(sizes)), []
    for parts in rows:
        row = mean_row(parts, tuple(sizes))
        larger, changed = space.extended(row)
        wanted = small_sets(sizes, [*known, dense(row, len(sizes))], k)
        assert bool(larger.small_set(k)) == bool(wanted)
        found = larger.small_set(k, changed)
        # The quick question after one more row has the same answer.
        assert bool(found) == bool(wanted)
        if found:
            assert larger.holds(found)
            assert sum(sizes[cell] for cell in found) < k
        else:
            space, known = larger, [*known, dense(row, len(sizes))]
    assert len(space.rows) == rank(known)
    for vector in space.null_vectors():
        assert all(sum(row[c] * vector.get(c, 0) for c in range(len(sizes))) == 0 for row in known)


def test_mean_of_means_weighs_parts_alike() -> None:
    assert mean_row([[0, 1], [2]], (2, 3, 10)) == {0: 2, 1: 2, 2: 1}


def test_parent_minus_children() -> None:
    space = RowSpace((6, 3))
    space, _ = space.extended({0: 1, 1: 1})
    assert space.small_set(5) is None
    larger, changed = space.extended({0: 1})
    assert larger.small_set(5, changed) == {1}
    assert larger.small_set(3, changed) is None


def test_four_groups_together() -> None:
    """Rows pass pair by pair; first two minus the last two leave one person."""
    sizes = (1, 9, 8, 7, 6)
    space, rows = RowSpace(sizes), [{0: 1, 1: 1, 2: 1}, {3: 1, 4: 1}, {1: 1, 3: 1}]
    for row in rows:
        space, _ = space.extended(row)
        assert space.small_set(5) is None
    larger, changed = space.extended({2: 1, 4: 1})
    assert larger.small_set(5, changed) == {0}


def test_a_fraction_of_a_row_counts() -> None:
    """Two unequal means of means of the same parts give both parts away."""
    space = RowSpace((4, 6, 7))
    space, _ = space.extended(mean_row([[0, 1], [2]], space.sizes))
    larger, changed = space.extended(mean_row([[0, 2], [1]], space.sizes))
    assert larger.small_set(5, changed) is None
    largest, changed = larger.extended({1: 1, 2: 1})
    assert largest.small_set(5, changed) == {0}


@pytest.mark.parametrize("k", [5, 8, 12])
def test_search_stays_short_in_a_large_table(k: int) -> None:
    """A table of 30 x 20 small cells with all its margins: nothing follows below k."""
    cells = {(i, j): i * 20 + j for i in range(30) for j in range(20)}
    space = RowSpace((1,) * len(cells))
    rows = [{cells[i, j]: 1 for j in range(20)} for i in range(30)]
    rows += [{cells[i, j]: 1 for i in range(30)} for j in range(20)]
    for row in rows:
        space, changed = space.extended(row)
        assert space.small_set(k, changed) is None
