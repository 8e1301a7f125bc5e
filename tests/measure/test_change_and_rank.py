"""Change between waves, benchmarks, levels and margins."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hrkit import measure as m

pytestmark = pytest.mark.filterwarnings("error")
NAN = float("nan")


def wave(rows: list[tuple[str, int, float, float]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["dimension", "n", "mean", "var"])
    return table.assign(group="leaders")


def test_change_is_second_minus_first_and_rounded_last() -> None:
    first = wave([("trust", 20, 3.449, 0.5), ("voice", 20, 3.0, 0.5), ("gone", 9, 3, 1)])
    second = wave([("voice", 25, 3.3, 0.5), ("trust", 25, 3.551, 0.5)])
    table = m.change(first, second).set_index("dimension")
    assert table.index.tolist() == ["voice", "trust"]
    # Rounded first it would be 3.6 - 3.4 = 0.2.
    assert table.loc["trust", "shown"] == 0.1
    assert table.loc["trust", "difference"] == pytest.approx(0.102)
    half = (table["high"] - table["low"]) / 2
    np.testing.assert_allclose(table["detectable"], half)
    se = math.sqrt(0.5 / 20), math.sqrt(0.5 / 25)
    mdc = m.minimum_detectable_change(*se, 19, 24)
    assert mdc[0] == pytest.approx(table.loc["trust", "detectable"])


def test_changed_wording_is_never_trended() -> None:
    first, second = (
        wave([("trust", 20, 3, 0.5), ("voice", 20, 3, 0.5)]),
        wave([("trust", 20, 4, 0.5), ("voice", 20, 4, 0.5)]),
    )
    table = m.change(first, second, comparable=pd.Series({"trust": False}))
    assert table["reason"].tolist() == ["wording changed", ""]
    assert math.isnan(table["difference"][0]) and math.isnan(table["shown"][0])
    assert table["mean_first"].tolist() == [3, 3]


def test_change_with_given_errors() -> None:
    groups = wave([("trust", 6, 3, 0.2)]), wave([("trust", 7, 4, 1.2)])
    given = [
        t[["dimension", "group", "n", "mean"]].join(
            m.mean_interval(t.n, t["mean"], t["var"], 0.6)[["se", "df"]]
        )
        for t in groups
    ]
    row = m.change(*given, errors="given").iloc[0]
    want = m.minimum_detectable_change(math.sqrt(0.1), math.sqrt(0.6 / 7), 9, 10)[0]
    assert (row["difference"], row["reason"]) == (1, "")
    assert row["detectable"] == pytest.approx(want) == row["high"] - 1
    assert math.isnan(row["p"])
    with pytest.raises(ValueError, match="errors"):
        m.change(*given, errors="none")  # type: ignore[arg-type]


def test_change_of_nothing() -> None:
    assert len(m.change(wave([]), wave([("trust", 5, 3, 1)]))) == 0
    row = m.change(wave([("trust", 0, NAN, NAN)]), wave([("trust", 5, 3, 1)])).iloc[0]
    assert row["reason"] == "fewer than two values"


def test_minimum_detectable_change_edges() -> None:
    assert m.minimum_detectable_change(0, 0, 5, 5).tolist() == [0]
    one_sided = m.minimum_detectable_change(0, 0.2, NAN, 10)
    assert one_sided[0] == pytest.approx(stats.t.ppf(0.975, 10) * 0.2)
    assert np.isnan(m.minimum_detectable_change([0.1, NAN], 0.2, 5, [NAN, 5])).all()


def test_totals_compare_common_perspectives_only() -> None:
    columns = ["perspective", "mean", "se", "df"]
    first = pd.DataFrame([("leaders", 3.0, 0.1, 20), ("hr", 4.0, 0.1, 20)], columns=columns)
    second = pd.DataFrame(
        [("leaders", 3.2, 0.1, 20), ("top", 5.0, 0.1, 9), ("hr", NAN, NAN, 9)], columns=columns
    )
    found = m.total_change(first, second)
    assert found.perspectives == ("leaders",)
    assert found.difference == pytest.approx(0.2)
    assert found.detectable == pytest.approx(stats.t.ppf(0.975, 40) * math.sqrt(0.02))
    assert m.total_change(first.iloc[:0], second).reason == "no common perspective"


def test_linked_change() -> None:
    found = m.linked_change([3, 3, 4, NAN], [4, 4, 4, 5])
    assert (found.pairs, found.difference) == (3, pytest.approx(2 / 3))


def test_rank_leaves_the_own_organisation_out() -> None:
    scores = pd.Series({"a": 3.0, "b": 2.0, "c": 4.0, "d": 3.0, "e": NAN})
    rank = m.rank_among(scores, "a")
    assert (rank.below, rank.ties, rank.others) == (1, 1, 3)
    assert rank.rank == 0.5
    assert rank.low < 0.5 < rank.high
    assert m.rank_among(scores, "e").reason == "no value"
    assert m.rank_among(scores, "nobody").reason == "no value"
    assert m.rank_interval(3, []).reason == "no others"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.integers(1, 5))
def test_rank_interval_holds_the_rank(others: list[int], value: int) -> None:
    rank = m.rank_interval(value, others)
    assert 0 <= rank.low <= rank.rank <= rank.high <= 1


def test_small_organisations_are_drawn_in() -> None:
    rng = np.random.default_rng(2)
    n = np.r_[np.full(20, 100), 5]
    mean = np.r_[rng.normal(3, 0.3, 20), 4.5]
    table = m.shrink(n, mean, np.full(21, 0.6))
    assert table["weight"].iloc[-1] == table["weight"].min()
    assert mean[:20].mean() < table["shrunken"].iloc[-1] < 4.5
    assert table["marked"].tolist() == [False] * 20 + [True]


@pytest.mark.parametrize(
    ("mean", "low", "high", "want"),
    [
        (3.0, 2.8, 3.2, (3, 3)),
        (2.4, 2.1, 2.7, (2, 3)),
        (2.5, 2.5, 2.5, (3, 3)),
        # An interval that only touches a boundary from below does not cross it.
        (2.4, 2.3, 2.5, (2, 2)),
        (2.4, 2.3, 2.5001, (2, 3)),
        (3.0, NAN, NAN, (3, 3)),
        (NAN, NAN, NAN, (0, 0)),
        (4.7, 4.3, 5.0, (4, 5)),
    ],
)
def test_level_band(mean: float, low: float, high: float, want: tuple[int, int]) -> None:
    band = m.level_band(mean, low, high)
    assert (band.low, band.high) == want


@settings(max_examples=80, deadline=None)
@given(st.floats(1, 5), st.floats(0, 2))
def test_level_band_properties(mean: float, half: float) -> None:
    own, band = m.level_band(mean, mean, mean), m.level_band(mean, mean - half, mean + half)
    assert 1 <= band.low <= own.low == own.high <= band.high <= 5


def test_margin_edges() -> None:
    found = m.proportion_margin(
        [0, 10, 10, 20, 1, 10], [10, 10, NAN, 10, 1, 30], [0.5, 0.5, 0.5, 0.5, 1, 2]
    )
    assert math.isnan(found[0]) and math.isnan(found[5])
    assert found[1] == 0 and found[4] == 0
    assert found[2] == pytest.approx(1.959964 * math.sqrt(0.025), abs=1e-6)
    assert found[3] == pytest.approx(1.959964 * math.sqrt(0.0125), abs=1e-6)


def test_interval_of_a_share_is_wilsons() -> None:
    """Brown, Cai and DasGupta 2001; ends as R's prop.test(correct = FALSE) gives them."""
    low, high = m.proportion_interval([14, 0, 10, 11], [20, 10, 10, 24])
    assert low == pytest.approx([0.4810, 0.0, 0.7225, 0.2789], abs=5e-4)
    assert high == pytest.approx([0.8545, 0.2775, 1.0, 0.6493], abs=5e-4)
    assert np.isnan(m.proportion_interval([1, 3], [0, 2])[0]).all()


def test_two_shares_against_published_tables_and_another_program() -> None:
    # Criminal twins (Fisher 1970, Statistical Methods for Research Workers, p. 16) and the lady
    # tasting tea (Fisher 1935), as the manual of R's fisher.test prints them, two-sided.
    assert m.same_share(2, 17, 10, 13) == pytest.approx(0.0005367, abs=1e-7)
    assert m.same_share(3, 4, 1, 4) == pytest.approx(0.4857, abs=1e-4)
    assert m.same_share(0, 10, 0, 10) == 1.0
    assert m.same_share(5, 5, 0, 0) == 1.0
    rng = np.random.default_rng(4)
    for n, k in rng.integers(1, 300, (60, 2)):
        a, b = int(rng.integers(0, n + 1)), int(rng.integers(0, k + 1))
        other = stats.fisher_exact([[a, n - a], [b, k - b]])[1]
        assert m.same_share(a, int(n), b, int(k)) == pytest.approx(other, abs=1e-9)
