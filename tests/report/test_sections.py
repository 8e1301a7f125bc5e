"""Importance, units, pillars, chain, comments, change, agreements and glossary: what they say and hold back."""

from __future__ import annotations

import dataclasses
import re

import pytest

from hrkit import synthetic
from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.profile import load_profile
from hrkit.blocks import Callout, Figure, Heading, Note, Paragraph, Quote, Table, plain, walk
from hrkit.disclosure.released import (
    ALL,
    Ballot,
    Certainty,
    Change,
    Comment,
    Contrast,
    Priority,
    Score,
    Why,
)
from hrkit.model.engagement import Unit, Wave
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.report.charts.importance import place
from hrkit.report.sections.units import shade
from hrkit.report.theme import contrast
from hrkit.tools import SECTIONS

pytestmark = pytest.mark.usefixtures("undrawn")

NEW = ("importance", "units", "pillars", "chain", "comments", "change", "agreements", "glossary")


@pytest.fixture(scope="module")
def contexts(client):
    """One released context per client; the language is changed without releasing again."""
    return {name: client(name, "en").context for name in synthetic.CLIENTS}


@pytest.fixture(scope="module")
def rated(tmp_path_factory):
    """The municipality as the first edition asks it: importance is rated."""
    client = dataclasses.replace(synthetic.client("municipality"), instrument="partnership-1")
    folder = tmp_path_factory.mktemp("first")
    synthetic.build(client, folder)
    return assess(folder, language="en").context


def speaking(ctx, language="en", **released):
    """The context in a language, with some released tables exchanged."""
    return dataclasses.replace(
        ctx, words=words(language), released=dataclasses.replace(ctx.released, **released)
    )


def texts(blocks):
    found = []
    for block in walk(blocks):
        if isinstance(block, (Heading, Paragraph, Note, Callout)):
            found.append(plain(block.text))
        elif isinstance(block, Quote):
            found.append(block.text)
        elif isinstance(block, Table):
            found += block.columns
            found += [plain(cell) for row in block.rows for cell in row]
        elif isinstance(block, Figure):
            found.append(block.alt)
    return found


def tables(blocks):
    return [block for block in walk(blocks) if isinstance(block, Table)]


def figures(blocks):
    return [block for block in walk(blocks) if isinstance(block, Figure)]


def without(scores, test, why=Why.PROTECTED):
    """The scores, those that pass the test hidden."""
    return tuple(
        dataclasses.replace(s, why=why, n=None, mean=None, low=None, high=None) if test(s) else s
        for s in scores
    )


# ------------------------------------------------------------------------------- every section


@pytest.mark.drawn
def test_charts_are_the_same_every_time(contexts):
    ctx = speaking(contexts["municipality"])
    for name in ("importance", "chain", "pillars"):
        first, again = (figures(SECTIONS[name](ctx)) for _ in range(2))
        assert first and all("<path" in figure.svg for figure in first)
        assert [f.svg for f in first] == [f.svg for f in again]


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("name", synthetic.CLIENTS)
def test_every_section_of_every_client_in_every_language(contexts, name, language):
    ctx = speaking(contexts[name], language)
    if language not in ctx.instrument.languages:
        pytest.skip("the instrument has no such language")
    for section in NEW:
        for text in texts(SECTIONS[section](ctx)):
            assert "{" not in re.sub(r"<[^>]*>", "", text), (section, text)
        for table in tables(SECTIONS[section](ctx)):
            assert all(len(row) == len(table.columns) for row in table.rows)
            assert not table.shades or [len(r) for r in table.shades] == [
                len(r) for r in table.rows
            ]
            assert not table.widths or len(table.widths) == len(table.columns)


