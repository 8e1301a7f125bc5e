"""The heat map of units: printed numbers are the released means, shades are drawn towards the mean of all, and say so."""

from __future__ import annotations

import dataclasses
from types import ModuleType

import numpy as np
import pytest

from hrkit.assessment.profile import load_profile
from hrkit.blocks import Note, Table, plain, walk
from hrkit.model.languages import codes
from hrkit.report.context import Context
from hrkit.report.sections.units import shade, units
from hrkit.report.theme import theme

#: What the note says of shades that are drawn, by language.
SAID = {"en": "not the numbers, are drawn towards the average", "da": "ikke tallene, er trukket mod gennemsnittet",
        "nl": "niet de cijfers, zijn naar het gemiddelde"}  # fmt: skip


@pytest.fixture(scope="module")
def eight(claims: ModuleType) -> Context:
    """Eight units of twenty leaders: enough to draw their means."""
    size = next(s for s in claims.SIZES if len(s.leaders) == 8)
    engagement, _ = claims.place(size)
    world = claims.World({"": 3.0}, {"": 0.8}, steps=(0.1, 0.0))
    ((released, _),) = claims.reports(size, world, 1, np.random.default_rng(4))
    look = theme(engagement.branding, engagement.instrument.people)
    return Context(engagement, released, engagement.words("en"), look, load_profile("full"), None)


def heat_map(ctx: Context) -> tuple[Table, str]:
    blocks = list(walk(units(ctx)))
    table = next(b for b in blocks if isinstance(b, Table) and b.shades)
    return table, " ".join(plain(b.text) for b in blocks if isinstance(b, Note))


@pytest.mark.parametrize("language", codes())
def test_shades_are_drawn_towards_all_and_the_note_says_so(eight: Context, language: str) -> None:
    ctx = dataclasses.replace(eight, words=eight.engagement.words(language))
    table, note = heat_map(ctx)
    assert SAID[language] in note
    between = {b.measure: dict(b.shrunken) for b in ctx.released.between if b.group == "leader"}
    apart = 0
    for unit in ctx.engagement.units[1:]:
        at = next(i for i, r in enumerate(table.rows) if unit.name in plain(r[0]))
        for j, section in enumerate(ctx.instrument.dimensions, 1):
            mean = ctx.score(section, "leader", unit.id).mean
            if mean is None:
                continue
            assert plain(table.rows[at][j]) == ctx.words.number(mean)
            drawn = between[section.id][unit.id]
            assert table.shades[at][j] == shade(ctx, drawn)
            apart += abs(drawn - mean) >= 0.1
    assert apart > 5


def test_where_units_are_too_few_no_mean_is_drawn(eight: Context) -> None:
    between = tuple(dataclasses.replace(b, shrunken=()) for b in eight.released.between)
    few = dataclasses.replace(eight.released, between=between)
    table, note = heat_map(dataclasses.replace(eight, released=few))
    assert SAID["en"] not in note
    unit, section = eight.engagement.units[1], eight.instrument.dimensions[0]
    at = next(i for i, r in enumerate(table.rows) if unit.name in plain(r[0]))
    mean = eight.score(section, "leader", unit.id).mean
    assert mean is not None and table.shades[at][1] == shade(eight, mean)
