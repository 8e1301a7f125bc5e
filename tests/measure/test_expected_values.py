"""Every row of the table of reference values, computed in R and again independently.

The table names each statistic in words; `CALLS` says which call is meant.  A row that no
call answers fails, so that a new row cannot pass unseen.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hrkit import measure as m

pytestmark = pytest.mark.filterwarnings("error")

FOLDER = os.environ.get("HRKIT_TEST_DATA", "")
LEAD = [f"LEAD{i:02d}" for i in range(1, 12)]
TSIG = ["TSIG01", "TSIG02", "TSIG03"]
HOSTIL = [f"HOSTIL{i:02d}" for i in range(1, 6)]


def rows() -> list[tuple[str, str, str, str]]:
    if not FOLDER:
        return []
    table = pd.read_csv(Path(FOLDER) / "expected_values.csv", dtype=str, keep_default_na=False)
    return list(table.itertuples(index=False, name=None))


@cache
def read(name: str) -> pd.DataFrame:
    return pd.read_csv(Path(FOLDER) / name)


def lq() -> pd.DataFrame:
    return read("lq2002.csv")


def codes() -> np.ndarray:
    return m.codes_of(lq()["COMPID"])[0]


def company(index: np.ndarray, number: int) -> float:
    labels = m.codes_of(lq()["COMPID"])[1]
    return float(index[labels.get_loc(number)])


def bfi() -> pd.DataFrame:
    items = read("bfi.csv")[["A1", "A2", "A3", "A4", "A5"]].copy()
    items["A1"] = 7 - items["A1"]
    return items


def bhr() -> tuple[pd.DataFrame, np.ndarray]:
    table = read("bhr2000.csv")
    return table[list(table.columns[1:12])], m.codes_of(table["GRP"])[0]


def platoon(name: str, items: list[str]) -> pd.DataFrame:
    table = read("cohesion.csv")
    return table.loc[table["UNIT"] + "/" + table["PLATOON"] == name, items]


def components() -> tuple[m.VarianceComponents, m.Moments]:
    c = codes()
    found = m.moments(lq()["LEAD"], c, int(c.max()) + 1)
    return m.variance_components(found.n[:, 0], found.mean[:, 0], found.var[:, 0]), found


def two_companies(sums: bool = False) -> tuple[pd.Series, pd.Series]:
    score = lq()[LEAD].sum(axis=1) if sums else lq()["LEAD"]
    return score[lq()["COMPID"] == 14], score[lq()["COMPID"] == 17]


def welch() -> list[float]:
    x, y = two_companies()
    row = m.welch(10, x.mean(), x.var(), 10, y.mean(), y.var()).iloc[0]
    return [row["t"], row["df"], row["p"]]


def hedges() -> m.HedgesG:
    return m.hedges_g(*two_companies())


def plain_shuffle() -> m.PermutationTest:
    """The row is Fisher's test of the plain difference, without dividing by its error."""
    return m.permutation_test(*two_companies(sums=True), studentised=False)


def munzel(x: object, y: object) -> m.BrunnerMunzel:
    return m.brunner_munzel(np.asarray(x), np.asarray(y))


BM_X = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
BM_Y = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
COH = [f"COH0{i}" for i in range(1, 6)]
PAIR = "lq2002.csv LEAD COMPID 14 vs 17 (10,10)"

