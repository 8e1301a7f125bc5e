"""Who answered and who did not: the page, in the words of three languages, and its worksheets."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Block, Bullets, Table, plain, walk
from hrkit.disclosure.released import Turnout
from hrkit.report.sections import SECTIONS

LANGUAGES = ("da", "nl", "en")


def page(report: Assessment, **changes: object) -> tuple[Block, ...]:
    """The section's blocks, of released tables that were changed."""
    ctx = report.context
    return SECTIONS["response"](replace(ctx, released=replace(ctx.released, **changes)))


def said(blocks: tuple[Block, ...]) -> list[str]:
    return [plain(item) for b in walk(blocks) if isinstance(b, Bullets) for item in b.items]


def invited(report: Assessment, **numbers: int | None) -> tuple[Turnout, ...]:
    """The turnout with other numbers invited."""
    return tuple(
        replace(one, invited=numbers[one.group]) if one.group in numbers else one
        for one in report.released.turnout
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_side_reads_what_the_silent_could_change(client, language: str) -> None:
    """17 of 81: (64 × mean + 17 × (mean − 1)) / 81, on the dimension to take up first."""
    report = client("municipality", language)
    w, first = report.context.words, report.released.priorities[0].measure
    sentences = said(page(report))
    assert len(sentences) == 2
    for sentence, group in zip(sentences, ("leader", "hr"), strict=True):
        score = report.context.score(first, group)
        asked = next(t.invited for t in report.released.turnout if t.group == group)
        silent = asked - score.n
        for by in (-1, 1):
            moved = (score.n * score.mean + silent * (score.mean + by)) / asked
            assert w.number(moved) in sentence, sentence
        assert str(asked) in sentence and w.number(score.mean) in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_knows_who_was_invited_it_says_so(client, language: str) -> None:
    report = client("municipality", language)
    first, second = said(page(report, turnout=invited(report, leader=None)))
    assert report.context.words("sections.response.unknown") in first
    assert not re.search(r"\d", first)
    assert report.context.words("sections.response.unknown") not in second


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_have_answered_and_there_is_an_interval_all_the_same(client, language: str) -> None:
    report = client("municipality", language)
    everyone = tuple(replace(one, invited=one.answered) for one in report.released.turnout)
    blocks = page(report, turnout=everyone)
    assert plain(blocks[1].text) == report.context.words("sections.response.lead_all")
    words = report.context.words
    told = {words("sections.response.all"), words("sections.response.all_some")}
    assert {sentence.split(": ", 1)[1] for sentence in said(blocks)} <= told
    for group in ("leader", "hr"):
        score = report.context.score("trust", group)
        assert score.low < score.mean < score.high


def test_a_few_are_not_counted_in_the_lead(client) -> None:
    report = client("firm", "en")
    assert not re.search(r"\d", plain(page(report)[1].text))


def test_no_number_of_a_unit_that_is_not_shown(client) -> None:
    """Every number in the table by unit stands behind a mean of that unit."""
    for name in ("municipality", "firm", "odd-names"):
        report = client(name, "en")
        ctx = report.context
        (sheet,) = [
            s
            for s in report.section("response").worksheets
            if s.name == ctx.words("appendix.sheet.response")
        ]
        units = {unit.name: unit.id for unit in ctx.engagement.units}
        groups = {ctx.label(g.id): g.id for g in ctx.released.groups}
        told = 0
        for unit, _, label, answered, *_ in sheet.rows:
            if isinstance(answered, str):
                continue
            n = [
                s.n
                for s in ctx.released.scores
                if s.shown and (s.unit, s.group) == (units[unit], groups[label]) and s.n
            ]
            assert answered.value == max(n)
            told += 1
        assert told


def test_the_page_and_its_worksheets_agree(client) -> None:
    report = client("municipality", "en")
    shown = report.section("response")
    tables = [b for b in walk(shown.blocks) if isinstance(b, Table)]
    bounds = next(
        t for t in tables if t.summary == report.context.words("sections.response.bounds")
    )
    (sheet,) = [
        s for s in shown.worksheets if s.name == report.context.words("appendix.sheet.silence")
    ]
    cells = {
        (row[0], row[1]): " · ".join(f"{cell.value:.1f}" for cell in row[4:]) for row in sheet.rows
    }
    for row in bounds.rows:
        for label, cell in zip(bounds.columns[1:], row[1:], strict=True):
            # Who has no score there has no row in the sheet.
            assert plain(cell) == cells.get((plain(row[0]), plain(label)), "–")
    assert len(cells) > 9


def test_the_table_stands_once(client) -> None:
    """On its own page where there is one, else on the method page."""
    report = client("municipality", "en")
    title = report.context.words("report.method.asked_title")

    def count(one: Assessment) -> int:
        return sum(isinstance(b, Table) and b.summary == title for b in walk(one.blocks()))

    assert count(report) == 1
    parts = {
        name: [section for section in sections if section != "response"]
        for name, sections in report.context.profile["parts"].items()
    }
    short = replace(report.context, profile={**report.context.profile, "parts": parts})
    without = replace(report, context=short)
    assert count(without) == 1
    assert any(s.name == "Who answered" for s in without.section("method").worksheets)
