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
    from_json,
    to_json,
)
from hrkit.blocks.markdown import blocks_of_markdown
from hrkit.blocks.markup import blocks_of_html
from hrkit.blocks.pictures import base64_png
from hrkit.blocks.svg import drawing
from hrkit.blocks.worksheets import Worksheet, sheet_from_json
from hrkit.errors import Problem, PublishError

__all__ = ["blocks_of_cell", "is_repr", "worksheets_of_cell"]

#: What is printed of one output; the rest is cut.
MOST_LINES, MOST_CHARACTERS, MOST_ROWS, MOST_COLUMNS = 40, 5000, 40, 12

_ANSI = re.compile(r"\x1b\[[0-9;?]{0,40}[ -/]{0,4}[@-~]|\x1b\][^\x07\x1b]{0,300}(?:\x07|\x1b\\)?")
# What Python prints for objects that have no text of their own.
_OBJECT = re.compile(
    r"<[\w.]+:?(?:\s[^<>]{0,300})?>|\bat 0x[0-9a-fA-F]{4,}"
    r"|\b(?:Text|Annotation|Line2D|Rectangle|Wedge|Bbox|TransformedBbox)\([^\n]{0,300}\)"
)
_QUOTED = re.compile(r"'[^'\n]{0,300}'|\"[^\"\n]{0,300}\"")
_PRINTED = ("image/png", "image/jpeg", "image/gif", "image/webp")
_WIDGET = "application/vnd.jupyter.widget-view+json"
_ALT_LINE = re.compile(r"^\s{0,20}#\s{0,4}alt\s{0,4}:\s{0,4}(\S[^\n]{0,500})$", re.MULTILINE)

_SAYS = {
    "da": {
        "figure": "Figur uden beskrivelse.",
        "lines": "… {n} linjer mere er udeladt her.",
        "rows": "… {n} rækker mere er udeladt her.",
        "columns": "… {n} kolonner mere er udeladt her.",
        "characters": "… resten er udeladt her.",
    },
    "nl": {
        "figure": "Figuur zonder beschrijving.",
        "lines": "… nog {n} regels zijn hier weggelaten.",
        "rows": "… nog {n} rijen zijn hier weggelaten.",
        "columns": "… nog {n} kolommen zijn hier weggelaten.",
        "characters": "… de rest is hier weggelaten.",
    },
    "en": {
        "figure": "Figure without a description.",
        "lines": "… {n} more lines are left out here.",
        "rows": "… {n} more rows are left out here.",
        "columns": "… {n} more columns are left out here.",
        "characters": "… the rest is left out here.",
    },
}


def is_repr(text: str) -> bool:
    """Whether a text is what Python prints for an object that has none.

    >>> is_repr("Text(0.5, 1.0, 'Title')"), is_repr("<Axes: >"), is_repr("3.5")
    (True, True, False)
    >>> is_repr("[<matplotlib.lines.Line2D at 0x7f2b5c0d5a90>]"), is_repr("{'a': '<b>'}")
    (True, False)
    """
    return bool(_OBJECT.search(_QUOTED.sub("''", text[:4000])))


def _joined(text: Any) -> str:
    """A text as nbformat stores it: a string or a list of lines."""
    return text if isinstance(text, str) else "".join(map(str, text))


