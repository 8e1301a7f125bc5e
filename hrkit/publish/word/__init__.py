"""Blocks → a Word document, for those who must edit the report.

Headings, lists, tables and alt texts are real ones, so that a reader's own program finds, numbers
and reads them; what stands side by side on the page stands one after the other here.  Charts
that bring their data are Word's own, with a workbook of the values inside.  Outside text becomes
runs of text and nothing else: no field, no markup.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from hrkit.blocks import Block
from hrkit.errors import PublishError
from hrkit.publish.check import checked
from hrkit.publish.package import same_every_time
from hrkit.publish.prepare import split
from hrkit.publish.sound import sound_blocks

__all__ = ["render_word"]


def render_word(blocks: Sequence[Block | Mapping[str, Any]]) -> bytes:
    """A document as a Word file (.docx).

    Parameters
    ----------
    blocks
        Blocks, or the plain values `hrkit.blocks.to_json` made of them.

    Returns
    -------
    bytes
        The same for the same blocks.

    Raises
    ------
    PublishError
        When the blocks are not sound, a figure cannot be drawn, or python-docx is missing.
    """
    info, body = split(sound_blocks(checked(blocks)))
    if not body:
        raise PublishError("the document is empty; run the notebook first")
    try:
        from hrkit.publish.word.writer import Writer
    except ModuleNotFoundError as error:
        raise PublishError(
            f"Word files need the package python-docx ({error.name} is missing); "
            "install it with: pip install python-docx"
        ) from error
    document = Writer(info, tuple(body)).document()
    out = io.BytesIO()
    document.save(out)
    return same_every_time(out.getvalue())
