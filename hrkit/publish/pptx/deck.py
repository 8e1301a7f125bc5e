"""One pass over the slides of a deck, each laid out in the room that its layout leaves."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.shapes.graphfrm import CT_GraphicalObjectFrame
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Emu, Pt

from hrkit.blocks import (
    Bullets,
    Callout,
    Card,
    DocumentInfo,
    Facts,
    Note,
    Paragraph,
    Plot,
    Span,
    Table,
    Text,
    plain,
)
from hrkit.blocks.slides import Part, Slide
from hrkit.publish.colour import readable, tint
from hrkit.publish.plots import CHART, chart_xml, workbook
from hrkit.publish.pptx.base import EDGES, TITLES, prepared
from hrkit.publish.pptx.runs import Line, fitting, height, write
from hrkit.publish.sound import sound_text

__all__ = ["Deck"]

_GAP, _INSET = 14.0, 10.0  # points
_SIDE = 0.31  # of the width, for texts beside a picture
_BODY = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0)
_CELLS = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_TITLE = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
_SMALL = 11.0
_WHITE, _RULE = "#ffffff", "C3CAD1"


@dataclass(frozen=True, slots=True)
class _Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


class Deck:
    """Writes one deck; lives for one call of `hrkit.publish.pptx.render_pptx`."""

    def __init__(self, info: DocumentInfo, template: bytes) -> None:
        self.info, self.tag = info, info.tag or info.language
        self.brand = readable(info.primary)
        self.deck, self.cover, self.content = prepared(info, template)
        self.titles: set[str] = set()

    def save(self, out: IO[bytes]) -> None:
        """Write the file."""
        self.deck.save(out)

    def add(self, slide: Slide) -> None:
        """Lay out one slide: its title first, then its parts as they are read, its foot last."""
        cover = slide.kind == "cover"
        page = self.deck.slides.add_slide(self.cover if cover else self.content)
        room = self._title(page, self._unique(slide.title))
        if cover:
            self._cover(page, slide, room)
        else:
            self._parts(page, slide.parts, room)
            self._foot(page)
        self._notes(page, slide.notes)

    def _unique(self, title: str) -> str:
        title = " ".join(sound_text(title).split()).removesuffix(".")
        made, n = title, 2
        while made.casefold() in self.titles:
            made, n = f"{title} ({n})", n + 1
        self.titles.add(made.casefold())
        return made

    # ---- title, foot and notes

    def _title(self, page: Any, title: str) -> _Box:
        """Write the title; the room below it."""
        wide, tall = self.deck.slide_width / 12700, self.deck.slide_height / 12700
        shape = page.shapes.title
        if shape is None:  # a template without a title: a box that is one
            shape = page.shapes.add_textbox(Pt(42), Pt(22), Pt(wide - 84), Pt(76))
            shape.name = "Title"
        left, width = (shape.left or 0) / 12700, (shape.width or 0) / 12700
        height_, top = (shape.height or 0) / 12700, (shape.top or 0) / 12700
        size = fitting((title,), width - 2 * _INSET, height_ - 8, _TITLE)
        write(shape.text_frame, (Line(title),), self.tag, size if size < _TITLE[0] else 0)
        below = min(top + height_ + 6, 0.4 * tall)
        edges = [s for s in page.slide_layout.placeholders if s.placeholder_format.type in EDGES]
        lows = [s.top / 12700 for s in edges if s.top and s.top / 12700 > 0.7 * tall]
        foot = min([*lows, 0.94 * tall])
        if width < 0.5 * wide:  # a title at the side leaves the whole width to nobody
            left, width = 42.0, wide - 84
        return _Box(left, below, width, foot - below - 6)

    def _foot(self, page: Any) -> None:
        """Mark, whose it is, and the number: in the layout's own places, or in one of ours."""
        info = self.info
        text = " · ".join(x for x in (info.client, info.confidentiality, info.author) if x)
        spans = (*((Span(f"{info.mark} · ", "strong"),) if info.mark else ()), Span(text))
        placed = {s.placeholder_format.type: s for s in page.slide_layout.placeholders}
        footer = self._copied(page, placed.get(PP_PLACEHOLDER.FOOTER))
        if footer is None:
            tall = self.deck.slide_height / 12700
            footer = page.shapes.add_textbox(Pt(42), Pt(tall - 26), Pt(700), Pt(20))
            write(footer.text_frame, (Line(spans),), self.tag, _SMALL)
        else:
            write(footer.text_frame, (Line(spans),), self.tag)
        number = self._copied(page, placed.get(PP_PLACEHOLDER.SLIDE_NUMBER))
        if number is not None:
            self._number(number)

    def _copied(self, page: Any, shape: Any) -> Any:
        """A placeholder of the layout on the slide, where it inherits place and look."""
        if shape is None:
            return None
        made = copy.deepcopy(shape._element)
        for old in list(made.find(qn("p:spPr"))):
            made.find(qn("p:spPr")).remove(old)
        body = made.find(qn("p:txBody"))
        for old in body.findall(qn("a:p"))[1:]:
            body.remove(old)
        for old in list(body.find(qn("a:p"))):
            body.find(qn("a:p")).remove(old)
        made.find(f".//{qn('p:cNvPr')}").set("id", str(page.shapes._next_shape_id))
        page.shapes._spTree.append(made)
        return next(s for s in page.placeholders if s._element is made)

    def _number(self, shape: Any) -> None:
        line = shape.text_frame.paragraphs[0]._p
        line.append(
            parse_xml(
                f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" '
                f'type="slidenum"><a:rPr lang="{self.tag}"/><a:t>‹#›</a:t></a:fld>'
            )
        )

    def _notes(self, page: Any, notes: Sequence[str]) -> None:
        if notes:
            frame = page.notes_slide.notes_text_frame
            write(frame, tuple(Line(note) for note in notes), self.tag)

    # ---- what stands on a slide

    def _cover(self, page: Any, slide: Slide, room: _Box) -> None:
        lines = _lines(slide.parts)
        place = next(
            (s for s in page.placeholders if s.placeholder_format.type not in (*TITLES, *EDGES)),
            None,
        )
        if place is None:
            self._text(page, lines, room, "", 20.0)
            return
        width, tall = (place.width or Pt(600)) / 12700, (place.height or Pt(180)) / 12700
        sizes = (20.0, 18.0, 16.0, 14.0, 12.0)
        write(
            place.text_frame, lines, self.tag, fitting([x.text for x in lines], width, tall, sizes)
        )

    def _parts(self, page: Any, parts: Sequence[Part], room: _Box) -> None:
        """The picture at the left, texts at its side, notes under both; in that order they are read."""
        main = [part for part in parts if isinstance(part, (Plot, Table))]
        feet = [part for part in parts if isinstance(part, Note)]
        texts = [part for part in parts if part not in main and part not in feet]
        foot = [Line(part.text) for part in feet]
        low = height([x.text for x in foot], room.width, _SMALL) + 4 if foot else 0.0
        body = _Box(room.left, room.top, room.width, room.height - low)
        for part in parts[: parts.index(main[0])] if main else ():
            if part in texts and isinstance(part, (Paragraph, Callout)):
                # What stands before the picture is read before it, and stands above it.
                used = self._lead(page, part, body)
                body = _Box(body.left, body.top + used, body.width, body.height - used)
                texts.remove(part)
        wide = body.width if not texts or not main else body.width * (1 - _SIDE) - _GAP
        each = body.height / max(1, len(main))
        for n, part in enumerate(main):
            box = _Box(body.left, body.top + n * each, wide, each - (4 if n else 0))
            if isinstance(part, Plot):
                self._plot(page, part, box)
            else:
                self._table(page, part, box)
        if texts:
            left = body.left + wide + _GAP if main else body.left
            self._texts(
                page, texts, _Box(left, body.top, body.left + body.width - left, body.height)
            )
        if foot:
            box = _Box(room.left, room.top + room.height - low, room.width, low)
            self._text(page, foot, box, "", _SMALL)

    def _lead(self, page: Any, part: Paragraph | Callout, box: _Box) -> float:
        lines = _lines((part,))
        tall = height([x.text for x in lines], box.width - _INSET, 16.0) + 2
        ground = tint(self.info.accent, 0.12) if isinstance(part, Callout) else ""
        self._text(page, lines, _Box(box.left, box.top, box.width, tall), ground, 16.0)
        return tall + 6

    def _texts(self, page: Any, parts: Sequence[Part], box: _Box) -> None:
        """Cards and texts one under the other, all in one size, each as high as its words."""
        groups = [(_lines((part,)), self._ground(part)) for part in parts]
        words = [line.text for lines, _ in groups for line in lines]
        inside = box.width - 2 * _INSET
        room = box.height - len(groups) * (2 * _INSET + 8)
        size = fitting(words, inside, room, _BODY)
        top = box.top
        for lines, ground in groups:
            tall = height([x.text for x in lines], inside, size) + 2 * _INSET
            self._text(page, lines, _Box(box.left, top, box.width, tall), ground, size)
            top += tall + 8

    def _ground(self, part: Part) -> str:
        if isinstance(part, Card):
            return tint(self.info.accent, 0.1) if part.tone == "accent" else tint(self.brand, 0.07)
        return tint(self.info.accent, 0.12) if isinstance(part, Callout) else ""

    def _text(self, page: Any, lines: Sequence[Line], box: _Box, ground: str, size: float) -> None:
        from pptx.dml.color import RGBColor

        shape = page.shapes.add_textbox(*_emu(box))
        shape.name = _short(plain(lines[0].text)) if lines else "Text"
        frame = shape.text_frame
        frame.auto_size, frame.vertical_anchor = MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
        if ground:
            shape.fill.solid()
            shape.fill.fore_color.rgb = RGBColor.from_string(ground.lstrip("#").upper())
        sides = Pt(_INSET if ground else 3)
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = sides
        write(frame, lines, self.tag, size)

    def _plot(self, page: Any, plot: Plot, box: _Box) -> None:
        """PowerPoint's own chart, with its workbook."""
        package = page.part.package
        bars = len(plot.categories) * (1 if plot.kind == "stack" else len(plot.series))
        size = 13.0 if bars <= 14 else 12.0 if bars <= 20 else 11.0 if bars <= 28 else 9.5
        how: dict[str, Any] = {"size": size, "height": box.height, "font": "+mn-lt"}
        xml = chart_xml(plot, "rId1", self.tag, brand=self.brand, **how)
        name = package.next_partname(ChartPart.partname_template)
        part = ChartPart.load(name, CHART, package, xml)
        book = EmbeddedXlsxPart.new(workbook(plot), package)
        part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)  # the chart's first: rId1
        to = page.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        made = CT_GraphicalObjectFrame.new_chart_graphicFrame(
            page.shapes._next_shape_id, _short(plot.title), to, *_emu(box)
        )
        page.shapes._spTree.append(made)
        _describe(made, plot.words())

    def _table(self, page: Any, block: Table, box: _Box) -> None:
        widths = _widths(block, box.width)
        size = next((s for s in _CELLS if sum(_tall(block, widths, s)) <= box.height), _CELLS[-1])
        tall = _tall(block, widths, size)
        frame = page.shapes.add_table(
            len(block.rows) + 1,
            len(block.columns),
            *_emu(_Box(box.left, box.top, box.width, sum(tall))),
        )
        frame.name = _short(block.caption or block.summary or plain(block.columns[0]))
        _describe(frame._element, sound_text(block.summary or block.caption))
        table = frame.table
        table.first_row, table.first_col = True, block.row_headers
        table.horz_banding = False
        _unstyled(frame._element)
        aligns = block.align or ("left",) * len(block.columns)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
        for row, points in zip(table.rows, tall, strict=True):
            row.height = Pt(points)
        for y, row in enumerate((block.columns, *block.rows)):
            for x, text in enumerate(row):
                cell = table.cell(y, x)
                cell.margin_left = cell.margin_right = Pt(5)
                cell.margin_top = cell.margin_bottom = Pt(3)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                strong = not y or (not x and block.row_headers)
                write(
                    cell.text_frame,
                    (Line(text, strong, colour="" if y else _WHITE),),
                    self.tag,
                    size,
                )
                _edge(cell, header=not y)
                if aligns[x] == "right":
                    cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _lines(parts: Sequence[Part]) -> list[Line]:
    """The paragraphs of some texts."""
    found: list[Line] = []
    for part in parts:
        if isinstance(part, (Paragraph, Callout, Note)):
            found.append(Line(part.text, strong=isinstance(part, Paragraph) and part.lead))
        elif isinstance(part, Bullets):
            for item in part.items:
                text: Any = item
                if isinstance(item, tuple) and item and not isinstance(item[0], Span):
                    text = " ".join(plain(b.text) for b in item if isinstance(b, Paragraph))
                found.append(Line(text, item=True))
        elif isinstance(part, Card):
            found += [Line(part.title, strong=True)] if part.title else []
            found += _lines(part.blocks)  # type: ignore[arg-type]
        elif isinstance(part, Facts):
            for fact in part.facts:
                value: Text = (
                    Span(f"{fact.value} {fact.unit}".strip(), "strong"),
                    Span(f" {fact.label}"),
                )
                found.append(Line(value))
    return found


