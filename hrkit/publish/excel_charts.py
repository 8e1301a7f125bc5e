"""The sheet of charts in a workbook: each beside the cells that it is drawn from, drawn by Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from hrkit.blocks import Plot
from hrkit.publish.colour import contrast, tint
from hrkit.publish.plots.book import number_format
from hrkit.publish.plots.cells import categories
from hrkit.publish.sound import sound_text

__all__ = ["charts"]

#: Pixels of a chart, and of a row of cells.
_WIDE, _ROW = 620, 20
_COLUMN = 64  # pixels of a column that nobody set
_PATTERN = {
    "slant": "light_downward_diagonal",
    "upright": "light_vertical",
    "level": "light_horizontal",
}
_FIRST, _SERIES = 46, 15  # widths of columns in characters

Put = Callable[..., None]


def charts(
    book: Any, page: Any, plots: Sequence[Plot], head: int, put: Put, brand: str
) -> tuple[int, list[int]]:
    """Write the plots one under the other.

    Parameters
    ----------
    book, page
        The workbook and its sheet.
    head
        Row of the first one's title.
    put
        Writes a text into a cell, as everywhere in the workbook.
    brand
        ``#rrggbb`` of series without a colour.

    Returns
    -------
    tuple of int and list of int
        The sheet's width in pixels, and the row of each plot's title, with the row below the last.
    """
    row = head
    most = max(len(plot.series) for plot in plots)
    page.set_column(0, 0, _FIRST)
    page.set_column(1, most, _SERIES)
    rows = [row]
    for plot in plots:
        row = _one(book, page, plot, row, most + 2, put, brand) + 2
        rows.append(row)
    wide = 7 * _FIRST + 5 + (7 * _SERIES + 5) * most + _COLUMN + _WIDE
    return wide, rows


def _one(book: Any, page: Any, plot: Plot, row: int, beside: int, put: Put, brand: str) -> int:
    """A title, the cells, the chart; the row below them."""
    form = book.add_format({"num_format": number_format(plot), "align": "right"})
    put(row, 0, plot.title, bold=True, font_size=12)
    for x, one in enumerate(plot.series, 1):
        put(row + 1, x, one.name, bold=True, text_wrap=True, align="right")
    for y, name in enumerate(categories(plot), row + 2):
        put(y, 0, name, text_wrap=True)
        if len(name) * 1.1 > _FIRST:
            page.set_row(y, 15 * ceil(len(name) * 1.1 / _FIRST))
    for x, one in enumerate(plot.series, 1):
        for y, value in enumerate(one.values):
            if value is not None:
                page.write_number(row + 2 + y, x, value, form)
            elif one.said and one.said[y]:
                # A text is no value to Excel: the chart leaves its bar out.
                put(row + 2 + y, x, one.said[y], align="right", font_color="#566270")
    last = row + 1 + len(plot.categories)
    bars = len(plot.categories) * (1 if plot.kind == "stack" else len(plot.series))
    high = max(240, min(900, 26 * len(plot.categories) + 13 * bars + 70))
    chart = _points(book, page, plot, row) if plot.kind == "points" else None
    chart = chart or _bars(book, page, plot, row, last, brand)
    chart.set_size({"width": _WIDE, "height": high})
    about = {"description": sound_text(plot.words()), "x_offset": 4, "object_position": 2}
    page.insert_chart(row, beside, chart, about)
    return max(last + 1, row + ceil(high / _ROW) + 1)


def _bars(book: Any, page: Any, plot: Plot, row: int, last: int, brand: str) -> Any:
    stacked = plot.kind == "stack"
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked" if stacked else ""})
    name = page.get_name()
    form = number_format(plot)
    for x, one in enumerate(plot.series, 1):
        colour = one.colour or brand
        ground = {"color": colour}
        if not stacked and x % 2 == 0:
            # Told apart in black and white, too.
            ground = {"color": "#ffffff" if x % 4 == 2 else tint(colour, 0.35)}
        chart.add_series(
            {
                "name": [name, row + 1, x],
                "categories": [name, row + 2, 0, last, 0],
                "values": [name, row + 2, x, last, x],
                **_ground(colour, one.pattern, ground),
                "border": {"color": "#ffffff" if stacked else colour},
                "gap": 45 if stacked else 60,
                "data_labels": {
                    "value": True,
                    "num_format": f'[<0.045]"";{form}' if stacked else form,
                    "font": {"size": 8},
                },
            }
        )
    ends = {} if stacked else {"min": plot.low, "max": plot.high, "major_unit": 1}
    grid = {"visible": not stacked, "line": {"color": "#d9dee4"}}
    chart.set_x_axis({**ends, "major_gridlines": grid, "visible": not stacked, "num_format": "0"})
    chart.set_y_axis(
        {"reverse": True, "num_font": {"size": 8}, "major_gridlines": {"visible": False}}
    )
    chart.set_legend({"position": "top"} if len(plot.series) > 1 else {"none": True})
    chart.set_title({"none": True})
    chart.show_blanks_as("gap")
    return chart


def _ground(colour: str, pattern: str, plain: dict[str, str]) -> dict[str, Any]:
    """What a part is filled with."""
    if not pattern:
        return {"fill": plain}
    marks = "#ffffff" if contrast(colour, "#ffffff") >= 4.5 else "#1c2733"
    return {
        "pattern": {"pattern": _PATTERN[pattern], "fg_color": marks, "bg_color": colour},
    }


def _points(book: Any, page: Any, plot: Plot, row: int) -> Any:
    chart, name = book.add_chart({"type": "scatter"}), page.get_name()
    for y in range(row + 2, row + 2 + len(plot.categories)):
        chart.add_series(
            {
                "name": [name, y, 0],
                "categories": [name, y, 1, y, 1],
                "values": [name, y, 2, y, 2],
                "marker": {"type": "circle", "size": 8, "fill": {"color": plot.series[0].colour}},
                "data_labels": {"series_name": True, "value": False, "font": {"size": 8}},
            }
        )
    for axis, one in ((chart.set_x_axis, plot.series[0]), (chart.set_y_axis, plot.series[1])):
        known = [value for value in one.values if value is not None] or [0.0, 1.0]
        axis(
            {
                "name": sound_text(one.name),
                "min": int(2 * min(known) - 0.2) / 2,
                "max": ceil(2 * max(known) + 0.4) / 2,
                "major_gridlines": {"visible": True, "line": {"color": "#d9dee4"}},
            }
        )
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    return chart
