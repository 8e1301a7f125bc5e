"""How a number came about, from released data only: items, counts, rules, thresholds.

For the person who asks "where does this 2.4 come from?".  It reads what the report reads and
can say no more than the report may.
"""

from __future__ import annotations

from pathlib import Path

from hrkit.assessment.assessment import assess
from hrkit.disclosure.released import ALL, Score, Why
from hrkit.errors import HrkitError
from hrkit.report.context import Context

__all__ = ["explain"]


def explain(folder: str | Path, dimension: str, perspective: str = ALL, wave: str = "") -> str:
    """Tell how one score of the whole organisation came about.

    Parameters
    ----------
    folder
        The engagement's folder.
    dimension
        Id of a dimension.
    perspective
        A perspective or group, or ``all`` for the mean over perspectives.
    wave
        Id of the wave; the latest if empty.

    Raises
    ------
    HrkitError
        If there is no such dimension or perspective.
    """
    ctx = assess(folder, wave=wave).context
    sections = {section.id: section for section in ctx.instrument.dimensions}
    if dimension not in sections:
        raise HrkitError(f"There is no dimension {dimension!r}; use {', '.join(sections)}.")
    if perspective not in (ALL, *ctx.instrument.perspectives):
        known = ", ".join((*ctx.instrument.perspectives, ALL))
        raise HrkitError(f"There is no perspective {perspective!r}; use {known}.")
    section, found = sections[dimension], ctx.released.group(perspective)
    group = found.id if found else perspective
    score = ctx.score(section, group)
    preview = ctx.released.state == "preview"
    lines = [ctx.words("report.cover.preview")] if preview else []
    lines += [f"{ctx.name(section)} · {ctx.label(group)} · {ctx.engagement.client} · {ctx.wave.id}"]
    lines += _value(ctx, score)
    if found and len(found.perspectives) > 1:
        lines.append(
            f"Group: {' and '.join(found.perspectives)} together, since one is too small alone."
        )
    lines += _items(ctx, dimension, group)
    lines += _level(ctx, dimension) if group == ALL else []
    state = "draft: the wave is open" if ctx.released.draft else f"frozen on {ctx.released.frozen}"
    lines.append(
        f"Thresholds: {ctx.released.threshold} for means, {ctx.released.details} for spread. "
        f"State: {state}."
    )
    return "\n".join(lines)


def _value(ctx: Context, score: Score) -> list[str]:
    w, k = ctx.words, ctx.released.threshold
    if score.mean is None:
        reasons = {
            Why.SMALL: f"fewer than {k} valid answers",
            Why.PROTECTED: "withheld, so that no small group can be computed",
            Why.NOBODY: "nobody was asked, or nobody could answer",
            Why.ONE_SIDED: "one side is missing",
            Why.SHOWN: "no value",
        }
        return [f"Not shown: {reasons[score.why]}."]
    lines = []
    if score.group == ALL:
        parts = [
            f"{ctx.label(g.id)} {w.number(s.mean)}"
            for g in ctx.released.groups
            if (s := ctx.score(score.measure, g.id)).mean is not None and s.mean is not None
        ]
        lines.append(
            f"Score {w.number(score.mean)}: mean of {', '.join(parts)} (each weighs the same)."
        )
    else:
        lines.append(
            f"Score {w.number(score.mean)}: mean over n = {score.n} people of each person's mean, "
            "for those who answered at least 60 % of the statements asked."
        )
    if score.everyone:
        lines.append("Interval: everyone invited has answered, so there is none.")
    elif score.low is not None and score.high is not None:
        below = (
            ""
            if score.group == ALL or (score.n or 0) >= 10
            else " below ten answers with the variance usual within groups"
        )
        lines.append(
            f"Interval {w.number(score.low)} to {w.number(score.high)}: 95 %, moderated t{below}."
        )
    if score.dont_know is not None:
        lines.append(
            f"Don't know: {w.percent(score.dont_know)} of the answers; they count as missing."
        )
    return lines


def _items(ctx: Context, dimension: str, group: str) -> list[str]:
    section = next(s for s in ctx.instrument.dimensions if s.id == dimension)
    counted = {item.id for item in ctx.instrument.scored_items(section)}
    lines = ["Statements:"]
    for item in section.scored:
        score = ctx.score(section.measure(item), group)
        said = ctx.mean(score) if group != ALL else "–"
        notes = [
            *(["turned round"] if item.reversed else []),
            *([] if item.id in counted else [_not_counted(item.added)]),
        ]
        tail = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"  {item.id}  {said:>4}  {ctx.wording(item)}{tail}")
    return lines


def _not_counted(added: bool) -> str:
    why = "an item of your own" if added else "one side is not asked"
    return f"not in the score: {why}"


def _level(ctx: Context, dimension: str) -> list[str]:
    band = ctx.released.band(dimension)
    if band.low is None or band.high is None:
        return []
    levels = str(band.low) if band.low == band.high else f"{band.low}–{band.high}"
    held = f", held back by {ctx.label(band.by)}" if band.held_back else ""
    return [f"Level {levels}: boundaries 1.5, 2.5, 3.5, 4.5 against the interval{held}."]