def test_nothing_released_leaves_only_pages_that_need_no_numbers(contexts):
    ctx = contexts["municipality"]
    nothing = speaking(
        ctx,
        scores=without(ctx.released.scores, lambda s: True),
        priorities=(),
        gaps=(),
        bands=(),
        comments=(),
        changes=(),
        contrasts=(),
        between=(),
        strengths=(),
    )
    for name in ("importance", "chain", "comments", "change", "units"):
        assert SECTIONS[name](nothing) == (), name
    assert any(isinstance(b, Callout) for b in SECTIONS["pillars"](nothing))
    assert len(tables(SECTIONS["agreements"](nothing))) == 2


def test_profiles_name_them_and_the_whole_report_prints(contexts):
    from hrkit.publish.pdf import render_pdf

    full = load_profile("full")
    assert set(NEW) <= {s for part in full["parts"].values() for s in part}
    workshop = load_profile("workshop")
    assert set(workshop["parts"]) == set(full["parts"])
    ctx = dataclasses.replace(speaking(contexts["odd-names"], "da"), profile=workshop)
    assert render_pdf(Assessment(ctx).blocks()).startswith(b"%PDF")


# ---------------------------------------------------------------------------------- importance


def test_importance_wording_follows_the_share_of_draws(contexts):
    ctx = contexts["municipality"]
    names = [s.id for s in ctx.instrument.dimensions]
    shares = (0.97, 0.7, 0.4, 0.1)
    rows = tuple(
        Priority(name, 4.0, 3.0, 1.0, rank, share)
        for rank, (name, share) in enumerate(zip(names, shares, strict=False), 1)
    )
    said = " ".join(texts(SECTIONS["importance"](speaking(ctx, priorities=rows))))
    by_id = {s.id: ctx.text(s.name) for s in ctx.instrument.dimensions}
    assert f"Firmly among the first three: {by_id[names[0]]}." in said
    assert f"we cannot tell: “{by_id[names[1]]}” and “{by_id[names[2]]}”." in said
    assert not re.search(rf"we cannot tell[^.]*{re.escape(by_id[names[3]])}", said)


def test_importance_says_when_every_target_is_reached(contexts):
    ctx = contexts["municipality"]
    rows = tuple(dataclasses.replace(p, distance=-0.2, first=None) for p in ctx.released.priorities)
    said = texts(SECTIONS["importance"](speaking(ctx, priorities=rows)))
    assert any("the average has reached the target that was agreed" in text for text in said)
    assert not any("among the first three" in text.lower() for text in said)


def test_what_was_chosen_is_drawn_as_it_is_released_and_few_are_told_together(contexts):
    ctx = contexts["municipality"]
    blocks = SECTIONS["importance"](speaking(ctx))
    (plot,) = figures(blocks)[0].plots
    names = {ctx.text(s.name): s.id for s in ctx.instrument.dimensions}
    told = [b for b in ctx.released.ballots if b.shown and b.group != "all"]
    assert {series.name for series in plot.series} == {ctx.label(b.group, short=True) for b in told}
    few = 0
    for series, ballot in zip(plot.series, told, strict=True):
        for name, value, said in zip(plot.categories, series.values, series.said, strict=True):
            if names[name] in ballot.together:
                few += 1
                assert (value, said) == (None, "few")
            else:
                assert value == ballot.share(names[name]) and said == f"{100 * value:.0f}%"
    assert few
    said = " ".join(texts(blocks))
    assert "each person chose 3 of 9" in said and "“" in said and "few chose" in said
    for row, one in zip(
        tables(blocks)[0].rows, sorted(ctx.released.priorities, key=lambda p: p.rank), strict=True
    ):
        assert row[3] == f"{100 * one.chosen:.0f}%"


def test_where_no_choice_may_be_shown_the_order_is_that_of_the_distances_and_says_so(contexts):
    ctx = contexts["municipality"]
    ballots = tuple(Ballot(b.measure, b.group, Why.SMALL) for b in ctx.released.ballots)
    rows = tuple(
        dataclasses.replace(p, chosen=None, rank=i)
        for i, p in enumerate(sorted(ctx.released.priorities, key=lambda p: -p.distance), 1)
    )
    blocks = SECTIONS["importance"](speaking(ctx, priorities=rows, ballots=ballots))
    said = " ".join(texts(blocks))
    assert "so the order follows the distance to the target alone" in said
    assert "By the distance to the target alone, the first to take up is" in said
    assert not figures(blocks) and all(row[3] == "–" for row in tables(blocks)[0].rows)


