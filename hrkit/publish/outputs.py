"""One output of a cell → blocks, and what its maker should be told.

What a consultant's own cell shows is printed where it has a form for paper, or named in one line
with the cell.  Never printed: what Python says of an object that has no text (``<Axes: …>``,
``Text(0.5, 1.0, …)``), warnings, scripts, widgets.  Long output is cut, with a word.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hrkit.blocks import (
    MIME,
    Block,
    Bullets,
    Figure,
    Note,
    Paragraph,
    Picture,
    Span,
    Table,
)
from hrkit.blocks.markdown import blocks_of_markdown
from hrkit.blocks.markup import blocks_of_html
from hrkit.blocks.pictures import base64_png
from hrkit.blocks.svg import drawing
from hrkit.errors import Problem, PublishError
from hrkit.publish.given import given_blocks
from hrkit.publish.raw import ANSI, is_repr, joined, one_stream, short
from hrkit.publish.says import said

__all__ = ["blocks_of_cell"]

#: What is printed of one output; the rest is cut.
MOST_LINES, MOST_CHARACTERS, MOST_ROWS, MOST_COLUMNS = 40, 5000, 40, 12

_PRINTED = ("image/png", "image/jpeg", "image/gif", "image/webp")
_WIDGET = "application/vnd.jupyter.widget-view+json"
_ALT_LINE = re.compile(r"^\s{0,20}#\s{0,4}alt\s{0,4}:\s{0,4}(\S[^\n]{0,500})$", re.MULTILINE)


class _Cell:
    """One cell's outputs on their way to the page; ``tell`` takes what its maker should know."""

    def __init__(
        self,
        cell: Mapping[str, Any],
        where: str,
        words: Mapping[str, str],
        tell: Callable[[str], None],
    ) -> None:
        self.cell, self.where = cell, where
        self.words = words
        self._tell = tell
        self.outputs = one_stream([o for o in cell.get("outputs", []) if isinstance(o, Mapping)])
        self.draws = any(
            kind.startswith("image/") for output in self.outputs for kind in output.get("data", {})
        )

    def tell(self, what: str) -> None:
        self._tell(f"{self.where}: {what}")

    def blocks(self) -> Iterator[Block]:
        for output in self.outputs:
            match output.get("output_type"):
                case "error":
                    why = f"{output.get('ename', 'Error')}: {output.get('evalue', '')}"
                    raise PublishError(
                        "a notebook with a failed cell is not printed",
                        [Problem(self.where, why, "mend it and run the notebook again")],
                    )
                case "stream" if output.get("name") == "stdout":
                    yield from self.text(joined(output.get("text", "")))
                case "stream":
                    warned = short(ANSI.sub("", joined(output.get("text", ""))))
                    if warned:
                        self.tell(f"what it warned of is not printed (“{warned}”)")
                case "display_data" | "execute_result":
                    yield from self.data(output)

    def data(self, output: Mapping[str, Any]) -> Iterator[Block]:
        """The richest form that is structured: blocks, a picture, HTML or Markdown, then text."""
        data = output.get("data", {})
        if MIME in data:
            yield from given_blocks(data[MIME], self.where)
            return
        for make in (self.svg, self.picture, self.html, self.markdown):
            made = make(data, output.get("metadata", {}))
            if made is not None:
                yield from made
                return
        text = joined(data.get("text/plain", ""))
        if _WIDGET in data:
            self.tell(f"a widget is not printed ({short(text) or 'no name'})")
        elif "application/json" in data and (not text or is_repr(text)):
            yield from self.text(json.dumps(data["application/json"], ensure_ascii=False, indent=1))
        elif "text/latex" in data and (not text or is_repr(text)):
            self.tell("a formula is printed as its source; show a picture of it instead")
            yield from self.text(joined(data["text/latex"]))
        elif is_repr(text):
            if not self.draws:
                self.tell(f"what it shows has no form for paper ({short(text)})")
        elif text.strip():
            if self.draws and output.get("output_type") == "execute_result":
                self.tell(
                    f"beside its picture its value is not printed ({short(text)}); print() it"
                )
            else:
                yield from self.text(text)
        elif data:
            self.tell(f"what it shows has no form for paper ({', '.join(sorted(data))[:80]})")

    # ---- forms: each gives blocks, or None where there is no such form

    def svg(self, data: Mapping[str, Any], about: Mapping[str, Any]) -> list[Block] | None:
        if "image/svg+xml" not in data:
            return None
        svg = joined(data["image/svg+xml"])
        try:
            drawing(svg)
        except ValueError as error:
            self.tell(f"its drawing is not printed: {error}")
            return []
        return [Figure(svg, self.alt("image/svg+xml", about))]

    def picture(self, data: Mapping[str, Any], about: Mapping[str, Any]) -> list[Block] | None:
        kind = next((kind for kind in _PRINTED if kind in data), None)
        if kind is None:
            return None
        try:
            png = base64_png(_decoded(joined(data[kind])))
        except ValueError as error:
            self.tell(f"its picture is not printed: it {error}")
            return []
        return [Picture(png, self.alt(kind, about), width=_share(png, kind, about))]

    def html(self, data: Mapping[str, Any], _: Mapping[str, Any]) -> list[Block] | None:
        if "text/html" not in data or _WIDGET in data:
            return None
        try:
            markup = blocks_of_html(joined(data["text/html"]), said(self.words, "undescribed"))
        except ValueError as error:
            self.tell(f"its HTML is not printed: it {error}")
            return []
        if markup.left_out:
            self.tell(f"of its HTML this is not printed: <{'>, <'.join(markup.left_out)}>")
        if any(
            getattr(block, "alt", "") == said(self.words, "undescribed") for block in markup.blocks
        ):
            self.tell(_NO_ALT)
        if not markup.blocks:
            # A program's page (a map, a chart with scripts) may bring a plainer form along.
            return [] if markup.left_out or "text/plain" not in data else None
        return [part for block in markup.blocks for part in self.cut(block)]

    def markdown(self, data: Mapping[str, Any], _: Mapping[str, Any]) -> list[Block] | None:
        if "text/markdown" not in data:
            return None
        try:
            made = blocks_of_markdown(joined(data["text/markdown"]))
        except ValueError as error:
            raise _too_much(self.where, error) from None
        return [part for block in made for part in self.cut(block)]

    def alt(self, kind: str, about: Mapping[str, Any]) -> str:
        """What a picture shows: said by the output, the cell, a tag, or a comment in its code."""
        own = about.get(kind, {})
        mine = self.cell.get("metadata", {})
        tags = [tag for tag in mine.get("tags", ()) if isinstance(tag, str)]
        line = _ALT_LINE.search(joined(self.cell.get("source", "")))
        for alt in (
            own.get("alt") if isinstance(own, Mapping) else None,
            about.get("alt"),
            mine.get("alt"),
            next((tag[4:] for tag in tags if tag[:4] in ("alt:", "alt=")), None),
            line[1] if line else None,
        ):
            if isinstance(alt, str) and alt.strip():
                return alt.strip()
        self.tell(_NO_ALT)
        return said(self.words, "undescribed")

    # ---- long output

    def text(self, text: str) -> Iterator[Block]:
        """Text as it was written, without the codes of a terminal; a progress bar as it ended."""
        clean = ANSI.sub("", text).replace("\r\n", "\n")
        lines = [line.rstrip("\r").rsplit("\r", 1)[-1] for line in clean.strip("\n").split("\n")]
        kept = "\n".join(lines[:MOST_LINES])
        word = said(self.words, "lines", len(lines) - MOST_LINES) if lines[MOST_LINES:] else ""
        if len(kept) > MOST_CHARACTERS:
            kept, word = kept[:MOST_CHARACTERS], said(self.words, "characters")
        if kept.strip():
            yield Paragraph((Span(kept, "code"),))
        if word:
            self.tell(f"{len(lines)} lines are too much for a page: the rest is left out")
            yield Note(word)

    def cut(self, block: Block) -> Iterator[Block]:
        """A block as long as a page can bear, and the word that says what is missing."""
        if isinstance(block, Paragraph) and isinstance(block.text, tuple):
            styles = [span.style for span in block.text]
            if styles == ["code"]:
                yield from self.text(block.text[0].text)
                return
        words = []
        if isinstance(block, Table):
            wide, long = len(block.columns) - MOST_COLUMNS, len(block.rows) - MOST_ROWS
            if wide > 0:
                words.append(said(self.words, "columns", wide))
            if long > 0:
                words.append(said(self.words, "rows", long))
            block = Table(
                columns=block.columns[:MOST_COLUMNS],
                rows=tuple(row[:MOST_COLUMNS] for row in block.rows[:MOST_ROWS]),
                caption=block.caption,
                align=block.align[:MOST_COLUMNS],
                row_headers=block.row_headers,
                compact=len(block.columns) > 6,
            )
        elif isinstance(block, Bullets) and len(block.items) > MOST_LINES:
            words.append(said(self.words, "lines", len(block.items) - MOST_LINES))
            block = Bullets(block.items[:MOST_LINES], block.ordered, block.start)
        yield block
        for word in words:
            self.tell("a table or list is too large for a page: the rest is left out")
            yield Note(word)