def _emu(box: _Box) -> tuple[Emu, Emu, Emu, Emu]:
    left, top, width, tall = (Emu(Pt(x)) for x in (box.left, box.top, box.width, box.height))
    return left, top, width, tall


def _short(text: str) -> str:
    line = " ".join(sound_text(text).split())
    return line if len(line) <= 60 else line[:59].rstrip() + "…"


def _describe(element: Any, text: str) -> None:
    """A picture's or table's alt text."""
    element.find(f".//{qn('p:cNvPr')}").set("descr", sound_text(text))


def _unstyled(element: Any) -> None:
    """No look of the program's own; header and lines take the theme's colours."""
    element.find(f".//{qn('a:tableStyleId')}").text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _edge(cell: Any, *, header: bool) -> None:
    """A header's ground, or the thin line under a row."""
    if header:
        cell.fill.solid()
        cell.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        return
    cell.fill.background()
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{_RULE}"/></a:solidFill></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, line)


def _widths(block: Table, total: float) -> list[float]:
    """Columns as given, or by their texts; none narrower than its longest word."""
    columns = [
        [name, *(plain(row[x]) for row in block.rows)] for x, name in enumerate(block.columns)
    ]
    given = list(block.widths) if block.widths and all(block.widths) else []
    given = given or [float(min(46, max(map(len, texts)) + 3)) for texts in columns]
    longest = [max((len(w) for t in texts for w in t.split()), default=1) for texts in columns]
    least = [min(0.3 * total, 7.6 * n + 12) for n in longest]
    wanted = [total * width / sum(given) for width in given]
    short = sum(max(0.0, need - have) for need, have in zip(least, wanted, strict=True))
    room = [max(0.0, have - need) for need, have in zip(least, wanted, strict=True)]
    part = short / sum(room) if sum(room) > short else 0.0
    made = [
        max(need, have) - part * spare
        for need, have, spare in zip(least, wanted, room, strict=True)
    ]
    return [width * total / sum(made) for width in made]


def _tall(block: Table, widths: Sequence[float], size: float) -> list[float]:
    """Points that each row takes."""
    return [
        max(height((text,), width - 10, size, 0) for text, width in zip(row, widths, strict=True))
        + 7
        for row in (block.columns, *block.rows)
    ]
