"""What is compared two by two: the two sides, and two waves."""

from __future__ import annotations

from hrkit.assessment.explain.arithmetic import Part, part
from hrkit.assessment.explain.subject import Subject
from hrkit.disclosure.derived.frame import (
    CLEAR,
    PAGE,
    Difference,
    Estimate,
    difference,
    each,
    signed,
)
from hrkit.disclosure.derived.totals import mean_of_means, weighing
from hrkit.disclosure.released import ALL, Certainty, Change, Gap, Released, Score, tidy

__all__ = ["change", "gap"]


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
