"""HTML of many makers becomes blocks by a list of what is taken."""

from __future__ import annotations

import pytest

from hrkit.blocks import Bullets, Figure, Heading, Paragraph, Picture, Quote, Span, Table
from hrkit.blocks.markup import blocks_of_html

from .test_outputs import picture


def test_a_page_becomes_blocks() -> None:
    html = (
        "<html><head><title>t</title><style>p{}</style></head><body><h1>A <i>b</i></h1>loose &amp; bound"
        "<p>one<p>two<br>lines<ul><li>a<li>b<ol start=3><li>c</ol></ul><blockquote><p>said</p></blockquote>"
        "<pre>x\n  y</pre><hr><dl><dt>T<dd>D</dl></body></html>"
    )
    markup = blocks_of_html(html)
    assert markup.left_out == ()
    assert markup.blocks == (
        Heading((Span("A "), Span("b", "emph")), 1),
        Paragraph("loose & bound"),
        Paragraph("one"),
        Paragraph("two\nlines"),
        Bullets(("a", (Paragraph("b"), Bullets(("c",), True, 3)))),
        Quote("said"),
        Paragraph((Span("x\n  y", "code"),)),
        Paragraph((Span("T", "strong"),)),
        Paragraph("D"),
    )


def test_cells_over_several_columns_and_rows_stand_in_each() -> None:
    html = (
        "<table><thead><tr><th rowspan=2>k<th colspan=2>v</tr><tr><th>a<th>b</tr></thead>"
        "<tr><td rowspan=2>x<td>1<td>2<tr><td>3<td>4</table>"
    )
    (table,) = blocks_of_html(html).blocks
    assert isinstance(table, Table)
    assert table.columns == ("k", "v · a", "v · b")
    assert table.rows == (("x", "1", "2"), ("x", "3", "4"))


def test_pictures_and_drawings_are_kept_and_nothing_is_fetched() -> None:
    html = (
        f'<img src="data:image/png;base64,{picture()}" alt="Red"><img src="http://x/y.png">'
        '<svg viewBox="0 0 2 1"><script>1</script><rect width="1" height="1"/></svg>'
        '<img src="file:///etc/passwd"><object data="x"></object>'
    )
    markup = blocks_of_html(html, "no words")
    assert [type(block) for block in markup.blocks] == [Picture, Figure]
    assert [block.alt for block in markup.blocks] == ["Red", "no words"]  # type: ignore[union-attr]
    assert set(markup.left_out) == {"img", "object"}


@pytest.mark.parametrize("html", ["<div>" * 10_000, "<p>" * 40_000, "x" * 2_000_001, "<" * 40_000])
def test_what_has_no_end_is_refused(html: str) -> None:
    with pytest.raises(ValueError):
        blocks_of_html(html)


@pytest.mark.parametrize(
    "html",
    ["", "<", "</p></table>", "<table></table>", "<svg>", "<!-- x", "<b>", "&#xD800;", "<td>x"],
)
def test_what_is_broken_stays_sound(html: str) -> None:
    blocks_of_html(html)
