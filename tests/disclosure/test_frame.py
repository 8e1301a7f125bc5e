"""The frame of uncertainty: rounding counts, ends agree with words, one rule for all differences."""

from __future__ import annotations

import numpy as np
import pytest

from hrkit.disclosure.derived.frame import (
    CLEAR,
    PAGE,
    Difference,
    certainty,
    difference,
    each,
    ends,
    estimate,
    outward,
    printed,
)
from hrkit.disclosure.released import Certainty, Score, Why, tidy


def of(n, mean, spread):
    return estimate(Score("x", "org", "leader", Why.SHOWN, n, mean, spread=spread))


def test_many_answers_do_not_make_a_printed_mean_exact():
    # Of a million equal people the printed mean is still up to .05 off.
    low, high = ends(of(10**6, 3.4, 0.8), (1.0, 5.0))
    assert (high - low) / 2 == pytest.approx(1.96 * 0.1 / 12**0.5, rel=0.02)


def test_ends_are_printed_outwards():
    # 3.4 ± 0.137 would else always be printed as 3.3 to 3.5.
    assert outward(3.263, 3.537) == (3.2, 3.6)
    assert outward(3.3, 3.5) == (3.3, 3.5)


def test_rounding_alone_never_makes_a_difference():
    rng = np.random.default_rng(1)
    told = 0
    for _ in range(400):
        # Two groups of 3,000 with one mean, anywhere between two tenths.
        truth = rng.uniform(3, 4)
        a, b = (of(3000, tidy(truth + rng.normal(0, 0.5 / 3000**0.5)), 0.5) for _ in range(2))
        told += certainty(a, b, 9) is not Certainty.UNKNOWN
    assert told <= 0.05 * 400


@pytest.mark.parametrize("value", [0.5, -0.5])
def test_an_end_that_rounds_to_nothing_keeps_the_sign_of_a_sure_difference(value):
    found = Difference(value, value - 0.48, value + 0.48, 0.48)
    _, low, high = printed(found, Certainty.TENDS)
    assert low * high > 0
    _, low, high = printed(found, Certainty.UNKNOWN)
    assert low <= 0 <= high


def test_words_follow_the_simultaneous_interval():
    for gap in np.arange(0, 2, 0.1):
        a, b = of(40, 3.0, 0.8), of(12, round(3.0 + gap, 1), 0.8)
        found = difference(a, b, each(PAGE, 9))
        sure = certainty(a, b, 9, clear=True)
        assert (sure is not Certainty.UNKNOWN) == (found.low > 0)
        strict = difference(a, b, each(CLEAR, 9))
        assert (sure is Certainty.CLEAR) == (strict.low > 0)
