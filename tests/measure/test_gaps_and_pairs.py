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
    # SciPy before 1.15 has the distribution itself to a millionth only.
    assert stats.nct.cdf(t, df, found.low / j / root) == pytest.approx(0.975, abs=5e-6)
    assert stats.nct.cdf(t, df, found.high / j / root) == pytest.approx(0.025, abs=5e-6)


def test_welch_is_vectorised() -> None:
    table = m.welch([10, 1, 5], [3, 3, NAN], [1, NAN, 1], 10, 2, [1, 1, 1])
    assert table["reason"].tolist() == ["", "fewer than two values", "fewer than two values"]
    constant = m.welch(3, 4, 0, 3, 2, 0).iloc[0]
    assert (constant["difference"], constant["se"], constant["reason"]) == (2, 0, "no variance")


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