def test_importance_map_leaves_out_a_dimension_whose_importance_is_hidden(rated):
    ctx = rated
    rows = tuple(
        dataclasses.replace(p, importance=None) if p.measure == "trust" else p
        for p in ctx.released.priorities
    )
    blocks = SECTIONS["importance"](speaking(ctx, priorities=rows))
    drawn = [point for plot in figures(blocks)[0].plots for point in str(plot).split("name=")]
    assert not any("Relationship & trust" in one for one in drawn)
    # The table has every figure of the map, so that nobody hears them twice; in it it keeps its place.
    assert "stand in the table" in figures(blocks)[0].alt
    assert any("Relationship & trust" in map(plain, row) for row in tables(blocks)[0].rows)


def _overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("seed", range(20))
def test_labels_never_collide(seed):
    import random

    chance = random.Random(seed)
    points = [(chance.uniform(200, 380), chance.uniform(60, 220)) for _ in range(9)]
    sizes = [(chance.uniform(30, 110), chance.choice((10, 20))) for _ in points]
    taken = [(0.0, 190.0, 429.0, 192.0)]
    boxes = place(points, sizes, (429, 257), taken)
    if boxes is None:
        return
    for i, box in enumerate(boxes):
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= 429 and box[3] <= 257
        assert not any(_overlap(box, other) for other in [*boxes[:i], *taken])
        assert not any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points)


def test_labels_without_room_are_numbered(rated):
    assert place([(50, 50)] * 30, [(80, 20)] * 30, (100, 100)) is None
    ctx = rated
    same = tuple(dataclasses.replace(p, importance=4.9, score=4.9) for p in ctx.released.priorities)
    blocks = SECTIONS["importance"](speaking(ctx, priorities=same))
    assert figures(blocks) and len(tables(blocks)[0].rows) == 9


# --------------------------------------------------------------------------------------- units


def test_units_print_released_means_and_words_for_what_is_hidden(contexts):
    ctx = speaking(contexts["municipality"])
    table = tables(SECTIONS["units"](ctx))[0]
    names = {plain(row[0]).split("\N{NO-BREAK SPACE} n")[0].strip(): row for row in table.rows}
    by_name = {unit.name: unit.id for unit in ctx.engagement.units}
    seen = 0
    for row in table.rows:
        name = re.sub(
            r"\s+n\s=\s\d+$", "", plain(row[0]).replace("\N{NO-BREAK SPACE}", " ")
        ).strip()
        for section, cell in zip(ctx.instrument.dimensions, row[1:], strict=True):
            score = ctx.score(section, "leader", by_name[name])
            if score.mean is None:
                assert plain(cell) in ("too few", "hidden", "–")
            else:
                assert plain(cell) == ctx.words.number(score.mean)
                seen += 1
    assert names and seen > 40


def test_units_with_nothing_to_show_stand_in_one_sentence_with_their_parent(contexts):
    said = " ".join(texts(SECTIONS["units"](speaking(contexts["municipality"]))))
    assert "Too few answers to be shown: Kultur og Fritid. They count in Fjordby Kommune." in said  # fmt: skip


def test_units_without_any_answer_are_not_said_to_count_somewhere(contexts):
    said = " ".join(texts(SECTIONS["units"](speaking(contexts["municipality"]))))
    assert "No answers from the leaders: Stab og HR." in said


def test_units_of_one_unit_have_no_page_and_of_none_shown_a_sentence(contexts):
    ctx = contexts["firm"]
    root = ctx.engagement.root
    alone = dataclasses.replace(ctx, engagement=dataclasses.replace(ctx.engagement, units=(root,)))
    assert SECTIONS["units"](alone) == ()
    hidden = without(ctx.released.scores, lambda s: s.unit != root.id)
    blocks = SECTIONS["units"](speaking(ctx, scores=hidden))
    assert any(isinstance(b, Callout) and "No single unit" in plain(b.text) for b in blocks)


