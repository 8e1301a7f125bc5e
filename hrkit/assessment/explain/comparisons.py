"""What is compared: the two sides, two waves, two of several means, units."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from hrkit.assessment.explain.arithmetic import Part, part
from hrkit.assessment.explain.means import read
from hrkit.assessment.explain.subject import Subject
from hrkit.disclosure.derived.contrasts import leaves, pairs
from hrkit.disclosure.derived.frame import (
    CLEAR,
    PAGE,
    Difference,
    Estimate,
    difference,
    each,
    freedom,
    signed,
)
from hrkit.disclosure.derived.totals import mean_of_means, weighing
from hrkit.disclosure.released import (
    ALL,
    Between,
    Certainty,
    Change,
    Contrast,
    Gap,
    Released,
    Score,
    Why,
    tidy,
)
from hrkit.measure import t_critical

__all__ = ["beside_the_whole", "change", "contrast", "contrasts", "gap", "units"]


# ------------------------------------------------------------------------------- two sides


def gap(subject: Subject) -> list[str]:
    """The difference of the two sides, its simultaneous interval, and what its words rest on."""
    ctx, w, sums = subject.ctx, subject.ctx.words, subject.sums
    found = ctx.released.gap(subject.measure, ctx.root)
    if found is None:
        return []
    if found.difference is None or found.low is None or found.high is None:
        why = ctx.reason(Score(found.measure, found.unit, "", found.why))
        return [w("explain.gap_hidden", why=why)]
    first, second = (part(ctx.score(found.measure, g)) for g in (found.first, found.second))
    low, high = w.signed(found.low), w.signed(found.high)
    means = [ctx.score(found.measure, g).mean or 0.0 for g in (found.second, found.first)]
    lines = [
        w(
            "explain.gap",
            difference=w.signed(found.difference),
            second=ctx.label(found.second),
            first=ctx.label(found.first),
            sum=sums.minus(*means),
        )
    ]
    if first is None or second is None:
        return [*lines, w("explain.interval_kept", low=low, high=high), w("explain.kept")]
    count = sum(one.shown for one in ctx.released.gaps)
    alpha, error = each(PAGE, count), sums.error([first, second])
    told = sums.apart(found.difference, first.one, second.one, alpha, error)
    lines.append(w("explain.interval", low=low, high=high, sum=told))
    lines.append(w("explain.welch"))
    lines += _nudged(subject, found, difference(first.one, second.one, alpha))
    lines.append(w("explain.page", n=count, level=sums.family(PAGE, count, alpha)))
    return [*lines, _sure(subject, found.certainty, first.one, second.one, count, error)]


def _nudged(subject: Subject, found: Gap, made: Difference) -> list[str]:
    same = (signed(made.low), signed(made.high)) == (found.low, found.high)
    return [] if same else [subject.ctx.words("explain.nudged")]


def _sure(
    subject: Subject,
    certainty: Certainty,
    first: Estimate,
    second: Estimate,
    count: int,
    error: str,
) -> str:
    w = subject.ctx.words
    fields = {"word": w(f"report.certainty.{certainty.value}")}
    if certainty is Certainty.CLEAR:
        alpha = each(CLEAR, count)
        told = subject.sums.beyond(first, second, alpha, error)
        fields["sum"] = f"{told}, {subject.sums.family(CLEAR, count, alpha)}"
    return w(f"explain.sure.{certainty.value}", **fields)


# ------------------------------------------------------------------------------- two waves


def change(subject: Subject) -> list[str]:
    """The change since the wave before, of means that were printed in both."""
    released = subject.ctx.released
    found = next(
        (
            one
            for one in released.changes
            if one.measure == subject.measure and one.group == subject.group
        ),
        None,
    )
    if found is None:
        return []
    w, sums = subject.ctx.words, subject.sums
    lines = [
        w(
            "explain.change",
            since=found.since,
            difference=w.signed(found.difference),
            sum=sums.minus(found.now, found.before),
        )
    ]
    low, high, half = w.signed(found.low), w.signed(found.high), w.number(found.detectable)
    old, new = _both(subject, found)
    count = len(released.changes)
    alpha = each(PAGE, count)
    if old and new:
        a, b = _joined(old), _joined(new)
        made = difference(a, b, alpha)
        same = (signed(made.low), signed(made.high), tidy(made.half))
        if same == (found.low, found.high, found.detectable):
            error = _two_means(subject, old, new)
            told = sums.apart(found.difference, a, b, alpha, error)
            lines += [
                *_parts(subject, found.since, old),
                *_parts(subject, released.wave, new),
                w("explain.interval", low=low, high=high, sum=told),
                w("explain.welch"),
                w("explain.page", n=count, level=sums.family(PAGE, count, alpha)),
                w("explain.detectable", half=half),
                _sure(subject, found.certainty, a, b, count, error),
            ]
            return lines
    return [*lines, w("explain.change_linked", low=low, high=high, half=half)]


def _both(subject: Subject, found: Change) -> tuple[list[Part], list[Part]]:
    """The parts of both waves: of one group, or of those that weigh in the total of both."""
    ctx, before = subject.ctx, subject.before
    if before is None:
        return [], []
    root = _root(before)
    groups: tuple[str, ...] = (found.group,)
    if found.group == ALL:
        groups = tuple(
            g
            for g in weighing(ctx.instrument, found.measure, ctx.released.groups)
            if any(c.measure == found.measure and c.group == g for c in ctx.released.changes)
        )
    old = [part(before.score(found.measure, group, root)) for group in groups]
    new = [part(ctx.score(found.measure, group)) for group in groups]
    if None in old or None in new:
        return [], []
    return [one for one in old if one], [one for one in new if one]


def _root(released: Released) -> str:
    """The whole organisation, as an earlier wave calls it."""
    return next(
        (one.unit for one in released.turnout),
        next((one.unit for one in released.scores if one.group == ALL), ""),
    )


def _joined(parts: list[Part]) -> Estimate:
    return parts[0].one if len(parts) == 1 else mean_of_means([one.one for one in parts])


def _parts(subject: Subject, wave: str, its: list[Part]) -> list[str]:
    """Of several groups the mean of their means; of one, nothing more than the sum says."""
    if len(its) < 2:
        return []
    return [subject.ctx.words("explain.change_parts", wave=wave, parts=subject.sums.mean_of(its))]


def _two_means(subject: Subject, old: list[Part], new: list[Part]) -> str:
    sums = subject.sums
    if len(old) == len(new) == 1:
        return sums.error([*old, *new])
    told = [" + ".join(map(sums.variance, its)) for its in (old, new)]
    return f"√(({told[0]})/{len(old)}² + ({told[1]})/{len(new)}²)"


# ------------------------------------------------------------------- two of several means


def contrasts(subject: Subject) -> list[str]:
    """Every comparison of several means in which the measure is one of the two that are furthest."""
    if subject.group == ALL or "/" in subject.group:
        return _tiers(subject)
    if subject.pillar:
        return contrast(replace(subject, measure=""), "pillars", subject.measure)
    lines = contrast(replace(subject, measure=""), "dimensions", subject.measure)
    return lines + contrast(subject, "statements")


def contrast(subject: Subject, kind: str, naming: str = "") -> list[str]:
    """The furthest two of dimensions, pillars or a dimension's statements, in one group.

    ``naming`` asks for it only where that measure is one of the two.
    """
    ctx = subject.ctx
    found = ctx.released.contrast(kind, subject.measure, subject.group)
    if found is None or (naming and naming not in (found.high, found.low)):
        return []
    made = _measures(subject, kind)
    count = sum(pairs(len(known)) for known in made.values()) + (kind == "statements")
    means = made.get(found.group, {})
    return _told(subject, found, means, {id: _named(subject, id) for id in means}, count)


def _named(subject: Subject, measure: str) -> str:
    """A dimension's or pillar's name; a statement in the words in which the group read it."""
    ctx = subject.ctx
    question = ctx.instrument.keys.get(measure)
    if question is None:
        return subject.name(measure)
    asked = subject.member.perspectives if subject.member else ()
    found = read(ctx, question.item, asked)
    return (found[0][1] if found else ctx.wording(question.item)).rstrip(".")


def _measures(subject: Subject, kind: str) -> dict[str, dict[str, Part]]:
    """Group to what is compared in it: on a page of all groups, or of one."""
    ctx = subject.ctx
    groups = list(subject.sides) or [g.id for g in ctx.released.groups]
    if kind == "statements":
        section = next(s for s in ctx.instrument.dimensions if s.id == subject.measure)
        names = [section.measure(item) for item in section.scored]
        groups = [subject.group]
    elif kind == "pillars":
        names = list(ctx.instrument.pillars)
    else:
        names = [section.id for section in ctx.instrument.dimensions]
    return {
        group: {name: one for name in names if (one := part(ctx.score(name, group)))}
        for group in groups
    }


def _told(
    subject: Subject,
    found: Contrast,
    means: Mapping[str, Part],
    names: Mapping[str, str],
    count: int,
) -> list[str]:
    w, sums = subject.ctx.words, subject.sums
    if found.high not in means or found.low not in means:
        return []
    a, b = means[found.high], means[found.low]
    alpha = each(PAGE, count)
    word = w(f"report.certainty.{found.certainty.value}")
    counts = "counts_not" if found.certainty is Certainty.UNKNOWN else "counts"
    fields = {
        "high": names[found.high],
        "a": w.number(a.mean),
        "low": names[found.low],
        "b": w.number(b.mean),
        "sum": f"{sums.minus(a.mean, b.mean)} = {w.number(found.difference)}",
    }
    if found.kind not in ("tiers", "unit"):
        fields["group"] = subject.ctx.in_text(found.group)
    return [
        w(f"explain.contrast.{found.kind}", **fields),
        w("explain.beyond", sum=sums.beyond(a.one, b.one, alpha, sums.error([a, b]))),
        w("explain.page", n=count, level=sums.family(PAGE, count, alpha)),
        w(f"explain.{counts}", word=word),
    ]


def _tiers(subject: Subject) -> list[str]:
    """Of the comparisons of levels of the leadership chain the surest and widest; of one level all."""
    ctx = subject.ctx
    made = ctx.released.contrasted("tiers", subject.measure)
    if subject.group == ALL:
        made = made[:1]
    made = tuple(c for c in made if subject.group in (ALL, c.high, c.low))
    if not made:
        return []
    tiers = _chain(subject)
    known = {
        section.id: {t: one for t in tiers if (one := part(ctx.score(section, t)))}
        for section in ctx.instrument.dimensions
    }
    count = sum(pairs(len(its)) for its in known.values())
    names = {tier: subject.label(tier) for tier in tiers}
    return [
        line for one in made for line in _told(subject, one, known[subject.measure], names, count)
    ]


def _chain(subject: Subject) -> list[str]:
    ctx = subject.ctx
    tiers = list(
        dict.fromkeys(s.group for s in ctx.released.scores if "/" in s.group and s.unit == ctx.root)
    )
    head = ctx.released.group(ctx.instrument.people.head)
    return [*([head.id] if head and tiers else []), *tiers]


# ------------------------------------------------------------------------------- units


def units(subject: Subject) -> list[str]:
    """The units on a dimension in one group: the furthest two, and whether they differ at all."""
    ctx, w = subject.ctx, subject.ctx.words
    found = ctx.released.contrast("units", subject.measure, subject.group)
    between = next(
        (
            one
            for one in ctx.released.between
            if one.measure == subject.measure and one.group == subject.group
        ),
        None,
    )
    if found is None or between is None:
        return []
    by = {
        section.id: known
        for section in ctx.instrument.dimensions
        if len(known := _leaves(subject, section.id)) > 1
    }
    if subject.measure not in by:
        return []
    its = by[subject.measure]
    names = {unit: subject.place(unit) for unit in its}
    count = sum(pairs(len(known)) for known in by.values())
    told = _told(subject, found, its, names, count)
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


def _leaves(subject: Subject, measure: str) -> dict[str, Part]:
    ctx = subject.ctx
    within = {unit.id: frozenset(ctx.engagement.within(unit.id)) for unit in ctx.engagement.units}
    found = leaves(ctx.released.scores, measure, subject.group, within, ctx.root)
    return {unit: one for unit in found if (one := part(ctx.score(measure, subject.group, unit)))}


def _variance(its: Mapping[str, Part]) -> dict[str, float]:
    """One-way analysis of variance of released means: its mean squares, and what follows."""
    size, count = sum(one.n for one in its.values()), len(its)
    centre = sum(one.n * one.mean for one in its.values()) / size
    within = sum(one.n * one.spread**2 for one in its.values()) / size
    between = sum(one.n * (one.mean - centre) ** 2 for one in its.values()) / (count - 1)
    k0 = (size - sum(one.n**2 for one in its.values()) / size) / (count - 1)
    return {
        "centre": centre,
        "within": within,
        "between": between,
        "k0": k0,
        "df1": count - 1,
        "df2": max(1, size - count),
        "tau": max(0.0, between - within) / k0,
    }


def _differ(subject: Subject, its: Mapping[str, Part], comparisons: int) -> list[str]:
    from scipy import special

    w, made = subject.ctx.words, _variance(its)
    ratio = made["between"] / made["within"]
    limit = each(PAGE, comparisons)
    return [
        w(
            "explain.units_first",
            between=subject.sums.fine(made["between"]),
            within=subject.sums.fine(made["within"]),
            ratio=subject.sums.fine(ratio),
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
    alpha, df = each(PAGE, count), freedom((here.one,))
    half = t_critical(alpha, df) * here.spread * math.sqrt(1 / here.n - 1 / whole.n)
    error = f"{w.number(here.spread)} × √(1/{here.n} − 1/{whole.n})"
    means = {subject.unit: here, ctx.root: whole}
    told = f"± {sums.t(df, alpha)} × {error} = ± {sums.fine(half)}"
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
        w("explain.beyond", sum=told),
        w("explain.page", n=count, level=sums.family(PAGE, count, alpha)),
        w(f"explain.{counts}", word=w(f"report.certainty.{found.certainty.value}")),
    ]
