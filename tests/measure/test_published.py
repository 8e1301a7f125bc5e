"""Values printed in books, papers and manuals, beyond the table of reference values."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hrkit import measure as m

pytestmark = pytest.mark.filterwarnings("error")

# Student 1908, The probable error of a mean, Biometrika 6: extra hours of sleep (R: sleep).
DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
# Darwin's maize, eighths of an inch (Fisher 1935, The Design of Experiments, section 17).
MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
# Box & Tiao 1973, Bayesian Inference in Statistical Analysis (lme4: Dyestuff, Dyestuff2).
DYESTUFF = [
    [1545, 1440, 1440, 1520, 1580], [1540, 1555, 1490, 1560, 1495],
    [1595, 1550, 1605, 1510, 1560], [1445, 1440, 1595, 1465, 1545],
    [1595, 1630, 1515, 1635, 1625], [1520, 1455, 1450, 1480, 1445],
]  # fmt: skip
DYESTUFF_2 = [
    [7.298, 3.846, 2.434, 9.566, 7.990], [5.220, 6.556, 0.608, 11.788, -0.892],
    [0.110, 10.386, 13.434, 5.510, 8.166], [2.212, 4.852, 7.092, 9.288, 4.980],
    [0.282, 9.014, 4.458, 9.446, 7.198], [1.722, 4.782, 8.106, 0.758, 3.758],
]  # fmt: skip


def reml(batches: list[list[float]]) -> tuple[m.VarianceComponents, pd.DataFrame]:
    table = np.asarray(batches, dtype=float)
    n, mean, var = np.full(6, 5), table.mean(axis=1), table.var(axis=1, ddof=1)
    found = m.variance_components(n, mean, var)
    return found, m.shrunken_means(n, mean, found)


def test_welch_on_student_sleep() -> None:
    """R's ``t.test(extra ~ group, data = sleep)``, as printed on its help page."""
    a, b = np.array(DRUG_1), np.array(DRUG_2)
    row = m.welch(10, a.mean(), a.var(ddof=1), 10, b.mean(), b.var(ddof=1)).iloc[0]
    assert row["t"] == pytest.approx(-1.8608, abs=5e-5)
    assert row["df"] == pytest.approx(17.776, abs=5e-4)
    assert row["p"] == pytest.approx(0.07939, abs=5e-6)
    assert [row["low"], row["high"]] == pytest.approx([-3.3654832, 0.2054832], abs=5e-8)


def test_paired_on_student_sleep() -> None:
    """R's paired t.test of the same data: t = -4.0621, df = 9, -2.4598858 to -0.7001142."""
    found = m.paired_gap(DRUG_1, DRUG_2)
    assert (found.t, found.df) == (pytest.approx(-4.0621, abs=5e-5), 9)
    assert [found.low, found.high] == pytest.approx([-2.4598858, -0.7001142], abs=5e-8)


def test_cohens_d_behind_hedges_g() -> None:
    """R's ``effsize::cohen.d`` on sleep: d = -0.8321811; J(18) exact is 0.9576."""
    found = m.hedges_g(DRUG_1, DRUG_2)
    assert found.g / -0.8321811 == pytest.approx(0.95765, abs=1e-5)


def test_sign_flips_of_darwins_maize() -> None:
    """Fisher 1935, section 21: 863 of the 32,768 sign patterns reach 314 on the high side."""
    found = m.sign_flip_test(MAIZE)
    assert (found.arrangements, found.exact) == (32_768, True)
    assert found.p == 2 * 863 / 32_768
    paired = m.paired_gap(MAIZE, np.zeros(15))
    assert paired.t == pytest.approx(2.148, abs=5e-4)


def test_mann_whitney_of_permeability() -> None:
    """Hollander & Wolfe 1973, p. 69 f., R's ``wilcox.test`` help page: W = 35."""
    x = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    y = [1.15, 0.88, 0.90, 0.74, 1.21]
    assert m.mann_whitney(x, y).u == pytest.approx(35)
    assert m.superiority(x, y) == pytest.approx(0.7)


def test_reml_of_dyestuff() -> None:
    """lme4's vignette: 1764.05 between, 2451.25 within, mean 1527.5; largest ranef 56.73."""
    found, means = reml(DYESTUFF)
    assert found.between == pytest.approx(1764.05, abs=0.01)
    assert found.within == pytest.approx(2451.25, abs=0.01)
    assert found.mean == pytest.approx(1527.5)
    assert means["shrunken"].max() - found.mean == pytest.approx(56.73, abs=0.01)


