"""Blocks as plain JSON and back: the one form in which they cross from a notebook to the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from hrkit.blocks.kinds import (
    Bullets,
    Callout,
    Card,
    Fact,
    Facts,
    Figure,
    Grid,
    Heading,
    Levels,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Table,
    Together,
)
from hrkit.blocks.plots import Plot, PlotSeries
from hrkit.blocks.spans import Span
from hrkit.blocks.whole import Contents, Cover, DocumentInfo

__all__ = ["from_json", "to_json"]

_TYPES: dict[str, type] = {
    str(cls.__dataclass_fields__["type"].default): cls
    for cls in (
        Plot,
        PlotSeries,
        DocumentInfo,
        Cover,
        Contents,
        Heading,
        Paragraph,
        Note,
        Quote,
        Bullets,
        Card,
        Callout,
        Facts,
        Levels,
        Table,
        Figure,
        Picture,
        Grid,
        Together,
        PageBreak,
    )
}


_SIMPLE = (str, int, float, bool, type(None))


_FIELDS: dict[type, tuple[str, ...]] = {}


def _field_names(cls: type) -> tuple[str, ...]:
    """The names of a data class's fields; empty for any other class."""
    if cls not in _FIELDS:
        is_data = dataclasses.is_dataclass(cls)
        _FIELDS[cls] = tuple(f.name for f in dataclasses.fields(cls)) if is_data else ()
    return _FIELDS[cls]


def to_json(value: Any) -> Any:
    """A block (or a tuple of them, or a text) as plain JSON values; `from_json` turns it back."""
    if type(value) in _SIMPLE:
        return value
    if names := _field_names(type(value)):
        return {name: to_json(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    return value


def from_json(value: Any) -> Any:
    """Blocks from the plain values `to_json` made.

    Raises
    ------
    ValueError
        For a type or a field that no block has.
    """
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if isinstance(value, dict):
        if "type" in value:
            cls = _TYPES.get(value["type"])
        elif "style" in value:
            cls = Span
        elif "label" in value and "value" in value:
            cls = Fact
        else:
            return value
        if cls is None or not set(value) <= set(_field_names(cls)):
            raise ValueError(f"not a block: {value.get('type')!r} with {sorted(value)}")
        return cls(**{k: v if k == "words" else from_json(v) for k, v in value.items()})
    return value
