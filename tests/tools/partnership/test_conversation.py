"""The sheet of one side for a talk about a gap: in its own words, with no figure that is not shown."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from hrkit.blocks import Callout, Figure, Heading, Paragraph, Table, plain, walk
from hrkit.errors import HrkitError
from hrkit.tools.partnership.conversation import conversation_sheet


@pytest.fixture
def ctx(client) -> Any:
    return client("municipality", "en").context


def asked(blocks: Any) -> list[tuple[str, ...]]:
    """The rows of the table of statements: words, mine, theirs."""
    table = next(b for b in walk(blocks) if isinstance(b, Table) and len(b.columns) == 3)
    return [tuple(plain(cell) for cell in row) for row in table.rows]


@pytest.mark.parametrize("language", ["da", "nl", "en"])
@pytest.mark.parametrize("side", ["leader", "hr"])
def test_each_side_reads_its_own_words(client, language: str, side: str) -> None:
    ctx = client("municipality", language).context
    for section in ctx.instrument.dimensions:
        blocks = conversation_sheet(ctx, section.id, side)
        rows = asked(blocks)
        mine = [item for item in section.scored if side in item.ask]
        assert [row[0].removeprefix("↓ ") for row in rows] == [
            (
                item.label[language] if item.label else ctx.instrument.wording(item, side, language)
            ).rstrip(".")
            for item in mine
        ]
        assert [row[0].startswith("↓ ") for row in rows] == [item.marked for item in mine]
        for block in walk(blocks):
            if isinstance(block, (Heading, Paragraph)):
                assert "{" not in plain(block.text)


def test_means_stand_in_the_right_column(ctx) -> None:
    section = ctx.instrument.dimensions[0]
    other = {"leader": "hr", "hr": "leader"}
    for side in ("leader", "hr"):
        for row, item in zip(
            asked(conversation_sheet(ctx, section.id, side)),
            [item for item in section.scored if side in item.ask],
            strict=True,
        ):
            key = section.measure(item)
            assert row[1] == ctx.mean(ctx.score(key, side))
            assert row[2] == ctx.mean(ctx.score(key, other[side]))


def test_without_a_shown_gap_there_is_no_figure_and_it_says_so(ctx) -> None:
    section = ctx.instrument.dimensions[0]
    bare = dataclasses.replace(ctx, released=dataclasses.replace(ctx.released, gaps=()))
    blocks = conversation_sheet(bare, section.id, "hr")
    assert not [b for b in walk(blocks) if isinstance(b, Figure)]
    said = [plain(b.text) for b in walk(blocks) if isinstance(b, Callout)]
    assert ctx.words("sheets.conversation.no_figures") in said


@pytest.mark.parametrize(
    ("dimension", "side", "says"),
    [
        ("nothing", "hr", "There is no dimension 'nothing'"),
        ("trust", "top", "There is no side 'top'"),
    ],
)
def test_refused(ctx, dimension: str, side: str, says: str) -> None:
    with pytest.raises(HrkitError, match=says):
        conversation_sheet(ctx, dimension, side)
