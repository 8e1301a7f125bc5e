"""Says everything that is wrong with a document before anything is rendered.

Blocks may come out of a stranger's notebook, so their types are checked field by field:
a renderer that meets a number where a text should be stops with words no user understands.
"""

from __future__ import annotations

import base64
import math
import re
import types
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from hrkit.blocks import (
    Block,
    Bullets,
    Card,
    DocumentInfo,
    Facts,
    Figure,
    Grid,
    Heading,
    Levels,
    Picture,
    Plot,
    Span,
    Table,
    Together,
    from_json,
    plain,
    to_json,
)
from hrkit.blocks.pictures import png
from hrkit.blocks.plots import PATTERNS
from hrkit.errors import Problem, PublishError

__all__ = ["checked"]

#: Deeper than this no page can show it, and a renderer's recursion has an end.
DEEPEST = 12

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def _hints(cls: Hashable) -> dict[str, Any]:
    return get_type_hints(cls)


def _fits(value: Any, hint: Any) -> bool:
    """Whether a value is of a type as the block types spell it."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return any(_fits(value, arg) for arg in args)
    if origin is Literal:
        return value in args
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(item, args[0]) for item in value)
    if origin in {Mapping, dict}:
        return isinstance(value, Mapping)
    if hint is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint)


def _wrong_types(value: Any) -> Iterator[str]:
    for name, hint in _hints(cast(Hashable, type(value))).items():
        if not _fits(getattr(value, name), hint):
            yield f"the field {name!r} holds {getattr(value, name)!r:.60}"


def _wrong(block: Block) -> Iterator[str]:
    """What a block's types cannot say."""
    match block:
        case DocumentInfo():
            if not block.title.strip():
                yield "the document has no title"
            if not re.fullmatch(r"[a-z]{2,3}", block.language):
                yield f"{block.language!r} is no language code such as da, nl or en"
            if not re.fullmatch(r"([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3})?", block.tag):
                yield f"{block.tag!r} is no language tag such as da-DK"
            if not _DATE.fullmatch(block.stamp):
                yield f"the stamp {block.stamp!r} is no date such as 2026-11-21"
            if block.paper not in {"a4", "us-letter"}:
                yield f"the paper {block.paper!r} is neither a4 nor us-letter"
            for colour in (block.primary, block.accent):
                if not _COLOUR.fullmatch(colour):
                    yield f"{colour!r} is no colour such as #0b5d7a"
        case Heading() if not 1 <= block.level <= 6:
            yield f"a heading of level {block.level}"
        case Table():
            columns = len(block.columns)
            if not columns:
                yield "a table without columns"
            for number, row in enumerate(block.rows, 1):
                if len(row) != columns:
                    yield f"row {number} of a table has {len(row)} cells for {columns} columns"
            for field in ("align", "widths"):
                if len(getattr(block, field)) not in {0, columns}:
                    yield f"a table's {field} do not match its {columns} columns"
            if block.shades and [len(r) for r in block.shades] != [columns] * len(block.rows):
                yield "a table's shades do not match its cells"
            if any(c and not _COLOUR.fullmatch(c) for row in block.shades for c in row):
                yield "a table's shade is no colour such as #0b5d7a"
            if any(width < 0 for width in block.widths):
                yield "a table's width is negative"
        case Figure() | Picture():
            if not block.alt.strip():
                yield "a figure has no alt text"
            if not 0 < block.width <= 1:
                yield f"a figure's width is {block.width}, outside 0–1"
            if isinstance(block, Picture):
                try:
                    png(base64.b64decode(block.png, validate=True))
                except ValueError as error:  # base64 that is none is a ValueError, too
                    yield f"a picture cannot be printed: {error}"
        case Plot():
            yield from _wrong_plot(block)
        case Levels() if not block.names or not all(1 <= n <= len(block.names) for n in block.on):
            yield f"levels {block.on} of {len(block.names)} names"
        case Levels() if not block.sentence.strip():
            yield "a level bar has no sentence"
        case Grid():
            if block.widths and (len(block.widths) != len(block.cells) or min(block.widths) <= 0):
                yield "a grid's widths do not match its cells"
        case Facts() if not 1 <= len(block.facts) <= 6:
            yield f"a row of {len(block.facts)} facts"


def _wrong_plot(plot: Plot) -> Iterator[str]:
    many = len(plot.categories)
    if not plot.title.strip():
        yield "a chart's data has no title"
    if not many or not plot.series:
        yield "a chart's data has no categories, or no series"
    if not plot.low < plot.high or (plot.kind == "points" and len(plot.across) != 2):
        yield "a chart's axis has no ends"
    if plot.kind == "points" and len(plot.series) != 2:
        yield "a chart of points has two series, across and upwards"
    for one in plot.series:
        lists = (one.said, one.low, one.high, one.counts)
        if len(one.values) != many or any(len(x) not in {0, many} for x in lists):
            yield f"a series of a chart does not match its {many} categories"
        numbers = [x for x in (*one.values, *one.low, *one.high) if isinstance(x, (int, float))]
        if not all(map(math.isfinite, numbers)):
            yield "a chart's value is no number"
        if one.colour and not _COLOUR.fullmatch(one.colour):
            yield f"{one.colour!r} is no colour such as #0b5d7a"
        if one.pattern not in PATTERNS:
            yield f"{one.pattern!r} is no pattern of a chart"


def _parts(block: Any) -> Iterator[Any]:
    """What stands directly inside a block."""
    if isinstance(block, Figure):
        yield from block.plots
    elif isinstance(block, Plot):
        yield from block.series
    elif isinstance(block, (Card, Together)):
        yield from block.blocks
    elif isinstance(block, Grid):
        for cell in block.cells:
            yield from cell
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from item if isinstance(item, tuple) else ()
    elif isinstance(block, Facts):
        yield from block.facts


def _problems(block: Any, where: str, depth: int) -> Iterator[Problem]:
    if depth > DEEPEST:
        yield Problem(
            where, f"blocks are nested deeper than {DEEPEST}", "make the document flatter"
        )
        return
    wrong = list(_wrong_types(block))
    if not wrong and not isinstance(block, Span):
        wrong = list(_wrong(block))
    for what in wrong:
        yield Problem(where, what)
    if not wrong:
        for part in _parts(block):
            yield from _problems(part, where, depth + 1)


def checked(
    blocks: Sequence[Block | Plot | Mapping[str, Any]], *, among_slides: bool = False
) -> tuple[Block, ...]:
    """The blocks, known to be sound.

    Parameters
    ----------
    blocks
        Blocks, or the plain values `hrkit.blocks.to_json` made of them.
    among_slides
        They are parts of slides, where a chart's data may stand by itself.

    Raises
    ------
    PublishError
        With every problem found.
    """
    try:
        plain_values = [to_json(block) for block in blocks]
        made = [from_json(value) for value in plain_values]
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise PublishError(f"the document holds something that is not a block: {error}") from error
    problems: list[Problem] = []
    for number, block in enumerate(made, 1):
        where = f"block {number} ({getattr(block, 'type', '?')})"
        if not isinstance(block, (*get_args(Block), *((Plot,) if among_slides else ()))):
            problems.append(Problem(where, "is not a block", "see hrkit.blocks"))
            continue
        if isinstance(block, Heading):
            where += f" “{plain(block.text)!s:.40}”"
        problems.extend(_problems(block, where, 1))
    if problems:
        raise PublishError("the document cannot be published", problems)
    return tuple(made)
