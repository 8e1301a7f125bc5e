from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from hrkit.blocks import (
    MIME,
    Bullets,
    DocumentInfo,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quote,
    Span,
    Table,
    markdown,
    to_json,
    walk,
)
from hrkit.blocks.markdown import blocks_of_markdown
from hrkit.errors import PublishError
from hrkit.publish.document import blocks_of, document_of
from hrkit.publish.notebook_file import read_notebook
from hrkit.publish.pdf import render_pdf
from hrkit.report.running import page_words_in
from tests.pages import pages_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>'


def shown(data: dict[str, Any], **more: Any) -> Any:
    """A notebook with one executed cell that shows the data."""
    output = new_output("display_data", data, metadata=more.pop("metadata", {}))
    tags = {"tags": more.pop("tags", [])}
    cell = new_code_cell("secret_code()", execution_count=1, outputs=[output], metadata=tags)
    return new_notebook(cells=[cell], metadata=more)


def code(text: str) -> Paragraph:
    return Paragraph((Span(text, "code"),))


def test_blocks_are_taken_before_everything_else() -> None:
    info, *body = blocks_of(
        shown(
            {
                MIME: to_json((DocumentInfo("T", "da"), Note("n"))),
                "text/plain": "x",
                "text/html": "y",
            }
        )
    )
    assert info == DocumentInfo("T", "da")
    assert body == [Note("n")]


def test_an_svg_brings_its_description() -> None:
    described = blocks_of(shown({"image/svg+xml": SVG}, metadata={"image/svg+xml": {"alt": "A"}}))
    assert described[1:] == (Figure(SVG, "A"),)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "beskrivelse"),
        ("nl", "beschrijving"),
        ("en-GB", "description"),
        ("fr", "description"),
    ],
)
def test_an_svg_without_description_is_printed_and_its_maker_told(language: str, said: str) -> None:
    document = document_of(shown({"image/svg+xml": [SVG]}, language=language), "own", page_words_in)
    (figure,) = document.blocks[1:]
    assert isinstance(figure, Figure)
    assert said in figure.alt
    assert "own, cell 1: a picture has no description" in document.messages[0]


def test_text_is_printed_as_code_and_an_object_s_name_never() -> None:
    assert blocks_of(shown({"text/plain": "a\nb"}))[1:] == (code("a\nb"),)
    assert blocks_of(shown({"text/plain": "<IPython.core.display.HTML object>"}))[1:] == ()
    widget = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Box()"}
    document = document_of(shown(widget), "own")
    assert document.blocks[1:] == ()
    assert document.messages == ("own, cell 1: a widget is not printed (Box())",)
    assert blocks_of(shown({"text/markdown": "# *M*"}))[1:] == (Heading((Span("M", "emph"),)),)


def test_streams_print_what_was_said_and_not_what_was_warned() -> None:
    outputs = [
        new_output("stream", name="stdout", text="said\n"),
        new_output("stream", name="stderr", text="warned\n"),
    ]
    notebook = new_notebook(cells=[new_code_cell("x", execution_count=1, outputs=outputs)])
    assert blocks_of(notebook)[1:] == (code("said"),)


@pytest.mark.parametrize(
    "tag",
    ["remove-cell", "remove-output", "parameters", "injected-parameters", "hrkit-screen-only"],
)
def test_tagged_cells_are_not_printed(tag: str) -> None:
    assert blocks_of(shown({"text/plain": "x"}, tags=[tag]))[1:] == ()


def test_a_screen_only_cell_need_not_have_run() -> None:
    cell = new_code_cell("form()", metadata={"tags": ["hrkit-screen-only"]})
    assert len(blocks_of(new_notebook(cells=[cell, new_markdown_cell("text")]))) == 2


def test_a_notebook_that_was_not_run_is_refused_with_what_to_do(notebooks: Path) -> None:
    with pytest.raises(PublishError) as caught:
        blocks_of(read_notebook(notebooks / "unexecuted.ipynb"), "unexecuted")
    assert "Run All Cells" in caught.value.summary
    assert [problem.where for problem in caught.value.problems] == ["unexecuted, cell 2"]


