"""What is said where many took a way out: of a dimension, and of one statement in it.

"Don't know" and "not relevant" have two readings; where a scale has one way out for both, its own
label is quoted and nothing is read into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hrkit.disclosure.released import Silence
from hrkit.model.instrument import Item, Section
from hrkit.report import findings
from hrkit.report.context import Context

__all__ = ["Quiet", "on_dimension", "quiet"]


@dataclass(frozen=True, slots=True)
class Quiet:
    """A statement that many of a group did not rate: ``kind`` is ``unknown``, ``aside`` or ``joint``."""

    section: Section
    item: Item
    group: str
    kind: str
    share: float


def quiet(ctx: Context, section: Section, groups: Sequence[str]) -> tuple[Quiet, ...]:
    """The statements of a dimension that many of a group did not rate, most of all first."""
    found = [
        one for item in section.scored for group in groups for one in _of(ctx, section, item, group)
    ]
    return tuple(sorted(found, key=lambda one: -one.share))


def _of(ctx: Context, section: Section, item: Item, group: str) -> Iterator[Quiet]:
    facet, key = section.scoring(item), section.measure(item)
    if facet is None or not facet.scale.ways_out:
        return
    if facet.scale.not_relevant is None:
        share = ctx.score(key, group).dont_know or 0.0
        if share >= findings.MANY:
            yield Quiet(section, item, group, "joint", share)
        return
    row: Silence = ctx.released.silence(key, group)
    for kind, told in (("unknown", row.dont_know), ("aside", row.not_relevant)):
        if (told or 0.0) >= findings.MANY:
            yield Quiet(section, item, group, kind, told or 0.0)


def on_dimension(ctx: Context, section: Section, groups: Sequence[str]) -> list[str]:
    """Sentences for a dimension's page: of the dimension, and of the statement with most in it."""
    w = ctx.words
    texts = []
    single = quiet(ctx, section, groups)
    silent = findings.silence(ctx.released, section, groups, ctx.root)
    apart = section.score_facet is not None and section.score_facet.scale.not_relevant is not None
    if silent:
        score = silent.scores[0]
        texts.append(
            w(
                "response.silence.dimension" if apart else "report.dimension.dont_know",
                share=w.percent(score.dont_know or 0),
                group=ctx.in_text(score.group),
            )
        )
    if single:
        one = single[0]
        facet = section.scoring(one.item)
        scale = facet.scale if facet else None
        texts.append(
            w(
                f"response.silence.{one.kind}",
                item=ctx.wording(one.item).rstrip("."),
                share=w.percent(one.share),
                group=ctx.in_text(one.group),
                label=ctx.text(scale.dont_know) if scale and scale.dont_know else "",
            )
        )
    return texts
