"""Sentences that say no more than the numbers beside them carry."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Facts,
    Heading,
    Note,
    Paragraph,
    Table,
    plain,
    walk,
)
from hrkit.disclosure.released import (
    ALL,
    Certainty,
    Comment,
    Contrast,
    Distribution,
    Gap,
    Group,
    LanguageCount,
    Score,
    Turnout,
    Why,
)
from hrkit.model.engagement import Unit
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.report.counting import behind
from hrkit.report.left_out import more
from hrkit.report.sections.chain import tiers_table
from hrkit.report.sections.units import indented
from hrkit.report.turnout import silent_of
from hrkit.tools import SECTIONS

pytestmark = pytest.mark.usefixtures("undrawn")
ROOT = "fjordby"


@pytest.fixture
def base(client) -> Any:
    return client("municipality", "en").context


def told(ctx: Any, language: str = "en", **released: Any) -> Any:
    """The context in a language, with some released tables exchanged."""
    return dataclasses.replace(
        ctx,
        words=ctx.engagement.words(language),
        released=dataclasses.replace(ctx.released, **released),
    )


def said(blocks: tuple[Block, ...]) -> str:
    found = []
    for block in walk(blocks):
        if isinstance(block, (Heading, Paragraph, Note, Callout)):
            found.append(plain(block.text))
        elif isinstance(block, Bullets):
            found += [plain(item) for item in block.items]
        elif isinstance(block, Table):
            found += [*block.columns, *(plain(cell) for row in block.rows for cell in row)]
        elif isinstance(block, Facts):
            found += [f"{fact.value} {fact.unit} {fact.label}" for fact in block.facts]
    return "\n".join(found)


# ------------------------------------------------------------------------------- lists of names


@pytest.mark.parametrize(
    ("language", "names", "joined"),
    [
        ("en", ["Roles", "Trust"], "Roles and Trust"),
        ("en", ["Roles & expectations", "Trust"], "“Roles & expectations” and “Trust”"),
        ("en", ["Learning, effect and renewal", "A", "B"],
         "“Learning, effect and renewal”, “A” and “B”"),
        ("da", ["Børn og Unge", "Teknik"], "”Børn og Unge” og ”Teknik”"),
        ("nl", ["Werk en inkomen", "Zorg"], "‘Werk en inkomen’ en ‘Zorg’"),
        ("nl", ["Børn og Unge", "Zorg"], "‘Børn og Unge’ en ‘Zorg’"),
        ("nl", ["Vorming", "Zorg"], "Vorming en Zorg"),
        ("en", ["Roles & expectations"], "Roles & expectations"),
        ("da", ["3,5", "4,5"], "3,5 og 4,5"),
    ],
)  # fmt: skip
def test_a_name_that_holds_a_joint_stands_in_quotes(language, names, joined) -> None:
    assert words(language).join(names) == joined


# ------------------------------------------------------------------------------- whose a total is


@pytest.mark.parametrize("language", codes())
def test_no_total_of_one_group_under_another_name(base, language) -> None:
    alone = tuple(
        Score(s.measure, s.unit, ALL, Why.ALONE) if s.group == ALL else s
        for s in base.released.scores
    )
    ctx = told(base, language, scores=alone)
    pages = said(SECTIONS["dimensions"](ctx)) + said(SECTIONS["profile"](ctx))
    start = ctx.words("report.dimension.total", mean="").split("{")[0].rstrip(" .")
    assert f"{start} " not in pages.replace(ctx.words("report.profile.note", low=1, high=5), "")
    # What is missing for that reason has not been left out to protect anybody.
    withheld = [s for s in alone if s.why in (Why.PROTECTED, Why.SMALL, Why.PARTIAL, Why.SILENT)]
    told_gaps = [g for g in ctx.released.gaps if g.why not in (Why.SHOWN, Why.ONE_SIDED)]
    ballots = [b for b in ctx.released.ballots if b.group != ALL and not b.shown]
    n = len(withheld) + len(told_gaps) + len(ballots)
    assert ctx.words("report.method.withheld", n=n) in said(SECTIONS["method"](ctx))


# ------------------------------------------------------------------------------- what is cut


def many_gaps(ctx: Any, n: int) -> tuple[Gap, ...]:
    return tuple(
        dataclasses.replace(
            g, why=Why.SHOWN, difference=0.8, low=0.2, high=1.4, certainty=Certainty.TENDS
        )
        if i < n
        else dataclasses.replace(g, certainty=Certainty.UNKNOWN)
        for i, g in enumerate(ctx.released.gaps)
    )


@pytest.mark.parametrize("language", codes())
def test_differences_that_are_not_named_are_counted(base, language) -> None:
    """In the page's title, on the slide and in what employees read."""
    w = base.engagement.words(language)
    ctx = {n: told(base, language, gaps=many_gaps(base, n)) for n in (1, 7)}
    title = {n: plain(SECTIONS["profile"](one)[0].text) for n, one in ctx.items()}
    named = sum(s.name[language] in title[7] for s in base.instrument.dimensions)
    assert 0 < named < 7 and str(7 - named) in title[7]
    assert not any(c.isdigit() for c in title[1])
    for kind, n in (("gaps", 4), ("gaps", 1)):
        assert [plain(p.text) for p in more(ctx[7], kind, n)] == [w("report.summary.more", n=7 - n)]
        assert more(ctx[1], kind, n) == ()
    strong = told(base, language, strengths=("trust", "roles", "chain"))
    assert [plain(p.text) for p in more(strong, "strengths", 2)] == [
        w("report.summary.more_strengths", n=1)
    ]


