"""One pass over a document's blocks in reading order, writing each as Word's own thing."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import Any

from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph as Line

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Contents,
    Cover,
    DocumentInfo,
    Facts,
    Figure,
    Grid,
    Group,
    Heading,
    Levels,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
    plain,
    sound_link,
    walk,
)
from hrkit.errors import PublishError
from hrkit.publish.colour import readable
from hrkit.publish.pictures import png
from hrkit.publish.prepare import without_gaps
from hrkit.publish.word import tables, xml
from hrkit.publish.word.styles import CODE, MUTE, prepared_document, rgb

__all__ = ["Writer"]

_PNG = "data:image/png;base64,"
_ART_MARGIN = 18.0
_DEEPEST_LIST = 3


class Writer:
    """Writes one document; lives for one call of `hrkit.publish.word.render_word`."""

    def __init__(self, info: DocumentInfo, blocks: tuple[Block, ...]) -> None:
        self.info, self.blocks = info, blocks
        cover = any(isinstance(block, Cover) for block in blocks)
        self.doc, self.look = prepared_document(info, cover=cover)
        headings = [block for block in walk(blocks) if isinstance(block, Heading)]
        levels = without_gaps(block.level for block in headings)
        self.entries = [
            (f"_Toc{n:06d}", level, plain(block.text))
            for n, (block, level) in enumerate(zip(headings, levels, strict=True), 1)
        ]
        self.next_heading = iter(self.entries)
        self.place: Any = self.doc  # the document, or the cell that is being filled
        self.width = self.look.width  # points
        self.share = 1.0  # of the width, for figures in a grid
        self.fresh: Line | None = None  # the empty paragraph that every new cell begins with
        self.new_page = False
        self.depth = 0  # of lists
        self.writers: dict[type, Callable[[Any], None]] = {
            Heading: self.heading, Paragraph: self.paragraph, Quote: self.quote,
            Bullets: self.bullets, Card: self.card, Callout: self.callout, Facts: self.facts,
            Levels: self.levels, Table: self.table, Figure: self.figure, Grid: self.grid,
            Cover: self.cover, Contents: self.contents, PageBreak: self.page_break,
            Note: lambda block: self.text(self.line("Note"), block.text),
            Group: lambda block: self.all(block.blocks),
        }  # fmt: skip

    def document(self) -> Any:
        """The finished python-docx document."""
        self.all(self.blocks)
        return self.doc

    def all(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self.writers[type(block)](block)

    # ---- lines and runs

    def line(self, style: str) -> Line:
        """A new paragraph, on a new page if one was asked for."""
        if self.fresh is not None:
            made, self.fresh = self.fresh, None
            made.style = self.doc.styles[style]
        else:
            made = self.place.add_paragraph(style=style)
        if self.new_page and self.place is self.doc:
            made.paragraph_format.page_break_before = True
            self.new_page = False
        return made

    def text(self, line: Line, text: Text) -> Line:
        for span in (Span(text),) if isinstance(text, str) else text:
            if sound_link(span.link):
                run = xml.link(line, span.text, address=span.link)
                run.font.underline, run.font.color.rgb = True, rgb(self.look.primary)
            else:
                run = line.add_run(span.text)
            if span.style == "strong":
                run.bold = True
            elif span.style == "emph":
                run.italic = True
            elif span.style == "code":
                run.font.name = CODE
            elif span.style == "mute":
                run.font.color.rgb = rgb(MUTE)
        return line

    # ---- blocks of text

    def heading(self, block: Heading) -> None:
        name, level, _ = next(self.next_heading)
        self.new_page = self.new_page or block.new_page
        if block.kicker:
            self.line("Kicker").add_run(block.kicker)
        line = self.text(self.line(f"Heading {min(level, 6)}"), block.text)
        if block.kicker:
            line.paragraph_format.space_before = Pt(0)
        xml.target(line, name, int(name[4:]))

    def paragraph(self, block: Paragraph) -> None:
        code = isinstance(block.text, tuple) and [s.style for s in block.text] == ["code"]
        self.text(self.line("Code" if code else "Lead" if block.lead else "Normal"), block.text)

    def quote(self, block: Quote) -> None:
        self.line("Quote").add_run(block.text)
        if block.by:
            self.line("Quote Source").add_run(block.by)

    def callout(self, block: Callout) -> None:
        self.text(
            self.line("Callout Warning" if block.tone == "warning" else "Callout"), block.text
        )

    def bullets(self, block: Bullets) -> None:
        self.depth += 1
        level = min(self.depth, _DEEPEST_LIST)
        style = ("List Number" if block.ordered else "List Bullet") + (
            f" {level}" if level > 1 else ""
        )
        number = xml.numbering(self.doc, style, block.start) if block.ordered else None

        def item() -> Line:
            line = self.line(style)
            if number is not None:
                properties = line._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
            return line

        for value in block.items:
            if not isinstance(value, tuple) or not value or isinstance(value[0], Span):
                self.text(item(), value)  # type: ignore[arg-type]
            elif isinstance(value[0], Paragraph):
                self.text(item(), value[0].text)
                self.all(value[1:])  # type: ignore[arg-type]
            else:
                item()
                self.all(value)  # type: ignore[arg-type]
        self.depth -= 1

    # ---- boxes and tables

    @contextmanager
    def inside(self, cell: Any, width: float) -> Any:
        """What is written goes into a cell."""
        before = self.place, self.width, self.fresh, self.depth
        self.place, self.width, self.fresh, self.depth = cell, width, cell.paragraphs[0], 0
        yield
        unused = self.fresh
        self.place, self.width, self.fresh, self.depth = before
        if unused is not None and len(cell._tc.tc_lst if False else list(cell._tc)) > 2:
            unused._p.getparent().remove(unused._p)

    def new_table(self, rows: int, columns: int) -> Any:
        """A table as wide as its place; the paragraph after it keeps the next one apart."""
        if self.new_page and self.place is self.doc:
            self.line("Spacer")
        if self.place is self.doc:
            made = self.doc.add_table(rows, columns)
        else:
            made = self.place.add_table(rows, columns)
            last = self.place.paragraphs[-1]
            last._p.getparent().remove(last._p)
        return made

    def after_table(self) -> None:
        self.place.add_paragraph(style="Spacer")

    def card(self, block: Card) -> None:
        table = self.new_table(1, 1)
        tables.card(table, *self.look.tone(block.tone), self.width, block.title)
        with self.inside(table.cell(0, 0), self.width - 24):
            if block.title:
                run = self.line("Card Title").add_run(block.title)
                if block.tone == "accent":
                    run.font.color.rgb = rgb(self.look.accent)
            self.all(block.blocks)
            if self.fresh is None and not isinstance(block.blocks[-1:], Paragraph):
                pass
        self.after_table()

    def facts(self, block: Facts) -> None:
        table = self.new_table(len(block.facts), 2)
        tables.facts(table, self.look, self.width)
        for row, fact in zip(table.rows, block.facts, strict=True):
            with self.inside(row.cells[0], self.width * 0.3):
                line = self.line("Table Text")
                value = line.add_run(fact.value)
                value.bold, value.font.size = True, Pt(16)
                value.font.color.rgb = rgb(self.look.primary)
                if fact.unit:
                    line.add_run(f" {fact.unit}").font.color.rgb = rgb(MUTE)
            with self.inside(row.cells[1], self.width * 0.7):
                self.line("Table Text").add_run(fact.label)
        self.after_table()

    def levels(self, block: Levels) -> None:
        self.line("Caption").add_run(block.sentence)
        table = self.new_table(1, len(block.names))
        tables.levels(table, block, self.look, self.width)
        self.after_table()

    def table(self, block: Table) -> None:
        if block.caption:
            self.line("Caption").add_run(block.caption)
        table = self.new_table(len(block.rows) + 1, len(block.columns))
        tables.data(table, block, self.look, self.width, self.text)
        self.after_table()

    def grid(self, block: Grid) -> None:
        widths = block.widths or (1.0,) * len(block.cells)
        before = self.share
        for cell, width in zip(block.cells, widths, strict=False):
            self.share = min(1.0, 1.25 * width / sum(widths)) if len(block.cells) > 1 else 1.0
            self.all(cell)
        self.share = before

    # ---- pictures

    def figure(self, block: Figure) -> None:
        if plain(block.caption):
            self.text(self.line("Caption"), block.caption)
        width = self.width * block.width * self.share
        self.picture(png(block.svg, width)[0], width, block.alt)

    def picture(self, data: bytes, width: float, alt: str, height: float = 0) -> None:
        """A picture in a line of its own, no larger than ``width`` × ``height`` points."""
        line = self.line("Figure")
        try:
            shape = line.add_run().add_picture(io.BytesIO(data))
        except (UnrecognizedImageError, ValueError, KeyError) as error:
            raise PublishError("a picture of the document is no PNG that can be read") from error
        scale = Pt(width) / shape.width
        if height:
            scale = min(scale, Pt(height) / shape.height)
        shape.width, shape.height = (
            Emu(round(shape.width * scale)),
            Emu(round(shape.height * scale)),
        )
        about = shape._inline.docPr
        about.set("descr", alt)

    def cover(self, block: Cover) -> None:
        if block.mark:
            self.line("Mark").add_run(block.mark)
        if block.logo:
            self.logo(block)
        self.line("Title").add_run(block.title)
        for n, part in enumerate((block.client, block.subtitle, block.author)):
            if part:
                self.line("Subtitle").add_run(part).bold = not n
        small = " · ".join(part for part in (block.confidentiality, block.date) if part)
        if small:
            self.line("Normal").add_run(small)
        if block.art:
            ground = readable(self.info.primary)
            art, _ = png(block.art, self.width, ground=ground, margin=_ART_MARGIN)
            self.picture(art, self.width, block.art_alt)
        if block.legend:
            self.line("Note").add_run(block.legend)
        self.new_page = True

    def logo(self, block: Cover) -> None:
        if not block.logo.startswith(_PNG):
            data, _ = png(block.logo, 150)
        else:
            try:
                data = base64.b64decode(block.logo.removeprefix(_PNG), validate=True)
            except binascii.Error as error:
                raise PublishError(f"the logo is no base64 text: {error}") from error
        self.picture(data, 155, block.logo_alt or block.client, height=42)

    # ---- pages

    def page_break(self, block: PageBreak) -> None:
        self.new_page = True

    def contents(self, block: Contents) -> None:
        """A table of contents as a field: filled in here, with page numbers once Word opens it."""
        depth = max(1, block.depth)
        self.new_page = True
        self.line("Contents Title").add_run(block.title)
        listed = [entry for entry in self.entries if entry[1] <= depth and entry[2].strip()]
        last: Line | None = None
        for name, level, text in listed:
            line = self.line(f"TOC {min(level, 2)}")
            if last is None:
                xml.field(line, f'TOC \\o "1-{depth}" \\h \\z \\u', "", dirty=True)
            xml.link(line, text, anchor=name)
            last = line
        if last is not None:
            xml.end_field(last)
        self.new_page = True
