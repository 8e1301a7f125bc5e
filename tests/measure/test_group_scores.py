"""Group means, their intervals, and the total over perspectives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hrkit import measure as m

pytestmark = pytest.mark.filterwarnings("error")
NAN = float("nan")


def scores(values: list[float], dimension: str = "trust") -> pd.DataFrame:
    return pd.DataFrame({"respondent": range(len(values)), "dimension": dimension, "score": values})


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), offset=st.sampled_from([0.0, 1e6]))
def test_moments_agree_with_pandas(seed: int, offset: float) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(50, 2)) + offset
    values[rng.random((50, 2)) < 0.2] = NAN
    codes = rng.integers(-1, 6, 50)
    found = m.moments(values, codes, 7)
    table = pd.DataFrame(values).groupby(pd.Series(codes).where(codes >= 0))
    n = table.count().reindex(range(7), fill_value=0)
    np.testing.assert_array_equal(found.n, n.to_numpy())
    np.testing.assert_allclose(found.mean, table.mean().reindex(range(7)), rtol=1e-12)
    np.testing.assert_allclose(found.var, table.var().reindex(range(7)), rtol=1e-6)


def test_variance_survives_a_large_offset() -> None:
    found = m.moments(np.array([1e9 + 1, 1e9 + 2, 1e9 + 3]), [0, 0, 0], 1)
    assert found.var[0, 0] == pytest.approx(1.0, rel=1e-12)


def test_group_scores_and_pooled_variance() -> None:
    table = m.group_scores(scores([1, 2, 3, 5, 5, NAN]), pd.Series(["a", "a", "a", "b", "b", "b"]))
    assert table["n"].tolist() == [3, 2]
    assert table["mean"].tolist() == [2, 5]
    assert table["var"].tolist() == [1, 0]
    assert table["pooled_var"].tolist() == pytest.approx([2 / 3] * 2)
    assert table["pooled_groups"].tolist() == [2, 2]


def test_a_respondent_may_be_in_several_groups() -> None:
    member = pd.DataFrame({"respondent": [0, 1, 0, 1, 2, 9], "group": ["unit"] * 2 + ["firm"] * 4})
    table = m.group_scores(scores([1, 2, 6]), member).set_index("group")
    assert table.loc["firm", ["n", "mean"]].tolist() == [3, 3]
    assert table.loc["unit", ["n", "mean"]].tolist() == [2, 1.5]


def test_interval_is_the_one_of_the_methods_page() -> None:
    n, var, pooled = 12, 0.5, 0.8
    row = m.mean_interval(n, 3.0, var, pooled).iloc[0]
    s = np.sqrt((4 * pooled + (n - 1) * var) / (n + 3))
    assert row["half_width"] == pytest.approx(stats.t.ppf(0.975, n + 3) * s / np.sqrt(n))
    assert (row["df"], row["reason"]) == (15, "")


def test_below_ten_the_own_variance_stays_hidden() -> None:
    table = m.mean_interval(5, 3.0, [0.0, 0.3, 2.5], 0.8)
    assert table["half_width"].nunique() == 1
    assert table["half_width"][0] == pytest.approx(stats.t.ppf(0.975, 8) * np.sqrt(0.8 / 5))
    assert (
        m.mean_interval(5, 3.0, [0.0, 2.5], 0.8, own_variance_from=0)["half_width"].nunique() == 2
    )


def test_finite_population() -> None:
    open_end, half, all_of_them, too_few = m.mean_interval(
        20, 3.0, 0.5, 0.5, invited=[NAN, 40, 20, 10]
    )["half_width"]
    assert half == pytest.approx(open_end * np.sqrt(20 / 40))
    assert all_of_them == 0
    assert too_few == open_end
    one = m.mean_interval(1, 3.0, NAN, 0.5, invited=1).iloc[0]
    assert (one["half_width"], one["reason"]) == (0, "everyone answered")


def test_interval_is_cut_to_the_scale() -> None:
    row = m.mean_interval(5, 4.9, 0.1, 0.8).iloc[0]
    assert row["high"] == 5 and row["low"] > 1


def test_thin_data_gives_reasons() -> None:
    table = m.mean_interval(
        [0, 1, 5, 12, NAN],
        [NAN, 3, 3, 3, NAN],
        [NAN, NAN, 0.4, 0.4, NAN],
        [0.5, 0.5, NAN, NAN, 0.5],
    )
    assert table["reason"].tolist() == ["no answers", "", "no variance", "", "no answers"]
    assert table["df"][3] == 11
    assert len(m.mean_interval([], [], [], 0.5)) == 0


@pytest.mark.parametrize("n", [5, 8, 15])
def test_coverage_in_small_groups(n: int) -> None:
    """Scores are means of five answers; the interval should hold the true mean in about 95 %."""
    rng = np.random.default_rng(n)
    chances = np.array([0.05, 0.15, 0.3, 0.35, 0.15])
    answers = rng.choice(5, p=chances, size=(3000, n, 5)) + 1.0
    score = answers.mean(axis=2)
    truth = float(chances @ np.arange(1, 6))
    pooled = float(chances @ (np.arange(1, 6) - truth) ** 2) / 5
    table = m.mean_interval(n, score.mean(axis=1), score.var(axis=1, ddof=1), pooled)
    inside = ((table["low"] <= truth) & (truth <= table["high"])).mean()
    assert 0.94 <= inside <= 0.995  # cautious at n = 5, where the variance is borrowed


def test_total_weighs_perspectives_alike() -> None:
    table = m.mean_interval([100, 10], [4.0, 2.0], [0.5, 0.5], 0.5)
    total = m.total_score([4.0, 2.0], table["se"], table["df"])
    assert total.mean == 3.0
    assert total.se == pytest.approx(np.hypot(*table["se"]) / 2)
    assert min(table["df"]) < total.df < table["df"].sum()


def test_total_of_one_perspective_is_that_perspective() -> None:
    row = m.mean_interval(12, 3.4, 0.5, 0.6).iloc[0]
    total = m.total_score([3.4, NAN], [row["se"], NAN], [row["df"], NAN])
    assert (total.low, total.high) == pytest.approx((row["low"], row["high"]))
    assert total.perspectives == 1


def test_total_without_and_with_everyone() -> None:
    assert m.total_score([], [], []).reason == "no perspective"
    assert m.total_score([3.0], [NAN], [NAN]).reason == "no variance"
    exact = m.total_score([3.0, 4.0], [0.0, 0.0], [8, 8])
    assert (exact.low, exact.high, exact.reason) == (3.5, 3.5, "")
