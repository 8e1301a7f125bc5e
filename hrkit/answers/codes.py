"""Personal codes: how a respondent finds their own sheet again without being known.

A code is drawn at random and shown once.  The store keeps a keyed hash of it only, so the
file does not hold the codes; who has both the file and a list of codes can still match them, and
a client's own short numbers can be tried out one by one.  Drawn codes have about 50 bits.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

__all__ = ["canonical", "new_code", "scramble", "token"]

#: No 0/O, no 1/I/L: codes are read aloud and copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 10


def new_code() -> str:
    """A random personal code such as ``K7MQ-4XRT-9B``."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(_LENGTH)))


def canonical(code: str) -> str:
    """A code as it is compared: case and hyphens of a drawn code do not count, else as typed.

    >>> canonical(" k7mq 4xrt9b ")
    'K7MQ-4XRT-9B'
    >>> canonical("001")
    '001'
    """
    plain = unicodedata.normalize("NFC", code).strip()
    bare = "".join(plain.upper().replace("-", " ").split())
    return _grouped(bare) if len(bare) == _LENGTH and set(bare) <= set(ALPHABET) else plain


def _grouped(bare: str) -> str:
    return f"{bare[:4]}-{bare[4:8]}-{bare[8:]}"


def scramble(code: str, salt: str) -> str:
    """The keyed hash under which a code is kept: HMAC-SHA-256, hexadecimal."""
    return hmac.new(bytes.fromhex(salt), canonical(code).encode(), hashlib.sha256).hexdigest()


def token(key: str) -> str:
    """What is kept of a respondent in versions that were shown: a hash of their random key.

    The key is drawn at random, so nobody who lacks it can tell whom the token stands for; there
    is no answer in it, so it stays the same when an answer changes.

    >>> token("a") == token("a") != token("b")
    True
    """
    return hashlib.sha256(f"hrkit version {key}".encode()).hexdigest()[:20]
