"""What is compared two by two: the two sides, and two waves."""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.assessment.explain.arithmetic import Addend, between, part
from hrkit.assessment.explain.subject import Subject
from hrkit.disclosure.derived.frame import (
    CLEAR,
    PAGE,
    Difference,
    Estimate,
    difference,
    each,
    outward,
    printed,
)
from hrkit.disclosure.derived.gaps import APART
from hrkit.disclosure.derived.totals import mean_of_means, weighing
from hrkit.disclosure.linked import Linked
from hrkit.disclosure.released import ALL, Certainty, Change, Gap, Released, Score, Why
from hrkit.disclosure.trend import NOTHING, Moved

__all__ = ["change", "gap"]


# ------------------------------------------------------------------------------- two sides


def gap(subject: Subject) -> list[str]:
    """The difference of the two sides, its simultaneous interval, and what its words rest on."""
    ctx, w, sums = subject.ctx, subject.ctx.words, subject.sums
    found = ctx.released.gap(subject.measure, ctx.root)
    if found is None:
        return []
    if found.difference is None or found.low is None or found.high is None:
        return [w("explain.gap_hidden", why=_missing(subject, found))]
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
    kept = [*lines, w("explain.interval_kept", low=low, high=high), w("explain.kept")]
    if first is None or second is None:
        return kept
    count = sum(one.shown for one in ctx.released.gaps)
    alpha, error, by = each(PAGE, count), sums.error([first, second]), between(first, second)
    made = difference(first.one, second.one, alpha)
    if printed(made, found.certainty) != (found.difference, found.low, found.high):
        return kept
    told = sums.apart(found.difference, by, alpha, error)
    lines.append(w("explain.interval", low=low, high=high, sum=told))
    lines += [w("explain.welch"), *sums.clustered([first, second])]
    lines += _nudged(subject, found, made)
    lines.append(w("explain.page", n=count, level=sums.family(PAGE, count, alpha)))
    lines.append(_sure(subject, found.certainty, by, count, error))
    if ctx.score(found.measure, ALL).why is Why.DIVIDED:
        lines.append(_divided(subject, found.difference))
    return lines


def _missing(subject: Subject, found: Gap) -> str:
    """Why there is no difference: of the side that has no mean, where one has."""
    ctx = subject.ctx
    told = [ctx.reason(Score(found.measure, found.unit, "", found.why))]
    if found.why is Why.ONE_SIDED:
        sides = [ctx.score(found.measure, group) for group in (found.first, found.second)]
        told += [f"{ctx.label(one.group)}: {ctx.reason(one)}" for one in sides if not one.shown]
    return " ".join(told)


def _divided(subject: Subject, value: float) -> str:
    """Why there is no common figure."""
    w, (low, high) = subject.ctx.words, subject.scale
    level = w.number(APART * (high - low) / 4)
    return w("explain.divided", difference=w.number(abs(value)), level=level)


def _nudged(subject: Subject, found: Gap | Change, made: Difference) -> list[str]:
    same = outward(made.low, made.high) == (found.low, found.high)
    return [] if same else [subject.ctx.words("explain.nudged")]


def _sure(subject: Subject, certainty: Certainty, by: Estimate, count: int, error: str) -> str:
    w = subject.ctx.words
    fields = {"word": w(f"report.certainty.{certainty.value}")}
    if certainty is Certainty.CLEAR:
        alpha = each(CLEAR, count)
        told = subject.sums.beyond(by, alpha, error)
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
    its = _moves(subject, found)
    count = len(released.changes)
    alpha = each(PAGE, count)
    if its:
        by = _by(found, its)
        made = difference(NOTHING, by, alpha)
        again = (*printed(made, found.certainty)[1:], outward(0.0, made.half)[1])
        if again == (found.low, found.high, found.detectable):
            error = _error(subject, its)
            told = sums.apart(found.difference, by, alpha, error)
            return [
                *lines,
                *_parts(subject, found.since, [one.old for one in its]),
                *_parts(subject, released.wave, [one.new for one in its]),
                w("explain.interval", low=low, high=high, sum=told),
                w("explain.welch"),
                *sums.clustered([part for one in its for part in (one.old, one.new)]),
                *[line for one in its for line in _linked(subject, one, alone=len(its) == 1)],
                *_nudged(subject, found, made),
                w("explain.page", n=count, level=sums.family(PAGE, count, alpha)),
                w("explain.detectable", half=half),
                _sure(subject, found.certainty, by, count, error),
            ]
    return [*lines, w("explain.change_kept", low=low, high=high, half=half)]


