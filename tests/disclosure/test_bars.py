"""What bars in whole per cent say of the sum of all answers."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from hrkit.disclosure.released import tidy
from hrkit.disclosure.together.bars import bars_of, rounded, sums


@pytest.mark.parametrize("n", [121, 137, 250])
@pytest.mark.parametrize("first", [1, 40, 77])
def test_sums_are_those_of_all_counts_that_print_alike(n: int, first: int) -> None:
    counts = (first, 20, n - first - 20)
    values = np.repeat([1.0, 2.0, 3.0], counts)
    shares = [tidy(c / n, 2) for c in counts]
    near = [range(max(0, c - 4), c + 5) for c in counts]
    same = [
        one for one in product(*near) if sum(one) == n and [tidy(c / n, 2) for c in one] == shares
    ]
    found = [sum((i + 1) * c for i, c in enumerate(one)) for one in same]
    low, high = sums(values, (1, 3))
    assert low <= min(found) <= max(found) <= high
    assert (low, high) == pytest.approx((min(found), max(found)), abs=1.0)
    # Whoever was erased since is counted in the bars.
    assert sums(values[1:], (1, 3), 1, shares) == (low, high)


def test_without_bars_somebody_erased_can_have_answered_anything() -> None:
    values = np.array([4.0] * 5 + [5.0] * 7)
    assert list(bars_of(values, (4, 5))) == [(5, 5), (7, 7)]
    assert list(bars_of(values, (4, 5), 2)) == [(5, 7), (7, 9)]
    assert list(bars_of(values, (4, 5), 2, (0.36, 0.64))) == list(rounded((0.36, 0.64), 14))
    assert list(rounded((0.36, 0.64), 14)) == [(5, 5), (9, 9)]
