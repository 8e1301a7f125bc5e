"""The tables of a report, cell by cell: whose figure each is, by its row and its column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrkit.blocks import Table, plain
from hrkit.disclosure.released import ALL
from hrkit.rounding import half_up
from tests.report.reader.held import Tables, same, statements
from tests.report.reader.names import NUMBER, SIGNED, number, tidy

_MEAN = re.compile(rf"^[▯▮ ]*({NUMBER})")
_INTERVAL = re.compile(rf"^{NUMBER} \(({NUMBER})–({NUMBER})\)$")
_ANSWERS = re.compile(rf"^{NUMBER} \((?:n = )?(\d+)\)$")
_CHANGE = re.compile(rf"^([▲▼] )?({SIGNED})(?: \(({NUMBER})\))?$")


def cells(t: Tables, page: str, table: Table) -> Iterator[str]:
    """What is wrong with a table of means, changes, silence or the order; nothing of any other table."""
    columns = [tidy(one) for one in table.columns]
    for row in table.rows:
        line = [tidy(plain(cell).replace("\n", " ")) for cell in row]
        if page == "importance" and line[0].isdigit():
            yield from _order(t, line)
        elif line[0] in t.names.dimensions:
            d = t.names.dimensions[line[0]]
            for name, cell in zip(columns[1:], line[1:], strict=True):
                group = t.names.groups.get(name) or (ALL if name in ("All", "Alle") else "")
                if group:
                    yield from _cell(t, page, d, group, cell)
        elif page == "dimensions" and t.section and line[0] in t.names.groups:
            yield from _mean(t, t.section, t.names.groups[line[0]], line[1])
        elif page == "dimensions" and t.section and re.match(r"\d+ ", line[0]):
            measure = statements(t)[int(line[0].split()[0])]
            for name, cell in zip(columns[1:], line[1:], strict=True):
                if name in t.names.groups:
                    yield from _mean(t, measure, t.names.groups[name], cell)
        elif page == "units" and len(line) == len(t.names.dimensions) + 1:
            yield from _unit(t, line)


def _cell(t: Tables, page: str, d: str, group: str, cell: str) -> Iterator[str]:
    if page == "change" and _CHANGE.match(cell):
        yield from _change(t, d, group, cell)
    elif page == "response" and cell.count("·") == 2:
        yield from _silent(t, d, group, cell)
    elif page not in ("change", "response"):
        yield from _mean(t, d, group, cell)


def _mean(t: Tables, measure: str, group: str, cell: str, unit: str = "") -> Iterator[str]:
    """A mean with what stands in brackets: its interval, or how many answered."""
    score = t.released.score(measure, group, unit or t.root)
    found = _MEAN.match(cell)
    if not found:
        if score.shown:
            yield f"{measure} of {group} is {score.mean}, and “{cell}” stands there"
        return
    yield from same(f"{measure} of {group}", number(found[1]), score.mean)
    if ends := _INTERVAL.match(cell):
        yield from same(f"{measure} of {group}: low", number(ends[1]), score.low)
        yield from same(f"{measure} of {group}: high", number(ends[2]), score.high)
    elif (n := _ANSWERS.match(cell)) and score.told is None:
        yield from same(f"{measure} of {group}: answers", int(n[1]), score.n)


def _change(t: Tables, d: str, group: str, cell: str) -> Iterator[str]:
    """A change as marked: an arrow exactly where its interval leaves out zero."""
    found, match = (
        [c for c in t.changes() if (c.measure, c.group) == (d, group)],
        _CHANGE.match(cell),
    )
    assert match is not None
    if not found:
        yield f"{d} of {group}: no change is released"
        return
    (one,) = found
    yield from same(f"{d} of {group}", number(match[2]), one.difference)
    if match[3]:
        yield from same(f"{d} of {group}: could be seen", number(match[3]), one.detectable)
    mark = "" if one.low <= 0 <= one.high else "▲ " if one.difference > 0 else "▼ "
    if (match[1] or "") != mark:
        yield f"{d} of {group}: marked “{match[1]}”, and not “{mark}”"


def _silent(t: Tables, d: str, group: str, cell: str) -> Iterator[str]:
    """The mean if those without an answer stood a point lower, or higher."""
    low, mean, high = (number(one) for one in cell.split(" · "))
    score = t.released.score(d, group, t.root)
    yield from same(f"{d} of {group}", mean, score.mean)
    asked = next(
        (x.invited for x in t.released.turnout if (x.unit, x.group) == (t.root, group)), None
    )
    if asked and score.n is not None and score.told is None:
        for printed, other in ((low, max(1.0, mean - 1)), (high, min(5.0, mean + 1))):
            all_of = (score.n * mean + (asked - score.n) * other) / asked
            yield from same(
                f"{d} of {group}: with those who are silent", printed, half_up(all_of, 1)
            )


def _unit(t: Tables, line: list[str]) -> Iterator[str]:
    """A unit's row of the heat map, in the order of the dimensions."""
    unit = next((id for name, id in t.names.units.items() if line[0].startswith(name)), "")
    group = t.names.report.context.instrument.sides[0]
    found = t.released.group(group)
    for d, cell in zip(t.names.dimensions.values(), line[1:], strict=True):
        if unit and found:
            yield from _mean(t, d, found.id, cell, unit)


def _order(t: Tables, line: list[str]) -> Iterator[str]:
    """A row of the decision list: place, dimension, whose, weight, score, target, distance."""
    rank, d = int(line[0]), t.dimension(line[1])
    one = next(p for p in t.released.priorities if p.measure == d)
    yield from same(f"{d}: place", rank, one.rank)
    if t.names.group(line[2]) != one.group:
        yield f"{d}: seen by {one.group}, and not {line[2]}"
    yield from same(f"{d}: score", number(line[4]), t.mean(d, one.group))
    if one.target is not None:
        yield from same(f"{d}: distance", number(line[6]), half_up(one.target - number(line[4]), 1))
