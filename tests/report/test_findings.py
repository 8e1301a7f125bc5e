"""What the released numbers say before it is put into words: each rule with the numbers it needs."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from hrkit.blocks import Paragraph, plain, walk
from hrkit.disclosure.released import (
    ALL,
    Certainty,
    Contrast,
    Gap,
    Priority,
    Released,
    Score,
    Why,
)
from hrkit.report import findings
from hrkit.report.sections import SECTIONS

ROOT = "fjordby"


@pytest.fixture
def released(client) -> Released:
    return client("municipality", "en").released


@pytest.fixture
def instrument(client) -> Any:
    return client("municipality", "en").context.instrument


def scores_of(released: Released, **sides: tuple[float, float]) -> Released:
    """Released tables in which only some dimensions have a mean of leaders and of HR."""
    scores = tuple(
        Score(id, ROOT, group, Why.SHOWN, 12, mean, mean, mean)
        for id, means in sides.items()
        for group, mean in zip(("leader", "hr"), means, strict=True)
    )
    return dataclasses.replace(released, scores=scores, gaps=(), bands=(), strengths=())


def test_strengths_are_those_that_were_released_with_the_two_sides(released, instrument) -> None:
    shown = scores_of(released, trust=(4.1, 4.3), roles=(4.6, 4.2))
    assert findings.strengths(shown, instrument, ROOT) == ()
    shown = dataclasses.replace(shown, strengths=("roles", "trust", "of-another-instrument"))
    found = findings.strengths(shown, instrument, ROOT)
    assert [f.section.id for f in found] == ["roles", "trust"]
    assert [s.mean for s in found[0].scores] == [4.6, 4.2]
    assert len(findings.strengths(shown, instrument, ROOT, 1)) == 1


def test_the_decision_list_leaves_out_what_is_at_its_target(released) -> None:
    rows = tuple(
        Priority(id, 4.0, 3.0, distance, rank, None, "leader", 4.0)
        for id, distance, rank in (("a", 0.4, 2), ("b", 0.0, 3), ("c", 1.0, 1), ("d", -0.3, 4))
    )
    shown = dataclasses.replace(released, priorities=rows)
    assert [p.measure for p in findings.to_take_up(shown)] == ["c", "a"]
    assert [p.measure for p in findings.to_take_up(shown, 1)] == ["c"]


def gap(measure: str, difference: float, certainty: Certainty, why: Why = Why.SHOWN) -> Gap:
    fields = {f.name: None for f in dataclasses.fields(Gap)} | {
        "measure": measure, "unit": ROOT, "first": "leader", "second": "hr", "why": why,
        "difference": difference, "certainty": certainty,
    }  # fmt: skip
    return Gap(**fields)


def test_gaps_clear_ones_come_first_then_by_size_and_unsure_ones_not_at_all(
    released, instrument
) -> None:
    shown = dataclasses.replace(
        scores_of(released),
        gaps=(
            gap("trust", 0.9, Certainty.UNKNOWN),
            gap("roles", -0.3, Certainty.CLEAR),
            gap("chain", 0.4, Certainty.TENDS),
            gap("presence", 0.4, Certainty.UNKNOWN),
            gap("change", 0.5, Certainty.UNKNOWN),
        ),
    )
    found = findings.gaps_that_matter(shown, instrument, ROOT)
    assert [f.section.id for f in found] == ["roles", "chain"]
    assert len(findings.gaps_that_matter(shown, instrument, ROOT, 1)) == 1
    hidden = dataclasses.replace(
        scores_of(released), gaps=(gap("trust", 0.9, Certainty.CLEAR, Why.ONE_SIDED),)
    )
    assert findings.gaps_that_matter(hidden, instrument, ROOT) == ()


def test_sides_a_level_apart_come_first_however_sure(released, instrument) -> None:
    shown = scores_of(released, trust=(1.5, 4.5), roles=(2.0, 3.2), chain=(2.0, 2.6))
    apart = [Score(id, ROOT, ALL, Why.DIVIDED) for id in ("trust", "roles")]
    shown = dataclasses.replace(
        shown,
        scores=(*shown.scores, *apart),
        gaps=(
            gap("roles", 1.2, Certainty.CLEAR),
            gap("trust", 3.0, Certainty.TENDS),
            gap("chain", 0.6, Certainty.CLEAR),
        ),
    )
    found = findings.divided(shown, instrument, ROOT)
    assert [f.section.id for f in found] == ["trust", "roles"]


def test_two_are_named_apart_only_where_noise_does_not_set_them_apart(released) -> None:
    def shown(certainty: Certainty) -> Released:
        made = Contrast("dimensions", "", "leader", "trust", "roles", 0.8, certainty)
        return dataclasses.replace(released, contrasts=(made,))

    assert findings.named_apart(shown(Certainty.UNKNOWN), "dimensions", "", "leader") is None
    found = findings.named_apart(shown(Certainty.TENDS), "dimensions", "", "leader")
    assert found is not None and (found.high, found.low) == ("trust", "roles")
    assert findings.named_apart(shown(Certainty.TENDS), "dimensions", "", "hr") is None


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


@pytest.mark.parametrize("certainty", [Certainty.TENDS, Certainty.CLEAR])
def test_what_divides_does_not_stand_under_what_carries(
    client, released, instrument, certainty
) -> None:
    """Both sides may rate high what they see differently by less than a level: it is told once."""
    shown = dataclasses.replace(
        scores_of(released, trust=(4.1, 4.3), roles=(4.7, 3.9)), strengths=("trust", "roles")
    )
    gap = Gap("roles", ROOT, "leader", "hr", Why.SHOWN, -0.8, -1.2, -0.4, certainty)
    told = dataclasses.replace(shown, gaps=(gap,))
    alike = dataclasses.replace(
        shown, gaps=(dataclasses.replace(gap, certainty=Certainty.UNKNOWN),)
    )

    def said(of: Released, section: str) -> str:
        ctx = dataclasses.replace(client("municipality", "en").context, released=of)
        return "\n".join(
            plain(b.text) for b in walk(SECTIONS[section](ctx)) if isinstance(b, Paragraph)
        )

    name = "(Leaders 4.7"
    assert [f.section.id for f in findings.strengths(alike, instrument, ROOT)] == ["trust", "roles"]
    assert [f.section.id for f in findings.strengths(told, instrument, ROOT)] == ["trust"]
    assert name in said(alike, "summary") and name not in said(told, "summary")
    # Where nothing else is high, neither page says that nothing is.
    alone = dataclasses.replace(told, strengths=("roles",))
    for section in ("summary", "employees"):
        assert "What both sides surely rate high they also see in different ways." in said(
            alone, section
        )
