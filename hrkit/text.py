"""Text from outside: one way to compare it, one to keep it, one to print it.

The same word reaches us in many spellings that nobody can tell apart on a screen: with a no-break
space (Microsoft Forms), letters in two pieces (macOS), a zero-width space (web forms), full-width
digits, a soft hyphen, ``_x000D_`` where Excel met a line break, an apostrophe that says "this is
text".  Whether two texts are the same is decided here and nowhere else:

* `normal` is what is compared.  Two texts of one form are one word to a reader.
* `normal_number` is `normal` with numbers in one form: ``4``, ``4,0``, ``04`` and ``4.0`` are one.
* `clean` is what is kept of words that will be printed: nothing unseen, nothing lost that is seen.
* `seen` is the same for a file of settings or texts, where white space and soft hyphens are meant.
* `oddities` says in words what was disregarded, for a note.
* `visible` is what may go to a terminal.
"""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

__all__ = [
    "INVISIBLE",
    "Lookup",
    "clean",
    "in_one_line",
    "nearest",
    "normal",
    "normal_number",
    "oddities",
    "seen",
    "shown",
    "visible",
]

_QUOTES = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "ʼ": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
    }
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
#: Letters and marks that leave no trace on a screen though Unicode files them elsewhere than Cf.
_BLANKS = dict.fromkeys(
    (
        0x034F,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x2800,
        0x3164,
        0xFFA0,
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    )
)
#: Those of them that choose how the sign before them is drawn.
_SELECTORS = frozenset("".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))))
#: Signs that turn the words around them, or end such a turn.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: How Office Open XML writes a control character within a text.
_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f]|7[Ff]|[89][0-9A-Fa-f])_")
#: ``="0012"`` and ``'0012``: how a spreadsheet is told that a number is a text.
_FORMULA_TEXT = re.compile(r'=\s*"(.*)"', re.DOTALL)
#: Three digits after the sign may be thousands, so 1.000 is left alone.
_NUMBER = re.compile(r"([+-]?)0*(\d{1,15})(?:[.,](?!\d{3}\Z)(\d{0,20}))?")
#: What `oddities` calls what `seen` takes out of a text.
INVISIBLE = frozenset(
    {"byte order marks", "zero-width characters", "direction marks", "control characters"}
)
_TRACELESS = frozenset(map(chr, _BLANKS))
#: White space that Python does not call printable, and that is kept.
_SPACES = dict.fromkeys(map(ord, "\n\t\xa0\u2007\u2009\u202f"))
_JOINER = "\N{ZERO WIDTH JOINER}"
_SOFT_HYPHEN = "\xad"

_Value = TypeVar("_Value")


@functools.lru_cache(maxsize=65536)
def normal(text: str) -> str:
    r"""Text as it is compared: nothing counts that a reader cannot see.

    Case, kinds of space, dash and quotation mark, line breaks, invisible characters, full-width
    and composed letters, and a spreadsheet's marks for "this is text" make no difference.

    >>> normal(" Trust\u00a0.01\u200b") == normal("trust .01")
    True
    >>> normal("Block A\r\nI trust") == normal("block a I trust")
    True
    >>> normal("'0012"), normal('="0012"')
    ('0012', '0012')
    """
    plain = _unescaped(text)
    if not plain.isascii():
        # Quotation marks first: normalising takes some of them for accents over a space.
        plain = unicodedata.normalize("NFKC", plain.translate(_QUOTES))
        plain = plain.translate(_QUOTES).translate(_DASHES)
        plain = _without_invisible(plain)
        plain = unicodedata.normalize("NFKC", plain.casefold())
    else:
        plain = _without_invisible(plain.replace("`", "'")).lower()
    return _unmarked(" ".join(plain.split()))


