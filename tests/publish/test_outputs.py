"""What a consultant's own cell shows: printed where it has a form for paper, or named."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from hrkit.blocks import (
    MIME,
    Contents,
    Cover,
    DocumentInfo,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Span,
    Table,
    to_json,
)
from hrkit.errors import PublishError
from hrkit.publish.document import Document, document_of
from hrkit.publish.html import render_html
from hrkit.publish.normalise import unset
from hrkit.publish.pdf import render_pdf
from hrkit.publish.word import render_word
from hrkit.report.running import page_words_in
from tests.pages import pages_of


def picture(kind: str = "PNG", size: tuple[int, int] = (30, 20)) -> str:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return base64.b64encode(out.getvalue()).decode()


def cell(*outputs: Any, source: str = "x", **metadata: Any) -> Any:
    return new_code_cell(source, execution_count=1, outputs=list(outputs), metadata=metadata)


def value(data: dict[str, Any], kind: str = "execute_result") -> Any:
    more = {"execution_count": 1} if kind == "execute_result" else {}
    return new_output(kind, data, **more)


def printed(*cells: Any, language: str = "en") -> Document:
    return document_of(
        new_notebook(cells=list(cells), metadata={"language": language}), "own", page_words_in
    )


@pytest.mark.parametrize(
    "text",
    [
        "Text(0.5, 1.0, 'MYCHART')",
        "[<matplotlib.lines.Line2D at 0x7f0a5c2b1d50>]",
        "<Axes: title={'center': 'x'}>",
        "(array([1., 2.]), array([0., 1., 2.]), <BarContainer object of 2 artists>)",
        "([<matplotlib.axis.XTick object at 0x7f1>], [Text(0, 0, 'a')])",
        "<pandas.core.groupby.generic.DataFrameGroupBy object at 0x7f228f9f7cd0>",
        "<function __main__.f(x)>",
    ],
)
def test_what_python_says_of_an_object_is_never_printed(text: str) -> None:
    document = printed(cell(value({"text/plain": text})))
    assert document.blocks[1:] == ()
    assert document.messages[0].startswith("own, cell 1: what it shows has no form for paper")


@pytest.mark.parametrize("text", ["3.5", "{'a': '<b>'}", "'Text(1, 2)'", "a < b and c > d"])
def test_a_value_is_printed(text: str) -> None:
    document = printed(cell(value({"text/plain": text})))
    assert document == Document((document.blocks[0], Paragraph((Span(text, "code"),))))


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif"])
def test_a_picture_is_printed_in_every_format(kind: str) -> None:
    data = {f"image/{kind}": picture(kind.upper()), "text/plain": "<Figure size 640x480>"}
    document = printed(cell(value(data, "display_data"), source="# alt: A red field\nplot()"))
    (found,) = document.blocks[1:]
    assert isinstance(found, Picture) and found.alt == "A red field"
    assert document.messages == ()
    assert len(pages_of(render_pdf(document.blocks))) == 1
    assert 'alt="A red field"' in render_html(document.blocks)
    assert render_word(document.blocks).startswith(b"PK")


@pytest.mark.parametrize(
    ("about", "mine"),
    [
        ({"image/png": {"alt": "Said"}}, {}),
        ({}, {"alt": "Said"}),
        ({}, {"tags": ["alt:Said"]}),
    ],
)
def test_a_picture_is_described_by_output_cell_or_tag(about: Any, mine: Any) -> None:
    output = new_output("display_data", {"image/png": picture()}, metadata=about)
    document = printed(cell(output, **mine))
    assert document.blocks[1].alt == "Said"  # type: ignore[union-attr]


@pytest.mark.parametrize("content", ["AAAA", "no base64!!", "AAAAA", "å"])
def test_a_picture_that_is_none_is_named(content: str) -> None:
    document = printed(cell(value({"image/png": content}, "display_data")))
    assert document.blocks[1:] == ()
    assert "cell 1: its picture is not printed: it is no picture" in document.messages[0]


def test_beside_a_picture_the_value_of_its_drawing_is_not_printed() -> None:
    both = cell(
        value({"image/png": picture()}, "display_data"),
        value({"text/plain": "(0.0, 4.2)"}),
        source="# alt: x",
    )
    document = printed(both)
    assert [type(block) for block in document.blocks[1:]] == [Picture]
    assert "its value is not printed ((0.0, 4.2))" in document.messages[0]


def test_a_table_of_pandas_is_a_table() -> None:
    import pandas as pd

    frame = pd.DataFrame({"Område": ["Nørre <b>", "Sø"], "Score": [3.14, 2.5]})
    (table,) = printed(
        cell(value({"text/html": frame._repr_html_(), "text/plain": "x"}))  # type: ignore[operator]
    ).blocks[1:]
    assert isinstance(table, Table)
    assert table.columns == ("", "Område", "Score")
    assert table.rows == (("0", "Nørre <b>", "3.14"), ("1", "Sø", "2.50"))
    assert table.align[1:] == ("left", "right")


def test_of_html_only_what_is_on_the_list_is_printed_and_the_rest_is_named() -> None:
    html = (
        "<h2>Head</h2><p>Text <a href='https://e.org'>link</a> <a href='javascript:x'>no</a></p>"
        "<script>alert(1)</script><iframe src='http://x'>in</iframe><img src='http://x/y.png'>"
    )
    document = printed(cell(value({"text/html": html}, "display_data")))
    assert document.blocks[1] == Heading("Head", 2)
    text = str(document.blocks)
    assert "https://e.org" in text
    for gone in ("javascript", "alert", "http://x"):
        assert gone not in text
    assert document.messages == (
        "own, cell 1: of its HTML this is not printed: <script>, <iframe>, <img>",
    )


@pytest.mark.parametrize(
    ("language", "word"), [("da", "2960 linjer mere"), ("nl", "2960 regels"), ("en", "2960 more")]
)
def test_long_output_is_cut_with_a_word(language: str, word: str) -> None:
    # It comes in pieces, as a kernel sends it.
    parts = [
        new_output(
            "stream", name="stdout", text="".join(f"line {i}\n" for i in range(at, at + 1000))
        )
        for at in (0, 1000, 2000)
    ]
    document = printed(cell(*parts), language=language)
    text, note = document.blocks[1:]
    assert "line 39" in str(text) and "line 40" not in str(text)
    assert isinstance(note, Note) and word in note.text
    assert document.messages == (
        "own, cell 1: 3000 lines are too much for a page: the rest is left out",
    )


def test_a_long_table_is_cut_with_a_word() -> None:
    rows = "".join(f"<tr>{'<td>1</td>' * 30}</tr>" for _ in range(200))
    table, *notes = printed(cell(value({"text/html": f"<table>{rows}</table>"}))).blocks[1:]
    assert isinstance(table, Table)
    assert (len(table.rows), len(table.columns)) == (40, 12)
    assert "18 more columns" in str(notes[0]) and "160 more rows" in str(notes[1])


def test_the_language_of_the_words_is_the_report_s() -> None:
    info = value(
        {MIME: to_json((DocumentInfo("T", "da", words={"lines": "{n} linjer mere"}),))},
        "display_data",
    )
    text = new_output("stream", name="stdout", text="x\n" * 100)
    document = document_of(new_notebook(cells=[cell(text), cell(info)]), "own")
    assert "linjer mere" in str(document.blocks)


def test_codes_of_a_terminal_and_the_steps_of_a_bar_are_not_printed() -> None:
    text = "\x1b[31mred\x1b[0m \x1b]0;title\x07\r 50 %\r100 %\nend"
    document = printed(cell(new_output("stream", name="stdout", text=text)))
    assert document.blocks[1] == Paragraph((Span("100 %\nend", "code"),))


def test_a_warning_is_named_and_not_printed() -> None:
    document = printed(cell(new_output("stream", name="stderr", text="w.py:1: UserWarning: Old\n")))
    assert document.blocks[1:] == ()
    assert document.messages == (
        "own, cell 1: what it warned of is not printed (“w.py:1: UserWarning: Old”)",
    )


def test_json_and_formulas_have_a_form() -> None:
    named = "<IPython.core.display.JSON object>"
    document = printed(cell(value({"application/json": {"a": [1]}, "text/plain": named})))
    assert '"a"' in str(document.blocks[1])
    formula = {"text/latex": "$x^2$", "text/plain": "<IPython.core.display.Latex object>"}
    assert "$x^2$" in str(printed(cell(value(formula))).blocks[1])
    script = {
        "application/javascript": "1",
        "text/plain": "<IPython.core.display.Javascript object>",
    }
    assert "no form for paper" in printed(cell(value(script))).messages[0]


def test_a_note_above_the_cover_comes_after_it() -> None:
    front = value({MIME: to_json((DocumentInfo("T", "en"), Cover("C"), Contents("In")))})
    rest = value({MIME: to_json((Heading("One"),))})
    note = new_markdown_cell("Read this first.")
    blocks = printed(note, cell(front), cell(rest)).blocks
    assert [type(block) for block in blocks] == [
        DocumentInfo,
        Cover,
        Contents,
        PageBreak,
        Paragraph,
        Heading,
    ]


@pytest.mark.parametrize(
    "source",
    ["# a\n" * 100_000, "# a\n" * 301, "# " + "a" * 600, ">" * 120 + " x", "x" * 500_000],
    ids=["long", "headings", "one heading", "nested", "text"],
)
def test_a_text_that_no_page_can_hold_is_refused_with_its_cell(source: str) -> None:
    with pytest.raises(PublishError, match="own, cell 1: "):
        printed(new_markdown_cell(source))


def test_a_drawing_that_does_not_end_is_named() -> None:
    deep = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' + "<g>" * 20_000
    document = printed(cell(value({"image/svg+xml": deep + "</g>" * 20_000 + "</svg>"})))
    assert document.blocks[1:] == ()
    assert "nested deeper than 64" in document.messages[0]


def test_letters_without_a_form_in_the_fonts_are_named() -> None:
    blocks = (Heading("Head"), Paragraph("Ærlig ş Ω 👍"), Paragraph("said مرحبا and 中文"))
    (said,) = unset(blocks)
    assert said.startswith("“said مرحبا and 中文”: the PDF has no letters for م")
    assert "arabic, cjk" in said
    assert "□" in "".join(pages_of(render_pdf(blocks)))


def test_a_figure_of_a_cell_keeps_its_description() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="1" height="1"/></svg>'
    document = printed(cell(value({"image/svg+xml": svg}), source="#alt: Half a field"))
    assert document.blocks[1:] == (Figure(svg, "Half a field"),)