_NO_ALT = (
    "a picture has no description for readers who cannot see it; say what it shows in a comment "
    "of its cell: # alt: …"
)


def _share(png: str, kind: str, about: Mapping[str, Any]) -> float:
    """How much of the text width a picture takes: as on a screen of 96 pixels an inch."""
    own = about.get(kind, {})
    given = own.get("width") if isinstance(own, Mapping) else None
    size = given if isinstance(given, int) and not isinstance(given, bool) and given > 0 else None
    # A PNG's width stands at a fixed place: after its signature, and length and name of IHDR.
    pixels = size or int.from_bytes(base64.b64decode(png[:32])[16:20], "big")
    return min(1.0, max(0.08, pixels / (6.38 * 96)))


def _too_much(where: str, error: ValueError) -> PublishError:
    return PublishError(
        "a text of the notebook cannot be printed", [Problem(where, str(error), "shorten it")]
    )


def blocks_of_cell(
    cell: Mapping[str, Any], where: str, words: Mapping[str, str], tell: Callable[[str], None]
) -> tuple[Block, ...]:
    """What a cell puts on the page.

    Parameters
    ----------
    cell
        A Markdown cell, or a code cell with its outputs.
    where
        Its notebook and number, for messages.
    words
        The document's own, see `hrkit.publish.says`; they say what was cut.
    tell
        Takes a sentence about what is not printed as it is shown.

    Raises
    ------
    PublishError
        When the cell failed, or its text or blocks cannot be read.
    """
    if cell.get("cell_type") == "markdown":
        try:
            return blocks_of_markdown(joined(cell.get("source", "")))
        except ValueError as error:
            raise _too_much(where, error) from None
    return tuple(_Cell(cell, where, words, tell).blocks())


def _decoded(text: str) -> bytes:
    """The bytes of a picture; none where they are not written as they must be."""
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""
