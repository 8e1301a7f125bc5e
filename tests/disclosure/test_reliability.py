"""Reliability over everybody and by perspective, and where the rest would be a few."""

from __future__ import annotations

import numpy as np
import pytest

from hrkit.disclosure.released import ALL, Reliability
from hrkit.measure import alpha_by_group

from .offices import INSTRUMENT, Somebody, issue, office, people

SECTION = INSTRUMENT.dimensions[0]


def of(found: tuple[Reliability, ...]) -> dict[str, Reliability]:
    return {one.group: one for one in found if one.measure == SECTION.id}


def answers(everybody: list[Somebody], perspective: str) -> np.ndarray:
    keys = [SECTION.measure(i) for i in INSTRUMENT.scored_items(SECTION) if perspective in i.ask]
    return np.array(
        [[one.value(key) for key in keys] for one in everybody if one.perspective == perspective]
    )


def test_each_perspective_of_a_hundred_has_its_own() -> None:
    everybody = people(130) + people(110, "hr")
    found = of(issue(office(), everybody).released.reliability)
    assert set(found) == {ALL, "leader", "hr"}
    assert found[ALL].n == 240
    for place, group in enumerate(("leader", "hr")):
        matrix = answers(everybody, group)
        wanted = alpha_by_group(matrix, np.full(len(matrix), place), 2).iloc[place]
        one = found[group]
        assert one.n == wanted["n"] == len(matrix)
        shown = [one.alpha, one.low, one.high]
        assert shown == [round(float(wanted[c]), 2) for c in ("value", "low", "high")]
        assert [key for key, _ in one.rest] == [SECTION.measure(i) for i in SECTION.scored]
        assert one.cfi is not None and 0 <= one.cfi <= 1
        assert one.srmr is not None and one.srmr < 0.2


@pytest.mark.parametrize(
    ("others", "groups"),
    [(0, {ALL}), (9, {ALL}), (10, {ALL, "leader"}), (99, {ALL, "leader"})],
)
def test_a_few_never_stand_between_two_figures(others: int, groups: set[str]) -> None:
    """Of 130 leaders and nine of HR, α of all beside α of the leaders would be about the nine."""
    found = of(issue(office(), people(130) + people(others, "hr")).released.reliability)
    assert set(found) == groups


def test_not_below_a_hundred() -> None:
    assert issue(office(), people(99)).released.reliability == ()