def test_forty_units_keep_their_order_and_compare_no_unit_with_its_own_part(contexts):
    ctx = contexts["municipality"]
    more = tuple(Unit(f"u{i}", f"Unit {i}", "boern") for i in range(40))
    scores = ctx.released.scores + tuple(
        Score("trust", u.id, "leader", Why.SHOWN, 9, 3.6, 3.5, 3.7) for u in more
    )
    # The parent is far below: it must not be named against its own sub-units.
    scores = tuple(
        dataclasses.replace(s, mean=1.1, low=1.0, high=1.2)
        if (s.measure, s.unit, s.group) == ("trust", "boern", "leader")
        else s
        for s in scores
    )
    engagement = dataclasses.replace(ctx.engagement, units=ctx.engagement.units + more)
    wide = dataclasses.replace(speaking(ctx, scores=scores), engagement=engagement)
    blocks = SECTIONS["units"](wide)
    assert "(1.1)" not in " ".join(texts(blocks)[:4])
    rows = [plain(row[0]) for row in tables(blocks)[0].rows]
    assert sum("Unit" in row for row in rows) == 40
    assert (
        rows[0].startswith("Fjordby")
        and "Unit 39" in rows[rows.index(next(r for r in rows if "Social" in r)) - 1]
    )


@pytest.mark.parametrize("mean", [1.0, 1.7, 2.4, 3.0, 3.3, 4.1, 5.0])
def test_numbers_can_be_read_on_their_shade(contexts, mean):
    for ctx in (c for c in contexts.values() if c.instrument.dimensions):
        assert contrast(shade(ctx, mean), ctx.theme.ink) >= 4.5


# --------------------------------------------------------------------------------------- chain


def level(id, mean, low, high, measure="chain", n=8):
    return Score(measure, "fjordby", id, Why.SHOWN, n, mean, low, high)


def chained(ctx, *scores):
    others = tuple(s for s in ctx.released.scores if "/" not in s.group and s.group != "top")
    return speaking(ctx, scores=others + scores)


def test_chain_names_the_two_levels_that_differ_and_never_calls_it_clear(contexts):
    ctx = chained(
        contexts["municipality"],
        level("top", 4.1, 4.0, 4.2),
        level("leader/2", 3.4, 3.2, 3.6),
        level("leader/10", 2.7, 2.5, 2.9),
    )
    made = (
        Contrast("tiers", "chain", "", "top", "leader/10", 1.4, Certainty.TENDS),
        Contrast("tiers", "chain", "", "top", "leader/2", 0.7, Certainty.UNKNOWN),
    )
    blocks = SECTIONS["chain"](speaking(ctx, contrasts=made))
    said = texts(blocks)
    assert said[1] == (
        "On “Dialogue in the leadership chain” the score appears to be lower for tier 10 (2.7) "
        "than further up, for top management (4.1). There top management rates its own work."
    )
    assert "clearly" not in " ".join(said)
    named = [one.name for one in figures(blocks)[0].plots[0].series]
    assert [name.replace("\N{NO-BREAK SPACE}", " ") for name in named[1:]] == [
        "Tier 2 (n = 8)", "Tier 10 (n = 8)",
    ]  # fmt: skip


def test_chain_says_where_it_rises(contexts):
    ctx = chained(
        contexts["municipality"], level("leader/2", 2.4, 2.2, 2.6), level("leader/3", 3.6, 3.4, 3.8)
    )
    made = (Contrast("tiers", "chain", "", "leader/3", "leader/2", 1.2, Certainty.TENDS),)
    said = texts(SECTIONS["chain"](speaking(ctx, contrasts=made)))
    assert "higher for tier 3 (3.6) than further up, for tier 2 (2.4)" in said[0]


