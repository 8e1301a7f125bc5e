"""Which sums of answers can be computed from published means, in exact arithmetic.

A published mean of a known group is a linear equation in the unknown answers: one
*row*.  Whatever a reader can compute by adding and subtracting published means is
a linear combination of the rows.  So the sum over a set ``S`` of respondents is given
away exactly when the indicator of ``S`` lies in the row space.

The space is kept in reduced row echelon form over the integers (every row divided by
its greatest common divisor; Python integers, so nothing overflows and nothing is
rounded).  That form makes the search for small sets short.  Each basis row has a
*pivot* cell in which all other basis rows are zero; so if the indicator of ``S`` is in
the space it is the plain sum of the basis rows, each divided by its pivot, whose pivots
lie in ``S``.  A set with fewer than ``k`` respondents has at most ``k - 1`` pivots, and
whenever a sum so far is neither 0 nor 1 in some cell, a further row that is not zero in
that cell has to come in.  Following only such rows replaces the enumeration of all
small sets (376,518 for 500 people in 240 cells).

When a row joins a space without small sets, every new small set holds the pivot of the
new row or of a basis row that the new row changed: were all its rows old ones, it would
have been in the old space.  Only these are tried.

Sources: the criterion is the one of Langsrud, "Secondary cell suppression by Gaussian
elimination: an algorithm suitable for handling issues with zeros and singletons"
(Privacy in Statistical Databases 2024), programmed in Statistics Norway's R package
GaussSuppression; there for single cells, here for every union of cells.  The search is
a minimum weight codeword search restricted to 0/1 words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm

__all__ = ["RowSpace", "SparseRow", "mean_row"]

SparseRow = Mapping[int, int]
"""Cell -> coefficient of each of its respondents' answers; absent means 0."""

Exact = Fraction | int
Found = frozenset[int] | None

# More nodes than any real organisation needs (tens); then the answer is "perhaps".
_NODES = 20_000


def mean_row(
    parts: Iterable[Iterable[int]], sizes: Mapping[int, int] | tuple[int, ...]
) -> SparseRow:
    """Return the equation of a mean of means as integers without common divisor.

    Parameters
    ----------
    parts
        The cells of each part; the number published is the mean of the parts' means.
    sizes
        Respondents per cell.
    """
    cells = [tuple(part) for part in parts]
    counts = [sum(sizes[cell] for cell in part) for part in cells]
    common = lcm(*counts)
    row: dict[int, int] = {}
    for part, count in zip(cells, counts, strict=True):
        for cell in part:
            row[cell] = row.get(cell, 0) + common // count
    return _primitive(row)


