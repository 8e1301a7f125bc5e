"""The audit of a release: which groups were shown and which were not, without a single value."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from hrkit.disclosure.released import Released

__all__ = ["audit_of"]


def audit_of(released: Released) -> tuple[dict[str, Any], str]:
    """The audit as plain JSON values, and a digest over the released tables themselves.

    The digest tells later whether a report was made from this very release; from it no value
    can be read.  Reasons are given as they are printed: "small" or "protected", never more.
    """
    rows = sorted((s.measure, s.unit, s.group, s.why.value) for s in released.scores)
    gaps = sorted((g.measure, g.unit, f"{g.first}-{g.second}", g.why.value) for g in released.gaps)
    digest = hashlib.sha256(
        repr((released.scores, released.gaps, released.bands, *_choice_tables(released))).encode()
    ).hexdigest()
    audit = {
        "engagement": released.engagement,
        "wave": released.wave,
        "instrument": f"{released.instrument} {released.version}",
        "thresholds": {"scores": released.threshold, "details": released.details},
        "groups": {group.id: list(group.perspectives) for group in released.groups},
        "scores": [list(row) for row in rows],
        "gaps": [list(row) for row in gaps],
        "distributions": sorted([d.measure, d.group] for d in released.distributions),
        **_choices(released),
        "digest": digest,
    }
    return json.loads(json.dumps(audit)), digest


def _choice_tables(released: Released) -> tuple[object, ...]:
    tables = (released.shares, released.counts) if released.shares or released.counts else ()
    return (*tables, released.ballots) if released.ballots else tables


def _choices(released: Released) -> dict[str, Any]:
    """Which tables of shares and which counts were shown, where the instrument asks for any."""
    found: dict[str, Any] = {}
    if released.shares:
        found["shares"] = sorted([s.measure, s.group, s.why.value] for s in released.shares)
    if released.ballots:
        found["ballots"] = sorted([b.measure, b.group, b.why.value] for b in released.ballots)
    if released.counts:
        found["counts"] = sorted([c.measure, c.group, c.n is not None] for c in released.counts)
    return found