@functools.lru_cache(maxsize=65536)
def normal_number(text: str) -> str:
    r"""`normal`, and numbers in one form.

    >>> {normal_number(text) for text in ("4", "4,0", "4.0", "04", "\uff14", "'4")}
    {'4'}
    >>> normal_number("4,50"), normal_number("-0"), normal_number("4,000 kr")
    ('4.5', '0', '4,000 kr')
    """
    plain = normal(text)
    number = _NUMBER.fullmatch(plain)
    if not number:
        return plain
    whole, rest = str(int(number[2])), (number[3] or "").rstrip("0")
    sign = "-" if number[1] == "-" and (whole != "0" or rest) else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def clean(text: str) -> str:
    r"""Words as they are kept: composed letters, one kind of line break, nothing unseen.

    A zero-width joiner between two signs stays: it makes one picture out of several.

    >>> clean(" Godt!_x000D_\nTak\u200b ")
    'Godt!\nTak'
    """
    plain = _unescaped(text)
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    plain = plain.replace("\u2029", "\n").replace("\x85", "\n")
    return seen(plain, keep="").strip()


def seen(text: str, keep: str = _SOFT_HYPHEN) -> str:
    r"""Text without what leaves no trace on a page, or turns the words around it.

    Parameters
    ----------
    text
        Words of a file of settings or texts; white space stays as it is.
    keep
        Signs that stay though they show now and then only.

    >>> seen("\u202eAc\u200bme\u3164 A/S\n") == "Acme A/S\n"
    True
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    # A set is several times as fast as a pattern: every word of the kit goes through here.
    if _TRACELESS.isdisjoint(text) and text.translate(_SPACES).isprintable():
        return text
    return "".join(_seen(text, keep))


def _seen(text: str, keep: str) -> Iterator[str]:
    for i, sign in enumerate(text):
        if sign == _JOINER:
            # Between two pictures it is part of the picture; anywhere else it is nothing.
            if 0 < i < len(text) - 1 and max(text[i - 1], text[i + 1]) > "\u2000":
                yield sign
        elif sign in _SELECTORS:
            if i and text[i - 1].isprintable() and not text[i - 1].isspace():
                yield sign
        elif (
            sign in "\n\t"
            or sign in keep
            or (unicodedata.category(sign) not in ("Cc", "Cf") and ord(sign) not in _BLANKS)
        ):
            yield sign


def _unescaped(text: str) -> str:
    """Text without Excel's way of writing control characters."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x00" in text else text


def _unmarked(text: str) -> str:
    """Text without a spreadsheet's marks for "this is text"."""
    while len(text) > 1:
        marked = _FORMULA_TEXT.fullmatch(text)
        bare = marked[1].strip() if marked else text.removeprefix("'").lstrip()
        if bare == text or not bare:
            break
        text = bare
    return text


def _marked(text: str) -> bool:
    """Whether a text begins with a spreadsheet's mark for "this is text"."""
    if text[:1] not in ("'", "="):
        return False
    bare = text.strip()
    return _unmarked(bare) != bare


def _without_invisible(text: str) -> str:
    if text.isprintable() and text.isascii():
        return text
    return "".join(
        sign
        for sign in text.translate(_BLANKS)
        if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf")
    )


@functools.lru_cache(maxsize=4096)
def oddities(text: str) -> tuple[str, ...]:
    r"""What in a text is disregarded when it is compared, in words; empty for plain text.

    >>> oddities("I\u00a0trust\u200b")
    ('no-break spaces', 'zero-width characters')
    >>> oddities('="0012"')
    ('marks that say “this is text”',)
    """
    marked = ("marks that say “this is text”",) if _marked(text) else ()
    if text.isascii() and text.isprintable():
        return ("characters that Excel writes as _x000D_",) if _ESCAPED.search(text) else marked
    found = []
    for name, there in (
        ("no-break spaces", any(c.isspace() and c not in " \t\r\n" for c in text)),
        ("line breaks", any(c in "\r\n" for c in text)),
        ("byte order marks", "\ufeff" in text),
        ("soft hyphens", "\xad" in text),
        (
            "zero-width characters",
            any(
                c not in "\ufeff\xad"
                and c not in _DIRECTIONS
                and (unicodedata.category(c) == "Cf" or ord(c) in _BLANKS)
                for c in text
            ),
        ),
        ("direction marks", any(c in _DIRECTIONS for c in text)),
        (
            "control characters",
            any(unicodedata.category(c) == "Cc" and not c.isspace() for c in text),
        ),
        ("letters in two pieces", unicodedata.normalize("NFC", text) != text),
        ("full-width characters", any("\uff01" <= c <= "\uff5e" for c in text)),
        ("characters that Excel writes as _x000D_", bool(_ESCAPED.search(text))),
    ):
        if there:
            found.append(name)
    return (*found, *marked)