@pytest.mark.parametrize("language", codes())
def test_the_chain_says_how_many_dimensions_it_does_not_tell(base, language) -> None:
    names = [s.id for s in base.instrument.dimensions][:5]
    levels = tuple(
        Score(id, ROOT, group, Why.SHOWN, 9, mean, mean, mean, spread=0.8)
        for id in names
        for group, mean in (("leader/2", 4.0), ("leader/3", 2.4))
    )
    made = tuple(
        Contrast("tiers", id, "", "leader/2", "leader/3", 1.6, Certainty.TENDS) for id in names
    )
    others = tuple(s for s in base.released.scores if "/" not in s.group)
    ctx = told(base, language, scores=others + levels, contrasts=made)
    assert ctx.words("sections.chain.more", n=2) in said(SECTIONS["chain"](ctx))


@pytest.mark.parametrize("language", codes())
def test_differences_are_counted_of_what_can_be_compared(base, language) -> None:
    """A dimension without a figure of one side is none of those on which they might differ."""
    gaps = tuple(
        g if i < 3 else dataclasses.replace(g, why=Why.ONE_SIDED, difference=None)
        for i, g in enumerate(many_gaps(base, 2))
    )
    ctx = told(base, language, gaps=gaps)
    page = plain(SECTIONS["contents"](ctx)[0].text)
    assert ctx.words("report.scorecard.differ", n=2, of=3).rstrip(".") in page


# ------------------------------------------------------------------------------- the chain


def chained(base: Any, means: dict[str, float], pairs: list[tuple[str, str]], id: str) -> str:
    levels = tuple(
        Score(id, ROOT, group, Why.SHOWN, 9, mean, mean, mean, spread=0.8)
        for group, mean in means.items()
    )
    made = tuple(
        Contrast("tiers", id, "", high, low, round(means[high] - means[low], 1), Certainty.TENDS)
        for high, low in pairs
    )
    others = tuple(s for s in base.released.scores if "/" not in s.group and s.group != "top")
    return said(SECTIONS["chain"](told(base, "en", scores=others + levels, contrasts=made)))


def test_of_equal_tiers_all_are_named_as_far_as_they_differ(base) -> None:
    means = {"leader/2": 4.0, "leader/3": 2.6, "leader/4": 2.6}
    both = [("leader/2", "leader/3"), ("leader/2", "leader/4")]
    assert "lower for tier 3 and tier 4 (2.6) than further up, for tier 2" in chained(
        base, means, both, "trust"
    )
    one = chained(base, means, both[1:], "trust")
    assert "lower for tier 4 (2.6) than further up" in one and "tier 3 and" not in one


