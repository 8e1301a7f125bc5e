"""Who has answered, as far as it may be shown: out of a preview's released tables, which records nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Answered", "turnout"]


@dataclass(frozen=True, slots=True)
class Answered:
    """A group in a unit, as a report would print it: how many answered, and of how many."""

    unit: str
    group: str
    answered: str
    invited: str


def turnout(folder: str | Path, *, wave: str = "", language: str = "") -> tuple[Answered, ...]:
    """Who has answered in the whole organisation and in its units, in a report's words.

    Parameters
    ----------
    folder
        The engagement's folder.
    wave
        Id of the wave; the latest if empty.
    language
        The engagement's own if empty.

    Raises
    ------
    HrkitError
        If the engagement cannot be used, or nobody has answered.
    """
    from hrkit.assessment.assessment import assess
    from hrkit.report.turnout import few, in_any, in_units, whole

    ctx = assess(folder, language=language, wave=wave).context
    engagement = ctx.engagement

    def line(unit: str, one: object) -> Answered:
        count = one.answered  # type: ignore[attr-defined]
        invited = one.invited  # type: ignore[attr-defined]
        return Answered(
            engagement.unit(unit).name,
            ctx.label(one.group),  # type: ignore[attr-defined]
            few(ctx, one) if count is None else str(count),  # type: ignore[arg-type]
            "–" if invited is None else str(invited),
        )

    found = [line(ctx.root, one) for one in whole(ctx)]
    units = in_units(ctx)
    groups = in_any(ctx, units)
    found += [
        line(unit, one)
        for (unit, group), one in units.items()
        if group in groups and unit != ctx.root and one.answered is not None
    ]
    return tuple(found)
