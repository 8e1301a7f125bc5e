"""HTML → blocks, by a list of what is taken: text, headings, lists, tables, links, pictures.

A notebook's cell shows HTML of many makers: pandas its tables, a consultant a sentence with a
link.  What is on the list becomes blocks; the rest of a page (scripts, frames, forms, styles)
has no place on paper and is named to the maker.  Nothing is fetched, nothing is run.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from hrkit.blocks import (
    Block,
    Bullets,
    Card,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Span,
    Table,
    Text,
    plain,
    sound_link,
)
from hrkit.blocks.pictures import base64_png
from hrkit.blocks.svg import drawing

__all__ = ["Markup", "blocks_of_html"]

#: Longer HTML is no text but a program's page.
LONGEST = 2_000_000
#: A table of ten thousand cells has as many; a parser's work grows faster than their number.
MOST_TAGS = 30_000
_DEEPEST = 4  # boxes and lists inside each other
_NESTED = 200  # elements inside each other

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
)
# With all that stands inside.
_GONE = frozenset(
    [
        "applet",
        "audio",
        "button",
        "canvas",
        "datalist",
        "dialog",
        "form",
        "frameset",
        "head",
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
# These carry nothing that a reader would miss.
_QUIET = frozenset(
    {"style", "head", "title", "noscript", "template", "link", "meta", "base", "col"}
)
_STYLES = {
    "b": "strong",
    "strong": "strong",
    "i": "emph",
    "em": "emph",
    "code": "code",
    "kbd": "code",
}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s{0,4}:\s{0,4}(left|right|center)")


@dataclass(slots=True)
class _Node:
    """An element; a text is an element without a name."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[_Node] = field(default_factory=list)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """What came of HTML: its blocks, and what was left out, by the names of the elements."""

    blocks: tuple[Block, ...]
    left_out: tuple[str, ...] = ()


class _MarkupReader(HTMLParser):
    """Builds a tree of what is on the list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self.open = [self.root]
        self.gone: list[str] = []  # the element whose inside is left out, and its like within
        self.left_out: dict[str, None] = {}
        self.drawing = 0  # depth inside an <svg>
        self.raw: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.drawing or (tag == "svg" and not self.gone):
            self.raw.append(self.get_starttag_text() or "")
            self.drawing += tag == "svg" and not (self.get_starttag_text() or "").endswith("/>")
            return
        if self.gone:
            if tag == self.gone[0]:
                self.gone.append(tag)
            return
        if tag in _GONE or tag in ("link", "meta", "base", "input", "embed", "col"):
            if tag not in _QUIET:
                self.left_out[tag] = None
            if tag not in _VOID:
                self.gone.append(tag)
            return
        if tag in _BLOCKS and self.open[-1].tag == "p":
            self.open.pop()
        if tag in ("li", "td", "th", "tr", "dt", "dd"):
            self._close_until(tag)
        node = _Node(tag, {name: value or "" for name, value in attrs})
        if len(self.open) > _NESTED:
            raise ValueError(f"is nested deeper than {_NESTED} elements")
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def _close_until(self, tag: str) -> None:
        """An item, a row or a cell ends where the next begins."""
        ends = {
            "td": ("td", "th"),
            "th": ("td", "th"),
            "dt": ("dt", "dd"),
            "dd": ("dt", "dd"),
            "tr": ("tr",),
            "li": ("li",),
        }[tag]
        stops = {"table", "ul", "ol", "dl", *(("tr",) if tag in ("td", "th") else ())}
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag in ends:
                del self.open[place:]
                return
            if self.open[place].tag in stops:
                return

    def handle_endtag(self, tag: str) -> None:
        if self.drawing:
            self.raw.append(f"</{tag}>")
            self.drawing -= tag == "svg"
            if not self.drawing:
                self.open[-1].children.append(_Node("svg", text="".join(self.raw)))
                self.raw = []
            return
        if self.gone:
            if tag == self.gone[0]:
                self.gone.pop()
            return
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and not self.drawing:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self.drawing:
            self.raw.append(data.replace("&", "&amp;").replace("<", "&lt;"))
        elif not self.gone:
            self.open[-1].children.append(_Node("", text=data))


def blocks_of_html(source: str, alt: str = "") -> Markup:
    """The blocks of HTML, and what of it was left out.

    Parameters
    ----------
    source
        HTML, whole or a piece.
    alt
        What a picture shows that does not say so itself.

    Raises
    ------
    ValueError
        In words for its maker, when it is longer or deeper than a text is.
    """
    if len(source) > LONGEST:
        raise ValueError(f"is longer than {LONGEST / 1e6:g} MB")
    if source.count("<") > MOST_TAGS:
        raise ValueError(f"has more than {MOST_TAGS} elements")
    reader = _MarkupReader()
    reader.feed(source)
    reader.close()
    making = _Making(alt, reader.left_out)
    blocks = making.flow(reader.root.children, 0)
    return Markup(blocks, tuple(reader.left_out))