def test_where_a_level_s_number_is_not_told_the_chain_says_the_least(base) -> None:
    """The levels together are the group, whose number another questionnaire has printed near."""
    vague = tuple(
        dataclasses.replace(s, told=5) if "/" in s.group and s.shown else s
        for s in base.released.scores
    )
    exact, least = (
        " ".join(map(str, tiers_table(told(base, "en", scores=scores)).columns))
        for scores in (base.released.scores, vague)
    )
    level = r"Tier \d+ \(n\W=\W\d+\)"
    assert re.search(level, exact) and not re.search(level, least)
    assert "5 or more)" in least


def test_whoever_rates_its_own_work_in_the_chain_is_said_to(base) -> None:
    means = {"top": 4.4, "leader/2": 3.0, "leader/3": 2.9}
    pairs = [("top", "leader/3")]
    own = chained(base, means, pairs, "direction")
    assert "There top management rates its own work." in own
    assert "top management rates its own work, and the others do not" in own
    assert "own work" not in chained(base, means, pairs, "trust")


# ------------------------------------------------------------------------------- who answered


def turnout(ctx: Any, **rows: tuple[int | None, int | None]) -> tuple[Turnout, ...]:
    return tuple(
        dataclasses.replace(one, answered=rows[one.group][0], invited=rows[one.group][1])
        if one.group in rows
        else one
        for one in ctx.released.turnout
    )


@pytest.mark.parametrize("language", codes())
def test_of_three_invited_nobody_reads_fewer_than_five(base, language) -> None:
    few = base.engagement.words(language)("report.summary.few", k=base.released.threshold)
    asked = "leader"
    for section in ("summary", "response"):
        small = told(base, language, turnout=turnout(base, **{asked: (None, 3)}))
        large = told(base, language, turnout=turnout(base, **{asked: (None, 9)}))
        before = said(SECTIONS[section](base)).count(few) if language == "en" else 0
        assert few in said(SECTIONS[section](large))
        if language == "en":
            assert said(SECTIONS[section](small)).count(few) == before
    book = [sheet for c in SECTIONS["response"].chapters(small) for sheet in c.worksheets]
    assert few not in str([row for row in book[0].rows if small.label(asked) in row])


def test_facts_go_on_in_the_middle_of_a_sentence(base) -> None:
    for language in codes():
        ctx = told(base, language)
        labels = [
            fact.label
            for b in walk(SECTIONS["summary"](ctx))
            if isinstance(b, Facts)
            for fact in b.facts
        ]
        assert labels and all(label[0].islower() for label in labels), labels


@pytest.mark.parametrize("language", codes())
def test_the_silent_are_said_to_move_only_what_they_move(base, language) -> None:
    w = base.engagement.words(language)
    score = base.score(base.released.priorities[0].measure, "leader")
    end = tuple(
        dataclasses.replace(s, mean=5.0) if s.group == "leader" and s.shown else s
        for s in base.released.scores
    )
    rows = {n: turnout(base, leader=(score.n, score.n + n)) for n in (1, 30)}
    sentences = {
        "none": said(SECTIONS["response"](told(base, language, turnout=rows[1]))),
        "lower": said(SECTIONS["response"](told(base, language, turnout=rows[30], scores=end))),
        "both": said(SECTIONS["response"](told(base, language, turnout=rows[30]))),
    }
    higher = w.number((score.n * score.mean + 30 * (score.mean + 1)) / (score.n + 30))
    starts = {
        "none": ("Even", "A whole point lower or higher", "Selv et helt", "Ook een vol"),
        "lower": ("5.0.", "5,0."),
    }
    assert any(word in sentences["none"] for word in starts["none"])
    lines = [line for line in sentences["lower"].split("\n") if w.number(5.0) in line]
    assert any(line.endswith(starts["lower"]) or f"{w.number(5.0)}." in line for line in lines)
    assert higher in sentences["both"]


