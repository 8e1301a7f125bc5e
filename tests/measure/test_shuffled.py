"""The permutation test of two sides, beside scipy's own and under nulls of both kinds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hrkit import measure as m

pytestmark = pytest.mark.filterwarnings("error")
scores = st.lists(st.integers(5, 25).map(lambda n: n / 5), min_size=2, max_size=6)


def welch(x, y, axis):
    """|t| of Welch; where neither side varies, 0 or as far as can be."""
    a, b = x.mean(axis=axis), y.mean(axis=axis)
    error = x.var(axis=axis, ddof=1) / x.shape[axis] + y.var(axis=axis, ddof=1) / y.shape[axis]
    apart = np.where(np.abs(a - b) < 1e-9, 0.0, np.abs(a - b))
    # Far beyond any other, and finite: scipy's allowance for rounding is relative, and too small
    # where nearly equal means cancel, so last digits go.
    return np.round(
        np.where(error < 1e-15, apart * 1e9, apart / np.sqrt(np.maximum(error, 1e-15))), 8
    )


def plain(x, y, axis):
    return np.round(np.abs(x.mean(axis=axis) - y.mean(axis=axis)), 10)


@settings(max_examples=25, deadline=None)
@given(x=scores, y=scores, studentised=st.booleans())
def test_agrees_with_scipy_over_all_splits(x, y, studentised):
    reference = stats.permutation_test(
        (np.array(x), np.array(y)),
        welch if studentised else plain,
        permutation_type="independent",
        n_resamples=np.inf,
        alternative="greater",
        vectorized=True,
    )
    found = m.permutation_test(x, y, studentised=studentised)
    constant = studentised and len(set(x)) == len(set(y)) == 1
    assert found.exact
    assert found.arrangements == len(reference.null_distribution)
    if not constant:
        assert found.p == pytest.approx(reference.pvalue, abs=1e-12)
    assert 0 < found.mid_p < found.p <= 1


def test_agrees_with_the_welch_t_of_scipy_on_all_splits_of_ten_and_ten():
    rng = np.random.default_rng(3)
    x, y = rng.integers(5, 26, 10) / 5, rng.integers(8, 26, 10) / 5
    reference = stats.permutation_test(
        (x, y),
        lambda a, b, axis: np.abs(stats.ttest_ind(a, b, equal_var=False, axis=axis).statistic),
        n_resamples=np.inf,
        alternative="greater",
        vectorized=True,
    )
    found = m.permutation_test(x, y)
    assert (found.exact, found.arrangements) == (True, 184_756)
    assert found.p == pytest.approx(reference.pvalue, abs=1e-12)


def test_drawn_agrees_with_counted():
    rng = np.random.default_rng(4)
    x, y = rng.normal(0, 1, 9), rng.normal(1, 2, 11)
    counted = m.permutation_test(x, y)
    drawn = m.permutation_test(np.append(x, np.nan), y, draws=20_000)
    assert counted.exact
    assert drawn == m.permutation_test(x, y, draws=20_000)
    more = m.permutation_test(np.tile(x, 2), np.tile(y, 2), draws=20_000, seed=1)
    assert not more.exact
    assert more.arrangements == 20_000
    again = m.permutation_test(np.tile(x, 2), np.tile(y, 2), draws=20_000, seed=2)
    assert more.p == pytest.approx(again.p, abs=0.01)


def test_sides_may_be_exchanged():
    rng = np.random.default_rng(5)
    x, y = rng.normal(0, 1, 4), rng.normal(0, 1, 7)
    for studentised in (True, False):
        one, two = (m.permutation_test(*pair, studentised=studentised) for pair in ((x, y), (y, x)))
        assert one == two


def test_constant_and_apart_is_as_extreme_as_can_be():
    found = m.permutation_test([2.0] * 6, [4.0] * 6)
    assert found.p == pytest.approx(2 / 924)
    assert m.permutation_test([3.0] * 6, [3.0] * 6).p == 1


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [([], [1.0], "no values"), ([np.nan], [1.0, 2.0], "no values"),
     ([1.0], [1.0, 2.0], "fewer than two values")],
)  # fmt: skip
def test_too_few_values_say_why(x, y, reason):
    found = m.permutation_test(x, y)
    assert found.reason == reason
    assert np.isnan(found.p)


def test_only_the_studentised_one_tells_means_from_spreads():
    """Equal means, a small side twice as divided: one test keeps to its level, the other does not."""
    rng = np.random.default_rng(6)
    alarms = np.zeros(2)
    for _ in range(400):
        x, y = rng.normal(0, 0.5, 64), rng.normal(0, 1, 8)
        for i, studentised in enumerate((True, False)):
            alarms[i] += m.permutation_test(x, y, studentised=studentised, draws=199).p <= 0.05
    assert alarms[0] / 400 < 0.1
    assert alarms[1] / 400 > 0.18
