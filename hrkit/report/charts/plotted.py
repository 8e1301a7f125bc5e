"""The data of the charts, for formats that draw their own: made of the values that are printed.

A chart here returns a picture; beside it goes what an editor would draw it from
(`hrkit.blocks.plots`).  The functions draw nothing, so a slide has its charts without matplotlib.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hrkit.blocks.plots import Plot, PlotSeries
from hrkit.disclosure.released import ALL, Distribution, Score
from hrkit.model.language import Words
from hrkit.report.charts.marks import Row, Series, value
from hrkit.report.theme import Theme, diverging

__all__ = ["scores", "spread"]


def scores(
    theme: Theme,
    words: Words,
    title: str,
    rows: Sequence[Row],
    series: Sequence[Series],
    scale: tuple[int, int],
    behind: Callable[[Score], str] | None = None,
) -> Plot:
    """Means as bars over the whole scale: a category a row, a series a group.

    ``behind`` says how many answers stand behind a mean, where the report prints it; what else
    there is of numbers is not the chart's to tell.
    """
    return Plot(
        "bars",
        title,
        tuple(row.name for row in rows),
        tuple(
            _series(theme, words, one, [row.scores[i] for row in rows], behind)
            for i, one in enumerate(series)
            if not all(row.scores[i].why.absent for row in rows)
        ),
        low=scale[0],
        high=scale[1],
    )


def _series(
    theme: Theme,
    words: Words,
    one: Series,
    found: Sequence[Score],
    behind: Callable[[Score], str] | None,
) -> PlotSeries:
    shown = [score if score.shown and score.mean is not None else None for score in found]
    return PlotSeries(
        one.label,
        tuple(score.mean if score else None for score in shown),
        tuple("" if score.why.absent else value(score, words) for score in found),
        low=tuple(score.low if score else None for score in shown),
        high=tuple(score.high if score else None for score in shown),
        # The report counts no total over perspectives.
        counts=tuple(behind(score) if score else "" for score in shown)
        if behind and one.group != ALL
        else (),
        colour=theme.mark(one.group).colour,
    )


def spread(
    theme: Theme,
    words: Words,
    title: str,
    names: Sequence[str],
    found: Sequence[Distribution | None],
    answers: Sequence[str],
) -> Plot | None:
    """Distributions as parts of a whole: a category a statement, a series an answer.

    ``answers`` name the scale's values from the lowest.  "Don't know" is a share of all who were
    asked and no part of this whole.  None where no distribution is shown.
    """
    shown = [one for one in found if one]
    if not shown:
        return None
    why = words("report.why.small")
    fills = [fill for fill, _ in diverging(theme, len(answers))]
    series = []
    for i, answer in enumerate(answers):
        part = [one.shares[i] if one and i < len(one.shares) else None for one in found]
        series.append(
            PlotSeries(
                answer,
                tuple(part),
                tuple(why if x is None else words.percent(x) for x in part),
                colour=fills[i],
            )
        )
    return Plot("stack", title, tuple(names), tuple(series), percent=True, decimals=0)