@dataclass(frozen=True)
class RowSpace:
    """All that follows linearly from some published rows.

    Attributes
    ----------
    sizes
        Respondents per cell; cells are numbered from 0.
    rows
        Pivot cell -> basis row; positive in its pivot, zero in all other pivots.
    uses
        Cell -> pivots of the basis rows that are not zero there.
    classes
        Class of each cell: cells that no published row tells apart have the same.
    """

    sizes: tuple[int, ...]
    rows: Mapping[int, SparseRow] = field(default_factory=dict)
    uses: Mapping[int, frozenset[int]] = field(default_factory=dict)
    classes: tuple[int, ...] = ()

    def residual(self, row: SparseRow) -> SparseRow:
        """Return what `row` adds to the space; empty when it follows already."""
        rest = dict(row)
        for pivot in [cell for cell in row if cell in self.rows]:
            rest = _eliminated(rest, self.rows[pivot], pivot)
        return _primitive(rest)

    def extended(self, row: SparseRow) -> tuple[RowSpace, frozenset[int]]:
        """Add a row.

        Returns
        -------
        space, changed
            The larger space, and the pivots of its basis rows that were not in the
            old basis; none when `row` followed already.
        """
        rest = self.residual(row)
        if not rest:
            return self, frozenset()
        classes = _refined(self.classes or (0,) * len(self.sizes), row)
        weight = _weights(classes, self.sizes)
        # A pivot that few rows use keeps the basis sparse; of these the largest class,
        # because a set below k cannot hold it.
        pivot = min(rest, key=lambda c: (len(self.uses.get(c, ())), -weight[classes[c]], c))
        if rest[pivot] < 0:
            rest = {cell: -value for cell, value in rest.items()}
        rows, uses = dict(self.rows), dict(self.uses)
        stale = self.uses.get(pivot, frozenset())
        renewed: dict[int, SparseRow] = {p: _eliminated(self.rows[p], rest, pivot) for p in stale}
        renewed = {p: _primitive(new) for p, new in renewed.items()}
        renewed[pivot] = rest
        for p, new in renewed.items():
            before = rows.get(p, {})
            for cell in before.keys() - new.keys():
                uses[cell] = uses[cell] - {p}
            for cell in new.keys() - before.keys():
                uses[cell] = uses.get(cell, frozenset()) | {p}
            rows[p] = new
        return RowSpace(self.sizes, rows, uses, classes), frozenset(renewed)

    def holds(self, cells: Iterable[int]) -> bool:
        """Tell whether the sum over `cells` follows from the rows."""
        return not self.residual(dict.fromkeys(cells, 1))

    def small_set(self, k: int, pivots: Iterable[int] | None = None) -> frozenset[int] | None:
        """Find a set of fewer than `k` respondents whose sum follows from the rows.

        Parameters
        ----------
        k
            The threshold; whole cells only, which loses nothing: no row tells the
            respondents of a cell apart, so neither does a combination of rows.
        pivots
            Look only for sets that hold one of these pivots; by default for all.

        Returns
        -------
        frozenset of int or None
            The cells of such a set (or, should the search grow out of all proportion,
            the cells where it was given up: to be treated alike), or None.
        """
        weight = _weights(self.classes, self.sizes)
        large = frozenset(c for c, cls in enumerate(self.classes) if weight[cls] >= k)
        for start in self.rows if pivots is None else pivots:
            if start not in large:
                found = _search(self, start, k, large)
                if found is not None:
                    return found
        return None

    def null_vectors(self) -> list[dict[int, int]]:
        """Return ways in which answers can change without changing any row.

        Returns
        -------
        list of dict
            Cell -> integer change of the total of its answers.  Together with shifts
            inside a class (which change no class total) they span the null space.
        """
        done = {self.classes[pivot] for pivot in self.rows}
        vectors = []
        for free, cls in enumerate(self.classes):
            if cls in done:
                continue
            done.add(cls)
            used = {p: self.rows[p] for p in self.uses.get(free, ())}
            common = lcm(*(row[p] for p, row in used.items()))
            vector = {free: common}
            for p, row in used.items():
                vector[p] = -row[free] * (common // row[p])
            vectors.append(dict(_primitive(vector)))
        return vectors


def _search(space: RowSpace, start: int, k: int, large: frozenset[int]) -> frozenset[int] | None:
    """Look for a small set that holds `start`: sums of its basis row with others."""
    sizes, uses = space.sizes, space.uses
    seen: set[frozenset[int]] = set()

    def visit(chosen: frozenset[int], total: Mapping[int, Exact], pivot: int) -> Found:
        chosen |= {pivot}
        size = sum(sizes[p] for p in chosen)
        if size >= k or chosen in seen:
            return None
        if len(seen) >= _NODES:
            return frozenset({start})
        seen.add(chosen)
        vector = _plus(total, space.rows[pivot], pivot)
        others = {cell: value for cell, value in vector.items() if cell not in chosen}
        wrong = [
            cell
            for cell, value in others.items()
            if value != 1 or cell in large or size + sizes[cell] >= k
        ]
        if wrong:
            # Each wrong cell must be mended; the one with the fewest ways will do.
            ways = min((uses[cell] for cell in wrong), key=len)
        elif size + sum(sizes[cell] for cell in others) < k:
            return frozenset(vector)
        else:
            # Zeros and ones, but too many: at least one of the ones must go.
            ways = frozenset().union(*(uses[cell] for cell in others))
        for way in sorted(ways - chosen - large):
            found = visit(chosen, vector, way)
            if found is not None:
                return found
        return None

    return visit(frozenset(), {}, start)


def _plus(total: Mapping[int, Exact], row: SparseRow, pivot: int) -> dict[int, Exact]:
    """Add a basis row, divided by its pivot."""
    scale = row[pivot]
    result = dict(total)
    for cell, value in row.items():
        new = result.get(cell, 0) + (value if scale == 1 else Fraction(value, scale))
        if new:
            result[cell] = new
        else:
            del result[cell]
    return result


def _eliminated(row: SparseRow, by: SparseRow, pivot: int) -> dict[int, int]:
    """Return a multiple of `row` minus a multiple of `by` that is zero in `pivot`."""
    common = gcd(row[pivot], by[pivot])
    keep, take = by[pivot] // common, row[pivot] // common
    if keep < 0:
        keep, take = -keep, -take
    result = {cell: keep * value for cell, value in row.items()}
    for cell, value in by.items():
        new = result.get(cell, 0) - take * value
        if new:
            result[cell] = new
        else:
            result.pop(cell, None)
    return result


def _primitive(row: SparseRow) -> SparseRow:
    common = gcd(*row.values())
    return {c: v // common for c, v in row.items()} if common > 1 else row


def _refined(classes: tuple[int, ...], row: SparseRow) -> tuple[int, ...]:
    """Split classes whose cells have different coefficients in `row`."""
    names: dict[tuple[int, int], int] = {}
    return tuple(
        names.setdefault((old, row.get(cell, 0)), len(names)) for cell, old in enumerate(classes)
    )


def _weights(classes: tuple[int, ...], sizes: tuple[int, ...]) -> Mapping[int, int]:
    weights = dict.fromkeys(classes, 0)
    for cls, size in zip(classes, sizes, strict=True):
        weights[cls] += size
    return weights
