"""Blocks → one HTML file that fetches nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from hrkit.blocks import Block, DocumentInfo
from hrkit.blocks.html import to_html
from hrkit.publish.check import checked

__all__ = ["render_html"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render_html(blocks: Sequence[Block | Mapping[str, Any]]) -> str:
    """A document as one HTML file.

    Parameters
    ----------
    blocks
        Blocks, or the plain values `hrkit.blocks.to_json` made of them.

    Raises
    ------
    PublishError
        When the blocks are not sound, with every problem.
    """
    sound = checked(blocks)
    info = next((block for block in sound if isinstance(block, DocumentInfo)), None)
    title, language = (info.title, info.language) if info else ("–", "en")
    mark = f'<p role="note"><strong>{escape(info.mark)}</strong></p>' if info and info.mark else ""
    text = (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(title)}</title>\n"
        "<style>body{margin:0 auto;max-width:62rem;padding:1rem}</style>\n</head>\n"
        f"<body>\n<main>{mark}{to_html(sound)}</main>\n</body>\n</html>\n"
    )
    return text.encode("utf-8", "replace").decode()
