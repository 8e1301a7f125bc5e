"""The look of a Word document: its page, its styles and what runs along its edges.

Everything hangs on named styles, so that whoever edits the report changes them once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from hrkit.blocks import DocumentInfo
from hrkit.publish.colour import readable, tint
from hrkit.publish.properties import set_properties
from hrkit.publish.word.xml import border, field, shade

__all__ = ["FONT", "Look", "prepared_document"]

INK, MUTE, RULE = "#1d2733", "#566270", "#d9dee4"
FONT, CODE = "Calibri", "Consolas"
_PAPER = {"a4": (Mm(210), Mm(297)), "us-letter": (Mm(216), Mm(279))}
_SIDE = Mm(23)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one document, dark enough for text, the width of its text in points, its styles."""

    primary: str
    accent: str
    brand_fill: str
    accent_fill: str
    width: float
    ids: Mapping[str, str | None]  # of paragraph styles by name; None: the default

    def style(self, line: Any, name: str) -> None:
        """Give a paragraph a style; python-docx alone would search all of them for each paragraph."""
        line._p.style = self.ids[name]

    def tone(self, tone: str) -> tuple[str, str]:
        """Ground and bar of a card."""
        return {
            "brand": (self.brand_fill, self.primary),
            "accent": (self.accent_fill, self.accent),
        }.get(tone, ("#f4f6f8", "#c3cad2"))


def rgb(colour: str) -> RGBColor:
    """A ``#rrggbb`` colour as python-docx takes it."""
    return RGBColor.from_string(colour.lstrip("#").upper())


def prepared_document(info: DocumentInfo, *, cover: bool) -> tuple[Any, Look]:
    """An empty document with page, styles, edges and properties set."""
    document = Document()
    for old in list(document.element.body):
        if old.tag != qn("w:sectPr"):
            document.element.body.remove(old)
    page, tall = _PAPER[info.paper]
    section = document.sections[0]
    section.page_width, section.page_height = page, tall
    section.left_margin = section.right_margin = _SIDE
    section.top_margin, section.bottom_margin = Mm(18), Mm(15)
    section.header_distance = section.footer_distance = Mm(8)
    brand, accent = tint(info.primary, 0.07), tint(info.accent, 0.1)
    look = Look(
        primary=readable(info.primary, brand),
        accent=readable(info.accent, accent),
        brand_fill=brand,
        accent_fill=accent,
        width=(page - 2 * _SIDE) / Pt(1),
        ids={},
    )
    _language(document, info.tag or info.language)
    _present(document)
    _styles(document, look)
    look = replace(look, ids=_style_ids(document))
    _edges(section, info, look, cover)
    _properties(document, info)
    return document, look


def _language(document: Any, locale: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    defaults.find(f".//{qn('w:lang')}").set(qn("w:val"), locale)
    for theme in document.settings.element.findall(qn("w:themeFontLang")):
        theme.set(qn("w:val"), locale)


def _present(document: Any) -> None:
    """Open as a document of today's Word, not in its compatibility mode."""
    for one in document.settings.element.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")


def _font(
    style: Any,
    size: float,
    colour: str = INK,
    *,
    name: str = FONT,
    bold: bool = False,
    italic: bool = False,
) -> None:
    run = style.element.get_or_add_rPr()
    for own in ("w:spacing", "w:kern"):
        for old in run.findall(qn(own)):
            run.remove(old)
    fonts = run.get_or_add_rFonts()
    fonts.attrib.clear()  # the template's theme fonts would win over the name
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)
    style.font.size, style.font.color.rgb = Pt(size), rgb(colour)
    style.font.bold, style.font.italic = bold, italic


def _space(
    style: Any, before: float, after: float, line: float = 1.1, *, keep: bool = False
) -> None:
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.line_spacing, paragraph.keep_with_next = line, keep


