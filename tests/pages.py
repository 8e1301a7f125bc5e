"""What a PDF says, page by page, as a reader copies it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

__all__ = ["pages_of", "text_of"]


def pages_of(pdf: bytes | Path) -> list[str]:
    """The words of each page."""
    with pypdfium2.PdfDocument(pdf if isinstance(pdf, bytes) else pdf.read_bytes()) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def text_of(pdf: bytes | Path) -> str:
    """The words of all pages."""
    return "\n".join(pages_of(pdf))
