"""What stands in a line: runs of text, links and pictures."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping

from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph as Line

from hrkit.blocks import Cover, Span, Text, inner_link, sound_link
from hrkit.blocks.pictures import PREFIX
from hrkit.blocks.pictures import png as sound_png
from hrkit.errors import PublishError
from hrkit.publish.pictures import png
from hrkit.publish.word import xml
from hrkit.publish.word.styles import CODE, MUTE, rgb

__all__ = ["logo", "picture", "write"]


def write(line: Line, text: Text, link: str, anchors: Mapping[str, str] | None = None) -> None:
    """Add a text to a line; ``link`` is the colour of links, ``anchors`` the bookmarks of headings."""
    for span in (Span(text),) if isinstance(text, str) else text:
        anchor = (anchors or {}).get(span.link.removeprefix("#"))
        if span.style == "steps":
            continue
        if inner_link(span.link) and not span.text:
            if anchor:
                xml.field(line, f"PAGEREF {anchor} \\h", "", dirty=True)
                xml.end_field(line)
            continue
        if inner_link(span.link) and anchor:
            run = xml.link(line, span.text, anchor=anchor)
        elif sound_link(span.link):
            run = xml.link(line, span.text, address=span.link)
            run.font.underline, run.font.color.rgb = True, rgb(link)
        else:
            run = line.add_run(span.text)
        if span.style in {"strong", "filled", "outlined"}:
            run.bold = True
            if span.style != "strong":
                xml.frame(run, filled=span.style == "filled")
        elif span.style == "emph":
            run.italic = True
        elif span.style == "code":
            run.font.name = CODE
        elif span.style == "mute":
            run.font.color.rgb = rgb(MUTE)


def picture(line: Line, data: bytes, width: float, alt: str, height: float = 0) -> None:
    """Add a picture, as wide as ``width`` points and no higher than ``height`` (0: any)."""
    try:
        shape = line.add_run().add_picture(io.BytesIO(data))
    except (UnrecognizedImageError, ValueError, KeyError) as error:
        raise PublishError("a picture of the document is no PNG that can be read") from error
    scale = Pt(width) / shape.width
    if height:
        scale = min(scale, Pt(height) / shape.height)
    shape.width, shape.height = Emu(round(shape.width * scale)), Emu(round(shape.height * scale))
    shape._inline.docPr.set("descr", alt)


def logo(cover: Cover) -> bytes:
    """A cover's logo as PNG."""
    if not cover.logo.startswith(PREFIX):
        return png(cover.logo, 150)[0]
    try:
        return sound_png(base64.b64decode(cover.logo.removeprefix(PREFIX), validate=True))
    except ValueError as error:
        raise PublishError(f"the logo cannot be printed: it {error}") from error