def test_whoever_was_not_asked_is_not_silent(base) -> None:
    """Of HR and pay, reported together, some dimensions are asked of one of them only."""
    together = (Group("leader", ("leader",)), Group("hr", ("hr", "pay")))
    counted = base.instrument.counted
    asked = [([p for p in ("hr", "pay") if counted(s, p)], s) for s in base.instrument.dimensions]
    both = next(s for who, s in asked if len(who) == 2)
    one = next(s for who, s in asked if who == ["hr"])

    def scores(n: int, all_: int = 12) -> tuple[Score, ...]:
        return (
            Score(both.id, ROOT, "hr", Why.SHOWN, all_, 3.0, 2.5, 3.5, spread=0.8),
            Score(one.id, ROOT, "hr", Why.SHOWN, n, 3.0, 2.5, 3.5, spread=0.8),
        )

    rows = Turnout(ROOT, "hr", 12, 14)
    ctx = told(base, "en", groups=together, scores=scores(10))
    found = silent_of(ctx, both, rows)
    assert found is not None and found.silent == 2
    assert silent_of(ctx, one, rows) is None
    # By how many fewer answered there nobody reads how many pay partners there are.
    for n, said_ in ((11, "8 or more"), (10, "8 or more"), (8, "8 or more"), (7, "7"), (12, "12")):
        ctx = told(base, "en", groups=together, scores=scores(n))
        assert behind(ctx, ctx.score(one, "hr")) == said_
        assert behind(ctx, ctx.score(both, "hr")) == "12"
    small = told(base, "en", groups=together, scores=scores(6, 8))
    assert behind(small, small.score(one, "hr")) == "5 or more"


@pytest.mark.parametrize("language", codes())
def test_a_side_that_is_not_there_is_not_called_small(base, language) -> None:
    leaders = tuple(s for s in base.released.scores if s.group == "leader")
    nobody = {
        "scores": leaders,
        "gaps": tuple(
            dataclasses.replace(g, why=Why.ONE_SIDED, difference=None) for g in base.released.gaps
        ),
    }
    rows = tuple(t for t in base.released.turnout if t.group == "leader")
    ctx = told(base, language, turnout=rows, groups=(Group("leader", ("leader",)),), **nobody)
    few = ctx.words("report.summary.few", k=5)
    page = said(SECTIONS["gaps"](ctx))
    assert few not in page
    assert ctx.words("report.gaps.hidden_nobody", group=ctx.label("hr")) in page
    assert ctx.words("report.summary.gaps_hidden") not in said(SECTIONS["summary"](ctx))
    three = told(base, language, turnout=turnout(base, hr=(None, 3)), **nobody)
    page = said(SECTIONS["gaps"](three))
    assert ctx.words("report.gaps.hidden_invited", group=three.label("hr"), n=3) in page


# ------------------------------------------------------------------------------- how to read


@pytest.mark.parametrize("language", codes())
def test_strengths_are_to_be_read_first_only_where_there_are_any(base, language) -> None:
    w = base.engagement.words(language)
    with_, without = w("report.reading.positive"), w("report.reading.positive_none")
    some = said(SECTIONS["reading"](told(base, language, strengths=("trust",))))
    none = said(SECTIONS["reading"](told(base, language, strengths=())))
    assert with_ in some and without not in some
    assert without in none and with_ not in none


@pytest.mark.parametrize("language", codes())
def test_the_page_on_answering_asks_only_what_it_answers(base, language) -> None:
    w = base.engagement.words(language)
    in_two = (LanguageCount("da", 40), LanguageCount("en", 30))
    leads = {
        "none": told(base, language, languages=(), signs=()),
        "language": told(base, language, languages=in_two, signs=()),
        "care": told(base, language, languages=in_two),
    }
    asked = {name: said(SECTIONS["answering"](ctx)) for name, ctx in leads.items()}
    parts = "silence" if w("response.silence.title") in asked["none"] else ""
    key = {
        "none": parts,
        "language": f"{parts}_language".strip("_"),
        "care": f"{parts}_language_care".strip("_"),
    }
    for name, text in asked.items():
        assert (w(f"response.lead.{key[name]}") in text) if key[name] else text == ""


@pytest.mark.parametrize("language", codes())
def test_strengths_say_that_all_dimensions_were_looked_at(base, language) -> None:
    n = len(base.instrument.dimensions)
    assert f" {n} dimensi" in said(SECTIONS["method"](told(base, language))).lower()


@pytest.mark.parametrize("language", codes())
def test_bands_are_told_apart_from_printed_intervals(base, language) -> None:
    note = base.engagement.words(language)("report.bands_note")
    for section in ("gaps", "profile"):
        assert note in said(SECTIONS[section](told(base, language)))
    assert "95" in note


