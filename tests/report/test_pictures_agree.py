"""Picture, sentence and table say the same: bands that lie apart, words that say so, intervals without zero.

Bands are judged twice: as they are reckoned from the released tables (`made_up.agree`), and as they are read
off the drawn chart beside the page's own sentences and table (`tests.report.reader.agree`).
"""

from __future__ import annotations

import dataclasses
import re
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from hrkit.assessment.assessment import Assessment
from hrkit.assessment.profile import load_profile
from hrkit.blocks import Block, Figure, Note, plain, walk
from hrkit.disclosure.derived.frame import outward
from hrkit.disclosure.released import Certainty
from hrkit.model.languages import codes
from hrkit.report.charts import gaps as gaps_chart
from hrkit.report.charts import marks
from hrkit.report.context import Context
from hrkit.report.handouts.unit import unit_sheet
from hrkit.report.theme import theme
from hrkit.rounding import half_up
from hrkit.tools import SECTIONS
from hrkit.tools.partnership.conversation import conversation_sheet
from tests.report.reader import agree
from tests.report.reader.agree import chain_page, gap_page, profile_page, unit_page
from tests.report.reader.pictures import lines

#: Every so many of fifty, all pages are drawn; of the others that of the gaps.
WHOLE = 10


def drawn(claims: ModuleType, seed: int) -> Assessment:
    """A report of made-up people, as far as its tables go: of each seed another world, language in turn."""
    rng = np.random.default_rng([7, seed])
    size, world = claims.random_world(rng)
    engagement, _ = claims.place(size)
    ((released, _),) = claims.reports(size, world, 1, rng)
    look = theme(engagement.branding, engagement.instrument.people)
    words = engagement.words(tuple(codes())[seed % len(codes())])
    return Assessment(Context(engagement, released, words, look, load_profile("full"), None))


def odd(claims: ModuleType, report: Assessment, *, whole: bool) -> list[str]:
    """Everything in which pictures, sentences and tables of a report do not agree."""
    ctx = report.context
    found = claims.disagreements(ctx.released, ctx.instrument, ctx.root)
    found += gap_page(report)
    if whole:
        found += [*profile_page(report), *chain_page(report)]
        for unit in ctx.engagement.units[1:3]:
            found += unit_page(report, unit.id)
    return found


@pytest.mark.parametrize("tens", range(5))
def test_no_picture_contradicts_its_words(claims: ModuleType, tens: int) -> None:
    seeds = range(10 * tens, 10 * tens + 10)
    found = {s: odd(claims, drawn(claims, s), whole=s % WHOLE == 0) for s in seeds}
    assert {seed: one for seed, one in found.items() if one} == {}


@pytest.mark.soak
def test_no_picture_of_a_thousand_contradicts_its_words(claims: ModuleType) -> None:
    found = {
        seed: odd(claims, drawn(claims, seed), whole=seed % 5 == 0) for seed in range(50, 1050)
    }
    assert {seed: one for seed, one in found.items() if one} == {}


def told(claims: ModuleType) -> Assessment:
    """The first report with a difference that is told."""
    every = (drawn(claims, seed) for seed in range(20))
    return next(
        r for r in every if any(g.certainty is not Certainty.UNKNOWN for g in r.released.gaps)
    )


def test_a_contradiction_is_seen(claims: ModuleType) -> None:
    report = told(claims)
    gaps = tuple(dataclasses.replace(g, certainty=Certainty.UNKNOWN) for g in report.released.gaps)
    silent = dataclasses.replace(report.released, gaps=gaps)
    ctx = dataclasses.replace(report.context, released=silent)
    assert claims.disagreements(silent, ctx.instrument, ctx.root)
    assert list(gap_page(Assessment(ctx)))


def test_a_band_of_rounded_values_is_seen(
    claims: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Ends to a tenth and outwards, as they are printed beside a mean: bands overlap that the words part.
    exact = marks.band

    def rounded(*given: Any, **how: Any) -> tuple[float, float] | None:
        ends = exact(*given, **how)
        return ends and outward(*ends)

    def close(report: Assessment) -> bool:
        released, root = report.released, report.context.root
        told = (g for g in released.gaps if g.certainty is not Certainty.UNKNOWN)
        pairs = ([released.score(g.measure, s, root) for s in (g.first, g.second)] for g in told)
        return any(abs(a.mean - b.mean) - a.reach - b.reach < 0.05 for a, b in pairs)

    report = next(r for seed in range(50) if close(r := drawn(claims, seed)))
    assert [*gap_page(report), *profile_page(report)] == []
    monkeypatch.setattr(gaps_chart, "band", rounded)
    monkeypatch.setattr(marks, "band", rounded)
    assert list(gap_page(report))
    assert list(profile_page(report))


def test_a_mark_in_another_place_is_seen(
    claims: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The picture of one release beside the words of another.
    report = told(claims)
    scores = tuple(
        dataclasses.replace(s, mean=half_up(s.mean - 0.1, 1)) if s.mean else s
        for s in report.released.scores
    )
    moved = dataclasses.replace(report.released, scores=scores)
    chart = agree.gaps(dataclasses.replace(report.context, released=moved))
    words = [b for b in agree.gaps(report.context) if not isinstance(b, Figure)]
    drawing = [b for b in chart if isinstance(b, Figure)]
    monkeypatch.setattr(agree, "gaps", lambda _: (*words, *drawing))
    assert list(gap_page(report))


@pytest.mark.parametrize("seed", range(3))
def test_bands_beside_each_other_say_what_they_are(claims: ModuleType, seed: int) -> None:
    # On whatever page or sheet: an interval and a band for comparing look the same.
    report = drawn(claims, seed)
    ctx = report.context
    dimension = next(g.measure for g in ctx.released.gaps if g.shown)
    pieces: dict[str, tuple[Block, ...]] = {
        name: SECTIONS[name](ctx)
        for name in ("summary", "profile", "gaps", "chain", "pillars", "board")
    }
    pieces["unit"] = unit_sheet(ctx, ctx.engagement.units[-1].id)
    pieces["talk"] = conversation_sheet(ctx, dimension, ctx.instrument.sides[0])
    seen, silent = [], []
    for name, blocks in pieces.items():
        there = list(walk(blocks))
        for i, one in enumerate(there):
            rows = lines(one.svg, ctx.scale[0]) if isinstance(one, Figure) else ()
            if any(sum(m.low is not None for m in row.marks) > 1 for row in rows):
                notes = " ".join(plain(b.text) for b in there[i:] if isinstance(b, Note))
                seen.append(name)
                silent += [name] * (
                    not re.search(r"\b(?:bands|bånd|båndene|stroken)\b", notes, re.I)
                )
    assert {"summary", "profile", "board", "talk"} <= set(seen)
    assert silent == []
