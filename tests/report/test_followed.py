"""Actions done, postponed or dropped: beside the figures, and what is done is not advised again."""

from __future__ import annotations

import dataclasses

import pytest

from hrkit.blocks import Table, plain, walk
from hrkit.disclosure.released import Certainty, Change
from hrkit.model.engagement import Followed, Wave
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.report.followed import called, check_followed, still_advised
from hrkit.report.sections.change import change
from hrkit.report.steps import by_horizon, first_steps


@pytest.fixture(scope="module")
def plain_context(client):
    return client("municipality", "en").context


def with_followed(ctx, *followed, language="en", changes=True):
    """The context as the second wave, with what became of actions since the first."""
    now = ctx.engagement.waves[0]
    before = Wave("w0", dict.fromkeys(codes(), "spring"))
    engagement = dataclasses.replace(ctx.engagement, waves=(before, now), followed=tuple(followed))
    made = tuple(
        Change("presence", group, "w0", 2.4, 2.9, 0.5, 0.1, 0.9, 0.4, Certainty.TENDS)
        for group in ("leader", "hr")
    )
    return dataclasses.replace(
        ctx,
        words=words(language),
        engagement=engagement,
        released=dataclasses.replace(ctx.released, changes=made if changes else ()),
        library=still_advised(ctx.library, engagement, now.id),
    )


def rows(ctx):
    title = ctx.words("sections.change.followed")
    found = [b for b in walk(change(ctx)) if isinstance(b, Table) and b.summary == title]
    return [tuple(plain(cell) for cell in row) for table in found for row in table.rows]


def test_each_stands_beside_the_change_of_its_dimension(plain_context) -> None:
    first = first_steps(plain_context, 1)[0].action
    ctx = with_followed(
        plain_context,
        Followed(first.id, first.dimension, "done", "w0", "since March"),
        Followed("A talk about the rota", "presence", "dropped", "w0"),
    )
    told = rows(ctx)
    assert told[0][0] == f"{first.text['en']}\nsince March"
    assert told[0][2] == "Done"
    assert told[1] == (
        "A talk about the rota",
        ctx.name(next(s for s in ctx.instrument.dimensions if s.id == "presence")),
        "Dropped",
        "▲ +0.5 (0.4)",
        "▲ +0.5 (0.4)",
    )


@pytest.mark.parametrize("language", codes())
def test_in_every_language_and_without_any_change(plain_context, language) -> None:
    done = Followed("Aftalt på mødet", "trust", "moved", "w0")
    assert rows(with_followed(plain_context, done, language=language, changes=False))
    assert rows(with_followed(plain_context, done, language=language))[0][3:] == ("–", "–")


def test_what_is_done_is_not_advised_again_and_what_is_not_is(plain_context) -> None:
    first = first_steps(plain_context, 1)[0].action
    for status, again in (("done", False), ("moved", True), ("dropped", True), ("open", True)):
        ctx = with_followed(plain_context, Followed(first.id, first.dimension, status, "w0"))
        advised = {s.action.id for s in first_steps(ctx, 9)}
        advised |= {s.action.id for steps in by_horizon(ctx, 9).values() for s in steps}
        assert (first.id in advised) is again, status
        assert called(ctx.library, first.id, "en") == first.text["en"]


def test_the_report_of_the_wave_itself_still_advises_it(plain_context) -> None:
    """Printed again later, the report that gave the advice gives it still."""
    first = first_steps(plain_context, 1)[0].action
    wave = plain_context.engagement.waves[0].id
    ctx = with_followed(plain_context, Followed(first.id, first.dimension, "done", wave))
    assert first_steps(ctx, 1)[0].action.id == first.id
    assert rows(ctx) == []


def test_ids_are_checked_and_own_words_are_not(plain_context) -> None:
    first = first_steps(plain_context, 1)[0].action
    other = next(s.id for s in plain_context.instrument.dimensions if s.id != first.dimension)
    ctx = with_followed(
        plain_context,
        Followed(first.id, other, "done", "w0"),
        Followed(f"{first.id}x", first.dimension, "done", "w0"),
        Followed("Coffee every Friday. Really.", "trust", "done", "w0"),
    )
    said = [str(problem) for problem in check_followed(ctx.engagement)]
    assert len(said) == 2
    assert f"{first.id} is for {first.dimension}" in said[0]
    assert f"did you mean {first.id}" in said[1]
