"""The presentation that slides are laid on: the firm's template, or a plain one in the report's colours."""

from __future__ import annotations

import io
import re
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from hrkit.blocks import DocumentInfo
from hrkit.errors import Problem, PublishError
from hrkit.publish.colour import readable
from hrkit.publish.pptx.template import problems_of
from hrkit.publish.properties import set_properties

__all__ = ["EDGES", "TITLES", "prepared"]

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
#: Placeholders along a slide's foot.
EDGES = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE)
_WIDE, _TALL, _SIDE = 960.0, 540.0, 42.0  # points


def prepared(info: DocumentInfo, template: bytes) -> tuple[Any, Any, Any]:
    """A presentation without slides, its layout for the cover and that for all others."""
    deck = _of_template(template) if template else _plain(info)
    set_properties(deck.core_properties, info)
    cover, content = _layouts(deck)
    return deck, cover, content


def _of_template(template: bytes) -> Any:
    """The template without its slides, and without what would speak of them."""
    wrong = [Problem("the template", what) for what in problems_of(template)]
    if wrong:
        raise PublishError("the PowerPoint template cannot be used", wrong)
    try:
        deck = Presentation(io.BytesIO(template))
        if not len(deck.slide_layouts):
            raise ValueError
    except (PythonPptxError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise PublishError("the PowerPoint template cannot be read") from error
    listed = deck.slides._sldIdLst
    for one in list(listed):
        deck.part.drop_rel(one.rId)
        listed.remove(one)
    for name in ("p:custShowLst", "p:extLst"):  # they name slides that are gone
        for old in deck.part._element.findall(qn(name)):
            deck.part._element.remove(old)
    package = deck.part.package
    for id, rel in list(package._rels.items()):
        if rel.reltype.endswith(("/thumbnail", "/custom-properties")):
            package._rels.pop(id)
    return deck


def _plain(info: DocumentInfo) -> Any:
    """Two layouts on a wide page, title at the left, colours in the theme so that one change does."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(_WIDE), Pt(_TALL)
    layouts = deck.slide_layouts
    kept = (layouts[0], layouts[5])
    for layout in list(layouts):
        if layout not in kept:
            layouts.remove(layout)
    wide = _WIDE - 2 * _SIDE
    for page in (deck.slide_master, *kept):
        for shape in list(page.placeholders):
            kind = shape.placeholder_format.type
            if kind == PP_PLACEHOLDER.DATE:
                shape._element.getparent().remove(shape._element)
            elif kind == PP_PLACEHOLDER.FOOTER:
                _place(shape, _SIDE, 508, wide - 90, 20)
            elif kind == PP_PLACEHOLDER.SLIDE_NUMBER:
                _place(shape, _WIDE - _SIDE - 80, 508, 80, 20)
            elif kind == PP_PLACEHOLDER.SUBTITLE:
                _place(shape, _SIDE, 260, wide, 180)
            elif kind in TITLES and page is kept[0]:
                _place(shape, _SIDE, 110, wide, 140)
            elif kind in TITLES:
                _place(shape, _SIDE, 22, wide, 76)
            elif kind == PP_PLACEHOLDER.BODY:
                _place(shape, _SIDE, 112, wide, 384)
    _styles(deck.slide_master._element)
    for layout in kept:
        _left(layout._element)
    _full(kept[0]._element)
    _colours(deck, info)
    return deck


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(width), Pt(height)


def _styles(master: Any) -> None:
    """Titles in the brand's colour, at the left, large enough to read and short enough for a sentence."""
    style = master.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    run = style.find(qn("a:defRPr"))
    run.set("sz", "2600")
    run.set("b", "1")
    for colour in run.iter(qn("a:schemeClr")):
        colour.set("val", "tx2")
    for shape in master.iter(qn("p:sp")):
        kind = shape.find(f".//{qn('p:ph')}")
        if kind is not None and kind.get("type") in ("ftr", "sldNum"):
            for level in shape.iter(qn("a:lvl1pPr")):
                level.set("algn", "l" if kind.get("type") == "ftr" else "r")
                for run in level.iter(qn("a:defRPr")):
                    run.set("sz", "1100")
        if kind is not None and kind.get("type") == "title":
            shape.find(f".//{qn('a:bodyPr')}").set("anchor", "ctr")


def _left(layout: Any) -> None:
    for level in layout.iter(qn("a:lvl1pPr")):
        if level.get("algn") == "ctr":
            level.set("algn", "l")


def _full(layout: Any) -> None:
    """A cover in the brand's colour from edge to edge, its words in white."""
    page = layout.find(qn("p:cSld"))
    page.insert(
        0,
        parse_xml(
            f"<p:bg {nsdecls('p', 'a')}><p:bgPr><a:solidFill>"
            '<a:schemeClr val="tx2"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        ),
    )
    for shape in layout.iter(qn("p:sp")):
        kind = shape.find(f".//{qn('p:ph')}").get("type")
        levels = shape.find(f".//{qn('a:lstStyle')}")
        if kind not in ("ctrTitle", "subTitle") or levels is None:
            continue
        for old in list(levels):
            levels.remove(old)
        size, bold = ("3600", 1) if kind == "ctrTitle" else ("1800", 0)
        bullet = "<a:buNone/>" if kind == "subTitle" else ""
        levels.append(
            parse_xml(
                f'<a:lvl1pPr {nsdecls("a")} marL="0" indent="0" algn="l">{bullet}'
                f'<a:defRPr sz="{size}" b="{bold}"><a:solidFill><a:schemeClr val="bg1"/>'
                "</a:solidFill></a:defRPr></a:lvl1pPr>"
            )
        )


def _colours(deck: Any, info: DocumentInfo) -> None:
    """The brand in the theme, where a firm changes it once for the whole deck."""
    primary, accent = readable(info.primary).lstrip("#"), readable(info.accent).lstrip("#")
    for part in deck.part.package.iter_parts():
        if "/theme/theme" not in str(part.partname):
            continue
        text = part.blob.decode("utf-8")
        for name, colour in (("dk2", primary), ("accent1", primary), ("accent2", accent)):
            text = re.sub(
                rf"(<a:{name}>).*?(</a:{name}>)",
                rf'\g<1><a:srgbClr val="{colour}"/>\g<2>',
                text,
                count=1,
                flags=re.S,
            )
        part._blob = text.encode("utf-8")


def _layouts(deck: Any) -> tuple[Any, Any]:
    """The layout of a cover, and one with a title and the most room below it.

    They are found by what they hold, since firms call them as they like.
    """

    def kinds(layout: Any) -> list[Any]:
        return [s.placeholder_format.type for s in layout.placeholders]

    titled = [one for one in deck.slide_layouts if any(k in TITLES for k in kinds(one))]
    titled = titled or list(deck.slide_layouts)

    def others(layout: Any) -> int:
        return sum(k not in TITLES and k not in EDGES for k in kinds(layout))

    content = min(
        (one for one in titled if PP_PLACEHOLDER.CENTER_TITLE not in kinds(one)),
        key=others,
        default=titled[0],
    )
    cover = next((one for one in titled if PP_PLACEHOLDER.SUBTITLE in kinds(one)), content)
    return cover, content
