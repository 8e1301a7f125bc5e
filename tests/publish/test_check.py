from __future__ import annotations

from typing import Any

import pytest

from hrkit.blocks import (
    Block,
    Bullets,
    Card,
    DocumentInfo,
    Facts,
    Figure,
    Grid,
    Heading,
    Levels,
    Paragraph,
    Table,
    to_json,
)
from hrkit.errors import PublishError
from hrkit.publish.check import checked
from hrkit.publish.prepare import prepare, without_gaps

from .sample import document

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>'


def test_blocks_and_their_json_are_the_same() -> None:
    blocks = document()
    assert checked(blocks) == blocks
    assert checked(to_json(blocks)) == blocks


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (DocumentInfo("", "da"), "no title"),
        (DocumentInfo("T", "Danish"), "no language code"),
        (DocumentInfo("T", "da", stamp="today"), "no date"),
        (DocumentInfo("T", "da", paper="a3"), "a4 nor us-letter"),
        (DocumentInfo("T", "da", primary="red"), "no colour"),
        (Heading("x", 0), "level 0"),
        (Table((), ()), "without columns"),
        (Table(("a", "b"), (("1",),)), "row 1 of a table has 1 cells for 2 columns"),
        (Table(("a",), (("1",),), widths=(1, 2)), "widths"),
        (Table(("a",), (("1",),), shades=(("blue",),)), "shade"),
        (Figure(SVG, " "), "no alt text"),
        (Figure(SVG, "x", width=2), "outside 0–1"),
        (Levels(("a", "b"), (3,), "s"), "levels"),
        (Levels(("a", "b"), (1,), ""), "no sentence"),
        (Grid(((), ()), (1,)), "widths do not match"),
        (Facts(()), "0 facts"),
        (Paragraph(3), "'text' holds 3"),  # type: ignore[arg-type]
        (Card("t", (Card("u", (Paragraph(None),)),)), "'text' holds None"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_printed_is_said(block: Block, said: str) -> None:
    with pytest.raises(PublishError) as caught:
        checked((block,))
    assert said in str(caught.value)


def test_all_problems_are_said_at_once() -> None:
    with pytest.raises(PublishError) as caught:
        checked((Figure(SVG, ""), Heading("Here", 9), Facts(())))
    assert len(caught.value.problems) == 3
    assert "“Here”" in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        {"type": "nothing"},
        {"type": "note"},
        {"type": "note", "text": "x", "eval": 1},
        "text",
        3,
        {},
    ],
)
def test_what_is_no_block_is_refused(value: Any) -> None:
    with pytest.raises(PublishError):
        checked([value])


def test_endless_nesting_is_refused() -> None:
    block: Block = Paragraph("x")
    for _ in range(40):
        block = Bullets(((block,),))
    with pytest.raises(PublishError, match="nested"):
        checked((block,))


def test_no_heading_level_is_skipped() -> None:
    assert without_gaps([]) == []
    assert without_gaps([2, 3, 3, 5, 1, 3]) == [1, 2, 2, 3, 1, 2]
    blocks = (Heading("a", 3), Card("", (Heading("b", 6),)), Heading("c", 3))
    body = prepare(blocks).blocks
    assert [body[0]["level"], body[1]["blocks"][0]["level"], body[2]["level"]] == [1, 2, 1]


def test_without_a_document_block_the_first_heading_is_the_title() -> None:
    assert prepare((Heading("First"), Paragraph("x"))).info["title"] == "First"


def test_a_picture_that_is_no_svg_and_a_logo_that_is_no_png_are_refused() -> None:
    with pytest.raises(PublishError, match="“a chart”"):
        prepare((Figure("<html/>", "a chart"),))
    cover = to_json(document())[1] | {"logo": "data:image/png;base64,%%%"}
    with pytest.raises(PublishError, match="logo"):
        prepare((cover,))
