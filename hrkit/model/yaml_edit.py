"""Change single values of a YAML file and leave everything else as it was written, comments too.

A file that a person wrote with care is not printed anew from data: only the words from where a
value begins to where it ends are put in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["quoted", "with_items", "with_key", "with_values", "without", "without_items"]

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands, and what goes with it if its key goes too.

    A list whose dashes stand right below its key (``flush``) is YAML; any other value there is not.
    """

    start: int
    end: int
    entry: tuple[int, int]
    block: bool
    flush: bool = False


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
        place = places[path]
        text = f"{text[: place.start]}{_apart(text, place)}{values[path]}{text[place.end :]}"
    return text


def with_key(text: str, path: Keys, value: str) -> str:
    """The file with one value written otherwise; a key that is not there is added to its mapping.

    Parameters
    ----------
    text
        A YAML file.
    path
        Path of keys (and numbers of items that are there) to the value.
    value
        YAML on one line.

    Raises
    ------
    KeyError
        If the mapping would have to stand in an item that is not there.
    """
    import yaml

    if path in _places(text):
        return with_values(text, {path: value})
    key, above = path[-1], path[:-1]
    if not isinstance(key, str):
        raise KeyError(path)
    entry = f"{key if key.isidentifier() else quoted(key)}: {value}"
    found = _node(text, above)
    if found is None and not above:  # nothing but comments
        return f"{text.rstrip()}\n{entry}\n".lstrip("\n")
    if found is None:
        return with_key(text, above, f"{{{entry}}}")
    if not isinstance(found, yaml.MappingNode) or (not found.value and above):
        return with_values(text, {above: f"{{{entry}}}"})
    end = _end_of(found.value[-1][1], text) if found.value else len(text.rstrip())
    if found.flow_style:
        return f"{text[:end]}, {entry}{text[end:]}"
    column = found.value[0][0].start_mark.column if found.value else 0
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return f"{text[:line_end]}\n{' ' * column}{entry}{text[line_end:] or chr(10)}"


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
        listed = f"{_apart(text, place)}[{', '.join(items)}]"
        return f"{text[: place.start]}{listed}{text[place.end :]}"
    lines = "".join(f"  - {item}\n" for item in items)
    return f"{text.rstrip()}\n\n{key}:\n{lines}"


def without_items(text: str, key: str, gone: Iterable[int]) -> str:
    """The file without some items of a list, by their numbers; what was written about the others stays."""
    node = _node(text, (key,))
    items = list(node.value) if node is not None else []
    numbers = sorted({i for i in gone if 0 <= i < len(items)}, reverse=True)
    if items and len(numbers) == len(items):
        return with_values(text, {(key,): "[]"})
    for i in numbers:
        start, end = items[i].start_mark.index, _end_of(items[i], text)
        if node.flow_style:
            if i + 1 < len(items):
                end = items[i + 1].start_mark.index
            else:
                start = _end_of(items[i - 1], text)
        else:
            start = text.rfind("\n", 0, text.rfind("-", 0, start)) + 1
            line_end = text.find("\n", end)
            end = len(text) if line_end < 0 else line_end + 1
        text = text[:start] + text[end:]
        items = items[:i]
    return text


def _apart(text: str, place: _Place) -> str:
    """A blank, where a value is written right behind the colon or dash of one that was left out, or below its key."""
    if place.flush:
        return "  "
    return " " if place.start == place.end and text[place.start - 1 : place.start] in ":-" else ""


def _node(text: str, path: Keys) -> Any:
    """The node at a path; None if there is none."""
    import yaml

    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step] if step < len(node.value) else None
        else:
            return None
    return node


def _end_of(node: Any, text: str) -> int:
    """Where a value ends as a reader sees it."""
    import yaml

    # A block ends for YAML where the next token begins: what lies between are comments.
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end_of(last[1] if isinstance(last, tuple) else last, text)
    end = int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        # A block of text ends for YAML with the blank lines below it.
        end = len(text[:end].rstrip())
    return end


def _places(text: str) -> dict[Keys, _Place]:
    import yaml

    found: dict[Keys, _Place] = {}

    def end_of(node: Any) -> int:
        return _end_of(node, text)

    def walk(
        node: Any, path: Keys, entry: tuple[int, int], block: bool, flush: bool = False
    ) -> None:
        found[path] = _Place(node.start_mark.index, end_of(node), entry, block, flush)
        if isinstance(node, yaml.MappingNode):
            pairs = node.value
            for i, (key, value) in enumerate(pairs):
                start, end = key.start_mark.index, end_of(value)
                if node.flow_style and i + 1 < len(pairs):
                    end = pairs[i + 1][0].start_mark.index
                elif node.flow_style and i:
                    start = end_of(pairs[i - 1][1])
                at, under = key.start_mark, value.start_mark
                flush = under.line > at.line and under.column <= at.column
                walk(value, (*path, str(key.value)), (start, end), not node.flow_style, flush)
        elif isinstance(node, yaml.SequenceNode):
            for i, value in enumerate(node.value):
                walk(value, (*path, i), (value.start_mark.index, end_of(value)), False)

    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is not None:
        walk(node, (), (0, len(text)), False)
    return found
