"""What a document can be written as beside its PDF: one entry a format.

A format's name is its file's ending; commands and command line offer what stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrkit.publish.document import Document

__all__ = ["BESIDE", "format_of"]


def _html(document: Document) -> bytes:
    from hrkit.publish.html import render_html

    return render_html(document.blocks).encode("utf-8")


def _excel(document: Document) -> bytes:
    from hrkit.publish.excel import render_excel

    return render_excel(document.worksheets, document.info)


def _word(document: Document) -> bytes:
    from hrkit.publish.word import render_word

    return render_word(document.blocks)


def _slides(document: Document) -> bytes:
    from hrkit.publish.pptx import render_pptx

    return render_pptx(document.slides, document.info, document.template)


#: Format to the bytes of a document in it.
BESIDE: Mapping[str, Callable[[Document], bytes]] = {
    "html": _html,
    "xlsx": _excel,
    "docx": _word,
    "pptx": _slides,
}


def format_of(ending: str) -> str:
    """The format of a file name's ending; empty for none of them.

    >>> format_of(".htm"), format_of(".DOCX"), format_of(".odt")
    ('html', 'docx', '')
    """
    name = ending.lower().removeprefix(".")
    name = "html" if name == "htm" else name
    return name if name in BESIDE else ""
