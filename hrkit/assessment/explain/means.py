"""A mean, its interval and its level; what it is made of, in the words that were asked."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.assessment.explain.arithmetic import Addend, part
from hrkit.assessment.explain.subject import Subject
from hrkit.disclosure.derived.clusters import design_effect
from hrkit.disclosure.derived.frame import Estimate, ends, outward
from hrkit.disclosure.derived.totals import mean_of_means, weighing
from hrkit.disclosure.released import ALL, Score
from hrkit.measure import BOUNDARIES
from hrkit.model.instrument import Item
from hrkit.report.context import Context

__all__ = [
    "footing",
    "head",
    "interval",
    "level",
    "parts",
    "pooled",
    "read",
    "statements",
    "value",
    "weigh",
]


def head(subject: Subject) -> str:
    """Of what and whom this tells."""
    ctx = subject.ctx
    told = [subject.name(subject.measure), subject.label(subject.group)]
    told += [subject.place(subject.unit)] if subject.elsewhere else []
    return " · ".join([*told, ctx.engagement.client, ctx.wave.id])


def footing(ctx: Context) -> list[str]:
    """The thresholds that were applied, and the state of the version."""
    w, released = ctx.words, ctx.released
    state = (
        w("explain.draft")
        if released.draft or released.frozen is None
        else w("explain.final", date=w.date(released.frozen))
    )
    return [w("explain.thresholds", k=released.threshold, details=released.details), state]


def pooled(subject: Subject) -> list[str]:
    """That perspectives are reported as one group, if they are."""
    ctx, group = subject.ctx, subject.member
    if group is None or len(group.perspectives) < 2:
        return []
    names = ctx.words.join([ctx.perspective(p) for p in group.perspectives])
    return [ctx.words("report.method.pooled", groups=names, name=ctx.label(group.id))]


def weigh(subject: Subject) -> list[Addend]:
    """The parts that make the total."""
    ctx = subject.ctx
    groups = weighing(ctx.instrument, subject.measure, ctx.released.groups)
    found = [part(ctx.score(subject.measure, group)) for group in groups]
    return [one for one in found if one]


def whole(subject: Subject) -> tuple[Estimate, str] | None:
    """The estimate behind a score, with its error as a sum; None where it cannot be made again."""
    if subject.group == ALL:
        its = weigh(subject)
        if not its:
            return None
        sums = subject.sums
        error = sums.error_of_mean(sums.squared(its), len(its))
        return mean_of_means([one.one for one in its]), error
    one = part(subject.score)
    return (one.one, subject.sums.error([one])) if one else None


def value(subject: Subject, *, single: bool = False) -> list[str]:
    """A mean, its interval and its silence; ``single`` where it is that of one question."""
    ctx, w, score = subject.ctx, subject.ctx.words, subject.score
    if score.mean is None:
        return [w("explain.hidden", why=ctx.reason(score))]
    mean = w.number(score.mean)
    its = weigh(subject)
    if score.group == ALL and (not its or mean_of_means([i.one for i in its]).mean != score.mean):
        lines = [w("explain.score_kept", mean=mean)]
    elif score.group == ALL:
        lines = [w("explain.total", mean=mean, sum=subject.sums.mean_of(its))]
    elif single:
        lines = [w("explain.mean", mean=mean, n=score.behind), *_told(ctx, score)]
    else:
        lines = [
            w("explain.score", mean=mean, n=score.behind),
            *_told(ctx, score),
            w("explain.person"),
        ]
        lines += [w("explain.pillar")] if subject.pillar else []
    lines += interval(subject)
    if score.reach is not None:
        lines.append(w("explain.band", mean=mean, reach=w.number(score.reach, 3)))
    if score.dont_know is not None:
        lines.append(w("explain.dont_know", share=w.percent(score.dont_know)))
    return lines


def interval(subject: Subject) -> list[str]:
    """The interval as a sum; as it was kept, where today's rules do not give it."""
    ctx, w, score = subject.ctx, subject.ctx.words, subject.score
    if score.mean is None or score.low is None or score.high is None:
        return []
    low, high = w.number(score.low), w.number(score.high)
    made = whole(subject)
    if made is None or outward(*ends(made[0], subject.scale)) != (score.low, score.high):
        return [w("explain.interval_kept", low=low, high=high), w("explain.kept")]
    one, error = made
    told = subject.sums.around(score.mean, one, 0.05, error)
    lines = [w("explain.interval", low=low, high=high, sum=told)]
    if not one.mean - half(one) >= subject.scale[0] or not one.mean + half(one) <= subject.scale[1]:
        scale = {
            name: w.number(end, 0) for name, end in zip(("low", "high"), subject.scale, strict=True)
        }
        lines.append(w("explain.cut", **scale))
    its = weigh(subject) if score.group == ALL else []
    clustered = subject.sums.clustered(its)
    if len(its) > 1:
        lines += [w("explain.welch"), *clustered]
    elif score.units is not None:
        lines.append(_units(subject))
    else:
        lines += clustered or [w("explain.freedom")]
    if score.spread is not None and score.units is None:
        held = subject.elsewhere or "/" in score.group
        large = (score.n or 0) >= ctx.released.details
        kind = "usual" if held else "own" if large else "small"
        lines.append(w(f"explain.spread_{kind}", spread=w.number(score.spread)))
    return lines + ([w("explain.everyone")] if score.everyone else [])


