"""How many stand behind a figure, as it is printed.

Where perspectives are reported together and only one of them was asked, it is said at least how many
stand behind a figure: see `hrkit.disclosure.derived.told`.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.disclosure.derived import told
from hrkit.disclosure.released import ALL, Score
from hrkit.report.context import Context

__all__ = ["asked_of", "at_least", "behind", "most"]


def asked_of(ctx: Context, measure: str, group: str) -> tuple[str, ...]:
    """The perspectives of a group that make its figure on a measure."""
    found = next((g for g in ctx.released.groups if g.id == group), None)
    members = found.perspectives if found else (group.partition("/")[0],)
    return told.asked_of(ctx.instrument, measure, members)


def at_least(ctx: Context, score: Score) -> int | None:
    """The least that may be said of a number of answers; None where the number itself may."""
    if score.told is not None:
        return score.told
    # A version that was kept before this stood with the score itself.
    known = told.told(
        ctx.released.scores, ctx.instrument, ctx.released.groups, ctx.released.threshold
    )
    return known.get((score.measure, score.unit, score.group))


def most(ctx: Context, scores: Sequence[Score]) -> str:
    """The largest number of answers behind any of several means, as it is printed; empty for none."""
    shown = [score for score in scores if score.shown and score.n]
    if not shown:
        return ""
    least = [score.behind or 0 for score in shown]
    plain = max((score.n or 0 for score in shown if score.told is None), default=0)
    # A larger number that is told exactly says more than "at least so many".
    return str(plain) if plain >= max(least) else ctx.words("report.at_least", n=max(least))


def behind(ctx: Context, score: Score) -> str:
    """The number of answers behind a mean, as it is printed."""
    least = at_least(ctx, score) if score.group != ALL else score.told
    return str(score.n) if least is None else ctx.words("report.at_least", n=least)
