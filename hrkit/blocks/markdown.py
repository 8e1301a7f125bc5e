"""Markdown → blocks, by markdown-it-py's tree.

What a consultant types between two cells is printed as it reads in the notebook.  Raw
HTML is shown as the text it is, a picture only by its description (nothing is ever
fetched), and a link only if it is http, https or mailto.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hrkit.blocks import (
    Block,
    Bullets,
    Card,
    Heading,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
    plain,
    sound_link,
)

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

__all__ = ["blocks_of_markdown"]

# Lists and quotes nested deeper than this are printed at this depth.
_DEEPEST = 4

#: What a text may take; more is no text that a person wrote for a report.
LONGEST, MOST_HEADINGS, LONGEST_HEADING, MOST_CELLS = 400_000, 300, 500, 20_000
_NESTED = 100  # beyond it markdown-it drops content silently


@lru_cache(maxsize=1)
def _parser() -> Any:
    from markdown_it import MarkdownIt

    # html=False: tags are text. maxNesting: beyond it markdown-it drops content silently.
    return MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTED}).enable("table")


def blocks_of_markdown(source: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text.

    Parameters
    ----------
    source
        CommonMark with tables.

    Returns
    -------
    tuple of Block
        Headings, paragraphs, lists, tables, quotes, code.

    Raises
    ------
    ValueError
        In words for its author, when it is longer or deeper than a text for a report is.
    """
    from markdown_it.tree import SyntaxTreeNode

    if len(source) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    tokens = _parser().parse(source)
    if any(token.level >= _NESTED - 1 for token in tokens):
        raise ValueError(f"is nested deeper than {_NESTED - 1} levels")
    kinds = Counter(token.type for token in tokens)
    if kinds["heading_open"] > MOST_HEADINGS:
        raise ValueError(
            f"has {kinds['heading_open']} headings; a text has at most {MOST_HEADINGS}"
        )
    if kinds["td_open"] > MOST_CELLS:
        raise ValueError(f"has tables of more than {MOST_CELLS} cells")
    blocks = _blocks(SyntaxTreeNode(tokens), 0)
    for block in blocks:
        if isinstance(block, Heading) and len(plain(block.text)) > LONGEST_HEADING:
            raise ValueError(f"has a heading of more than {LONGEST_HEADING} characters")
    return blocks


def _blocks(node: SyntaxTreeNode, depth: int) -> tuple[Block, ...]:
    return tuple(block for child in node.children for block in _block(child, depth))


def _block(node: SyntaxTreeNode, depth: int) -> tuple[Block, ...]:
    match node.type:
        case "heading":
            text = _inline(node)
            return (Heading(text, int(node.tag[1:])),) if plain(text).strip() else ()
        case "paragraph":
            return (Paragraph(_inline(node)),)
        case "bullet_list" | "ordered_list":
            return _list(node, depth)
        case "table":
            return (_table(node),)
        case "blockquote":
            return _quote(node, depth)
        case "code_block" | "fence":
            return (Paragraph((Span(node.content.rstrip("\n"), "code"),)),)
        case "hr":
            return ()
        case _:
            return (Paragraph(node.content),) if node.content else ()


def _list(node: SyntaxTreeNode, depth: int) -> tuple[Block, ...]:
    if depth >= _DEEPEST:  # its items go on as paragraphs
        return tuple(block for item in node.children for block in _blocks(item, depth))

    def item(child: SyntaxTreeNode) -> Text | tuple[Block, ...]:
        inside = _blocks(child, depth + 1)
        if not inside:
            return ""
        if len(inside) == 1 and isinstance(inside[0], Paragraph):
            return inside[0].text
        return inside

    ordered = node.type == "ordered_list"
    start = int(node.attrs.get("start", 1)) if ordered else 1
    return (Bullets(tuple(map(item, node.children)), ordered, start),)


def _quote(node: SyntaxTreeNode, depth: int) -> tuple[Block, ...]:
    inside = _blocks(node, depth + 1)
    if len(inside) == 1 and isinstance(inside[0], Paragraph):
        return (Quote(plain(inside[0].text)),)
    return (Card("", inside, "quiet"),) if depth < _DEEPEST else inside


def _table(node: SyntaxTreeNode) -> Table:
    rows = [row.children for part in node.children for row in part.children]
    head, body = rows[0], rows[1:]

    def align(cell: SyntaxTreeNode) -> Any:
        style = str(cell.attrs.get("style", ""))
        return style.removeprefix("text-align:") or "left"

    return Table(
        columns=tuple(plain(_inline(cell)) for cell in head),
        rows=tuple(tuple(_inline(cell) for cell in row) for row in body),
        align=tuple(map(align, head)),
        row_headers=False,
    )


def _inline(node: SyntaxTreeNode) -> Text:
    spans: list[Span] = []
    for child in node.children:  # one "inline" node, or none
        _spans(child, "plain", "", spans)
    if all(span.style == "plain" and not span.link for span in spans):
        return "".join(span.text for span in spans)
    return tuple(spans)


def _spans(node: SyntaxTreeNode, style: Any, link: str, out: list[Span]) -> None:
    match node.type:
        case "text":
            out.append(Span(node.content, style, link))
        case "code_inline":
            out.append(Span(node.content, "code", link))
        case "softbreak":
            out.append(Span(" ", style, link))
        case "hardbreak":
            out.append(Span("\n", style, link))
        case "image":
            described = "".join(c.content for c in node.children) or "–"
            out.append(Span(f"[{described}]", "mute"))
        case "strong" | "em" | "link" | "inline":
            # One style a span: what is strong and emphasised is strong.
            if node.type == "strong" or (node.type == "em" and style != "strong"):
                style = "strong" if node.type == "strong" else "emph"
            if node.type == "link":
                address = str(node.attrs.get("href", ""))
                link = address if sound_link(address) else ""
            for child in node.children:
                _spans(child, style, link, out)
        case _:
            out.append(Span(node.content, style, link))
