"""Where a dimension stands in the decision list, whether it is a strength, how reliable it is."""

from __future__ import annotations

from hrkit.assessment.explain.arithmetic import part
from hrkit.assessment.explain.subject import Subject
from hrkit.disclosure.derived.decisions import DRAWS, UNSURE, weighed
from hrkit.disclosure.derived.frame import PAGE, bound, each
from hrkit.disclosure.derived.gaps import apart
from hrkit.disclosure.derived.levels import HIGH
from hrkit.disclosure.released import ALL, Priority
from hrkit.measure import feldt_interval, t_critical
from hrkit.report import findings
from hrkit.report.context import Context

__all__ = ["priority", "reliability", "strength"]


def priority(subject: Subject) -> list[str]:
    """The place in the order: what it is the product of, and the products of all."""
    ctx, w, sums = subject.ctx, subject.ctx.words, subject.sums
    found = next((p for p in ctx.released.priorities if p.measure == subject.measure), None)
    if found is None or subject.section is None or subject.section.score_facet is None:
        return []
    known = [p.weight for p in ctx.released.priorities if p.weight is not None]
    usual = sum(known) / len(known) if known else 1.0
    group = ctx.in_text(found.group)
    weight = _weight(subject, found, usual)
    told = f"{weight} × {w.number(found.distance)} = {sums.fine(_product(found, usual))}"
    lines = [
        w(
            "explain.priority",
            rank=found.rank,
            count=len(ctx.released.priorities),
            sum=told,
        ),
        w(
            "explain.priority_end" if found.target is None else "explain.priority_target",
            target=w.number(
                subject.section.score_facet.scale.high if found.target is None else found.target
            ),
            score=w.number(found.score),
            group=group,
        ),
    ]
    lines += _stated(subject, found, weight, bool(known))
    order = sorted(ctx.released.priorities, key=lambda p: p.rank)
    listed = "; ".join(
        f"{p.rank} {subject.name(p.measure)} {_weight(subject, p, usual)} × {w.number(p.distance)}"
        f" = {sums.fine(_product(p, usual))}"
        for p in order
    )
    lines.append(w("explain.priority_order", list=listed))
    if found.first is not None:
        share, draws = w.percent(found.first), w.number(DRAWS, 0)
        lines.append(w("explain.priority_first", share=share, draws=draws))
        ballot = next((b for b in ctx.released.ballots if b.shown and b.group != ALL), None)
        if ballot is not None and found.chosen is not None:
            count = len(ballot.values) + len(ballot.together)
            lines.append(w("explain.priority_share", count=count, others=count - 1))
        if not weighed(ctx.released):
            lines.append(w("explain.priority_unsure", share=w.percent(UNSURE)))
    return lines


def _stated(subject: Subject, found: Priority, weight: str, known: bool) -> list[str]:
    """Where the importance of a dimension comes from."""
    ctx, w, section = subject.ctx, subject.ctx.words, subject.section
    group = ctx.in_text(found.group)
    ballot = ctx.instrument.ballot
    if ballot is not None:
        if found.chosen is None:
            return [w("explain.priority_alone")]
        own = ctx.released.ballot(ballot.key, found.group)
        key = "chosen" if own.shown else "chosen_total"
        lines = [w(f"explain.priority_{key}", share=w.percent(found.chosen), group=group)]
        if own.shown and found.measure in own.together:
            rest, count = w.number(own.rest or 0.0, 2), len(own.together)
            lines.append(w("explain.priority_joint", rest=rest, count=count, share=weight))
        return lines
    stated = (
        ctx.score(section.importance.id, found.group) if section and section.importance else None
    )
    key = "total" if stated is None or not stated.shown else "importance"
    key = "usual" if found.importance is None else key
    key = key if known else "equal"
    return [w(f"explain.priority_{key}", importance=weight, group=group)]