def test_chain_says_it_cannot_tell_where_no_two_levels_differ(contexts):
    ctx = chained(
        contexts["municipality"], level("leader/2", 3.4, 3.0, 3.8), level("leader/3", 3.0, 2.6, 3.4)
    )
    made = (Contrast("tiers", "chain", "", "leader/2", "leader/3", 0.4, Certainty.UNKNOWN),)
    said = texts(SECTIONS["chain"](speaking(ctx, contrasts=made)))
    assert said[0].startswith("Whether the tiers of the chain differ, we cannot tell")


def test_chain_needs_two_levels(contexts):
    ctx = chained(
        contexts["municipality"], level("top", 4.1, 4.0, 4.2), level("leader/2", 3.4, 3.0, 3.8)
    )
    assert SECTIONS["chain"](ctx) == ()


def test_chain_levels_that_share_no_dimension_have_no_page(contexts):
    ctx = chained(
        contexts["municipality"],
        level("leader/2", 3.4, 3.0, 3.8),
        level("leader/3", 3.0, 2.6, 3.4, "trust"),
    )
    assert SECTIONS["chain"](ctx) == ()


def test_chain_levels_in_own_words_have_no_order(contexts):
    ctx = chained(
        contexts["municipality"],
        level("leader/teamleder", 2.4, 2.2, 2.6),
        level("leader/chef", 3.6, 3.4, 3.8),
    )
    pair = ("leader/chef", "leader/teamleder")
    made = (Contrast("tiers", "chain", "", *pair, 1.2, Certainty.TENDS),)
    said = texts(SECTIONS["chain"](speaking(ctx, contrasts=made)))
    assert "higher for “chef” (3.6) than for “teamleder” (2.4)" in said[1]
    assert not any("further up" in text for text in said)


# ------------------------------------------------------------------------------------- pillars


def test_pillars_rest_on_the_tagged_statements(contexts):
    ctx = speaking(contexts["municipality"])
    table = tables(SECTIONS["pillars"](ctx))[0]
    assert len(table.rows) == len(ctx.instrument.pillars) == 5
    backing = plain(table.rows[4][-1])
    tagged = [i for i in ctx.instrument.items.values() if "pillar.backing" in i.tags]
    assert tagged and all(ctx.wording(item).rstrip(".") in backing for item in tagged)


def test_pillars_that_noise_sets_apart_are_not_ranked(contexts):
    ctx = contexts["municipality"]
    names = list(ctx.instrument.pillars)

    def said(certainty):
        made = (Contrast("pillars", "", "leader", names[0], names[1], 0.9, certainty),)
        return " ".join(texts(SECTIONS["pillars"](speaking(ctx, contrasts=made))))

    assert "appear to rate" in said(Certainty.TENDS)
    assert "appear to rate" not in said(Certainty.UNKNOWN)


# ------------------------------------------------------------------------------------ comments


def test_comments_stand_under_their_theme_without_a_group(contexts):
    comments = (
        Comment("open.01", "", "No theme"),
        Comment("open.02", "Tone", "Short one"),
        Comment("open.01", "Tone", "Another {n} <b>"),
    )
    blocks = SECTIONS["comments"](speaking(contexts["municipality"], comments=comments))
    said = texts(blocks)
    assert said.index("Tone") < said.index("Short one") < said.index("Another {n} <b>")
    assert said.index("Another {n} <b>") < said.index("No theme")
    assert all(not b.by for b in walk(blocks) if isinstance(b, Quote))


# -------------------------------------------------------------------------------------- change


def waves(ctx, *changes):
    earlier = Wave("w0", {"en": "spring 2025", "da": "forår 2025", "nl": "voorjaar 2025"})
    engagement = dataclasses.replace(ctx.engagement, waves=(earlier, *ctx.engagement.waves))
    return dataclasses.replace(speaking(ctx, changes=changes), engagement=engagement)


