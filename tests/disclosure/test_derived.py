"""What follows from released means: sides before totals, one order, no name from noise."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence

import pytest
from scipy import stats

from hrkit.disclosure.derived.contrasts import of_units, pairs
from hrkit.disclosure.derived.derive import Derived, derive
from hrkit.disclosure.derived.frame import (
    Estimate,
    bound,
    certainty,
    difference,
    each,
    ends,
    estimate,
)
from hrkit.disclosure.released import ALL, Ballot, Certainty, Group, Score, Why
from hrkit.model.engagement import Engagement

GROUPS = (Group("leader", ("leader",)), Group("hr", ("hr", "pay")))
#: The smallest difference that is printed.
TENTH = 0.1


@pytest.fixture
def engagement(client) -> Engagement:
    return client("municipality", "en").context.engagement


def given(
    engagement: Engagement,
    means: Mapping[str, tuple[float, float]],
    n: tuple[int, int] = (12, 12),
    spread: float = 0.8,
    ballots: Sequence[Ballot] = (),
) -> Derived:
    """Leaders and HR at these means on some dimensions."""
    root = engagement.root.id
    scores = []
    for section in engagement.instrument.dimensions:
        if section.id not in means:
            continue
        for group, mean, size in zip(("leader", "hr"), means[section.id], n, strict=True):
            scores.append(
                Score(section.id, root, group, Why.SHOWN, size, mean, mean, mean, spread=spread)
            )
        scores.append(Score(section.id, root, ALL, Why.SHOWN))
    return derive(scores, engagement, GROUPS, ballots)


def total(found: Derived, measure: str) -> Score:
    return next(s for s in found.scores if (s.measure, s.group) == (measure, ALL))


def test_opposed_sides_have_a_gap_and_no_common_figure(engagement) -> None:
    found = given(engagement, {s.id: (1.5, 4.5) for s in engagement.instrument.dimensions})
    assert {gap.certainty for gap in found.gaps} == {Certainty.CLEAR}
    assert {s.why for s in found.scores if s.group == ALL} == {Why.DIVIDED}
    levels = {(b.group, b.low, b.high) for b in found.bands if b.shown}
    assert {group for group, *_ in levels} == {"leader", "hr"}
    assert found.strengths == ()


@pytest.mark.parametrize("n", [(5, 5), (12, 12), (64, 12)])
def test_small_sides_that_lie_far_apart_are_not_averaged_either(engagement, n) -> None:
    found = given(engagement, {"trust": (1.5, 4.5), "roles": (3.0, 3.1)}, n)
    assert total(found, "trust").why is Why.DIVIDED
    assert total(found, "roles").mean == pytest.approx(3.1)
    sure = {gap.measure: gap.certainty for gap in found.gaps if gap.shown}
    assert sure["trust"] is (Certainty.TENDS if min(n) < 10 else Certainty.CLEAR)


def test_whoever_rates_its_own_work_does_not_lift_the_total(engagement) -> None:
    root = engagement.root.id
    means = {"leader": 3.0, "network": 3.2, "hr": 4.4}
    scores = [
        Score("presence", root, g, Why.SHOWN, 12, m, m, m, spread=0.8) for g, m in means.items()
    ]
    groups = (*GROUPS, Group("network", ("network",)))
    found = derive([*scores, Score("presence", root, ALL, Why.SHOWN)], engagement, groups)
    assert total(found, "presence").why is Why.DIVIDED
    near = [dataclasses.replace(s, mean=3.6) if s.group == "hr" else s for s in scores]
    found = derive([*near, Score("presence", root, ALL, Why.SHOWN)], engagement, groups)
    assert total(found, "presence").mean == 3.1


def test_the_mean_of_one_group_is_no_total_under_another_name(engagement) -> None:
    found = given(engagement, {"presence": (3.0, 3.8), "trust": (3.0, 3.4)}, (12, 5))
    assert total(found, "presence").why is Why.ALONE
    assert total(found, "presence").mean is None
    assert total(found, "trust").mean == 3.2
    # What it would be called has a level all the same: that of the one who experiences it.
    band = next(b for b in found.bands if (b.measure, b.group) == ("presence", ALL))
    own = next(b for b in found.bands if (b.measure, b.group) == ("presence", "leader"))
    assert (band.low, band.high) == (own.low, own.high)
    alone = [Score("trust", engagement.root.id, "leader", Why.SHOWN, 12, 3.0, 3.0, 3.0, spread=0.8)]
    alone.append(Score("trust", engagement.root.id, ALL, Why.SHOWN))
    assert total(derive(alone, engagement, GROUPS[:1]), "trust").mean == 3.0


def test_a_strength_needs_both_sides_surely_high(engagement) -> None:
    dimensions = [s.id for s in engagement.instrument.dimensions]
    high = given(engagement, dict.fromkeys(dimensions, (4.4, 4.4)), (64, 20))
    assert set(high.strengths) == set(dimensions)
    one = given(engagement, dict.fromkeys(dimensions, (4.4, 3.6)), (64, 20))
    assert one.strengths == ()
    few = given(engagement, dict.fromkeys(dimensions, (4.4, 4.4)), (5, 5))
    assert few.strengths == ()


def test_what_is_at_its_target_comes_after_everything_that_is_not(engagement) -> None:
    dimensions = [s.id for s in engagement.instrument.dimensions]
    means = dict.fromkeys(dimensions, (3.9, 3.9)) | {"trust": (4.2, 4.6), "roles": (2.0, 2.4)}
    weight = dict.fromkeys(dimensions, 0.25) | {"trust": 0.9}
    found = given(engagement, means, ballots=chose(weight))
    order = [p.measure for p in sorted(found.priorities, key=lambda p: p.rank)]
    assert order[0] == "roles" and order[-1] == "trust"
    assert sorted(p.rank for p in found.priorities) == list(range(1, len(dimensions) + 1))


def test_ranks_can_be_made_again_from_what_is_printed(engagement) -> None:
    dimensions = [s.id for s in engagement.instrument.dimensions]
    means = {d: (2.0 + i / 10, 2.5 + i / 10) for i, d in enumerate(dimensions)}
    weight = {d: 0.6 - i / 16 for i, d in enumerate(reversed(dimensions))}
    rows = given(engagement, means, ballots=chose(weight)).priorities
    assert all(p.chosen == pytest.approx(weight[p.measure], abs=0.006) for p in rows)
    product = [(p.chosen or 0) * max(0.0, (p.target or 0) - p.score) for p in rows]
    assert product == sorted(product, reverse=True)
    # Where nothing of what was chosen may be shown, all weigh the same.
    hidden = [Ballot("matters.01", g, Why.SMALL) for g in ("leader", "hr", ALL)]
    alone = given(engagement, means, ballots=hidden).priorities
    assert [p.weight for p in alone] == [None] * len(alone)
    assert [p.distance for p in alone] == sorted((p.distance for p in alone), reverse=True)


def test_a_sides_own_choice_weighs_and_the_others_only_where_it_is_not_shown(engagement) -> None:
    dimensions = [s.id for s in engagement.instrument.dimensions]
    means = dict.fromkeys(dimensions, (2.0, 3.0)) | {"leadership": (3.0, 2.0)}
    leaders, hr = ({"leadership": share, "trust": 1 - share} for share in (0.4, 0.9))
    both = [*chose(leaders, "leader"), *chose(hr, "hr")]
    weight = {p.measure: p.chosen for p in given(engagement, means, ballots=both).priorities}
    # HR experiences leadership, the leaders the rest.
    assert (weight["leadership"], weight["trust"]) == (0.9, 0.6)
    one = [*chose(leaders, "leader"), Ballot("matters.01", "hr", Why.SMALL)]
    weight = {p.measure: p.chosen for p in given(engagement, means, ballots=one).priorities}
    assert (weight["leadership"], weight["trust"]) == (0.4, 0.6)
    # Options that few chose weigh an equal part of what they have together.
    assert weight["roles"] is None or weight["roles"] < 0.4


def chose(weight: Mapping[str, float], *groups: str) -> list[Ballot]:
    """What leaders and HR chose, as it is released; what is not named few chose, with 0.7 between them."""
    ids = (
        "roles",
        "trust",
        "presence",
        "expertise",
        "direction",
        "leadership",
        "across",
        "chain",
        "renewal",
    )
    rest = tuple(id for id in ids if id not in weight)
    names, shares = tuple(weight), tuple(round(share, 2) for share in weight.values())
    return [
        Ballot("matters.01", group, Why.SHOWN, 20, names, shares, rest, 0.7 if rest else 0.0)
        for group in groups or ("leader", "hr")
    ]


def test_an_interval_is_no_narrower_where_everybody_has_answered() -> None:
    score = Score("trust", "u", "leader", Why.SHOWN, 6, 3.0, spread=0.8)
    everyone = dataclasses.replace(score, everyone=True)
    one, other = estimate(score), estimate(everyone)
    assert one == other and one is not None
    low, high = ends(one, (1, 5))
    assert high - low == pytest.approx(2 * stats.t.ppf(0.975, 9) * math.sqrt(0.64 / 6 + 0.01 / 12))


def test_levels_of_caution_are_those_of_sidak() -> None:
    assert each(0.05, 1) == pytest.approx(0.05)
    assert each(0.05, 9) == pytest.approx(1 - 0.95 ** (1 / 9))
    a, c = Estimate(3.0, 0.1, 67, 64), Estimate(3.4, 0.2, 15, 12)
    variance = 0.01 + 0.04
    df = variance**2 / (0.01**2 / 67 + 0.04**2 / 15)
    half = 0.05 + stats.t.ppf(1 - each(0.05, 9) / 2, df) * math.sqrt(variance)
    assert difference(a, c, each(0.05, 9)).half == pytest.approx(half)
    sampling = math.sqrt(0.04 - 0.01 / 12)
    assert bound(c, 9) == pytest.approx(3.35 - stats.t.ppf(1 - each(0.05, 9), 15) * sampling)


def test_a_difference_is_clear_only_from_ten_a_side_and_only_where_it_may_be() -> None:
    a, c = Estimate(2.0, 0.1, 67, 64), Estimate(4.0, 0.2, 15, 12)
    few = dataclasses.replace(c, n=9)
    assert certainty(a, c, 9, clear=True) is Certainty.CLEAR
    assert certainty(a, few, 9, clear=True) is Certainty.TENDS
    assert certainty(a, c, 9) is Certainty.TENDS
    assert certainty(a, a, 9, clear=True) is Certainty.UNKNOWN


@pytest.mark.parametrize("tenths", range(0, 21))
def test_bands_of_the_two_sides_lie_apart_exactly_where_words_say_so(engagement, tenths) -> None:
    """Leaders and HR a number of tenths apart: band, interval and word agree."""
    dimensions = [s.id for s in engagement.instrument.dimensions]
    found = given(engagement, dict.fromkeys(dimensions, (2.5, 2.5 + tenths / 10)), (64, 12))
    by = {(s.measure, s.group): s for s in found.scores}
    for gap in found.gaps:
        one, other = (by[gap.measure, g] for g in ("leader", "hr"))
        between = (other.mean - other.reach) - (one.mean + one.reach)
        if abs(between) < 0.002:
            continue
        assert (between > 0) == (gap.certainty is not Certainty.UNKNOWN)
        assert (gap.low > 0) <= (gap.certainty is not Certainty.UNKNOWN)


def test_of_many_equal_units_none_is_named(engagement) -> None:
    root, units = engagement.root.id, [f"u{i}" for i in range(6)]
    within = {u: frozenset({u}) for u in units} | {root: frozenset({root, *units})}

    def scores(means: list[float]) -> list[Score]:
        return [
            Score("trust", u, "leader", Why.SHOWN, 12, mean, spread=0.8)
            for u, mean in zip(units, means, strict=True)
        ]

    equal = scores([3.0, 3.1, 3.2, 3.3, 3.4, 3.5])
    (contrast,), (between,) = of_units(engagement.instrument, "leader", equal, within, root)
    assert contrast.certainty is Certainty.UNKNOWN and not between.differ
    apart = scores([2.0, 3.1, 3.2, 3.3, 3.4, 4.2])
    (contrast,), (between,) = of_units(engagement.instrument, "leader", apart, within, root)
    assert contrast.certainty is Certainty.TENDS and between.differ
    assert (contrast.high, contrast.low) == ("u5", "u0")
    assert pairs(6) == 15
