"""The workbook inside a chart: its values, and beside them intervals, numbers of people and reasons."""

from __future__ import annotations

import datetime as dt
import io

from hrkit.blocks import Plot
from hrkit.publish.plots.cells import NAME, categories
from hrkit.publish.sound import sound_text
from hrkit.publish.workbooks import OPTIONS

__all__ = ["workbook"]

#: Every workbook's day: a file is the same for the same plot.
_DAY = dt.datetime(2000, 1, 1)
_LONGEST = 32767


def workbook(plot: Plot) -> bytes:
    """An .xlsx with one sheet: names down, series across, then what is known of each value.

    Outside text is data here too: no cell becomes a formula or an address.
    """
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(OPTIONS)) as book:
        book.set_properties({"created": _DAY})
        sheet = book.add_worksheet(NAME)
        kind = book.add_format({"num_format": number_format(plot)})
        head = book.add_format({"bold": True, "text_wrap": True})
        plain = book.add_format({"quote_prefix": True})

        def text(row: int, column: int, value: str, bold: bool = False) -> None:
            if value:
                sheet.write_string(
                    row, column, sound_text(value)[:_LONGEST], head if bold else plain
                )

        for y, name in enumerate(categories(plot), 1):
            text(y, 0, name)
        x = 1
        for one in plot.series:
            text(0, x, one.name, bold=True)
            for y, value in enumerate(one.values, 1):
                if value is not None:
                    sheet.write_number(y, x, value, kind)
            x += 1
        x += 1
        for one in plot.series:
            for values, name in ((one.low, "95 % min"), (one.high, "95 % max")):
                if any(value is not None for value in values):
                    text(0, x, f"{one.name}: {name}", bold=True)
                    for y, value in enumerate(values, 1):
                        if value is not None:
                            sheet.write_number(y, x, value, kind)
                    x += 1
            if any(one.counts):
                text(0, x, f"{one.name}: n", bold=True)
                for y, told in enumerate(one.counts, 1):
                    if told.isdecimal():
                        sheet.write_number(y, x, int(told))
                    else:
                        text(y, x, told)
                x += 1
        for y, reasons in enumerate(_reasons(plot), 1):
            text(y, x, reasons)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, x, 14)
    return out.getvalue()


def number_format(plot: Plot) -> str:
    """How the values look; the program writes the reader's own decimal sign."""
    digits = "0" + ("." + "0" * plot.decimals if plot.decimals else "")
    return f"{digits}%" if plot.percent else digits


def _reasons(plot: Plot) -> list[str]:
    """Per row, which values are missing and why."""
    found = []
    for i, (_, *said) in enumerate(plot.rows()):
        missing = [
            f"{one.name}: {why}"
            for one, why in zip(plot.series, said, strict=True)
            if one.values[i] is None and why
        ]
        found.append("; ".join(missing))
    return found