@dataclass(frozen=True, slots=True)
class _Move:
    """One group in both waves, and who of it is linked."""

    group: str
    old: Addend
    new: Addend
    link: Linked | None

    @property
    def by(self) -> Estimate:
        """The change."""
        return Moved("", self.group, self.old.one, self.new.one, self.link).by

    @property
    def apart(self) -> Estimate:
        """The change, if all were different people."""
        return Moved("", self.group, self.old.one, self.new.one).by


def _moves(subject: Subject, found: Change) -> list[_Move]:
    """The parts of both waves: of one group, or of those that weigh in the total of both."""
    ctx, before = subject.ctx, subject.before
    if before is None:
        return []
    root = _root(before)
    kept = {c.group: c for c in ctx.released.changes if c.measure == found.measure}
    groups: tuple[str, ...] = (found.group,)
    if found.group == ALL:
        weigh = weighing(ctx.instrument, found.measure, ctx.released.groups)
        groups = tuple(g for g in weigh if g in kept)
    made = []
    for group in groups:
        old = part(before.score(found.measure, group, root))
        new, change = part(ctx.score(found.measure, group)), kept[group]
        if old is None or new is None:
            return []
        link = None
        if change.linked is not None and change.together is not None:
            link = Linked(change.linked, change.together)
        made.append(_Move(group, old, new, link))
    return made


def _root(released: Released) -> str:
    """The whole organisation, as an earlier wave calls it."""
    return next(
        (one.unit for one in released.turnout),
        next((one.unit for one in released.scores if one.group == ALL), ""),
    )


def _by(found: Change, its: list[_Move]) -> Estimate:
    """The change of one group, or of the mean over several."""
    if len(its) == 1:
        return its[0].by
    old = mean_of_means([one.old.one for one in its])
    new = mean_of_means([one.new.one for one in its])
    return Moved(found.measure, ALL, old, new, None, tuple(one.by for one in its)).by


def _parts(subject: Subject, wave: str, its: list[Addend]) -> list[str]:
    """Of several groups the mean of their means; of one, nothing more than the sum says."""
    if len(its) < 2:
        return []
    return [subject.ctx.words("explain.change_parts", wave=wave, parts=subject.sums.mean_of(its))]


def _error(subject: Subject, its: list[_Move]) -> str:
    """Of one group its own; of several, each in brackets, that of their mean."""
    told = [_squared(subject, one) for one in its]
    if len(told) == 1:
        return f"√({told[0]})"
    return subject.sums.error_of_mean(" + ".join(f"({one})" for one in told), len(told))


def _squared(subject: Subject, one: _Move) -> str:
    told = subject.sums.squared([one.old, one.new])
    if one.link is None:
        return told
    shared = subject.sums.shared(one.old, one.new, one.link.people, one.link.together)
    return f"{told} − {shared}"


def _linked(subject: Subject, one: _Move, *, alone: bool) -> list[str]:
    """What is known of people who answered both times, and the degrees of freedom that follow."""
    if one.link is None:
        return []
    w, m, n = subject.ctx.words, one.link.people, (one.old.n, one.new.n)
    df = w.number(one.apart.df, 4)
    told = f"{m} − 1 + ({df} − {m} + 1) × ({n[0]} + {n[1]} − 2 × {m})/({n[0]} + {n[1]})"
    name = "" if alone else f"{subject.ctx.label(one.group)}: "
    fields = {"m": m, "r": w.number(one.link.together), "sum": f"{told} = {w.number(one.by.df, 4)}"}
    return [name + w("explain.linked", **fields)]