def _units(subject: Subject) -> str:
    """What makes a spread wider than that of the answers: the units, and how far they differ."""
    w, score = subject.ctx.words, subject.score
    assert score.spread is not None
    fields = {"spread": w.number(score.spread), "units": str(score.units)}
    between = subject.between
    if between is None or between.icc1 is None:
        return w("explain.spread_units", **fields)
    sizes = [one.n for one in subject.leaves(subject.measure).values()]
    size = sum(n * n for n in sizes) / sum(sizes)
    m, icc = subject.sums.fine(size), w.number(between.icc1, 2)
    effect = subject.sums.fine(design_effect(between, sizes) ** 0.5)
    told = f"√(1 + ({m} − 1) × {icc}) = {effect}"
    return w("explain.spread_units_effect", **fields, sum=told, m=m, icc=icc)


def half(one: Estimate) -> float:
    """Half-width of the interval before it is cut."""
    low, _ = ends(one, (-1e9, 1e9))
    return one.mean - low


def level(subject: Subject) -> list[str]:
    """The level's band, from the ends of the interval as they are before rounding."""
    band, made = subject.ctx.released.band(subject.measure, subject.group), whole(subject)
    if subject.section is None or subject.score.mean is None or made is None:
        return []
    if band.low is None or band.high is None:
        return []
    w = subject.ctx.words
    levels = str(band.low) if band.low == band.high else f"{band.low}–{band.high}"
    low, high = ends(made[0], subject.scale)
    return [
        w(
            "explain.level",
            levels=levels,
            boundaries=w.join([w.number(one) for one in BOUNDARIES]),
            low=subject.sums.fine(low),
            high=subject.sums.fine(high),
        )
    ]


def parts(subject: Subject) -> list[str]:
    """Every perspective's mean beside the total, with what its uncertainty rests on."""
    ctx, w = subject.ctx, subject.ctx.words
    told = weighing(ctx.instrument, subject.measure, ctx.released.groups)
    lines = [w("explain.parts")]
    for group in ctx.released.groups:
        score = ctx.score(subject.measure, group.id)
        lines.append("  " + _part(ctx, score, weighs=group.id in told))
    return lines if len(lines) > 1 else []


def _told(ctx: Context, score: Score) -> list[str]:
    """That n is the least there are, where the number itself would count a small perspective."""
    return [] if score.told is None else [ctx.words("explain.told", n=score.told)]


def _part(ctx: Context, score: Score, *, weighs: bool) -> str:
    w, name = ctx.words, ctx.label(score.group)
    if score.mean is None:
        return w("explain.part_hidden", group=name, why=ctx.reason(score))
    spread = "–" if score.spread is None else w.number(score.spread)
    key = "explain.part" if weighs else "explain.part_not"
    return w(key, group=name, mean=w.number(score.mean), n=score.behind, spread=spread)


def read(ctx: Context, item: Item, perspectives: Sequence[str]) -> list[tuple[str, str]]:
    """The wordings in which perspectives were asked a statement, each with those who read it."""
    found: dict[str, list[str]] = {}
    for perspective in perspectives:
        if perspective in item.ask:
            text = ctx.instrument.wording(item, perspective, ctx.language)
            found.setdefault(text, []).append(perspective)
    return [(_names(ctx, who), text) for text, who in found.items()]


def _names(ctx: Context, who: Sequence[str]) -> str:
    """Perspectives in a row; one alone keeps its grammatical number."""
    names: list[str] = [ctx.named(p, "label") for p in who]
    return names[0] if len(names) == 1 else ctx.words.join(names)


def statements(subject: Subject) -> list[str]:
    """The statements, with their means and in the words in which this group was asked them."""
    ctx, w, section = subject.ctx, subject.ctx.words, subject.section
    items = (
        section.scored
        if section
        else tuple(i for i in ctx.instrument.items.values() if subject.measure in i.tags)
    )
    group = subject.member or ctx.released.group(subject.group.partition("/")[0])
    asked = group.perspectives if group else ()
    counted = (
        {i.id for p in asked for i in ctx.instrument.counted(section, p)}
        or {item.id for item in ctx.instrument.scored_items(section)}
        if section
        else None
    )
    lines = []
    for item in items:
        if group and not set(asked) & set(item.ask):
            continue
        score = ctx.score(_key(ctx, item), subject.group) if "/" not in subject.group else None
        mean = "–" if score is None or score.mean is None else w.number(score.mean)
        words = read(ctx, item, asked) or [("", ctx.wording(item))]
        told = " / ".join(text if len(words) == 1 else f"{who}: {text}" for who, text in words)
        notes = [w("explain.is_turned")] if item.reversed else []
        if counted is not None and item.id not in counted:
            notes.append(w(f"explain.not_counted_{'own' if item.added else 'side'}"))
        tail = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"  {item.id}  {mean:>4}  {told}{tail}")
    return [w("explain.statements"), *lines] if lines else []


def _key(ctx: Context, item: Item) -> str:
    section = next(s for s in ctx.instrument.sections if s.id == item.section)
    return section.measure(item)