class _Making:
    """Turns a tree into blocks; lives for one call of `blocks_of_html`."""

    def __init__(self, alt: str, left_out: dict[str, None]) -> None:
        self.alt, self.left_out = alt, left_out

    def flow(self, nodes: list[_Node], depth: int) -> tuple[Block, ...]:
        """Blocks of what stands one below the other; loose text becomes paragraphs."""
        out: list[Block] = []
        loose: list[_Node] = []

        def flush() -> None:
            text = self.inline(loose)
            if plain(text).strip():
                out.append(Paragraph(text))
            loose.clear()

        for node in nodes:
            if node.tag in _BLOCKS or node.tag in ("svg", "img", "hr") or self._holds_blocks(node):
                flush()
                out += self.block(node, depth)
            else:
                loose.append(node)
        flush()
        return tuple(out)

    def _holds_blocks(self, node: _Node) -> bool:
        return any(
            child.tag in _BLOCKS or child.tag in ("svg", "img") or self._holds_blocks(child)
            for child in node.children
        )

    def block(self, node: _Node, depth: int) -> tuple[Block, ...]:
        match node.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                text = self.inline(node.children)
                return (Heading(text, int(node.tag[1])),) if plain(text).strip() else ()
            case "pre":
                code = _all_text(node).strip("\n")
                return (Paragraph((Span(code, "code"),)),) if code.strip() else ()
            case "ul" | "ol":
                return self.items(node, depth)
            case "table":
                return self.table(node)
            case "blockquote":
                inside = self.flow(node.children, depth + 1)
                if len(inside) == 1 and isinstance(inside[0], Paragraph):
                    return (Quote(plain(inside[0].text)),)
                return (Card("", inside, "quiet"),) if inside and depth < _DEEPEST else inside
            case "img":
                return self.image(node)
            case "svg":
                return self.drawing(node.text)
            case "hr":
                return ()
            case "dt" | "summary":
                text = plain(self.inline(node.children)).strip()
                return (Paragraph((Span(text, "strong"),)),) if text else ()
        return self.flow(node.children, depth)

    def image(self, node: _Node) -> tuple[Block, ...]:
        address = node.attrs.get("src", "")
        found = _DATA.match(address)
        if not found:
            self.left_out["img"] = None
            return ()
        try:
            data = base64.b64decode(address[found.end() :])
            return (Picture(base64_png(data), node.attrs.get("alt", "").strip() or self.alt),)
        except ValueError:
            self.left_out["img"] = None
            return ()

    def drawing(self, svg: str) -> tuple[Block, ...]:
        if "xmlns" not in svg[:2000]:
            svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        try:
            drawing(svg)
        except ValueError:
            self.left_out["svg"] = None
            return ()
        return (Figure(svg, self.alt),)

    def items(self, node: _Node, depth: int) -> tuple[Block, ...]:
        items = [child for child in node.children if child.tag == "li"]
        if depth >= _DEEPEST:
            return tuple(b for item in items for b in self.flow(item.children, depth))
        made: list[Text | tuple[Block, ...]] = []
        for item in items:
            inside = self.flow(item.children, depth + 1)
            alone = len(inside) == 1 and isinstance(inside[0], Paragraph)
            made.append(inside[0].text if alone else inside or "")  # type: ignore[union-attr]
        start = node.attrs.get("start", "1")
        first = int(start) if start.isdigit() and len(start) < 7 else 1
        return (Bullets(tuple(made), node.tag == "ol", first),) if made else ()

    def table(self, node: _Node) -> tuple[Block, ...]:
        """A table with one header row; several of them, as pandas writes them, are joined."""
        caption = ""
        head: list[list[_Node]] = []
        body: list[list[_Node]] = []

        def rows(inside: _Node, section: str) -> None:
            nonlocal caption
            for child in inside.children:
                if child.tag == "caption":
                    caption = plain(self.inline(child.children)).strip()
                elif child.tag in ("thead", "tbody", "tfoot"):
                    rows(child, child.tag)
                elif child.tag == "tr":
                    cells = [cell for cell in child.children if cell.tag in ("td", "th")]
                    only_heads = all(cell.tag == "th" for cell in cells)
                    is_head = section == "thead" or (not body and only_heads and section == "table")
                    (head if is_head else body).append(cells)
                elif child.tag:
                    rows(child, section)

        rows(node, "table")
        grid = _grid([*head, *body])
        if not grid or not any(grid):
            return ()
        if not head:
            head_grid: list[list[_Node]] = []
        else:
            head_grid = grid[: len(head)]
        columns = tuple(
            " · ".join(dict.fromkeys(t for row in head_grid if (t := self._cell_text(row[x]))))
            for x in range(len(grid[0]))
        )
        cells = tuple(
            tuple(self.inline(cell.children) for cell in row) for row in grid[len(head_grid) :]
        )
        first = grid[len(head_grid) :] and all(r[0].tag == "th" for r in grid[len(head_grid) :])
        aligns: Any = tuple(
            self._align([row[x] for row in grid[len(head_grid) :]]) for x in range(len(grid[0]))
        )
        return (Table(columns, cells, caption, aligns, row_headers=bool(first)),)

    def _cell_text(self, cell: _Node) -> str:
        return " ".join(plain(self.inline(cell.children)).split())

    def _align(self, column: list[_Node]) -> str:
        said = [m[1] for cell in column if (m := _ALIGN.search(cell.attrs.get("style", "")[:300]))]
        if said:
            return said[0]
        texts = [t for cell in column if (t := self._cell_text(cell))]
        numbers = sum(bool(_NUMBER.fullmatch(text)) for text in texts)
        return "right" if texts and numbers == len(texts) else "left"

    def inline(self, nodes: list[_Node]) -> Text:
        spans: list[Span] = []
        self._spans(nodes, "plain", "", spans)
        joined = _tidy(spans)
        if all(span.style == "plain" and not span.link for span in joined):
            return "".join(span.text for span in joined)
        return tuple(joined)

    def _spans(self, nodes: list[_Node], style: Any, link: str, out: list[Span]) -> None:
        for node in nodes:
            if not node.tag:
                out.append(Span(re.sub(r"[ \t\r\n\f]+", " ", node.text), style, link))
            elif node.tag == "br":
                out.append(Span("\n", style, link))
            elif node.tag in ("img", "svg"):
                self.left_out[node.tag] = None  # inside a line there is no room for a picture
            else:
                here = _STYLES.get(node.tag, style)
                here = style if style == "strong" and here == "emph" else here
                address = node.attrs.get("href", "") if node.tag == "a" else ""
                sound = address if sound_link(address) else link
                if node.tag in _BLOCKS and out:
                    out.append(Span("\n", style, link))
                self._spans(node.children, here, sound, out)