def test_reml_at_its_boundary() -> None:
    """lme4 on Dyestuff2: no variance between batches, residual 13.81, mean 5.6656."""
    found, means = reml(DYESTUFF_2)
    assert found.between == 0
    assert found.within == pytest.approx(13.81, abs=0.005)
    assert means["shrunken"].to_numpy() == pytest.approx(np.full(6, 5.6656))


def test_icc_of_shrout_and_fleiss() -> None:
    """Shrout & Fleiss 1979, table 4: ICC(1,1) = .17, ICC(1,4) = .44; intervals as in R's psych."""
    ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    found = m.icc(np.ravel(ratings), np.repeat(np.arange(6), 4))
    assert (round(found.icc1, 2), round(found.icc2, 2)) == (0.17, 0.44)
    assert (round(found.icc1_low, 2), round(found.icc1_high, 2)) == (-0.13, 0.72)
    assert (round(found.icc2_low, 2), round(found.icc2_high, 2)) == (-0.88, 0.91)
    assert (found.df_between, found.df_within) == (5, 18)
    assert found.f == pytest.approx(1.79, abs=0.005)


def test_feldt_interval() -> None:
    """Chris Evans' R function on the statistics pages of the MRC CBU, Cambridge.

    (R's statpsych prints 0.7971 for alpha = .85, 7 items, n = 89, where Feldt's is 0.79706: it
    takes n (items - 1) instead of (n - 1)(items - 1) degrees of freedom.)
    """
    assert m.feldt_interval(0.913, 873, 20) == pytest.approx((0.9044024, 0.9211588), abs=5e-8)


def test_agreement_in_the_multilevel_manual(bhr2000: pd.DataFrame) -> None:
    """Bliese, Multilevel Modeling in R: AD_M of the first five companies, quartiles of r_wg(11)."""
    items = bhr2000[list(bhr2000.columns[1:12])]
    table = m.agreement(items, bhr2000["GRP"])
    wanted = [0.8481366, 0.8261279, 0.8809829, 0.8227542, 0.8341355]
    assert table["ad_mean"].head(5).to_numpy() == pytest.approx(wanted, abs=5e-8)
    assert table["n"].head(5).tolist() == [59, 45, 83, 26, 82]
    assert table["r_wg_j"].median() == pytest.approx(0.8925, abs=5e-5)
    assert table["r_wg_j"].max() == pytest.approx(0.9440, abs=5e-5)


def test_icc_in_the_multilevel_manual(bhr2000: pd.DataFrame) -> None:
    """Bliese, same manual, work hours: ICC1 = 0.1741008, ICC2 = 0.9199889, F = 12.498."""
    found = m.icc(bhr2000["HRS"], bhr2000["GRP"], size="mean")
    assert found.icc1 == pytest.approx(0.1741008, abs=5e-8)
    assert found.icc2 == pytest.approx(0.9199889, abs=5e-8)
    assert found.f == pytest.approx(12.498, abs=5e-4)


@pytest.mark.parametrize(
    ("below", "low", "high"), [(0, 0.0, 0.217), (1, 0.011, 0.381), (5, 0.224, 0.776)]
)
def test_jeffreys_intervals(below: int, low: float, high: float) -> None:
    """Brown, Cai & DasGupta 2001, table 5, n = 10."""
    others = np.r_[np.zeros(below), np.full(10 - below, 5.0)]
    rank = m.rank_interval(3.0, others)
    # The published upper limit at 0 has the tail on both sides; so has ours.
    assert (round(rank.low, 3), round(rank.high, 3)) == (low, high)


@pytest.mark.parametrize(("options", "limit"), [(5, 0.8), (7, 1.2), (11, 1.8)])
def test_acceptable_average_deviation(options: int, limit: float) -> None:
    """Burke & Dunlap 2002: one sixth of the number of options."""
    assert m.acceptable_ad(options) == limit


def test_brunner_munzel_of_pain_scores() -> None:
    """Brunner & Munzel 2000, pain on the third day after surgery; R's ``lawstat`` prints the rest."""
    treated = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
    control = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
    found = m.brunner_munzel(treated, control)
    assert (round(found.statistic, 4), round(found.df, 3)) == (3.1375, 17.683)
    assert found.p == pytest.approx(0.005786, abs=5e-7)
    assert found.p_hat == pytest.approx(0.788961, abs=5e-7)
    assert [found.low, found.high] == pytest.approx([0.5952169, 0.9827052], abs=5e-8)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals(successes: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3."""
    found = m.proportion_interval(successes, n)
    assert [float(end[0]) for end in found] == pytest.approx([low, high], abs=5.1e-5)
