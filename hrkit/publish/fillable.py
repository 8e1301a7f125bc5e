"""A sheet to fill in → an Excel workbook: lists to choose from, days, and a guide.

Headings stand in the first row, so that it sorts and is read back without guessing.  Outside text
is data: no cell becomes a formula, and none does when it is edited.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from math import ceil
from typing import Any

from hrkit.blocks import DocumentInfo
from hrkit.blocks.fillable import Fillable, FormColumn
from hrkit.publish.colour import readable, tint
from hrkit.publish.plots.cells import column as letters
from hrkit.publish.sound import sound_text
from hrkit.publish.workbooks import OPTIONS

__all__ = ["render_fillable"]

_FONT, _LONGEST = "Calibri", 32767
#: Characters a line from which a sheet is printed on paper twice as large: on the small one nobody reads it.
_WIDE = 200
#: Characters a line of the guide: what the small paper takes unscaled.
_GUIDE = 74
#: Formats of days as Excel writes them for its reader.
_DAY = "yyyy-mm-dd"


def render_fillable(form: Fillable, info: DocumentInfo) -> bytes:
    """An .xlsx file, the same for the same sheet."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(OPTIONS)) as book:
        book.set_properties(
            {
                "title": sound_text(info.title)[:200],
                "author": sound_text(info.author)[:200],
                "created": dt.datetime.fromisoformat(info.stamp),
            }
        )
        if form.whose[0]:
            book.set_custom_property(*form.whose)
        page, guide = book.add_worksheet(form.name), book.add_worksheet(form.guide)
        lists = book.add_worksheet(form.lists)
        _Writer(book, form, info).write(page, guide, lists)
    return out.getvalue()


class _Writer:
    """Lives for one call of `render_fillable`."""

    def __init__(self, book: Any, form: Fillable, info: DocumentInfo) -> None:
        self.form, self.info = form, info
        brand = readable(info.primary)
        base = {"font_name": _FONT, "font_size": 10.5, "valign": "top", "text_wrap": True}
        line = {"bottom": 1, "bottom_color": "#D9DEE4"}

        def look(**how: Any) -> Any:
            return book.add_format({**base, **how})

        self.head = look(bold=True, font_color="#FFFFFF", bg_color=brand, valign="vcenter")
        self.fixed = look(bg_color=tint(brand, 0.05), quote_prefix=True, **line)
        self.free = look(num_format="@", quote_prefix=True, **line)
        self.day = look(num_format=_DAY, align="left", **line)
        self.title = look(bold=True, font_size=15, font_color=brand, text_wrap=False)
        self.plain = look(quote_prefix=True)

    def write(self, page: Any, guide: Any, lists: Any) -> None:
        form = self.form
        page.activate()
        page.freeze_panes(1, 0)
        page.set_row(0, max(30, self._high([column.name + 4 * " " for column in form.columns])))
        unseen = {"hidden": True}
        for x, column in enumerate(form.columns):
            page.set_column(x, x, column.width, None, unseen if column.hidden else None)
            page.write_string(0, x, sound_text(column.name), self.head)
            self._rule(page, lists, x, column)
        last = len(form.rows) + form.empty
        for y, row in enumerate(form.rows, 1):
            for x, (column, text) in enumerate(zip(form.columns, row, strict=True)):
                self._put(page, y, x, column, text)
            page.set_row(y, self._high(row))
        for y in range(len(form.rows) + 1, last + 1):
            for x, column in enumerate(form.columns):
                page.write_blank(y, x, None, self.day if column.kind == "date" else self.free)
        page.autofilter(0, 0, last, len(form.columns) - 1)
        page.set_landscape()
        wide = sum(column.width for column in form.columns if not column.hidden) > _WIDE
        page.set_paper((8 if wide else 9) if self.info.paper == "a4" else (3 if wide else 1))
        page.set_margins(0.4, 0.4, 0.5, 0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        edge = " ".join(sound_text(self.info.client).split())[:70].replace("&", "&&")
        page.set_footer(f"&L{edge}&R&P / &N")
        guide.set_column(0, 0, _GUIDE)
        guide.hide_gridlines(2)
        guide.set_paper(9 if self.info.paper == "a4" else 1)
        guide.fit_to_pages(1, 0)
        # Nobody reads the lists; printed with the rest they are pages of single words.
        lists.hide()
        guide.write_string(0, 0, sound_text(form.title), self.title)
        marks = [self.info.client, self.info.mark, self.info.confidentiality]
        guide.write_string(1, 0, sound_text(" · ".join(m for m in marks if m)), self.plain)
        for y, text in enumerate(form.help, 3):
            guide.write_string(y, 0, sound_text(text), self.plain)
            guide.set_row(y, 15 * ceil(len(text) / (0.85 * _GUIDE)))

    def _put(self, page: Any, y: int, x: int, column: FormColumn, text: str) -> None:
        how = self.fixed if column.kind == "fixed" else self.free
        if column.kind == "date":
            if text:
                page.write_datetime(y, x, dt.datetime.fromisoformat(text), self.day)
            else:
                page.write_blank(y, x, None, self.day)
        elif text:
            page.write_string(y, x, sound_text(text)[:_LONGEST], how)
        else:
            page.write_blank(y, x, None, how)

    def _rule(self, page: Any, lists: Any, x: int, column: FormColumn) -> None:
        """What may stand in a column: one of a list, or a day."""
        last = len(self.form.rows) + self.form.empty
        if column.kind == "date":
            rule = {"criteria": ">=", "value": dt.date(2000, 1, 1)}
            page.data_validation(1, x, last, x, {"validate": "date", **rule})
        elif column.choices:
            for y, choice in enumerate((column.name, *column.choices)):
                lists.write_string(y, x, sound_text(choice), self.plain)
            lists.set_column(x, x, 24)
            letter = letters(x)
            sheet = self.form.lists.replace("'", "''")
            source = f"='{sheet}'!${letter}$2:${letter}${len(column.choices) + 1}"
            page.data_validation(
                1,
                x,
                last,
                x,
                {
                    "validate": "list",
                    "source": source,
                    "error_type": "warning" if column.open else "stop",
                },
            )

    def _high(self, row: Sequence[str]) -> float:
        lines = [
            ceil(len(text) * 1.15 / column.width)
            for text, column in zip(row, self.form.columns, strict=True)
            if not column.hidden
        ]
        return 15.0 * max(1, min(16, max(lines)))
