"""Blocks, worksheets and slides that a cell shows under the kit's own MIME type, read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from hrkit.blocks import (
    MIME,
    Block,
    from_json,
    to_json,
)
from hrkit.blocks.slides import Slide, slide_from_json
from hrkit.blocks.worksheets import Worksheet, sheet_from_json
from hrkit.errors import Problem, PublishError
from hrkit.publish.raw import joined

__all__ = ["given_blocks", "slides_of_cell", "worksheets_of_cell"]

_Made = TypeVar("_Made")


def worksheets_of_cell(cell: Mapping[str, Any], where: str) -> tuple[Worksheet, ...]:
    """The worksheets that go with a cell's outputs.

    Raises
    ------
    PublishError
        When one cannot be read.
    """
    return _read(cell, where, "worksheet", sheet_from_json)


def slides_of_cell(cell: Mapping[str, Any], where: str) -> tuple[Slide, ...]:
    """The slides that go with a cell's outputs.

    Raises
    ------
    PublishError
        When one cannot be read.
    """
    return _read(cell, where, "slide", slide_from_json)


def _read(
    cell: Mapping[str, Any], where: str, kind: str, made: Callable[[Mapping[str, Any]], _Made]
) -> tuple[_Made, ...]:
    found: list[_Made] = []
    for output in cell.get("outputs", ()):
        data = output.get("data", {}).get(MIME, ())
        try:
            value = json.loads(joined(data)) if isinstance(data, str) else data
            found += [made(one) for one in _listed(value) if _kind(one) == kind]
        except (ValueError, TypeError, AttributeError) as error:
            raise _unreadable(error, where) from error
    return tuple(found)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _kind(value: Any) -> str:
    return str(value.get("type")) if isinstance(value, Mapping) else ""


def _unreadable(error: Exception, where: str) -> PublishError:
    return PublishError(
        "an output cannot be read", [Problem(where, str(error), "run the notebook again")]
    )


def given_blocks(data: Any, where: str) -> Iterator[Block]:
    """Blocks under our own MIME type: a list of them, or one.

    Raises
    ------
    PublishError
        If they are no JSON, or no blocks; ``where`` says in which output.
    """
    try:
        value = json.loads(joined(data)) if isinstance(data, str) else to_json(data)
        made = from_json(
            [one for one in _listed(value) if _kind(one) not in ("worksheet", "slide")]
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise PublishError(
            "an output cannot be read", [Problem(where, str(error), "run the notebook again")]
        ) from error
    yield from made
