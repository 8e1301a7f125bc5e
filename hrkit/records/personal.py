"""What must not slip into an open record: a person's number; and what may be one's name or address.

Numbers are told by their own check: a Danish CPR number begins with a day, a Dutch BSN and a Belgian
national number have a remainder (Wabb, besluit BSN; Koninklijk besluit of 3 April 1984).  A number
that only looks alike is left alone.
"""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["contact_in", "number_in"]

_CPR = re.compile(r"(?<![\d-])(\d{2})(\d{2})(\d{2})[- ]?\d{4}(?![\d-])")
_BSN = re.compile(r"(?<!\d)\d{9}(?!\d)")
_BELGIAN = re.compile(r"(?<!\d)(\d{2})\.?(\d{2})\.?(\d{2})[-. ]?(\d{3})[-. ]?(\d{2})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_PHONE = re.compile(r"(?<!\w)(\+\d{2}[ -]?)?(\d[ -]?){8,}(?!\w)")


def number_in(text: str) -> bool:
    """Whether a text holds a civil registration number.

    >>> number_in("Ring 010190-1234"), number_in("990190-1234"), number_in("111222333")
    (True, False, True)
    """
    if any(_day(*map(int, found.groups())) for found in _CPR.finditer(text)):
        return True
    if any(_eleven(found[0]) for found in _BSN.finditer(text)):
        return True
    return any(_belgian("".join(found.groups())) for found in _BELGIAN.finditer(text))


def contact_in(text: str) -> bool:
    """Whether a text holds what looks like a mail address or a telephone number.

    >>> contact_in("jo@example.org"), contact_in("+45 12 34 56 78"), contact_in("12 a year")
    (True, True, False)
    """
    return bool(_MAIL.search(text) or _PHONE.search(text))


def _day(day: int, month: int, year: int) -> bool:
    try:
        dt.date(2000 + year % 100, month, day)
    except ValueError:
        return False
    return True


def _eleven(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(one) * weight for one, weight in zip(digits, weights, strict=True))
    return total > 0 and total % 11 == 0


def _belgian(digits: str) -> bool:
    month, day, rest = int(digits[2:4]), int(digits[4:6]), int(digits[9:])
    if month > 12 or day > 31:
        return False
    return any(97 - int(before + digits[:9]) % 97 == rest for before in ("", "2"))
