"""The figures of a chart can be read by everybody, and nobody hears them twice."""

from __future__ import annotations

import dataclasses
import re

import pytest

from hrkit.assessment.profile import load_profile
from hrkit.blocks import Figure, Table, plain, walk
from hrkit.disclosure.released import Share, Why
from hrkit.model.engagement import Branding
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.report.charts.shares import Bar, Category, bars
from hrkit.report.theme import contrast, diverging, ground, theme
from hrkit.tools import SECTIONS


def _ctx(client, profile="full"):
    ctx = client("municipality", "en").context
    return dataclasses.replace(ctx, profile=load_profile(profile))


def _figures(blocks):
    return [block for block in walk(blocks) if isinstance(block, Figure)]


def test_what_page_one_and_the_chain_draw_stands_in_a_table(client, undrawn):
    ctx = _ctx(client)
    essentials, chain = (
        block for block in walk(SECTIONS["figures"](ctx)) if isinstance(block, Table)
    )
    for row, section in zip(essentials.rows, ctx.instrument.dimensions, strict=True):
        for cell, side in zip(row[1:3], ctx.sides, strict=True):
            score = ctx.score(section, side.group)
            assert cell == (ctx.with_interval(score) if score.shown else ctx.missing(score))
    drawn = SECTIONS["chain"](ctx)
    (plot,) = _figures(drawn)[0].plots
    assert [row[0] for row in chain.rows] == list(plot.categories)
    for x, one in enumerate(plot.series, 1):
        said = [row[x] for row in chain.rows]
        assert [float(text) for text in said if text[0].isdigit()] == [
            value for value in one.values if value is not None
        ]


def test_a_chart_whose_figures_stand_in_a_table_is_not_read_out_too(client, undrawn):
    full, short = _ctx(client), _ctx(client, "summary")
    for section in ("summary", "chain"):
        told = _figures(SECTIONS[section](full))[0].alt
        assert full.words("sections.figures.title") in told and not re.search(r"\d\.\d", told)
    # A report without that page reads the chart out.
    assert re.search(r"\d\.\d", _figures(SECTIONS["summary"](short))[0].alt)


def test_a_report_without_those_charts_has_no_page_for_them(client, undrawn):
    ctx = client("service", "en").context
    assert SECTIONS["figures"](dataclasses.replace(ctx, profile=load_profile("full"))) == ()


@pytest.mark.parametrize("count", [4, 5, 7])
@pytest.mark.parametrize(
    ("primary", "accent"),
    [("", ""), ("#000000", "#00aa00"), ("#ff0000", "#ffee00"), ("#123456", "#123457")],
)
def test_the_two_ends_of_a_scale_differ_without_colour_and_all_text_reads(
    primary, accent, count
) -> None:
    fills = diverging(theme(Branding(primary=primary, accent=accent)), count)
    assert len(fills) == count
    assert contrast(fills[0][0], fills[-1][0]) >= 2
    assert min(contrast(fill, text) for fill, text in fills) >= 4.5
    # From either end the steps get lighter, to the middle.
    half = count // 2
    for side in (fills[:half], fills[::-1][:half]):
        to_white = [contrast(fill, "#ffffff") for fill, _ in side]
        assert to_white == sorted(to_white, reverse=True)
        assert len({fill for fill, _ in side}) == half


@pytest.mark.parametrize(
    ("primary", "accent"),
    [("", ""), ("#000000", "#00aa00"), ("#ff0000", "#ffee00"), ("#7a1f3d", "#ffb000"), ("#123456", "#123457")],
)  # fmt: skip
def test_the_two_ends_of_a_heat_map_differ_without_colour(primary, accent) -> None:
    look = theme(Branding(primary=primary, accent=accent))
    low, high = ground(look, -1), ground(look, 1)
    assert contrast(low, high) >= 2
    for side in (-1, 1):
        steps = [contrast(ground(look, side * way / 4), look.ink) for way in range(5)]
        assert steps == sorted(steps, reverse=True) and steps[-1] >= 4.5


@pytest.mark.parametrize("name", ["municipality", "two-missing"])
def test_what_lies_below_the_middle_is_bold_in_a_heat_map(client, name):
    ctx = client(name, "en").context
    table = next(b for b in walk(SECTIONS["units"](ctx)) if isinstance(b, Table))
    cells = [c for row in table.rows for c in row[1:] if plain(c)[:1].isdigit()]
    assert {isinstance(c, tuple) for c in cells} == {True, False}
    for cell in cells:
        assert (float(plain(cell)) < 3) == (not isinstance(cell, str) and cell[0].style == "strong")


@pytest.mark.parametrize("language", codes())
def test_a_side_alone_is_drawn_and_the_other_is_said_to_be_missing(client, language):
    """A firm with two dimensions of nine that both sides have figures on: page one shows nine."""
    ctx = client("firm", language).context
    (chart,) = (f for f in _figures(SECTIONS["summary"](ctx)) if "<svg" in f.svg)
    first = ctx.sides[0].group
    shown = [ctx.score(s, first) for s in ctx.instrument.dimensions]
    for score in shown:
        assert ctx.words.number(score.mean) in chart.svg
    assert ctx.words("report.why.one-sided").split()[0] in chart.svg


@pytest.mark.parametrize("count", [3, 4, 6, 8])
def test_answers_without_an_order_are_told_apart_in_grey(count: int) -> None:
    """Two shades that grey makes alike differ in what is drawn on them, in the picture and in its data."""
    answers = [Category(str(i), f"Answer {i}") for i in range(count)]
    share = Share("x", "all", Why.SHOWN, 40, tuple(map(str, range(count))), (1 / count,) * count)
    look = theme(Branding())
    figure = bars(look, words("en"), [Bar("Row", (("All", share),))], answers, together="few")
    (plot,) = figure.plots
    seen = [(contrast(one.colour, "#000000") / 21, one.pattern) for one in plot.series]
    for i, (grey, pattern) in enumerate(seen):
        for other, drawn in seen[:i]:
            assert pattern != drawn or abs(grey - other) > 0.15, (i, seen)
    assert figure.svg.count("<pattern") >= len({pattern for _, pattern in seen if pattern})
