"""Agreement, deviation and reliability at their edges, and against plain loops."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrkit import measure as m

pytestmark = pytest.mark.filterwarnings("error")
NAN = float("nan")


def sample(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    values = rng.integers(1, 6, (40, 3)).astype(float)
    values[rng.random(values.shape) < 0.2] = NAN
    return values, rng.integers(-1, 5, 40)


def per_group(values: np.ndarray, codes: np.ndarray, group: int) -> list[list[float]]:
    return [[v for v in column if not math.isnan(v)] for column in values[codes == group].T]


def mean(numbers: list[float]) -> float:
    return statistics.fmean(numbers) if numbers else NAN


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_indices_agree_with_a_plain_loop(seed: int) -> None:
    values, codes = sample(seed)
    for group in range(6):
        items = [v for v in per_group(values, codes, group) if len(v) > 1]
        var = mean([statistics.variance(v) for v in items])
        about_mean = mean([mean([abs(x - mean(v)) for x in v]) for v in items])
        about_median = mean([mean([abs(x - statistics.median(v)) for x in v]) for v in items])
        ratio = min(var / 2, 1)
        j = len(items)
        want_j = j * (1 - ratio) / (j * (1 - ratio) + ratio) if items else NAN
        awg = []
        for v in items:
            k, centre = len(v), mean(v)
            if centre in (1, 5):
                awg.append(1.0)
            elif (k - 1 + 5) / k - 1e-9 <= centre <= (5 * (k - 1) + 1) / k + 1e-9:
                largest = (6 * centre - centre**2 - 5) * k / (k - 1)
                awg.append(1 - 2 * statistics.variance(v) / largest)
        found = {
            "ad_mean": m.ad_mean(values, codes, 6), "ad_median": m.ad_median(values, codes, 6),
            "r_wg_j": m.r_wg_j(values, codes, 6), "star": m.r_wg_j_star(values, codes, 6),
            "a_wg": m.a_wg(values, codes, 6),
        }  # fmt: skip
        want = {
            "ad_mean": about_mean, "ad_median": about_median, "r_wg_j": want_j,
            "star": 1 - var / 2, "a_wg": mean(awg),
        }  # fmt: skip
        for name, wanted in want.items():
            np.testing.assert_allclose(found[name][group], wanted, atol=1e-12, err_msg=name)


def test_listwise_leaves_incomplete_respondents_out() -> None:
    values = np.array([[1.0, NAN], [2, 2], [4, 4]])
    assert m.ad_mean(values, [0, 0, 0], missing="listwise")[0] == 1.0
    assert m.ad_mean(values, [0, 0, 0])[0] == pytest.approx((10 / 9 + 1) / 2)
    with pytest.raises(ValueError, match="listwise"):
        m.r_wg_j(values, [0, 0, 0], missing="never")  # type: ignore[arg-type]


def test_unanimous_split_and_lonely_groups() -> None:
    values = np.array([[5.0], [5], [1], [5], [3]])
    codes = [0, 0, 1, 1, 2]
    table = m.agreement(values, pd.Series(["all", "all", "split", "split", "one"]))
    assert table["group"].tolist() == ["all", "one", "split"]
    by = table.set_index("group")
    assert by.loc["all", ["ad_mean", "r_wg_j", "r_wg_j_star", "a_wg"]].tolist() == [0, 1, 1, 1]
    assert by.loc["split", ["ad_mean", "r_wg_j", "r_wg_j_star", "a_wg"]].tolist() == [2, 0, -3, -1]
    assert by.loc["one", ["ad_mean", "ad_median", "r_wg_j", "a_wg"]].isna().all()
    assert m.r_wg(values, codes)[:2, 0].tolist() == [1, 0]
    assert m.r_wg(values, codes, truncate=False)[1, 0] == -3


def test_nobody_at_all() -> None:
    assert len(m.agreement(np.empty((0, 3)), pd.Series([], dtype=object))) == 0
    assert np.isnan(m.ad_median(np.full((3, 2), NAN), [0, 0, 1])).all()
    assert np.isnan(m.a_wg(np.empty((0, 2)), [], 4)).all()


def test_answer_counts() -> None:
    counts = m.answer_counts([[1.0, 5], [1, NAN], [5, 5], [3.5, 9]], [0, 0, 1, 1])
    assert counts[0].tolist() == [[2, 0, 0, 0, 0], [0, 0, 0, 0, 1]]
    assert counts[1].tolist() == [[0, 0, 0, 0, 1], [0, 0, 0, 0, 1]]


def test_alpha_edges() -> None:
    rng = np.random.default_rng(0)
    assert m.alpha(np.empty((0, 3))).reason == "fewer than two respondents"
    assert m.alpha(np.ones((9, 1))).reason == "fewer than two items"
    assert m.alpha(np.ones((9, 3))).reason == "no variance"
    x = rng.integers(1, 6, 30)
    same = m.alpha(np.column_stack([x, x, x]))
    assert same.value == pytest.approx(1.0)
    opposite = m.alpha(np.column_stack([x, 6 - x]))
    assert opposite.reason == "no variance" and math.isnan(opposite.low)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_pairwise_covariances_agree_with_pandas(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = pd.DataFrame(rng.normal(size=(60, 4)) + rng.normal(size=(60, 1)))
    values[values > 1.5] = NAN
    c = values.cov().to_numpy()
    want = 4 / 3 * (1 - np.trace(c) / c.sum())
    assert m.alpha(values, "pairwise").value == pytest.approx(want)
    whole = values.dropna().cov().to_numpy()
    assert m.alpha(values).value == pytest.approx(4 / 3 * (1 - np.trace(whole) / whole.sum()))


def test_omega_recovers_a_known_factor() -> None:
    """Covariances made from given loadings must give those loadings back."""
    loadings, unique = np.array([0.9, 0.7, 0.5, 1.2]), np.array([0.4, 0.6, 0.8, 0.5])
    sigma = np.outer(loadings, loadings) + np.diag(unique)
    rng = np.random.default_rng(1)
    raw = rng.normal(size=(500, 4))
    raw -= raw.mean(axis=0)
    # Answers with exactly this covariance matrix.
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw.T))).T
    values = white @ np.linalg.cholesky(sigma).T
    want = loadings.sum() ** 2 / (loadings.sum() ** 2 + unique.sum())
    found = m.omega(values)
    assert found.converged and found.reason == ""
    assert found.loadings == pytest.approx(loadings, abs=1e-5)
    assert found.uniquenesses == pytest.approx(unique, abs=1e-5)
    assert found.value == pytest.approx(want, abs=1e-6)


def test_omega_edges() -> None:
    x = np.arange(20.0)
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(20, 3))
    assert m.omega(noise[:, :2]).reason == "fewer than three items"
    assert m.omega(np.empty((0, 3))).reason == "fewer than two respondents"
    assert m.omega(np.column_stack([noise[:, :2], np.ones(20)])).reason == "no variance"
    singular = m.omega(np.column_stack([x, x, x]))
    assert singular.reason == "covariances not positive definite"
    for method in ("ml", "minres"):
        assert 0 <= m.omega(noise, method).value <= 1
        flipped = m.omega(-noise, method)
        assert sum(flipped.loadings) >= 0


def test_icc_edges() -> None:
    assert m.icc([], []).reason == "fewer than two groups"
    assert m.icc([1, 2, 3], ["a", "a", "a"]).reason == "fewer than two groups"
    assert m.icc([1, 2, 3], ["a", "b", "c"]).reason == "no group of two"
    assert m.icc([1, 1, 3, 3], ["a", "a", "b", "b"]).reason == "no variance within groups"
    none = m.icc([1, 3, 1, 3], ["a", "a", "b", "b"])
    assert none.icc1 == -1.0 and none.icc2 == -math.inf
    ragged = m.icc([1, 2, 4, NAN, 5, 5], ["a", "a", "b", "b", "b", None])
    assert (ragged.groups, ragged.n) == (2, 4)
    assert ragged.size == 2.0


def test_variance_components_edges() -> None:
    assert m.variance_components([5], [3], [1]).reason == "fewer than two groups"
    assert m.variance_components([1, 1], [3, 4], [NAN, NAN]).reason == "no group of two"
    constant = m.variance_components([3, 3], [2, 4], [0, 0])
    assert (constant.within, constant.between, constant.mean) == (0, 2, 3)
    table = m.shrunken_means([3, 3, 0], [2, 4, NAN], constant)
    assert table["shrunken"].tolist() == [2, 4, 3]
    lost = m.shrunken_means([5], [3], m.variance_components([5], [3], [1]))
    assert lost["shrunken"].isna().all()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_reml_of_equal_groups_is_the_analysis_of_variance(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(12, 6)) + rng.normal(size=(12, 1)) * rng.uniform(0, 2)
    means, var = values.mean(axis=1), values.var(axis=1, ddof=1)
    found = m.variance_components(np.full(12, 6), means, var)
    between = means.var(ddof=1) - var.mean() / 6
    if between > 0:
        assert found.between == pytest.approx(between, rel=1e-4, abs=1e-6)
        assert found.within == pytest.approx(var.mean(), rel=1e-4)
    else:
        assert found.between == 0
