"""Which numbers about many organisations may be shown: norms, and what is to be remembered of them.

Row by row (a dimension, seen from a side): the organisations that have a figure there, if the row may stand
beside all that was issued before; else the row that stands already, as it was, until enough have come; else
none.  No row is left out because of what somebody's mean is.  The rule reads released figures and earlier benchmarks, nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hrkit.disclosure.portfolio.entries import BroughtIn
from hrkit.disclosure.portfolio.proof import (
    Row,
    apart_enough,
    drawn_error,
    drawn_for_row,
    mean_of,
    spread,
)
from hrkit.disclosure.released import LEAST, ComparedWith, Norm, Norms
from hrkit.model.instrument import Instrument

__all__ = [
    "DecidedNorms",
    "IssuedNorms",
    "compared_with",
    "counted",
    "decide",
    "scales_of",
    "standing",
]

#: A spread is told over so many dimensions at least, and of twelve organisations on each: over fewer it is
#: more about each of them.  Nothing else decides on it: what is withheld because of somebody's means tells them.
SPREAD_OF = 5

#: Dimension and side.
Key = tuple[str, str]


@dataclass(frozen=True)
class IssuedNorms:
    """A benchmark that was issued: what it showed, whose means stood behind each row, and the error of its sum."""

    norms: Norms
    members: Mapping[Key, Row]
    errors: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DecidedNorms:
    """A benchmark as it may be issued.

    Attributes
    ----------
    issued
        Norms and members.
    left_out
        Organisations that are not counted, each with the reason: ``own`` wish, another ``wave``, another
        ``instrument`` or edition, or ``figures``: none of its sides is large enough.
    waiting
        Organisations whose figures wait for others: the rows that stand were made without them, or of
        other means of theirs.
    held
        Rows that are not shown though eleven organisations have them.
    """

    issued: IssuedNorms
    left_out: Mapping[str, str] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    held: tuple[Key, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.issued.norms.rows)


def counted(
    entries: Sequence[BroughtIn], wave: str
) -> tuple[tuple[BroughtIn, ...], Mapping[str, str]]:
    """The organisations that can be compared in a wave, and why each of the others cannot."""
    willing = [entry for entry in entries if entry.takes_part and entry.wave == wave]
    asked = Counter((entry.instrument, entry.version) for entry in willing)
    most = max(asked, key=lambda key: (asked[key], key), default=("", ""))
    why = {
        entry.organisation: "own"
        if not entry.takes_part
        else "wave"
        if entry.wave != wave
        else "instrument"
        if (entry.instrument, entry.version) != most
        else ""
        if entry.means
        else "figures"
        for entry in entries
    }
    return (
        tuple(entry for entry in entries if not why[entry.organisation]),
        {id: reason for id, reason in why.items() if reason},
    )


def decide(
    entries: Sequence[BroughtIn],
    scales: Mapping[str, tuple[float, float]],
    earlier: Sequence[IssuedNorms],
    wave: str,
    drawn: Callable[[], int] = drawn_error,
    row_error: Callable[[], int] = drawn_for_row,
) -> DecidedNorms:
    """What may be shown of the organisations together.

    Parameters
    ----------
    entries
        One for each organisation of the portfolio that could be read.
    scales
        Lowest and highest value by dimension.
    earlier
        Every benchmark that was issued before, of this wave and of others, in their order.
    wave
        Id of the wave.
    drawn
        The error with which the spread of a side is told, in hundredths; asked once a side and wave.
    row_error
        That of a row's sum, in tenths; asked once a dimension and side, for all waves.
    """
    here, _ = counted(entries, wave)
    named = (here[0].instrument, here[0].version) if here else ("", "")
    keys = sorted({key for entry in here for key in entry.means if key[0] in scales})
    there = [
        one
        for one in earlier
        if (one.norms.wave, one.norms.instrument, one.norms.version) == (wave, *named)
    ]
    stands = there[-1].members if there else {}
    told = {(row.measure, row.side): row for row in there[-1].norms.rows} if there else {}
    before_all = {key: error for one in earlier for key, error in one.errors.items()}
    members: dict[Key, Row] = {}
    errors: dict[Key, int] = {}
    rows: list[Norm] = []
    for key in keys:
        now = {entry.organisation: entry.means[key] for entry in here if key in entry.means}
        before = [one.members[key] for one in earlier if key in one.members]
        row: Row | None = now
        if not (len(now) >= LEAST and apart_enough(now, before)):
            row = stands.get(key)
        if row is None:
            continue
        members[key] = row
        if key in before_all:
            errors[key] = before_all[key]
        if row == stands.get(key):
            # As it was printed, whatever was drawn then, or nothing.
            rows.append(told[key])
            continue
        errors.setdefault(key, row_error())
        rows.append(Norm(*key, len(row), mean_of(row, errors[key], scales[key[0]])))
    norms = Norms(
        wave,
        *named,
        len(here),
        tuple(rows),
        _spreads(members, scales, dict(there[-1].norms.spread) if there else {}, drawn),
        synthetic=any(entry.synthetic for entry in here),
    )
    return standing(IssuedNorms(norms, members, errors), entries)


def standing(issued: IssuedNorms, entries: Sequence[BroughtIn]) -> DecidedNorms:
    """A benchmark beside what each organisation brings in: who is not counted, what is not shown."""
    here, left_out = counted(entries, issued.norms.wave)
    waiting, having = set(), Counter[Key]()
    for entry in here:
        for key, mean in entry.means.items():
            having[key] += 1
            if key in issued.members and issued.members[key].get(entry.organisation) != mean:
                waiting.add(entry.organisation)
    held = [key for key, n in having.items() if n >= LEAST and key not in issued.members]
    return DecidedNorms(issued, left_out, tuple(sorted(waiting)), tuple(sorted(held)))


def scales_of(instrument: Instrument) -> Mapping[str, tuple[float, float]]:
    """Lowest and highest value by dimension."""
    facets = ((s.id, s.score_facet) for s in instrument.dimensions)
    return {id: (float(f.scale.low), float(f.scale.high)) for id, f in facets if f is not None}


def _spreads(
    members: Mapping[Key, Row],
    scales: Mapping[str, tuple[float, float]],
    stands: Mapping[str, float],
    drawn: Callable[[], int],
) -> tuple[tuple[str, float], ...]:
    """How far organisations lie apart, by side; what was printed of a wave stays as long as it lasts."""
    found = []
    for side in dict.fromkeys(side for _, side in members):
        rows = {measure: row for (measure, of), row in members.items() if of == side}
        # On scales of another length a point is another thing.
        scale = {scales[measure] for measure in rows}
        value = stands.get(side)
        many = len(rows) >= SPREAD_OF and min(map(len, rows.values())) > LEAST
        if value is None and many and len(scale) == 1:
            value = spread(rows, drawn())
        if value is not None:
            found.append((side, value))
    return tuple(found)


def compared_with(issued: IssuedNorms, organisation: str) -> ComparedWith:
    """What one client's page is made of: the norms, and its own part in them."""
    own = {key: row[organisation] for key, row in issued.members.items() if organisation in row}
    return ComparedWith(issued.norms, own)
