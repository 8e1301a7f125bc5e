"""Which claims a report makes: what follows from released tables, by the rules of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hrkit.disclosure.released import Certainty, Released
from hrkit.model.instrument import Instrument
from hrkit.report import findings
from hrkit.report.claims import FIRM

__all__ = ["ClaimMade", "made"]


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """A claim as it is made: its id, the page it stands on, and of what (ids)."""

    claim: str
    page: str
    of: tuple[str, ...]


def made(released: Released, instrument: Instrument, root: str) -> tuple[ClaimMade, ...]:
    """Every claim that follows from released tables, whether a profile prints its page or not.

    A level is claimed of every side that has one, and is held against its coverage instead.
    """
    return (
        *_gaps(released, instrument, root),
        *(ClaimMade("strength", "summary", (id,)) for id in released.strengths),
        *_contrasts(released, root),
        *_changes(released),
        *(
            ClaimMade("clusters", "units", (s.measure, s.group))
            for s in released.scores
            if s.units is not None
        ),
        *(ClaimMade("care", "quality", (sign.kind,)) for sign in released.signs[:1] if sign.n),
        *(
            ClaimMade("firm", "importance", (p.measure,))
            for p in findings.to_take_up(released)
            if p.first is not None and p.first >= FIRM
        ),
    )


def _gaps(released: Released, instrument: Instrument, root: str) -> Iterator[ClaimMade]:
    for one in findings.gaps_that_matter(released, instrument, root):
        assert one.gap is not None
        yield ClaimMade("gap.tends", "gaps", (one.section.id,))
        if one.gap.certainty is Certainty.CLEAR:
            yield ClaimMade("gap.clear", "gaps", (one.section.id,))
    for one in findings.divided(released, instrument, root):
        yield ClaimMade("gap.apart", "gaps", (one.section.id,))


def _contrasts(released: Released, root: str) -> Iterator[ClaimMade]:
    for one in released.contrasts:
        if one.certainty is Certainty.UNKNOWN:
            continue
        pages = {
            "dimensions": "profile",
            "statements": f"dimension {one.measure} {one.group}",
            "tiers": "chain",
            "ratings": "summary",
            "unit": f"unit {one.low if one.high == root else one.high}",
        }
        page = pages.get(one.kind, one.kind)
        yield ClaimMade(one.kind, page, (one.measure, one.group, one.high, one.low))


def _changes(released: Released) -> Iterator[ClaimMade]:
    for one in released.changes:
        if one.certainty is not Certainty.UNKNOWN:
            yield ClaimMade("change.tends", "change", (one.measure, one.group))
        if one.certainty is Certainty.CLEAR:
            yield ClaimMade("change.clear", "change", (one.measure, one.group))
    for moved in released.chosen_changes:
        if moved.certainty is not Certainty.UNKNOWN:
            yield ClaimMade("chosen", "change", (moved.option, moved.group))
