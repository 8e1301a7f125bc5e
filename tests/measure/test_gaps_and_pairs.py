"""Gaps between two sides, and the counting behind the permutation tests."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hrkit import measure as m

pytestmark = pytest.mark.filterwarnings("error")
NAN = float("nan")
answers = st.lists(st.integers(1, 5), min_size=1, max_size=6)
many = st.lists(st.integers(1, 5), min_size=2, max_size=30)


def all_splits(x: list[float], y: list[float]) -> tuple[float, float]:
    pooled = np.array([*x, *y], dtype=float)
    seen = abs(np.mean(x) - np.mean(y))
    found = []
    for chosen in itertools.combinations(range(len(pooled)), len(x)):
        side = np.isin(np.arange(len(pooled)), chosen)
        found.append(abs(pooled[side].mean() - pooled[~side].mean()))
    values = np.array(found)
    more, equal = (values > seen + 1e-9).mean(), (np.abs(values - seen) <= 1e-9).mean()
    return float(more + equal), float(more + equal / 2)


@settings(max_examples=60, deadline=None)
@given(x=answers, y=answers, step=st.sampled_from([1, 3, 7, 60]))
def test_permutation_counts_every_split(x: list[int], y: list[int], step: int) -> None:
    a, b = [v / step for v in x], [v / step for v in y]
    found = m.permutation_test(a, b)
    assert found.exact
    assert (found.p, found.mid_p) == pytest.approx(all_splits(a, b))
    assert found.arrangements == pytest.approx(math.comb(len(x) + len(y), len(x)))


def test_permutation_by_drawing_comes_close() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(0.8, 1, 7), rng.normal(0, 1, 7)
    found = m.permutation_test(x, y)
    assert not found.exact
    assert (found.p, found.mid_p) == pytest.approx(all_splits(x, y), abs=0.02)
    assert found == m.permutation_test(x, y)
    assert found != m.permutation_test(x, y, seed=1)


def test_permutation_of_large_groups_is_exact_and_quick() -> None:
    rng = np.random.default_rng(0)
    found = m.permutation_test(rng.integers(5, 26, 9) / 5, rng.integers(5, 26, 2000) / 5)
    assert found.exact and 0 < found.p < 1


@settings(max_examples=60, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.integers(-8, 8), st.integers(0, 3)), min_size=1, max_size=8),
    irregular=st.booleans(),
)
def test_sign_flips_count_every_pattern(pairs: list[tuple[int, int]], irregular: bool) -> None:
    values = np.array([v for v, _ in pairs], dtype=float) * (math.pi if irregular else 0.2)
    clusters = [c for _, c in pairs]
    sums = np.array([values[np.array(clusters) == c].sum() for c in sorted(set(clusters))])
    totals = np.array([np.dot(s, sums) for s in itertools.product([1, -1], repeat=len(sums))])
    seen = abs(sums.sum())
    more, equal = (abs(totals) > seen + 1e-9).mean(), (abs(abs(totals) - seen) <= 1e-9).mean()
    found = m.sign_flip_test(values, clusters)
    assert (found.p, found.mid_p) == pytest.approx((more + equal, more + equal / 2))
    assert found.exact


def test_sign_flips_by_drawing() -> None:
    rng = np.random.default_rng(5)
    found = m.sign_flip_test(rng.normal(0.2, 1, 40))
    assert not found.exact
    assert 0 < found.mid_p < found.p < 1


@settings(max_examples=60, deadline=None)
@given(x=many, y=many)
def test_superiority_agrees_with_all_pairs(x: list[int], y: list[int]) -> None:
    a, b = np.array(x)[:, None], np.array(y)[None, :]
    assert m.superiority(x, y) == pytest.approx((a > b).mean() + (a == b).mean() / 2)
    assert m.superiority(x, y) + m.superiority(y, x) == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(x=many, y=many)
def test_tests_agree_with_scipy(x: list[int], y: list[int]) -> None:
    ours = m.brunner_munzel(x, y)
    if not ours.reason:
        theirs = stats.brunnermunzel(x, y)
        assert (ours.statistic, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue))
    if len(set(x)) > 1 and len(set(y)) > 1:
        row = m.welch(len(x), np.mean(x), np.var(x, ddof=1), len(y), np.mean(y), np.var(y, ddof=1))
        welch = stats.ttest_ind(x, y, equal_var=False)
        assert row["t"][0] == pytest.approx(welch.statistic, abs=1e-9)
        assert row["p"][0] == pytest.approx(welch.pvalue, abs=1e-9)
        other = stats.mannwhitneyu(x, y, method="asymptotic")
        assert m.mann_whitney(x, y).p == pytest.approx(other.pvalue)


@settings(max_examples=40, deadline=None)
@given(x=many, y=many)
def test_gap_has_one_sign_and_mirrors(x: list[int], y: list[int]) -> None:
    one, two = m.gap(x, y), m.gap(y, x)
    assert one.difference == pytest.approx(-two.difference)
    assert one.superiority == pytest.approx(1 - two.superiority)
    assert one.p == pytest.approx(two.p)
    np.testing.assert_allclose([one.low, one.g_low], [-two.high, -two.g_high], atol=1e-7)
    if not math.isnan(one.g):
        assert one.g_low < one.g < one.g_high
        assert one.g * one.difference >= 0


def test_gap_chooses_its_test() -> None:
    rng = np.random.default_rng(0)
    assert m.gap(rng.integers(1, 6, 10), rng.integers(1, 6, 10)).test == "brunner-munzel"
    assert m.gap(rng.integers(1, 6, 40), rng.integers(1, 6, 9)).test == "permutation"
    apart = m.gap([4, 5] * 6, [1, 2] * 6)
    assert (apart.test, apart.reason) == ("permutation", "complete separation")
    # Two splits of all are as extreme as this one: itself and its mirror image, half counted.
    assert apart.p == pytest.approx(1 / math.comb(24, 12))
    assert apart.superiority == 1 and math.isnan(apart.superiority_low)


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        ([], [], "fewer than two values"),
        ([3], [4, 5], "fewer than two values"),
        ([NAN], [NAN, NAN], "fewer than two values"),
        ([3, 3], [3, 3, 3], "no variance"),
        ([5] * 12, [1] * 12, "no variance; complete separation"),
    ],
)
def test_gap_never_raises(x: list[float], y: list[float], reason: str) -> None:
    found = m.gap(x, y)
    assert found.reason == reason
    assert math.isnan(found.low) and math.isnan(found.g)


def test_extreme_effects_stay_finite_or_nan() -> None:
    for distance in (1e2, 1e4, 1e8):
        found = m.hedges_g([distance, distance + 1, distance + 2], [0, 1, 2])
        assert found.g > 0 and (math.isnan(found.low) or found.low < found.g < found.high)


@settings(max_examples=20, deadline=None)
@given(d=st.floats(-2, 2), n=st.integers(3, 40))
def test_interval_of_g_inverts_the_noncentral_t(d: float, n: int) -> None:
    x = np.linspace(-1, 1, n)
    found = m.hedges_g(x + d, x)
    df, root = 2 * n - 2, math.sqrt(2 / n)
    j = math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)
    t = found.g / j / root
    assert stats.nct.cdf(t, df, found.low / j / root) == pytest.approx(0.975, abs=1e-6)
    assert stats.nct.cdf(t, df, found.high / j / root) == pytest.approx(0.025, abs=1e-6)


def test_welch_is_vectorised() -> None:
    table = m.welch([10, 1, 5], [3, 3, NAN], [1, NAN, 1], 10, 2, [1, 1, 1])
    assert table["reason"].tolist() == ["", "fewer than two values", "fewer than two values"]
    constant = m.welch(3, 4, 0, 3, 2, 0).iloc[0]
    assert (constant["difference"], constant["se"], constant["reason"]) == (2, 0, "no variance")


def test_small_sides_do_not_give_their_variance_away() -> None:
    """Same mean, other spread: with the pooled variance both intervals are the same."""
    hr = [2, 3, 4, 3, 2, 3, 4, 3, 3, 3]
    one, two = ([3, 3, 3, 3, 3], [1, 5, 1, 5, 3])
    a, b = (m.gap(x, hr, pooled_var=0.8) for x in (one, two))
    assert (a.low, a.high) == (b.low, b.high)
    assert m.gap(one, hr).low != m.gap(two, hr).low
    large = m.gap(hr, hr[::-1], pooled_var=0.8)
    assert large.low == m.gap(hr, hr[::-1]).low
    parts = m.mean_interval([5, 10], [3, 3], [0, np.var(hr, ddof=1)], 0.8)
    half = m.minimum_detectable_change(*parts["se"], *parts["df"])[0]
    assert a.high - a.difference == pytest.approx(half)
    assert m.gap([3], [4, 5], pooled_var=0.8).low < -1.5


def test_difference_interval_edges() -> None:
    table = m.difference_interval(
        [3, NAN, 3, 4], [0.1, 0.1, NAN, 0], 9, [2, 2, 2, 3], [0, 0.1, 0.1, 0], 9
    )
    assert table["reason"].tolist() == ["", "no answers", "no variance", ""]
    assert table["df"][0] == 9
    assert (table["low"][3], table["high"][3]) == (1, 1)


def test_pairs_of_one_partner_move_together() -> None:
    leaders, hr = np.array([4, 4, 4, 2, 3, 3.0]), np.array([3, 3, 3, 3, 3, 3.0])
    alone = m.paired_gap(leaders, hr)
    grouped = m.paired_gap(leaders, hr, ["p", "p", "p", "q", "r", "s"])
    assert (alone.partners, grouped.partners, grouped.pairs) == (6, 4, 6)
    assert grouped.high - grouped.low > alone.high - alone.low
    # Totals of +3, -1, 0 and 0: half of the patterns equal the 2 that was seen, half exceed it.
    assert (grouped.p, grouped.mid_p) == (1.0, 0.75)


def test_missing_partners_stand_alone() -> None:
    x, zero = np.array([1.0, 2, 4]), np.zeros(3)
    some, none = m.paired_gap(x, zero, [None, None, "a"]), m.paired_gap(x, zero)
    assert some.partners == none.partners == 3
    assert (some.low, some.mid_p) == pytest.approx((none.low, none.mid_p))


@pytest.mark.parametrize(
    ("leaders", "hr", "partners", "reason"),
    [
        ([], [], None, "no pair"),
        ([NAN], [1], None, "no pair"),
        ([3], [1], None, "one pair"),
        ([3, 4], [2, 3], None, "no variance"),
        ([3, 5], [2, 3], ["p", "p"], "one partner"),
    ],
)
def test_paired_gap_never_raises(
    leaders: list[float], hr: list[float], partners: list[str] | None, reason: str
) -> None:
    found = m.paired_gap(leaders, hr, partners)
    assert found.reason == reason and math.isnan(found.low)


def test_wrong_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="HR scores"):
        m.paired_gap([1, 2], [1])
    with pytest.raises(ValueError, match="partners"):
        m.paired_gap([1, 2], [1, 2], ["p"])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_properties(p: list[float]) -> None:
    adjusted = m.holm(p)
    assert (adjusted >= np.array(p)).all() and (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()
    np.testing.assert_array_equal(m.holm([NAN, *p])[1:], adjusted)
