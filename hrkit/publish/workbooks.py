"""Workbooks in which outside text stays text: no cell of any of them becomes a formula, an address or a number."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["OPTIONS"]

#: For every `xlsxwriter.Workbook` that is made in memory.
OPTIONS: Mapping[str, bool] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
