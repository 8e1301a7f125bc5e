"""Outside text made safe to store in any file format; what it says stays as it is.

The page needs more than this (`normalise`: a glyph for every character).  HTML, Word and
Excel bring the reader's own fonts, so here only what no file may hold goes:

* control characters, lone surrogates and noncharacters (XML refuses them)
* marks that turn the writing direction (they can make a number read backwards)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from hrkit.blocks import Block, from_json, to_json

__all__ = ["sound_blocks", "sound_text"]

# Values that are markup or addresses, checked by those who use them.
_NOT_TEXT = frozenset(
    {"svg", "png", "art", "logo", "link", "type", "style", "tone", "shades", "id"}
)

_GONE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def sound_text(text: str) -> str:
    r"""The text without what a file may not hold; letters composed, line ends as ``\n``.

    >>> sound_text("a\x07b\u202ec\r\nd")
    'abc\nd'
    """
    if text.isascii() and text.isprintable():
        return text
    kept = _GONE.sub("", _LINES.sub("\n", text))
    kept = "".join(c for c in kept if ord(c) & 0xFFFE != 0xFFFE)
    return unicodedata.normalize("NFC", kept)


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return sound_text(value)
    if isinstance(value, dict):
        return {k: v if k in _NOT_TEXT else _sound(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_sound(item) for item in value]
    return value


def sound_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with every text in them sound."""
    made: tuple[Block, ...] = from_json(_sound(to_json(tuple(blocks))))
    return made
