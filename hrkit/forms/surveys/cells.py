"""Sheets of plain texts as a workbook: every cell is text, whatever it holds."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

__all__ = ["workbook"]

#: Nothing says when it was made: the same sheets are the same file.
_MADE = dt.datetime(2026, 1, 1)


def workbook(
    sheets: Mapping[str, Sequence[Sequence[str]]],
    widths: Mapping[str, Sequence[float]] | None = None,
) -> bytes:
    """An ``.xlsx`` file; with ``widths`` it is laid out for a reader, the last one for all further columns."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        cell = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            wide = (widths or {}).get(name)
            if wide:
                sheet.freeze_panes(1, 0)
                for x, _ in enumerate(rows[0]):
                    sheet.set_column(x, x, wide[min(x, len(wide) - 1)])
            for y, row in enumerate(rows):
                for x, text in enumerate(row):
                    if text:
                        sheet.write_string(y, x, text, (cell if y else head) if wide else None)
    return out.getvalue()