def _weight(subject: Subject, one: Priority, usual: float) -> str:
    if one.chosen is not None:
        return subject.ctx.words.number(one.chosen, 2)
    if subject.ctx.instrument.ballot is not None:
        return subject.ctx.words.number(1, 0)
    if one.importance is not None:
        return subject.ctx.words.number(one.importance)
    return subject.sums.fine(usual)


def _product(one: Priority, usual: float) -> float:
    # At the target nothing is left to do, however important.
    return (usual if one.weight is None else one.weight) * max(one.distance, 0.0)


def strength(subject: Subject) -> list[str]:
    """Whether every mean that has to surely lies high: the lower ends, as sums."""
    ctx, w, sums = subject.ctx, subject.ctx.words, subject.sums
    wanted = list(subject.sides) if ctx.instrument.sides else [g.id for g in ctx.released.groups]
    its = [(group, one) for group in wanted if (one := part(ctx.score(subject.measure, group)))]
    if not its:
        return []
    low, high = subject.scale
    line = w.number(low + HIGH * (high - low))
    key = "strength" if subject.measure in ctx.released.strengths else "strength_not"
    count = len(ctx.instrument.dimensions)
    alpha = each(PAGE, count)
    lines = [w(f"explain.{key}", line=line)]
    if apart(ctx.released.gap(subject.measure, ctx.root), subject.scale):
        lines.append(w("explain.strength_divided"))
    elif subject.measure in ctx.released.strengths and subject.measure not in _carrying(ctx):
        lines.append(w("explain.strength_told"))
    for group, one in its:
        end = bound(one.one, count)
        sure = t_critical(2 * alpha, one.one.df)
        rest = f"{sums.step} − {sums.fine(sure)} × {sums.sampling(one)} = {sums.fine(end)}"
        told = f"{w.number(one.mean)} − {rest}"
        lines.append("  " + w("explain.strength_part", group=ctx.label(group), sum=told))
    lines += [w("explain.strength_step", step=sums.step), *sums.clustered([one for _, one in its])]
    for group in wanted:
        score = ctx.score(subject.measure, group)
        if not score.shown:
            fields = {"group": ctx.label(group), "why": ctx.reason(score)}
            lines.append("  " + w("explain.part_hidden", **fields))
    lines.append(w("explain.strength_page", n=count, level=sums.family(PAGE, count, alpha)))
    return lines


def reliability(subject: Subject) -> list[str]:
    """α with Feldt's interval as a sum; that there are too few answers for it, where there are."""
    ctx, w, sums = subject.ctx, subject.ctx.words, subject.sums
    if subject.section is None:
        return []
    found = next((r for r in ctx.released.reliability if r.measure == subject.measure), None)
    if found is None:
        return [w("explain.reliability_few")]
    items = len(ctx.instrument.scored_items(subject.section))
    low, high = feldt_interval(found.alpha, found.n, items)
    f = [(1 - end) / (1 - found.alpha) for end in (low, high)]
    rest = f"1 − (1 − {w.number(found.alpha, 2)}) × F"
    degrees = f"{found.n - 1}; {(found.n - 1) * (items - 1)}"
    told = (
        f"{rest}({degrees}; {w.percent(0.975, 1)}) {sums.fine(f[0])} … "
        f"{rest}({degrees}; {w.percent(0.025, 1)}) {sums.fine(f[1])} = {sums.range(low, high)}"
    )
    lines = [
        w(
            "explain.reliability",
            n=found.n,
            items=items,
            alpha=w.number(found.alpha, 2),
            low=w.number(found.low, 2),
            high=w.number(found.high, 2),
            sum=told,
        )
    ]
    if found.omega is not None:
        lines.append(w("explain.omega", omega=w.number(found.omega, 2)))
    return lines


def _carrying(ctx: Context) -> set[str]:
    """What pages name as a strength."""
    found = findings.strengths(ctx.released, ctx.instrument, ctx.root, None)
    return {one.section.id for one in found}