def visible(text: str) -> str:
    r"""Text that may go to a terminal: what would steer it, or hide or turn text, is spelled out.

    Line breaks and tabs stay; they are the kit's own where they reach this far.

    >>> print(visible("a\x1b[2Kb\u202ec\x9b\r"))
    a\x1b[2Kb\u202ec\x9b\r
    """
    if text.isprintable():
        return text
    return "".join(map(_spelled, text))


@functools.lru_cache(maxsize=1024)
def _spelled(sign: str) -> str:
    # A space that does not break is not "printable" to Python, and harmless.
    if sign in "\n\t" or sign.isprintable() or unicodedata.category(sign) in ("Zs", "Cn", "Co"):
        return sign
    if sign == _JOINER:
        return sign
    return sign.encode("unicode_escape").decode("ascii")


def shown(text: str, most: int = 60) -> str:
    """Outside text as it may stand in a message: short, in one line, nothing unseen in it."""
    flat = visible(" ".join(text.split()).replace("\ufeff", ""))
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def in_one_line(text: str) -> str:
    r"""A sentence that may quote outside text, without the line breaks and tabs of it.

    >>> in_one_line("the column “a\nnote: b” was left out")
    'the column “a note: b” was left out'
    """
    return " ".join(text.replace("\t", " ").splitlines())


def nearest(text: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Of the known texts those most like this one, the most like first.

    Parameters
    ----------
    text
        What was written.
    known
        What is known; each comes back as it stands here.
    most
        How many at most.
    """
    names: dict[str, str] = {}
    for name in known:
        names.setdefault(normal(name)[:200], name)
    near = difflib.get_close_matches(normal(text)[:200], names, n=most, cutoff=0.5)
    return tuple(names[name] for name in near)


class Lookup(Generic[_Value]):
    """A table looked up by what people write: exactly first, then by `normal`, then by number.

    Where two entries have one form, only the exact spelling finds either.
    """

    def __init__(self, entries: Mapping[str, _Value]) -> None:
        self._exact = {text.strip(): value for text, value in entries.items()}
        self._loose: tuple[dict[str, list[_Value]], ...] = ({}, {})
        for text, value in entries.items():
            for found, form in zip(self._loose, (normal(text), normal_number(text)), strict=True):
                values = found.setdefault(form, [])
                if value not in values:
                    values.append(value)
        self._memo: dict[str, _Value | None] = {}

    def get(self, text: str) -> _Value | None:
        """What the text stands for; None where nothing, or more than one thing."""
        if not self._exact:
            return None
        if text not in self._memo:
            self._memo[text] = self._find(text)
        return self._memo[text]

    def _find(self, text: str) -> _Value | None:
        if text.strip() in self._exact:
            return self._exact[text.strip()]
        for found, form in zip(self._loose, (normal(text), normal_number(text)), strict=True):
            values = found.get(form, [])
            if values:
                return values[0] if len(values) == 1 else None
        return None

    def items(self) -> Iterable[tuple[str, _Value]]:
        """The entries, as they were written."""
        return self._exact.items()

    def __contains__(self, text: str) -> bool:
        return self.get(text) is not None
