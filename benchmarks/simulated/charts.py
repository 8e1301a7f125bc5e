"""The four tables that are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from simulated.run import Table

#: Chart: table, rows wanted, its columns with their labels, title, axis label.
CHARTS: Mapping[str, tuple[slice, Mapping[int, str], str, str]] = {
    "coverage": (
        slice(None),
        {1: "plain t", 2: "percentile bootstrap", 3: "BCa bootstrap", 5: "as published"},
        "Intervals that contain the true mean (%); 95 is promised",
        "answers",
    ),
    "coverage_divided": (
        slice(None),
        {1: "n = 5, the usual one", 2: "n = 5, own SD counted", 6: "n = 20, moderated"},
        "Intervals that contain the true mean (%), by how divided a group is",
        "own SD, in usual SDs",
    ),
    "levels": (
        slice(None),
        {1: "rounded level wrong", 2: "band wrong", 3: "band of one level"},
        "Levels and bands (%)",
        "answers",
    ),
    "claims_power": (
        slice(None),
        {1: "gap 0.5", 3: "gap 1.0"},
        'A gap in one dimension of nine: told, "tends" or more (%)',
        "leaders + HR",
    ),
}


def draw_chart(table: Table, path: Path) -> None:
    """Draw some columns of a table as lines, labelled at their ends."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    rows, columns, title, axis = CHARTS[table.name]
    style: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "hrkit", "font.size": 9.0}
    with mpl.rc_context(style):
        figure, ax = plt.subplots(figsize=(6.4, 3.0), layout="constrained")
        ticks = [str(row[0]) for row in table.rows[rows]]
        ends = [float(table.rows[rows][-1][c]) for c in columns]
        places = _apart(ends, 0.07 * (100 - _floor(table, columns)))
        greys = ("#1f3b5c", "#b35900", "#6b6b6b", "#2f7d6b")
        for (column, label), place, colour in zip(columns.items(), places, greys, strict=False):
            ax.plot(
                ticks, [float(row[column]) for row in table.rows[rows]], "o-", ms=4, color=colour
            )
            ax.annotate(label, (len(ticks) - 0.9, place), va="center", color=colour)
        if "95" in title:
            ax.axhline(95, lw=0.8, ls=":", color="#999999")
        ax.set(title=title, xlabel=axis, ylim=(_floor(table, columns), 102))
        ax.set_xlim(-0.2, len(ticks) + 0.6)
        ax.spines[["top", "right"]].set_visible(False)
        ax.title.set_fontsize(9)
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)


def _floor(table: Table, columns: Mapping[int, str]) -> float:
    lowest = min(float(row[c]) for row in table.rows for c in columns)
    return 10 * float(np.floor(lowest / 10)) if lowest > 50 else 0.0


def _apart(values: Sequence[float], least: float) -> list[float]:
    """Move labels up until none covers another."""
    out = list(values)
    order = np.argsort(values)
    for lower, upper in pairwise(order):
        out[upper] = max(out[upper], out[lower] + least)
    over = max(out) - 101
    return [value - max(over, 0.0) for value in out]
