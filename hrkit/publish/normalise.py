"""Makes any outside text printable.

One character without a glyph, one NUL or one lone surrogate stops a PDF/UA compile, and
respondents write all of them.  So every string is brought into a printable form first:

* control characters, lone surrogates and noncharacters go; line breaks stay
* marks that turn the writing direction go (they can make a number read backwards)
* letters are composed (NFC), so that ``å`` typed as two characters is one glyph
* a character the fonts cannot print is replaced by something a reader understands:
  a symbol by its name, ``👍`` → ``[thumbs up sign]``, a letter by ``□``
* a word too long for any line may break
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from hrkit.blocks import Block, to_json
from hrkit.publish.fonts import coverage

__all__ = ["clean", "clean_svg_text", "clean_text", "unset"]

#: Stands for a letter that no font can print.
MISSING = "□"

# Longest run without a place to break that is left alone; the longest ordinary Danish
# or Dutch compounds are hyphenated by the renderer and stay below it.
_LONGEST = 40
_STEP = 20

_BREAK_AFTER = re.compile(r"([/?&=_.,;:@+\-])(?=\w)")
_LONG_RUN = re.compile(rf"\S{{{_LONGEST},}}")
#: What the three languages are written with: every font has it, and normalising leaves it alone.
_AS_IT_IS = re.compile("[\n\x20-\x7e\xa0-\xac\xae-\xff–—‘’“”…·•]*")
# Anything but what every font has and every format keeps: a drawing is nearly all of the latter.
_NOT_PLAIN = re.compile(r"[^\t\r\n\x20-\x7e]+")
#: What tells a program with other fonts how wide a text is; the page has the fonts themselves.
_STRETCHED = re.compile(r' textLength="[0-9.]{1,12}" lengthAdjust="spacingAndGlyphs"')
_CHARACTER_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);")

# Invisible but harmless, and needed: zero-width space (a place to break), soft hyphen,
# word joiner.  Everything else of category Cf is dropped: bidi controls, joiners, BOM.
_KEPT_FORMATS = frozenset({0x200B, 0x00AD, 0x2060})
_SPACES = {0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0x0B: "\n", 0x0C: "\n", 0x09: "    "}


@lru_cache(maxsize=4096)
def _printable(char: str) -> str:
    """What is printed for one character."""
    code = ord(char)
    if char == "\n" or code in _KEPT_FORMATS:
        return char
    if code in _SPACES:
        return _SPACES[code]
    category = unicodedata.category(char)
    if category in {"Cc", "Cs", "Cf"} or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return ""
    if category == "Co":  # private use: only its font's maker knows what it shows
        return MISSING
    if code in coverage():
        return char
    if category == "Zs":
        return " "
    if 0x1F1E6 <= code <= 0x1F1FF:  # two regional indicators are a flag: 🇩🇰 → DK
        return chr(code - 0x1F1E6 + ord("A"))
    if 0x1F3FB <= code <= 0x1F3FF or 0xFE00 <= code <= 0xFE0F or category == "Me":
        return ""  # skin tones, emoji style, enclosing marks: nothing without their base
    simpler = unicodedata.normalize("NFKC", char)
    if simpler != char and all(ord(c) in coverage() for c in simpler):
        return simpler
    if category in {"So", "Sk", "Sm", "Sc", "Po", "Pd"}:
        name = unicodedata.name(char, "")
        return f"[{name.lower()}]" if name else MISSING
    return "" if category == "Mn" else MISSING


def _breakable(match: re.Match[str]) -> str:
    word = _BREAK_AFTER.sub("\\1\u200b", match.group())
    parts = word.split("\u200b")
    steps = ([p[i : i + _STEP] for i in range(0, len(p), _STEP)] for p in parts)
    return "\u200b".join("\u200b".join(step) for step in steps)


def clean_text(text: str) -> str:
    """The text as it can be printed.

    Parameters
    ----------
    text
        Anything, from anywhere.

    Returns
    -------
    str
        Text in which every character has a glyph in every style of `fonts.TEXT`.
    """
    if _AS_IT_IS.fullmatch(text):
        return text if len(text) < _LONGEST else _LONG_RUN.sub(_breakable, text)
    # Lone surrogates first: normalising is only defined for text without them.
    sound = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if not _lone(c))
    printed = "".join(map(_printable, unicodedata.normalize("NFC", sound)))
    return _LONG_RUN.sub(_breakable, printed)


def _lone(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def clean_svg_text(svg: str) -> str:
    """The SVG's text with the same replacements, its numeric character references too."""

    def reference(match: re.Match[str]) -> str:
        digits = match.group(1)
        code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
        if code < 0x80:  # markup such as &#60; must stay a reference
            return match.group() if code >= 0x20 or code in {9, 10, 13} else ""
        return "".join(map(_printable, chr(code))) if code <= 0x10FFFF else ""

    def printable(match: re.Match[str]) -> str:
        return "".join(_printable(c) for c in match.group() if not _lone(c))

    drawn = _STRETCHED.sub("", svg) if "textLength" in svg else svg
    return _NOT_PLAIN.sub(printable, _CHARACTER_REFERENCE.sub(reference, drawn))


def clean(value: Any, keep: Callable[[str], bool] = lambda key: False) -> Any:
    """Every string in plain JSON values, cleaned.

    Parameters
    ----------
    value
        JSON values.
    keep
        Says for a key whether its value is left alone, such as an address or a colour.
    """
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {k: v if keep(k) else clean(v, keep) for k, v in value.items()}
    if isinstance(value, list):
        return [clean(item, keep) for item in value]
    return value


def unset(blocks: Sequence[Block]) -> tuple[str, ...]:
    """What the page's fonts cannot print, text by text, in sentences for the report's maker.

    A comment in Arabic or a name in Chinese is printed as boxes: whoever hands the page on should
    know, and may set that text as a picture or send the HTML, which has the reader's own fonts.
    """
    found: dict[str, None] = {}
    for text in _texts(to_json(tuple(blocks))):
        if _AS_IT_IS.fullmatch(text):
            continue
        missing = dict.fromkeys(c for c in text if c != MISSING and MISSING in clean_text(c))
        if missing:
            start = " ".join(text.split())
            start = start if len(start) <= 40 else start[:39] + "…"
            shown = " ".join(list(missing)[:12]) + (" …" if len(missing) > 12 else "")
            scripts = dict.fromkeys(unicodedata.name(c, "?").split()[0].lower() for c in missing)
            said = f"“{start}”: the PDF has no letters for {shown} ({', '.join(scripts)})"
            found[f"{said}; boxes stand in their place"] = None
    return tuple(found)


def _texts(value: Any) -> Iterator[str]:
    """Every text of plain JSON values that is printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("svg", "png", "art", "logo", "link"):
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
