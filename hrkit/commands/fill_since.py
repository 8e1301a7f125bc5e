"""What stood on an open sheet when its workbook was written, and what of it somebody has changed since.

Two people fill in copies of one workbook, or one comes back after another was taken: an empty cell of the
later one does not empty what the first has filled in meanwhile.  A workbook says in its property beside
which round it was written and, by a digest, what stood; the records keep every version of every line, so what
stood is found again.  A cell that is as it was written leaves what stands; one that was changed here and
elsewhere is told.  Of a workbook whose beginning is not known any more nothing is said to have stood.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hrkit.records.values import OpenLine, Records

__all__ = [
    "Stamp",
    "Standing",
    "digest",
    "merged",
    "repeated",
    "stamp_of",
    "standing_of",
    "stood",
]

#: Lines by whose word they are and what they are about.
Standing = Mapping[tuple[str, str], OpenLine]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a workbook says of itself: whose, which sheet, beside which round, and what stood (a digest)."""

    engagement: str = ""
    sheet: str = ""
    wave: str = ""
    digest: str = ""

    def __str__(self) -> str:
        return " ".join((self.engagement, self.sheet, self.wave, self.digest)).rstrip()


def stamp_of(text: str) -> Stamp:
    """What stands in a workbook's property; one of before may say less.

    >>> stamp_of("nordby.mirror card w1 0a1b"), stamp_of("nordby.mirror card").digest
    (Stamp(engagement='nordby.mirror', sheet='card', wave='w1', digest='0a1b'), '')
    """
    return Stamp(*text.split()[:4])


def standing_of(
    lines: Iterable[OpenLine], tool: str, sheet: str, waves: Sequence[str]
) -> dict[tuple[str, str], OpenLine]:
    """The lines of one sheet in one round (under any id it had), those among them that were emptied too."""
    return {
        (one.scope, one.row): one
        for one in lines
        if (one.tool, one.sheet) == (tool, sheet) and one.wave in waves
    }


def digest(standing: Standing) -> str:
    """A digest of what stands; the same whatever a round is called by now."""
    told = sorted((scope, row, sorted(one.said)) for (scope, row), one in standing.items() if one)
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:12]


def stood(
    records: Records, tool: str, sheet: str, waves: Sequence[str], said: str
) -> Standing | None:
    """What stood when a workbook with such a digest was written; None where nobody knows any more."""
    now: dict[tuple[str, str], OpenLine] = {}
    found = now.copy() if said == digest(now) else None
    for _, line in records.past:
        if (line.tool, line.sheet) == (tool, sheet) and line.wave in waves:
            now[line.scope, line.row] = line
            if said == digest(now):
                found = now.copy()
    return found if said else None


def merged(
    fields: Sequence[str], was: OpenLine | None, now: OpenLine | None, said: Mapping[str, str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """A line as it is to stand, and the fields that were changed both here and since.

    Parameters
    ----------
    was, now
        What stood when the workbook was written, and what stands.
    said
        What the workbook says by now.
    """

    def of(line: OpenLine | None, field: str) -> str:
        return line.field(field) if line else ""

    made, parted = {}, []
    for field in fields:
        before, today, written = of(was, field), of(now, field), said[field]
        made[field] = today if written == before else written
        if today not in (before, written) and written != before:
            parted.append(field)
    return made, tuple(parted)


def repeated(own: Sequence[OpenLine], since: Iterable[OpenLine]) -> tuple[int, ...]:
    """Places of lines of one's own that came in already since the workbook was written.

    As many of like lines as stand: a case that occurs twice on one sheet is two cases.
    """
    left = Counter(frozenset(one.said) for one in since if one)
    found = []
    for i, one in enumerate(own):
        if left[frozenset(one.said)]:
            left[frozenset(one.said)] -= 1
            found.append(i)
    return tuple(found)
