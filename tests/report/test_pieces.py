"""A piece for each reader: as long as it promises, in the words of its reader, from released figures only."""

from __future__ import annotations

import dataclasses
import re

import pytest

from hrkit.assessment.assessment import Assessment
from hrkit.assessment.profile import load_profile
from hrkit.blocks import Callout, Figure, Heading, Table, plain, walk
from hrkit.model.languages import codes
from hrkit.model.letters import BLANK
from hrkit.model.script import script_of
from hrkit.report import findings
from hrkit.tools import SECTIONS
from tests.pages import pages_of

CLIENTS = ("municipality", "firm", "two-missing", "odd-names")
#: Words that a reader without statistics stumbles over.
STATISTICS = {
    "en": r"\bmean|average|interval|confiden|signific|\bscores?\b|percent|%|chance|deviation|level",
    "da": r"gennemsnit|interval|signifikan|\bscore|procent|%|tilfæld|spredning|niveau",
    "nl": r"gemiddeld|interval|significan|\bscore|procent|%|toeval|spreiding|niveau",
}


def made(client, name, language, profile):
    ctx = client(name, language).context
    return Assessment(dataclasses.replace(ctx, profile=load_profile(profile)), profile)


def texts_of(value):
    """Every text of some blocks."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("svg", "type", "style", "tone", "link", "plots"):
                yield from texts_of(getattr(value, field.name))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts_of(one)


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.usefixtures("drawn")
def test_a_piece_has_the_pages_it_promises(client, tmp_path, name, language):
    from hrkit.publish.pdf import render_pdf

    if language not in client(name, language).context.instrument.languages:
        pytest.skip("the instrument has no such language")
    for profile, pages in (("board", 1), ("employees", 2)):
        path = tmp_path / f"{profile}.pdf"
        path.write_bytes(render_pdf(made(client, name, language, profile).blocks()))
        assert len(pages_of(path)) == pages, profile


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("name", CLIENTS)
def test_everybody_reads_no_word_of_statistics(client, name, language):
    ctx = client(name, language).context
    said = list(texts_of(SECTIONS["employees"](ctx)))
    assert not any(isinstance(block, Figure) for block in walk(SECTIONS["employees"](ctx)))
    # What an action, a description or the client itself says is theirs to word.
    own = [ctx.engagement.client, ctx.engagement.consultant.name, ctx.engagement.consultant.email]
    own += [ctx.text(s.about) for s in ctx.instrument.dimensions]
    own += [ctx.text(a.text) for a in (ctx.library.actions if ctx.library else ())]
    own += [ctx.text(row.text) for s in ctx.instrument.dimensions for row in s.grid]
    for text in said:
        for theirs in own:
            text = text.replace(theirs, "")
        assert not re.search(STATISTICS[language], text.lower()), text
        assert not re.search(r"\d[.,]\d", text), text


def test_the_board_reads_the_list_that_the_report_has(client):
    ctx = client("municipality", "en").context
    blocks = SECTIONS["board"](ctx)
    (table,) = [b for b in walk(blocks) if isinstance(b, Table)]
    listed = [one.measure for one in findings.to_take_up(ctx.released, 3)]
    names = {s.id: ctx.name(s) for s in ctx.instrument.dimensions}
    assert [plain(row[0]).split("\n")[0] for row in table.rows] == [names[id] for id in listed]
    for row, id in zip(table.rows, listed, strict=True):
        for side in ctx.sides:
            assert f"{side.label} {ctx.mean(ctx.score(id, side.group))}" in plain(row[2])


def test_nothing_released_is_said_and_nothing_made_up(client):
    ctx = client("municipality", "da").context
    none = dataclasses.replace(
        ctx,
        released=dataclasses.replace(
            ctx.released, scores=(), gaps=(), priorities=(), strengths=(), contrasts=(), bands=()
        ),
    )
    for name in ("board", "employees"):
        blocks = SECTIONS[name](none)
        assert any(isinstance(block, Callout) for block in blocks)
        assert not any(isinstance(block, Figure) for block in walk(blocks))
    # The tables still have something to talk about.
    assert SECTIONS["worksheets"](none)


def test_the_days_are_the_engagements_or_a_blank(client):
    ctx = client("municipality", "en").context
    assert sum(text.count(BLANK) for text in texts_of(SECTIONS["employees"](ctx))) == 2
    import datetime as dt

    dates = dataclasses.replace(ctx.engagement.letters, meeting=dt.date(2027, 3, 9))
    dated = dataclasses.replace(ctx, engagement=dataclasses.replace(ctx.engagement, letters=dates))
    said = list(texts_of(SECTIONS["employees"](dated)))
    assert "9 March 2027" in said and sum(text.count(BLANK) for text in said) == 1


def test_what_lies_on_the_tables_holds_no_figure_of_the_survey(client):
    """Whatever is released: agenda, worksheets, cards and script say the same but for which rows they take."""
    ctx = client("municipality", "en").context
    other = dataclasses.replace(
        ctx,
        released=dataclasses.replace(
            ctx.released,
            scores=tuple(dataclasses.replace(s, mean=1.234, n=77) for s in ctx.released.scores),
        ),
    )
    for name in ("agenda", "worksheets", "cards", "script"):
        assert SECTIONS[name](ctx) == SECTIONS[name](other), name


def test_each_priority_has_its_grid_with_evidence_at_every_level(client):
    ctx = client("municipality", "nl").context
    blocks = SECTIONS["worksheets"](ctx)
    heads = [plain(b.text) for b in walk(blocks) if isinstance(b, Heading)]
    names = {s.id: ctx.name(s) for s in ctx.instrument.dimensions}
    assert heads == [names[one.measure] for one in findings.to_take_up(ctx.released, 3)]
    grids = [b for b in walk(blocks) if isinstance(b, Table) and len(b.rows) == 5]
    assert len(grids) == len(heads)
    for table in grids:
        assert table.columns[-1] == ctx.words("papers.grid.evidence")
        assert all(not plain(row[-1]).strip() for row in table.rows)


@pytest.mark.parametrize("minutes", [60, 90, 119, 120, 300])
def test_the_agenda_is_no_longer_than_the_meeting_and_its_times_join(client, minutes):
    ctx = client("municipality", "da").context
    script = script_of(ctx.engagement)
    length, moments = script.agenda(minutes)
    assert length == {60: 90, 90: 90, 119: 90, 120: 120, 300: 180}[minutes]
    assert [one.start for one in moments] == [0, *(one.end for one in moments[:-1])]
    assert moments[-1].end == length
    shown = dataclasses.replace(ctx, profile={**ctx.profile, "minutes": minutes})
    said = " ".join(texts_of(SECTIONS["agenda"](shown)))
    assert f"{length // 60}:{length % 60:02}" in said


def test_the_whole_grid_is_an_appendix_with_every_cell(client):
    ctx = client("municipality", "da").context
    said = " ".join(texts_of(SECTIONS["grid"](ctx)))
    for section in ctx.instrument.dimensions:
        for row in section.grid:
            for cell in row.strands or (row.text,):
                assert ctx.text(cell) in said


def test_an_instrument_without_a_script_has_no_pack(client):
    ctx = client("service", "en").context
    for name in ("agenda", "worksheets", "cards", "script", "grid", "board", "employees"):
        assert SECTIONS[name](ctx) == (), name


@pytest.mark.parametrize("reader", ["leader", "hr", "pair"])
def test_one_places_oneself_before_any_figure(client, reader):
    from hrkit.blocks import PageBreak
    from hrkit.report.handouts.own import own_sheet

    ctx = client("municipality", "en").context
    blocks = own_sheet(ctx, reader)
    cut = next(i for i, block in enumerate(blocks) if isinstance(block, PageBreak))
    first, second = (" ".join(texts_of(part)) for part in (blocks[:cut], blocks[cut:]))
    assert not re.search(r"\d\.\d", first)
    for section in ctx.instrument.dimensions:
        assert ctx.name(section) in first
        for side in ctx.sides:
            assert ctx.mean(ctx.score(section, side.group)) in second


def test_a_talk_begins_with_a_guess(client):
    from hrkit.blocks import PageBreak
    from hrkit.tools.partnership.conversation import conversation_sheet

    ctx = client("municipality", "en").context
    blocks = conversation_sheet(ctx, "presence", "leader")
    cut = next(i for i, block in enumerate(blocks) if isinstance(block, PageBreak))
    first = " ".join(texts_of(blocks[:cut]))
    assert not re.search(r"\d\.\d", first) and not any(isinstance(b, Figure) for b in blocks[:cut])
    assert any(isinstance(block, Figure) for block in blocks[cut:])
    # A turned statement is a label: no other ends in a full stop beside it.
    rows = [
        row[0] for b in walk(blocks) if isinstance(b, Table) and len(b.rows) > 3 for row in b.rows
    ]
    assert len(rows) > 5 and not [said for said in rows if plain(said).endswith(".")]


def test_an_own_sheet_is_for_somebody_there_is(client):
    from hrkit.errors import HrkitError
    from hrkit.report.handouts.own import own_sheet

    with pytest.raises(HrkitError, match="There is no sheet for 'top'; use leader, hr, pair"):
        own_sheet(client("municipality", "en").context, "top")
    with pytest.raises(HrkitError, match="has no two sides"):
        own_sheet(client("service", "en").context, "leader")


def test_a_unit_reads_its_own_figures_highest_first(client):
    from hrkit.report.handouts.unit import unit_sheet

    ctx = client("municipality", "en").context
    first = ctx.instrument.dimensions[0]
    unit = next(
        u.id for u in ctx.engagement.units if u.parent and ctx.score(first, "leader", u.id).shown
    )
    table = next(b for b in walk(unit_sheet(ctx, unit)) if isinstance(b, Table))
    here = [float(plain(row[1])) for row in table.rows]
    assert here == sorted(here, reverse=True) and len(here) > 1
    by = {ctx.name(s): s for s in ctx.instrument.dimensions}
    for row in table.rows:
        section = by[plain(row[0])]
        assert plain(row[1]) == ctx.mean(ctx.score(section, "leader", unit))
        assert plain(row[2]) == ctx.mean(ctx.score(section, "leader"))


def test_a_unit_without_figures_has_one_page(client):
    from hrkit.blocks import PageBreak
    from hrkit.report.handouts.unit import unit_sheet

    ctx = client("municipality", "da").context
    (hidden,) = (b for b in unit_sheet(ctx, "stab") if isinstance(b, Callout))
    assert plain(hidden.text) == ctx.words("sheets.unit.hidden", unit="Stab og HR")
    assert not any(isinstance(b, PageBreak) for b in unit_sheet(ctx, "stab"))
    assert any(isinstance(b, PageBreak) for b in unit_sheet(ctx, "boern"))


def test_groups_of_people_stand_without_quotes(client):
    """Where two are reported together, their name holds an "and": everybody reads it in one sentence all the same."""
    said = " ".join(texts_of(SECTIONS["employees"](client("firm", "da").context)))
    assert "HR- og lønpartnerne og medarbejderne" in said and "”lederne”" not in said


@pytest.mark.parametrize("language", codes())
@pytest.mark.usefixtures("drawn")
def test_no_page_holds_a_line_or_two(client, tmp_path, language):
    """What spills over takes company along: of a small client too, where plan and units share a page."""
    from hrkit.publish.pdf import render_pdf

    path = tmp_path / "full.pdf"
    path.write_bytes(render_pdf(made(client, "firm", language, "full").blocks()))
    short = {
        i: page for i, page in enumerate(pages_of(path), 1) if i > 1 and len(page.split()) < 90
    }
    assert not short
