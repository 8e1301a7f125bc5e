"""How a gain's figures are written: in the language, with their formula, hidden where they are."""

from __future__ import annotations

from hrkit.report.context import Context
from hrkit.tools.gains.findings import FEWEST, Gain, GainFigure
from hrkit.tools.gains.runs import Verdict

__all__ = ["decimals", "exactly", "figure", "formula", "percent", "plainly", "value", "verdict"]


def percent(gain: Gain) -> bool:
    """Whether its figures are shares."""
    return gain.how.kind == "share"


def decimals(gain: Gain) -> int:
    """Digits after the separator: one for shares, else as many as were typed, two at most."""
    if percent(gain):
        return 1
    shown = [one.value for one in gain.figures if one.value is not None]
    if all(one == int(one) for one in shown):
        return 0
    return 1 if all(round(one, 1) == one for one in shown) else 2


def exactly(ctx: Context, number: float) -> str:
    """A number of a formula, with every digit it has: whoever reckons anew gets the same."""
    digits = next((d for d in range(4) if abs(round(number, d) - number) < 1e-9), 4)
    return ctx.words.number(number, digits)


def plainly(ctx: Context, number: float) -> str:
    """A count or an hour, with no more digits than it has."""
    return ctx.words.number(number, 0 if number == int(number) else 1)


def value(ctx: Context, gain: Gain, number: float) -> str:
    """A figure of a gain, as printed."""
    w = ctx.words
    if percent(gain):
        return w.percent(number, decimals(gain))
    if gain.how.kind == "redo":
        return w("gains.hours", n=plainly(ctx, number))
    return w.number(number, decimals(gain) or int(number != int(number)))


def figure(ctx: Context, gain: Gain, one: GainFigure) -> str:
    """A figure, or that too few people stand behind it."""
    if one.value is None:
        return ctx.words("gains.few", k=FEWEST)
    return value(ctx, gain, one.value)


def formula(ctx: Context, gain: Gain, one: GainFigure) -> str:
    """How a figure was made of what was counted; empty where it was typed as it is or is hidden.

    What was counted stands there, and no share of it: a rounded share would give another figure.
    """
    w = ctx.words
    if one.value is None or one.numerator is None or one.denominator is None:
        return ""
    top, whole = plainly(ctx, one.numerator), plainly(ctx, one.denominator)
    if gain.how.kind != "redo":
        return w("gains.formula.share", top=top, whole=whole)
    said = w("gains.formula.redo", whole=whole, first=top, hours=exactly(ctx, gain.hours or 0.0))
    if gain.rate is None:
        return said
    money = w.number(one.value * gain.rate, 0)
    return f"{said} {w('gains.formula.rate', rate=exactly(ctx, gain.rate), money=money)}"


def verdict(ctx: Context, gain: Gain) -> str:
    """What may be said of a gain, in words."""
    w, run = ctx.words, gain.run
    if run.verdict is Verdict.NONE and any(one.value is None for one in gain.figures):
        return w("gains.few", k=FEWEST)
    if not run.verdict.told:
        return w(f"gains.verdict.{run.verdict.value}")
    since = gain.after[_place(gain, run.since or 0)].period
    return w(f"gains.verdict.{'better' if gain.good else 'worse'}", since=w.month(since))


def _place(gain: Gain, shown: int) -> int:
    """The place of a shown figure among all since the start."""
    places = [i for i, one in enumerate(gain.after) if one.value is not None]
    return places[shown]
