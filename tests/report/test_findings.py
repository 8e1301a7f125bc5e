"""What the released numbers say before it is put into words: each rule with the numbers it needs."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from hrkit.disclosure.released import ALL, Certainty, Gap, Released, Score, Why
from hrkit.report import findings

ROOT = "fjordby"


@pytest.fixture
def released(client) -> Released:
    return client("municipality", "en").released


@pytest.fixture
def instrument(client) -> Any:
    return client("municipality", "en").context.instrument


def totals(released: Released, **means: float | None) -> Released:
    """Released tables in which only some dimensions have a total."""
    scores = tuple(
        Score(id, ROOT, ALL, Why.SHOWN if mean is not None else Why.SMALL, None, mean, mean, mean)
        for id, mean in means.items()
    )
    return dataclasses.replace(released, scores=scores, gaps=(), bands=())


def test_ranking_is_from_high_to_low_with_ties_in_the_order_of_ids(released, instrument) -> None:
    shown = totals(released, trust=3.0, roles=4.0, chain=3.0, presence=None)
    ranked = findings.ranking(shown, instrument, ROOT)
    assert [one.section.id for one in ranked] == ["roles", "chain", "trust"]
    assert [one.scores[0].mean for one in ranked] == [4.0, 3.0, 3.0]
    assert findings.ranking(totals(released), instrument, ROOT) == ()


def test_strengths_are_never_more_than_the_upper_half(released, instrument) -> None:
    shown = totals(released, trust=3.0, roles=4.0, chain=2.0)
    assert [f.section.id for f in findings.strengths(shown, instrument, ROOT)] == ["roles", "trust"]
    assert len(findings.strengths(shown, instrument, ROOT, 1)) == 1
    one = totals(released, trust=3.0)
    assert len(findings.strengths(one, instrument, ROOT)) == 1


def gap(measure: str, difference: float, certainty: Certainty, why: Why = Why.SHOWN) -> Gap:
    fields = {f.name: None for f in dataclasses.fields(Gap)} | {
        "measure": measure, "unit": ROOT, "first": "leader", "second": "hr", "why": why,
        "difference": difference, "certainty": certainty,
    }  # fmt: skip
    return Gap(**fields)


def test_gaps_clear_ones_come_first_then_by_size_and_small_unsure_ones_not_at_all(
    released, instrument
) -> None:
    shown = dataclasses.replace(
        totals(released),
        gaps=(
            gap("trust", 0.9, Certainty.UNKNOWN),
            gap("roles", -0.3, Certainty.CLEAR),
            gap("chain", 0.4, Certainty.TENDS),
            gap("presence", 0.4, Certainty.UNKNOWN),
            gap("change", 0.5, Certainty.UNKNOWN),
        ),
    )
    known = {section.id for section in instrument.dimensions}
    found = findings.gaps_that_matter(shown, instrument, ROOT, 9)
    assert [f.section.id for f in found] == [
        id for id in ("roles", "chain", "trust", "change") if id in known
    ]
    assert len(findings.gaps_that_matter(shown, instrument, ROOT, 2)) == 2
    hidden = dataclasses.replace(
        totals(released), gaps=(gap("trust", 0.9, Certainty.CLEAR, Why.ONE_SIDED),)
    )
    assert findings.gaps_that_matter(hidden, instrument, ROOT) == ()


def statements(released: Released, instrument: Any, *means: float | None) -> Released:
    section = instrument.dimensions[0]
    scores = tuple(
        Score(section.measure(item), ROOT, "leader",
              Why.SHOWN if mean is not None else Why.PROTECTED, 9, mean, mean, mean)
        for item, mean in zip(section.scored, means, strict=False)
    )  # fmt: skip
    return dataclasses.replace(released, scores=scores)


def test_extremes_are_the_best_and_the_worst_where_they_differ_as_printed(
    released, instrument
) -> None:
    section = instrument.dimensions[0]
    shown = statements(released, instrument, 3.0, 2.0, 4.0, None)
    found = findings.extremes(shown, instrument, section, "leader", ROOT)
    assert found is not None
    assert (found.best[0], found.worst[0]) == (section.scored[2], section.scored[1])
    for means in ((3.0, 3.0), (3.0,), (None, None)):
        alike = statements(released, instrument, *means)
        assert findings.extremes(alike, instrument, section, "leader", ROOT) is None


@pytest.mark.parametrize(("shares", "who"), [((0.1, 0.2), ""), ((0.25, 0.1), "leader"),
                                             ((0.3, 0.4), "hr"), ((None, None), "")])  # fmt: skip
def test_silence_is_a_finding_from_a_quarter_and_the_largest_counts(
    released, instrument, shares, who
) -> None:
    section = instrument.dimensions[0]
    scores = tuple(
        Score(section.id, ROOT, group, Why.SHOWN, 9, 3.0, 3.0, 3.0, share)
        for group, share in zip(("leader", "hr"), shares, strict=True)
    )
    shown = dataclasses.replace(released, scores=scores)
    found = findings.silence(shown, section, ("leader", "hr"), ROOT)
    assert (found.scores[0].group if found else "") == who
