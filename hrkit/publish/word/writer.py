"""One pass over a document's blocks in reading order, writing each as Word's own thing."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Pt
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
    Heading,
    Levels,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Span,
    Table,
    Text,
    Together,
    plain,
    walk,
)
from hrkit.blocks.pictures import png as sound_png
from hrkit.publish.colour import readable
from hrkit.publish.pictures import png
from hrkit.publish.prepare import without_gaps
from hrkit.publish.says import said
from hrkit.publish.word import tables, xml
from hrkit.publish.word.charts import chart
from hrkit.publish.word.runs import logo, picture, write
from hrkit.publish.word.styles import MUTE, prepared_document, rgb

__all__ = ["Writer"]

_ART_MARGIN = 18.0
_TALLEST = 540.0  # points; what is higher than a page is made smaller
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
        self.anchors = {
            block.id: name
            for block, (name, _, _) in zip(headings, self.entries, strict=True)
            if block.id
        }
        self.next_heading = iter(self.entries)
        self.place: Any = self.doc  # the document, or the cell that is being filled
        self.width = self.look.width  # points
        self.share = 1.0  # of the width, for figures in a grid
        self.fresh: Line | None = None  # the empty paragraph that every new cell begins with
        self.new_page = False
        self.depth = 0  # of lists
        self.charts = 0  # that are written
        self.writers: dict[type, Callable[[Any], None]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Quote: self._quote,
            Bullets: self._bullets,
            Card: self._card,
            Callout: self._callout,
            Facts: self._facts,
            Levels: self._levels,
            Table: self._table,
            Figure: self._figure,
            Grid: self._grid,
            Cover: self._cover,
            Contents: self._contents,
            PageBreak: self._page_break,
            Note: self._note,
            Picture: self._picture,
            Together: lambda block: self._all(block.blocks),
        }

    def document(self) -> Any:
        """The finished python-docx document."""
        self._all(self.blocks)
        return self.doc

    def _all(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self.writers[type(block)](block)

    # ---- lines and runs

    def _line(self, style: str) -> Line:
        """A new paragraph, on a new page if one was asked for."""
        if self.fresh is not None:
            made, self.fresh = self.fresh, None
        else:
            made = self.place.add_paragraph()
        self.look.style(made, style)
        if self.new_page and self.place is self.doc:
            made.paragraph_format.page_break_before = True
            self.new_page = False
        return made

    def _text(self, line: Line, text: Text) -> Line:
        write(line, text, self.look.primary, self.anchors)
        return line

    # ---- blocks of text

    def _heading(self, block: Heading) -> None:
        name, level, _ = next(self.next_heading)
        self.new_page = self.new_page or block.new_page
        if block.kicker:
            kicker = self._line("Kicker")
            kicker.add_run(block.kicker)
            if kicker.paragraph_format.page_break_before:
                kicker.paragraph_format.space_before = Pt(0)
        line = self._text(self._line(f"Heading {min(level, 6)}"), block.text)
        if block.kicker or line.paragraph_format.page_break_before:
            line.paragraph_format.space_before = Pt(0)
        xml.target(line, name, int(name[4:]))

    def _paragraph(self, block: Paragraph) -> None:
        code = isinstance(block.text, tuple) and [s.style for s in block.text] == ["code"]
        self._text(self._line("Code" if code else "Lead" if block.lead else "Normal"), block.text)

    def _note(self, block: Note) -> None:
        self._text(self._line("Note"), block.text)

    def _quote(self, block: Quote) -> None:
        self._line("Quote").add_run(block.text)
        if block.by:
            self._line("Quote Source").add_run(block.by)

    def _callout(self, block: Callout) -> None:
        self._text(
            self._line("Callout Warning" if block.tone == "warning" else "Callout"), block.text
        )

    def _bullets(self, block: Bullets) -> None:
        self.depth += 1
        level = min(self.depth, _DEEPEST_LIST)
        style = ("List Number" if block.ordered else "List Bullet") + (
            f" {level}" if level > 1 else ""
        )
        number = xml.numbering(self.doc, style, block.start) if block.ordered else None

        def item() -> Line:
            line = self._line(style)
            if number is not None:
                properties = line._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
            return line

        for value in block.items:
            if not isinstance(value, tuple) or not value or isinstance(value[0], Span):
                self._text(item(), value)  # type: ignore[arg-type]
            elif isinstance(value[0], Paragraph):
                self._text(item(), value[0].text)
                self._all(value[1:])  # type: ignore[arg-type]
            else:
                item()
                self._all(value)  # type: ignore[arg-type]
        self.depth -= 1

    # ---- boxes and tables

    @contextmanager
    def _inside(self, cell: Any, width: float) -> Iterator[None]:
        """What is written goes into a cell."""
        before = self.place, self.width, self.fresh, self.depth
        self.place, self.width, self.fresh, self.depth = cell, width, cell.paragraphs[0], 0
        yield
        unused = self.fresh
        self.place, self.width, self.fresh, self.depth = before
        if unused is not None and len(cell.paragraphs) > 1:
            unused._p.getparent().remove(unused._p)

    def _new_table(self, rows: int, columns: int) -> Any:
        """A table as wide as its place; the paragraph after it keeps the next one apart."""
        if self.new_page and self.place is self.doc:
            self._line("Spacer")
        if self.place is self.doc:
            made = self.doc.add_table(rows, columns)
        else:
            made = self.place.add_table(rows, columns)
            last = self.place.paragraphs[-1]
            last._p.getparent().remove(last._p)
        return made

    def _after_table(self) -> None:
        self.look.style(self.place.add_paragraph(), "Spacer")

    def _card(self, block: Card) -> None:
        self._cards((block,))

    def _cards(self, blocks: tuple[Card, ...]) -> None:
        table = self._new_table(1, 2 * len(blocks) - 1)
        tones = [self.look.tone(block.tone) for block in blocks]
        title = " · ".join(block.title for block in blocks if block.title)
        cells = tables.cards(table, tones, self.width, title)
        for cell, block in zip(cells, blocks, strict=True):
            with self._inside(cell, self.width / len(blocks) - 30):
                if block.title:
                    run = self._line("Card Title").add_run(block.title)
                    if block.tone == "accent":
                        run.font.color.rgb = rgb(self.look.accent)
                self._all(block.blocks)
        self._after_table()

    def _facts(self, block: Facts) -> None:
        table = self._new_table(len(block.facts), 2)
        tables.facts(table, self.look, self.width)
        for row, fact in zip(table.rows, block.facts, strict=True):
            with self._inside(row.cells[0], self.width * 0.3):
                line = self._line("Table Text")
                value = line.add_run(fact.value)
                value.bold, value.font.size = True, Pt(16)
                value.font.color.rgb = rgb(self.look.primary)
                if fact.unit:
                    line.add_run(f" {fact.unit}").font.color.rgb = rgb(MUTE)
            with self._inside(row.cells[1], self.width * 0.7):
                self._line("Table Text").add_run(fact.label)
        self._after_table()

    def _levels(self, block: Levels) -> None:
        self._line("Caption").add_run(block.sentence)
        table = self._new_table(1, len(block.names))
        tables.levels(table, block, self.look, self.width)
        self._after_table()

    def _table(self, block: Table) -> None:
        if block.caption:
            self._line("Caption").add_run(block.caption)
        table = self._new_table(len(block.rows) + 1, len(block.columns))
        tables.data(table, block, self.look, self.width, self._text)
        self._after_table()

    def _grid(self, block: Grid) -> None:
        """Two cards stand side by side; anything else one after the other."""
        single = [cell[0] for cell in block.cells if len(cell) == 1]
        cards = tuple(one for one in single if isinstance(one, Card))
        if len(cards) == len(block.cells) == 2 and self.place is self.doc:
            self._cards(cards)
            return
        widths = block.widths or (1.0,) * len(block.cells)
        before = self.share
        for cell, width in zip(block.cells, widths, strict=False):
            self.share = min(1.0, 1.25 * width / sum(widths)) if len(block.cells) > 1 else 1.0
            self._all(cell)
        self.share = before

    # ---- pictures

    def _figure(self, block: Figure) -> None:
        """Word's own charts where the figure brings its data; else its picture."""
        if plain(block.caption) and not block.plots:
            self._text(self._line("Caption"), block.caption)
        for i, plot in enumerate(block.plots):
            self.charts += 1
            self._numbered(plot.title if i or not plain(block.caption) else block.caption)
            wide = self.width * (1.0 if self.share == 1 else max(self.share, 0.8))
            alt = plot.words() if i else block.alt
            tag = self.info.tag or self.info.language
            chart(self._line("Figure"), plot, self.charts, wide, alt, tag, self.look.primary)
        if block.plots:
            return
        width = self.width * block.width * self.share
        picture(self._line("Figure"), png(block.svg, width)[0], width, block.alt)

    def _numbered(self, text: Text) -> None:
        """A caption that Word counts, so that a list of figures can be made of them."""
        line, word = self._line("Caption"), said(self.info.words, "figure")
        line.add_run(f"{word} ")
        xml.field(line, "SEQ Figure \\* ARABIC", str(self.charts))
        line.add_run(". ")
        self._text(line, text)

    def _picture(self, block: Picture) -> None:
        if plain(block.caption):
            self._text(self._line("Caption"), block.caption)
        data = sound_png(base64.b64decode(block.png))
        width = self.width * block.width * self.share
        picture(self._line("Figure"), data, width, block.alt, height=_TALLEST)

    def _cover(self, block: Cover) -> None:
        if block.mark:
            self._line("Mark").add_run(block.mark)
        if block.logo:
            alt = block.logo_alt or block.client
            picture(self._line("Figure"), logo(block), 155, alt, height=42)
        self._line("Title").add_run(block.title)
        for n, part in enumerate((block.client, block.subtitle, block.author)):
            if part:
                self._line("Subtitle").add_run(part).bold = not n
        small = " · ".join(part for part in (block.confidentiality, block.date) if part)
        if small:
            self._line("Normal").add_run(small)
        if block.art:
            ground = readable(self.info.primary)
            art, _ = png(block.art, self.width, ground=ground, margin=_ART_MARGIN)
            picture(self._line("Figure"), art, self.width, block.art_alt)
        if block.legend:
            self._line("Note").add_run(block.legend)
        self.new_page = True

    # ---- pages

    def _page_break(self, block: PageBreak) -> None:
        self.new_page = True

    def _contents(self, block: Contents) -> None:
        """The headings with their pages: a line each, whose number is a field the program fills in.

        No field of Word's own makes the list: other programs show the saved numbers of one, and
        whoever writes the file cannot know them.
        """
        depth = max(1, block.depth)
        self.new_page = self.new_page or not block.skip
        self._line("Contents Title").add_run(block.title)
        gone = {self.anchors[id] for id in block.skip if id in self.anchors}
        listed = [
            entry
            for entry in self.entries
            if entry[1] <= depth and entry[2].strip() and entry[0] not in gone
        ]
        for name, level, text in listed:
            line = self._line(f"TOC {min(level, 2)}")
            xml.link(line, text, anchor=name)
            line.paragraph_format.tab_stops.add_tab_stop(
                Pt(self.look.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            line.add_run("\t")
            xml.field(line, f"PAGEREF {name} \\h", "–", dirty=True)
        self.new_page = True