def test_change_wording_follows_certainty_and_says_whose_it_is(contexts):
    ctx = waves(
        contexts["municipality"],
        Change("trust", "leader", "w0", 3.0, 3.8, 0.8, 0.4, 1.2, 0.4, Certainty.CLEAR),
        Change("roles", "hr", "w0", 3.5, 3.1, -0.4, -0.8, -0.1, 0.4, Certainty.TENDS),
        Change("chain", "leader", "w0", 3.0, 3.1, 0.1, -0.4, 0.6, 0.5, Certainty.UNKNOWN),
        Change("trust", ALL, "w0", 2.9, 3.9, 1.0, 0.5, 1.5, 0.5, Certainty.CLEAR),
    )
    blocks = SECTIONS["change"](ctx)
    said = texts(blocks)
    # As many as the heat map marks, that of the total among them; the total has no sentence.
    assert said[0] == "3 changes since spring 2025 are larger than chance would explain"
    assert said[1] == (
        "On Relationship & trust the score is clearly higher, seen from the leaders: "
        "from 3.0 to 3.8 (+0.8; +0.4 to +1.2)."
    )
    assert said[2].startswith("On Roles & expectations the score appears to be lower, seen from HR")
    assert "For the leaders, a change has to be about 0.5 or more" in said[3]
    assert "about 0.4 or more" in said[4]
    assert "stand in the table" in figures(blocks)[0].alt
    table = tables(blocks)[0]
    assert table.columns[1:] == ("Leaders", "HR", "All")
    # In the instrument's order: roles before trust.
    assert [plain(cell) for cell in table.rows[1]][1:] == ["▲ +0.8 (0.4)", "–", "▲ +1.0"]
    # A colour and a frame only where more than chance moved the figure.
    styles = [
        span.style for row in table.rows for cell in row if isinstance(cell, tuple) for span in cell
    ]
    assert styles.count("filled") == 2 and styles.count("outlined") == 1
    assert len({ground for row in table.shades for ground in row[1:]}) == 3


def test_a_headline_is_of_those_who_have_figures(contexts):
    """Where the first side has none, no headline says that nothing differs: another side's page may tell."""
    ctx = contexts["municipality"]
    scores = tuple(
        dataclasses.replace(s, why=Why.SMALL, mean=None) if s.group == "leader" else s
        for s in ctx.released.scores
    )
    only = speaking(ctx, scores=scores, gaps=(), strengths=(), contrasts=())
    said = texts(SECTIONS["summary"](only))[0]
    assert said.startswith("In the eyes of HR")


def test_a_change_of_others_than_the_sides_is_told_where_the_sides_have_none(contexts):
    """No title says that we cannot tell above a heat map that marks a change."""
    ctx = waves(
        contexts["municipality"],
        Change("trust", "leader", "w0", 3.0, 3.1, 0.1, -0.4, 0.6, 0.5, Certainty.UNKNOWN),
        Change("trust", "top", "w0", 4.6, 3.0, -1.6, -2.6, -0.6, 1.0, Certainty.TENDS),
    )
    said = texts(SECTIONS["change"](ctx))
    assert said[0] == "One change since spring 2025 is larger than chance would explain"
    assert said[1].startswith(
        "On Relationship & trust the score appears to be lower, seen from top"
    )


def test_change_that_cannot_be_told_is_not_told_and_how_large_it_would_have_to_be_is(contexts):
    ctx = waves(
        contexts["municipality"],
        Change("chain", "leader", "w0", 3.0, 3.6, 0.6, -0.1, 1.3, 0.7, Certainty.UNKNOWN),
    )
    said = texts(SECTIONS["change"](ctx))
    assert (
        said[0]
        == "Whether anything has changed since spring 2025, we cannot tell from these figures"
    )
    assert "about 0.7 or more" in said[1]
    assert not any("higher" in text for text in said)


# --------------------------------------------------------------------- page one, scorecard, roadmap


