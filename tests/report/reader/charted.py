"""A chart by its series and categories, as an editor has it: every value is that of what it is named after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrkit.blocks import Plot
from tests.report.reader.held import Tables, same, statements
from tests.report.reader.names import tidy


def measure_of(t: Tables, category: str) -> str:
    """The dimension, or the statement of the page's dimension, that a category names; empty for neither."""
    category = tidy(category)
    if category in t.names.dimensions:
        return t.names.dimensions[category]
    number = re.match(r"(\d+) ", category)
    return statements(t).get(int(number[1]), "") if number and t.section else ""


def bars(t: Tables, plot: Plot) -> Iterator[str]:
    """Means of groups: a series a group, a category a measure."""
    for one in plot.series:
        group = t.names.groups.get(tidy(one.name))
        if group:
            yield from values(t, group, plot.categories, one.values)


def values(
    t: Tables, group: str, categories: tuple[str, ...], printed: tuple[float | None, ...]
) -> Iterator[str]:
    """The bars of one group, none where nothing is released."""
    for category, value in zip(categories, printed, strict=True):
        if measure := measure_of(t, category):
            mean = t.mean(measure, group)
            if value is None or mean is None:
                if value is not mean:
                    yield f"{measure} of {group} is {mean}, and {value} is drawn"
            else:
                yield from same(f"{measure} of {group} in the chart", value, mean)
