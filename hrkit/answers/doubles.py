"""The same person twice, where no code says so.

A row without a code is known by its answers only.  Two people may well answer alike: where many
say "agree" to everything, or few questions are asked, it is chance.  What tells is an answer that
departs from what the person answers mostly; eight of them, the same in two rows, are no chance.

So a row *tells* if it has at least `TELLING` such answers.  Telling rows that are alike, or nearly
(an answer corrected, a column added, another unit), are taken to be one person; of other rows it
is only said how many are alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

__all__ = ["TELLING", "AlreadyThere", "Like", "Said", "alike_within", "telling"]

#: Answers, other than the person's usual one, by which a person is known again.
TELLING = 8
#: Answers that may differ between two rows of one person.
_MOST_CHANGED = 2
#: A comment of this many characters says as much as `_COMMENT_TELLS` answers.
_LONG_COMMENT, _COMMENT_TELLS = 30, 4
#: Two rows that differ in so few answers have one of so many parts in common.
_BANDS = _MOST_CHANGED + 2
_MOST_CANDIDATES = 40

_Given = Mapping[tuple[str, str], str]
_Person = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says: (wave, unit, perspective, level, pair), and answers by (item, facet)."""

    person: _Person
    given: _Given

    @property
    def print(self) -> tuple[_Person, frozenset[tuple[tuple[str, str], str]]]:
        """What is equal where two sheets are."""
        return self.person, frozenset(self.given.items())


@dataclass(frozen=True, slots=True)
class Like:
    """A sheet that is like another one.

    Attributes
    ----------
    key
        Of the other.
    changed
        How many answers or facts differ; 0 where they are exactly alike.
    tells
        Whether this is no chance.
    """

    key: str
    changed: int
    tells: bool


def telling(given: _Given) -> int:
    """How many answers depart from the person's usual one; see the module."""
    return _weight(given, given)


def _weight(given: _Given, among: Iterable[tuple[str, str]]) -> int:
    short = Counter(value for value in given.values() if len(value) < _LONG_COMMENT)
    usual = max(short, key=lambda value: short[value], default="")
    return sum(
        _COMMENT_TELLS if len(given[pair]) >= _LONG_COMMENT else given[pair] != usual
        for pair in among
    )


class AlreadyThere:
    """Sheets that are there, to be found again; each is found once."""

    def __init__(self, sheets: Mapping[str, Said]) -> None:
        self._sheets = sheets
        self._free = set(sheets)
        self._exact: dict[object, list[str]] = {}
        for key, sheet in sheets.items():
            self._exact.setdefault(sheet.print, []).append(key)
        self._parts: dict[object, list[str]] | None = None
        self._pairs: tuple[tuple[str, str], ...] = ()

    def exact(self, sheet: Said) -> Like | None:
        """A sheet that is exactly like this one."""
        keys = self._exact.get(sheet.print, [])
        while keys:
            key = keys.pop()
            if key in self._free:
                self._free.discard(key)
                return Like(key, 0, telling(sheet.given) >= TELLING)
        return None

    def near(self, sheet: Said) -> Like | None:
        """A sheet that is nearly like this one; only where that is no chance."""
        if telling(sheet.given) < TELLING:
            return None
        if self._parts is None:
            self._index()
        best: Like | None = None
        for key in self._candidates(sheet):
            changed = _changed(sheet, self._sheets[key])
            if changed is not None and (best is None or changed < best.changed):
                best = Like(key, changed, True)
        if best is not None:
            self._free.discard(best.key)
        return best

    def twin(self, key: str) -> Like | None:
        """Of the sheets themselves one that is nearly like the one of this key."""
        if key not in self._free:
            return None
        self._free.discard(key)
        return self.near(self._sheets[key])

    def _index(self) -> None:
        self._parts = {}
        pairs = {pair for sheet in self._sheets.values() for pair in sheet.given}
        self._pairs = tuple(sorted(pairs))
        for key, sheet in self._sheets.items():
            for part in self._split(sheet):
                self._parts.setdefault(part, []).append(key)

    def _split(self, sheet: Said) -> Iterator[object]:
        size = max(1, -(-len(self._pairs) // _BANDS))
        for band in range(_BANDS):
            pairs = self._pairs[band * size : (band + 1) * size]
            values = tuple(sheet.given.get(pair, "") for pair in pairs)
            if any(values):
                yield sheet.person[0], band, values

    def _candidates(self, sheet: Said) -> Iterator[str]:
        seen: set[str] = set()
        for part in self._split(sheet):
            for key in (self._parts or {}).get(part, ())[:_MOST_CANDIDATES]:
                if key in self._free and key not in seen:
                    seen.add(key)
                    yield key


def _changed(one: Said, other: Said) -> int | None:
    """How much two sheets of one person differ; None if they are not one person's."""
    common = one.given.keys() & other.given.keys()
    same = [pair for pair in common if one.given[pair] == other.given[pair]]
    if len(common) - len(same) > _MOST_CHANGED or _weight(one.given, same) < TELLING:
        return None
    facts = sum(a != b for a, b in zip(one.person, other.person, strict=True))
    return len(one.given.keys() | other.given.keys()) - len(same) + facts


def alike_within(
    sheets: Mapping[str, Said],
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Groups of sheets of one file that are alike: those that tell, and the others.

    Sheets that are nearly alike form groups of two among those that tell.
    """
    groups: dict[object, list[str]] = {}
    for key, sheet in sheets.items():
        groups.setdefault(sheet.print, []).append(key)
    tell: list[tuple[str, ...]] = []
    chance: list[tuple[str, ...]] = []
    for keys in groups.values():
        if len(keys) > 1:
            (tell if telling(sheets[keys[0]].given) >= TELLING else chance).append(tuple(keys))
    known = AlreadyThere({keys[0]: sheets[keys[0]] for keys in groups.values()})
    for keys in groups.values():
        like = known.twin(keys[0])
        if like is not None:
            tell.append((keys[0], like.key))
    return tell, chance
