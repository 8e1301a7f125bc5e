"""A release as plain JSON, and back: what was shown once is kept as it was shown.

A snapshot says its ``format``.  Every format that was ever written is read: a table it does not
have is empty, as it was then.  One that is newer than this hrkit, or has what this one does not
know, is refused in a sentence and never read in part.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from hrkit.disclosure import released as tables
from hrkit.disclosure.released import Certainty, Released, Why
from hrkit.errors import StoreError

__all__ = ["FORMAT", "field_names", "from_snapshot", "to_snapshot"]

#: What is written; raised when a table or a column comes, goes or means something else.
FORMAT = 6

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
    "uncompared": tables.Uncompared,
    "shares": tables.Share,
    "counts": tables.Count,
    "contrasts": tables.Contrast,
    "between": tables.Between,
    "silences": tables.Silence,
    "languages": tables.LanguageCount,
    "signs": tables.Sign,
    "without": tables.Without,
    "ballots": tables.Ballot,
    "chosen_changes": tables.ChosenChange,
}

_DAYS = ("frozen", "day")


def to_snapshot(released: Released) -> dict[str, Any]:
    """Released tables as JSON values."""
    data = _values(released)
    for name in _DAYS:
        data[name] = data[name].isoformat() if data[name] else None
    return {"format": FORMAT, **data}


_FIELDS: dict[type, tuple[str, ...]] = {}
_SIMPLE = frozenset((str, int, float, bool, type(None)))


def field_names(cls: type) -> tuple[str, ...]:
    """The names of a data class's fields; empty for any other class."""
    if cls not in _FIELDS:
        is_data = dataclasses.is_dataclass(cls)
        _FIELDS[cls] = tuple(f.name for f in dataclasses.fields(cls)) if is_data else ()
    return _FIELDS[cls]


def _values(value: Any) -> Any:
    """What `dataclasses.asdict` gives, in a fraction of its time: what is frozen is not copied."""
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if names := field_names(kind):
        return {name: _values(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return tuple(_values(one) for one in value)
    if isinstance(value, list):
        return [_values(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _values(one) for key, one in value.items()}
    return value


def from_snapshot(data: Mapping[str, Any]) -> Released:
    """Released tables from the JSON values that this or an earlier `to_snapshot` made.

    Raises
    ------
    StoreError
        If a newer hrkit made them.
    """
    if data.get("format", 1) > FORMAT:
        raise _newer(f"format {data['format']}; this one knows {FORMAT}")
    values = {name: value for name, value in data.items() if name != "format"}
    known = {field.name for field in dataclasses.fields(Released)}
    if strange := sorted(values.keys() - known):
        raise _newer(f"it has {', '.join(strange)}")
    for name, cls in _ROWS.items():
        if name in values:
            values[name] = tuple(_row(name, cls, raw) for raw in values[name])
    values["strengths"] = tuple(values.get("strengths", ()))
    values["sensitive"] = tuple((name, n) for name, n in values.get("sensitive", ()))
    for name in _DAYS:
        day = values.get(name)
        values[name] = dt.date.fromisoformat(day) if day else None
    return Released(**values)


def _row(table: str, cls: type, raw: Mapping[str, Any]) -> Any:
    values: dict[str, Any] = {k: _frozen(v) if isinstance(v, list) else v for k, v in raw.items()}
    if strange := sorted(values.keys() - field_names(cls)):
        raise _newer(f"{table} have {', '.join(strange)}")
    if "why" in values:
        values["why"] = Why(values["why"])
    if "certainty" in values:
        values["certainty"] = Certainty(values["certainty"])
    return cls(**values)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _newer(what: str) -> StoreError:
    return StoreError(
        f"A release in the store was written by a newer hrkit ({what}). Update hrkit."
    )