@pytest.mark.parametrize("name", ["municipality", "firm", "two-missing", "odd-names"])
def test_page_one_scorecard_and_roadmap_read_one_list(contexts, name):
    ctx = speaking(contexts[name])
    order = [
        ctx.name(s)
        for p in sorted(ctx.released.priorities, key=lambda p: p.rank)
        for s in ctx.instrument.dimensions
        if s.id == p.measure
    ]
    decisions = tables(SECTIONS["summary"](ctx))[0]
    # What and why, who, how it begins, the first sign: nothing of a decision is left open.
    assert all(plain(cell).strip() for row in decisions.rows for cell in row)
    whys = [plain(row[0]).split("\n")[1].split(":")[0] for row in decisions.rows]
    assert whys == [one for one in order if one in whys]
    card = tables(SECTIONS["contents"](ctx))[0]
    place = card.columns.index("Priority")
    ranks = {plain(row[0]): plain(row[place]) for row in card.rows}
    assert [ranks[one] for one in whys] == [str(order.index(one) + 1) for one in whys]
    road = tables(SECTIONS["roadmap"](ctx))[0]
    assert [plain(row[0]).split("\n")[0].split(" ", 1)[1] for row in road.rows] == whys
    assert all(
        "Effort" in plain(cell) and "effect" in plain(cell)
        for row in road.rows
        for cell in row[1:]
        if plain(cell) != "–"
    )


@pytest.mark.parametrize("certainty", Certainty)
def test_titles_say_what_was_found_or_soberly_that_nothing_was(contexts, certainty):
    ctx = contexts["municipality"]
    gaps = tuple(dataclasses.replace(g, certainty=certainty) for g in ctx.released.gaps)
    ctx = speaking(ctx, gaps=gaps, strengths=())
    titles = [
        plain(b.text)
        for b in SECTIONS["dimensions"](ctx)
        if isinstance(b, Heading) and b.level == 1
    ]
    names = [ctx.name(s) for s in ctx.instrument.dimensions]
    assert all(title.startswith(name) for title, name in zip(titles, names, strict=True))
    told = {
        Certainty.CLEAR: "clearly higher",
        Certainty.TENDS: "apparently higher",
        Certainty.UNKNOWN: "no difference that is certain",
    }
    for word in told.values():
        assert any(word in title for title in titles) == (word == told[certainty])


def test_bars_are_written_as_what_they_show(contexts):
    ctx = speaking(contexts["municipality"])
    section = ctx.instrument.dimensions[0]
    table = next(t for t in tables(SECTIONS["dimensions"](ctx)) if t.columns[0] == "Statement")
    bars = [
        [s.text for s in cell if s.style == "shares"] for cell in (row[3] for row in table.rows)
    ]
    for item, bar in zip(section.scored, bars, strict=True):
        known = ctx.released.distribution(section.measure(item), "leader")
        assert bar == [" · ".join(f"{100 * share:.0f}" for share in known.shares)]


# ------------------------------------------------------------------------ agreements, glossary


def test_agreements_leave_room_to_write(contexts):
    form, signed = tables(SECTIONS["agreements"](speaking(contexts["municipality"])))
    assert len(form.rows) >= 4 and all(set(row[1:]) == {""} for row in form.rows)
    assert "Presence & everyday support" in plain(form.rows[0][0])
    assert signed.columns[0] == "Date"


def test_glossary_explains_only_what_the_report_uses(contexts):
    ctx = speaking(contexts["municipality"])
    terms = [plain(row[0]) for row in tables(SECTIONS["glossary"](ctx))[0].rows]
    assert "Pillar" in terms and len(terms) >= 12
    bare = dataclasses.replace(ctx.instrument, pillars={}, sides=(), has_grid=False)
    engagement = dataclasses.replace(ctx.engagement, instrument=bare)
    fewer = tables(SECTIONS["glossary"](dataclasses.replace(ctx, engagement=engagement)))[0].rows
    assert not {"Pillar", "Difference", "Level", "Band"} & {plain(row[0]) for row in fewer}
