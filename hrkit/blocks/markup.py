"""HTML → blocks, by a list of what is taken: text, headings, lists, tables, links, pictures.

A notebook's cell shows HTML of many makers: pandas its tables, a consultant a sentence with a
link.  What is on the list becomes blocks; the rest of a page (scripts, frames, forms, styles)
has no place on paper and is named to the maker.  Nothing is fetched, nothing is run.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
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
from hrkit.blocks.markup_tree import (
    BLOCKS,
    LONGEST,
    MOST_TAGS,
    Node,
    TreeReader,
    all_text,
    grid_of,
)
from hrkit.blocks.pictures import base64_png
from hrkit.blocks.svg import drawing

__all__ = ["Markup", "blocks_of_html"]

_DEEPEST = 4  # boxes and lists inside each other

_STYLES = {
    "b": "strong",
    "strong": "strong",
    "i": "emph",
    "em": "emph",
    "code": "code",
    "kbd": "code",
}
_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s{0,4}:\s{0,4}(left|right|center)")


@dataclass(frozen=True, slots=True)
class Markup:
    """What came of HTML: its blocks, and what was left out, by the names of the elements."""

    blocks: tuple[Block, ...]
    left_out: tuple[str, ...] = ()


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
    reader = TreeReader()
    reader.feed(source)
    reader.close()
    making = _Making(alt, reader.left_out)
    blocks = making.flow(reader.root.children, 0)
    return Markup(blocks, tuple(reader.left_out))


class _Making:
    """Turns a tree into blocks; lives for one call of `blocks_of_html`."""

    def __init__(self, alt: str, left_out: dict[str, None]) -> None:
        self.alt, self.left_out = alt, left_out

    def flow(self, nodes: list[Node], depth: int) -> tuple[Block, ...]:
        """Blocks of what stands one below the other; loose text becomes paragraphs."""
        out: list[Block] = []
        loose: list[Node] = []

        def flush() -> None:
            text = self.inline(loose)
            if plain(text).strip():
                out.append(Paragraph(text))
            loose.clear()

        for node in nodes:
            if node.tag in BLOCKS or node.tag in ("svg", "img", "hr") or self._holds_blocks(node):
                flush()
                out += self.block(node, depth)
            else:
                loose.append(node)
        flush()
        return tuple(out)

    def _holds_blocks(self, node: Node) -> bool:
        return any(
            child.tag in BLOCKS or child.tag in ("svg", "img") or self._holds_blocks(child)
            for child in node.children
        )

    def block(self, node: Node, depth: int) -> tuple[Block, ...]:
        match node.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                text = self.inline(node.children)
                return (Heading(text, int(node.tag[1])),) if plain(text).strip() else ()
            case "pre":
                code = all_text(node).strip("\n")
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

    def image(self, node: Node) -> tuple[Block, ...]:
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

    def items(self, node: Node, depth: int) -> tuple[Block, ...]:
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

    def table(self, node: Node) -> tuple[Block, ...]:
        """A table with one header row; several of them, as pandas writes them, are joined."""
        caption = ""
        head: list[list[Node]] = []
        body: list[list[Node]] = []

        def rows(inside: Node, section: str) -> None:
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
        grid = grid_of([*head, *body])
        if not grid or not any(grid):
            return ()
        if not head:
            head_grid: list[list[Node]] = []
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

    def _cell_text(self, cell: Node) -> str:
        return " ".join(plain(self.inline(cell.children)).split())

    def _align(self, column: list[Node]) -> str:
        said = [m[1] for cell in column if (m := _ALIGN.search(cell.attrs.get("style", "")[:300]))]
        if said:
            return said[0]
        texts = [t for cell in column if (t := self._cell_text(cell))]
        numbers = sum(bool(_NUMBER.fullmatch(text)) for text in texts)
        return "right" if texts and numbers == len(texts) else "left"

    def inline(self, nodes: list[Node]) -> Text:
        spans: list[Span] = []
        self._spans(nodes, "plain", "", spans)
        joined = _tidy(spans)
        if all(span.style == "plain" and not span.link for span in joined):
            return "".join(span.text for span in joined)
        return tuple(joined)

    def _spans(self, nodes: list[Node], style: Any, link: str, out: list[Span]) -> None:
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
                if node.tag in BLOCKS and out:
                    out.append(Span("\n", style, link))
                self._spans(node.children, here, sound, out)


_NUMBER = re.compile(r"[-−+]?[\d.,\u202f\u00a0 ]{1,40}\s?%?|nan|NaN|–|-")


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
