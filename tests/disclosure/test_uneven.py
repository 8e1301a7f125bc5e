"""A small side that is more divided than the large one: what is usual counts as no less than what is common."""

from __future__ import annotations

import numpy as np
import pytest

from hrkit.disclosure.cells import groups_of
from hrkit.disclosure.measures import Usual, usual_variance
from hrkit.disclosure.wave import WaveAnswers
from tests.scripts import benchmark


def _wave(claims, leaders: float, hr: float) -> WaveAnswers:
    size = claims.Size("64 + 8", (8,) * 8, 8)
    world = claims.World.of(3.5, leaders, hr=hr)
    return claims.answered(size, world, np.random.default_rng(5))


def test_a_client_of_one_mind_lends_no_small_group_its_own(claims):
    wave = _wave(claims, 0.3, 0.3)
    usual = usual_variance(wave, groups_of(wave, 5))
    assert usual["dimension"].within < 0.55**2
    assert usual["dimension"].group == pytest.approx(0.8**2)
    assert all(one.group >= one.within for one in usual.values())


def test_a_divided_client_lends_what_it_has(claims):
    wave = _wave(claims, 1.3, 1.3)
    usual = usual_variance(wave, groups_of(wave, 5))
    assert usual["dimension"].within == usual["dimension"].group > 0.9**2


def test_a_small_group_gets_the_cautious_one_and_units_the_one_that_was_found(claims):
    size = claims.Size("64 + 8", (8,) * 8, 8)
    released, _ = claims.released(size, _wave(claims, 0.3, 0.6))
    by = {(s.unit, s.group): s.spread for s in released.scores if s.measure == "roles"}
    assert by["org", "hr"] == 0.8
    assert by["u0", "leader"] < 0.6
    # Of ten and more a group's own spread is drawn towards the cautious one, four answers' worth.
    assert by["u0", "leader"] <= by["org", "leader"] < 0.7


def test_a_small_side_twice_as_divided_is_not_told_apart_by_chance(claims, monkeypatch):
    """At most one page of twenty; with the usual spread as it was found, one of six."""
    size = claims.Size("64 + 8", (64,), 8)
    world = claims.World.of(3.5, 0.5, hr=1.0)

    def told() -> int:
        rng = np.random.default_rng(8)
        found = [made for _, made in claims.reports(size, world, 60, rng)]
        return sum(any(one.claim == "gap.tends" for one in made) for made in found)

    assert told() <= 4

    def as_found(*args):
        return {k: Usual(v.within, v.within) for k, v in usual_variance(*args).items()}

    monkeypatch.setattr(benchmark("made_up.reports"), "usual_variance", as_found)
    assert told() >= 6