def test_a_failed_cell_is_refused() -> None:
    output = new_output("error", ename="KeyError", evalue="'age'", traceback=["secret"])
    notebook = new_notebook(cells=[new_code_cell("x", execution_count=1, outputs=[output])])
    with pytest.raises(PublishError, match="KeyError: 'age'") as caught:
        blocks_of(notebook)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("data", [{"type": "x"}, [{"type": "note"}], "{", 3])
def test_an_output_that_is_no_block_is_refused(data: Any) -> None:
    with pytest.raises(PublishError):
        render_pdf(blocks_of(shown({MIME: data})))


def test_the_title_is_given_or_the_first_heading_or_the_name() -> None:
    text = new_notebook(cells=[new_markdown_cell("before\n\n## The *first*\n\n# other")])
    assert blocks_of(text, "name")[0] == DocumentInfo("The first", "en")
    assert blocks_of(new_notebook(cells=[]), "name")[0] == DocumentInfo("name", "en")
    text.metadata["language"] = "da-DK"
    assert blocks_of(text)[0] == DocumentInfo("The first", "da")


def test_markdown_becomes_blocks() -> None:
    source = "a *b* **c** `d` [e](https://e.org)\nf\n\n3. one\n4. two\n   - three\n\n> said\n\n***"
    assert blocks_of_markdown(source) == (
        Paragraph(
            (
                Span("a "),
                Span("b", "emph"),
                Span(" "),
                Span("c", "strong"),
                Span(" "),
                Span("d", "code"),
                Span(" "),
                Span("e", link="https://e.org"),
                Span(" "),
                Span("f"),
            )
        ),
        Bullets(("one", (Paragraph("two"), Bullets(("three",)))), ordered=True, start=3),
        Quote("said"),
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("# a\n" * (markdown.MOST_HEADINGS + 1), "301 headings; a text has at most 300"),
        ("# " + "a" * (markdown.LONGEST_HEADING + 1), "a heading of more than 500 characters"),
        ("a " * (markdown.LONGEST // 2 + 1), "longer than 400000 characters"),
        ("|a|\n|-|\n" + "|b|\n" * (markdown.MOST_CELLS + 1), "tables of more than 20000 cells"),
    ],
    ids=["headings", "a heading", "text", "cells"],
)
def test_a_text_has_bounds(source: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        blocks_of_markdown(source)
    # In a notebook the cell is named, and nothing is printed of it.
    with pytest.raises(PublishError, match=said):
        blocks_of(new_notebook(cells=[new_markdown_cell(source)]))


def test_as_much_as_may_be_is_taken() -> None:
    assert len(blocks_of_markdown("# a\n" * markdown.MOST_HEADINGS)) == markdown.MOST_HEADINGS
    (heading,) = blocks_of_markdown("# " + "a" * markdown.LONGEST_HEADING)
    assert isinstance(heading, Heading)


def test_hostile_markdown_stays_inert(notebooks: Path) -> None:
    blocks = blocks_of(read_notebook(notebooks / "hostile_markdown.ipynb"), "hostile")
    table = next(block for block in blocks if isinstance(block, Table))
    assert table.rows == (("#raw", (Span("1", "code"),)), ("only one", ""))
    links = {
        span.link
        for block in walk(blocks)
        for span in (
            getattr(block, "text", ()) if isinstance(getattr(block, "text", ()), tuple) else ()
        )
        if span.link
    }
    assert links == {"https://example.com/a?b=c&d=e", "mailto:a@example.com"}
    text = "".join(pages_of(render_pdf(blocks)))
    for inert in (
        "<script>alert(1)</script>",
        '#eval("1 + 1")',
        "$x^2$ @ref <label>",
        "[a picture]",
    ):
        assert inert in text
    assert "#read(" in text
    assert "root:" not in text
    assert "seven" in text  # deep lists lose nothing
    assert "DK □□" in text


def test_very_deep_markdown_loses_nothing_and_compiles() -> None:
    source = "\n".join("  " * depth + f"- level{depth}" for depth in range(30))
    text = "".join(pages_of(render_pdf((Heading("T"), *blocks_of_markdown(source)))))
    assert all(f"level{depth}" in text for depth in range(30))
    quotes = "\n".join(">" * (depth + 1) + f" quote{depth}\n" for depth in range(30))
    text = "".join(pages_of(render_pdf((Heading("T"), *blocks_of_markdown(quotes)))))
    assert all(f"quote{depth}" in text for depth in range(30))