CALLS: dict[tuple[str, str], Callable[[], object]] = {
    ("lq2002.csv", "alpha LEAD01-11"): lambda: m.alpha(lq()[LEAD]).value,
    ("lq2002.csv", "Feldt 95% lo"): lambda: m.alpha(lq()[LEAD]).low,
    ("lq2002.csv", "Feldt 95% hi"): lambda: m.alpha(lq()[LEAD]).high,
    ("lq2002.csv", "alpha TSIG"): lambda: m.alpha(lq()[TSIG]).value,
    ("lq2002.csv", "alpha HOSTIL"): lambda: m.alpha(lq()[HOSTIL]).value,
    ("lq2002.csv", "omega (1-factor ML, covariance metric) LEAD"): lambda: m.omega(
        lq()[LEAD]
    ).value,
    ("lq2002.csv", "omega TSIG"): lambda: m.omega(lq()[TSIG]).value,
    ("bfi.csv A1r-A5 listwise n=2709", "alpha"): lambda: m.alpha(bfi()).value,
    ("bfi.csv A1r-A5 listwise", "omega ML covariance (lavaan)"): lambda: m.omega(bfi()).value,
    ("bfi.csv A1r-A5 listwise", "omega minres correlation (psych fa)"): lambda: m.omega(
        bfi(), "minres"
    ).value,
    ("bfi.csv A1r-A5 pairwise", "psych::alpha raw"): lambda: m.alpha(bfi(), "pairwise").value,
    ("lq2002.csv", "mean rwg(11), sigma2=2"): lambda: m.r_wg_j(lq()[LEAD], codes()).mean(),
    ("lq2002.csv", "mean rwg(11), sigma2=1.34"): lambda: m.r_wg_j(
        lq()[LEAD], codes(), sigma2=1.34
    ).mean(),
    ("lq2002.csv", "mean r*wg(11)"): lambda: m.r_wg_j_star(lq()[LEAD], codes()).mean(),
    ("lq2002.csv", "mean awg(11)"): lambda: m.a_wg(lq()[LEAD], codes()).mean(),
    ("lq2002.csv", "mean AD_M(11)"): lambda: m.ad_mean(lq()[LEAD], codes()).mean(),
    ("lq2002.csv", "mean AD_Md(11)"): lambda: m.ad_median(lq()[LEAD], codes()).mean(),
    ("lq2002.csv COMPID=2 n=24", "rwg(11)"): lambda: company(m.r_wg_j(lq()[LEAD], codes()), 2),
    ("lq2002.csv COMPID=2", "r*wg(11)"): lambda: company(m.r_wg_j_star(lq()[LEAD], codes()), 2),
    ("lq2002.csv COMPID=2", "awg(11)"): lambda: company(m.a_wg(lq()[LEAD], codes()), 2),
    ("lq2002.csv COMPID=2", "AD_M"): lambda: company(m.ad_mean(lq()[LEAD], codes()), 2),
    ("lq2002.csv COMPID=2", "rwg LEAD01"): lambda: company(
        m.r_wg(lq()["LEAD01"], codes())[:, 0], 2
    ),
    ("bhr2000.csv", "mean rwg(11)"): lambda: m.r_wg_j(*bhr()).mean(),
    ("bhr2000.csv", "mean r*wg(11)"): lambda: m.r_wg_j_star(*bhr()).mean(),
    ("bhr2000.csv", "alpha"): lambda: m.alpha(bhr()[0]).value,
    ("cohesion.csv 1044B/1ST COH01 n=3", "awg"): lambda: m.a_wg(
        platoon("1044B/1ST", ["COH01"]), [0, 0, 0]
    ),
    ("cohesion.csv 1044C/2ND COH01 n=3 (mean below bound)", "awg"): lambda: m.a_wg(
        platoon("1044C/2ND", ["COH01"]), [0, 0, 0]
    ),
    ("cohesion.csv 1044B/2ND n=3", "rwg(5)"): lambda: m.r_wg_j(
        platoon("1044B/2ND", COH), [0, 0, 0]
    ),
    ("cohesion.csv 1044B/2ND n=3", "r*wg(5)"): lambda: m.r_wg_j_star(
        platoon("1044B/2ND", COH), [0, 0, 0]
    ),
    ("lq2002.csv LEAD", "ICC(1) with mean group size (R multilevel's ICC1)"): lambda: m.icc(
        lq()["LEAD"], lq()["COMPID"], size="mean"
    ).icc1,
    ("lq2002.csv LEAD", "ICC2"): lambda: m.icc(lq()["LEAD"], lq()["COMPID"]).icc2,
    ("lq2002.csv LEAD", "REML tau"): lambda: components()[0].between ** 0.5,
    ("lq2002.csv LEAD", "REML sigma"): lambda: components()[0].within ** 0.5,
    ("lq2002.csv LEAD", "EB mean COMPID=2 (raw 2.88257576)"): lambda: company(
        m.shrunken_means(
            components()[1].n[:, 0], components()[1].mean[:, 0], components()[0]
        ).shrunken.to_numpy(),
        2,
    ),
    (PAIR, "Hedges g exact J"): lambda: hedges().g,
    (PAIR, "g 95% CI noncentral t"): lambda: [hedges().low, hedges().high],
    (PAIR, "Welch t;df;p"): welch,
    (PAIR, "MWU U;p (continuity)"): lambda: [
        m.mann_whitney(*two_companies()).u,
        m.mann_whitney(*two_companies()).p,
    ],
    (PAIR, "Brunner-Munzel W;p"): lambda: [
        munzel(*two_companies()).statistic,
        munzel(*two_companies()).p,
    ],
    (
        PAIR,
        "two-sided exact permutation p; mid-p (184,756 splits, on the integer item sums: "
        "the rounded scale column breaks ties)",
    ): lambda: [getattr(plain_shuffle(), name) for name in ("p", "mid_p")],
    ("x=1,2,1,1,1,1,1,1,1,1,2,4,1,1 y=3,3,4,3,1,2,3,1,1,5,4", "BM W;p;phat;CI"): lambda: [
        munzel(BM_X, BM_Y).statistic,
        munzel(BM_X, BM_Y).p,
        munzel(BM_X, BM_Y).p_hat,
        munzel(BM_X, BM_Y).low,
        munzel(BM_X, BM_Y).high,
    ],
    ("p=.01,.04,.03,.005,.5", "Holm"): lambda: m.holm([0.01, 0.04, 0.03, 0.005, 0.5]),
    (
        "n=120,N=200,p=.43 / 80,150,.50 / 40,50,.30 / 375,500,.60",
        "95% margin with FPC, rounded pp (CSPS 2019 guide p.23)",
    ): lambda: np.round(
        100
        * m.proportion_margin([120, 80, 40, 375], [200, 150, 50, 500], [0.43, 0.5, 0.3, 0.6])
    ),
}  # fmt: skip


@pytest.mark.skipif(not FOLDER, reason="HRKIT_TEST_DATA is not set: no reference data")
def test_reference_data_is_there() -> None:
    assert len(rows()) >= 40


@pytest.mark.parametrize(("source", "statistic", "expected", "tolerance"), rows())
def test_reference_value(source: str, statistic: str, expected: str, tolerance: str) -> None:
    call = CALLS.get((source, statistic))
    assert call is not None, f"no call answers this row: {source!r}, {statistic!r}"
    found = np.atleast_1d(np.asarray(call(), dtype=float))
    wanted = np.array([float(value) for value in expected.split(";")])
    assert found.shape == wanted.shape
    np.testing.assert_allclose(found, wanted, rtol=0, atol=float(tolerance or 0))