_NUMBER = re.compile(r"[-−+]?[\d.,\u202f\u00a0 ]{1,40}\s?%?|nan|NaN|–|-")


def _all_text(node: _Node) -> str:
    return node.text + "".join(
        "\n" if child.tag == "br" else _all_text(child) for child in node.children
    )


def _tidy(spans: list[Span]) -> list[Span]:
    """Spans of one style joined; no space at the ends or around a line's end."""
    out: list[Span] = []
    for span in spans:
        if out and (out[-1].style, out[-1].link) == (span.style, span.link):
            out[-1] = Span(out[-1].text + span.text, span.style, span.link)
        elif span.text:
            out.append(span)
    out = [Span(re.sub(r" ?\n ?", "\n", s.text), s.style, s.link) for s in out]
    if out:
        out[0] = Span(out[0].text.lstrip(), out[0].style, out[0].link)
        out[-1] = Span(out[-1].text.rstrip(), out[-1].style, out[-1].link)
    return [span for span in out if span.text]


def _grid(rows: list[list[_Node]]) -> list[list[_Node]]:
    """Rows of equal length; a cell over several columns or rows stands in each of them."""
    out: list[list[_Node]] = []
    hanging: dict[int, tuple[int, _Node]] = {}  # column: rows to come, the cell

    def span(cell: _Node, name: str) -> int:
        said = cell.attrs.get(name, "1")
        return min(max(int(said), 1), 100) if said.isdigit() and len(said) < 5 else 1

    for cells in rows:
        row: list[_Node] = []

        def fill(row: list[_Node] = row) -> None:
            while len(row) in hanging:
                left, cell = hanging.pop(len(row))
                if left > 1:
                    hanging[len(row)] = left - 1, cell
                row.append(cell)

        for cell in cells:
            fill()
            for _ in range(span(cell, "colspan")):
                if (down := span(cell, "rowspan")) > 1:
                    hanging[len(row)] = down - 1, cell
                row.append(cell)
        fill()
        out.append(row)
    width = max(map(len, out), default=0)
    return [row + [_Node("td")] * (width - len(row)) for row in out]
