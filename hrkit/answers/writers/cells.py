"""A workbook of which nothing is kept but what its cells say: to know it without writing and reading a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["CellsOnly", "cells_of"]

#: Longest text of a cell; what is longer is cut.
LONGEST = 32767

Cells = Mapping[str, Mapping[tuple[int, int], str]]


class CellsOnly:
    """Takes what the writers of templates ask of a book of xlsxwriter's.

    What it does not know it takes for layout and leaves out.
    """

    def __init__(self) -> None:
        self._sheets: dict[str, _Sheet] = {}

    def add_format(self, _: Mapping[str, Any]) -> object:
        """A look of cells; each is another, as the writers tell them apart."""
        return object()

    def add_worksheet(self, name: str) -> _Sheet:
        """A sheet."""
        return self._sheets.setdefault(name, _Sheet())

    def cells(self) -> Cells:
        """Title of a sheet to its cells that say something, by row and column."""
        return {title: _said(sheet.texts) for title, sheet in self._sheets.items()}


class _Sheet:
    def __init__(self) -> None:
        self.texts: dict[tuple[int, int], str] = {}

    def write_string(self, row: int, column: int, text: str, *_: object) -> None:
        self.texts[row, column] = text[:LONGEST]

    def merge_range(
        self, row: int, column: int, _last: int, _most: int, text: str, *_: object
    ) -> None:
        self.texts[row, column] = text

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return _layout


def _layout(*_: object, **__: object) -> None:
    """Nothing that anybody reads."""


def cells_of(pages: Mapping[str, list[list[str]]]) -> Cells:
    """The same of a workbook that was read."""
    return {
        title: _said({(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)})
        for title, rows in pages.items()
    }


def _said(texts: Mapping[tuple[int, int], str]) -> Mapping[tuple[int, int], str]:
    return {place: bare for place, text in texts.items() if (bare := text.rstrip())}
