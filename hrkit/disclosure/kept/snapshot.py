"""A release as plain JSON, and back: what was shown once is kept as it was shown."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from hrkit.disclosure import released as tables
from hrkit.disclosure.released import Certainty, Released, Why

__all__ = ["from_snapshot", "to_snapshot"]

_ROWS = {
    "groups": tables.Group,
    "scores": tables.Score,
    "gaps": tables.Gap,
    "bands": tables.Band,
    "distributions": tables.Distribution,
    "agreements": tables.Agreement,
    "turnout": tables.Turnout,
    "reliability": tables.Reliability,
    "priorities": tables.Priority,
    "changes": tables.Change,
    "comments": tables.Comment,
    "shares": tables.Share,
    "counts": tables.Count,
}


def to_snapshot(released: Released) -> dict[str, Any]:
    """Released tables as JSON values."""
    data = dataclasses.asdict(released)
    data["frozen"] = released.frozen.isoformat() if released.frozen else None
    return data


def _row(cls: type, raw: dict[str, Any]) -> Any:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    if "why" in values:
        values["why"] = Why(values["why"])
    if "certainty" in values:
        values["certainty"] = Certainty(values["certainty"])
    return cls(**values)


def from_snapshot(data: dict[str, Any]) -> Released:
    """Released tables from the JSON values `to_snapshot` made."""
    values = dict(data)
    for name, cls in _ROWS.items():
        values[name] = tuple(_row(cls, raw) for raw in data.get(name, ()))
    day = data["frozen"]
    values["frozen"] = dt.date.fromisoformat(day) if day else None
    return Released(**values)
