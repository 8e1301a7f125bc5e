"""HTML from outside as a tree of the elements that are on the list.

What has no place on paper (scripts, frames, forms, styles) is left out with all that stands in it,
and named.  Nothing is fetched, nothing is run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["BLOCKS", "LONGEST", "MOST_TAGS", "Node", "TreeReader", "all_text", "grid_of"]

#: Longer HTML is no text but a program's page.
LONGEST = 2_000_000
#: A table of ten thousand cells has as many; a parser's work grows faster than their number.
MOST_TAGS = 30_000
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
BLOCKS = frozenset(
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


@dataclass(slots=True)
class Node:
    """An element; a text is an element without a name."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""


class TreeReader(HTMLParser):
    """Builds a tree of what is on the list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.gone: list[str] = []  # the element whose inside is left out, and its like within
        self.left_out: dict[str, None] = {}
        self.drawing = 0  # depth inside an <svg>
        self.raw: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, or leave it out with all that stands in it."""
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
        if tag in BLOCKS and self.open[-1].tag == "p":
            self.open.pop()
        if tag in ("li", "td", "th", "tr", "dt", "dd"):
            self._close_until(tag)
        node = Node(tag, {name: value or "" for name, value in attrs})
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
        """Close an element, whatever was left open inside it."""
        if self.drawing:
            self.raw.append(f"</{tag}>")
            self.drawing -= tag == "svg"
            if not self.drawing:
                self.open[-1].children.append(Node("svg", text="".join(self.raw)))
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
        """An element without an inside."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and not self.drawing:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        """Text between elements."""
        if self.drawing:
            self.raw.append(data.replace("&", "&amp;").replace("<", "&lt;"))
        elif not self.gone:
            self.open[-1].children.append(Node("", text=data))


def all_text(node: Node) -> str:
    """The text of an element with all that stands in it."""
    return node.text + "".join(
        "\n" if child.tag == "br" else all_text(child) for child in node.children
    )


def grid_of(rows: list[list[Node]]) -> list[list[Node]]:
    """Rows of equal length; a cell over several columns or rows stands in each of them."""
    out: list[list[Node]] = []
    hanging: dict[int, tuple[int, Node]] = {}  # column: rows to come, the cell

    def span(cell: Node, name: str) -> int:
        said = cell.attrs.get(name, "1")
        return min(max(int(said), 1), 100) if said.isdigit() and len(said) < 5 else 1

    for cells in rows:
        row: list[Node] = []

        def fill(row: list[Node] = row) -> None:
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
    return [row + [Node("td")] * (width - len(row)) for row in out]
