"""What must not slip into an open record: a person's number; and what may be one's name or address.

Numbers are told by their own check: a Danish CPR number begins with a day, a Dutch BSN and a Belgian
national number have a remainder (Wabb, besluit BSN; Koninklijk besluit of 3 April 1984).  A number
that only looks alike is left alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

__all__ = ["contact_in", "name_in", "number_in", "words_in"]

_CPR = re.compile(r"(?<![\d-])(\d{2})(\d{2})(\d{2})[- ]?\d{4}(?![\d-])")
_BSN = re.compile(r"(?<!\d)\d{9}(?!\d)")
_BELGIAN = re.compile(r"(?<!\d)(\d{2})\.?(\d{2})\.?(\d{2})[-. ]?(\d{3})[-. ]?(\d{2})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ’'-]+(?:[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)?"
_BETWEEN = r"(?:\s+(?:van|de|der|den|ten|ter|von|af|du|la|le|el|al|bin))*"
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
#: Two names in a row, with what may stand between them.
_PAIR = re.compile(rf"(?<![\w’'-])({_CAPITAL}){_BETWEEN}\s+(?={_CAPITAL})")
#: A form of address, and the end of a role, before a name; never HR.
_ADDRESS = (
    r"(?:[Hh]r|[Ff]r|[Ff]ru|[Ff]rk|[Hh]err|Mr|Mrs|Ms|Miss|[Dd]r|[Pp]rof|[Dd]hr|[Mm]evr|[Mm]w|[Dd]rs|[Ii]r"
    r"|[Mm]evrouw|[Mm]eneer|[Mm]ijnheer)"
)
_ROLE = (
    r"[\w-]*(?:direktør(?:en)?|chef(?:en)?|leder(?:en)?|konsulent(?:en)?|partner(?:en)?|rektor|borgmester(?:en)?"
    r"|directeur|manager|hoofd|adviseur|leidinggevende|burgemeester|director|adviser|advisor|officer|mayor|leader)"
)
_TITLED = re.compile(rf"(?<![\w-])(?:{_ADDRESS}\.?|{_ROLE})\s+({_CAPITAL})")
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


def words_in(text: str) -> frozenset[str]:
    """The words of a text, in small letters."""
    return frozenset(one.lower() for one in _WORD.findall(text))


def name_in(text: str, known: Collection[str] = ()) -> bool:
    """Whether a text holds what looks like somebody's name, or a title and a name.

    It is told by its form, so it misses a first name that stands alone, and takes a product for a
    person: whoever reads it decides.

    Parameters
    ----------
    text
        What stands there.
    known
        Words in small letters that are no names: those of the kit, the client and its units.

    >>> name_in("Ring til Mette Holm"), name_in("Jan van Dijk vragen"), name_in("HR-chef Lund svarer")
    (True, True, True)
    >>> name_in("HR-chefen svarer samme dag"), name_in("Aftalt med HR i Fjordby"), name_in("Hr. Lund")
    (False, False, True)
    >>> name_in("I Ny By", {"i"}), name_in("Ny By Kommune", {"ny", "by", "kommune"})
    (True, False)
    """
    if any(found[1].lower() not in known for found in _TITLED.finditer(text)):
        return True
    for found in _PAIR.finditer(text):
        second = re.match(_CAPITAL, text[found.end() :])
        first, last = found[1].lower(), second[0].lower() if second else ""
        # The first word of a sentence has a capital letter whatever it is.
        begins = text[: found.start()].rstrip()[-1:] in ("", ".", "!", "?", ":", "–", "”", "’")
        if first in known and (begins or last in known):
            continue
        return True
    return False


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