def _short(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 60 else line[:59] + "…"


def _one_stream(outputs: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What was written in pieces, one after the other, is one text."""
    out: list[Mapping[str, Any]] = []
    for output in outputs:
        kind = output.get("output_type"), output.get("name")
        if (
            kind[0] == "stream"
            and out
            and (
                out[-1].get("output_type"),
                out[-1].get("name"),
            )
            == kind
        ):
            out[-1] = {
                **out[-1],
                "text": _joined(out[-1].get("text", "")) + _joined(output.get("text", "")),
            }
        else:
            out.append(output)
    return out


class _Cell:
    """One cell's outputs on their way to the page; ``tell`` takes what its maker should know."""

    def __init__(
        self, cell: Mapping[str, Any], where: str, language: str, tell: Callable[[str], None]
    ) -> None:
        self.cell, self.where = cell, where
        self.says = _SAYS.get(language, _SAYS["en"])
        self._tell = tell
        self.outputs = _one_stream([o for o in cell.get("outputs", []) if isinstance(o, Mapping)])
        self.draws = any(
            kind.startswith("image/") for output in self.outputs for kind in output.get("data", {})
        )

    def tell(self, what: str) -> None:
        self._tell(f"{self.where}: {what}")

    def blocks(self) -> Iterator[Block]:
        for output in self.outputs:
            match output.get("output_type"):
                case "error":
                    said = f"{output.get('ename', 'Error')}: {output.get('evalue', '')}"
                    raise PublishError(
                        "a notebook with a failed cell is not printed",
                        [Problem(self.where, said, "mend it and run the notebook again")],
                    )
                case "stream" if output.get("name") == "stdout":
                    yield from self.text(_joined(output.get("text", "")))
                case "stream":
                    said = _short(_ANSI.sub("", _joined(output.get("text", ""))))
                    if said:
                        self.tell(f"what it warned of is not printed (“{said}”)")
                case "display_data" | "execute_result":
                    yield from self.data(output)

    def data(self, output: Mapping[str, Any]) -> Iterator[Block]:
        """The richest form that is structured: blocks, a picture, HTML or Markdown, then text."""
        data = output.get("data", {})
        if MIME in data:
            yield from _given(data[MIME], self.where)
            return
        for make in (self.svg, self.picture, self.html, self.markdown):
            made = make(data, output.get("metadata", {}))
            if made is not None:
                yield from made
                return
        text = _joined(data.get("text/plain", ""))
        if _WIDGET in data:
            self.tell(f"a widget is not printed ({_short(text) or 'no name'})")
        elif "application/json" in data and (not text or is_repr(text)):
            yield from self.text(json.dumps(data["application/json"], ensure_ascii=False, indent=1))
        elif "text/latex" in data and (not text or is_repr(text)):
            self.tell("a formula is printed as its source; show a picture of it instead")
            yield from self.text(_joined(data["text/latex"]))
        elif is_repr(text):
            if not self.draws:
                self.tell(f"what it shows has no form for paper ({_short(text)})")
        elif text.strip():
            if self.draws and output.get("output_type") == "execute_result":
                self.tell(
                    f"beside its picture its value is not printed ({_short(text)}); print() it"
                )
            else:
                yield from self.text(text)
        elif data:
            self.tell(f"what it shows has no form for paper ({', '.join(sorted(data))[:80]})")

    # ---- forms: each gives blocks, or None where there is no such form

    def svg(self, data: Mapping[str, Any], about: Mapping[str, Any]) -> list[Block] | None:
        if "image/svg+xml" not in data:
            return None
        svg = _joined(data["image/svg+xml"])
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
            png = base64_png(base64.b64decode(_joined(data[kind])))
        except ValueError as error:
            self.tell(f"its picture is not printed: it {error}")
            return []
        return [Picture(png, self.alt(kind, about), width=_share(png, kind, about))]

    def html(self, data: Mapping[str, Any], _: Mapping[str, Any]) -> list[Block] | None:
        if "text/html" not in data or _WIDGET in data:
            return None
        try:
            markup = blocks_of_html(_joined(data["text/html"]), self.says["figure"])
        except ValueError as error:
            self.tell(f"its HTML is not printed: it {error}")
            return []
        if markup.left_out:
            self.tell(f"of its HTML this is not printed: <{'>, <'.join(markup.left_out)}>")
        if any(getattr(block, "alt", "") == self.says["figure"] for block in markup.blocks):
            self.tell(_NO_ALT)
        if not markup.blocks:
            # A program's page (a map, a chart with scripts) may bring a plainer form along.
            return [] if markup.left_out or "text/plain" not in data else None
        return [part for block in markup.blocks for part in self.cut(block)]

    def markdown(self, data: Mapping[str, Any], _: Mapping[str, Any]) -> list[Block] | None:
        if "text/markdown" not in data:
            return None
        try:
            made = blocks_of_markdown(_joined(data["text/markdown"]))
        except ValueError as error:
            raise _too_much(self.where, error) from None
        return [part for block in made for part in self.cut(block)]

    def alt(self, kind: str, about: Mapping[str, Any]) -> str:
        """What a picture shows: said by the output, the cell, a tag, or a comment in its code."""
        own = about.get(kind, {})
        mine = self.cell.get("metadata", {})
        tags = [tag for tag in mine.get("tags", ()) if isinstance(tag, str)]
        line = _ALT_LINE.search(_joined(self.cell.get("source", "")))
        for said in (
            own.get("alt") if isinstance(own, Mapping) else None,
            about.get("alt"),
            mine.get("alt"),
            next((tag[4:] for tag in tags if tag[:4] in ("alt:", "alt=")), None),
            line[1] if line else None,
        ):
            if isinstance(said, str) and said.strip():
                return said.strip()
        self.tell(_NO_ALT)
        return self.says["figure"]

    # ---- long output

    def text(self, text: str) -> Iterator[Block]:
        """Text as it was written, without the codes of a terminal; a progress bar as it ended."""
        clean = _ANSI.sub("", text).replace("\r\n", "\n")
        lines = [line.rstrip("\r").rsplit("\r", 1)[-1] for line in clean.strip("\n").split("\n")]
        kept = "\n".join(lines[:MOST_LINES])
        word = self.says["lines"].format(n=len(lines) - MOST_LINES) if lines[MOST_LINES:] else ""
        if len(kept) > MOST_CHARACTERS:
            kept, word = kept[:MOST_CHARACTERS], self.says["characters"]
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
                words.append(self.says["columns"].format(n=wide))
            if long > 0:
                words.append(self.says["rows"].format(n=long))
            block = Table(
                columns=block.columns[:MOST_COLUMNS],
                rows=tuple(row[:MOST_COLUMNS] for row in block.rows[:MOST_ROWS]),
                caption=block.caption,
                align=block.align[:MOST_COLUMNS],
                row_headers=block.row_headers,
                compact=len(block.columns) > 6,
            )
        elif isinstance(block, Bullets) and len(block.items) > MOST_LINES:
            words.append(self.says["lines"].format(n=len(block.items) - MOST_LINES))
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
    said = own.get("width") if isinstance(own, Mapping) else None
    size = said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else None
    # A PNG's width stands at a fixed place: after its signature, and length and name of IHDR.
    pixels = size or int.from_bytes(base64.b64decode(png[:32])[16:20], "big")
    return min(1.0, max(0.08, pixels / (6.38 * 96)))


def _too_much(where: str, error: ValueError) -> PublishError:
    return PublishError(
        "a text of the notebook cannot be printed", [Problem(where, str(error), "shorten it")]
    )


def worksheets_of_cell(cell: Mapping[str, Any], where: str) -> tuple[Worksheet, ...]:
    """The worksheets that go with a cell's outputs.

    Raises
    ------
    PublishError
        When one cannot be read.
    """
    found: list[Worksheet] = []
    for output in cell.get("outputs", ()):
        data = output.get("data", {}).get(MIME, ())
        try:
            value = json.loads(_joined(data)) if isinstance(data, str) else data
            found += [sheet_from_json(one) for one in _listed(value) if _is_sheet(one)]
        except (ValueError, TypeError, AttributeError) as error:
            raise _unreadable(error, where) from error
    return tuple(found)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_sheet(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("type") == "worksheet"


def _unreadable(error: Exception, where: str) -> PublishError:
    return PublishError(
        "an output cannot be read", [Problem(where, str(error), "run the notebook again")]
    )


def _given(data: Any, where: str) -> Iterator[Block]:
    """Blocks under our own MIME type: a list of them, or one."""
    try:
        value = json.loads(_joined(data)) if isinstance(data, str) else to_json(data)
        made = from_json([one for one in _listed(value) if not _is_sheet(one)])
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise PublishError(
            "an output cannot be read", [Problem(where, str(error), "run the notebook again")]
        ) from error
    yield from made


def blocks_of_cell(
    cell: Mapping[str, Any], where: str, language: str, tell: Callable[[str], None]
) -> tuple[Block, ...]:
    """What a cell puts on the page.

    Parameters
    ----------
    cell
        A Markdown cell, or a code cell with its outputs.
    where
        Its notebook and number, for messages.
    language
        Of the words that say what was cut.
    tell
        Takes a sentence about what is not printed as it is shown.

    Raises
    ------
    PublishError
        When the cell failed, or its text or blocks cannot be read.
    """
    if cell.get("cell_type") == "markdown":
        try:
            return blocks_of_markdown(_joined(cell.get("source", "")))
        except ValueError as error:
            raise _too_much(where, error) from None
    return tuple(_Cell(cell, where, language, tell).blocks())
