"""Text on a slide: runs with a language each, in the size that fits their box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from pptx.dml.color import RGBColor
from pptx.util import Pt

from hrkit.blocks import Span, Text, plain
from hrkit.publish.sound import sound_text

__all__ = ["LINE", "Line", "fitting", "height", "write"]

#: Width of an average letter, and height of a line, in the text's size.
_WIDTH, LINE = 0.5, 1.22


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its text, whether it is strong, and whether it is an item of a list."""

    text: Text
    strong: bool = False
    item: bool = False
    colour: str = ""


def write(frame: Any, lines: Sequence[Line], tag: str, size: float = 0) -> None:
    """Fill a text frame; ``size`` in points, or what its placeholder says."""
    frame.word_wrap = True
    for n, line in enumerate(lines):
        made = frame.paragraphs[0] if not n else frame.add_paragraph()
        if size and n < len(lines) - 1:
            made.space_after = Pt(size * 0.35)
        if line.item:
            _bullet(made, size)
        for span in (Span(line.text),) if isinstance(line.text, str) else line.text:
            for i, part in enumerate(sound_text(span.text).split("\n")):
                if i:
                    made.add_line_break()
                if part:
                    _run(made, part, span, line, tag, size)


def _run(paragraph: Any, text: str, span: Span, line: Line, tag: str, size: float) -> None:
    run = paragraph.add_run()
    run.text = text
    run._r.get_or_add_rPr().set("lang", tag)
    if size:
        run.font.size = Pt(size)
    if line.strong or span.style == "strong":
        run.font.bold = True
    if span.style == "emph":
        run.font.italic = True
    if line.colour:
        run.font.color.rgb = RGBColor.from_string(line.colour.lstrip("#").upper())


def _bullet(paragraph: Any, size: float) -> None:
    """An item with a hanging dot: a real list, which a screen reader names as one."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties = paragraph._p.get_or_add_pPr()
    room = round((size or 16) * 12700)
    properties.set("marL", str(room))
    properties.set("indent", str(-room))
    for xml in ('<a:buFont {} typeface="Arial"/>', '<a:buChar {} char="•"/>'):
        properties.append(parse_xml(xml.format(nsdecls("a"))))


def height(texts: Iterable[Text], width: float, size: float, space: float = 0.35) -> float:
    """Points that paragraphs take in a box of this width, generously."""
    total = 0.0
    for text in texts:
        lines = sum(
            max(1, ceil(len(part) * size * _WIDTH / max(width, 1.0)))
            for part in plain(text).split("\n")
        )
        total += size * (LINE * lines + space)
    return total


def fitting(texts: Sequence[Text], width: float, room: float, sizes: Sequence[float]) -> float:
    """The largest of some sizes in which paragraphs fit; the smallest if none does."""
    return next((size for size in sizes if height(texts, width, size) <= room), sizes[-1])
