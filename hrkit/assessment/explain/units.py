"""Units: the furthest two, whether they differ at all, and one beside the whole organisation."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hrkit.assessment.explain.arithmetic import Addend, part
from hrkit.assessment.explain.several import furthest
from hrkit.assessment.explain.subject import Subject
from hrkit.disclosure.derived.contrasts import pairs
from hrkit.disclosure.derived.frame import PAGE, ROUNDING, STEP, Estimate, each
from hrkit.disclosure.released import Between, Certainty, Why
from hrkit.measure import t_critical

__all__ = ["beside_the_whole", "units"]


def units(subject: Subject) -> list[str]:
    """The units on a dimension in one group: the furthest two, and whether they differ at all."""
    ctx, w = subject.ctx, subject.ctx.words
    found = ctx.released.contrast("units", subject.measure, subject.group)
    between = subject.between
    if found is None or between is None:
        return []
    by = {
        section.id: known
        for section in ctx.instrument.dimensions
        if len(known := subject.leaves(section.id)) > 1
    }
    if subject.measure not in by:
        return []
    its = by[subject.measure]
    names = {unit: subject.place(unit) for unit in its}
    count = sum(pairs(len(known)) for known in by.values())
    told = furthest(subject, found, its, names, count)
    means = ", ".join(
        f"{names[u]} {w.number(one.mean)} (n = {one.n}, {w.number(one.spread)})"
        for u, one in its.items()
    )
    return [
        *told[:-1],
        w("explain.units_means", list=means),
        *_differ(subject, its, len(by)),
        *told[-1:],
        *_shrunken(subject, between, names, _variance(its)),
        *_icc(subject, between, _variance(its)),
    ]


def _variance(its: Mapping[str, Addend]) -> dict[str, float]:
    """One-way analysis of variance of released means: its mean squares, and what follows."""
    size, count = sum(one.n for one in its.values()), len(its)
    centre = sum(one.n * one.mean for one in its.values()) / size
    within = sum(one.n * (one.one.se**2 * one.n) for one in its.values()) / size
    between = sum(one.n * (one.mean - centre) ** 2 for one in its.values()) / (count - 1)
    k0 = (size - sum(one.n**2 for one in its.values()) / size) / (count - 1)
    return {
        "centre": centre,
        "within": within,
        "at_most": sum(
            one.n * ((one.spread + STEP) ** 2 + one.n * ROUNDING) for one in its.values()
        )
        / size,
        "between": between,
        "k0": k0,
        "df1": count - 1,
        "df2": max(1, size - count),
        "tau": max(0.0, between - within) / k0,
    }


def _differ(subject: Subject, its: Mapping[str, Addend], comparisons: int) -> list[str]:
    from scipy import special

    w, made = subject.ctx.words, _variance(its)
    ratio = made["between"] / made["at_most"]
    limit = each(PAGE, comparisons)
    return [
        w(
            "explain.units_first",
            between=subject.sums.fine(made["between"]),
            within=subject.sums.fine(made["at_most"]),
            ratio=subject.sums.fine(ratio),
            rounding=subject.sums.rounding,
            step=w.number(STEP, 2),
            df1=int(made["df1"]),
            df2=int(made["df2"]),
            p=subject.sums.fine(float(special.fdtrc(made["df1"], made["df2"], ratio))),
            limit=f"1 − {w.number(1 - PAGE, 2)}^(1/{comparisons}) = {subject.sums.fine(limit)}",
        )
    ]


def _shrunken(
    subject: Subject, between: Between, names: Mapping[str, str], made: Mapping[str, float]
) -> list[str]:
    w = subject.ctx.words
    if not between.shrunken:
        return []
    told = ", ".join(f"{names[unit]} {w.number(mean)}" for unit, mean in between.shrunken)
    fine = {name: subject.sums.fine(made[name]) for name in ("centre", "tau", "within")}
    return [w("explain.units_shrunken", list=told, **fine)]


def _icc(subject: Subject, between: Between, made: Mapping[str, float]) -> list[str]:
    w = subject.ctx.words
    if between.icc1 is None:
        return []
    fine = {name: subject.sums.fine(made[name]) for name in ("between", "within", "k0")}
    told = {
        name: "–" if value is None else w.number(value, 2)
        for name, value in (("icc1", between.icc1), ("icc2", between.icc2))
    }
    return [w("explain.icc", **told, **fine)]


def beside_the_whole(subject: Subject) -> list[str]:
    """A unit's difference to the organisation that it is a part of."""
    ctx, w, sums = subject.ctx, subject.ctx.words, subject.sums
    made = [
        c
        for c in ctx.released.contrasted("unit", subject.measure, subject.group)
        if subject.unit in (c.high, c.low)
    ]
    if not made or subject.score.why is not Why.SHOWN:
        return []
    found = made[0]
    here, whole = (
        part(ctx.score(subject.measure, subject.group, unit)) for unit in (subject.unit, ctx.root)
    )
    if here is None or whole is None:
        return []
    count = sum(
        subject.unit in (c.high, c.low)
        for section in ctx.instrument.dimensions
        for c in ctx.released.contrasted("unit", section.id, subject.group)
    )
    alpha = each(PAGE, count)
    error = f"√({w.number(here.spread)}² × (1/{here.n} − 1/{whole.n}) + 2 × {sums.rounding})"
    se = math.sqrt(here.spread**2 * (1 / here.n - 1 / whole.n) + 2 * ROUNDING)
    by = Estimate(0.0, se, here.one.df, here.n)
    means = {subject.unit: here, ctx.root: whole}
    half, band = STEP + t_critical(alpha, by.df) * se, _band(subject, whole)
    a, b = means[found.high].mean, means[found.low].mean
    counts = "counts_not" if found.certainty is Certainty.UNKNOWN else "counts"
    return [
        w(
            "explain.contrast.unit",
            high=subject.place(found.high),
            a=w.number(a),
            low=subject.place(found.low),
            b=w.number(b),
            sum=f"{sums.minus(a, b)} = {w.number(found.difference)}",
        ),
        w("explain.beyond", sum=sums.beyond(by, alpha, error)),
        *([w("explain.unit_band", reach=sums.fine(band))] if band > half else []),
        w("explain.page", n=count, level=sums.family(PAGE, count, alpha)),
        w(f"explain.{counts}", word=w(f"report.certainty.{found.certainty.value}")),
    ]


def _band(subject: Subject, whole: Addend) -> float:
    """Half-width of the band around the whole: that of the groups beside it, or its interval."""
    ctx = subject.ctx
    beside = [part(ctx.score(subject.measure, group.id)) for group in ctx.released.groups]
    reach = ctx.score(subject.measure, subject.group).reach
    if reach is not None and len(subject.sides) == 2 and sum(map(bool, beside)) > 1:
        return reach
    return t_critical(0.05, whole.one.df) * whole.one.se
