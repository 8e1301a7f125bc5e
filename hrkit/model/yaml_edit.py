"""Change single values of a YAML file and leave everything else as it was written, comments too.

A file that a person wrote with care is not printed anew from data: only the words from where a
value begins to where it ends are put in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["quoted", "with_items", "with_values", "without", "without_items"]

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands, and what goes with it if its key goes too."""

    start: int
    end: int
    entry: tuple[int, int]
    block: bool


def quoted(text: str) -> str:
    """Text as one YAML value, whatever it holds: a JSON string is a YAML string."""
    return json.dumps(text, ensure_ascii=False)


def with_values(text: str, values: Mapping[Keys, str]) -> str:
    """The file with some values written otherwise.

    Parameters
    ----------
    text
        A YAML file.
    values
        Path in the data (``("waves", 0, "id")``) to the YAML that stands there from now on, on
        one line.

    Raises
    ------
    KeyError
        If the file has no such place.
    """
    places = _places(text)
    for path in sorted(values, key=lambda one: places[one].start, reverse=True):
        text = f"{text[: places[path].start]}{values[path]}{text[places[path].end :]}"
    return text


def without(text: str, paths: Iterable[Keys]) -> str:
    """The file without some keys of mappings; what is not there is left out of account."""
    places = _places(text)
    gone = [places[path] for path in paths if path in places]
    for place in sorted(gone, key=lambda one: one.start, reverse=True):
        start, end = place.entry
        if place.block:
            start = text.rfind("\n", 0, start) + 1
            line_end = text.find("\n", max(start, end - 1))
            end = len(text) if line_end < 0 else line_end + 1
        text = text[:start] + text[end:]
    return text


def with_items(text: str, key: str, items: Sequence[str]) -> str:
    """The file with further items at the end of a list, each a YAML value on one line.

    A list that is not there is begun at the file's end; what stands in it stays as it is.
    """
    if not items:
        return text
    places = _places(text)
    known = [path for path in places if path[:1] == (key,) and len(path) == 2]
    if known:
        last = max(known, key=lambda path: places[path].start)
        start, end = places[last].start, places[last].end
        mark = text.rfind("-", text.rfind("\n", 0, start) + 1, start)
        if mark < 0:  # a list on one line
            return f"{text[:end]}, {', '.join(items)}{text[end:]}"
        indent = text[text.rfind("\n", 0, mark) + 1 : mark]
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        added = "".join(f"\n{indent}- {item}" for item in items)
        return f"{text[:line_end]}{added}{text[line_end:]}"
    if (key,) in places:  # empty, or without a value
        place = places[(key,)]
        return f"{text[: place.start]}[{', '.join(items)}]{text[place.end :]}"
    lines = "".join(f"  - {item}\n" for item in items)
    return f"{text.rstrip()}\n\n{key}:\n{lines}"


def without_items(text: str, key: str, gone: Iterable[int]) -> str:
    """The file without some items of a list, by their places; a list of which nothing is left is empty."""
    places = _places(text)
    count = sum(path[:1] == (key,) and len(path) == 2 for path in places)
    out = sorted({i for i in gone if (key, i) in places}, reverse=True)
    if not out:
        return text
    if len(out) == count:
        place = places[(key,)]
        start = text.rfind(f"{key}:", 0, places[(key, 0)].start) + len(key) + 1
        return f"{text[:start]} []{text[place.end :]}"
    for i in out:
        start, end = places[(key, i)].start, places[(key, i)].end
        mark = text.rfind("-", text.rfind("\n", 0, start) + 1, start)
        if mark >= 0 and not text[text.rfind("\n", 0, start) + 1 : mark].strip():
            begin = text.rfind("\n", 0, mark) + 1
            line_end = text.find("\n", max(start, end - 1))
            text = text[:begin] + text[len(text) if line_end < 0 else line_end + 1 :]
        elif i + 1 < count and text[end:].lstrip().startswith(","):
            text = text[:start] + text[end:].lstrip()[1:].lstrip()
        else:  # the last one of a list on one line
            text = text[: text.rfind(",", 0, start)] + text[end:]
    return text


def _places(text: str) -> dict[Keys, _Place]:
    import yaml

    found: dict[Keys, _Place] = {}

    def end_of(node: Any) -> int:
        # A block ends for YAML where the next token begins: what lies between are comments.
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return end_of(last[1] if isinstance(last, tuple) else last)
        return int(node.end_mark.index)

    def walk(node: Any, path: Keys, entry: tuple[int, int], block: bool) -> None:
        found[path] = _Place(node.start_mark.index, end_of(node), entry, block)
        if isinstance(node, yaml.MappingNode):
            pairs = node.value
            for i, (key, value) in enumerate(pairs):
                start, end = key.start_mark.index, end_of(value)
                if node.flow_style and i + 1 < len(pairs):
                    end = pairs[i + 1][0].start_mark.index
                elif node.flow_style and i:
                    start = end_of(pairs[i - 1][1])
                walk(value, (*path, str(key.value)), (start, end), not node.flow_style)
        elif isinstance(node, yaml.SequenceNode):
            for i, value in enumerate(node.value):
                walk(value, (*path, i), (value.start_mark.index, end_of(value)), False)

    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is not None:
        walk(node, (), (0, len(text)), False)
    return found
