"""How a number came about, from released data only: inputs, counts, rules, thresholds.

For the person who asks "where does this 2.4 come from?".  It reads what the report reads and
can say no more than the report may; the sums it prints end at the figure that is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from hrkit.assessment.assessment import assess
from hrkit.assessment.explain import choices, comparisons, decision, means, several, units
from hrkit.assessment.explain.subject import Subject
from hrkit.disclosure.released import ALL, Released
from hrkit.errors import HrkitError
from hrkit.report.context import Context

__all__ = ["explain", "told"]


def explain(
    folder: str | Path,
    measure: str,
    perspective: str = ALL,
    *,
    wave: str = "",
    unit: str = "",
    language: str = "",
) -> str:
    """Tell how the printed numbers about one measure came about.

    Parameters
    ----------
    folder
        The engagement's folder.
    measure
        Id of a dimension or pillar, or key of a question (``trust.02``,
        ``pay.salary:satisfaction``).
    perspective
        A perspective or group, a level of the leadership chain (``leader/2``), or ``all`` for
        the mean over perspectives, the gap, the place in the decision list and the reliability.
    wave
        Id of the wave; the latest if empty.
    unit
        Id of a unit; the whole organisation if empty.
    language
        ``en``, ``da`` or ``nl``; the engagement's if empty.

    Raises
    ------
    HrkitError
        If there is no such measure, perspective, unit, wave or language.
    """
    ctx = assess(folder, wave=wave, language=language).context
    return told(ctx, measure, perspective, unit, _before(ctx))


def told(
    ctx: Context,
    measure: str,
    perspective: str = ALL,
    unit: str = "",
    before: Released | None = None,
) -> str:
    """`explain` of a report that is at hand; ``before`` is what was released of the wave before."""
    subject = Subject(ctx, measure, _group(ctx, perspective), _unit(ctx, unit), before)
    if subject.elsewhere and subject.group == ALL:
        # Units have no total: they are compared in one group.
        subject = replace(subject, group=subject.first)
    preview = ctx.released.state == "preview"
    lines = [ctx.words("report.cover.preview")] if preview else []
    if subject.section or subject.pillar:
        lines += _measured(subject)
    elif measure in ctx.instrument.measured:
        lines += choices.question(subject)
        if not subject.elsewhere:
            lines += comparisons.change(subject)
    else:
        raise HrkitError(_unknown(ctx, measure))
    return "\n".join([*lines, *_constants(subject, lines), *means.footing(ctx)])


def _constants(subject: Subject, lines: Sequence[str]) -> list[str]:
    """What the figures mean that stand in every sum, once: the rounding, and half a step."""
    words, sums, told = subject.ctx.words, subject.sums, "\n".join(lines)
    found = []
    if sums.rounding in told:
        found.append(words("explain.rounding", rounding=sums.rounding))
    if f"({sums.step} + " in told:
        found.append(words("explain.step", step=sums.step))
    if " … " in told:
        found.append(words("explain.outward"))
    return found


def _measured(subject: Subject) -> list[str]:
    """A dimension or a pillar, section by section of the report."""
    lines = [means.head(subject), *means.value(subject)]
    lines += means.pooled(subject)
    if subject.elsewhere:
        return [*lines, *units.beside_the_whole(subject)]
    lines += means.level(subject)
    if subject.group == ALL:
        lines += means.parts(subject)
        lines += comparisons.gap(subject)
        lines += decision.priority(subject)
        lines += decision.strength(subject)
    lines += comparisons.change(subject)
    lines += several.contrasts(subject)
    if subject.group == ALL:
        lines += decision.reliability(subject)
    else:
        lines += units.units(subject)
    return lines + means.statements(subject)


def _group(ctx: Context, perspective: str) -> str:
    found = ctx.released.group(perspective)
    if found:
        return found.id
    known = {score.group for score in ctx.released.scores}
    if perspective in (ALL, *ctx.instrument.perspectives) or perspective in known:
        return perspective
    told = ", ".join((*ctx.instrument.perspectives, ALL))
    raise HrkitError(f"There is no perspective {perspective!r}; use {told}.")


def _unit(ctx: Context, unit: str) -> str:
    known = [one.id for one in ctx.engagement.units]
    if unit and unit not in known:
        raise HrkitError(f"There is no unit {unit!r}; there are {', '.join(known)}.")
    return unit or ctx.root


def _before(ctx: Context) -> Released | None:
    """What was released of the frozen wave that this one is compared with."""
    from hrkit.disclosure.release import preview

    since = {change.since for change in ctx.released.changes}
    return preview(ctx.engagement, since.pop()) if since else None


def _unknown(ctx: Context, measure: str) -> str:
    """What there is instead, nearest first."""
    names = [s.id for s in ctx.instrument.dimensions]
    names += [*ctx.instrument.pillars, *ctx.instrument.measured]
    near = get_close_matches(measure, names, 5, 0.5) or names[:8]
    more = " …" if len(near) < len(names) else ""
    return f"There is no dimension or question {measure!r}; there are {', '.join(near)}{more}."
