"""The whole where its units differ: wider, by the design effect, and only then."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hrkit.disclosure.derived.clusters import design_effect, with_units
from hrkit.disclosure.derived.contrasts import variance_between
from hrkit.disclosure.derived.derive import derive
from hrkit.disclosure.derived.frame import Estimate, estimate
from hrkit.disclosure.released import ALL, Between, Certainty, Group, Score, Why

from .offices import INSTRUMENT, office

GROUPS = (Group("leader", ("leader",)), Group("hr", ("hr",)))
SCALES = {section.id: (1.0, 5.0) for section in INSTRUMENT.dimensions}
ROLES = INSTRUMENT.dimensions[0].id


def scores(means: list[float], size: int = 20, spread: float = 0.8) -> tuple[Score, ...]:
    """Leaders in units with these means on one dimension, the whole, and as many of HR."""
    units = [
        Score(ROLES, f"u{i}", "leader", Why.SHOWN, size, mean, spread=spread)
        for i, mean in enumerate(means)
    ]
    whole = round(float(np.mean(means)), 1)
    n = size * len(means)
    return (
        Score(ROLES, "root", "leader", Why.SHOWN, n, whole, 2.0, 4.0, spread=spread),
        Score(ROLES, "root", "hr", Why.SHOWN, 240, round(whole + 0.5, 1), spread=spread),
        Score(ROLES, "root", ALL, Why.SHOWN),
        *units,
    )


def within(count: int) -> dict[str, frozenset[str]]:
    names = [f"u{i}" for i in range(count)]
    return {"root": frozenset(("root", *names)), **{u: frozenset((u,)) for u in names}}


def grown(means: list[float]) -> Score:
    found = with_units(scores(means), INSTRUMENT, GROUPS, SCALES, within(len(means)), "root")
    return found[0]


APART = [2.4, 2.6, 2.8, 3.0, 3.0, 3.2, 3.2, 3.4, 3.6, 3.8, 2.7, 3.3]


def test_units_that_differ_make_the_whole_less_certain() -> None:
    before, found = scores(APART)[0], grown(APART)
    assert found.units == len(APART)
    assert found.mean == before.mean
    assert found.n == before.n
    assert found.spread is not None and found.spread > 1.5 * before.spread
    known = estimate(found)
    assert known is not None and known.df == len(APART) - 1
    assert found.low is not None and found.high is not None
    assert found.low < found.mean < found.high


def test_the_spread_is_rebuilt_from_what_is_released() -> None:
    units = {f"u{i}": e for i, s in enumerate(scores(APART)[3:]) if (e := estimate(s))}
    between = variance_between(ROLES, "leader", units, 1)
    assert between.icc1 is not None
    effect = 1 + (20 - 1) * between.icc1
    assert grown(APART).spread == pytest.approx(0.8 * effect**0.5, abs=0.0501)


@pytest.mark.parametrize("means", [[3.0, 3.1] * 6, APART[:9]])
def test_units_that_do_not_differ_or_are_fewer_than_ten_change_nothing(means: list[float]) -> None:
    assert grown(means) == scores(means)[0]


def test_gaps_and_levels_see_it() -> None:
    units = [("root", None), *((f"u{i}", "root") for i in range(len(APART)))]
    alike = [float(np.mean(APART))] * len(APART)
    sure = derive(scores([round(x, 1) for x in alike]), office(units), GROUPS)
    less = derive(scores(APART), office(units), GROUPS)
    assert sure.gaps[0].difference == less.gaps[0].difference
    widths = [(d.gaps[0].high or 0) - (d.gaps[0].low or 0) for d in (sure, less)]
    assert widths[1] > widths[0]
    assert sure.gaps[0].certainty is not Certainty.UNKNOWN


def test_a_person_s_own_unit_counts_not_the_mean_size() -> None:
    between = Between(ROLES, "leader", 2, True, icc1=0.1)
    assert design_effect(between, [20, 20]) == pytest.approx(2.9)
    assert design_effect(between, [10, 30]) == pytest.approx(1 + 0.1 * (25 - 1))


def test_forty_nine_companies(data: Path) -> None:
    """lq2002: naive .018; with the mean size .039, as cluster-robust errors give; safely above."""
    table = pd.read_csv(data / "lq2002.csv")
    by = table.groupby("COMPID")["LEAD"].agg(["mean", "var", "size"])
    usual = float(np.sqrt(((by["size"] - 1) * by["var"]).sum() / (len(table) - len(by))))
    units = {
        str(id): Estimate(m, usual / n**0.5, n + 3, int(n))
        for id, m, n in by[["mean", "size"]].itertuples()
    }
    between = variance_between("LEAD", "soldiers", units, 1)
    assert between.differ
    assert between.icc1 == 0.09  # .088 in R's multilevel
    assert between.icc2 == 0.8
    naive = float(table["LEAD"].std()) / len(table) ** 0.5
    assert naive == pytest.approx(0.018, abs=0.0005)
    sums = (table["LEAD"] - table["LEAD"].mean()).groupby(table["COMPID"]).sum()
    robust = float(np.sqrt(len(by) / (len(by) - 1) * (sums**2).sum())) / len(table)
    assert robust == pytest.approx(0.039, abs=0.0005)
    equal = naive * design_effect(between, [len(table) / len(by)] * len(by)) ** 0.5
    assert equal == pytest.approx(0.039, abs=0.0005)
    own = naive * design_effect(between, by["size"].tolist()) ** 0.5
    assert robust < own < 1.25 * robust


def test_an_interval_holds_where_units_are_of_unequal_size() -> None:
    """Twenty units of ten and ten of eighty, ICC .2: about 94 % where people alone give 40 %."""
    rng = np.random.default_rng(4)
    n = np.array([10] * 20 + [80] * 10)
    place = np.repeat(np.arange(30), n)
    held, plain, repetitions = 0, 0, 300
    for _ in range(repetitions):
        y = 3 + 0.8 * (rng.normal(0, 0.2**0.5, 30)[place] + rng.normal(0, 0.8**0.5, len(place)))
        means = np.bincount(place, y) / n
        usual = float(np.sqrt(((y - means[place]) ** 2).sum() / (len(y) - 30)))
        units = {
            f"u{i}": Estimate(m, usual / k**0.5, k + 3, int(k))
            for i, (m, k) in enumerate(zip(means.tolist(), n.tolist(), strict=True))
        }
        between = variance_between(ROLES, "leader", units, 9)
        se = float(y.std(ddof=1)) / len(y) ** 0.5
        wide = se * design_effect(between, n.tolist()) ** 0.5
        held += abs(float(y.mean()) - 3) < 2.05 * wide
        plain += abs(float(y.mean()) - 3) < 1.96 * se
    assert held / repetitions > 0.9
    assert plain / repetitions < 0.6
