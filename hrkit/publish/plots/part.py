"""The drawing of a chart: DrawingML with a copy of the values, and the cells that they come from.

Series are told apart by lightness and fill as well as by colour, so that black-and-white print
loses nothing; every bar carries its value, which follows when the value is edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import ceil, floor
from xml.sax.saxutils import escape, quoteattr

from hrkit.blocks import Plot, PlotSeries
from hrkit.publish.colour import contrast, tint
from hrkit.publish.plots.book import number_format
from hrkit.publish.plots.cells import categories, key_lines, span
from hrkit.publish.sound import sound_text

__all__ = ["CHART", "SHEET", "chart_xml"]

#: Content types of the two parts.
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = re.compile(r"[ \t\n]+")
_INK, _MUTE, _RULE = "#1d2733", "#56616d", "#d9dee4"
_BRAND = "#0b5d7a"
#: What Office calls a pattern.
_PRESET = {"slant": "ltDnDiag", "upright": "ltVert", "level": "ltHorz"}


def chart_xml(
    plot: Plot,
    link: str,
    language: str,
    *,
    size: float,
    height: float,
    font: str,
    brand: str = "",
) -> bytes:
    """A chart part.

    Parameters
    ----------
    plot
        What it shows.
    link
        Id of the relationship to its workbook.
    language
        Tag of the texts' language, such as ``da-DK``.
    size, height
        Of its text and of the whole chart, in points.
    font
        A font's name, or ``+mn-lt`` for that of the document's theme.
    brand
        ``#rrggbb`` of series without a colour of their own.
    """
    area = _points(plot, size, brand) if plot.kind == "points" else _bars(plot, size, brand)
    many = len(plot.series) > 1 and plot.kind != "points"
    legend = f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{_text(size)}</c:legend>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}">'
        f'<c:date1904 val="0"/><c:lang val={quoteattr(language)}/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{_layout(plot, size, height)}{area}</c:plotArea>{legend if many else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{_shape('', '')}{_text(size, font=font)}"
        f'<c:externalData r:id={quoteattr(link)}><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    ).encode()


# ------------------------------------------------------------------------------ bars


def _bars(plot: Plot, size: float, brand: str) -> str:
    stacked = plot.kind == "stack"
    grouping, overlap, gap = ("percentStacked", 100, 45) if stacked else ("clustered", 0, 60)
    last = len(plot.categories) + 1
    names = _strings(span(0, 2, last), categories(plot))
    series = "".join(
        f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/>'
        f"<c:tx>{_strings(span(i + 1, 1, 1), (one.name,))}</c:tx>"
        f'{_fill(one.colour or brand or _BRAND, i, stacked, one.pattern)}<c:invertIfNegative val="0"/>'
        f"{_labels(plot, one, size, brand)}"
        f"<c:cat>{names}</c:cat>"
        f"<c:val>{_numbers(span(i + 1, 2, last), one.values, number_format(plot))}</c:val></c:ser>"
        for i, one in enumerate(plot.series)
    )
    low, high, unit = (0, 1, 0.25) if stacked else (plot.low, plot.high, 1)
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/>'
        '<c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"{_shape('', _RULE)}{_text(size)}"
        '<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f"{_value_axis('1002', '1001', 't', (low, high), unit, '0%' if stacked else '0', size, stacked)}"
    )


def _value_axis(
    own: str,
    other: str,
    side: str,
    ends: tuple[float, float],
    unit: float,
    form: str,
    size: float,
    hidden: bool = False,
    title: str = "",
) -> str:
    grid = "" if hidden else f"<c:majorGridlines>{_shape('', _RULE)}</c:majorGridlines>"
    between = "between" if side == "t" else "midCat"
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{ends[1]:g}"/><c:min val="{ends[0]:g}"/></c:scaling>'
        f'<c:delete val="{int(hidden)}"/><c:axPos val="{side}"/>{grid}{_title(title, size)}'
        f'<c:numFmt formatCode={quoteattr(form)} sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"{_shape('', '')}{_text(size * 0.9, _MUTE)}"
        f'<c:crossAx val="{other}"/><c:crosses val="min"/>'
        f'<c:crossBetween val="{between}"/><c:majorUnit val="{unit:g}"/></c:valAx>'
    )


def _fill(colour: str, i: int, stacked: bool, pattern: str = "") -> str:
    """How a series looks: parts are shaded as given, bars by turns full, open, light and hatched."""
    if stacked and pattern:
        marks = "FFFFFF" if contrast(colour, "#ffffff") >= 4.5 else _INK.lstrip("#")
        return (
            f'<c:spPr><a:pattFill prst="{_PRESET[pattern]}"><a:fgClr><a:srgbClr val="{marks}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{colour.lstrip("#")}"/></a:bgClr></a:pattFill>'
            '<a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr>'
        )
    if stacked:
        return _shape(colour, "#ffffff" if contrast(colour, "#ffffff") > 1.3 else _MUTE)
    if i % 4 == 0:
        return _shape(colour, colour)
    if i % 4 == 3:
        rgb = colour.lstrip("#")
        return (
            f'<c:spPr><a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{rgb}"/></a:fgClr>'
            '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
            f'<a:ln w="15875"><a:solidFill><a:srgbClr val="{rgb}"/></a:solidFill></a:ln></c:spPr>'
        )
    return _shape("#ffffff" if i % 4 == 1 else tint(colour, 0.35), colour)


def _labels(plot: Plot, one: PlotSeries, size: float, brand: str) -> str:
    """The value of each bar, taken from the bar: it follows what is edited."""
    form, place, colour = number_format(plot), "outEnd", _INK
    if plot.kind == "stack":
        # Where a part is too narrow for its number there is none.
        form, place = f'[<0.045]"";{form}', "ctr"
        fill = one.colour or brand or _BRAND
        colour = "#ffffff" if contrast(fill, "#ffffff") >= 4.5 else _INK
    small = size * (0.9 if plot.kind == "stack" or len(plot.series) < 3 else 0.8)
    return (
        f'<c:dLbls><c:numFmt formatCode={quoteattr(form)} sourceLinked="0"/>{_shape("", "")}'
        f'{_text(small, colour)}<c:dLblPos val="{place}"/>{_shown("Val")}</c:dLbls>'
    )


def _shown(*names: str) -> str:
    every = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    return "".join(f'<c:show{name} val="{int(name in names)}"/>' for name in every)


# ------------------------------------------------------------------------------ points


def _points(plot: Plot, size: float, brand: str) -> str:
    """A series a point: its name is a cell, and so are both of its values."""
    across, up = plot.series
    made = []
    for i, name in enumerate(categories(plot)):
        row = i + 2
        colour = (across.colour or brand or _BRAND).lstrip("#")
        made.append(
            f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/>'
            f"<c:tx>{_strings(span(0, row, row), (name,))}</c:tx>"
            '<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>'
            f'<c:marker><c:symbol val="circle"/><c:size val="9"/><c:spPr><a:solidFill>'
            f'<a:srgbClr val="{colour}"/></a:solidFill></c:spPr></c:marker>'
            f"<c:dLbls>{_shape('', '')}{_text(size * 0.9)}"
            f'<c:dLblPos val="{"r" if i % 2 else "t"}"/>{_shown("SerName")}</c:dLbls>'
            f"<c:xVal>{_numbers(span(1, row, row), (across.values[i],), '0.0')}</c:xVal>"
            f"<c:yVal>{_numbers(span(2, row, row), (up.values[i],), '0.0')}</c:yVal>"
            '<c:smooth val="0"/></c:ser>'
        )
    return (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f'{"".join(made)}<c:axId val="1001"/><c:axId val="1002"/></c:scatterChart>'
        + _value_axis(
            "1001", "1002", "b", _cropped(across.values), 0.5, "0.0", size, title=across.name
        )
        + _value_axis("1002", "1001", "l", _cropped(up.values), 0.5, "0.0", size, title=up.name)
    )


def _cropped(values: Iterable[float | None]) -> tuple[float, float]:
    """Ends of an axis around its points: halves, so that points in one corner come apart."""
    known = [value for value in values if value is not None] or [0.0, 1.0]
    return floor(2 * min(known) - 0.2) / 2, ceil(2 * max(known) + 0.4) / 2


# ------------------------------------------------------------------------------ pieces


def _title(text: str, size: float) -> str:
    if not text:
        return ""
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>"
        f'<a:defRPr sz="{round(size * 100)}" b="1"/></a:pPr>'
        f"<a:r><a:t>{escape(sound_text(text))}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def _shape(fill: str, line: str) -> str:
    ground = (
        f'<a:solidFill><a:srgbClr val="{fill.lstrip("#")}"/></a:solidFill>'
        if fill
        else "<a:noFill/>"
    )
    edge = (
        f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{line.lstrip("#")}"/></a:solidFill></a:ln>'
        if line
        else "<a:ln><a:noFill/></a:ln>"
    )
    return f"<c:spPr>{ground}{edge}</c:spPr>"


def _text(size: float, colour: str = _INK, font: str = "") -> str:
    face = f"<a:latin typeface={quoteattr(font)}/>" if font else ""
    return (
        "<c:txPr><a:bodyPr/><a:p><a:pPr>"
        f'<a:defRPr sz="{round(size * 100)}"><a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/>'
        f"</a:solidFill>{face}</a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>"
    )


def _layout(plot: Plot, size: float, height: float) -> str:
    """Where the bars stand: names at the left have a fixed share, so that charts look alike."""
    if plot.kind == "points":
        return "<c:layout/>"
    longest = max((len(name) for name in plot.categories), default=0)
    left = 0.44 if longest > 34 else 0.32 if longest > 16 else 0.22
    lines = key_lines(plot)
    head = size * (1.9 * lines + (2.4 if plot.kind == "bars" else 0.9))
    top = min(0.6, head / height)
    box = (("x", left), ("y", top), ("w", 0.95 - left), ("h", 0.97 - top))
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/>'
        '<c:xMode val="edge"/><c:yMode val="edge"/>'
        + "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in box)
        + "</c:manualLayout></c:layout>"
    )


def _strings(cells: str, texts: Iterable[str]) -> str:
    # A space that keeps a figure with its name stays, as in the workbook.
    told = [escape(sound_text(_SPACES.sub(" ", text).strip())) for text in texts]
    points = "".join(f'<c:pt idx="{i}"><c:v>{text}</c:v></c:pt>' for i, text in enumerate(told))
    return (
        f"<c:strRef><c:f>{cells}</c:f><c:strCache>"
        f'<c:ptCount val="{len(told)}"/>{points}</c:strCache></c:strRef>'
    )


def _numbers(cells: str, values: Iterable[float | None], form: str) -> str:
    known = list(values)
    return (
        f"<c:numRef><c:f>{cells}</c:f><c:numCache><c:formatCode>{escape(form)}</c:formatCode>"
        f'<c:ptCount val="{len(known)}"/>{"".join(_told(known))}</c:numCache></c:numRef>'
    )


def _told(values: list[float | None]) -> Iterator[str]:
    for i, value in enumerate(values):
        if value is not None:
            yield f'<c:pt idx="{i}"><c:v>{value:.10g}</c:v></c:pt>'
