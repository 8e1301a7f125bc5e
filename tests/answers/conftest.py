"""A small engagement in a real folder, and ways to write the files that clients send."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

from .sample import ENGAGEMENT

HERE = Path(__file__).parent

Rows = Iterable[Iterable[Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An engagement's folder."""
    place = tmp_path / "acme"
    place.mkdir()
    (place / "engagement.yml").write_text(ENGAGEMENT, encoding="utf-8")
    (place / "small.yml").write_bytes((HERE / "small.yml").read_bytes())
    return place


@pytest.fixture
def engagement(folder: Path) -> Engagement:
    return engagements.load(folder)


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as CSV; ``encoding`` and ``delimiter`` as a client's program would."""

    def write(
        rows: Rows, name: str = "answers.csv", encoding: str = "utf-8", delimiter: str = ","
    ) -> Path:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows(rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as a workbook; numbers, dates and truth values become typed cells."""
    import xlsxwriter

    def write(
        rows: Rows, name: str = "answers.xlsx", more: Callable[[Any, Any], None] | None = None
    ) -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(
            str(path), {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
        )
        sheet = book.add_worksheet("Svar")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(r, c, cell)
                elif cell is not None:
                    sheet.write(r, c, cell)
        if more:
            more(book, sheet)
        book.close()
        return path

    return write
