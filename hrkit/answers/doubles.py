"""The same person twice, where no code says so.

A row without a code is known by its answers only.  Two people may well answer alike: where many
say "agree" to everything, or few questions are asked, it is chance.  What tells is an answer that
departs from what the person answers mostly; eight of them, the same in two rows, are no chance.

So a row *tells* if it has at least `TELLING` such answers.  Telling rows that are alike, or nearly
(an answer corrected, a column added, another unit), are taken to be one person; of other rows it
is only said how many are alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
#: As many sheets are held against others at once.
_AT_ONCE = 500

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


class _Grid:
    """What sheets say, question by question, as numbers (0: nothing)."""

    def __init__(self, sheets: Mapping[str, Said]) -> None:
        import numpy as np  # a store that takes no file needs none of it

        self.rows = {key: row for row, key in enumerate(sheets)}
        self.pairs = sorted(set().union(*(sheet.given for sheet in sheets.values())))
        numbers: defaultdict[str, int] = defaultdict(count(1).__next__, {"": 0})
        self.said = np.empty((len(sheets), len(self.pairs)), dtype=np.int32)
        for column, pair in enumerate(self.pairs):
            texts = [numbers[sheet.given.get(pair, "")] for sheet in sheets.values()]
            self.said[:, column] = texts
        self._numbers = dict(numbers)

    def row(self, given: _Given) -> NDArray[np.int32]:
        """What somebody else says, in the same numbers; -1 is what none of the sheets say."""
        import numpy as np

        said = [self._numbers.get(given.get(pair, ""), -1) for pair in self.pairs]
        return np.array(said, dtype=np.int32)

    def bands(self) -> Iterator[tuple[int, slice]]:
        """The parts of the questions by which nearly equal sheets find each other."""
        size = max(1, -(-len(self.pairs) // _BANDS))
        for band in range(_BANDS):
            yield band, slice(band * size, (band + 1) * size)


class AlreadyThere:
    """Sheets that are there, to be found again; each is found once.

    ``grid`` holds these sheets, and perhaps others.
    """

    def __init__(self, sheets: Mapping[str, Said], grid: _Grid | None = None) -> None:
        self._sheets, self._grid = sheets, grid
        self._free = set(sheets)
        self._exact: dict[object, list[str]] | None = None
        self._parts: dict[object, list[str]] | None = None
        self._paired: set[str] | None = None

    def exact(self, sheet: Said) -> Like | None:
        """A sheet that is exactly like this one."""
        if self._exact is None:
            self._exact = {}
            for key, one in self._sheets.items():
                self._exact.setdefault(one.print, []).append(key)
        keys = self._exact.get(sheet.print, [])
        while keys:
            key = keys.pop()
            if key in self._free:
                self._free.discard(key)
                return Like(key, 0, telling(sheet.given) >= TELLING)
        return None

    def near(self, sheet: Said) -> Like | None:
        """A sheet that is nearly like this one; only where that is no chance."""
        found = self._candidates(sheet)
        if not found or telling(sheet.given) < TELLING:
            return None
        best: Like | None = None
        for key in found:
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
        if self._paired is None:
            self._paired = self._pair()
        return self.near(self._sheets[key]) if key in self._paired else None

    def _index(self) -> tuple[_Grid, dict[object, list[str]]]:
        """The sheets as numbers, and which of them have a part in common."""
        import numpy as np

        grid = self._grid = self._grid or _Grid(self._sheets)
        if self._parts is None:
            self._parts = {}
            keys, sheets = list(self._sheets), list(self._sheets.values())
            own = grid.said[[grid.rows[key] for key in keys]]
            for band, columns in grid.bands():
                part = np.ascontiguousarray(own[:, columns])
                for row in np.flatnonzero(part.any(axis=1)).tolist():
                    there = sheets[row].person[0], band, part[row].tobytes()
                    self._parts.setdefault(there, []).append(keys[row])
        return grid, self._parts

    def _pair(self) -> set[str]:
        """Keys of sheets that have a part in common with another one, and few answers that differ.

        Found for all at once: of most sheets there is nothing that is nearly like them.
        """
        import numpy as np

        found: set[str] = set()
        grid, parts = self._index()
        for keys in parts.values():
            if len(keys) < 2:
                continue
            own = np.array([grid.rows[key] for key in keys])
            some = own[:_MOST_CANDIDATES]
            for start in range(0, len(own), _AT_ONCE):
                part = own[start : start + _AT_ONCE]
                near = _differ(grid.said[part][:, None], grid.said[some]) <= _MOST_CHANGED
                near &= part[:, None] != some
                found.update(keys[start + i] for i in np.flatnonzero(near.any(axis=1)))
        return found

    def _candidates(self, sheet: Said) -> list[str]:
        """Sheets of the same wave that have a part in common, and few answers that differ."""
        grid, parts = self._index()
        said = grid.row(sheet.given)
        found: dict[str, None] = {}
        for band, columns in grid.bands():
            if said[columns].any():
                like = parts.get((sheet.person[0], band, said[columns].tobytes()), ())
                found |= dict.fromkeys(like[:_MOST_CANDIDATES])
        keys = [key for key in found if key in self._free]
        if not keys:
            return []
        near = _differ(grid.said[[grid.rows[key] for key in keys]], said) <= _MOST_CHANGED
        return [key for key, is_near in zip(keys, near.tolist(), strict=True) if is_near]


def _differ(some: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.int_]:
    """How many questions both answer, and not alike."""
    differ: NDArray[np.int_] = ((some != others) & (some != 0) & (others != 0)).sum(axis=-1)
    return differ


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
    grid = _Grid(sheets)
    for key, sheet in sheets.items():
        groups.setdefault((sheet.person, grid.said[grid.rows[key]].tobytes()), []).append(key)
    tell: list[tuple[str, ...]] = []
    chance: list[tuple[str, ...]] = []
    for keys in groups.values():
        if len(keys) > 1:
            (tell if telling(sheets[keys[0]].given) >= TELLING else chance).append(tuple(keys))
    known = AlreadyThere({keys[0]: sheets[keys[0]] for keys in groups.values()}, grid)
    for keys in groups.values():
        like = known.twin(keys[0])
        if like is not None:
            tell.append((keys[0], like.key))
    return tell, chance
