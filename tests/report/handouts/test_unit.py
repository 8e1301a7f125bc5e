"""The two pages for one unit: its leaders beside all leaders, and nothing that is not shown."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from hrkit.blocks import Bullets, Callout, Card, Figure, Heading, Note, Paragraph, plain, walk
from hrkit.disclosure.released import Certainty, Contrast, Why
from hrkit.errors import HrkitError
from hrkit.report.handouts.unit import unit_sheet


def texts(blocks: Any) -> str:
    found = []
    for block in walk(blocks):
        if isinstance(block, (Heading, Paragraph, Note, Callout)):
            found.append(plain(block.text))
        elif isinstance(block, Bullets):
            found += [plain(item) for item in block.items if not isinstance(item, tuple) or item]
        elif isinstance(block, Card):
            found.append(block.title)
    return " ".join(map(str, found))


@pytest.fixture
def ctx(client) -> Any:
    return client("municipality", "en").context


@pytest.fixture
def shown(ctx) -> str:
    """A unit whose leaders have a figure on every dimension."""
    return next(
        unit.id
        for unit in ctx.engagement.units
        if unit.parent
        and all(ctx.score(s, "leader", unit.id).shown for s in ctx.instrument.dimensions)
    )


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_it_names_the_unit_and_draws_what_is_released(client, language: str) -> None:
    ctx = client("municipality", language).context
    unit = next(
        u
        for u in ctx.engagement.units
        if u.parent and ctx.score(ctx.instrument.dimensions[0], "leader", u.id).shown
    )
    blocks = unit_sheet(ctx, unit.id)
    assert unit.name in plain(blocks[0].text)
    (figure,) = [b for b in walk(blocks) if isinstance(b, Figure)]
    for section in ctx.instrument.dimensions:
        score = ctx.score(section, "leader", unit.id)
        if score.mean is not None:
            assert ctx.words.number(score.mean) in figure.alt
    assert "{" not in texts(blocks)


@pytest.mark.parametrize("certainty", [Certainty.TENDS, Certainty.UNKNOWN])
@pytest.mark.parametrize("key", ["higher", "lower"])
def test_it_names_what_more_than_chance_sets_apart(ctx, shown: str, key: str, certainty) -> None:
    pair = (shown, ctx.root) if key == "higher" else (ctx.root, shown)
    made = Contrast("unit", "trust", "leader", *pair, 0.6, certainty)
    released = dataclasses.replace(ctx.released, contrasts=(made,))
    said = texts(unit_sheet(dataclasses.replace(ctx, released=released), shown))
    told = key if certainty is Certainty.TENDS else "alike"
    for one in ("higher", "lower", "alike"):
        assert (ctx.words(f"sheets.unit.{one}") in said) is (one == told)


def test_a_unit_without_figures_says_so_and_keeps_its_questions(ctx, shown: str) -> None:
    scores = tuple(
        dataclasses.replace(s, why=Why.SMALL, mean=None, low=None, high=None, n=None)
        if s.unit == shown
        else s
        for s in ctx.released.scores
    )
    hidden = dataclasses.replace(ctx, released=dataclasses.replace(ctx.released, scores=scores))
    blocks = unit_sheet(hidden, shown)
    assert not [b for b in walk(blocks) if isinstance(b, Figure)]
    name = ctx.engagement.unit(shown).name
    assert ctx.words("sheets.unit.hidden", unit=name) in texts(blocks)
    assert ctx.words("sheets.unit.talk") in texts(blocks)


def test_a_unit_that_is_not_there_is_refused(ctx) -> None:
    with pytest.raises(HrkitError, match="There is no unit 'nowhere'; use fjordby, "):
        unit_sheet(ctx, "nowhere")
