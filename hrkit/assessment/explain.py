"""How a number came about, from released data only: items, counts, rules, thresholds.

For the person who asks "where does this 2.4 come from?".  It reads what the report reads and
can say no more than the report may.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from hrkit.assessment.assessment import assess
from hrkit.disclosure.released import ALL, Group, Score, Why
from hrkit.errors import HrkitError
from hrkit.model.instrument import Question, Section
from hrkit.report.context import Context

__all__ = ["explain"]


def explain(folder: str | Path, measure: str, perspective: str = ALL, wave: str = "") -> str:
    """Tell how one score of the whole organisation came about.

    Parameters
    ----------
    folder
        The engagement's folder.
    measure
        Id of a dimension, or key of a question (``trust.02``, ``pay.salary:satisfaction``).
    perspective
        A perspective or group, or ``all`` for the mean over perspectives.
    wave
        Id of the wave; the latest if empty.

    Raises
    ------
    HrkitError
        If there is no such dimension, question or perspective.
    """
    ctx = assess(folder, wave=wave).context
    sections = {section.id: section for section in ctx.instrument.dimensions}
    if measure not in sections and measure not in ctx.instrument.keys:
        raise HrkitError(_unknown(ctx, measure))
    if perspective not in (ALL, *ctx.instrument.perspectives):
        known = ", ".join((*ctx.instrument.perspectives, ALL))
        raise HrkitError(f"There is no perspective {perspective!r}; use {known}.")
    found = ctx.released.group(perspective)
    group = found.id if found else perspective
    preview = ctx.released.state == "preview"
    lines = [ctx.words("report.cover.preview")] if preview else []
    if measure in sections:
        lines += _dimension(ctx, sections[measure], found, group)
    else:
        lines += _question(ctx, ctx.instrument.keys[measure], found, group)
    state = "draft: the wave is open" if ctx.released.draft else f"frozen on {ctx.released.frozen}"
    lines.append(
        f"Thresholds: {ctx.released.threshold} for means, {ctx.released.details} for spread and "
        f"shares. State: {state}."
    )
    return "\n".join(lines)


def _unknown(ctx: Context, measure: str) -> str:
    """What there is instead, nearest first."""
    names = [*(s.id for s in ctx.instrument.dimensions), *ctx.instrument.keys]
    near = get_close_matches(measure, names, 5, 0.5) or names[:8]
    more = " …" if len(near) < len(names) else ""
    return f"There is no dimension or question {measure!r}; there are {', '.join(near)}{more}."


def _head(ctx: Context, name: str, found: Group | None, group: str) -> list[str]:
    lines = [f"{name} · {ctx.label(group)} · {ctx.engagement.client} · {ctx.wave.id}"]
    if found and len(found.perspectives) > 1:
        lines.append(
            f"Group: {' and '.join(found.perspectives)} together, since one is too small alone."
        )
    return lines


def _dimension(ctx: Context, section: Section, found: Group | None, group: str) -> list[str]:
    lines = _head(ctx, ctx.name(section), found, group)
    lines[1:1] = _value(ctx, ctx.score(section, group))
    lines += _items(ctx, section.id, group)
    return lines + (_level(ctx, section.id) if group == ALL else [])


def _question(ctx: Context, question: Question, found: Group | None, group: str) -> list[str]:
    """A question by what is released of it."""
    facet = question.facet
    name = ctx.wording(question.item)
    name += f" – {ctx.text(facet.label)}" if len(question.item.facets) > 1 else ""
    lines = [*_head(ctx, name, found, group), f"Asked of: {', '.join(question.item.ask)}."]
    if facet.release == "means":
        lines += _value(ctx, ctx.score(question.key, group), one=True)
        lines += (
            ["Turned round: a satisfied person rates it low."] if question.item.reversed else []
        )
    elif facet.release == "shares":
        lines += _shares(ctx, question, group)
    elif facet.release == "counts":
        rows = [c for c in ctx.released.counts if c.measure == question.key and c.group == group]
        few = f"fewer than {ctx.released.threshold}"
        lines += [f"Answered: {few if c.n is None else c.n}; no more is shown of it." for c in rows]
        lines += [] if rows else ["Not shown: only how many of each perspective answered is shown."]
    elif facet.release == "texts":
        n = sum(c.question == question.item.id for c in ctx.released.comments)
        lines.append(f"Answers in people's own words: {n} passed for print; no more is shown.")
    else:
        lines.append("Not shown: the instrument releases nothing of it.")
    return lines


def _shares(ctx: Context, question: Question, group: str) -> list[str]:
    share = ctx.released.share(question.key, group)
    if not share.shown:
        few = f"fewer than {ctx.released.details} answers"
        reasons = {
            Why.SMALL: few,
            Why.PROTECTED: "withheld, so that nobody can be recognised",
        }
        return [f"Not shown: {reasons.get(share.why, 'nobody was asked, or nobody answered')}."]
    scale = question.facet.scale
    names = {c.value: ctx.text(c.label) for c in (*scale.choices, *scale.ways_out)}
    said = [
        f"  {ctx.words.percent(part):>5}  {names[value]}"
        for value, part in zip(share.values, share.shares, strict=True)
    ]
    if share.together:
        joint = ", ".join(names[value] for value in share.together)
        said.append(
            f"  {ctx.words.percent(share.rest):>5}  together, since few chose them: {joint}"
        )
    if group == ALL:
        return ["Shares: mean of the printed shares of the perspectives shown.", *said]
    return [f"Shares of n = {share.n} people who answered, “don't know” included:", *said]


def _value(ctx: Context, score: Score, *, one: bool = False) -> list[str]:
    """A mean, its interval and its silence; ``one`` where it is that of a single question."""
    w, k = ctx.words, ctx.released.threshold
    if score.mean is None:
        reasons = {
            Why.SMALL: f"fewer than {k} valid answers",
            Why.PROTECTED: "withheld, so that no small group can be computed",
            Why.NOBODY: "nobody was asked, or nobody could answer",
            Why.PARTIAL: "people answered, but most too few of the statements: a score takes 60 % of "
            f"those asked, and fewer than {k} have one",
            Why.SILENT: f"fewer than {k} gave a rating; the others took a way out "
            "(don't know, not relevant)",
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
        of = (
            "answers."
            if one
            else "people of each person's mean, for those who answered at least 60 % of the "
            "statements asked."
        )
        lines.append(f"Score {w.number(score.mean)}: mean over n = {score.n} {of}")
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
            f"Don't know or not relevant: {w.percent(score.dont_know)} of the answers; "
            "they count as missing."
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