def _styles(document: Any, look: Look) -> None:
    """The built-in styles in the document's colours, and the few that Word has no name for."""
    styles = document.styles

    def style(name: str, base: str = "Normal") -> Any:
        if name in styles:
            return styles[name]
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.quick_style = styles[base], True
        return made

    _font(styles["Normal"], 10)
    _space(styles["Normal"], 0, 4, 1.05)
    _font(style("Title"), 30, look.primary, bold=True)
    _space(style("Title"), 6, 12, 1.0)
    for edge in style("Title").element.findall(f".//{qn('w:pBdr')}"):
        edge.getparent().remove(edge)
    _font(style("Subtitle"), 14, INK)
    _space(style("Subtitle"), 0, 4)
    sizes: tuple[tuple[float, str, float, float], ...]
    sizes = ((18, look.primary, 18, 6), (12.5, INK, 10, 3), (10.5, look.primary, 8, 3))
    for level in range(1, 7):
        points, ink, above, below = sizes[min(level, 3) - 1]
        _font(style(f"Heading {level}"), points, ink, bold=True)
        _space(style(f"Heading {level}"), above, below, 1.0, keep=True)
    looks: tuple[tuple[str, float, str, float, float, str], ...] = (
        ("Kicker", 8.5, MUTE, 22, 0, ""),
        ("Lead", 12, INK, 0, 6, ""),
        ("Note", 8, MUTE, 2, 5, ""),
        ("Quote", 11, INK, 8, 2, "italic"),
        ("Quote Source", 8.5, MUTE, 0, 8, ""),
        ("Callout", 10, INK, 6, 7, ""),
        ("Callout Warning", 10, INK, 6, 7, ""),
        ("Card Title", 10, look.primary, 0, 2, "bold"),
        ("Caption", 9, INK, 5, 2, "bold"),
        ("Table Head", 8.5, INK, 1, 1, "bold"),
        ("Table Text", 8.5, INK, 1, 1, ""),
        ("Figure", 9, INK, 2, 2, ""),
        ("Spacer", 4, INK, 0, 0, ""),
        ("Mark", 9.5, look.accent, 0, 6, "bold"),
        ("Contents Title", 20, look.primary, 0, 10, "bold"),
        ("Header", 8.5, MUTE, 0, 0, ""),
        ("Footer", 8.5, MUTE, 0, 0, ""),
        ("TOC 1", 10.5, INK, 4, 2, ""),
        ("TOC 2", 10, INK, 1, 1, ""),
    )
    for name, size, colour, before, after, how in looks:
        _font(style(name), size, colour, bold=how == "bold", italic=how == "italic")
        keep = name in ("Kicker", "Caption", "Card Title", "Quote", "Table Head")
        _space(style(name), before, after, 1.0 if size > 13 else 1.05, keep=keep)
    _font(style("Code"), 9, INK, name=CODE)
    _space(style("Code"), 4, 8, 1.0)
    shade(style("Code").element.get_or_add_pPr(), "#f4f6f8")
    for name, (ground, bar) in (
        ("Callout", look.tone("brand")),
        ("Callout Warning", look.tone("accent")),
    ):
        properties = style(name).element.get_or_add_pPr()
        border(properties, **dict.fromkeys(("top", "left", "bottom", "right"), (8, bar)))
        shade(properties, ground)
    style("TOC 2").paragraph_format.left_indent = Pt(12)
    style("Quote").paragraph_format.left_indent = Pt(18)
    style("Quote Source").paragraph_format.left_indent = Pt(18)


def _style_ids(document: Any) -> dict[str, str | None]:
    """How paragraphs name their styles in the file; the default one is not named."""
    kind = WD_STYLE_TYPE.PARAGRAPH
    return {
        style.name: document.part.get_style_id(style.name, kind)
        for style in document.styles
        if style.type == kind
    }


def _edges(section: Any, info: DocumentInfo, look: Look, cover: bool) -> None:
    section.different_first_page_header_footer = cover
    page, of = info.words.get("page", ""), info.words.get("of", "/")
    for part, left, right in (
        (section.header, info.header or info.title, info.mark),
        (section.footer, info.footer, None),
    ):
        line = part.paragraphs[0]
        stops = line.paragraph_format.tab_stops
        for old in line.style.element.findall(f".//{qn('w:tabs')}"):
            old.getparent().remove(old)
        stops.add_tab_stop(Pt(look.width), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(_flat(left))
        line.add_run("\t")
        if right is None:
            line.add_run(f"{page} ".lstrip())
            field(line, "PAGE", "1")
            line.add_run(f" {of} ")
            field(line, "NUMPAGES", "1")
        elif right:
            mark = line.add_run(_flat(right))
            mark.bold, mark.font.color.rgb = True, rgb(look.accent)


def _flat(text: str) -> str:
    """One line, short enough for the edge of a page."""
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89].rstrip() + "…"


def _properties(document: Any, info: DocumentInfo) -> None:
    set_properties(document.core_properties, info)
    package = document.part.package
    for id in [id for id, rel in package.rels.items() if rel.reltype.endswith("/thumbnail")]:
        del package.rels[id]  # the template's, of another document