def test_comments_in_several_languages_say_so(base) -> None:
    comments = (Comment(next(iter(base.instrument.items)), "", "Goed zo."),)
    for language in codes():
        ctx = told(base, language, comments=comments)
        note = ctx.words("sections.comments.language")
        assert note in said(SECTIONS["comments"](ctx))
        alone = dataclasses.replace(ctx.engagement, language=language, languages=(language,))
        assert note not in said(SECTIONS["comments"](dataclasses.replace(ctx, engagement=alone)))


# ------------------------------------------------------------------------------- figures


def test_bars_are_of_a_group_that_was_asked_most_statements(base) -> None:
    section = next(s for s in base.instrument.dimensions if s.id == "trust")
    one, *others = [section.measure(item) for item in section.scored]
    shares = (0.1, 0.2, 0.3, 0.2, 0.2)
    spread = [Distribution(one, "employee", 90, shares, 0.0)]
    spread += [Distribution(key, "network", 12, shares, 0.0) for key in (one, *others)]
    rows = tuple(
        Score(key, ROOT, group, Why.SHOWN, 12, 3.0, 2.5, 3.5, spread=0.8)
        for key in ("trust", one, *others)
        for group in ("network", "employee")
    )
    groups = (Group("network", ("network",)), Group("employee", ("employee",)))
    ctx = told(base, "en", scores=rows, distributions=tuple(spread), groups=groups, gaps=())
    table = next(
        b
        for b in walk(SECTIONS["dimensions"](ctx))
        if isinstance(b, Table)
        and b.summary == ctx.words("report.dimension.table")
        and len(b.rows) == len(section.scored)
    )
    assert any(ctx.label("network", short=True) in column for column in table.columns)


def test_no_unit_is_indented_under_another_than_its_own(base) -> None:
    units = (
        Unit(ROOT, "All", None), Unit("a", "A", ROOT), Unit("a1", "A one", "a"),
        Unit("b", "B", ROOT), Unit("b1", "B one", "b"), Unit("b11", "B one one", "b1"),
    )  # fmt: skip
    engagement = dataclasses.replace(base.engagement, units=units)
    ctx = dataclasses.replace(base, engagement=engagement)
    depth = {u.id: d for u, d in indented(ctx, {ROOT, "a", "b1", "b11"})}
    assert depth == {ROOT: 0, "a": 1, "b1": 1, "b11": 2}
    assert {u.id: d for u, d in indented(ctx, {u.id for u in units})} == {
        ROOT: 0, "a": 1, "a1": 2, "b": 1, "b1": 2, "b11": 3,
    }  # fmt: skip


@pytest.mark.parametrize("language", codes())
def test_the_overview_says_what_the_order_really_follows_from(base: Any, language: str) -> None:
    """Chosen or rated, importance weighs; where nobody's is shown, the distance is all there is."""
    found = base.released.priorities
    assert all(one.chosen is not None for one in found)
    bare = tuple(dataclasses.replace(one, chosen=None) for one in found)
    rated = tuple(dataclasses.replace(one, importance=3.5) for one in bare)
    for priorities, key in ((found, "weighed"), (rated, "weighed"), (bare, "equal")):
        ctx = told(base, language, priorities=priorities)
        assert ctx.words(f"report.scorecard.note_{key}") in said(SECTIONS["contents"](ctx))


@pytest.mark.parametrize("language", codes())
def test_made_up_and_not_final_are_said_in_one_frame(base, language) -> None:
    """Two frames pushed the last two lines of a short report onto a page of their own."""
    ctx = told(base, language)
    frames = [b for b in walk(SECTIONS["method"](ctx)) if isinstance(b, Callout)]
    assert [frame.tone for frame in frames] == ["warning"]
    for name in ("synthetic", "draft"):
        assert ctx.words(f"report.method.{name}") in plain(frames[0].text)


def test_a_talk_calls_no_side_small_that_nobody_answered_for(client) -> None:
    report = client("two-missing", "en")
    (frame,) = (
        b
        for b in walk(report.conversation_sheet("roles", "leader").blocks)
        if isinstance(b, Callout)
    )
    assert "side by side" in plain(frame.text) and "too small" not in plain(frame.text)
