"""Places for labels around points, so that no name touches a point, another name or a line.

Each label tries places around its point, the nearest first, and takes the one that is near and
cannot be read as another point's name.  Where one finds no room, it chooses first in the next
round; of several complete rounds the best is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

__all__ = ["Box", "nearest", "place"]

#: Left, low, right and high end, in points.
Box = tuple[float, float, float, float]
#: Its two ends.
_Line = tuple[float, float, float, float]
#: Room around a mark and between labels, in points.
MARK, PAD = 6.5, 2.0
#: Distances from the point at which a label is tried.
_RADII = (9.0, 14.0, 20.0, 28.0, 38.0, 50.0, 64.0, 80.0, 100.0)
#: Directions, the most readable first: right, left, above and below, then between them.
_ANGLES = (0, 180, 90, 270, 45, 315, 135, 225, 22, 338, 158, 202, 67, 113, 247, 293)
#: How often labels are placed anew, in another order, before the map is numbered instead.
_TRIES = 60
#: How many complete placements are compared.
_COMPLETE = 6
#: A label nearer than this to another's point, in points, could be taken for its name.
_CLEAR = 16.0


def _touch(a: Box, b: Box, pad: float = PAD) -> bool:
    return a[0] - pad < b[2] and b[0] - pad < a[2] and a[1] - pad < b[3] and b[1] - pad < a[3]


def nearest(box: Box, x: float, y: float) -> tuple[float, float]:
    """The point of a box that is nearest to another point."""
    return min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])


def _line_hits(x0: float, y0: float, x1: float, y1: float, box: Box) -> bool:
    """Whether a line runs through a box, tried at points 3 pt apart."""
    if max(x0, x1) <= box[0] or min(x0, x1) >= box[2]:
        return False
    if max(y0, y1) <= box[1] or min(y0, y1) >= box[3]:
        return False
    steps = max(1, int(math.hypot(x1 - x0, y1 - y0) / 3))
    return any(
        box[0] < x0 + (x1 - x0) * i / steps < box[2]
        and box[1] < y0 + (y1 - y0) * i / steps < box[3]
        for i in range(1, steps)
    )


def _cross(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    """Whether two lines cross inside both."""

    def side(line: tuple[float, float, float, float], x: float, y: float) -> float:
        return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])

    return (
        side(a, b[0], b[1]) * side(a, b[2], b[3]) < 0
        and side(b, a[0], a[1]) * side(b, a[2], a[3]) < 0
    )


def place(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    area: tuple[float, float],
    taken: Sequence[Box] = (),
) -> list[Box] | None:
    """Boxes for labels at points, none touching another; None where there is no room.

    Parameters
    ----------
    points, sizes
        Where the marks are, and how large each label is, in points.
    area
        Width and height within which labels stay.
    taken
        Boxes in which no label may stand.
    """
    marks = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in points]

    def crowd(i: int) -> float:
        x, y = points[i]
        return min(
            (math.hypot(x - a, y - b) for j, (a, b) in enumerate(points) if j != i), default=0.0
        )

    order = sorted(range(len(points)), key=lambda i: (crowd(i), i))
    best: tuple[float, list[Box]] | None = None
    choices = [_Choices(i, points, sizes[i], marks, area, taken) for i in range(len(points))]
    complete = 0
    for _ in range(_TRIES):
        found = _try(points, choices, order)
        failed = next((i for i in order if i not in found), None)
        if failed is None:
            total = sum(cost for cost, _ in found.values())
            if best is None or total < best[0]:
                best = total, [found[i][1] for i in range(len(points))]
            complete += 1
            if complete == _COMPLETE:
                break
            failed = max(found, key=lambda i: (found[i][0], i))
        # Whoever found no room, or the least good one, chooses first next time.
        order = [failed, *(i for i in order if i != failed)]
    return best[1] if best else None


class _Choices:
    """The places of one label that are good whatever the other labels do, each looked at once.

    A place costs its distance from the point, and more where it could be read as another's.
    """

    def __init__(
        self,
        i: int,
        points: Sequence[tuple[float, float]],
        size: tuple[float, float],
        marks: Sequence[Box],
        area: tuple[float, float],
        taken: Sequence[Box],
    ) -> None:
        self._point, self._area = points[i], area
        self._places = iter(_places(points[i], size))
        self._rest = [point for j, point in enumerate(points) if j != i]
        self._closed = (*taken, *marks)
        # A mark that overlaps this one cannot be kept clear of.
        self._clear = [m for j, m in enumerate(marks) if j != i and not _touch(m, marks[i], 0)]
        self._good: list[tuple[float, float, Box, _Line]] = []

    def __iter__(self) -> Iterator[tuple[float, float, Box, _Line]]:
        """Distance, cost, box and the line to it, the nearest first."""
        yield from self._good
        for radius, box in self._places:
            line = (*self._point, *nearest(box, *self._point))
            if self._fits(box, line):
                good = radius, self._cost(radius, box), box, line
                self._good.append(good)
                yield good

    def _fits(self, box: Box, line: _Line) -> bool:
        if box[0] < 0 or box[1] < 0 or box[2] > self._area[0] or box[3] > self._area[1]:
            return False
        return not (
            any(_touch(box, other) for other in self._closed)
            or any(_line_hits(*line, other) for other in self._clear)
        )

    def _cost(self, radius: float, box: Box) -> float:
        return radius + sum(
            max(0.0, _CLEAR - math.hypot(near[0] - x, near[1] - y)) * 4
            for x, y in self._rest
            for near in (nearest(box, x, y),)
        )


def _try(
    points: Sequence[tuple[float, float]], choices: Sequence[_Choices], order: Sequence[int]
) -> dict[int, tuple[float, Box]]:
    """Labels with their cost, placed one after the other until one finds no room."""
    found: dict[int, tuple[float, Box]] = {}
    lines: list[_Line] = []
    for i in order:
        boxes = [box for _, box in found.values()]
        best: tuple[float, Box] | None = None
        for radius, cost, box, line in choices[i]:
            if best is not None and radius >= best[0]:
                break
            if any(_touch(box, other) or _line_hits(*line, other) for other in boxes):
                continue
            if any(_line_hits(*other, box) or _cross(other, line) for other in lines):
                continue
            if best is None or cost < best[0]:
                best = cost, box
        if best is None:
            break
        found[i] = best
        lines.append((*points[i], *nearest(best[1], *points[i])))
    return found


def _places(point: tuple[float, float], size: tuple[float, float]) -> list[tuple[float, Box]]:
    (x, y), (w, h) = point, size
    boxes = []
    for radius in _RADII:
        for angle in _ANGLES:
            dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            left = x + radius * dx + (0 if dx > 0.1 else -w if dx < -0.1 else -w / 2)
            low = y + radius * dy + (0 if dy > 0.9 else -h if dy < -0.9 else -h / 2)
            boxes.append((radius, (left, low, left + w, low + h)))
    return boxes
