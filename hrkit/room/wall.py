"""What the wall shows, as plain data: totals while people answer, and what a release holds.

A phone that asks for it, for somebody who cannot read the wall, gets exactly this and nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hrkit.model.engagement import Engagement
from hrkit.model.language import Words

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["counted", "profile", "shell", "ui"]


def shell(engagement: Engagement, language: str) -> dict[str, Any]:
    """What stands around everything: whose room it is, and its words."""
    return {
        "language": language,
        "client": engagement.client,
        "title": engagement.instrument.title[language],
        "ui": ui(engagement, language, "room.ui."),
    }


def ui(engagement: Engagement, language: str, under: str) -> dict[str, Any]:
    """Words that a page fetches itself, by their last name."""
    return engagement.words(language).under(under)


def counted(w: Words, done: int, of: int | None) -> dict[str, Any]:
    """How many are done: one number of the whole room, and how many were invited, if that is known."""
    share = None if not of else min(done / of, 1.0)
    return {"done": done, "of": of, "share": share, "said": _count(w, done, of)}


def _count(w: Words, done: int, of: int | None) -> str:
    return w("room.done", n=done) if of is None else w("room.done_of", done=done, of=of)


def profile(engagement: Engagement, released: Released, language: str) -> dict[str, Any]:
    """Both sides' released means on each dimension, and in words whether they differ.

    How many are behind a mean is told as a threshold only: beside a group that is withheld an exact
    number would give that group's.
    """
    w, instrument = engagement.words(language), engagement.instrument
    root = engagement.root.id
    groups = [g for side in instrument.sides if (g := released.group(side)) is not None]
    groups = groups or list(released.groups[:1])
    groups = list(dict.fromkeys(groups))
    name = instrument.people.name
    rows: list[dict[str, Any]] = []
    for section in instrument.dimensions:
        scores = [released.score(section.id, group.id, root) for group in groups]
        gap = released.gap(section.id, root)
        rows.append(
            {
                "name": section.name[language],
                "values": [
                    {"mean": s.mean, "text": w.number(s.mean)}
                    if s.shown and s.mean is not None
                    else {"mean": None, "text": w(f"report.why.{s.why.value}")}
                    for s in scores
                ],
                "word": "" if gap is None or not gap.shown else _word(engagement, w, gap),
                "strong": gap is not None and gap.shown and gap.certainty.value == "clear",
            }
        )
    low, high = _scale(engagement)
    hidden: list[str] = [
        name(g.perspectives, "label", language)
        for g in released.groups
        if not any(released.score(s.id, g.id, root).shown for s in instrument.dimensions)
    ]
    return {
        "groups": [name(g.perspectives, "label", language) for g in groups],
        "rows": rows if any(v["mean"] is not None for row in rows for v in row["values"]) else [],
        "nothing": w("room.nothing", k=released.threshold),
        "low": low,
        "high": high,
        "note": w("room.least", k=released.threshold),
        "hidden": w("room.hidden", groups=w.join(hidden), n=len(hidden)) if hidden else "",
    }


def _word(engagement: Engagement, w: Words, gap: Any) -> str:
    if gap.certainty.value == "unknown":
        return w("room.gap.unknown")
    side = gap.second if (gap.difference or 0) >= 0 else gap.first
    people = engagement.instrument.people
    found = people.name((side,), "short", w.language)
    return w(f"room.gap.{gap.certainty.value}", higher=found)


def _scale(engagement: Engagement) -> tuple[int, int]:
    facet = engagement.instrument.dimensions[0].score_facet
    assert facet is not None
    return facet.scale.low, facet.scale.high
