"""Whether statements belong together: item and rest, and the fit of one factor, as published."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hrkit.measure import item_rest, one_factor

#: Correlations of nine tests, 301 pupils (Holzinger & Swineford 1939), as often reprinted: visual
#: perception, cubes, lozenges, paragraphs, sentences, word meaning, addition, counting, capitals.
HOLZINGER = np.array([
    [1, .2973, .4407, .3727, .2934, .3568, .0667, .2239, .3893],
    [.2973, 1, .3398, .1529, .1394, .1925, -.0756, .0923, .2059],
    [.4407, .3398, 1, .1586, .0772, .1977, .0719, .186, .3278],
    [.3727, .1529, .1586, 1, .7332, .7045, .176, .1069, .2079],
    [.2934, .1394, .0772, .7332, 1, .72, .1042, .1387, .2271],
    [.3568, .1925, .1977, .7045, .72, 1, .1225, .1496, .2135],
    [.0667, -.0756, .0719, .176, .1042, .1225, 1, .4863, .3412],
    [.2239, .0923, .186, .1069, .1387, .1496, .4863, 1, .4488],
    [.3893, .2059, .3278, .2079, .2271, .2135, .3412, .4488, 1],
])  # fmt: skip


def exactly(correlations: np.ndarray, n: int, seed: int = 3) -> np.ndarray:
    """Answers of n people whose correlations are these, to the last digit."""
    raw = np.random.default_rng(seed).normal(size=(n, len(correlations)))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw.T))).T
    return white @ np.linalg.cholesky(correlations).T


def test_one_factor_on_nine_tests_fits_as_badly_as_lavaan_says() -> None:
    """The one-factor model of lavaan's example data: 312.264 on 27, CFI .677, SRMR .143."""
    found = one_factor(exactly(HOLZINGER, 301))
    assert found.df == 27
    assert found.chi2 == pytest.approx(312.264, abs=0.6)
    assert found.cfi == pytest.approx(0.677, abs=0.0006)
    assert found.srmr == pytest.approx(0.143, abs=0.0006)


def test_three_tests_of_one_kind_and_one_more_fit() -> None:
    load = np.array([0.8, 0.7, 0.6, 0.5, 0.4])
    found = one_factor(exactly(np.outer(load, load) + np.diag(1 - load**2), 400))
    assert found.chi2 == pytest.approx(0, abs=1e-6)
    assert found.cfi == pytest.approx(1)
    assert found.srmr == pytest.approx(0, abs=1e-5)


def test_two_factors_are_not_taken_for_one() -> None:
    apart = np.eye(6)
    apart[:3, :3] = apart[3:, 3:] = 0.6
    np.fill_diagonal(apart, 1)
    found = one_factor(exactly(apart, 300))
    assert found.cfi < 0.9
    assert found.srmr > 0.08


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.zeros((5, 3)), "fewer than four items"),
        (np.zeros((1, 5)), "fewer than two respondents"),
        (np.full((9, 4), 3.0), "no variance"),
        (np.tile(np.arange(9.0)[:, None], 4), "covariances not positive definite"),
    ],
)
def test_where_one_factor_cannot_be_tried(values: np.ndarray, reason: str) -> None:
    found = one_factor(values)
    assert found.reason == reason
    assert np.isnan([found.chi2, found.cfi, found.srmr]).all()


def test_item_and_rest_are_the_correlation_with_the_sum_of_the_others() -> None:
    rng = np.random.default_rng(8)
    values = np.clip(np.rint(rng.normal(3, 1, (80, 1)) + rng.normal(0, 1, (80, 5))), 1, 5)
    wanted = [
        np.corrcoef(values[:, i], np.delete(values, i, 1).sum(axis=1))[0, 1] for i in range(5)
    ]
    assert item_rest(values) == pytest.approx(wanted)


def test_an_item_all_answer_alike_has_no_rest() -> None:
    values = np.random.default_rng(1).normal(size=(30, 4))
    values[:, 2] = 3
    assert np.isnan(item_rest(values)).tolist() == [False, False, True, False]
    assert np.isnan(item_rest(values[:, :1])).all()


def test_item_and_rest_of_agreeableness_are_those_psych_prints(data: Path) -> None:
    """r.drop in the example of psych::alpha on bfi: A1 .31, A2 .56, A3 .59, A4 .39, A5 .49."""
    table = pd.read_csv(data / "bfi.csv")
    agree = table[["A1", "A2", "A3", "A4", "A5"]].assign(A1=7 - table["A1"])
    found = np.round(item_rest(agree, "pairwise"), 2)
    assert found.tolist() == [0.31, 0.56, 0.59, 0.39, 0.49]
