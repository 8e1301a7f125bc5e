"""Personal codes: how a respondent finds their own sheet again without being known.

A code is drawn at random and shown once.  The store keeps a keyed hash of it only, so the
file does not hold the codes; who has both the file and a list of codes can still match them, and
a client's own short numbers can be tried out one by one.  Drawn codes have about 50 bits.

Codes travel through spreadsheets, which write ``0001`` as ``1`` or ``1.0``, and through mail
programs, which do as they please with capitals.  So a code has one `canonical` form; two people
whose codes differ in nothing else cannot be told apart, and a file that holds both is refused.
Stores of earlier versions hold hashes of codes as they were typed; `spellings` says under which
hashes the same code may lie there.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata

from hrkit.text import normal

__all__ = ["SEPARATOR", "canonical", "new_code", "rounded", "scramble", "spellings", "token"]

#: No 0/O, no 1/I/L: codes are read aloud and copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 10
#: Stands between the parts of a code that is read from several columns.
SEPARATOR = " | "
#: A whole number, perhaps with the zeros that a spreadsheet or a statistics program gives it.
_WHOLE = re.compile(r"0*(\d+?)(?:[.,]0{1,2})?")
#: What a spreadsheet shows of a number that is too long for its column.
_ROUNDED = re.compile(r"[+-]?(\d[.,]\d+E[+-]?\d{1,3}|\d+E[+-]\d{1,3})", re.IGNORECASE)
#: Widths to which numbers are filled up with zeros in lists of codes.
_WIDEST = 12


def new_code() -> str:
    """A random personal code such as ``K7MQ-4XRT-9B``."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(_LENGTH)))


def canonical(code: str) -> str:
    """A code as it is compared.

    Case, spaces, invisible characters and a spreadsheet's marks do not count; nor do hyphens in a
    drawn code, and zeros before or after a number.

    >>> canonical(" k7mq 4xrt9b ")
    'K7MQ-4XRT-9B'
    >>> canonical("0001"), canonical("1.0"), canonical("'1"), canonical("0000")
    ('1', '1', '1', '0')
    >>> canonical("Kim@X.example"), canonical("2 | 01"), canonical("A01")
    ('KIM@X.EXAMPLE', '2 | 1', 'A01')
    """
    return SEPARATOR.join(map(_part, code.split(SEPARATOR)))


def _part(text: str) -> str:
    plain = normal(text).upper()
    whole = _WHOLE.fullmatch(plain)
    if whole:
        return str(int(whole[1])) if len(whole[1]) < 500 else whole[1]
    return _drawn(plain) or plain


def _drawn(plain: str) -> str:
    """A drawn code in groups; empty if it is none."""
    bare = "".join(plain.upper().replace("-", " ").split())
    return _grouped(bare) if len(bare) == _LENGTH and set(bare) <= set(ALPHABET) else ""


def _grouped(bare: str) -> str:
    return f"{bare[:4]}-{bare[4:8]}-{bare[8:]}"


def rounded(code: str) -> bool:
    """Whether a code is what a spreadsheet left of a long number.

    >>> rounded("1,23457E+15"), rounded("2E+15"), rounded("2E10")
    (True, True, False)
    """
    return any(_ROUNDED.fullmatch(normal(part).upper()) for part in code.split(SEPARATOR))


def _typed(code: str) -> str:
    """A code as the first version of the store compared it: as typed, but for drawn codes."""
    plain = unicodedata.normalize("NFC", code).strip()
    return _drawn(plain) or plain


def spellings(code: str) -> tuple[str, ...]:
    """Forms under which a code may have been kept by an earlier version, likeliest first.

    >>> spellings("0001")[:4]
    ('0001', '1', '01', '001')
    """
    form = canonical(code)
    found = [_typed(code), form, form.lower()]
    if form.isdecimal():
        found += [form.zfill(width) for width in range(len(form) + 1, _WIDEST + 1)]
        found += [f"{form}.0"]
    return tuple(dict.fromkeys(found))


def scramble(form: str, salt: str) -> str:
    """The keyed hash under which a form of a code is kept: HMAC-SHA-256, hexadecimal."""
    return hmac.digest(bytes.fromhex(salt), form.encode("utf-8", "surrogatepass"), "sha256").hex()


def token(key: str) -> str:
    """What is kept of a respondent in versions that were shown: a hash of their random key.

    The key is drawn at random, so nobody who lacks it can tell whom the token stands for; there
    is no answer in it, so it stays the same when an answer changes.

    >>> token("a") == token("a") != token("b")
    True
    """
    return hashlib.sha256(f"hrkit version {key}".encode()).hexdigest()[:20]
