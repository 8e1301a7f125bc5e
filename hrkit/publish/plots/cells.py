"""Where a plot's values stand in its workbook; the chart part names the same cells."""

from __future__ import annotations

from hrkit.blocks import Plot

__all__ = ["NAME", "categories", "column", "key_lines", "span"]

#: Letters that a key has room for beside each other, with the sign and the room of each name.
_KEY, _SIGN = 80, 4

#: Of the sheet; the same word in each of the kit's languages.
NAME = "Data"


def column(x: int) -> str:
    """A column's letters.

    >>> column(0), column(25), column(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    x += 1
    while x:
        x, left = divmod(x - 1, 26)
        name = chr(65 + left) + name
    return name


def span(x: int, first: int, last: int) -> str:
    """Cells of a column, as a chart names them; rows count from 1.

    >>> span(1, 2, 4)
    'Data!$B$2:$B$4'
    """
    letter = column(x)
    end = "" if first == last else f":${letter}${last}"
    return f"{NAME}!${letter}${first}{end}"


def categories(plot: Plot) -> tuple[str, ...]:
    """Names of the rows; one without any value says why."""
    names = []
    for i, (name, *said) in enumerate(plot.rows()):
        why = next((word for word in said if word), "")
        empty = all(one.values[i] is None for one in plot.series)
        names.append(f"{name} ({why})" if empty and why else name)
    return tuple(names)


def key_lines(plot: Plot) -> int:
    """Lines of a chart's key, as programs set it: in columns, each as wide as its longest name."""
    wide = [len(one.name) + _SIGN for one in plot.series]
    if len(wide) < 2:
        return 0
    fitting = [
        count
        for count in range(1, len(wide) + 1)
        if sum(max(wide[column::count]) for column in range(count)) <= _KEY
    ]
    return -(-len(wide) // max(fitting, default=1))
